import Roster

extension UnitCover {
    /// People missing in one interval, and how badly.
    struct Shortfall: Equatable {
        let required: Int
        let planned: Int
        let severity: Severity

        var missing: Int { required - planned }
    }

    /// What is missing for each rule: intervals in which required and planned do not change, cut where a
    /// window of the rule starts.
    ///
    /// A hard gap requires the minimum, any other the target. Of a share that is too low, `required` is how
    /// many of those who are there would have to count. Of a cap that is exceeded, `required` is how many
    /// people there would have to be for the share to fit (one more each, if none may count at all).
    func gaps() -> [Gap] {
        rules.indices.flatMap { index in
            var gaps: [Gap] = []
            for requirement in requirements[index] {
                for interval in intervals(from: requirement.start, to: requirement.end) {
                    guard let found = shortfall(of: index, requirement, in: interval) else { continue }
                    append(found, of: rules[index], interval, to: &gaps)
                }
            }
            return gaps
        }
    }

    private func append(_ found: Shortfall, of rule: CoverRule, _ interval: Int, to gaps: inout [Gap]) {
        var start = points[interval]
        if let last = gaps.last, last.end == start, last.required == found.required,
            last.planned == found.planned, last.severity == found.severity, start.clock != rule.from
        {
            start = last.start
            gaps.removeLast()
        }
        gaps.append(
            Gap(
                rule: rule.id, unit: rule.unit, start: start, end: points[interval + 1],
                required: found.required, planned: found.planned, severity: found.severity))
    }

    func shortfall(
        of index: Int, _ requirement: CoverRequirement, in interval: Int
    ) -> Shortfall? {
        let rule = rules[index]
        let planned = counts[index][interval]
        let soft: Severity = rule.hard ? .hard : .belowTarget
        switch rule.requirement {
        case .heads, .demand, .arrivals:
            if planned < requirement.minimum {
                return rule.hard
                    ? Shortfall(required: requirement.minimum, planned: planned, severity: .hard)
                    : Shortfall(required: requirement.target, planned: planned, severity: .belowMinimum)
            }
            guard planned < requirement.target else { return nil }
            return Shortfall(required: requirement.target, planned: planned, severity: .belowTarget)
        case .atLeast(let percent, let whole):
            let required = (percent * heads(whole, in: interval) + 99) / 100
            return planned < required ? Shortfall(required: required, planned: planned, severity: soft) : nil
        case .atMost(let percent, let whole):
            let all = heads(whole, in: interval)
            guard planned * 100 > percent * all else { return nil }
            let enough = percent > 0 ? (planned * 100 + percent - 1) / percent : all + planned
            return Shortfall(required: enough, planned: all, severity: soft)
        }
    }

    /// Weeks in which a weekly minimum is missed.
    func weeklyGaps(in scenario: Scenario) -> [Gap] {
        let period = scenario.period
        return rules.indices.flatMap { index -> [Gap] in
            guard let weekly = rules[index].weeklyMinimum else { return [] }
            return period.mondays.compactMap { monday in
                let days = max(monday, period.first)...min(monday.advanced(by: 6), period.last)
                let open = days.count { !(scenario.unit(rules[index].unit)?.isClosed(on: $0) ?? false) }
                let start = London.instant(days.lowerBound, minute: 0)
                let end = London.instant(days.upperBound, minute: 1440)
                let required = weekly.count * open / 7
                let covered = intervals(from: start, to: end).reduce(0) { total, interval in
                    counts[index][interval] > 0 ? total + minutes(interval) : total
                }
                guard covered < required else { return nil }
                return Gap(
                    rule: rules[index].id, unit: rules[index].unit, start: start, end: end,
                    required: required, planned: covered, severity: rules[index].hard ? .hard : .belowMinimum,
                    measure: .weeklyMinutes)
            }
        }
    }

    /// Person-minutes below the minimums of rules that are not hard; weekly minimums aside.
    func minutesBelowSoftMinimums() -> Int {
        rules.indices.filter { !rules[$0].hard && rules[$0].countsHeads }.reduce(0) { total, index in
            requirements[index].reduce(total) { total, requirement in
                intervals(from: requirement.start, to: requirement.end).reduce(total) { total, interval in
                    total + max(0, requirement.minimum - counts[index][interval]) * minutes(interval)
                }
            }
        }
    }

    /// For each hard rule, where exactly as many count as it needs and one of them has a break to take.
    func breakExposures() -> [BreakExposure] {
        rules.indices.filter { rules[$0].hard && rules[$0].countsHeads }.compactMap { index in
            var exposed: [Breach.Stretch] = []
            for requirement in requirements[index] where requirement.minimum > 0 {
                for interval in intervals(from: requirement.start, to: requirement.end)
                where counts[index][interval] == requirement.minimum && hasBreak(rules[index], in: interval) {
                    var start = points[interval]
                    if let last = exposed.last, last.end == start { start = exposed.removeLast().start }
                    exposed.append(Breach.Stretch(start: start, end: points[interval + 1]))
                }
            }
            guard !exposed.isEmpty else { return nil }
            let hours = ElapsedMinutes(exposed.reduce(0) { $0 + ($1.end - $1.start).count })
            return BreakExposure(
                rule: rules[index].id, intervals: exposed,
                sentence: "\(rules[index].name): for \(hours) in all just enough people count, and one "
                    + "person's break leaves it uncovered unless somebody steps in")
        }
    }
}
