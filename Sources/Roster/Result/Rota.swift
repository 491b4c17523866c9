/// Who works what over the period.
public struct Rota: Hashable, Sendable, Codable {
    public let period: Period
    /// By start, then by person.
    public let duties: [Duty]

    public init(period: Period, duties: [Duty]) {
        self.period = period
        self.duties = duties.sorted { ($0.start, $0.person, $0.end) < ($1.start, $1.person, $1.end) }
    }
}

/// How bad it is that somebody is missing.
public enum Severity: Int, CaseIterable, Hashable, Sendable, Codable, Comparable {
    /// A hard rule is not met: a critical vacancy until a confirmed booking closes it.
    case hard
    /// Below the minimum of a soft rule.
    case belowMinimum
    /// Below its target, or below the plan quantile of the forecast.
    case belowTarget

    public static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }

    public var name: String {
        switch self {
        case .hard: "hard"
        case .belowMinimum: "below minimum"
        case .belowTarget: "below target"
        }
    }
}

/// People missing for one cover rule over one interval in which the number missing does not change.
public struct Gap: Hashable, Sendable, Codable {
    public typealias ID = Identifier<Gap>

    /// What `required` and `planned` count.
    public enum Measure: String, Hashable, Sendable, Codable {
        /// People, throughout the interval.
        case heads
        /// Covered minutes, in all, in the days of one Monday week (``CoverRule/weeklyMinimum``).
        case weeklyMinutes = "weekly-minutes"
    }

    public let id: ID
    public let rule: CoverRule.ID
    public let unit: Unit.ID
    public let start: Instant
    public let end: Instant
    public let required: Int
    public let planned: Int
    public let severity: Severity
    public let measure: Measure

    public init(
        rule: CoverRule.ID, unit: Unit.ID, start: Instant, end: Instant, required: Int, planned: Int,
        severity: Severity, measure: Measure = .heads
    ) {
        switch measure {
        case .heads: id = Self.id(rule: rule, start: start)
        case .weeklyMinutes: id = Self.id(rule: rule, weekOf: start.day)
        }
        self.rule = rule
        self.unit = unit
        self.start = start
        self.end = end
        self.required = required
        self.planned = planned
        self.severity = severity
        self.measure = measure
    }

    /// Whether an id means this gap: its own or, as a report says it where several units have a rule of that id,
    /// `UNIT.ID`.
    public func isCalled(_ id: ID) -> Bool { id == self.id || id.text == "\(unit).\(self.id)" }

    public var missing: Int { required - planned }
    public var elapsed: ElapsedMinutes { end - start }
    /// Person-minutes missing in the interval.
    public var missingMinutes: Int { measure == .heads ? missing * elapsed.count : missing }
    public var missingHours: Double { Double(missingMinutes) / 60 }

    /// The rule and the first day in the period of a Monday week, such as `frailty@2026-11-02W`.
    public static func id(rule: CoverRule.ID, weekOf day: Day) -> ID { ID("\(rule)@\(day)W") }

    /// The rule and the local start, such as `senior@2026-11-03T22:00`: the same from day to day. In the
    /// hour that the autumn night repeats, the second one ends in `b`.
    public static func id(rule: CoverRule.ID, start: Instant) -> ID {
        var suffix = ""
        if case .repeated(_, let second) = London.resolve(start.day, minute: start.clock.minute),
            second == start
        {
            suffix = "b"
        }
        return ID("\(rule)@\(start.day)T\(start.clock)\(suffix)")
    }
}
