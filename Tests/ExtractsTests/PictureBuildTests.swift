import Roster
import RulePack
import Testing

@testable import Extracts

@Suite("A picture from extracts")
struct PictureBuildTests {
    private var trust = SmallTrust()

    @Test("Duties are the rota, its past and what follows, by the day on which they start")
    func days() {
        let picture = trust.picture
        #expect(picture.rota.duties.map { SmallTrust.friday.distance(to: $0.day) } == [0, 0, 1, 2])
        #expect(picture.scenario.history.map(\.start.day) == [SmallTrust.friday.advanced(by: -1)])
        #expect(picture.scenario.history.first?.unit == "ASH")
        #expect(picture.following.map(\.day) == [3, 3].map(SmallTrust.friday.advanced(by:)))
        #expect(picture.scenario.period == SmallTrust.window)
        #expect(picture.dataTime == SmallTrust.now - ElapsedMinutes(hours: 1))
    }

    @Test("A limit on overtime, which is for a whole roster, does not bind a window of three days")
    func overtime() {
        #expect(trust.picture.scenario.contracts.map(\.overtimeLimit) == [nil])
    }

    @Test("A requirement is a rule whose name does not depend on day or number")
    mutating func requirements() {
        #expect(trust.picture.scenario.coverRules.map(\.id) == ["ASH.rn.0800", "OAK.rn.0800"])
        #expect(trust.picture.scenario.resolvedDemand().count == 6)
        #expect(trust.picture.scenario.resolvedDemand().allSatisfy { $0.target == 1 })
    }

    @Test("Windows that overlap add up, and a date goes before a weekday")
    mutating func addUp() {
        func row(_ days: RequirementRow.Days, _ from: Int, _ to: Int, _ heads: Int) -> RequirementRow {
            RequirementRow(
                line: 2, unit: "ASH", role: "rn", days: days, from: ClockTime(minute: from * 60),
                to: ClockTime(minute: to * 60), heads: heads)
        }
        trust.extracts.requirements = SmallTrust.extract(
            .requirements,
            [
                row(.every, 8, 20, 4), row(.every, 8, 14, 1), row(.weekdays([.friday]), 20, 2, 2),
                row(.date(SmallTrust.friday.advanced(by: 1)), 8, 20, 6),
            ])
        let demand = trust.picture.scenario.resolvedDemand()
        func heads(_ rule: CoverRule.ID) -> [Int] { demand.filter { $0.rule == rule }.map(\.target) }
        #expect(heads("ASH.rn.0800") == [5, 4, 7, 6, 5, 4])
        #expect(heads("ASH.rn.2000") == [2])
        #expect(demand.allSatisfy { $0.minimum == 0 })
        // After midnight a day begins; the night's people are asked for until two.
        #expect(trust.picture.scenario.coverRules.map(\.id) == ["ASH.rn.0800", "ASH.rn.2000"])
    }

    private func row(
        _ days: RequirementRow.Days, _ from: Int, _ to: Int, _ heads: Int
    ) -> RequirementRow {
        RequirementRow(
            line: 2, unit: "ASH", role: "rn", days: days, from: ClockTime(minute: from),
            to: ClockTime(minute: to), heads: heads)
    }

    private mutating func windows(_ rows: [RequirementRow]) -> [String] {
        trust.extracts.requirements = SmallTrust.extract(.requirements, rows)
        return trust.picture.scenario.coverRules.map { "\($0.id.text) \($0.from)-\($0.to)" }
    }

    @Test("A row for one date, or within a window, renames no rule and parts no shift")
    mutating func extra() {
        let usual = [row(.every, 480, 1170, 4), row(.every, 1200, 450, 2)]
        let names = ["ASH.rn.0800 08:00-19:30", "ASH.rn.2000 20:00-07:30"]
        #expect(windows(usual) == names)
        for day in [1, 9] {
            #expect(windows(usual + [row(.date(SmallTrust.friday.advanced(by: day)), 600, 960, 1)]) == names)
        }
        #expect(windows(usual + [row(.every, 600, 960, 1)]) == names)
        let heads = trust.picture.scenario.resolvedDemand().filter { $0.rule == "ASH.rn.0800" }.map(\.target)
        #expect(heads == [4, 5, 4, 4, 5, 4, 4, 5, 4])
        // What lies outside has a rule of its own, on its day.
        let across = row(.date(SmallTrust.friday), 1080, 1260, 1)
        #expect(windows(usual + [across]) == [names[0], "ASH.rn.1930 19:30-20:00", names[1]])
        let asked = trust.picture.scenario.resolvedDemand().filter { $0.start.day == SmallTrust.friday }
        #expect(asked.map(\.target) == [4, 5, 1, 3, 2])
    }

    @Test("Windows that never hold on the same day do not part each other")
    mutating func weekend() {
        let rows = [
            row(.weekdays([.friday]), 480, 1200, 2), row(.weekdays([.saturday, .sunday]), 420, 1140, 3),
        ]
        #expect(windows(rows) == ["ASH.rn.0700 07:00-19:00", "ASH.rn.0800 08:00-20:00"])
        #expect(trust.picture.scenario.resolvedDemand().map(\.target) == [3, 3, 2])
    }

    @Test("Where shifts hand over, the time of both belongs to the first of them")
    mutating func handover() {
        let rows = [row(.every, 450, 1200, 4), row(.every, 1170, 480, 2)]
        #expect(windows(rows) == ["ASH.rn.0730 07:30-20:00", "ASH.rn.2000 20:00-07:30"])
        let day = trust.picture.scenario.resolvedDemand().filter { $0.rule == "ASH.rn.0730" }
        #expect(day.prefix(3).map(\.target) == [6, 4, 6])
    }

    @Test("A template may say how many of those it asks for are its minimum")
    mutating func minimum() {
        trust.extracts.requirements = SmallTrust.extract(
            .requirements,
            [4, 2].map {
                RequirementRow(
                    line: $0, unit: "ASH", role: "rn", days: .every, from: ClockTime(minute: 480),
                    to: ClockTime(minute: $0 == 4 ? 1170 : 840), heads: $0, minimum: $0 == 4 ? 3 : nil)
            })
        let demand = trust.picture.scenario.resolvedDemand()
        #expect(
            demand.filter { $0.rule == "ASH.rn.0800" }.map { [$0.minimum, $0.target] } == [
                [3, 6], [3, 4], [3, 6], [3, 4], [3, 6], [3, 4],
            ])
    }

    @Test(
        "A booking is a duty; of somebody from elsewhere its skills are kept; what is only asked for is none")
    mutating func bookings() {
        func row(_ state: Request.State, _ person: Person.ID?) -> BookingRow {
            let duty = SmallTrust.duty("x", SmallTrust.friday, in: SmallTrust.oak)
            return BookingRow(
                line: 2,
                request: Request(
                    id: Request.ID("r-\(state.rawValue)"), unit: "OAK", day: duty.day, shift: "LD",
                    role: "rn",
                    start: duty.start, end: duty.end, state: state, origin: "agency"), person: person,
                skills: ["iv"])
        }
        trust.extracts.bookings = SmallTrust.extract(
            .bookings, [row(.booked, "AG1"), row(.offered, "AG2"), row(.cancelled, "AG3")])
        let picture = trust.picture
        #expect(picture.rota.duties.filter { $0.source == .booking }.map(\.person) == ["AG1"])
        #expect(picture.scenario.bookings.map(\.skills) == [["iv"]])
        #expect(picture.requests.map(\.state) == [.booked, .offered, .cancelled])
    }

    @Test("Whom the bank calls off is not counted although a rota still shows them, and that is told")
    mutating func calledOff() {
        let duty = SmallTrust.duty("c", SmallTrust.friday)
        trust.add(duty)
        func row(_ line: Int, _ state: Request.State, _ unit: Unit.ID = "ASH") -> BookingRow {
            BookingRow(
                line: line,
                request: Request(
                    id: Request.ID("r\(line)"), unit: unit, day: duty.day, shift: "LD", role: "rn",
                    start: duty.start, end: duty.end, state: state), person: "c")
        }
        func counted(_ rows: [BookingRow]) -> (duties: Int, checks: [Finding.Check]) {
            trust.extracts.bookings = SmallTrust.extract(.bookings, rows)
            let picture = trust.picture
            return (picture.rota.duties.count { $0.person == "c" }, picture.findings.map(\.check))
        }
        for state in [Request.State.cancelled, .didNotAttend] {
            #expect(counted([row(2, state)]) == (0, [.calledOff]))
            // Called off, and booked anew.
            #expect(counted([row(2, state), row(3, .booked)]) == (1, []))
            #expect(counted([row(2, state, "OAK")]) == (1, []))
        }
        #expect(counted([row(2, .offered)]) == (1, []))
        // Nor are they called free for it.
        #expect(counted([row(2, .cancelled)]).duties == 0)
        #expect(trust.picture.doubtful.map(\.person) == ["c"])
    }

    @Test("That a night was called off says nothing of the day after it")
    mutating func calledOffBeside() {
        let duty = SmallTrust.duty("c", SmallTrust.friday.advanced(by: 1))
        trust.add(duty)
        let night = Request(
            id: "r1", unit: "ASH", day: SmallTrust.friday, shift: "N", role: "rn",
            start: London.instant(SmallTrust.friday, minute: 1170),
            end: London.instant(SmallTrust.friday.advanced(by: 1), minute: 480), state: .cancelled)
        trust.extracts.bookings = SmallTrust.extract(
            .bookings, [BookingRow(line: 2, request: night, person: "c")])
        let picture = trust.picture
        #expect(night.end > duty.start && picture.rota.duties.contains { $0.person == "c" })
        #expect(picture.findings.isEmpty)
    }

    @Test("Requests of last night are there, since it may still be short")
    mutating func lastNightsRequests() {
        func row(_ days: Int) -> BookingRow {
            let duty = SmallTrust.duty("x", SmallTrust.friday.advanced(by: days))
            return BookingRow(
                line: days + 9,
                request: Request(
                    id: Request.ID("r\(days + 9)"), unit: "ASH", day: duty.day, shift: "LD", role: "rn",
                    start: duty.start, end: duty.end, state: .open))
        }
        trust.extracts.bookings = SmallTrust.extract(.bookings, [-2, -1, 0, 2, 3].map(row))
        #expect(trust.picture.requests.map { SmallTrust.friday.distance(to: $0.day) } == [-1, 0, 2])
    }

    @Test("What is called booked, and names nobody, fills nothing and is told")
    mutating func bookedByNobody() {
        let duty = SmallTrust.duty("x", SmallTrust.friday, in: SmallTrust.oak)
        let request = Request(
            id: "r1", unit: "OAK", day: duty.day, shift: "LD", role: "rn", start: duty.start, end: duty.end,
            state: .booked)
        trust.extracts.bookings = SmallTrust.extract(.bookings, [BookingRow(line: 4, request: request)])
        let picture = trust.picture
        #expect(picture.rota.duties.filter { $0.source == .booking }.isEmpty)
        #expect(picture.requests.map(\.namesNobody) == [true])
        #expect(picture.findings.map(\.check) == [.bookedByNobody])
        #expect(picture.findings.map(\.units) == [["OAK"]])
        #expect(picture.findings.first?.rows == [Finding.RowReference(file: "bookings.csv", line: 4)])
    }

    @Test("A booking that the rota shows as well is one duty, and no fault")
    mutating func bookedTwice() {
        let duty = SmallTrust.duty("c", SmallTrust.friday)
        trust.add(duty)
        trust.extracts.bookings = SmallTrust.extract(
            .bookings,
            [
                BookingRow(
                    line: 2,
                    request: Request(
                        id: "r1", unit: "ASH", day: duty.day, shift: "LD", role: "rn", start: duty.start,
                        end: duty.end, state: .booked), person: "c")
            ])
        #expect(trust.picture.findings.isEmpty)
        #expect(trust.picture.rota.duties.filter { $0.person == "c" }.map(\.source) == [.booking])
    }

    // MARK: - Rotas that Muster published

    /// Of Ash ward, with one nurse on Friday, or else on its first day.
    private func published(from first: Day = SmallTrust.friday, days: Int = 3) -> PublishedRota {
        let definitions = trust.extracts.definitions
        let period = Period(first: first, days: days)
        let rule = CoverRule(
            id: "ash-hard", name: "Nurse", unit: "ASH", counted: Counted(roles: ["rn"]),
            requirement: .heads(minimum: 1, target: 1, maximum: nil), hard: true)
        let scenario = Scenario(
            name: "Ash", period: period, organisations: definitions.organisations,
            sites: definitions.sites, units: [SmallTrust.ash], grades: definitions.grades, skills: [],
            roles: definitions.roles, contracts: definitions.contracts,
            shiftTypes: [SmallTrust.day, SmallTrust.night], coverRules: [rule],
            people: [SmallTrust.person("p")])
        return PublishedRota(
            folder: PublishedRota.Folder(scenario, RuleBook(rulesByContract: [:])), period: period,
            publishedAt: SmallTrust.now,
            duties: [SmallTrust.duty("p", period.contains(SmallTrust.friday) ? SmallTrust.friday : first)])
    }

    private func picture(
        _ rotas: [PublishedRota], exports: TrustExtracts? = nil, now: Instant = SmallTrust.now
    ) throws -> Picture {
        let extracts = exports ?? TrustExtracts(publishedAlone: published())
        return try #require(Picture(extracts, published: rotas, window: SmallTrust.window, now: now))
    }

    @Test("What Muster published goes before what exports say of the same unit and days")
    mutating func published() throws {
        for day in 1...2 {
            trust.add(SmallTrust.duty("b", SmallTrust.friday.advanced(by: day), in: SmallTrust.oak))
        }
        let picture = try picture([published()], exports: trust.extracts)
        #expect(picture.rota.duties.map(\.person) == ["b", "p", "b", "b"])
        #expect(picture.scenario.coverRules.map(\.id) == ["OAK.rn.0800", "ash-hard"])
        #expect(picture.findings.map(\.check) == [.twoSources])
        #expect(picture.findings.map(\.units) == [["ASH"]])
    }

    @Test("A published rota needs no exports; what is known of leave ages with it")
    func publishedAlone() throws {
        let own = try picture([published()])
        #expect(own.fatal.isEmpty)
        #expect(own.rota.duties.map(\.person) == ["p"])
        #expect(own.confidence(in: "ASH") == .high)
        #expect(own.findings.isEmpty)
        #expect(own.daysWithoutRota.isEmpty)

        let stale = try picture([published()], now: SmallTrust.now + ElapsedMinutes(hours: 25))
        #expect(stale.findings.map(\.check) == [.missingExtract])
        #expect(stale.confidence(in: "ASH") == .lowered)
    }

    @Test("Days before or after a published rota are not known, and ask for nobody", arguments: [-1, 1])
    func daysWithoutRota(shift: Int) throws {
        let picture = try picture([published(from: SmallTrust.friday.advanced(by: shift), days: 3)])
        let missing = SmallTrust.friday.advanced(by: shift > 0 ? 0 : 2)
        #expect(picture.daysWithoutRota == ["ASH": [missing]])
        #expect(picture.findings.map(\.check) == [.noRota])
        #expect(
            picture.findings.map(\.sentence) == [
                "Ash ward: no rota is published for \(missing.spoken). Nothing can be said about it then, not even "
                    + "that nobody is missing."
            ])
        #expect(picture.confidence(in: "ASH") == .lowered)
        #expect(picture.coverScenario.unit("ASH")?.isClosed(on: missing) == true)
        #expect(picture.scenario.unit("ASH")?.isClosed(on: missing) == false)
    }

    @Test("A day that the exports tell of has a rota, and their template asks on it alone")
    mutating func exportsBefore() throws {
        let picture = try picture(
            [published(from: SmallTrust.friday.advanced(by: 1), days: 2)], exports: trust.extracts)
        #expect(picture.daysWithoutRota.isEmpty)
        #expect(picture.rota.duties.filter { $0.unit == "ASH" }.map(\.person) == ["a", "p"])
        let asked = picture.scenario.demand.filter { $0.subject == .rule("ASH.rn.0800") }
        #expect(asked.map(\.value) == [1])
    }

    @Test(
        "A unit whose rota has run out, or not begun, is named: nothing is known of it", arguments: [-30, 3])
    mutating func ranOut(days: Int) throws {
        let ash = published(from: SmallTrust.friday.advanced(by: days), days: 3)
        for day in 1...2 {
            trust.add(SmallTrust.duty("b", SmallTrust.friday.advanced(by: day), in: SmallTrust.oak))
        }
        trust.extracts.units = SmallTrust.extract(.units, [UnitRow(line: 3, unit: SmallTrust.oak)])
        trust.extracts.duties = SmallTrust.extract(
            .duties, (trust.extracts.duties?.rows ?? []).filter { $0.duty.unit == "OAK" })
        trust.extracts.requirements = SmallTrust.extract(
            .requirements, (trust.extracts.requirements?.rows ?? []).filter { $0.unit == "OAK" })
        let picture = try picture([ash], exports: trust.extracts)
        #expect(picture.daysWithoutRota == ["ASH": Set(SmallTrust.window.days)])
        #expect(picture.confidence(in: "ASH") == .none)
        #expect(picture.confidence(in: "OAK") == .high)
        #expect(picture.findings.map(\.check) == [.noRota])
        #expect(picture.notIncluded.isEmpty)
    }

    @Test("Of two folders that know a person, the one about these days is believed")
    func newerFolder() throws {
        let old = published(from: SmallTrust.friday.advanced(by: -7), days: 7)
        let definitions = old.folder.definitions
        let other = Person(
            id: "p", name: "p", organisation: "NORTH", unit: "OAK", grade: "B5", contract: "AFC",
            paidPerWeek: PaidMinutes(hours: 30))
        let scenario = Scenario(
            name: "Ash", period: SmallTrust.window, organisations: definitions.organisations,
            sites: definitions.sites, units: [SmallTrust.ash], grades: definitions.grades, skills: [],
            roles: definitions.roles, contracts: definitions.contracts, shiftTypes: definitions.shiftTypes,
            coverRules: [], people: [other])
        let new = PublishedRota(
            folder: PublishedRota.Folder(scenario, RuleBook(rulesByContract: [:])),
            period: SmallTrust.window, publishedAt: SmallTrust.now - ElapsedMinutes(60), duties: [])
        #expect(try picture([old, new]).scenario.person("p")?.unit == "OAK")
    }
}
