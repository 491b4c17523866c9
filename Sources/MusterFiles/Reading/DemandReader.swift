import PlainText
import Roster

/// Reads one row of `demand.csv`.
struct DemandReader {
    let roster: RosterFile
    let period: Period

    func entry(_ row: Row) -> DemandEntry? {
        let subject = self.subject(row)
        let day = row.required("day", accepted: acceptedDays).flatMap { self.day($0, for: subject) }
        let from = row.required("from", accepted: "a time")?.clock()
        let to = row.required("to", accepted: "a time")?.clock(isEnd: true)
        let value = row.required("value", accepted: "a number")?.decimal(in: 0...10_000)
        let quantiles = self.quantiles(row, subject: subject)
        guard let subject, let day, let from, let to, let value else { return nil }
        if case .date(let date) = day { refuse(date, from: from, to: to, for: subject, in: row) }
        return DemandEntry(
            row: row, day: day, subject: subject, from: from, to: to, value: value, quantiles: quantiles)
    }

    private var acceptedDays: String {
        "a date of the period, \(Weekday.words), weekday, weekend, daily"
    }

    private func day(_ scalar: Scalar, for subject: DemandRow.Subject?) -> DemandDay? {
        if let weekdays = DemandDay.words[scalar.text] { return .weekdays(weekdays) }
        guard YearMonthDay(scalar.text) != nil else {
            scalar.fault(
                "is not a day", accepted: acceptedDays,
                suggestion: nearestName(to: scalar.text, among: DemandDay.words.keys.sorted()))
            return nil
        }
        let isMorningAfter =
            scalar.text == period.last.advanced(by: 1).description
            && subject.map(runsPastMidnight) == true
        guard let day = isMorningAfter ? scalar.day() : scalar.day(in: period) else { return nil }
        return .date(day)
    }

    /// Whether a window that the row serves crosses midnight, so that the last one ends after the period.
    private func runsPastMidnight(_ subject: DemandRow.Subject) -> Bool {
        roster.cover.rules.values.contains { $0.toMinute > 1440 && $0.subjects.contains(subject) }
    }

    private func subject(_ row: Row) -> DemandRow.Subject? {
        let rule = row.optional("rule")
        let unit = row.optional("unit")
        let stream = row.optional("stream")
        switch (rule, unit, stream) {
        case (let rule?, nil, nil): return ruleSubject(rule)
        case (nil, let unit?, let stream?): return streamSubject(unit: unit, stream)
        default:
            let stated = [("rule", rule), ("unit", unit), ("stream", stream)].filter { $0.1 != nil }
            let found = stated.map(\.0).joined(separator: " and ")
            row.fault(
                "day", stated.isEmpty ? "comes without a rule or a stream" : "comes with \(found)",
                accepted: "either a rule, or a unit and a stream")
            return nil
        }
    }

    private func ruleSubject(_ scalar: Scalar) -> DemandRow.Subject? {
        guard let id = roster.cover.rules.reference(scalar) else { return nil }
        if let rule = roster.cover.rules[id], rule.requirement != .demand {
            scalar.fault(
                "is a cover rule that does not ask demand.csv",
                accepted: "a rule with demand: true in roster.yaml")
        }
        return .rule(id)
    }

    private func streamSubject(unit: Scalar, _ stream: Scalar) -> DemandRow.Subject? {
        guard let id = roster.units.reference(unit) else { return nil }
        let streams = roster.cover.rules.values.filter { $0.unit == id }.flatMap(\.subjects).compactMap {
            if case .stream(_, let name) = $0 { name } else { nil }
        }
        guard roster.cover.rules.isSound else { return nil }
        guard !streams.isEmpty else {
            stream.fault("is a stream, and no rule of \(id) asks for arrivals", accepted: "a rule instead")
            return nil
        }
        return stream.choice(
            Dictionary(streams.map { ($0, DemandRow.Subject.stream(id, $0)) }) { first, _ in first },
            of: "a stream whose minutes an arrivals rule of \(id) states")
    }

    private func quantiles(_ row: Row, subject: DemandRow.Subject?) -> DemandDistribution? {
        var points: [DemandDistribution.Point] = []
        for (column, probability) in DemandFile.quantileColumns {
            guard let cell = row.optional(column) else { continue }
            if case .stream = subject {
                cell.fault("is a quantile of arrivals", accepted: "quantiles only in rows on a rule")
                return nil
            }
            guard let heads = cell.decimal(in: 0...10_000) else { return nil }
            if let before = points.last, heads < before.heads {
                cell.fault(
                    "is less than the quantile before it",
                    accepted: "at least as much: quantiles never fall")
                return nil
            }
            points.append(.init(probability: probability, heads: heads))
        }
        return DemandDistribution(points)
    }

    /// What cannot be on one date: hours of a closed unit, and times that the clocks skip.
    private func refuse(
        _ day: Day, from: ClockTime, to: ClockTime, for subject: DemandRow.Subject, in row: Row
    ) {
        _ = row.optional("from").map { skip($0, day, minute: from.minute) }
        _ = row.optional("to").map { skip($0, day, minute: to > from ? to.minute : to.minute + 1440) }
        let unit: Unit.ID? =
            switch subject {
            case .rule(let rule): roster.cover.rules[rule]?.unit
            case .stream(let unit, _): unit
            }
        if let unit, let closed = roster.units[unit], closed.isClosed(on: day) {
            row.fault(
                "day", "is a day on which the unit \(unit) is closed", accepted: "a day on which it is open")
        }
    }

    /// A repeated time is fine: a span from it begins with the first, and one to it ends with the first.
    private func skip(_ scalar: Scalar, _ day: Day, minute: Int) {
        if case .skipped = London.resolve(day, minute: minute) { _ = scalar.instant(day, minute: minute) }
    }
}

extension CoverRule {
    /// The rows of `demand.csv` that the rule asks for.
    var subjects: [DemandRow.Subject] {
        switch requirement {
        case .demand: [.rule(id)]
        case .arrivals(let formula): formula.minutesByStream.keys.sorted().map { .stream(unit, $0) }
        case .heads, .atLeast, .atMost: []
        }
    }
}
