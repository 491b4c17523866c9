import Roster
import RulePack

/// What is known of one organisation, for some days ahead, from the latest extract of each kind.
///
/// It is what the look-forward report is made from. Nothing here says that the data are good: ``findings`` does,
/// and ``confidence(in:)`` sums them up for a unit. A picture with a fatal finding must not become a report that
/// names gaps, or no gaps: see ``fatal``.
public struct Picture: Sendable {
    /// The trust that the exports came from; the scenario may hold others, such as the provider of a virtual ward.
    public let organisation: Organisation
    /// The days that are reported on.
    public let window: Period
    /// The period is the window. The duties of the two weeks before are its history, with unit and role, because
    /// rest is judged across the edge and a night of the evening before counts for cover in the morning.
    ///
    /// A requirement of the exports is a cover rule `UNIT.ROLE.HHMM`, whose demand rows say how many: so the id of
    /// a gap stays the same from day to day, whatever else is asked for inside its window. Hard rules come from `trust.yaml`.
    public let scenario: Scenario
    /// Duties that stand in the window, confirmed bookings included. Their source is `imported`, `published` (a rota
    /// that Muster published) or `booking`. Duties that cannot be true, such as one during leave, are left out and
    /// are findings.
    public let rota: Rota
    /// Duties in the two weeks after the window: a rest has two sides.
    public let following: [Duty]
    public let rules: RuleBook
    /// For every unit of the unit list.
    public let unitFacts: [Unit.ID: UnitFacts]
    /// What the bank was asked for, in the window.
    public let requests: [Request]
    /// What is doubtful about the data, the worst first.
    public let findings: [Finding]
    /// What the latest extract of each kind held, by kind.
    public let counts: [ExtractCount]
    public let policy: ReportPolicy
    /// Units of the unit list that are open in the window and of which no duty and no requirement is known.
    public let notIncluded: [Unit.ID]
    /// Units of an earlier unit list, open in the window, that are in it no more. Nothing is known of them.
    public let unitsGone: [Unit]
    /// Open days of the window for which there is no rota: of units whose rotas Muster publishes none was published, and
    /// of others the exports tell of no unit at all. Nothing is known of them: neither that people are short, nor that they are not.
    public let daysWithoutRota: [Unit.ID: Set<Day>]
    /// Units of which it is known who was on duty on the day before the window: only these are asked who is there in the
    /// hours that are left of last night.
    public let lastNightKnown: Set<Unit.ID>
    /// Duties that are not believed, because their bookings were called off: nobody is covered by them, nor known to be free.
    public let doubtful: [Duty]
    /// The scenario by which cover is judged: on days without a rota, a unit asks for nobody, nor last night if it is not
    /// known who was there.
    public let coverScenario: Scenario

    public init(
        organisation: Organisation, window: Period, scenario: Scenario, rota: Rota, following: [Duty] = [],
        rules: RuleBook, unitFacts: [Unit.ID: UnitFacts] = [:], requests: [Request] = [],
        findings: [Finding] = [], counts: [ExtractCount] = [], policy: ReportPolicy = ReportPolicy(),
        notIncluded: [Unit.ID] = [], unitsGone: [Unit] = [], daysWithoutRota: [Unit.ID: Set<Day>] = [:],
        lastNightKnown: Set<Unit.ID> = [], doubtful: [Duty] = []
    ) {
        self.organisation = organisation
        self.window = window
        self.scenario = scenario
        self.rota = rota
        self.following = following
        self.rules = rules
        self.unitFacts = unitFacts
        self.requests = requests
        self.findings = findings.sorted()
        self.counts = counts
        self.policy = policy
        self.notIncluded = notIncluded
        self.unitsGone = unitsGone
        self.daysWithoutRota = daysWithoutRota
        self.lastNightKnown = lastNightKnown
        self.doubtful = doubtful
        let dayBefore = window.first.advanced(by: -1)
        coverScenario = scenario.replacing(
            units: scenario.units.map { unit in
                let unknown = (daysWithoutRota[unit.id] ?? []).union(
                    lastNightKnown.contains(unit.id) ? [] : [dayBefore])
                return Unit(
                    id: unit.id, name: unit.name, site: unit.site, organisation: unit.organisation,
                    closed: unit.closed + unknown.map { $0...$0 })
            })
    }

    /// Findings that forbid a report. If there is one, the message is "no valid report" with these sentences.
    public var fatal: [Finding] { findings.filter { $0.severity == .fatal } }

    /// The oldest of the latest extracts that tell of duties, leave, requirements and people: the data are no
    /// younger than this. Nil if there is none.
    public var dataTime: Instant? {
        counts.filter { $0.kind.isPerishable }.map(\.extractedAt).min()
    }

    /// Whether no rota is missing of a unit on some days: else it is not known who works there then, and who is free.
    public func hasRota(of unit: Unit.ID, on days: ClosedRange<Day>) -> Bool {
        !(daysWithoutRota[unit] ?? []).contains(where: days.contains)
    }

    /// How far what is said of a unit can be relied on.
    ///
    /// - Complexity: O(findings).
    public func confidence(in unit: Unit.ID) -> Confidence {
        if !fatal.isEmpty || notIncluded.contains(unit) || scenario.unit(unit) == nil { return .none }
        if let without = daysWithoutRota[unit], !without.isEmpty {
            let open = window.days.filter { scenario.unit(unit)?.isClosed(on: $0) == false }
            if open.allSatisfy(without.contains) { return .none }
        }
        let here = findings.filter { $0.units.contains(unit) }
        if here.contains(where: { $0.check == .staleExtract || $0.check == .noRequirement }) { return .none }
        return here.contains { $0.severity == .warning } ? .lowered : .high
    }
}

/// How far what is said of a unit can be relied on.
public enum Confidence: String, CaseIterable, Hashable, Sendable, Codable {
    case high
    /// A check failed that touches the unit.
    case lowered
    /// Nothing can be said: no data, or stale data. No gap there does not mean that nothing is short.
    case none
}

/// What is known about a unit beside who works there.
public struct UnitFacts: Hashable, Sendable, Codable {
    /// How far its rota has come in the system that it came from.
    public enum Approval: String, CaseIterable, Hashable, Sendable, Codable {
        case approved
        case partial
        case notApproved = "not-approved"
        /// The exports do not say.
        case unknown
    }

    /// When the data about its duties were true.
    public let extractedAt: Instant?
    public let approval: Approval
    /// The share of contracted hours that the establishment allows for absence, in per cent; the policy's if the
    /// unit list does not say.
    public let headroom: Double
    /// Hours that the budget pays for in a week; nil if not known.
    public let budgetedPerWeek: PaidMinutes?
    /// The role mailbox that owns the unit's gaps, never a person's.
    public let mailbox: String?

    public init(
        extractedAt: Instant? = nil, approval: Approval = .unknown, headroom: Double = 22,
        budgetedPerWeek: PaidMinutes? = nil, mailbox: String? = nil
    ) {
        self.extractedAt = extractedAt
        self.approval = approval
        self.headroom = headroom
        self.budgetedPerWeek = budgetedPerWeek
        self.mailbox = mailbox
    }
}
