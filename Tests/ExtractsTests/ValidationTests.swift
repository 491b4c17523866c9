import Roster
import Testing

@testable import Extracts

/// Each check finds its fault, names its units and lowers their confidence, and finds nothing in sound extracts.
@Suite("Validation before reporting")
struct ValidationTests {
    private var trust = SmallTrust()

    @Test("Sound extracts have no finding, and every unit high confidence")
    func sound() {
        #expect(trust.picture.findings.isEmpty)
        #expect(trust.picture.confidence(in: "ASH") == .high)
        #expect(trust.picture.confidence(in: "OAK") == .high)
    }

    // MARK: - No valid report

    @Test("Without a unit list there is no valid report")
    mutating func noUnits() {
        trust.extracts.units = nil
        #expect(trust.picture.fatal.map(\.check) == [.noUnits])
        #expect(trust.picture.confidence(in: "ASH") == .none)
    }

    @Test("Without people, duties on these days or requirements there is no valid report")
    mutating func missing() {
        trust.extracts.people = nil
        #expect(trust.picture.fatal.map(\.sentence) == ["There is no extract of people."])
        trust = SmallTrust()
        trust.extracts.requirements = nil
        #expect(trust.picture.fatal.map(\.check) == [.missingExtract])
        trust = SmallTrust()
        let other = SmallTrust.duty("a", SmallTrust.friday.advanced(by: 3))
        trust.extracts.duties = SmallTrust.extract(.duties, [DutyRow(line: 2, duty: other)])
        #expect(
            trust.picture.fatal.map(\.sentence) == [
                "No extract and no published rota holds a duty from Fri 21 Nov 2025 to Sun 23 Nov 2025."
            ])
    }

    @Test("Without leave every unit is doubtful; without bookings it is noted")
    mutating func missingLeave() {
        trust.extracts.leave = nil
        trust.extracts.bookings = nil
        #expect(trust.found(.missingExtract).map(\.severity) == [.warning, .note])
        #expect(trust.picture.confidence(in: "OAK") == .lowered)
    }

    @Test("Duties at the limit of age are good; a minute older, or from the future, there is no valid report")
    mutating func stale() {
        let rows = trust.extracts.duties?.rows ?? []
        trust.extracts.duties = SmallTrust.extract(.duties, rows, hoursOld: 24)
        #expect(trust.picture.findings.isEmpty)
        trust.extracts.policy = ReportPolicy(staleness: ElapsedMinutes(1439))
        #expect(trust.picture.fatal.map(\.check) == [.staleExtract])
        trust.extracts.policy = ReportPolicy()
        trust.extracts.duties = SmallTrust.extract(.duties, rows, hoursOld: -1)
        #expect(trust.picture.fatal.first?.sentence.contains("from the future") == true)
    }

    @Test(
        "Leave that is stale says nothing about any unit, and so does one unit's stale rota about that unit")
    mutating func staleParts() {
        trust.extracts.leave = SmallTrust.extract(.leave, [], hoursOld: 25)
        #expect(trust.found(.staleExtract).map(\.severity) == [.warning])
        #expect(trust.picture.confidence(in: "ASH") == .none)
        trust = SmallTrust()
        trust.replaceAsh(
            with: UnitRow(
                line: 2, unit: SmallTrust.ash, refreshed: SmallTrust.now - ElapsedMinutes(hours: 30)))
        #expect(trust.found(.staleExtract).first?.units == ["ASH"])
        #expect(trust.picture.confidence(in: "ASH") == .none)
        #expect(trust.picture.confidence(in: "OAK") == .high)
    }

    @Test("If what is known of every unit is stale, there is no valid report")
    mutating func allStale() {
        let old = SmallTrust.now - ElapsedMinutes(hours: 30)
        trust.extracts.units = SmallTrust.extract(
            .units, [SmallTrust.ash, SmallTrust.oak].map { UnitRow(line: 2, unit: $0, refreshed: old) })
        #expect(trust.picture.fatal.map(\.check) == [.staleExtract])
    }

    @Test("If the newest import failed, every unit is doubtful however fresh its data look")
    mutating func failedImport() {
        trust.extracts.failedImport = FailedImport(
            at: SmallTrust.now - ElapsedMinutes(30), files: ["a.csv", "b.csv", "c.csv", "d.csv"])
        #expect(trust.found(.failedImport).map(\.severity) == [.warning])
        #expect(
            trust.found(.failedImport).first?.sentence
                == "The newest import, on Fri 21 Nov 2025 at 06:00, failed because of a.csv, b.csv, c.csv and others: "
                + "what has changed since the one before is not known.")
        #expect(trust.picture.confidence(in: "ASH") == .lowered)
        #expect(trust.picture.confidence(in: "OAK") == .lowered)
    }

    // MARK: - Rows

    @Test("The same duty twice counts once")
    mutating func duplicate() {
        trust.add(SmallTrust.duty("a", SmallTrust.friday))
        #expect(trust.found(.duplicate).map(\.units) == [["ASH"]])
        #expect(trust.found(.duplicate).first?.rows == [Finding.RowReference(file: "duties.csv", line: 9)])
        #expect(trust.picture.rota.duties.count == 4)
        #expect(trust.picture.confidence(in: "ASH") == .lowered)
    }

    @Test("Of two duties at once the first stands, and both units are doubtful")
    mutating func overlap() {
        trust.add(SmallTrust.duty("a", SmallTrust.friday, in: SmallTrust.oak, SmallTrust.night))
        #expect(trust.found(.overlap).map(\.units) == [["ASH", "OAK"]])
        #expect(trust.picture.rota.duties.map(\.unit) == ["ASH", "OAK", "ASH", "ASH"])
        #expect(trust.picture.rota.duties.allSatisfy { $0.shift == "LD" })
    }

    @Test("Duties that only touch do not overlap")
    mutating func touching() {
        let second = SmallTrust.duty("a", SmallTrust.friday, in: SmallTrust.oak, SmallTrust.night)
        trust.add(
            Duty(
                person: "a", day: second.day, unit: "OAK", shift: "N", role: "rn",
                start: London.instant(second.day, minute: 1200), end: second.end, paid: second.paid,
                working: second.working, source: .imported))
        #expect(trust.found(.overlap).isEmpty)
    }

    @Test("Whoever is on leave is not on duty, on the last day of it too")
    mutating func onLeave() {
        let leave = Leave(
            person: "b", first: SmallTrust.friday.advanced(by: -2), last: SmallTrust.friday, kind: .sickness)
        trust.extracts.leave = SmallTrust.extract(.leave, [LeaveRow(line: 2, leave: leave)])
        #expect(trust.found(.onLeaveAndOnDuty).map(\.units) == [["OAK"]])
        #expect(trust.picture.rota.duties.map(\.person) == ["a", "d", "d"])
        let over = Leave(
            person: "b", first: leave.first, last: SmallTrust.friday.advanced(by: -1), kind: .annual)
        trust.extracts.leave = SmallTrust.extract(.leave, [LeaveRow(line: 2, leave: over)])
        #expect(trust.picture.findings.isEmpty)
    }

    @Test(
        "Rejected rows are found under their check",
        arguments: [Finding.Check.missingTimes, .unknownGrade, .unknownSkill, .unknownUnit, .rejectedRows])
    mutating func rejected(check: Finding.Check) {
        let rows = trust.extracts.duties?.rows ?? []
        trust.extracts.duties = SmallTrust.extract(
            .duties, rows,
            rejected: [RejectedRow(line: 7, check: check, unit: "OAK", reason: "end is empty")])
        #expect(trust.found(check).map(\.units) == [["OAK"]])
        #expect(trust.found(check).first?.sentence.contains("end is empty (1)") == true)
        #expect(trust.picture.confidence(in: "OAK") == .lowered)
        #expect(trust.picture.confidence(in: "ASH") == .high)
        #expect(trust.picture.counts.first { $0.kind == .duties }?.rejected == 1)
    }

    @Test("Hours that do not add up are found beyond a quarter of an hour")
    mutating func hours() {
        let duty = SmallTrust.duty("c", SmallTrust.friday.advanced(by: 1))
        trust.add(duty, stated: PaidMinutes(duty.paid.count + 15))
        #expect(trust.found(.hours).isEmpty)
        trust = SmallTrust()
        trust.add(duty, stated: PaidMinutes(duty.paid.count + 16))
        #expect(trust.found(.hours).map(\.units) == [["ASH"]])
        #expect(trust.picture.confidence(in: "ASH") == .lowered)
    }

    @Test(
        "On a night when the clocks change, hours as worked and hours as ever both add up",
        arguments: [1, -1])
    func clockChange(gained: Int) throws {
        let saturday = try #require(Day(gained > 0 ? "2025-10-25" : "2026-03-28"))
        let duty = SmallTrust.duty("a", saturday, SmallTrust.night)
        #expect(duty.elapsed.count == SmallTrust.night.wallLength + gained * 60)
        for (hours, findings) in [(11.5, 0), (11.5 + Double(gained), 0), (11.5 - Double(gained), 1)] {
            var extracts = trust.extracts
            extracts.duties = SmallTrust.extract(
                .duties, [DutyRow(line: 2, duty: duty, statedPaid: PaidMinutes(Int(hours * 60)))])
            let window = Period(first: saturday, days: 1)
            let found = Validation(extracts, window: window, now: SmallTrust.now).hours()
            #expect(found.count == findings, "\(hours) hours")
        }
    }

    // MARK: - Units

    @Test("A closed unit that asks for people, or has people on duty")
    mutating func closed() {
        let shut = Unit(
            id: "ASH", name: "Ash ward", site: "MAIN", organisation: "NORTH",
            closed: [SmallTrust.friday...SmallTrust.friday])
        trust.replaceAsh(with: UnitRow(line: 2, unit: shut))
        #expect(
            trust.found(.closedUnit).map(\.sentence) == [
                "Ash ward is closed and asks for people and has people on duty."
            ])
        #expect(trust.picture.confidence(in: "ASH") == .lowered)
        trust.extracts.requirements = SmallTrust.extract(
            .requirements, (trust.extracts.requirements?.rows ?? []).filter { $0.unit == "OAK" })
        trust.extracts.duties = SmallTrust.extract(
            .duties, (trust.extracts.duties?.rows ?? []).filter { $0.duty.unit == "OAK" })
        #expect(trust.found(.closedUnit).isEmpty)
    }

    @Test("A rota that is not approved", arguments: [UnitFacts.Approval.partial, .notApproved])
    mutating func unapproved(state: UnitFacts.Approval) {
        trust.replaceAsh(with: UnitRow(line: 2, unit: SmallTrust.ash, approval: state))
        #expect(trust.found(.notApproved).map(\.units) == [["ASH"]])
        #expect(trust.picture.confidence(in: "ASH") == .lowered)
        #expect(trust.picture.unitFacts["ASH"]?.approval == state)
    }

    @Test("A template that the budget does not pay for, on either side", arguments: [72, 90, 73, 89])
    mutating func budget(hours: Int) {
        // 11.5 hours a day are 80.5 a week; 10 % around the budget are allowed.
        trust.replaceAsh(
            with: UnitRow(line: 2, unit: SmallTrust.ash, budgetedPerWeek: PaidMinutes(hours: hours)))
        let isFar = abs(80.5 - Double(hours)) / Double(hours) > 0.1
        #expect(trust.found(.templateAgainstBudget).isEmpty == !isFar)
        #expect(trust.picture.confidence(in: "ASH") == (isFar ? .lowered : .high))
    }

    @Test("A unit that nothing tells of is named, and nothing is known of it")
    mutating func notIncluded() {
        trust.extracts.requirements = SmallTrust.extract(
            .requirements, (trust.extracts.requirements?.rows ?? []).filter { $0.unit == "ASH" })
        trust.extracts.duties = SmallTrust.extract(
            .duties, (trust.extracts.duties?.rows ?? []).filter { $0.duty.unit == "ASH" })
        #expect(trust.picture.notIncluded == ["OAK"])
        #expect(trust.picture.confidence(in: "OAK") == .none)
        #expect(trust.found(.notIncluded).map(\.units) == [["OAK"]])
    }

    // MARK: - What would look like no gaps

    @Test("A unit with people on duty of which nothing says how many it needs is not called covered")
    mutating func withoutRequirement() {
        trust.extracts.requirements = SmallTrust.extract(
            .requirements, (trust.extracts.requirements?.rows ?? []).filter { $0.unit == "ASH" })
        #expect(trust.found(.noRequirement).map(\.units) == [["OAK"]])
        #expect(trust.picture.confidence(in: "OAK") == .none)
        #expect(trust.picture.confidence(in: "ASH") == .high)
    }

    @Test(
        "A template that asks for a role no more, or at fewer times, may have lost rows; one whose shift moved has not",
        arguments: [(480, 1170, 1), (450, 1140, 0), (480, 1020, 1), (480, 1080, 0)])
    mutating func roleLost(from: Int, to: Int, findings: Int) {
        func row(_ role: Role.ID, _ from: Int = 480, _ to: Int = 1170, heads: Int = 2) -> RequirementRow {
            RequirementRow(
                line: 2, unit: "ASH", role: role, days: .every, from: ClockTime(minute: from),
                to: ClockTime(minute: to), heads: heads)
        }
        addSupport()
        trust.extracts.before.requirements = [row("rn"), row("hcsw")]
        let left = (from, to) == (480, 1170) ? [] : [row("hcsw", from, to, heads: 1)]
        let rows = (trust.extracts.requirements?.rows ?? []) + left
        trust.extracts.requirements = SmallTrust.extract(.requirements, rows)
        #expect(trust.found(.roleNotAsked).map(\.units) == Array(repeating: ["ASH"], count: findings))
        #expect(trust.picture.confidence(in: "ASH") == (findings > 0 ? .lowered : .high))
        #expect(trust.found(.roleNotAsked).allSatisfy { $0.sentence.contains("Support worker") })
        // That nobody is needed can be said.
        trust.extracts.requirements = SmallTrust.extract(.requirements, rows + [row("hcsw", heads: 0)])
        #expect(trust.found(.roleNotAsked).isEmpty)
    }

    @Test("Where most of a staff group are on duty in a role that nothing asks for, that unit is in doubt")
    mutating func roleSilent() {
        addSupport()
        for day in 0..<3 {
            trust.add(duty(of: "e", as: "hcsw", on: day))
            #expect(trust.found(.roleNotAsked).isEmpty == (day == 0))
        }
        #expect(trust.found(.roleNotAsked).map(\.units) == [["ASH"]])
        #expect(trust.picture.confidence(in: "ASH") == .lowered)
        trust.extracts.requirements = SmallTrust.extract(
            .requirements,
            (trust.extracts.requirements?.rows ?? []) + [
                RequirementRow(
                    line: 9, unit: "ASH", role: "hcsw", days: .every, from: ClockTime(minute: 480),
                    to: ClockTime(minute: 1170), heads: 1)
            ])
        #expect(trust.found(.roleNotAsked).isEmpty)
        // One who is there beside those who are asked for is no doubt.
        trust = SmallTrust()
        addSupport()
        for day in 0..<2 { trust.add(duty(of: "e", as: "charge", on: day)) }
        #expect(trust.found(.roleNotAsked).isEmpty)
    }

    private mutating func addSupport() {
        let definitions = trust.extracts.definitions
        let roles = [
            Role(id: "hcsw", name: "Support worker", staffGroup: .unregistered, grades: ["B5"]),
            Role(id: "charge", name: "Nurse in charge", staffGroup: .registered, grades: ["B5"]),
        ]
        trust.extracts.definitions = TrustDefinitions(
            name: definitions.name, organisations: definitions.organisations, sites: definitions.sites,
            grades: definitions.grades, skills: definitions.skills, roles: definitions.roles + roles,
            contracts: definitions.contracts, shiftTypes: definitions.shiftTypes,
            coverRules: definitions.coverRules, rules: definitions.rules)
    }

    private func duty(of person: Person.ID, as role: Role.ID, on day: Int) -> Duty {
        Duty(
            person: person, day: SmallTrust.friday.advanced(by: day), unit: "ASH", shift: SmallTrust.day,
            role: role, source: .imported)
    }

    @Test(
        "An empty template beside hard cover leaves the other units unknown, and the one with hard cover in doubt"
    )
    mutating func hardCoverOnly() {
        trust.extracts.requirements = SmallTrust.extract(.requirements, [])
        let definitions = trust.extracts.definitions
        trust.extracts.definitions = TrustDefinitions(
            name: definitions.name, organisations: definitions.organisations, sites: definitions.sites,
            grades: definitions.grades, skills: definitions.skills, roles: definitions.roles,
            contracts: definitions.contracts, shiftTypes: definitions.shiftTypes,
            coverRules: [
                CoverRule(
                    id: "ASH.senior", name: "Senior", unit: "ASH", counted: Counted(roles: ["rn"]),
                    from: ClockTime(minute: 0), to: ClockTime(minute: 1440),
                    requirement: .heads(minimum: 1, target: 1, maximum: nil), hard: true)
            ], rules: definitions.rules)
        #expect(trust.picture.fatal.isEmpty)
        #expect(trust.picture.confidence(in: "OAK") == .none)
        #expect(trust.picture.confidence(in: "ASH") == .lowered)
        #expect(trust.found(.missingExtract).map(\.units) == [["ASH"]])
    }

    @Test(
        "A unit that asks for people and has no duty in any extract is doubtful; one that asks for nobody is not"
    )
    mutating func withoutDuties() {
        let duties = (trust.extracts.duties?.rows ?? []).filter { $0.duty.unit == "ASH" }
        trust.extracts.duties = SmallTrust.extract(.duties, duties)
        #expect(trust.found(.noDuties).map(\.units) == [["OAK"]])
        #expect(trust.picture.confidence(in: "OAK") == .lowered)
        trust.extracts.requirements = SmallTrust.extract(
            .requirements,
            (trust.extracts.requirements?.rows ?? []).map {
                $0.unit == "ASH"
                    ? $0
                    : RequirementRow(
                        line: 3, unit: "OAK", role: "rn", days: .weekdays([.wednesday]), from: $0.from,
                        to: $0.to,
                        heads: 1)
            })
        #expect(trust.found(.noDuties).isEmpty)
    }

    @Test("A unit without a duty from some day on, while others have some, may have a rota that ends before")
    mutating func unitWhoseRotaEnds() {
        #expect(trust.found(.noDuties).isEmpty)
        let duties = (trust.extracts.duties?.rows ?? []).filter { $0.line != 8 }
        trust.extracts.duties = SmallTrust.extract(.duties, duties)
        #expect(
            trust.found(.noDuties).map(\.sentence) == [
                "Oak ward: no extract holds a duty there from Sat 22 Nov 2025 on: its rota may end before, so every "
                    + "shift from then on seems short."
            ])
        #expect(trust.picture.confidence(in: "OAK") == .lowered)
        #expect(trust.picture.confidence(in: "ASH") == .high)
    }

    @Test("A rota that ends before the last day is named with the days")
    mutating func rotaThatEnds() {
        let duties = (trust.extracts.duties?.rows ?? []).filter { $0.line < 7 }
        trust.extracts.duties = SmallTrust.extract(.duties, duties)
        #expect(
            trust.found(.missingExtract).map(\.sentence) == [
                "No extract holds a duty on Sun 23 Nov 2025: the rota may end before."
            ])
        #expect(trust.picture.confidence(in: "OAK") == .lowered)
    }

    @Test(
        "A day on which none of five units has a duty is one without a rota, neither short nor covered; of fewer it may be a day off",
        arguments: [4, 5])
    mutating func dayUntold(units: Int) {
        let wards = (0..<units).map {
            Unit(id: Unit.ID("W\($0)"), name: "Ward \($0)", site: "MAIN", organisation: "NORTH")
        }
        trust.extracts.units = SmallTrust.extract(.units, wards.map { UnitRow(line: 2, unit: $0) })
        trust.extracts.duties = SmallTrust.extract(
            .duties,
            wards.enumerated().flatMap { index, ward in
                [0, 1, 3].map {
                    DutyRow(
                        line: 2,
                        duty: SmallTrust.duty("p\(index)", SmallTrust.friday.advanced(by: $0), in: ward))
                }
            })
        func row(_ ward: Unit, _ days: RequirementRow.Days) -> RequirementRow {
            RequirementRow(
                line: 2, unit: ward.id, role: "rn", days: days, from: ClockTime(minute: 480),
                to: ClockTime(minute: 1170), heads: 1)
        }
        // The last asks for nobody on a Sunday.
        trust.extracts.requirements = SmallTrust.extract(
            .requirements,
            wards.dropLast().map { row($0, .every) } + [
                row(wards[units - 1], .weekdays([.friday, .saturday]))
            ])
        let sunday = SmallTrust.friday.advanced(by: 2)
        let picture = trust.picture
        guard units == 5 else {
            #expect(picture.daysWithoutRota.isEmpty)
            #expect(trust.found(.missingExtract).map(\.severity) == [.warning])
            return
        }
        #expect(picture.daysWithoutRota == ["W0": [sunday], "W1": [sunday], "W2": [sunday], "W3": [sunday]])
        #expect(
            picture.findings.map(\.sentence) == [
                "No extract holds a duty of any unit on Sun 23 Nov 2025: the rota may end before. Nothing can be said "
                    + "about that time, not even that nobody is missing."
            ])
        #expect(picture.confidence(in: "W0") == .lowered && picture.confidence(in: "W4") == .high)
        #expect(picture.coverScenario.unit("W0")?.isClosed(on: sunday) == true)
    }

    @Test("Extracts of leave and bookings without a row are as good as none")
    mutating func empty() {
        trust.extracts.leave = SmallTrust.extract(.leave, [])
        trust.extracts.bookings = SmallTrust.extract(.bookings, [])
        #expect(trust.found(.missingExtract).map(\.severity) == [.warning, .note])
        #expect(trust.found(.missingExtract).allSatisfy { $0.sentence.contains("is empty") })
        #expect(trust.picture.confidence(in: "ASH") == .lowered)
    }

    @Test("An extract with less than half of the rows of the days before may have broken off")
    mutating func shrunk() {
        trust.extracts.before.accepted[.duties] = 14
        #expect(trust.found(.shrunk).isEmpty)
        trust.extracts.before.accepted[.duties] = 15
        #expect(trust.found(.shrunk).map(\.units) == [["ASH", "OAK"]])
        #expect(trust.found(.shrunk).map(\.severity) == [.warning])
        #expect(trust.picture.confidence(in: "ASH") == .lowered)
    }

    @Test("Half as many requests to the bank are worth a note")
    mutating func fewerRequests() {
        trust.extracts.before.accepted[.bookings] = 50
        #expect(trust.found(.shrunk).map(\.severity) == [.note])
        #expect(trust.picture.confidence(in: "ASH") == .high)
    }

    @Test("A unit that has gone from the list is named, unless it is closed")
    mutating func gone() {
        let elm = Unit(id: "ELM", name: "Elm ward", site: "MAIN", organisation: "NORTH")
        let fir = Unit(
            id: "FIR", name: "Fir ward", site: "MAIN", organisation: "NORTH",
            closed: [SmallTrust.friday...SmallTrust.friday.advanced(by: 9)])
        trust.extracts.before.units = [SmallTrust.ash, elm, fir]
        #expect(trust.found(.shrunk).map(\.sentence).count == 1)
        #expect(trust.found(.shrunk).first?.sentence.hasSuffix("said about them: Elm ward.") == true)
        #expect(trust.found(.shrunk).first?.units == ["ELM"])
        #expect(trust.picture.unitsGone == [elm])
        #expect(trust.picture.confidence(in: "ELM") == .none)
    }

    @Test("No finding names a person")
    mutating func privacy() {
        trust.add(SmallTrust.duty("secret-77", SmallTrust.friday))
        trust.add(SmallTrust.duty("secret-77", SmallTrust.friday))
        let leave = Leave(
            person: "secret-77", first: SmallTrust.friday, last: SmallTrust.friday, kind: .sickness)
        trust.extracts.leave = SmallTrust.extract(.leave, [LeaveRow(line: 2, leave: leave)])
        #expect(!trust.picture.findings.isEmpty)
        #expect(
            trust.picture.findings.allSatisfy {
                !$0.sentence.contains("secret") && !$0.sentence.contains("sick")
            })
    }
}
