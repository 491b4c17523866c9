/// Integer weights of level 3. One shipped table; a roster can override any of them.
public struct Weights: Hashable, Sendable, Codable {
    /// An hour of one head short of target, times the rule's risk.
    public var shortageHour = 100
    /// An hour of one head above a maximum.
    public var surplusHour = 10
    /// A refused wish, times its strength.
    public var wish = 20
    /// An hour above the contract's tolerance, and an hour owed by the person beyond it.
    public var hoursOver = 12
    public var hoursUnder = 6
    /// A night, or a weekend, beyond the person's share; each further one costs this much more than the last.
    public var nightFairness = 8
    public var weekendFairness = 12
    /// A refused wish beyond one in five; each further one costs this much more than the last.
    public var wishFairness = 20
    /// A duty in a role for which the person's grade is a substitute.
    public var substitution = 4
    /// A published duty that is changed.
    public var disruption = 60
    /// A head by which a share or a cap is missed for an hour.
    public var shareHour = 20
    /// A break of a soft policy rule, unless the rule states its own weight.
    public var policyBreach = 40

    public init() {}
}

/// Everything that is known before a rota is made: the folder, read and checked.
public struct Scenario: Sendable {
    public let name: String
    public let period: Period
    public let organisations: [Organisation]
    public let sites: [Site]
    public let units: [Unit]
    public let grades: [Grade]
    public let skills: [Skill]
    public let roles: [Role]
    public let contracts: [Contract]
    public let shiftTypes: [ShiftType]
    public let coverRules: [CoverRule]
    public let people: [Person]
    public let leave: [Leave]
    /// Duties that stand: the engine keeps them.
    public let pinned: [Duty]
    /// Duties of a published rota: changing one costs.
    public let published: [Duty]
    public let bookings: [Booking]
    /// When people of this roster work for another organisation. They cover nothing here then, and have their rest on
    /// both sides of it.
    public let away: [AwayDuty]
    public let balances: [Balance]
    public let preferences: [Preference]
    public let history: [HistoryDuty]
    public let demand: [DemandRow]
    public let planQuantile: Double
    public let weights: Weights

    private let peopleByID: [Person.ID: Person]
    private let unitsByID: [Unit.ID: Unit]
    private let shiftsByID: [ShiftType.ID: ShiftType]
    private let rolesByID: [Role.ID: Role]
    private let rulesByID: [CoverRule.ID: CoverRule]
    private let gradesByID: [Grade.ID: Grade]
    private let contractsByID: [Contract.ID: Contract]
    let demandBySubject: [DemandRow.Subject: [DemandRow]]

    public init(
        name: String, period: Period, organisations: [Organisation], sites: [Site], units: [Unit],
        grades: [Grade], skills: [Skill], roles: [Role], contracts: [Contract], shiftTypes: [ShiftType],
        coverRules: [CoverRule], people: [Person], leave: [Leave] = [], pinned: [Duty] = [],
        published: [Duty] = [], bookings: [Booking] = [], away: [AwayDuty] = [],
        balances: [Balance] = [], preferences: [Preference] = [], history: [HistoryDuty] = [],
        demand: [DemandRow] = [],
        planQuantile: Double = 0.75, weights: Weights = Weights()
    ) {
        self.name = name
        self.period = period
        self.organisations = organisations
        self.sites = sites
        self.units = units
        self.grades = grades
        self.skills = skills
        self.roles = roles
        self.contracts = contracts
        self.shiftTypes = shiftTypes
        self.coverRules = coverRules
        self.people = people
        self.leave = leave
        self.pinned = pinned
        self.published = published
        self.bookings = bookings
        self.away = away
        self.balances = balances
        self.preferences = preferences
        self.history = history
        self.demand = demand
        self.planQuantile = planQuantile
        self.weights = weights
        peopleByID = Self.index(people, by: \.id)
        unitsByID = Self.index(units, by: \.id)
        shiftsByID = Self.index(shiftTypes, by: \.id)
        rolesByID = Self.index(roles, by: \.id)
        rulesByID = Self.index(coverRules, by: \.id)
        gradesByID = Self.index(grades, by: \.id)
        contractsByID = Self.index(contracts, by: \.id)
        demandBySubject = Dictionary(grouping: demand, by: \.subject)
    }

    private static func index<Value, ID: Hashable>(_ values: [Value], by id: KeyPath<Value, ID>) -> [ID:
        Value]
    {
        Dictionary(values.map { ($0[keyPath: id], $0) }) { first, _ in first }
    }

    public func person(_ id: Person.ID) -> Person? { peopleByID[id] }
    public func unit(_ id: Unit.ID) -> Unit? { unitsByID[id] }
    public func shiftType(_ id: ShiftType.ID) -> ShiftType? { shiftsByID[id] }
    public func role(_ id: Role.ID) -> Role? { rolesByID[id] }
    public func coverRule(_ id: CoverRule.ID) -> CoverRule? { rulesByID[id] }
    public func grade(_ id: Grade.ID) -> Grade? { gradesByID[id] }
    public func contract(_ id: Contract.ID) -> Contract? { contractsByID[id] }

    /// A copy with some of its parts replaced, for what-ifs and for proving what would close a gap.
    public func replacing(
        units: [Unit]? = nil, coverRules: [CoverRule]? = nil, people: [Person]? = nil, leave: [Leave]? = nil,
        pinned: [Duty]? = nil, published: [Duty]? = nil, bookings: [Booking]? = nil,
        away: [AwayDuty]? = nil, balances: [Balance]? = nil, preferences: [Preference]? = nil,
        history: [HistoryDuty]? = nil,
        demand: [DemandRow]? = nil, weights: Weights? = nil, shiftTypes: [ShiftType]? = nil
    ) -> Scenario {
        Scenario(
            name: name, period: period, organisations: organisations, sites: sites,
            units: units ?? self.units, grades: grades, skills: skills, roles: roles, contracts: contracts,
            shiftTypes: shiftTypes ?? self.shiftTypes, coverRules: coverRules ?? self.coverRules,
            people: people ?? self.people, leave: leave ?? self.leave, pinned: pinned ?? self.pinned,
            published: published ?? self.published, bookings: bookings ?? self.bookings,
            away: away ?? self.away,
            balances: balances ?? self.balances, preferences: preferences ?? self.preferences,
            history: history ?? self.history, demand: demand ?? self.demand, planQuantile: planQuantile,
            weights: weights ?? self.weights)
    }
}
