import Roster

/// A unit of the unit list.
public struct UnitRow: Hashable, Sendable {
    public let line: Int
    public let unit: Unit
    public let approval: UnitFacts.Approval
    /// When its part of the rota was last brought over, if the list says.
    public let refreshed: Instant?
    /// In per cent.
    public let headroom: Double?
    public let budgetedPerWeek: PaidMinutes?
    public let mailbox: String?

    public init(
        line: Int, unit: Unit, approval: UnitFacts.Approval = .unknown, refreshed: Instant? = nil,
        headroom: Double? = nil, budgetedPerWeek: PaidMinutes? = nil, mailbox: String? = nil
    ) {
        self.line = line
        self.unit = unit
        self.approval = approval
        self.refreshed = refreshed
        self.headroom = headroom
        self.budgetedPerWeek = budgetedPerWeek
        self.mailbox = mailbox
    }
}

/// A person of the staff list, without competencies.
public struct PersonRow: Hashable, Sendable {
    public let line: Int
    public let person: Person

    public init(line: Int, person: Person) {
        self.line = line
        self.person = person
    }
}

/// A skill that somebody has.
public struct SkillRow: Hashable, Sendable {
    public let line: Int
    public let person: Person.ID
    public let competency: Competency

    public init(line: Int, person: Person.ID, competency: Competency) {
        self.line = line
        self.person = person
        self.competency = competency
    }
}

/// A duty of a published rota.
public struct DutyRow: Hashable, Sendable {
    public let line: Int
    public let duty: Duty
    /// Paid time as the export states it; nil if it does not.
    public let statedPaid: PaidMinutes?

    public init(line: Int, duty: Duty, statedPaid: PaidMinutes? = nil) {
        self.line = line
        self.duty = duty
        self.statedPaid = statedPaid
    }
}

/// An absence.
public struct LeaveRow: Hashable, Sendable {
    public let line: Int
    public let leave: Leave

    public init(line: Int, leave: Leave) {
        self.line = line
        self.leave = leave
    }
}

/// A request to a bank or an agency and, once it is booked, who comes.
public struct BookingRow: Hashable, Sendable {
    public let line: Int
    public let request: Request
    /// Of the staff list or a pseudonym.
    public let person: Person.ID?
    /// Confirmed in date, of somebody who is not in the staff list.
    public let skills: Set<Skill.ID>

    public init(line: Int, request: Request, person: Person.ID? = nil, skills: Set<Skill.ID> = []) {
        self.line = line
        self.request = request
        self.person = person
        self.skills = skills
    }

    /// It is called booked, and nobody is named who comes.
    public var isBookedByNobody: Bool { request.state == .booked && person == nil }
}

/// How many a unit needs in a role, in a window of the day.
public struct RequirementRow: Hashable, Sendable {
    /// On which days it holds. A date goes before a weekday.
    public enum Days: Hashable, Sendable {
        case every
        case weekdays(Set<Weekday>)
        case date(Day)
    }

    public let line: Int
    public let unit: Unit.ID
    public let role: Role.ID
    public let days: Days
    public let from: ClockTime
    /// At or before `from` means the next day.
    public let to: ClockTime
    public let heads: Int
    /// Of these, those without whom the unit is below its minimum; nil if the template does not say.
    public let minimum: Int?

    public init(
        line: Int, unit: Unit.ID, role: Role.ID, days: Days, from: ClockTime, to: ClockTime, heads: Int,
        minimum: Int? = nil
    ) {
        self.line = line
        self.unit = unit
        self.role = role
        self.days = days
        self.from = from
        self.to = to
        self.heads = heads
        self.minimum = minimum
    }

    /// In minutes after midnight of the day on which it starts.
    public var window: Range<Int> {
        from.minute..<(to > from ? to.minute : to.minute + 1440)
    }

    public func holds(on day: Day) -> Bool {
        switch days {
        case .every: true
        case .weekdays(let weekdays): weekdays.contains(day.weekday)
        case .date(let date): date == day
        }
    }
}
