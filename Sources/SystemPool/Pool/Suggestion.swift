import Roster

/// What the system should do with what it knows, proven to be the best.
public struct PoolSolution: Hashable, Sendable, Codable {
    /// What is kept low, in this order.
    public enum Level: String, CaseIterable, Hashable, Sendable, Codable {
        /// Person-minutes missing in hard gaps.
        case hardMinutes = "hard-minutes"
        /// The system's risk-weighted expected shortage, in person-minutes × risk × per cent.
        case shortage
        /// Within 2 % of the level before: the worst-off organisation's risk in whole weighted hours.
        case worstOff = "worst-off"
        /// The shortage once more, with the worst-off organisation lifted: as it was, or else in steps of a whole
        /// weighted hour, because less in a whole system is not worth a journey.
        case settled = "settled-shortage"
        /// Travel, and calls on people who were called before, in minutes.
        case burden
    }

    /// What was reached on a level, and what nobody can go below.
    public struct Result: Hashable, Sendable, Codable {
        public let level: Level
        /// What it is if nothing is done.
        public let before: Int
        public let objective: Int
        public let bound: Int

        public init(level: Level, before: Int, objective: Int, bound: Int) {
            self.level = level
            self.before = before
            self.objective = objective
            self.bound = bound
        }

        public var isProven: Bool { objective == bound }
    }

    /// Best first.
    public let suggestions: [Suggestion]
    public let results: [Result]
    public let organisations: [OrganisationRisk]
    /// Where one more hour is worth most; the top ten, each confirmed by solving again.
    public let hours: [HourWorth]
    /// Which training would unlock most; the top ten, each confirmed by solving again.
    public let training: [TrainingWorth]
    /// Gaps that stay open, each with the rule that binds.
    public let openVacancies: [OpenVacancy]
    /// Offers that are not used, each with the rule that binds.
    public let unusedOffers: [UnusedOffer]
    /// Organisations that were left out because their data are stale or missing.
    public let leftOut: [Organisation.ID]
    /// What the suggestions come to, all taken; nil in a part of the solution.
    public let outcome: PoolOutcome?

    public init(
        suggestions: [Suggestion], results: [Result], organisations: [OrganisationRisk],
        hours: [HourWorth] = [], training: [TrainingWorth] = [], openVacancies: [OpenVacancy] = [],
        unusedOffers: [UnusedOffer] = [], leftOut: [Organisation.ID] = [], outcome: PoolOutcome? = nil
    ) {
        self.suggestions = suggestions
        self.results = results
        self.organisations = organisations
        self.hours = hours
        self.training = training
        self.openVacancies = openVacancies
        self.unusedOffers = unusedOffers
        self.leftOut = leftOut
        self.outcome = outcome
    }

    public var isProven: Bool { results.allSatisfy(\.isProven) }
}

/// One offer and the gaps that it should close.
public struct Suggestion: Hashable, Sendable, Codable {
    public typealias ID = Identifier<Suggestion>

    /// One duty elsewhere.
    public struct Move: Hashable, Sendable, Codable {
        public let vacancy: VacancyKey
        public let site: Site.ID
        public let unit: Unit.ID
        public let start: Instant
        public let end: Instant
        public let isHard: Bool
        public let travelMinutes: Int
        /// Person-minutes missing in the gap before and after, if all suggestions are taken up to this one.
        public let missingBefore: Int
        public let missingAfter: Int

        public init(
            vacancy: VacancyKey, site: Site.ID, unit: Unit.ID, start: Instant, end: Instant, isHard: Bool,
            travelMinutes: Int, missingBefore: Int, missingAfter: Int
        ) {
            self.vacancy = vacancy
            self.site = site
            self.unit = unit
            self.start = start
            self.end = end
            self.isHard = isHard
            self.travelMinutes = travelMinutes
            self.missingBefore = missingBefore
            self.missingAfter = missingAfter
        }
    }

    /// What it does to the unit that lends, on one line of its cover.
    public struct LenderEffect: Hashable, Sendable, Codable {
        public let line: CoverLine.ID
        public let unit: Unit.ID
        public let start: Instant
        public let end: Instant
        /// The fewest heads present at once, before and after, and those that must stay.
        public let presentBefore: Int
        public let presentAfter: Int
        public let keep: Int

        public init(
            line: CoverLine.ID, unit: Unit.ID, start: Instant, end: Instant, presentBefore: Int,
            presentAfter: Int, keep: Int
        ) {
            self.line = line
            self.unit = unit
            self.start = start
            self.end = end
            self.presentBefore = presentBefore
            self.presentAfter = presentAfter
            self.keep = keep
        }
    }

    public let id: ID
    /// 1 is the best.
    public let rank: Int
    public let offer: OfferKey
    public let source: Offer.Source
    public let grade: Grade.ID
    /// By start.
    public let moves: [Move]
    public let lenderEffects: [LenderEffect]
    /// The risk of the lender and of each receiver without this suggestion and with it, all others taken.
    public let changes: [Change]
    public let agreement: Agreement.ID
    public let costOwner: Agreement.CostOwner
    public let indemnity: Agreement.Indemnity
    /// Nil if the agreement names no rate for the grade.
    public let costPence: Int?
    /// Why it ranks where it does, in a sentence.
    public let why: String

    /// One organisation's risk, before and after, in risk-weighted expected person-hours missing.
    public struct Change: Hashable, Sendable, Codable {
        public let organisation: Organisation.ID
        public let before: Double
        public let after: Double

        public init(organisation: Organisation.ID, before: Double, after: Double) {
            self.organisation = organisation
            self.before = before
            self.after = after
        }
    }

    public init(
        id: ID, rank: Int, offer: OfferKey, source: Offer.Source, grade: Grade.ID, moves: [Move],
        lenderEffects: [LenderEffect], changes: [Change], agreement: Agreement.ID,
        costOwner: Agreement.CostOwner, indemnity: Agreement.Indemnity, costPence: Int?, why: String
    ) {
        self.id = id
        self.rank = rank
        self.offer = offer
        self.source = source
        self.grade = grade
        self.moves = moves
        self.lenderEffects = lenderEffects
        self.changes = changes
        self.agreement = agreement
        self.costOwner = costOwner
        self.indemnity = indemnity
        self.costPence = costPence
        self.why = why
    }
}

/// An organisation's risk-weighted expected shortage, before and after all suggestions, in whole person-hours × risk.
public struct OrganisationRisk: Hashable, Sendable, Codable {
    public let organisation: Organisation.ID
    public let hoursMissingBefore: Double
    public let hoursMissingAfter: Double
    public let riskBefore: Double
    public let riskAfter: Double

    public init(
        organisation: Organisation.ID, hoursMissingBefore: Double, hoursMissingAfter: Double,
        riskBefore: Double, riskAfter: Double
    ) {
        self.organisation = organisation
        self.hoursMissingBefore = hoursMissingBefore
        self.hoursMissingAfter = hoursMissingAfter
        self.riskBefore = riskBefore
        self.riskAfter = riskAfter
    }
}

/// What one more head in a gap would be worth.
public struct HourWorth: Hashable, Sendable, Codable {
    public let vacancy: VacancyKey
    /// By how much the system's risk falls for each hour, by the dual of the gap.
    public let perHour: Double
    /// The same by solving again with that head; nil unless that proved it to within one per cent.
    public let confirmedPerHour: Double?

    public init(vacancy: VacancyKey, perHour: Double, confirmedPerHour: Double?) {
        self.vacancy = vacancy
        self.perHour = perHour
        self.confirmedPerHour = confirmedPerHour
    }
}

/// One training that would let people close gaps that they may not close now.
public struct TrainingWorth: Hashable, Sendable, Codable {
    /// A skill, or the induction at a site.
    public enum Subject: Hashable, Sendable, Codable {
        case skill(Skill.ID)
        case induction(Site.ID)
    }

    public let offer: OfferKey
    public let subject: Subject
    /// Gaps that it would open to them and that they would lower risk in.
    public let unlocked: [VacancyKey]
    /// By how much the system's risk would fall by the duals; whole shifts can bring more or less.
    public let estimate: Double
    /// By how much it falls when solved again; nil unless that proved it to within one per cent.
    public let confirmed: Double?

    public init(
        offer: OfferKey, subject: Subject, unlocked: [VacancyKey], estimate: Double, confirmed: Double?
    ) {
        self.offer = offer
        self.subject = subject
        self.unlocked = unlocked
        self.estimate = estimate
        self.confirmed = confirmed
    }
}

/// Why an offer may not close a gap, or was not chosen for it; the hard rules in the order in which they are tried.
public enum BindingRule: String, CaseIterable, Hashable, Sendable, Codable {
    case sameOrganisation = "same-organisation"
    case strikeCover = "strike-cover"
    case staffGroup = "staff-group"
    case grade
    case window
    /// A site that is not among those within reach.
    case reach
    case dutyLength = "duty-length"
    case hours
    /// Rest between duties, or two duties at once.
    case rest
    case skill, induction
    case agreement, consent
    case lenderCover = "lender-cover"
    /// Lawful; the gaps that it fits are filled by others.
    case filled
    /// Lawful, and better used elsewhere.
    case betterElsewhere = "better-elsewhere"
    /// Lawful, and what it takes from the lender outweighs what it gives.
    case notWorthIt = "not-worth-it"
    /// No offer of the system is for this time at all.
    case noOffer = "no-offer"
    /// The organisation's data are stale or missing.
    case staleData = "stale-data"
    /// The gap has begun: no move is suggested for it.
    case begun

    public var words: String {
        switch self {
        case .strikeCover: "strike cover is never filled from another organisation"
        case .sameOrganisation: "the offer is of the same organisation, which fills its own gaps itself"
        case .agreement: "no agreement is in force between the two organisations for this staff group"
        case .consent: "the person has not consented to work elsewhere"
        case .staffGroup: "the staff group is another"
        case .grade: "the grade is not one that the gap takes"
        case .skill: "a skill is missing or not in date"
        case .induction: "there was no induction at the site"
        case .reach: "the site is out of reach"
        case .window: "the duty with its travel does not fit between earliest start and latest end"
        case .dutyLength: "the duty is longer than they may work"
        case .hours: "too few working minutes are left"
        case .rest: "rest between the duties would be too short"
        case .lenderCover: "the lender would fall below its own hard or minimum cover"
        case .filled: "the gaps that it fits are filled by others"
        case .betterElsewhere: "the offers that fit lower risk more elsewhere"
        case .notWorthIt: "the lender would lose more than the gap gains"
        case .noOffer: "nobody is offered for this time"
        case .staleData: "the organisation's data are stale or missing"
        case .begun:
            "it has begun, and moves are suggested for gaps that lie ahead: ask for help by telephone"
        }
    }
}

/// A gap that stays open, in whole or in part.
public struct OpenVacancy: Hashable, Sendable, Codable {
    public let vacancy: VacancyKey
    public let minutesMissing: Int
    public let rule: BindingRule
    /// How many offers each rule stops.
    public let stopped: [Count]

    public struct Count: Hashable, Sendable, Codable {
        public let rule: BindingRule
        public let offers: Int

        public init(rule: BindingRule, offers: Int) {
            self.rule = rule
            self.offers = offers
        }
    }

    public init(vacancy: VacancyKey, minutesMissing: Int, rule: BindingRule, stopped: [Count]) {
        self.vacancy = vacancy
        self.minutesMissing = minutesMissing
        self.rule = rule
        self.stopped = stopped
    }
}

/// An offer that is not used.
public struct UnusedOffer: Hashable, Sendable, Codable {
    public let offer: OfferKey
    public let rule: BindingRule

    public init(offer: OfferKey, rule: BindingRule) {
        self.offer = offer
        self.rule = rule
    }
}
