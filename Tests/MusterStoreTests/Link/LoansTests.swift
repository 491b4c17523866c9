import Extracts
import Roster
import RulePack
import SystemPool
import Testing

@testable import MusterStore

/// Who is lent to another organisation is not at work at home at the same time. The contract gives eleven hours of rest.
@Suite("People who are lent")
struct LoansTests {
    private let folder: TemporaryFolder
    private let store: MusterStore

    init() throws {
        folder = try TemporaryFolder()
        store = try MusterStore(path: folder.path("trust.sqlite"), creating: true)
    }

    private static let reason: Remark = {
        guard let remark = try? Remark("short tonight") else {
            preconditionFailure("a plain remark is taken")
        }
        return remark
    }()

    private static func at(_ day: Day, _ clock: String) -> Instant {
        guard let clock = ClockTime(clock) else { preconditionFailure("not a time: \(clock)") }
        return London.instant(day, clock)
    }

    /// Confirmed, with half an hour of travel each way.
    private static func call(
        _ id: AidRequest.ID, _ start: Instant, _ end: Instant, source: Offer.Source = .surplus("ED"),
        travel: Int = 30
    ) throws -> AidRequest {
        let asking = Actor(organisation: "NS2", role: .bankDesk)
        let lender = Actor(organisation: "ORG", role: .bankDesk)
        func step(_ call: AidRequest, _ step: AidStep, _ by: Actor, _ loan: AidRequest.Loan? = nil) throws
            -> AidRequest
        {
            try call.advanced(step, loan: loan, by: by, reason: reason, at: InventedWard.noon)
        }
        let call = AidRequest(
            id: id, asking: "NS2",
            need: AidRequest.Need(
                vacancy: nil, site: "NS2-H", unit: "QUAY", staffGroup: .medical, grades: ["C"], skills: [],
                start: start, end: end, isHard: true),
            at: InventedWard.noon, by: asking, reason: reason)
        let loan = AidRequest.Loan(
            lender: "ORG", offer: "one", source: source, agreement: "both", costOwner: .receiver,
            indemnity: .receiverScheme, travelMinutes: travel)
        return try step(
            try step(try step(call, .offer, lender, loan), .accept, asking), .confirm, lender)
    }

    @discardableResult
    private func lend(_ person: Person.ID, _ start: Instant, _ end: Instant) throws -> AidRequest {
        let call = try Self.call("aid-1", start, end)
        try store.keepCalls([call], at: InventedWard.noon)
        try keep(person, under: call)
        return call
    }

    private func keep(_ person: Person.ID, under call: AidRequest, reason: String = "agreed") throws {
        try store.keepLoan(under: call, by: "Desk", reason: reason, at: InventedWard.noon) { _, _ in person }
    }

    /// The system says that the call was withdrawn.
    private func withdraw(_ call: AidRequest) throws {
        try store.keepCalls(
            [
                try call.advanced(
                    .withdraw, by: Actor(organisation: "NS2", role: .bankDesk), reason: Self.reason,
                    at: InventedWard.noon)
            ], at: InventedWard.noon)
    }

    private static let tuesday = InventedWard.tuesday
    private static let wednesday = InventedWard.wednesday
    private static let thursday = InventedWard.thursday

    // MARK: - Booking

    @Test(
        "Nobody is booked while they are lent, nor without their rest before leaving and after coming back",
        arguments: [
            // The duty is Wednesday 20:00 to Thursday 08:00.
            (at(wednesday, "21:00"), at(thursday, "05:00"), true),
            (at(tuesday, "20:30"), at(wednesday, "08:30"), false),
            (at(tuesday, "20:30"), at(wednesday, "08:31"), true),
            (at(thursday, "19:30"), at(thursday, "23:30"), false),
            (at(thursday, "19:29"), at(thursday, "23:30"), true),
        ])
    func booking(start: Instant, end: Instant, isRefused: Bool) throws {
        try store.publishInvented(try store.saveInvented().id)
        let call = try lend("S2", start, end)
        let request = InventedWard.request("S2")
        guard isRefused else {
            try store.bookInvented(request)
            return
        }
        let refusal = #expect(throws: StoreRefusal.self) { try store.bookInvented(request) }
        let text = refusal.map { "\($0)" } ?? ""
        #expect(text.contains("S2 is lent to NS2 under aid-1"), "\(text)")
        #expect(try store.bookings().isEmpty)
        // Somebody else is free, and so is whoever does not go after all.
        try store.bookInvented(InventedWard.request("S1", "DAWN", on: Self.thursday))
        try withdraw(call)
        try store.bookInvented(InventedWard.request("S2", "EVE"))
    }

    // MARK: - Keeping a loan

    @Test("Nobody is kept as lent who is booked, or goes under another call, at that time, travel included")
    func elsewhere() throws {
        try store.publishInvented(try store.saveInvented().id)
        try store.bookInvented(InventedWard.request("S2"))
        func keep(_ id: AidRequest.ID, _ start: Instant, _ end: Instant, _ source: Offer.Source) throws {
            try self.keep("S2", under: try Self.call(id, start, end, source: source))
        }
        let person = Offer.Source.person(try #require(Pseudonym("p-12345678")))
        // The booking is Wednesday 20:00 to Thursday 08:00; they are back half an hour after the end.
        let (early, night) = (Self.at(Self.wednesday, "09:00"), Self.at(Self.wednesday, "19:31"))
        let refusal = #expect(throws: StoreRefusal.self) { try keep("aid-1", early, night, person) }
        #expect(refusal.map { "\($0)" }?.contains("S2 is not free then any more") == true)
        #expect(try store.loans().isEmpty)
        try keep("aid-1", early, Self.at(Self.wednesday, "19:30"), person)
        #expect(throws: StoreRefusal.self) {
            try keep("aid-2", Self.at(Self.wednesday, "06:00"), early, .surplus("ED"))
        }
        try keep("aid-2", Self.at(Self.wednesday, "06:00"), Self.at(Self.wednesday, "08:00"), .surplus("ED"))
        #expect(try store.loans().map(\.call) == ["aid-2", "aid-1"])
    }

    @Test(
        "Who goes is named by the rota that is in force when the loan is kept: none is published in between"
    )
    func publishedMeanwhile() throws {
        let call = try Self.call("aid-1", Self.at(Self.tuesday, "12:00"), Self.at(Self.tuesday, "22:00"))
        let other = try MusterStore(path: store.path, creating: false, patience: 0)
        let draft = try store.saveInvented().id
        func works(_ picture: Picture?) -> Bool {
            picture?.rota.duties.contains { $0.person == "S1" && $0.day == Self.tuesday } == true
        }
        #expect(try !works(store.picture(on: Self.tuesday, days: 2, at: InventedWard.noon)))
        try other.publishInvented(draft)
        struct Needed: Error {}
        #expect(throws: Needed.self) {
            try store.keepLoan(under: call, by: "Desk", reason: "agreed", at: InventedWard.noon) {
                picture, _ in
                if works(picture) { throw Needed() }
                return "S1"
            }
        }
        #expect(try store.loans().isEmpty)
        // While it is looked who goes, nobody else changes what was looked at; later it is refused.
        let next = try store.saveInvented().id
        try store.keepLoan(under: call, by: "Desk", reason: "agreed", at: InventedWard.noon) { _, others in
            #expect(others.isEmpty)
            #expect(throws: StoreError.busy(path: store.path)) { try other.publishInvented(next) }
            return "S1"
        }
        #expect(throws: StoreRefusal.self) { try other.publishInvented(next) }
        // The loan itself is none of the others.
        let second = try Self.call(
            "aid-2", call.need.end + ElapsedMinutes(hours: 24), call.need.end + ElapsedMinutes(hours: 30))
        for (call, away) in [(call, 0), (second, 1)] {
            try store.keepLoan(under: call, by: "Desk", reason: "agreed", at: InventedWard.noon) {
                _, others in
                #expect(others.count == away)
                return "S1"
            }
        }
    }

    @Test("A loan that is kept anew is kept as it is now: with the travel that was put right since")
    func keptAnew() throws {
        let (start, end) = (Self.at(Self.tuesday, "12:00"), Self.at(Self.tuesday, "22:00"))
        for travel in [35, 60] {
            try keep("S1", under: try Self.call("aid-1", start, end, travel: travel))
            #expect(try store.loans().map(\.travelMinutes) == [travel])
        }
    }

    @Test("Calls of this organisation under which nobody is booked are told until somebody is")
    func lackVisitor() throws {
        let call = try Self.call("aid-1", Self.at(Self.tuesday, "12:00"), Self.at(Self.tuesday, "22:00"))
        try store.keepCalls([call], at: InventedWard.noon)
        func lacking(at time: Instant = InventedWard.noon) throws -> [AidRequest.ID] {
            try store.callsLackingVisitor(at: time).map(\.id)
        }
        #expect(try lacking().isEmpty, "who this is was never said")
        let push = OrganisationPush(
            organisation: "NS2", extractedAt: InventedWard.noon, first: InventedWard.noon.day)
        try store.enqueue(push, at: InventedWard.noon)
        #expect(try lacking() == ["aid-1"])
        #expect(try lacking(at: call.need.end).isEmpty)
    }

    // MARK: - Publishing

    @Test(
        "A rota that has somebody on duty while they are lent is refused by person and day until they are free"
    )
    func publishing() throws {
        let call = try lend("S1", Self.at(Self.tuesday, "12:00"), Self.at(Self.tuesday, "22:00"))
        let draft = try store.saveInvented().id
        let refusal = #expect(throws: StoreRefusal.self) { try store.publishInvented(draft) }
        guard case .rosteredWhileLent(draft, let sentences) = refusal else {
            Issue.record("\(String(describing: refusal))")
            return
        }
        #expect(sentences.count == 1)
        #expect(sentences.first?.hasPrefix("S1 is lent to NS2 under aid-1") == true, "\(sentences)")
        #expect(refusal?.description.contains("muster solve --store") == true)
        #expect(try store.published(for: InventedWard.scenario()) == nil)
        try withdraw(call)
        try store.publishInvented(draft)
    }

    @Test("A loan of somebody who is not on duty then stands in nobody's way")
    func unconcerned() throws {
        try lend("S2", Self.at(Self.tuesday, "12:00"), Self.at(Self.tuesday, "22:00"))
        try store.publishInvented(try store.saveInvented().id)
    }

    // MARK: - Solving

    private static let away = AwayDuty(
        person: "S2", start: at(wednesday, "08:30"), end: at(wednesday, "19:30"), travelMinutes: 30)

    @Test("For the checker every loan of the roster's people counts, and no cancelled one")
    func lent() throws {
        let call = try lend("S2", Self.away.start, Self.away.end)
        func lent(_ scenario: Scenario) throws -> [AwayDuty] {
            try store.lent(of: scenario, rules: InventedWard.rules)
        }
        #expect(try lent(InventedWard.scenario()) == [Self.away])
        #expect(try lent(InventedWard.scenario(first: Self.thursday)) == [Self.away])
        #expect(try lent(InventedWard.scenario().replacing(people: [])).isEmpty)
        #expect(try lent(InventedWard.scenario(first: Self.wednesday.advanced(by: 70))).isEmpty)
        try withdraw(call)
        #expect(try lent(InventedWard.scenario()).isEmpty)
    }

    @Test(
        "A search holds a loan in the person's line; one that it cannot hold takes the days on which some shift would cut into it or its rest, and is paid once"
    )
    func absences() throws {
        try lend("S2", Self.away.start, Self.away.end)
        func found(_ scenario: Scenario) throws -> (away: [AwayDuty], leave: [Leave]) {
            try store.lentForSearch(of: scenario, rules: InventedWard.rules)
        }
        let scenario = InventedWard.scenario()
        for held in [scenario, InventedWard.scenario(first: Self.thursday)] {
            let found = try found(held)
            #expect(found.away == [Self.away] && found.leave.isEmpty)
        }
        // A rule that the loan breaks by itself leaves no lawful line with it.
        let short = Rule(
            id: "LONGEST", title: "Eight hours", source: "invented", effective: InventedWard.monday,
            classification: .policy, reach: .line,
            kind: .dutyLength(maximum: 8 * 60, of: .any))
        let book = RuleBook(rulesByContract: ["AFC": InventedWard.rules.rules(for: "AFC") + [short]])
        let lost = try store.lentForSearch(of: scenario, rules: book)
        #expect(lost.away.isEmpty)
        #expect(
            lost.leave
                == [Self.tuesday, Self.wednesday, Self.thursday].map {
                    Leave(
                        person: "S2", first: $0, last: $0, kind: .other,
                        paid: $0 == Self.wednesday ? PaidMinutes(hours: 12) : .zero)
                })
        // A duty that stands on its day leaves no room for it, and keeps the days on both sides.
        let pinned = scenario.replacing(
            pinned: [InventedWard.duty("S2", Self.wednesday, "D", source: .pinned)])
        #expect(try found(pinned).away.isEmpty)
        #expect(try found(pinned).leave.map(\.first) == [Self.tuesday, Self.thursday])
        // After the period only the rest before it matters.
        let before = InventedWard.scenario(first: InventedWard.monday.advanced(by: -5))
        #expect(try found(before).away.isEmpty)
        #expect(try found(before).leave.map(\.first) == [Self.tuesday])
        #expect(try found(scenario.replacing(people: [])).away.isEmpty)
    }

    // MARK: - Offered anew

    private func offeredAnew(_ loan: AidRequest.Loan, until last: AidStep, at: Instant) throws -> AidRequest {
        let lender = Actor(organisation: "ORG", role: .bankDesk)
        let steps: [(AidStep, Actor)] = [
            (.withdraw, lender), (.offer, Actor(organisation: loan.lender, role: .bankDesk)),
            (.accept, Actor(organisation: "NS2", role: .bankDesk)),
            (.confirm, Actor(organisation: loan.lender, role: .bankDesk)),
        ]
        var call = try Self.call("aid-1", Self.away.start, Self.away.end)
        for (step, by) in steps {
            call = try call.advanced(
                step, loan: step == .offer ? loan : nil, by: by, reason: Self.reason, at: at)
            if step == last { break }
        }
        return call
    }

    private static func loan(lender: Organisation.ID = "ORG", source: Offer.Source = .surplus("ED"))
        -> AidRequest.Loan
    {
        AidRequest.Loan(
            lender: lender, offer: "one", source: source, agreement: "both", costOwner: .receiver,
            indemnity: .receiverScheme, travelMinutes: 30)
    }

    @Test(
        "Taken back and offered anew between two looks, a call lends nobody who was named for the first offer",
        arguments: [AidStep.accept, .confirm],
        [
            loan(source: .surplus("AMU")), loan(source: .person(Pseudonym("p-0123456789abcdef")!)),
            loan(lender: "NS3"), loan(),
        ])
    func offeredAnew(step: AidStep, loan: AidRequest.Loan) throws {
        try lend("S2", Self.away.start, Self.away.end)
        let anew = try offeredAnew(loan, until: step, at: InventedWard.noon + ElapsedMinutes(5))
        try store.keepCalls([anew], at: InventedWard.noon)
        #expect(try store.loans().map(\.isLive) == [false])
        #expect(try store.audit().last?.why == "the call was taken back and offered anew")
    }

    @Test("A call that goes on from the offer for which somebody was named lends them")
    func goesOn() throws {
        let call = try lend("S2", Self.away.start, Self.away.end)
        let done = try call.advanced(
            .complete, by: Actor(organisation: "NS2", role: .bankDesk), reason: Self.reason,
            at: Self.away.end)
        try store.keepCalls([done], at: InventedWard.noon)
        #expect(try store.loans().map(\.isLive) == [true])
        // What others offered before is not shown any more: that is no new offer.
        try store.keepCalls([done.keeping { $0.step != .request }], at: InventedWard.noon)
        #expect(try store.loans().map(\.isLive) == [true])
    }

    @Test(
        "Offered anew, a call lends nobody who was named before, though the first offer is not shown any more"
    )
    func firstOfferNotShown() throws {
        try lend("S2", Self.away.start, Self.away.end)
        let at = InventedWard.noon + ElapsedMinutes(5)
        let anew = try offeredAnew(Self.loan(), until: .accept, at: at)
        let first = try #require(anew.events.first { $0.step == .offer })
        try store.keepCalls([anew.keeping { $0 != first }], at: InventedWard.noon)
        #expect(try store.loans().map(\.isLive) == [false])
    }

    // MARK: - Nobody named

    @Test(
        "A call that this organisation confirmed elsewhere lacks a person until one is named, and then no more"
    )
    func lacking() throws {
        let call = try Self.call("aid-1", Self.away.start, Self.away.end)
        try store.keepCalls([call], at: InventedWard.noon)
        #expect(
            try store.callsLackingPerson(at: InventedWard.noon).isEmpty,
            "nothing tells which organisation this is")
        try store.enqueue(
            OrganisationPush(organisation: "NS2", extractedAt: InventedWard.noon, first: InventedWard.monday),
            at: InventedWard.noon)
        #expect(try store.callsLackingPerson(at: InventedWard.noon).isEmpty, "the receiver names nobody")
        try store.enqueue(
            OrganisationPush(organisation: "ORG", extractedAt: InventedWard.noon, first: InventedWard.monday),
            at: InventedWard.noon)
        #expect(try store.callsLackingPerson(at: InventedWard.noon).map(\.id) == ["aid-1"])
        #expect(try store.callsLackingPerson(at: call.need.end).isEmpty)
        try keep("S2", under: call)
        #expect(try store.callsLackingPerson(at: InventedWard.noon).isEmpty)
        try store.cancelLoan(under: "aid-1", reason: "ill", at: InventedWard.noon)
        #expect(try store.callsLackingPerson(at: InventedWard.noon).map(\.id) == ["aid-1"])
        try withdraw(call)
        #expect(try store.callsLackingPerson(at: InventedWard.noon).isEmpty)
    }

    // MARK: - Keeping

    @Test("The same loan again changes nothing; another person under the same call takes its place, untold")
    func keeping() throws {
        let call = try lend("S2", Self.at(Self.wednesday, "08:30"), Self.at(Self.wednesday, "19:30"))
        try store.keepTold(call.id, at: InventedWard.noon)
        let rows = try store.audit().count
        try lend("S2", call.need.start, call.need.end)
        #expect(try store.loans().map(\.toldAt) == [InventedWard.noon])
        #expect(try store.audit().count == rows)
        try lend("S4", call.need.start, call.need.end)
        let loan = try #require(try store.loans().first)
        #expect(loan.person == "S4" && loan.toldAt == nil && loan.isLive)
        #expect(try store.audit().count == rows + 1)
        #expect(throws: StoreRefusal.unsaid(field: "reason for the loan")) {
            try keep("S2", under: call, reason: " ")
        }
        try withdraw(call)
        #expect(try store.loans().map(\.isLive) == [false])
        #expect(try store.audit().last?.what == .cancel)
    }
}
