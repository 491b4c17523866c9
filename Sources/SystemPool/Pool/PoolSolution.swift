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
        /// Travel, and calls on people who were called before, in minutes: the least of all who could close the same hours
        /// of the same gaps, with no lender losing more at any time.
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
    /// What the suggestions come to, all taken; nil in a part of the solution, and where nothing is known.
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

    /// Whether nothing better is possible; never of a part, nor where nothing is known.
    public var isProven: Bool { !results.isEmpty && results.allSatisfy(\.isProven) }
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
    /// Person-hours of hard cover that are met with it, which come before all risk; once confirmed, by solving again.
    public let hardHours: Double
    /// By how much the system's risk falls for each hour, by the dual of the gap.
    public let perHour: Double
    /// The same by solving again with that head; nil unless that proved it to within one per cent. Below nought where hard
    /// cover is met at the cost of risk elsewhere.
    public let confirmedPerHour: Double?

    public init(vacancy: VacancyKey, hardHours: Double = 0, perHour: Double, confirmedPerHour: Double?) {
        self.vacancy = vacancy
        self.hardHours = hardHours
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

    /// Of their offers the one under which it would be worth most.
    public let offer: OfferKey
    public let person: Pseudonym
    public let subject: Subject
    /// Gaps that it would open to them, under any of their offers, and that they would lower risk in.
    public let unlocked: [VacancyKey]
    /// Of these, what they could lawfully work as they are offered: whoever is called under one offer is called under no
    /// other until their organisation sends anew.
    public let together: [VacancyKey]
    /// Person-hours of hard cover that are met with it, which come before all risk; once confirmed, by solving again.
    public let hardHours: Double
    /// By how much the system's risk would fall by the duals; whole shifts can bring more or less.
    public let estimate: Double
    /// By how much it falls when solved again; nil unless that proved it to within one per cent. Below nought where hard
    /// cover is met at the cost of risk elsewhere.
    public let confirmed: Double?

    public init(
        offer: OfferKey, person: Pseudonym, subject: Subject, unlocked: [VacancyKey],
        together: [VacancyKey], hardHours: Double = 0, estimate: Double, confirmed: Double?
    ) {
        self.offer = offer
        self.person = person
        self.subject = subject
        self.unlocked = unlocked
        self.together = together
        self.hardHours = hardHours
        self.estimate = estimate
        self.confirmed = confirmed
    }

    /// `3 shifts`, or `3 shifts, of which they could work 1 as they are offered`.
    public var shifts: String {
        func counted(_ count: Int) -> String { count == 1 ? "1 shift" : "\(count) shifts" }
        return together.count < unlocked.count
            ? "\(counted(unlocked.count)), of which they could work \(together.count) as they are offered"
            : counted(unlocked.count)
    }

    func confirmed(_ gain: PoolWorth.Gain?) -> TrainingWorth {
        TrainingWorth(
            offer: offer, person: person, subject: subject, unlocked: unlocked, together: together,
            hardHours: gain?.hardHours ?? hardHours, estimate: estimate, confirmed: gain?.risk)
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
