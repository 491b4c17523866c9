import Roster
import RosterCheck
import RulePack
import Testing

@testable import Extracts

/// What a picture counts as cover: nobody who is not there.
@Suite("The cover of a picture")
struct PictureCoverTests {
    private var trust = SmallTrust()

    private mutating func book(_ person: Person.ID, from: Int = 450, to: Int = 1200) {
        trust.extracts.bookings = SmallTrust.extract(
            .bookings,
            [
                BookingRow(
                    line: 2,
                    request: Request(
                        id: "r1", unit: "ASH", day: SmallTrust.friday, shift: "LD", role: "rn",
                        start: London.instant(SmallTrust.friday, minute: from),
                        end: London.instant(SmallTrust.friday, minute: to), state: .booked), person: person)
            ])
    }

    /// Friday's long day in Ash ward, of which somebody is missing.
    private func isShort(_ picture: Picture, in unit: Unit.ID = "ASH") -> Bool {
        RotaCover(picture.coverScenario, picture.rota).gaps(in: unit).contains {
            $0.start.day == SmallTrust.friday
        }
    }

    /// Nobody but who is booked is in Ash ward on Friday.
    private mutating func emptyAsh() {
        trust.extracts.duties = SmallTrust.extract(
            .duties,
            (trust.extracts.duties?.rows ?? []).filter {
                $0.duty.unit != "ASH" || $0.duty.day != SmallTrust.friday
            })
    }

    @Test("A booking of somebody who is absent that day covers nothing")
    mutating func bookedAndAbsent() {
        emptyAsh()
        book("c")
        #expect(!isShort(trust.picture))
        trust.extracts.leave = SmallTrust.extract(
            .leave,
            [
                LeaveRow(
                    line: 2,
                    leave: Leave(
                        person: "c", first: SmallTrust.friday, last: SmallTrust.friday, kind: .sickness))
            ])
        #expect(trust.picture.scenario.bookings.isEmpty)
        #expect(isShort(trust.picture))
        #expect(trust.found(.onLeaveAndOnDuty).count == 1)
    }

    @Test("Of a duty and a booking in two units at once, one covers")
    mutating func bookedInTwoPlaces() {
        emptyAsh()
        trust.extracts.duties = SmallTrust.extract(
            .duties, [DutyRow(line: 2, duty: SmallTrust.duty("c", SmallTrust.friday, in: SmallTrust.oak))])
        book("c", from: 480, to: 1230)
        #expect(!isShort(trust.picture, in: "OAK"))
        #expect(isShort(trust.picture))
        #expect(trust.found(.overlap).count == 1)
    }

    @Test("A booking with other times than its shift's is kept with its duty")
    mutating func bookedForLess() {
        emptyAsh()
        book("c", from: 480, to: 1170)
        #expect(trust.picture.scenario.bookings.map(\.person) == ["c"])
        #expect(!isShort(trust.picture))
    }

    @Test("Who is lent and was booked at home covers nothing at home")
    mutating func bookedAndLent() {
        emptyAsh()
        book("c")
        let away = AwayDuty(
            person: "c", start: London.instant(SmallTrust.friday, minute: 480),
            end: London.instant(SmallTrust.friday, minute: 1200), travelMinutes: 30)
        #expect(isShort(trust.picture.without([away])))
        #expect(isShort(trust.picture.lending([away])))
    }

    // MARK: - Last night

    /// Thursday's night, from 19:30 to 08:00.
    private static let thursday = SmallTrust.friday.advanced(by: -1)

    private func away(_ person: Person.ID) -> AwayDuty {
        AwayDuty(
            person: person, start: London.instant(Self.thursday, minute: 1170),
            end: London.instant(SmallTrust.friday, minute: 450), travelMinutes: 30)
    }

    @Test("Who was lent last night was not at home then")
    mutating func homeLastNight() {
        trust.add(SmallTrust.duty("c", Self.thursday, SmallTrust.night))
        let picture = trust.picture
        #expect(picture.scenario.history.contains { $0.person == "c" && $0.unit == "ASH" })
        #expect(!picture.without([away("c")]).scenario.history.contains { $0.person == "c" })
        #expect(picture.without([away("a")]).scenario.history.contains { $0.person == "c" })
        #expect(
            !picture.lending([away("c")]).scenario.history.contains { $0.unit == "ASH" && $0.person == "c" })
    }

    @Test("Who was lent last night worked then; what was long ago does not matter")
    func workedElsewhere() {
        let before = AwayDuty(
            person: "d", start: London.instant(Self.thursday.advanced(by: -30), minute: 480),
            end: London.instant(Self.thursday.advanced(by: -30), minute: 960), travelMinutes: 0)
        let history = trust.picture.lending([away("c"), before]).scenario.history
        let worked = history.filter { ["c", "d"].contains($0.person) }
        #expect(worked.map(\.start) == [London.instant(Self.thursday, minute: 1140)])
        #expect(worked.map(\.end) == [London.instant(SmallTrust.friday, minute: 480)])
        #expect(worked.map(\.unit) == [nil])
        #expect(worked.map(\.working) == [WorkingMinutes(780)])
    }

    // MARK: - What is left of last night

    /// Ash ward asks for so many each night, from 20:00 to 07:30.
    private mutating func askAtNight(_ heads: Int = 1) {
        trust.extracts.requirements = SmallTrust.extract(
            .requirements,
            [
                RequirementRow(
                    line: 2, unit: "ASH", role: "rn", days: .every, from: ClockTime(minute: 1200),
                    to: ClockTime(minute: 450), heads: heads)
            ])
    }

    /// Minutes of Friday's first hours in which somebody is missing, times heads.
    private func shortLastNight(_ picture: Picture) -> Int {
        RotaCover(picture.coverScenario, picture.rota).gaps().filter {
            $0.start < London.instant(SmallTrust.friday, minute: 720)
        }.reduce(0) { $0 + $1.missingMinutes }
    }

    @Test("What the template asked for last night is asked for from midnight")
    mutating func templateLastNight() {
        askAtNight()
        #expect(trust.picture.scenario.coverRules.map(\.id) == ["ASH.rn.2000"])
        #expect(shortLastNight(trust.picture) == 450)
        #expect(trust.found(.noRota).isEmpty)
        trust.add(SmallTrust.duty("c", Self.thursday, SmallTrust.night))
        #expect(shortLastNight(trust.picture) == 0)
    }

    @Test("Without a duty of the day before it is not known who is there, which is told until it is over")
    mutating func unknownLastNight() throws {
        askAtNight()
        trust.extracts.duties = SmallTrust.extract(
            .duties, (trust.extracts.duties?.rows ?? []).filter { $0.duty.day >= SmallTrust.friday })
        #expect(shortLastNight(trust.picture) == 0)
        #expect(trust.found(.noRota).map(\.units) == [["ASH"]])
        #expect(
            trust.found(.noRota).map(\.sentence) == [
                "No extract holds a duty of the night that began on \(Self.thursday.spoken). Nothing can be said "
                    + "about the time until 07:30 of the day after, not even that nobody is missing."
            ])
        let later = try #require(
            Picture(
                trust.extracts, window: SmallTrust.window, now: London.instant(SmallTrust.friday, minute: 450)
            ))
        #expect(!later.findings.contains { $0.check == .noRota })
    }

    @Test("Who came from elsewhere last night is there until the end of it")
    mutating func visitorLastNight() {
        askAtNight()
        let duty = SmallTrust.duty("AG1", Self.thursday, SmallTrust.night)
        trust.extracts.bookings = SmallTrust.extract(
            .bookings,
            [
                BookingRow(
                    line: 2,
                    request: Request(
                        id: "r1", unit: "ASH", day: Self.thursday, shift: "N", role: "rn",
                        start: duty.start, end: London.instant(SmallTrust.friday, minute: 330),
                        state: .booked), person: "AG1")
            ])
        // Booked until 05:30: two hours are left.
        #expect(shortLastNight(trust.picture) == 120)
        #expect(shortLastNight(trust.picture.lending([away("c")])) == 120)
    }

    /// Of Ash ward, which asks for one nurse at night.
    private func published(
        first: Int, days: Int, duties: [Duty] = [], history: [HistoryDuty] = []
    ) -> PublishedRota {
        let definitions = trust.extracts.definitions
        let period = Period(first: SmallTrust.friday.advanced(by: first), days: days)
        let scenario = Scenario(
            name: "Ash", period: period, organisations: definitions.organisations,
            sites: definitions.sites, units: [SmallTrust.ash], grades: definitions.grades, skills: [],
            roles: definitions.roles, contracts: definitions.contracts,
            shiftTypes: definitions.shiftTypes,
            coverRules: [
                CoverRule(
                    id: "night", name: "Night", unit: "ASH", counted: Counted(roles: ["rn"]),
                    from: ClockTime(minute: 1200), to: ClockTime(minute: 450), requirement: .demand)
            ], people: ["a", "b", "c"].map(SmallTrust.person), history: history,
            demand: period.days.map { day in
                DemandRow(
                    subject: .rule("night"), start: London.instant(day, minute: 1200),
                    end: London.instant(day, minute: 1440 + 450), value: 2)
            })
        return PublishedRota(
            folder: PublishedRota.Folder(scenario, RuleBook(rulesByContract: [:])), period: period,
            publishedAt: SmallTrust.now - ElapsedMinutes(first < 0 ? 60 : 0),
            duties: duties + [SmallTrust.duty("b", period.first)])
    }

    private func picture(_ rotas: [PublishedRota]) throws -> Picture {
        try #require(
            Picture(
                TrustExtracts(publishedAlone: rotas[0]), published: rotas, window: SmallTrust.window,
                now: SmallTrust.now))
    }

    @Test("A rota that ended yesterday asks for the rest of its last night, once")
    func successors() throws {
        let night = SmallTrust.duty("c", Self.thursday, SmallTrust.night)
        let past = HistoryDuty(
            person: "c", start: night.start, end: night.end, paid: night.paid, working: night.working,
            unit: "ASH", role: "rn")
        let before = published(first: -3, days: 3)
        let next = published(first: 0, days: 3)
        #expect(shortLastNight(try picture([before, next])) == 2 * 450)
        // One person is there, of whom the rota tells and the history of the next as well.
        let pair = [
            published(first: -3, days: 3, duties: [night]), published(first: 0, days: 3, history: [past]),
        ]
        #expect(shortLastNight(try picture(pair)) == 450)
        #expect(shortLastNight(try picture([published(first: -3, days: 6)])) == 2 * 450)
        #expect(try picture(pair).findings.isEmpty)
    }

    @Test("Of the night before the first rota that was published, nothing can be said but by its history")
    func firstMorning() throws {
        let first = try picture([published(first: 0, days: 3)])
        #expect(shortLastNight(first) == 0)
        #expect(
            first.findings.map(\.sentence) == [
                "Ash ward: no rota is published for the night that began on \(Self.thursday.spoken). Nothing can "
                    + "be said about the time until 07:30 of the day after, not even that nobody is missing."
            ])
        #expect(first.confidence(in: "ASH") == .lowered)
        let day = SmallTrust.duty("c", Self.thursday)
        let past = HistoryDuty(
            person: "c", start: day.start, end: day.end, paid: day.paid, working: day.working, unit: "ASH",
            role: "rn")
        #expect(try picture([published(first: 0, days: 3, history: [past])]).findings.isEmpty)
    }
}
