import Foundation
import Roster
import Testing

@testable import SystemPool

@Suite("The steps of mutual aid")
struct AidRequestTests {
    private static let asking = Actor(organisation: "AA", role: .bankDesk)
    private static let lender = Actor(organisation: "BB", role: .bankDesk)
    private static let other = Actor(organisation: "CC", role: .bankDesk)
    private static let system = Actor(organisation: nil, role: .poolCoordinator)

    private static let need = AidRequest.Need(
        vacancy: "night", site: "A1", unit: "AU", staffGroup: .registered, grades: ["B5"], skills: [],
        start: TwoTrusts.at(8), end: TwoTrusts.at(20), isHard: true)
    private static let loan = AidRequest.Loan(
        lender: "BB", offer: "one", source: TwoTrusts.offer().source, agreement: "both", costOwner: .receiver,
        indemnity: .receiverScheme, travelMinutes: 30)

    private static func call(_ steps: [(AidStep, Actor)] = []) throws -> AidRequest {
        var call = AidRequest(
            id: "aid-1", asking: "AA", need: need, at: TwoTrusts.noon, by: asking, reason: TwoTrusts.reason)
        for (step, by) in steps {
            call = try call.advanced(
                step, loan: step == .offer ? loan : nil, by: by, reason: TwoTrusts.reason,
                at: step == .complete ? TwoTrusts.at(20) : TwoTrusts.noon)
        }
        return call
    }

    private static let accepted: [(AidStep, Actor)] = [(.offer, lender), (.accept, asking)]

    @Test("Asked for, offered, accepted, confirmed, completed, each with a time, a role and a reason")
    func whole() throws {
        let call = try Self.call(Self.accepted + [(.confirm, Self.lender), (.complete, Self.asking)])
        #expect(call.state == .completed)
        #expect(call.events.map(\.step) == [.request, .offer, .accept, .confirm, .complete])
        #expect(call.events.allSatisfy { $0.reason == TwoTrusts.reason && $0.by.role == .bankDesk })
    }

    @Test("Only the lender confirms, not even the system's own people: it alone knows its person")
    func confirm() throws {
        for actor in [Self.asking, Self.other, Self.system] {
            #expect(throws: SystemRefusal.notYours(.confirm, by: actor)) {
                try Self.call(Self.accepted + [(.confirm, actor)])
            }
        }
        #expect(throws: SystemRefusal.notNow(.confirm, state: .offered)) {
            try Self.call([(.offer, Self.lender), (.confirm, Self.lender)])
        }
    }

    @Test("Nobody takes another's step", arguments: [AidStep.accept, .decline, .withdraw])
    func strangers(step: AidStep) throws {
        #expect(throws: SystemRefusal.notYours(step, by: Self.other)) {
            try Self.call([(.offer, Self.lender), (step, Self.other)])
        }
    }

    @Test("An offer that is declined, or taken back by the lender, opens the call anew")
    func reopened() throws {
        for steps in [
            [(AidStep.offer, Self.lender), (.decline, Self.asking)],
            [(.offer, Self.lender), (.withdraw, Self.lender)],
            Self.accepted + [(.confirm, Self.lender), (.withdraw, Self.lender)],
        ] {
            let call = try Self.call(steps)
            #expect(call.state == .requested && call.loan == nil)
        }
        #expect(try Self.call([(.withdraw, Self.asking)]).state == .withdrawn)
    }

    @Test(
        "A step is refused if another was taken since the call was seen, so that nobody accepts another's offer"
    )
    func seen() throws {
        func take(_ step: AidStep, _ by: Actor, of call: AidRequest, seen: String?) throws -> AidRequest {
            try call.advanced(step, seen: seen, by: by, reason: TwoTrusts.reason, at: TwoTrusts.noon)
        }
        let offered = try Self.call([(.offer, Self.lender)])
        let withdrawn = try take(.withdraw, Self.lender, of: offered, seen: offered.standing)
        let again = try withdrawn.advanced(
            .offer,
            loan: AidRequest.Loan(
                lender: "CC", offer: "far", source: TwoTrusts.offer().source, agreement: "both",
                costOwner: .receiver, indemnity: .receiverScheme, travelMinutes: 90),
            by: Self.other, reason: TwoTrusts.reason, at: TwoTrusts.noon)
        #expect(throws: SystemRefusal.changedSince("aid-1", state: .offered)) {
            try take(.accept, Self.asking, of: again, seen: offered.standing)
        }
        #expect(try take(.accept, Self.asking, of: again, seen: again.standing).state == .accepted)
        #expect(try take(.accept, Self.asking, of: again, seen: nil).state == .accepted)
        // Sent twice, a decline does not end the call.
        let declined = try take(.decline, Self.system, of: offered, seen: offered.standing)
        #expect(throws: SystemRefusal.changedSince("aid-1", state: .requested)) {
            try take(.decline, Self.system, of: declined, seen: offered.standing)
        }
        // The same offer with other terms is another, and whoever sees a part of what happened sees the same of it.
        let anew = try declined.advanced(
            .offer, loan: Self.loan, by: Self.lender, reason: TwoTrusts.reason, at: TwoTrusts.at(1))
        #expect(throws: SystemRefusal.changedSince("aid-1", state: .offered)) {
            try take(.accept, Self.asking, of: anew, seen: offered.standing)
        }
        let accepted = try take(.accept, Self.asking, of: anew, seen: anew.standing)
        #expect(accepted.standing != anew.standing)
        #expect(anew.keeping { anew.eventsSinceOffer.contains($0) }.standing == anew.standing)
        #expect(declined.keeping { $0.step == .request }.standing == declined.standing)
    }

    @Test("Nothing is completed before it is over")
    func early() throws {
        let call = try Self.call(Self.accepted + [(.confirm, Self.lender)])
        #expect(throws: SystemRefusal.notNow(.complete, state: .confirmed)) {
            try call.advanced(.complete, by: Self.asking, reason: TwoTrusts.reason, at: TwoTrusts.at(19))
        }
    }

    @Test(
        "Once its time is over, neither side takes a booking out of the ledger; the system's own people may")
    func worked() throws {
        let call = try Self.call(Self.accepted + [(.confirm, Self.lender)])
        func withdraw(_ by: Actor, at hours: Int) throws -> AidRequest {
            try call.advanced(.withdraw, by: by, reason: TwoTrusts.reason, at: TwoTrusts.at(hours))
        }
        for actor in [Self.asking, Self.lender] {
            #expect(throws: SystemRefusal.notYours(.withdraw, by: actor)) { try withdraw(actor, at: 20) }
            #expect(try withdraw(actor, at: 19).state != .confirmed)
        }
        #expect(try withdraw(Self.system, at: 20).state == .withdrawn)
    }

    @Test("The ledger counts what is confirmed or done, on both sides")
    func ledger() throws {
        let calls = try [Self.call(Self.accepted), Self.call(Self.accepted + [(.confirm, Self.lender)])]
        let entries = AidLedger(calls, of: TwoTrusts().system).entries
        #expect(entries.map(\.receivedMinutes) == [720, 0])
        #expect(entries.map(\.givenMinutes) == [0, 720])
        #expect(entries.map(\.balanceMinutes) == [-720, 720])
    }

    /// Confirmed at noon, or later, and withdrawn; the duty is from 8 to 20 hours after.
    private static func brokenOff(_ by: Actor, at end: Instant, confirmed: Instant = TwoTrusts.noon) throws
        -> AidRequest
    {
        try call(accepted).advanced(.confirm, by: lender, reason: TwoTrusts.reason, at: confirmed)
            .advanced(.withdraw, by: by, reason: TwoTrusts.reason, at: end)
    }

    @Test(
        "A booking withdrawn in the middle of its duty keeps in the ledger, on both sides, what was worked by then"
    )
    func brokenOff() throws {
        func entries(_ call: AidRequest) -> [AidLedger.Entry] {
            AidLedger([call], of: TwoTrusts().system).entries
        }
        for actor in [Self.asking, Self.lender, Self.system] {
            let broken = entries(try Self.brokenOff(actor, at: TwoTrusts.at(11)))
            #expect(broken.map(\.receivedMinutes) == [180, 0] && broken.map(\.received) == [1, 0])
            #expect(broken.map(\.givenMinutes) == [0, 180] && broken.map(\.given) == [0, 1])
            // Before it began nobody had worked.
            #expect(entries(try Self.brokenOff(actor, at: TwoTrusts.at(8))).allSatisfy { $0.given == 0 })
        }
        // Nobody was there before they were confirmed.
        let late = try Self.brokenOff(Self.asking, at: TwoTrusts.at(11), confirmed: TwoTrusts.at(10))
        #expect(entries(late).map(\.givenMinutes) == [0, 60])
        // Withdrawn once it is over: nobody came.
        let over = try Self.brokenOff(Self.system, at: TwoTrusts.at(20))
        #expect(entries(over).allSatisfy { $0.balanceMinutes == 0 && $0.received == 0 })
        // An offer that is taken back was no booking, also on a call that had one.
        let again = try Self.brokenOff(Self.lender, at: TwoTrusts.at(11)).advanced(
            .offer, loan: Self.loan, by: Self.lender, reason: TwoTrusts.reason, at: TwoTrusts.at(12)
        ).advanced(.withdraw, by: Self.lender, reason: TwoTrusts.reason, at: TwoTrusts.at(13))
        #expect(entries(again).map(\.givenMinutes) == [0, 180])
    }

    @Test("Each lender of a call keeps what it gave: the one that broke off, and the one that came instead")
    func twoLenders() throws {
        let other = AidRequest.Loan(
            lender: "AA", offer: "one", source: TwoTrusts.offer().source, agreement: "both",
            costOwner: .receiver, indemnity: .receiverScheme)
        let own = Actor(organisation: "AA", role: .bankDesk)
        var call = AidRequest(
            id: "aid-1", asking: "CC", need: Self.need, at: TwoTrusts.noon, by: Self.other,
            reason: TwoTrusts.reason)
        let steps: [(AidStep, Actor, AidRequest.Loan?, Int)] = [
            (.offer, Self.lender, Self.loan, 1), (.accept, Self.other, nil, 2),
            (.confirm, Self.lender, nil, 3), (.withdraw, Self.lender, nil, 9), (.offer, own, other, 9),
            (.accept, Self.other, nil, 9), (.confirm, own, nil, 9),
        ]
        for (step, by, loan, hour) in steps {
            call = try call.advanced(
                step, loan: loan, by: by, reason: TwoTrusts.reason, at: TwoTrusts.at(hour))
        }
        let entries = AidLedger([call], of: TwoTrusts().system).entries
        #expect(entries.map(\.givenMinutes) == [720, 60])
    }

    @Test(
        "The ledger, the cost and what is left of a person's hours are of the same minutes: without unpaid breaks"
    )
    func oneBasis() throws {
        var trusts = TwoTrusts()
        let gap = trusts.vacancies[0]
        let whole = Vacancy(
            id: gap.id, site: gap.site, unit: gap.unit, staffGroup: gap.staffGroup, grades: gap.grades,
            start: gap.start, end: gap.end, missing: 1, needsInduction: false, breakMinutes: 60)
        trusts.vacancies = [whole]
        func call(to end: Instant) throws -> AidRequest {
            try TwoTrusts.advanced(
                AidRequest(
                    id: "aid-1", asking: "AA",
                    need: AidRequest.Need(whole, from: whole.start, to: end), at: TwoTrusts.noon,
                    by: Self.asking, reason: TwoTrusts.reason), 3, Self.loan, at: TwoTrusts.noon)
        }
        let booked = try call(to: whole.end)
        #expect(AidLedger([booked], of: trusts.system).entries.map(\.receivedMinutes) == [660, 0])
        let suggestion = try #require(SystemPool.suggest(trusts.picture).suggestions.first)
        #expect(suggestion.costPence == 22_000)
        let need = try #require(suggestion.aid(in: trusts.picture).first?.need)
        #expect(need.breakMinutes == 60 && need == booked.need)
        // Of a part nobody knows whether the break lies in it.
        let part = try call(to: whole.end - ElapsedMinutes(60))
        #expect(AidLedger([part], of: trusts.system).entries.map(\.receivedMinutes) == [660, 0])
        // What is kept says it, and what was kept before breaks were says none.
        let kept = try JSONEncoder().encode(booked.need)
        #expect(try JSONDecoder().decode(AidRequest.Need.self, from: kept) == booked.need)
        var fields = try #require(try JSONSerialization.jsonObject(with: kept) as? [String: Any])
        fields["breakMinutes"] = nil
        let older = try JSONSerialization.data(withJSONObject: fields)
        #expect(try JSONDecoder().decode(AidRequest.Need.self, from: older).breakMinutes == 0)
    }

    @Test(
        "A confirmed booking closes the gap and takes the head from the lender's cover; an accepted one does not"
    )
    func bothSides() throws {
        var trusts = TwoTrusts()
        trusts.cover = [TwoTrusts.line(present: 4, keep: 3)]
        let lent = AidRequest.Loan(
            lender: "BB", offer: "one", source: TwoTrusts.offer().source, agreement: "both",
            costOwner: .receiver, indemnity: .receiverScheme, releasedFrom: ["line"], travelMinutes: 30)
        var call = try Self.call()
        for (step, by) in Self.accepted {
            call = try call.advanced(
                step, loan: step == .offer ? lent : nil, by: by, reason: TwoTrusts.reason, at: TwoTrusts.noon)
        }
        trusts.aid = [call]
        #expect(trusts.picture.organisation("AA")?.vacancies.count == 1)
        trusts.aid = [
            try call.advanced(.confirm, by: Self.lender, reason: TwoTrusts.reason, at: TwoTrusts.noon)
        ]
        #expect(trusts.picture.organisation("AA")?.vacancies.isEmpty == true)
        let present = trusts.picture.organisation("BB")?.cover.first?.stretches.map(\.present)
        #expect(present == [4, 3, 4])
    }

    @Test("A loan is judged anew by the latest data of both sides")
    func obstacle() throws {
        var trusts = TwoTrusts()
        func obstacle() -> BindingRule? {
            trusts.picture.obstacle(to: Self.loan, for: Self.need, of: "AA", call: "aid-1")
        }
        #expect(obstacle() == nil)
        trusts.offers = []
        #expect(obstacle() == .offerGone)
        trusts.offers = [TwoTrusts.offer(hasConsented: false)]
        #expect(obstacle() == .consent)
        trusts.offers = [TwoTrusts.offer(remaining: 60)]
        #expect(obstacle() == .hours)
        // A break that nobody is paid for is not work.
        trusts.offers = [TwoTrusts.offer(remaining: 660)]
        #expect(obstacle() == .hours)
        let gap = trusts.vacancies[0]
        trusts.vacancies = [
            Vacancy(
                id: gap.id, site: gap.site, unit: gap.unit, staffGroup: gap.staffGroup, grades: gap.grades,
                start: gap.start, end: gap.end, missing: 1, needsInduction: false, breakMinutes: 60)
        ]
        #expect(obstacle() == nil)
    }

    @Test("Who is asked for or promised is under way for the gap as it is now, and for those hours alone")
    func underWay() throws {
        var trusts = TwoTrusts()
        let asked = try trusts.call(1)
        func found(_ id: Vacancy.ID, _ start: Int, _ end: Int) -> Int {
            trusts.picture.underWay(
                for: VacancyKey("AA", id), from: TwoTrusts.at(start), to: TwoTrusts.at(end)
            ).count
        }
        trusts.aid = [asked]
        #expect(found("night", 8, 20) == 1 && found("night", 6, 8) == 0 && found("other", 8, 20) == 0)
        // A part of the gap is booked: what is left has another id, and is what was asked for.
        var part = AidRequest(
            id: "aid-2", asking: "AA",
            need: AidRequest.Need(trusts.vacancies[0], from: TwoTrusts.at(8), to: TwoTrusts.at(12)),
            at: TwoTrusts.noon, by: Self.asking, reason: TwoTrusts.reason)
        part = try TwoTrusts.advanced(part, 3, Self.loan, at: TwoTrusts.noon)
        trusts.aid = [asked, part]
        #expect(found("night.240", 12, 20) == 1)
        trusts.aid = [part]
        #expect(found("night.240", 12, 20) == 0)
    }

    @Test("What was asked for of a gap that is cut otherwise now is judged by the parts that are open")
    func cutGaps() throws {
        var trusts = TwoTrusts()
        func need(_ id: Vacancy.ID, _ start: Int, _ end: Int) -> AidRequest.Need {
            AidRequest.Need(
                vacancy: id, site: "A1", unit: "AU", staffGroup: .registered, grades: ["B5"], skills: [],
                start: TwoTrusts.at(start), end: TwoTrusts.at(end), isHard: false, needsInduction: false)
        }
        func open(_ need: AidRequest.Need) -> [Instant] {
            trusts.picture.organisation("AA")?.open(for: need).map(\.start) ?? []
        }
        // Asked for while a part was booked, which was taken back since.
        #expect(open(need("night.240", 12, 20)) == [TwoTrusts.at(8)])
        // Asked for while it was whole, of which a part is booked since.
        var booked = AidRequest(
            id: "aid-9", asking: "AA", need: need("night", 10, 12), at: TwoTrusts.noon, by: Self.asking,
            reason: TwoTrusts.reason)
        booked = try TwoTrusts.advanced(booked, 3, Self.loan, at: TwoTrusts.noon)
        trusts.aid = [booked]
        #expect(open(need("night", 8, 20)) == [TwoTrusts.at(8), TwoTrusts.at(12)])
        #expect(open(need("night", 12, 20)) == [TwoTrusts.at(12)])
        #expect(open(need("night", 10, 12)).isEmpty && open(need("nights", 8, 20)).isEmpty)
        // Whoever has no induction is not let in by the cut.
        trusts.aid = []
        trusts.vacancies = [TwoTrusts.vacancy(needsInduction: true)]
        #expect(
            trusts.picture.obstacle(to: Self.loan, for: need("night.240", 12, 20), of: "AA", call: "aid-1")
                == .induction)
        trusts.vacancies = [TwoTrusts.vacancy(reason: .industrialAction)]
        #expect(
            trusts.picture.obstacle(to: Self.loan, for: need("night.240", 12, 20), of: "AA", call: "aid-1")
                == .strikeCover)
    }

    @Test("Strike cover of several professions is that of each whose grade it names")
    func struckProfessions() throws {
        var trusts = TwoTrusts()
        func isStruck(_ group: StaffGroup, _ grades: [Grade.ID]) -> Bool? {
            trusts.picture.organisation("AA")?.isStruck(
                AidRequest.Need(
                    vacancy: nil, site: "A1", unit: "AU", staffGroup: group, grades: grades, skills: [],
                    start: TwoTrusts.at(8), end: TwoTrusts.at(20), isHard: false))
        }
        trusts.vacancies = [
            TwoTrusts.vacancy(grades: ["B5", "AHP7"], reason: .industrialAction, group: .other)
        ]
        #expect(isStruck(.registered, ["B5"]) == true && isStruck(.therapy, ["AHP7"]) == true)
        #expect(isStruck(.registered, ["B2"]) == false)
        trusts.vacancies = [TwoTrusts.vacancy(grades: ["B5"], reason: .industrialAction)]
        #expect(isStruck(.therapy, ["B5"]) == false)
    }

    @Test("What a loan does to its lender is the same before it is booked and after")
    func effect() throws {
        var trusts = TwoTrusts()
        trusts.cover = [
            CoverLine(
                id: "line", site: "B1", unit: "BU", staffGroup: .registered, risk: 2,
                stretches: [
                    .init(start: TwoTrusts.at(0), end: TwoTrusts.at(12), present: 5, keep: 3, loss: [10]),
                    .init(start: TwoTrusts.at(12), end: TwoTrusts.at(48), present: 4, keep: 3, loss: [50]),
                ])
        ]
        trusts.offers = [TwoTrusts.offer(releasedFrom: ["line"])]
        trusts.ownVacancies = [
            Vacancy(
                id: "own", site: "B1", unit: "BU", staffGroup: .registered, grades: ["B5"],
                start: TwoTrusts.at(18), end: TwoTrusts.at(26), missing: 1)
        ]
        let call = try trusts.call(1)
        let loan = try #require(call.loan)
        #expect(trusts.picture.loan(of: OfferKey("BB", "one"), for: call.need) == loan)
        let before = try #require(
            trusts.picture.effect(of: loan, for: call.need, call: call.id, isBooked: false))
        let line = try #require(before.lines.first)
        #expect(
            line.presentBefore == 4 && line.presentAfter == 3 && line.keep == 3 && before.lines.count == 1)
        #expect(line.start == TwoTrusts.at(8) - ElapsedMinutes(30))
        // Away from 7:30 to 20:30 after noon: 4.5 hours at 10 %, 8.5 at 50 %, each weighing 2.
        #expect(before.riskHours == 2 * (4.5 * 0.1 + 8.5 * 0.5))
        #expect(before.missingMinutes == 150)
        // Somebody else is promised from the same line: one head less, and what it loses is known no more.
        var two = trusts
        two.aid = [try trusts.call(1)]
        let second = try #require(
            two.picture.effect(of: loan, for: call.need, call: "aid-2", isBooked: false))
        #expect(second.lines.first?.presentBefore == 3 && second.lines.first?.presentAfter == 2)
        #expect(abs(try #require(second.riskHours) - 2 * 13.0) < 1e-9)
        #expect(two.picture.effect(of: loan, for: call.need, call: call.id, isBooked: false) == before)
        trusts.aid = [try trusts.call(3)]
        let after = try #require(
            trusts.picture.effect(of: loan, for: call.need, call: call.id, isBooked: true))
        #expect(after.lines == before.lines && after.riskHours == nil)
        var other = trusts
        other.cover = []
        #expect(
            other.picture.effect(of: loan, for: call.need, call: call.id, isBooked: true) == nil,
            "its data do not tell")
        trusts.now = TwoTrusts.at(13)
        #expect(
            trusts.picture.effect(of: loan, for: call.need, call: call.id, isBooked: true) == nil,
            "its data are stale")
    }
}
