extension Scenario {
    /// What each cover rule asks for, interval by interval, over the period: the arrow from scenario to demand.
    ///
    /// Windows start on days of the period on which the unit is open; one that crosses midnight runs into
    /// the next day, and one that the clocks skip asks for nothing. Share rules ask for no heads and yield one requirement of zero for each window.
    public func resolvedDemand() -> [CoverRequirement] { resolvedDemand(on: period.days) }

    /// What windows of the day before the period ask for after its first midnight. The first morning of a roster belongs to
    /// the roster before, and is not asked for by ``resolvedDemand()``; who looks at a few days needs to know it.
    public func demandLeftOfLastNight() -> [CoverRequirement] {
        let midnight = London.instant(period.first, minute: 0)
        return resolvedDemand(on: [period.first.advanced(by: -1)]).compactMap { $0.from(midnight) }
    }

    private func resolvedDemand(on days: some Sequence<Day>) -> [CoverRequirement] {
        coverRules.flatMap { rule in
            windows(of: rule, on: days).flatMap { window in requirements(of: rule, in: window) }
        }
    }

    /// Minutes within a rule's windows in which it asks for nobody, as where a forecast comes to none: nobody need be
    /// there, so that "covered" would say more than is so.
    public func minutesAskingForNobody(_ rule: CoverRule) -> Int {
        guard rule.asksForHeads else { return 0 }
        return windows(of: rule, on: period.days).flatMap { requirements(of: rule, in: $0) }
            .filter { $0.minimum == 0 }.reduce(0) { $0 + $1.end.minutes - $1.start.minutes }
    }

    private func windows(
        of rule: CoverRule, on days: some Sequence<Day>
    ) -> [(start: Instant, end: Instant)] {
        days.compactMap { day in
            guard rule.weekdays.isEmpty || rule.weekdays.contains(day.weekday) else { return nil }
            if let unit = unit(rule.unit), unit.isClosed(on: day) { return nil }
            let window = (London.instant(day, rule.from), London.instant(day, minute: rule.toMinute))
            return window.0 < window.1 ? window : nil
        }
    }

    private func requirements(
        of rule: CoverRule, in window: (start: Instant, end: Instant)
    ) -> [CoverRequirement] {
        switch rule.requirement {
        case .heads(let minimum, let target, let maximum):
            return [
                CoverRequirement(
                    rule: rule.id, start: window.start, end: window.end, minimum: minimum,
                    target: max(minimum, target), maximum: maximum)
            ]
        case .atLeast, .atMost:
            return [
                CoverRequirement(
                    rule: rule.id, start: window.start, end: window.end, minimum: 0, target: 0)
            ]
        case .demand:
            return demandRows(.rule(rule.id), in: window).map { row in
                let start = max(row.start, window.start)
                let end = min(row.end, window.end)
                guard let quantiles = row.quantiles else {
                    let heads = Self.heads(row.value)
                    return CoverRequirement(
                        rule: rule.id, start: start, end: end,
                        minimum: rule.hard ? heads : min(heads, row.minimum ?? 0), target: heads,
                        maximum: row.cost.map { _ in heads }, cost: row.cost)
                }
                let planned = Self.heads(quantiles.quantile(planQuantile))
                return CoverRequirement(
                    rule: rule.id, start: start, end: end, minimum: rule.hard ? planned : 0,
                    target: planned, distribution: quantiles,
                    arithmetic: "\(planned) heads are enough with probability \(planQuantile)")
            }
        case .arrivals(let formula):
            return hours(in: window).map { start, end in
                let (heads, arithmetic) = seniors(formula, unit: rule.unit, from: start, to: end)
                return CoverRequirement(
                    rule: rule.id, start: start, end: end, minimum: heads, target: heads,
                    arithmetic: arithmetic)
            }
        }
    }

    private func hours(in window: (start: Instant, end: Instant)) -> [(Instant, Instant)] {
        stride(from: window.start.minutes, to: window.end.minutes, by: 60).map {
            (Instant(minutes: $0), min(Instant(minutes: $0 + 60), window.end))
        }
    }

    private func demandRows(
        _ subject: DemandRow.Subject, in window: (start: Instant, end: Instant)
    ) -> [DemandRow] {
        (demandBySubject[subject] ?? []).filter { $0.start < window.end && window.start < $0.end }
    }

    private func seniors(
        _ formula: SeniorFormula, unit: Unit.ID, from start: Instant, to end: Instant
    ) -> (heads: Int, arithmetic: String) {
        var minutes = 0.0
        var terms: [String] = []
        for (stream, each) in formula.minutesByStream.sorted(by: { $0.key < $1.key }) {
            var arrivals = 0.0
            for row in demandRows(.stream(unit, stream), in: (start, end)) {
                let overlap = min(row.end, end).minutes - max(row.start, start).minutes
                arrivals += row.value * Double(overlap) / Double(row.end.minutes - row.start.minutes)
            }
            guard arrivals > 0 else { continue }
            minutes += arrivals * each
            terms.append("\(Self.short(arrivals)) \(stream) × \(Self.short(each)) min")
        }
        let available = Double((end - start).count) * formula.productiveShare
        let needed = Self.heads(minutes / available)
        let heads = max(formula.floor, needed)
        let sum = terms.isEmpty ? "no arrivals" : terms.joined(separator: " + ")
        let share =
            "\(Self.short(minutes)) min ÷ (\((end - start).count) × \(Self.short(formula.productiveShare)))"
        return (heads, "\(sum) = \(share) → \(needed); floor \(formula.floor) → \(heads)")
    }

    /// Whole heads that are enough; what binary fractions add to a whole number asks for nobody.
    private static func heads(_ number: Double) -> Int { Int((number - 1e-9).rounded(.up)) }

    /// At most two decimals.
    private static func short(_ number: Double) -> String {
        let hundredths = Int((number * 100).rounded())
        if hundredths % 100 == 0 { return String(hundredths / 100) }
        if hundredths % 10 == 0 { return "\(hundredths / 100).\(hundredths / 10 % 10)" }
        return "\(hundredths / 100).\(padded(hundredths % 100, 2))"
    }
}
