/// The headings under which shortages are counted.
public enum StaffGroup: String, CaseIterable, Hashable, Sendable, Codable {
    case medical
    /// Nurses, midwives and other professionals on a register.
    case registered
    /// Health care support workers and others not on a register.
    case unregistered
    case therapy
    case other
}

/// A pay band or a medical grade, such as `B6` or `ST4`.
public struct Grade: Hashable, Sendable, Codable {
    public typealias ID = Identifier<Grade>
    public let id: ID
    public let name: String
    public let staffGroup: StaffGroup

    public init(id: ID, name: String, staffGroup: StaffGroup) {
        self.id = id
        self.name = name
        self.staffGroup = staffGroup
    }
}

/// A competency that can be required, such as `frailty` or `in-charge`.
public struct Skill: Hashable, Sendable, Codable {
    public typealias ID = Identifier<Skill>
    public let id: ID
    public let name: String

    public init(id: ID, name: String) {
        self.id = id
        self.name = name
    }
}

/// One person's hold on one skill, with its dates.
public struct Competency: Hashable, Sendable, Codable {
    public let skill: Skill.ID
    public let from: Day
    /// The last day on which it is valid; nil if it does not expire.
    public let expiry: Day?
    /// Sites at which it is valid; empty means all.
    public let sites: Set<Site.ID>

    public init(skill: Skill.ID, from: Day, expiry: Day? = nil, sites: Set<Site.ID> = []) {
        self.skill = skill
        self.from = from
        self.expiry = expiry
        self.sites = sites
    }

    /// Valid on every day from `first` to `last` at `site`.
    public func isValid(from first: Day, through last: Day, at site: Site.ID) -> Bool {
        from <= first && last <= (expiry ?? last) && (sites.isEmpty || sites.contains(site))
    }
}

/// The terms under which people work: which rule packs bind them and how their hours are kept.
public struct Contract: Hashable, Sendable, Codable {
    public typealias ID = Identifier<Contract>
    public let id: ID
    public let name: String
    /// Identifiers of rule packs, in the order in which they apply.
    public let rulePacks: [String]
    /// Minutes by which the period may end above the contract before it costs (per person at full time).
    public let tolerance: PaidMinutes
    /// The most paid minutes above the contract that may be rostered in the period; nil for no limit of ours.
    /// Above the contract is: duties that are not bookings, plus leave credited, less the paid week × days
    /// employed in the period ÷ 7.
    public let overtimeLimit: PaidMinutes?
    /// False for bank staff: no hours are owed, so too few cost nothing.
    public let hoursOwed: Bool

    public init(
        id: ID, name: String, rulePacks: [String], tolerance: PaidMinutes = PaidMinutes(hours: 6),
        overtimeLimit: PaidMinutes? = nil, hoursOwed: Bool = true
    ) {
        self.id = id
        self.name = name
        self.rulePacks = rulePacks
        self.tolerance = tolerance
        self.overtimeLimit = overtimeLimit
        self.hoursOwed = hoursOwed
    }
}

/// A word about a person on which a cap or a share may count, such as `agency` or `newly-qualified`.
public typealias Marker = Identifier<Person.MarkerKind>

/// One member of staff, under one assignment.
public struct Person: Hashable, Sendable, Codable {
    public typealias ID = Identifier<Person>
    public enum MarkerKind: Sendable {}

    public let id: ID
    public let name: String
    public let organisation: Organisation.ID
    /// The home unit.
    public let unit: Unit.ID
    /// Further units where this person may be rostered.
    public let otherUnits: Set<Unit.ID>
    public let grade: Grade.ID
    public let contract: Contract.ID
    public let paidPerWeek: PaidMinutes
    /// Signed the individual opt-out from the 48 hour mean (it waives no rest rule).
    public let optedOut: Bool
    public let competencies: [Competency]
    /// Roles this person may be placed in; empty means every role whose requirements are met.
    public let roles: Set<Role.ID>
    public let markers: Set<Marker>
    /// Weekdays on which this person can be rostered at all (agreed flexible working); empty means all.
    public let workingDays: Set<Weekday>
    /// First and last day of employment here, where they fall inside the period.
    public let starts: Day?
    public let leaves: Day?

    public init(
        id: ID, name: String, organisation: Organisation.ID, unit: Unit.ID, otherUnits: Set<Unit.ID> = [],
        grade: Grade.ID, contract: Contract.ID, paidPerWeek: PaidMinutes, optedOut: Bool = false,
        competencies: [Competency] = [], roles: Set<Role.ID> = [], markers: Set<Marker> = [],
        workingDays: Set<Weekday> = [], starts: Day? = nil, leaves: Day? = nil
    ) {
        self.id = id
        self.name = name
        self.organisation = organisation
        self.unit = unit
        self.otherUnits = otherUnits
        self.grade = grade
        self.contract = contract
        self.paidPerWeek = paidPerWeek
        self.optedOut = optedOut
        self.competencies = competencies
        self.roles = roles
        self.markers = markers
        self.workingDays = workingDays
        self.starts = starts
        self.leaves = leaves
    }

    /// Holds `skill`, in date, on every day from `first` to `last`, at `site`.
    public func holds(_ skill: Skill.ID, from first: Day, through last: Day, at site: Site.ID) -> Bool {
        competencies.contains { $0.skill == skill && $0.isValid(from: first, through: last, at: site) }
    }

    public func isEmployed(on day: Day) -> Bool { (starts ?? day) <= day && day <= (leaves ?? day) }
}

/// What a person does on a duty. A duty has one role.
///
/// Substitution is one-way: a role lists the grades that may fill it, so a band 6 nurse can fill a band 5
/// place and not the other way round.
public struct Role: Hashable, Sendable, Codable {
    public typealias ID = Identifier<Role>
    public let id: ID
    public let name: String
    public let staffGroup: StaffGroup
    /// Grades for which this is the usual role.
    public let grades: Set<Grade.ID>
    /// Grades that may fill it when needed, at a small cost.
    public let substitutes: Set<Grade.ID>
    /// Skills that must all be in date for the whole duty.
    public let skills: Set<Skill.ID>
    /// Markers that bar a person from it, such as `newly-qualified` from being in charge.
    public let barred: Set<Marker>

    public init(
        id: ID, name: String, staffGroup: StaffGroup, grades: Set<Grade.ID>,
        substitutes: Set<Grade.ID> = [], skills: Set<Skill.ID> = [], barred: Set<Marker> = []
    ) {
        self.id = id
        self.name = name
        self.staffGroup = staffGroup
        self.grades = grades
        self.substitutes = substitutes
        self.skills = skills
        self.barred = barred
    }

    public func canBeFilled(by grade: Grade.ID) -> Bool {
        grades.contains(grade) || substitutes.contains(grade)
    }

    /// Whether somebody may do it as far as grade, markers and their own list of roles say; skills are dated, and apart.
    public func canBeFilled(by person: Person) -> Bool {
        canBeFilled(by: person.grade) && barred.isDisjoint(with: person.markers)
            && (person.roles.isEmpty || person.roles.contains(id))
    }
}
