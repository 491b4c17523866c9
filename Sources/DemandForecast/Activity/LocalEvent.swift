import Roster

/// A stretch of days on which demand is known to differ: a festival, school holidays, a new service next door.
public struct LocalEvent: Hashable, Sendable {
    public enum Kind: String, CaseIterable, Sendable {
        /// Events of one name are taken to do the same each time.
        case event
        /// The unit is shut: the days are no history, and nobody is expected on those to come.
        case closed
    }

    public let name: String
    public let kind: Kind
    public let first: Day
    /// Nil if it has not ended: a lasting change of level.
    public let last: Day?
    /// Nil if every unit feels it.
    public let unit: Unit.ID?
    /// The stated effect in per cent, if it is not to be learnt from what happened.
    public let effect: Double?

    public init(
        name: String, kind: Kind = .event, first: Day, last: Day?, unit: Unit.ID? = nil, effect: Double? = nil
    ) {
        self.name = name
        self.kind = kind
        self.first = first
        self.last = last
        self.unit = unit
        self.effect = effect
    }

    /// Whether what it does is to be learnt from days of its name.
    var isLearnt: Bool { kind == .event && effect == nil }

    func covers(_ day: Day) -> Bool { first <= day && day <= (last ?? day) }
    func touches(_ unit: Unit.ID) -> Bool { self.unit == nil || self.unit == unit }
}

extension [LocalEvent] {
    /// The factor that is stated for a day; 1 without an event.
    func effect(on day: Day) -> Double {
        reduce(1) { factor, event in
            guard let effect = event.effect, event.covers(day) else { return factor }
            return factor * (1 + effect / 100)
        }
    }

    /// The mean of the factors of its days.
    ///
    /// - Parameter first: The first day of the month.
    func effect(inMonthOf first: Day) -> Double {
        let days = first.daysInMonth
        return (0..<days).reduce(0) { $0 + effect(on: first.advanced(by: $1)) } / Double(days)
    }
}
