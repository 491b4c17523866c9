import Roster
import RulePack

extension Quality {
    init(
        _ check: RosterCheck, lines: [Line], covers: [UnitCover], gaps: [Gap], breaches: Int, warnings: Int
    ) {
        let scenario = check.scenario
        let asked = covers.flatMap { $0.hoursAsked(in: scenario) }
        fill = Self.fill(asked)
        let required = asked.reduce(0) { $0 + $1.required }
        let unfilled = required - asked.reduce(0) { $0 + $1.filled }
        unfilledHours = tenth(Double(unfilled) / 60)
        unfilledPercent = percent(unfilled, of: required)
        skillGapHours = tenth(
            gaps.filter { $0.measure == .heads && scenario.countsBySkill($0.rule) }
                .reduce(0) { $0 + $1.missingHours })

        let owing = lines.filter { scenario.contract($0.person.contract)?.hoursOwed ?? true }
        let carried = Dictionary(scenario.balances.map { ($0.person, $0.paid) }) { first, _ in first }
        hours = owing.map { line in
            let balance = ContractBalance(line)
            return Hours(
                person: line.person.id, contracted: balance.contracted, rostered: balance.rostered,
                leave: balance.leave, balance: balance.above + (carried[line.person.id] ?? .zero))
        }
        hoursOwedByStaff = tenth(Double(hours.reduce(0) { $0 + max(0, -$1.balance.count) }) / 60)
        hoursOwedToStaff = tenth(Double(hours.reduce(0) { $0 + max(0, $1.balance.count) }) / 60)
        let contracted = hours.reduce(0) { $0 + $1.contracted.count }
        let away = Self.minutesAway(owing)
        annualLeavePercent = percent(away[.annual] ?? 0, of: contracted)
        unavailabilityPercent = percent(away.values.reduce(0, +), of: contracted)
        unavailabilityByKind = Dictionary(
            uniqueKeysWithValues: away.map { ($0.key.rawValue, percent($0.value, of: contracted)) })

        let permanent = Set(owing.map(\.person.id))
        let temporary = check.duties.filter { $0.source == .booking || !permanent.contains($0.person) }
        temporaryStaffingPercent = percent(
            temporary.reduce(0) { $0 + $1.paid.count }, of: check.duties.reduce(0) { $0 + $1.paid.count })

        let wishes = Self.wishes(check)
        wishesAsked = wishes.values.reduce(0) { $0 + $1.asked }
        wishesGranted = wishes.values.reduce(0) { $0 + $1.granted }
        wishesGrantedPercent = percent(wishesGranted, of: wishesAsked)
        let shares = wishes.values.map { percent($0.granted, of: $0.asked) }
        wishesLowestPercent = shares.min() ?? 100
        wishesHighestPercent = shares.max() ?? 100

        spreads = Self.spreads(lines)
        let runs = lines.flatMap(\.daysInARow)
        longestRun = runs.max() ?? 0
        longRuns = runs.count { $0 >= 6 }
        quickReturns = lines.reduce(0) { total, line in
            total
                + line.pairs.count { first, second in
                    !second.isHistory && (0..<720).contains((second.start - first.end).count)
                }
        }
        redeployments = check.duties.count { duty in
            scenario.person(duty.person).map { $0.unit != duty.unit } ?? false
        }
        changesToPublished = check.missing(scenario.published).count
        self.breaches = breaches
        self.warnings = warnings
    }

    /// 08:00 and 20:00 of each day, at which day and night part.
    static func dayAndNight(of period: Period) -> [Instant] {
        period.days.flatMap { day in [480, 1200].map { London.instant(day, minute: $0) } }
    }

    private static func fill(_ asked: [Asked]) -> [Fill] {
        StaffGroup.allCases.flatMap { group in
            [false, true].compactMap { night in
                let part = asked.filter { $0.group == group && $0.night == night }
                let required = part.reduce(0) { $0 + $1.required }
                let filled = part.reduce(0) { $0 + $1.filled }
                guard required > 0 else { return nil }
                return Fill(
                    group: group, night: night, requiredHours: tenth(Double(required) / 60),
                    filledHours: tenth(Double(filled) / 60), percent: percent(filled, of: required))
            }
        }
    }

    private static func minutesAway(_ lines: [Line]) -> [LeaveKind: Int] {
        var minutes: [LeaveKind: Int] = [:]
        for line in lines {
            for leave in line.leave {
                let credit = leave.credit(paidPerWeek: line.person.paidPerWeek, in: line.period)
                minutes[leave.kind, default: 0] += credit.count
            }
        }
        return minutes
    }

    private static func wishes(_ check: RosterCheck) -> [Person.ID: (asked: Int, granted: Int)] {
        var wishes: [Person.ID: (asked: Int, granted: Int)] = [:]
        for wish in check.scenario.preferences where check.scenario.period.contains(wish.day) {
            let worked = (check.dutiesByPerson[wish.person] ?? []).filter { $0.day == wish.day }.map(\.shift)
            let granted =
                switch wish.wanted {
                case .off: worked.isEmpty
                case .anyShift: !worked.isEmpty
                case .shift(let shift): worked.contains(shift)
                case .avoid(let shift): !worked.contains(shift)
                }
            let before = wishes[wish.person] ?? (0, 0)
            wishes[wish.person] = (before.asked + 1, before.granted + (granted ? 1 : 0))
        }
        return wishes
    }

    private static func spreads(_ lines: [Line]) -> [Spread] {
        let night = DutyTest(
            name: "night",
            inside: DutyTest.Span(from: ClockTime(minute: 23 * 60), to: ClockTime(minute: 6 * 60)),
            insideAtLeast: 180)
        let working = lines.filter { !$0.rostered.isEmpty && $0.person.paidPerWeek > .zero }
        let byContract = Dictionary(grouping: working, by: \.person.contract)
        return byContract.keys.sorted().map { contract in
            let people = byContract[contract] ?? []
            let share = { (line: Line, count: Int) in
                tenth(Double(count) * 37.5 * 60 / Double(line.person.paidPerWeek.count))
            }
            let nights = people.map { line in share(line, line.rostered.count { $0.passes(night) }) }
            let weekends = people.map { line in
                let days = line.rostered.map(\.day).filter { $0.weekday >= .saturday }
                return share(line, Set(days.map(\.monday)).count)
            }
            return Spread(
                contract: contract, nightsLowest: nights.min() ?? 0, nightsHighest: nights.max() ?? 0,
                weekendsLowest: weekends.min() ?? 0, weekendsHighest: weekends.max() ?? 0)
        }
    }
}

/// Person-minutes asked for by one rule, by day or by night.
struct Asked {
    /// Nil if the rule counts a skill, or people of several groups.
    let group: StaffGroup?
    let night: Bool
    let required: Int
    let filled: Int
}

extension UnitCover {
    func hoursAsked(in scenario: Scenario) -> [Asked] {
        let isNight = points.map { !(480..<1200).contains($0.clock.minute) }
        return rules.indices.filter { rules[$0].countsHeads }.flatMap { index in
            var required = [false: 0, true: 0]
            var filled = [false: 0, true: 0]
            for requirement in requirements[index] {
                for interval in intervals(from: requirement.start, to: requirement.end) {
                    let night = isNight[interval]
                    let target = requirement.target
                    required[night, default: 0] += target * minutes(interval)
                    filled[night, default: 0] += min(target, counts[index][interval]) * minutes(interval)
                }
            }
            let group = scenario.staffGroup(rules[index].counted)
            return [false, true].map { night in
                Asked(group: group, night: night, required: required[night] ?? 0, filled: filled[night] ?? 0)
            }
        }
    }
}

extension Scenario {
    /// The one staff group that all who count belong to.
    fileprivate func staffGroup(_ counted: Counted) -> StaffGroup? {
        guard counted.skills.isEmpty else { return nil }
        let groups =
            counted.roles.isEmpty
            ? counted.grades.compactMap { grade($0)?.staffGroup }
            : counted.roles.compactMap { role($0)?.staffGroup }
        return Set(groups).count == 1 ? groups.first : nil
    }

    fileprivate func countsBySkill(_ id: CoverRule.ID) -> Bool {
        guard let counted = coverRule(id)?.counted else { return false }
        let rolesNeedOne = counted.roles.allSatisfy { !(role($0)?.skills.isEmpty ?? true) }
        return !counted.skills.isEmpty || (!counted.roles.isEmpty && rolesNeedOne)
    }
}

extension Line {
    /// Lengths of the runs of worked days that reach into the period.
    fileprivate var daysInARow: [Int] {
        let days = Set(duties.map(\.day)).sorted()
        var runs: [(last: Day, count: Int)] = []
        for day in days {
            if let run = runs.last, run.last.distance(to: day) == 1 {
                runs[runs.count - 1] = (day, run.count + 1)
            } else {
                runs.append((day, 1))
            }
        }
        return runs.filter { $0.last >= period.first }.map(\.count)
    }
}

/// With one decimal.
private func tenth(_ number: Double) -> Double { (number * 10).rounded() / 10 }

/// With one decimal; 0 of nothing.
private func percent(_ part: Int, of whole: Int) -> Double {
    whole == 0 ? 0 : tenth(Double(part) * 100 / Double(whole))
}
