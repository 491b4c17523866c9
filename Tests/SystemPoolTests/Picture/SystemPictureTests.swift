import Foundation
import Roster
import Testing

@testable import SystemPool

@Suite("What bookings change in the picture")
struct SystemPictureTests {
    private static let asking = Actor(organisation: "AA", role: .bankDesk)
    private static let lender = Actor(organisation: "BB", role: .bankDesk)

    /// Confirmed: BB lends to AA for the night.
    private func confirmed(hard: Bool = false) throws -> AidRequest {
        let vacancy = TwoTrusts.vacancy(isHard: hard)
        let call = AidRequest(
            id: "aid-1", asking: "AA",
            need: AidRequest.Need(vacancy, from: vacancy.start, to: vacancy.end),
            at: TwoTrusts.noon, by: Self.asking, reason: TwoTrusts.reason)
        let loan = AidRequest.Loan(
            lender: "BB", offer: "one", source: TwoTrusts.offer().source, agreement: "both",
            costOwner: .receiver, indemnity: .receiverScheme, travelMinutes: 30)
        return try call.advanced(
            .offer, loan: loan, by: Self.lender, reason: TwoTrusts.reason, at: TwoTrusts.noon
        )
        .advanced(.accept, by: Self.asking, reason: TwoTrusts.reason, at: TwoTrusts.noon)
        .advanced(.confirm, by: Self.lender, reason: TwoTrusts.reason, at: TwoTrusts.noon)
    }

    private func picture(
        _ call: AidRequest, vacancies: [Vacancy], including: [AidRequest.ID] = [],
        others: [AidRequest] = [], at: Instant = TwoTrusts.noon
    ) -> SystemPicture {
        var trusts = TwoTrusts()
        trusts.vacancies = vacancies
        let asking = trusts.asking
        let push = OrganisationPush(
            organisation: "AA", extractedAt: asking.extractedAt, first: asking.first, sites: asking.sites,
            units: asking.units, vacancies: vacancies, includes: including)
        return SystemPicture.assemble(
            trusts.system, pushes: [push, trusts.lending].map { KeptPush(push: $0, receivedAt: at) },
            aid: [call] + others, at: at)
    }

    private func gaps(_ picture: SystemPicture) -> [Vacancy] { picture.organisation("AA")?.vacancies ?? [] }

    @Test("A booking closes the gap of data that do not know it yet, and counts once in those that do")
    func closes() throws {
        let call = try confirmed()
        #expect(gaps(picture(call, vacancies: [TwoTrusts.vacancy()])).isEmpty)
        #expect(gaps(picture(call, vacancies: [], including: ["aid-1"])).isEmpty)
        #expect(gaps(picture(call, vacancies: [TwoTrusts.vacancy()], including: ["aid-1"])).count == 1)
    }

    @Test(
        "A gap for which nobody is named yet is closed for whom to ask, and open for levels, whatever the receiver counts on"
    )
    func promised() throws {
        var trusts = TwoTrusts()
        trusts.vacancies = [TwoTrusts.vacancy(missing: 2, isHard: true)]
        trusts.aid = [try trusts.call(3)]
        func hours(_ figure: Figure = .gapHours) throws -> Double? {
            let picture = trusts.picture
            let asking = try #require(picture.organisation("AA"))
            return EscalationReading(picture, asking).reading(of: figure)?.value
        }
        #expect(trusts.picture.organisation("AA")?.vacancies.map(\.missing) == [1])
        #expect(trusts.picture.organisation("AA")?.withoutPromises.map(\.missing) == [2])
        #expect(try hours() == 24)
        #expect(trusts.picture.promisedMinutesSoon(trusts.picture.organisations) == 720)
        // Once the lender's own data hold it, somebody is named there.
        trusts.included = ["aid-1"]
        #expect(try hours() == 12)
        #expect(trusts.picture.promisedMinutesSoon(trusts.picture.organisations) == 0)
        // Without the lender's word the receiver's own data close nothing.
        let call = try confirmed(hard: true)
        let told = try #require(picture(call, vacancies: [], including: ["aid-1"]).organisation("AA"))
        #expect(told.vacancies.isEmpty && told.withoutPromises == [TwoTrusts.vacancy(isHard: true)])
    }

    @Test(
        "A booking that is taken back opens its gap at once, also where the latest data count on it still",
        arguments: [true, false])
    func takenBack(byLender: Bool) throws {
        let call = try confirmed(hard: true).advanced(
            .withdraw, by: byLender ? Self.lender : Self.asking, reason: TwoTrusts.reason, at: TwoTrusts.noon)
        let open = gaps(picture(call, vacancies: [], including: ["aid-1"]))
        #expect(open.map(\.id) == ["night"] && open.first?.isHard == true && open.first?.missing == 1)
        #expect(open.first?.start == call.need.start && open.first?.end == call.need.end)
        #expect(open.first == TwoTrusts.vacancy(isHard: true), "its purpose and all else is what it was")
        // Others are missing there still: nobody is counted twice, and no id stands twice.
        let two = gaps(picture(call, vacancies: [TwoTrusts.vacancy(missing: 2)], including: ["aid-1"]))
        #expect(two.map(\.missing) == [2, 1] && Set(two.map(\.id)).count == 2)
        #expect(gaps(picture(call, vacancies: [TwoTrusts.vacancy()])).count == 1)
        // What is open again while others there are missing for a strike is not filled either.
        let struck = gaps(
            picture(call, vacancies: [TwoTrusts.vacancy(reason: .industrialAction)], including: ["aid-1"]))
        #expect(struck.map(\.isStrikeCover) == [true, true])
        let apart = gaps(
            picture(
                call, vacancies: [TwoTrusts.vacancy(from: 20, to: 30, reason: .industrialAction)],
                including: ["aid-1"]))
        #expect(Set(apart.map(\.isStrikeCover)) == [true, false])
        // It can be answered there, too, though another gap has its id.
        let there = picture(
            call, vacancies: [TwoTrusts.vacancy(from: 20, to: 30)], including: ["aid-1"]
        ).organisation("AA")
        #expect(there?.open(for: call.need, of: "aid-1").map(\.start) == [call.need.start])
        #expect(there?.open(for: call.need).isEmpty == true)
    }

    @Test("What is left of a gap is answered and closed under the id that it has in newer data, once")
    func renamedRest() throws {
        func confirmed(_ id: Vacancy.ID, _ from: Int, _ to: Int) throws -> AidRequest {
            let vacancy = TwoTrusts.vacancy(id, from: from, to: to)
            let asked = AidRequest(
                id: "aid-2", asking: "AA",
                need: AidRequest.Need(vacancy, from: vacancy.start, to: vacancy.end), at: TwoTrusts.noon,
                by: Self.asking, reason: TwoTrusts.reason)
            return try TwoTrusts.advanced(
                asked, 3, TwoTrusts().loan(TwoTrusts.offer()), at: TwoTrusts.noon)
        }
        func open(_ call: AidRequest, _ vacancies: [Vacancy]) -> [Instant] {
            gaps(picture(call, vacancies: vacancies)).map(\.start)
        }
        let whole: Vacancy.ID = "rn@2027-01-12T08:00"
        let rest = TwoTrusts.vacancy("rn@2027-01-12T12:00", from: 12, to: 20)
        let call = try confirmed(whole.part(after: 240), 12, 20)
        #expect(open(call, [rest]).isEmpty)
        // Two heads are missing of the rest, one of the beginning: who comes for all of it closes one of each.
        let both = [TwoTrusts.vacancy(whole, from: 8, to: 12), rest]
        #expect(open(try confirmed(whole, 8, 20), both).isEmpty)
        #expect(open(call, both) == [TwoTrusts.at(8)])
        // Whoever comes is one head, however the rule's gaps are cut.
        let beside = TwoTrusts.vacancy("rn@2027-01-12T14:00", from: 14, to: 20)
        #expect(open(call, [rest, beside]) == [TwoTrusts.at(14)])
        // Other rules and other ids are other gaps.
        for other: Vacancy.ID in ["hca@2027-01-12T12:00", "rn@second", "rn"] {
            #expect(open(call, [TwoTrusts.vacancy(other, from: 12, to: 20)]) == [TwoTrusts.at(12)])
        }
        // Before it is confirmed it is under way for what is left, and can be answered.
        let asked = AidRequest(
            id: "aid-3", asking: "AA", need: call.need, at: TwoTrusts.noon, by: Self.asking,
            reason: TwoTrusts.reason)
        let view = picture(asked, vacancies: [rest])
        let found = view.underWay(for: VacancyKey("AA", rest.id), from: rest.start, to: rest.end)
        #expect(found.map(\.id) == ["aid-3"])
        #expect(view.organisation("AA")?.open(for: call.need).isEmpty == true, "before it is made")
    }

    @Test("Whoever comes instead closes the gap that a booking left when it was taken back, and no other")
    func comesInstead() throws {
        let call = try confirmed(hard: true).advanced(
            .withdraw, by: Self.lender, reason: TwoTrusts.reason, at: TwoTrusts.noon)
        func instead(_ vacancy: Vacancy.ID) throws -> AidRequest {
            let need = AidRequest.Need(
                vacancy: vacancy, site: "A1", unit: "AU", staffGroup: .registered, grades: ["B5"], skills: [],
                start: call.need.start, end: call.need.end, isHard: true)
            let other = AidRequest(
                id: "aid-2", asking: "AA", need: need, at: TwoTrusts.noon, by: Self.asking,
                reason: TwoTrusts.reason)
            return try TwoTrusts.advanced(
                other, 3, TwoTrusts().loan(TwoTrusts.offer("two")), at: TwoTrusts.noon)
        }
        func open(_ vacancies: [Vacancy], _ other: AidRequest) -> [Vacancy.ID] {
            gaps(picture(call, vacancies: vacancies, including: ["aid-1"], others: [other])).map(\.id)
        }
        #expect(open([], try instead("night")).isEmpty)
        let beside = [TwoTrusts.vacancy(from: 20, to: 30)]
        #expect(open(beside, try instead("aid-1")) == ["night"])
        // Who closes the gap that was pushed does not close the other as well.
        #expect(open([TwoTrusts.vacancy()], try instead("night")).count == 1)
        // Of two that were taken back, whoever comes instead closes one.
        let second = AidRequest(
            id: "aid-3", asking: "AA", need: call.need, at: TwoTrusts.noon, by: Self.asking,
            reason: TwoTrusts.reason)
        let both = picture(
            call, vacancies: [], including: ["aid-1", "aid-3"],
            others: [
                try TwoTrusts.advanced(
                    second, 3, TwoTrusts().loan(TwoTrusts.offer("three")), at: TwoTrusts.noon
                ).advanced(.withdraw, by: Self.lender, reason: TwoTrusts.reason, at: TwoTrusts.noon),
                try instead("night"),
            ])
        #expect(gaps(both).map(\.missing) == [1])
    }

    @Test("Nobody comes any more once the time of a call is over")
    func over() throws {
        let call = try confirmed()
        let accepted = try call.advanced(
            .withdraw, by: Self.lender, reason: TwoTrusts.reason, at: TwoTrusts.at(1))
        #expect(accepted.state == .requested)
        let loan = TwoTrusts().loan(TwoTrusts.offer("two", person: "p-22222222"))
        #expect(throws: SystemRefusal.notNow(.offer, state: .requested)) {
            try accepted.advanced(
                .offer, loan: loan, by: Self.lender, reason: TwoTrusts.reason, at: call.need.end)
        }
    }

    @Test("A call that was kept before calls told what for is read all the same")
    func older() throws {
        let call = try confirmed(hard: true)
        let document = String(decoding: try JSONEncoder().encode(call), as: UTF8.self)
        let older = document.replacing(#/"(purpose|risk|needsInduction)":[^,}]*,?/#, with: "").replacing(
            ",}", with: "}")
        #expect(older != document)
        let read = try JSONDecoder().decode(AidRequest.self, from: Data(older.utf8))
        #expect(read.need.isHard && read.need.purpose == .general && read.need.risk == 1)
        #expect(try JSONDecoder().decode(AidRequest.self, from: Data(document.utf8)) == call)
    }

    @Test(
        "A call that is booked anew is not what the lender's data of before allow for: somebody else goes, from elsewhere"
    )
    func bookedAnew() throws {
        var trusts = TwoTrusts()
        trusts.vacancies = [TwoTrusts.vacancy(missing: 2)]
        trusts.offers = [
            TwoTrusts.offer("one", person: "p-11111111", releasedFrom: ["first"]),
            TwoTrusts.offer("two", person: "p-22222222", releasedFrom: ["second"]),
        ]
        trusts.cover = [
            TwoTrusts.line("first", present: 4, keep: 3), TwoTrusts.line("second", present: 4, keep: 3),
        ]
        trusts.included = ["aid-1"]
        trusts.now = TwoTrusts.at(3)
        func present(_ line: Int) -> [Int]? {
            trusts.picture.organisation("BB")?.cover[line].stretches.map(\.present)
        }
        let call = try trusts.call(3)
        trusts.aid = [call]
        #expect(present(0) == [4] && present(1) == [4] && trusts.picture.unsettled.isEmpty)
        let reopened = try call.advanced(
            .withdraw, by: Self.lender, reason: TwoTrusts.reason, at: TwoTrusts.at(1))
        trusts.aid = [
            try TwoTrusts.advanced(reopened, 3, trusts.loan(trusts.offers[1]), at: TwoTrusts.at(2))
        ]
        #expect(present(0) == [4] && present(1) == [4, 3, 4])
        #expect(trusts.picture.unsettled.map(\.id) == ["aid-1"])
        let overlapping = AidRequest.Need(trusts.vacancies[0], from: TwoTrusts.at(10), to: TwoTrusts.at(20))
        func obstacle() -> BindingRule? {
            trusts.picture.obstacle(
                to: trusts.loan(trusts.offers[1]), for: overlapping, of: "AA", call: "aid-2")
        }
        trusts.offers[1] = TwoTrusts.offer("two", person: "p-22222222", remaining: 2_000)
        #expect(obstacle() == .rest)
        // Data of since then tell it all themselves.
        trusts.extractedAt = TwoTrusts.at(2)
        #expect(present(1) == [4] && trusts.picture.unsettled.isEmpty && obstacle() == nil)
    }

    @Test(
        "To the receiver one head is as good as another: data that count on a call are not counted down twice"
    )
    func receivedAnew() throws {
        let call = try confirmed()
        let anew = try TwoTrusts.advanced(
            call.advanced(.withdraw, by: Self.lender, reason: TwoTrusts.reason, at: TwoTrusts.at(1)), 3,
            TwoTrusts().loan(TwoTrusts.offer("two", person: "p-22222222")), at: TwoTrusts.at(2))
        // Of two who were missing, the data count on one under the call; the other is missing still.
        let open = gaps(
            picture(anew, vacancies: [TwoTrusts.vacancy()], including: ["aid-1"], at: TwoTrusts.at(3)))
        #expect(open.map(\.missing) == [1])
    }

    @Test("A gap that is over is open no more, whatever was pushed before")
    func passedGap() throws {
        let call = try confirmed()
        let gap = TwoTrusts.vacancy(missing: 2)
        #expect(gaps(picture(call, vacancies: [gap], at: gap.end - ElapsedMinutes(1))).count == 1)
        #expect(gaps(picture(call, vacancies: [gap], at: gap.end)).isEmpty)
    }

    @Test("A booking is settled once the lender's own data hold it, and until it is over")
    func unsettled() throws {
        let call = try confirmed()
        #expect(picture(call, vacancies: []).unsettled.map(\.id) == ["aid-1"])
        #expect(picture(call, vacancies: [], at: call.need.end).unsettled.isEmpty)
    }

    @Test(
        "Newer data of the lender that leave a booking out pass it over; those of before it could not hold it"
    )
    func passedOver() throws {
        var trusts = TwoTrusts()
        trusts.vacancies = [TwoTrusts.vacancy()]
        trusts.aid = [try trusts.call(3)]
        #expect(trusts.picture.unsettled.count == 1 && trusts.picture.passedOver.isEmpty)
        trusts.now = TwoTrusts.at(1)
        trusts.extractedAt = TwoTrusts.at(1)
        #expect(trusts.picture.passedOver.map(\.id) == ["aid-1"])
        trusts.included = ["aid-1"]
        #expect(trusts.picture.passedOver.isEmpty)
    }
}
