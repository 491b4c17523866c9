import Foundation
import Roster
import Testing

@testable import SystemPool

@Suite("The risk register")
struct RiskRegisterTests {
    private static let manager = Actor(organisation: "AA", role: .riskManager)

    private static func trusts(missing: Int = 1) -> TwoTrusts {
        var trusts = TwoTrusts()
        trusts.vacancies = missing == 0 ? [] : [TwoTrusts.vacancy(missing: missing, isHard: true)]
        return trusts
    }

    private func rows(_ trusts: TwoTrusts, after rows: [RiskRow] = [], _ history: [ShortageRecord] = [])
        -> [RiskRow]
    {
        RiskRegister(trusts.picture, history: history).refreshed(rows)
    }

    @Test("A hard gap raises a row with where, when, who is accountable, what is linked and its score")
    func hardGap() throws {
        let row = try #require(rows(Self.trusts()).first)
        #expect(row.origin == .hardGap && row.organisation == "AA" && row.unit == "AU")
        #expect(row.start == TwoTrusts.at(8) && row.end == TwoTrusts.at(20))
        #expect(row.vacancies.map(\.description) == ["AA/night"])
        #expect(row.score == 16)
        #expect(row.owner == .headOfNursing)
        #expect(row.opened == TwoTrusts.noon && row.reviewDue == TwoTrusts.at(24))
        #expect(row.cause.contains("No frailty practitioner in AU"))
    }

    @Test("The same picture again changes nothing; more missing is a rising trend, less a falling one")
    func trend() throws {
        let first = rows(Self.trusts())
        #expect(rows(Self.trusts(), after: first) == first)
        let more = rows(Self.trusts(missing: 2), after: first)
        #expect(more.map(\.trend) == [.rising])
        #expect(rows(Self.trusts(missing: 1), after: more).map(\.trend) == [.steady], "as when it was raised")
        let raised = rows(Self.trusts(missing: 3))
        #expect(rows(Self.trusts(missing: 2), after: raised).map(\.trend) == [.falling])
    }

    @Test("A trend compares like with like: it neither falls as time passes nor rises as data reach further")
    func likeWithLike() throws {
        var trusts = TwoTrusts()
        let gaps = [(8, 20), (32, 44)].map {
            TwoTrusts.vacancy(.init("gap-\($0.0)"), from: $0.0, to: $0.1, isHard: true)
        }
        trusts.vacancies = gaps
        var rows = rows(trusts)
        func refresh(_ hours: Int, _ vacancies: [Vacancy]) {
            trusts.now = TwoTrusts.at(hours)
            trusts.extractedAt = trusts.now
            trusts.vacancies = vacancies
            rows = self.rows(trusts, after: rows)
        }
        // Half of it has passed, then a gap is over and is pushed no more.
        refresh(14, gaps)
        #expect(rows.map(\.trend) == [.steady])
        refresh(21, [gaps[1]])
        #expect(rows.map(\.trend) == [.steady])
        // Another head in what is ahead is more, though less is missing than when it was raised; half a booking is less.
        refresh(22, [TwoTrusts.vacancy("gap-32", from: 32, to: 44, missing: 2, isHard: true)])
        #expect(rows.map(\.trend) == [.rising])
        refresh(23, [TwoTrusts.vacancy("gap-38", from: 38, to: 44, isHard: true)])
        #expect(rows.map(\.trend) == [.falling])
        // From a review on it is told from there.
        try rows[0].review(
            RiskChange(), by: Self.manager, remark: TwoTrusts.reason, at: TwoTrusts.at(23))
        #expect(rows.map(\.trend) == [.steady])
        refresh(24, [TwoTrusts.vacancy("gap-38", from: 38, to: 44, isHard: true)])
        #expect(rows.map(\.trend) == [.steady])
        // A day of which nothing was told when it was reviewed says nothing of how it has changed.
        let beyond = TwoTrusts.vacancy("gap-70", from: 70, to: 82, isHard: true)
        let push = trusts.asking
        trusts.vacancies.append(beyond)
        let further = OrganisationPush(
            organisation: "AA", extractedAt: push.extractedAt, first: push.first.advanced(by: 1),
            sites: push.sites,
            units: push.units, vacancies: trusts.vacancies)
        let picture = SystemPicture.assemble(
            trusts.system, pushes: [KeptPush(push: further, receivedAt: trusts.now)], at: trusts.now)
        let after = RiskRegister(picture, history: []).refreshed(rows)
        #expect(after.map(\.trend) == [.steady] && after.map(\.vacancies.count) == [2])
    }

    @Test("A row that nobody has reviewed for longer than its data told of is compared with the data before")
    func longOpen() {
        var rows: [RiskRow] = []
        func refresh(day: Int, missing: Int) {
            let now = TwoTrusts.at(24 * day)
            let push = TwoTrusts().asking
            let gap = TwoTrusts.vacancy(from: 24 * day + 8, to: 24 * day + 20, missing: missing, isHard: true)
            let next = OrganisationPush(
                organisation: "AA", extractedAt: now, first: now.day, sites: push.sites, units: push.units,
                vacancies: [gap])
            let picture = SystemPicture.assemble(
                TwoTrusts().system, pushes: [KeptPush(push: next, receivedAt: now)], at: now)
            rows = RiskRegister(picture, history: []).refreshed(rows)
        }
        for day in 0...4 { refresh(day: day, missing: 1) }
        refresh(day: 4, missing: 2)
        #expect(rows.map(\.trend) == [.rising])
    }

    @Test("A row of before its gaps were kept is read, and compared from then on")
    func rowWithoutGaps() throws {
        var row = try #require(rows(Self.trusts()).first)
        (row.known, row.compared) = (nil, nil)
        let kept = try JSONDecoder().decode(RiskRow.self, from: JSONEncoder().encode(row))
        #expect(kept == row)
        let next = rows(Self.trusts(missing: 2), after: [kept])
        #expect(next.map(\.trend) == [.steady])
        #expect(rows(Self.trusts(missing: 3), after: next).map(\.trend) == [.rising])
    }

    @Test("A closed row is not raised again because a part of its gap has passed")
    func closedAndPassing() throws {
        var row = try #require(rows(Self.trusts()).first)
        try row.close(by: Self.manager, remark: TwoTrusts.reason, at: TwoTrusts.noon)
        var later = Self.trusts(missing: 2)
        later.now = TwoTrusts.at(15)
        later.extractedAt = later.now
        #expect(rows(later, after: [row]).count == 2, "more heads are missing than were known of")
        later.vacancies = [TwoTrusts.vacancy("night", from: 14, to: 20, isHard: true)]
        #expect(rows(later, after: [row]).count == 1)
    }

    @Test("Of a unit of which nothing is known nobody knows that a risk is gone")
    func unknownUnit() throws {
        let first = rows(Self.trusts())
        var quiet = Self.trusts(missing: 0)
        #expect(rows(quiet, after: first).map(\.isPresent) == [false])
        quiet.unknown = [TwoTrusts.noon.day]
        #expect(rows(quiet, after: first).map(\.isPresent) == [true])
    }

    @Test("What is missing for another purpose is a row of its own, which is reviewed and closed on its own")
    func purposes() throws {
        var trusts = TwoTrusts()
        func gap(_ purpose: CoverPurpose) -> Vacancy {
            Vacancy(
                id: Vacancy.ID(purpose.rawValue), site: "A1", unit: "AU", staffGroup: .registered,
                grades: ["B5"],
                start: TwoTrusts.at(8), end: TwoTrusts.at(20), missing: 1, isHard: true, purpose: purpose)
        }
        trusts.vacancies = CoverPurpose.allCases.map(gap)
        var first = rows(trusts)
        try #require(first.count == 3)
        #expect(Set(first.map(\.purpose)) == Set(CoverPurpose.allCases) && Set(first.map(\.id)).count == 3)
        #expect(first.allSatisfy { $0.vacancies.map(\.id.text) == [$0.purpose?.rawValue] })
        #expect(rows(trusts, after: first) == first)
        try first[1].close(by: Self.manager, remark: TwoTrusts.reason, at: TwoTrusts.noon)
        trusts.vacancies.removeAll { $0.id.text == first[0].purpose?.rawValue }
        let next = rows(trusts, after: first)
        #expect(next.map(\.isPresent) == [false, true, true] && next.count == 3)
    }

    @Test("A row of before purposes were kept is taken up by one of them, and stays")
    func rowWithoutPurpose() throws {
        var row = try #require(rows(Self.trusts()).first)
        row.purpose = nil
        let next = rows(Self.trusts(), after: [row])
        #expect(next.map(\.id) == [row.id] && next.map(\.purpose) == [.frailtyInReach])
    }

    @Test("That the gap is gone closes nothing: only a person does, and not the program")
    func closing() throws {
        let gone = rows(Self.trusts(missing: 0), after: rows(Self.trusts()))
        var row = try #require(gone.first)
        #expect(row.closed == nil && !row.isPresent)
        #expect(throws: SystemRefusal.onlyAPersonCloses(row.id)) {
            try row.close(by: .muster, remark: TwoTrusts.reason, at: TwoTrusts.noon)
        }
        try row.close(by: Self.manager, remark: TwoTrusts.reason, at: TwoTrusts.noon)
        #expect(row.closed != nil)
        #expect(throws: SystemRefusal.riskClosed(row.id)) {
            try row.close(by: Self.manager, remark: TwoTrusts.reason, at: TwoTrusts.noon)
        }
    }

    @Test("What somebody closed is not raised again for what they knew of, and is for a new gap")
    func closedStaysClosed() throws {
        var row = try #require(rows(Self.trusts()).first)
        try row.close(by: Self.manager, remark: TwoTrusts.reason, at: TwoTrusts.noon)
        #expect(rows(Self.trusts(), after: [row]) == [row])
        var trusts = Self.trusts()
        trusts.vacancies.append(TwoTrusts.vacancy("another", from: 32, to: 44, isHard: true))
        #expect(rows(trusts, after: [row]).count == 2)
    }

    @Test(
        "What comes back after it had gone, and what has grown, is raised again though somebody closed a row about it"
    )
    func closedAndBack() throws {
        var row = try #require(rows(Self.trusts()).first)
        try row.close(by: Self.manager, remark: TwoTrusts.reason, at: TwoTrusts.noon)
        #expect(rows(Self.trusts(missing: 4), after: [row]).count == 2)
        let gone = rows(Self.trusts(missing: 0), after: [row])
        #expect(gone.map(\.isPresent) == [false])
        let back = rows(Self.trusts(), after: gone)
        #expect(back.map(\.closed).map { $0 == nil } == [false, true])
        #expect(back.map(\.isPresent) == [false, true])
        // Once more it is the same risk.
        #expect(rows(Self.trusts(), after: back) == back)
    }

    @Test("Likelihood rises as a gap comes near, until a person has judged it")
    func likelihood() throws {
        var trusts = Self.trusts()
        trusts.vacancies = [TwoTrusts.vacancy(from: 30, to: 42, isHard: true)]
        let first = rows(trusts)
        #expect(first.map(\.likelihood) == [3])
        trusts.now = TwoTrusts.at(7)
        #expect(rows(trusts, after: first).map(\.likelihood) == [4])
        var judged = first
        try judged[0].review(
            RiskChange(likelihood: 2), by: Self.manager, remark: TwoTrusts.reason, at: TwoTrusts.noon)
        #expect(rows(trusts, after: judged).map(\.likelihood) == [2])
    }

    @Test("A review of what somebody else has reviewed since is refused; a mitigation can be taken away")
    func reviewedSince() throws {
        var row = try #require(rows(Self.trusts()).first)
        func review(_ change: RiskChange) throws {
            try row.review(change, by: Self.manager, remark: TwoTrusts.reason, at: TwoTrusts.noon)
        }
        try review(RiskChange(seen: 0, impact: 5, mitigation: TwoTrusts.reason))
        #expect(throws: SystemRefusal.reviewedSince(row.id)) { try review(RiskChange(seen: 0, impact: 3)) }
        #expect(row.impact == 5 && row.mitigation != nil)
        try review(RiskChange(seen: 1, likelihood: 1))
        #expect(row.mitigation != nil)
        try review(RiskChange(removesMitigation: true))
        #expect(row.mitigation == nil && row.reviews.count == 3)
    }

    @Test("A new row is never given the id of another, be it closed or one that cannot be read")
    func ids() throws {
        let first = try #require(rows(Self.trusts()).first)
        var trusts = Self.trusts()
        func refreshed(_ rows: [RiskRow]) -> [RiskRow] {
            RiskRegister(trusts.picture, history: []).refreshed(rows, taken: [first.id])
        }
        var second = try #require(refreshed([]).first)
        #expect(second.id != first.id && refreshed([second]) == [second])
        try second.close(by: Self.manager, remark: TwoTrusts.reason, at: TwoTrusts.noon)
        trusts.vacancies.append(TwoTrusts.vacancy("another", from: 32, to: 44, isHard: true))
        let all = refreshed([second])
        #expect(all.first == second && Set(all.map(\.id) + [first.id]).count == 3)
    }

    @Test("Three short days of the last seven raise a row, two do not, and a few minutes are no shortage")
    func repeated() {
        func history(_ days: Int, minutes: Int = 240) -> [ShortageRecord] {
            (0..<days).map {
                ShortageRecord(
                    organisation: "AA", site: "A1", unit: "AU", staffGroup: .registered,
                    day: TwoTrusts.noon.day.advanced(by: -$0), minutes: minutes)
            }
        }
        let none = Self.trusts(missing: 0)
        #expect(rows(none, history(3)).map(\.origin) == [.repeatedShortage])
        #expect(rows(none, history(2)).isEmpty)
        #expect(rows(none, history(3, minutes: 239)).isEmpty)
    }

    @Test("Of an organisation whose data are stale nobody knows whether the cause is gone")
    func stale() {
        let first = rows(Self.trusts())
        var late = Self.trusts(missing: 0)
        late.now = TwoTrusts.at(13)
        #expect(rows(late, after: first).map(\.isPresent) == [true])
    }

    @Test("A review changes what it names, out of range is refused, and it is due again a day later")
    func review() throws {
        var row = try #require(rows(Self.trusts()).first)
        try row.review(
            RiskChange(
                likelihood: 5, impact: 5, sharedWith: ["BB"], indemnity: .lenderScheme, potentialHarms: 2),
            by: Self.manager, remark: TwoTrusts.reason, at: TwoTrusts.at(2))
        #expect(row.score == 25 && row.trend == .rising && row.sharedWith == ["BB"])
        #expect(row.indemnity == .lenderScheme && row.potentialHarms == 2 && row.actualHarms == 0)
        #expect(row.reviewDue == TwoTrusts.at(26) && row.reviews.count == 1)
        for change in [RiskChange(likelihood: 6), RiskChange(impact: 0), RiskChange(actualHarms: -1)] {
            let before = row
            #expect(throws: SystemRefusal.self) {
                try row.review(change, by: Self.manager, remark: TwoTrusts.reason, at: TwoTrusts.at(3))
            }
            #expect(row == before)
        }
    }

    @Test("The heat table counts people missing by the hour of the wall clock, and marks hard hours")
    func heat() throws {
        // From 20:00 on one day to 08:00 on the next.
        let rows = HeatTable(Self.trusts(missing: 2).picture).rows
        #expect(rows.count == 2)
        #expect(rows[0].missing == Array(repeating: 0, count: 20) + Array(repeating: 120, count: 4))
        #expect(rows[1].missing == Array(repeating: 120, count: 8) + Array(repeating: 0, count: 16))
        #expect(rows[1].isHard.count(where: { $0 }) == 8)
        #expect(rows.map { $0.heads.max() } == [2, 2])
    }

    @Test(
        "Heads missing in an hour are the most at once: half an hour is one head, and hours that are over are none"
    )
    func heatHeads() throws {
        var trusts = TwoTrusts()
        func gap(_ id: Vacancy.ID, _ from: Int, _ to: Int, _ missing: Int) -> Vacancy {
            Vacancy(
                id: id, site: "A1", unit: "AU", staffGroup: .registered, grades: ["B5"],
                start: TwoTrusts.noon + ElapsedMinutes(from), end: TwoTrusts.noon + ElapsedMinutes(to),
                missing: missing)
        }
        trusts.vacancies = [gap("four", -60, 30, 4), gap("then", 30, 90, 1), gap("beside", 45, 60, 2)]
        let row = try #require(HeatTable(trusts.picture).rows.first)
        #expect(Array(row.heads[11...13]) == [0, 4, 1])
        #expect(Array(row.missing[11...13]) == [0, 180, 30])
    }

    @Test("In the hour that the clock shows twice, one head missing is one head")
    func heatInAutumn() throws {
        var trusts = TwoTrusts()
        let midnight = London.instant(try #require(Day(year: 2027, month: 10, day: 31)), minute: 0)
        trusts.now = midnight
        trusts.extractedAt = midnight
        trusts.vacancies = [
            Vacancy(
                id: "night", site: "A1", unit: "AU", staffGroup: .registered, grades: ["B5"], start: midnight,
                end: midnight + ElapsedMinutes(hours: 4), missing: 1)
        ]
        let row = try #require(HeatTable(trusts.picture).rows.first)
        #expect(Array(row.heads[0...3]) == [1, 1, 1, 0] && row.missing[1] == 120)
    }
}
