import PlainText
import Roster
import RulePack

/// Turns the cells of a shift-scheduling instance into a scenario, with a fault for each that says nothing sensible.
struct InstanceReader {
    private struct Shift {
        let id: ShiftType.ID
        let minutes: Int
        let barredNext: Set<ShiftType.ID>
    }

    private struct Member {
        let id: Person.ID
        /// Most duties of each shift that the person works at all.
        let limits: [ShiftType.ID: Int]
        let minutes: ClosedRange<Int>
        let mostInARow: Int
        let leastInARow: Int
        let leastOff: Int
        let mostWeekends: Int
    }

    private let faults: FaultList
    private var period = Period(first: Self.firstMonday, days: 1)
    private var shifts: [Shift] = []
    private var members: [Member] = []
    private var leave: [Leave] = []
    private var wishes: [Preference] = []
    private var demand: [DemandRow] = []

    /// 5 January 2026: any Monday does, since duties begin after the hour at which clocks change.
    private static let firstMonday = Day(ordinal: 20_458)
    /// The format has no times of day, only lengths.
    private static let start = ClockTime(minute: 6 * 60)
    private static let longestDuty = 18 * 60
    private static let unit: Unit.ID = "unit"
    private static let grade: Grade.ID = "staff"

    init(_ text: InstanceText, faults: FaultList) {
        self.faults = faults
        if let days = text.rows[.horizon]?.first?.first?.integer(in: 1...1000) {
            period = Period(first: Self.firstMonday, days: days)
        }
        shifts = readShifts(text.rows[.shifts] ?? [])
        members = readMembers(text.rows[.staff] ?? [])
        leave = readDaysOff(text.rows[.daysOff] ?? [])
        for row in text.rows[.onRequests] ?? [] { readRequest(row) { .shift($0) } }
        for row in text.rows[.offRequests] ?? [] { readRequest(row) { .avoid($0) } }
        demand = readCover(text.rows[.cover] ?? [])
    }

    // MARK: Cells

    private func readShifts(_ rows: [[Scalar]]) -> [Shift] {
        let known = Set(rows.map { $0[0].text })
        var seen: Set<String> = []
        return rows.map { row in
            if !seen.insert(row[0].text).inserted { row[0].fault("is the id of two shifts") }
            let barred = row[2].text.split(separator: "|").map(String.init)
            for name in barred where !known.contains(name) {
                row[2].fault("names \(name), which is not a shift", accepted: known.sorted().listed())
            }
            // One that is known by name is kept, so that a fault of its own is the only one.
            return Shift(
                id: ShiftType.ID(row[0].text), minutes: row[1].integer(in: 1...Self.longestDuty) ?? 1,
                barredNext: Set(barred.map { ShiftType.ID($0) }))
        }
    }

    private func readMembers(_ rows: [[Scalar]]) -> [Member] {
        var seen: Set<String> = []
        return rows.map { row in
            if !seen.insert(row[0].text).inserted { row[0].fault("is the id of two people") }
            let limits = readLimits(row[1])
            var known = row[2...].map { $0.integer(in: 0...1_000_000) ?? 0 }
            if known[1] > known[0] {
                row[3].fault("is more than the most minutes, \(known[0])")
                known[1] = known[0]
            }
            return Member(
                id: Person.ID(row[0].text), limits: limits, minutes: known[1]...known[0],
                mostInARow: known[2],
                leastInARow: known[3], leastOff: known[4], mostWeekends: known[5])
        }
    }

    /// `E=14|L=0`: shifts that are not named, or with 0, are not worked.
    private func readLimits(_ cell: Scalar) -> [ShiftType.ID: Int] {
        var limits: [ShiftType.ID: Int] = [:]
        for part in cell.text.split(separator: "|") {
            let sides = part.split(separator: "=", omittingEmptySubsequences: false)
            guard sides.count == 2, let limit = Int(sides[1]), limit >= 0,
                shifts.contains(where: { $0.id.text == sides[0] })
            else {
                cell.fault(
                    "has the part \(part)", accepted: "a shift and a number, such as D=14, parted by |")
                continue
            }
            if limit > 0 { limits[ShiftType.ID(String(sides[0]))] = limit }
        }
        return limits
    }

    private func readDaysOff(_ rows: [[Scalar]]) -> [Leave] {
        rows.flatMap { row in
            row[1...].compactMap { cell in
                guard let person = person(row[0]), let day = day(cell) else { return nil }
                return Leave(person: person, first: day, last: day, kind: .other)
            }
        }
    }

    private mutating func readRequest(_ row: [Scalar], _ wanted: (ShiftType.ID) -> Wanted) {
        guard let person = person(row[0]), let day = day(row[1]), let shift = shift(row[2]),
            let weight = row[3].integer(in: 0...1_000_000)
        else { return }
        if weight > 0 {
            wishes.append(
                Preference(person: person, day: day, wanted: wanted(shift.id), strength: weight))
        }
    }

    private func readCover(_ rows: [[Scalar]]) -> [DemandRow] {
        struct Cell: Hashable {
            let day: Day
            let shift: ShiftType.ID
        }
        var seen: Set<Cell> = []
        return rows.compactMap { row in
            guard let day = day(row[0]), let shift = shift(row[1]),
                let heads = row[2].integer(in: 0...10_000),
                let under = row[3].integer(in: 0...1_000_000), let over = row[4].integer(in: 0...1_000_000)
            else { return nil }
            if !seen.insert(Cell(day: day, shift: shift.id)).inserted {
                row[1].fault("has two rows for day \(row[0].text)", accepted: "one row a day and shift")
            }
            return DemandRow(
                subject: .rule(CoverRule.ID(shift.id.text)), start: London.instant(day, Self.start),
                end: London.instant(day, minute: Self.start.minute + shift.minutes), value: Double(heads),
                cost: HeadCost(shortage: under, surplus: over))
        }
    }

    private func day(_ cell: Scalar) -> Day? {
        cell.integer(in: 0...(period.dayCount - 1)).map { period.first.advanced(by: $0) }
    }

    private func shift(_ cell: Scalar) -> Shift? {
        let found = shifts.first { $0.id.text == cell.text }
        if found == nil { cell.fault("is not a shift", accepted: shifts.map(\.id.text).listed()) }
        return found
    }

    private func person(_ cell: Scalar) -> Person.ID? {
        let found = members.first { $0.id.text == cell.text }
        if found == nil { cell.fault("is nobody of SECTION_STAFF") }
        return found?.id
    }

    // MARK: The scenario

    func instance(name: String) -> ShiftSchedulingInstance {
        var weights = Weights()
        weights.wish = 1
        for path in [\Weights.wishFairness, \.nightFairness, \.weekendFairness, \.hoursOver, \.hoursUnder] {
            weights[keyPath: path] = 0
        }
        let scenario = Scenario(
            name: name, period: period, organisations: [Organisation(id: "org", name: name)],
            sites: [Site(id: "site", name: name, organisation: "org")],
            units: [Unit(id: Self.unit, name: name, site: "site", organisation: "org")],
            grades: [Grade(id: Self.grade, name: "Staff", staffGroup: .other)], skills: [],
            roles: shifts.map {
                Role(
                    id: Role.ID($0.id.text), name: $0.id.text, staffGroup: .other, grades: [Self.grade])
            },
            contracts: members.map {
                Contract(
                    id: Contract.ID($0.id.text), name: $0.id.text, rulePacks: [], tolerance: .zero,
                    hoursOwed: false)
            },
            shiftTypes: shifts.map(shiftType), coverRules: shifts.map(coverRule),
            people: members.map { member in
                Person(
                    id: member.id, name: member.id.text, organisation: "org", unit: Self.unit,
                    grade: Self.grade, contract: Contract.ID(member.id.text), paidPerWeek: .zero,
                    roles: Set(member.limits.keys.map { Role.ID($0.text) }))
            }, leave: leave, preferences: wishes, demand: demand, weights: weights)
        return ShiftSchedulingInstance(
            scenario: scenario,
            rules: RuleBook(
                rulesByContract: Dictionary(
                    members.map { (Contract.ID($0.id.text), rules(for: $0)) },
                    uniquingKeysWith: { first, _ in first })))
    }

    private func shiftType(_ shift: Shift) -> ShiftType {
        ShiftType(
            id: shift.id, name: shift.id.text, start: Self.start, end: end(of: shift),
            roles: [Role.ID(shift.id.text)])
    }

    private func coverRule(_ shift: Shift) -> CoverRule {
        CoverRule(
            id: CoverRule.ID(shift.id.text), name: "Shift \(shift.id.text)", unit: Self.unit,
            counted: Counted(roles: [Role.ID(shift.id.text)]), from: Self.start, to: end(of: shift),
            requirement: .demand)
    }

    private func end(of shift: Shift) -> ClockTime {
        ClockTime(minute: (Self.start.minute + shift.minutes - 1) % 1440 + 1)
    }

    private func rules(for member: Member) -> [Rule] {
        let any = DutyTest(name: "any")
        var kinds: [(id: String, title: String, kind: RuleKind)] = [
            (
                "SS-MINUTES", "Paid minutes of the period between two limits",
                .totalPaid(
                    minimum: PaidMinutes(member.minutes.lowerBound),
                    maximum: PaidMinutes(member.minutes.upperBound))
            ),
            (
                "SS-MAX-RUN", "At most {maximum} shifts in a row",
                .runMaximum(of: any, maximum: member.mostInARow, rest: nil, restFrom: member.mostInARow)
            ),
            (
                "SS-WEEKENDS", "At most {maximum} weekends",
                .weekendTotal(maximum: member.mostWeekends)
            ),
        ]
        if member.leastInARow > 1 {
            kinds.append(
                (
                    "SS-MIN-RUN", "At least {worked} shifts in a row",
                    .runMinimum(worked: member.leastInARow)
                ))
        }
        if member.leastOff > 1 {
            kinds.append(
                ("SS-MIN-OFF", "At least {days} days off in a row", .offMinimum(days: member.leastOff)))
        }
        // Shifts after which the same ones are barred are one rule.
        let barring = Dictionary(grouping: shifts.filter { !$0.barredNext.isEmpty }, by: \.barredNext)
        for (barred, first) in barring.sorted(by: { $0.value[0].id < $1.value[0].id }) {
            let names = first.map(\.id.text).listed()
            kinds.append(
                (
                    "SS-NEXT-\(first[0].id.text)",
                    "After \(names) some shifts may not follow on the next day",
                    .succession(
                        first: DutyTest(name: names, shifts: Set(first.map(\.id))),
                        second: DutyTest(name: barred.map(\.text).sorted().listed(), shifts: barred))
                ))
        }
        // A limit that the horizon or the minutes keep anyway is none.
        let binding = member.limits.filter { id, limit in
            let minutes = shifts.first { $0.id == id }?.minutes ?? 1
            return limit < min(period.dayCount, member.minutes.upperBound / minutes)
        }
        if !binding.isEmpty {
            kinds.append(("SS-LIMITS", "At most so many duties of a shift", .shiftTotals(binding)))
        }
        return kinds.map {
            Rule(
                id: $0.id, title: $0.title, source: "Curtois and Qu, 2014", trust: .verified,
                effective: period.first, classification: .contractual, reach: .line, kind: $0.kind)
        }
    }
}
