import Roster

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

        /// When they have to leave for it.
        public var leaves: Instant { start - ElapsedMinutes(travelMinutes) }
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
    /// Gaps of the lender's own, open while they are away, that they could fill as well. Those of its hard and minimum cover
    /// others are left for.
    public let lenderGaps: [VacancyKey]
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
        lenderEffects: [LenderEffect], lenderGaps: [VacancyKey] = [], changes: [Change],
        agreement: Agreement.ID,
        costOwner: Agreement.CostOwner, indemnity: Agreement.Indemnity, costPence: Int?, why: String
    ) {
        self.id = id
        self.rank = rank
        self.offer = offer
        self.source = source
        self.grade = grade
        self.moves = moves
        self.lenderEffects = lenderEffects
        self.lenderGaps = lenderGaps
        self.changes = changes
        self.agreement = agreement
        self.costOwner = costOwner
        self.indemnity = indemnity
        self.costPence = costPence
        self.why = why
    }
}
