/// Why a person is away. Never a medical reason.
public enum LeaveKind: String, CaseIterable, Hashable, Sendable, Codable {
    case annual, sickness, study, parental, special, unpaid, other
}

/// An absence, first and last day included.
public struct Leave: Hashable, Sendable, Codable {
    public let person: Person.ID
    public let first: Day
    public let last: Day
    public let kind: LeaveKind
    /// Paid minutes in all, shared over its weekdays (over its days if it has none); nil means a fifth of the
    /// contract's week for each weekday.
    public let paid: PaidMinutes?

    public init(person: Person.ID, first: Day, last: Day, kind: LeaveKind, paid: PaidMinutes? = nil) {
        self.person = person
        self.first = first
        self.last = last
        self.kind = kind
        self.paid = paid
    }

    public func contains(_ day: Day) -> Bool { first <= day && day <= last }

    /// Paid minutes credited for the days that fall into `period`. Unpaid leave lowers what is owed by as much.
    public func credit(paidPerWeek: PaidMinutes, in period: Period) -> PaidMinutes {
        let weekdays = (first...last).filter { $0.weekday < .saturday }
        guard let paid else {
            return PaidMinutes(paidPerWeek.count * weekdays.filter(period.contains).count / 5)
        }
        let days = weekdays.isEmpty ? Array(first...last) : weekdays
        return PaidMinutes(paid.count * days.filter(period.contains).count / days.count)
    }
}

/// What a wish asks for.
public enum Wanted: Hashable, Sendable, Codable {
    case off
    case anyShift
    case shift(ShiftType.ID)
    /// Not this shift; another or none is fine.
    case avoid(ShiftType.ID)
}

/// A wish for a day.
public struct Preference: Hashable, Sendable, Codable {
    public let person: Person.ID
    public let day: Day
    public let wanted: Wanted
    /// 1 (mild) to 5 (strong).
    public let strength: Int
    /// Picked by the person in self-rostering, rather than asked for.
    public let isBid: Bool

    public init(person: Person.ID, day: Day, wanted: Wanted, strength: Int, isBid: Bool = false) {
        self.person = person
        self.day = day
        self.wanted = wanted
        self.strength = strength
        self.isBid = isBid
    }
}

/// What a person carries over from earlier periods.
public struct Balance: Hashable, Sendable, Codable {
    public let person: Person.ID
    /// Paid minutes worked beyond the contract so far; negative if the person owes hours.
    public let paid: PaidMinutes
    /// Nights, weekends and refused wishes beyond a fair share so far; negative if fewer.
    public let nights: Int
    public let weekends: Int
    public let refusedWishes: Int
    /// Programmed activities delivered so far this job-plan year; nil if not kept.
    public let programmedActivities: Double?

    public init(
        person: Person.ID, paid: PaidMinutes = .zero, nights: Int = 0, weekends: Int = 0,
        refusedWishes: Int = 0, programmedActivities: Double? = nil
    ) {
        self.person = person
        self.paid = paid
        self.nights = nights
        self.weekends = weekends
        self.refusedWishes = refusedWishes
        self.programmedActivities = programmedActivities
    }
}

/// A confirmed booking of a person, by name here or by pseudonym from elsewhere, on a vacancy.
public struct Booking: Hashable, Sendable, Codable {
    /// The gap or vacancy that it closes.
    public let gap: Gap.ID
    public let person: Person.ID
    public let day: Day
    public let shift: ShiftType.ID
    public let unit: Unit.ID
    public let role: Role.ID
    /// Skills that were confirmed to be in date, for somebody who is not in `people.csv`.
    public let skills: Set<Skill.ID>
    /// Where the person comes from: `bank`, `agency`, `mutual-aid`.
    public let origin: String

    public init(
        gap: Gap.ID, person: Person.ID, day: Day, shift: ShiftType.ID, unit: Unit.ID, role: Role.ID,
        skills: Set<Skill.ID> = [], origin: String
    ) {
        self.gap = gap
        self.person = person
        self.day = day
        self.shift = shift
        self.unit = unit
        self.role = role
        self.skills = skills
        self.origin = origin
    }

    /// What cover rules on markers count whoever comes as, who is in no list of people: where they come from.
    public var markers: Set<Marker> { [Marker(origin)] }
}
