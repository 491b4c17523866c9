import Roster
import SystemPool

// What the API sends of what was worked out, and of what stands beside it on the pages.

/// What all suggestions together come to, how good they are, and of whom they are.
struct SolutionRecord: Encodable {
    struct Level: Encodable {
        let level: PoolSolution.Level
        let before: Int
        let objective: Int
        let bound: Int
        let isProven: Bool
    }

    let asOf: Instant
    let isProven: Bool
    /// None for whoever sees a part, and where nothing is known.
    let levels: [Level]
    let outcome: PoolOutcome?
    let organisations: [OrganisationRisk]
    let leftOut: [Organisation.ID]

    /// Nil until it has been worked out.
    init?(_ view: SystemView) {
        guard let solution = view.solution else { return nil }
        asOf = view.solutionAt ?? view.now
        isProven = solution.isProven
        levels = solution.results.map {
            Level(
                level: $0.level, before: $0.before, objective: $0.objective, bound: $0.bound,
                isProven: $0.isProven)
        }
        outcome = solution.outcome
        organisations = solution.organisations
        leftOut = solution.leftOut
    }
}

/// One training, and how many gaps it opens: which they are concerns other organisations.
struct TrainingRecord: Encodable {
    let offer: OfferKey
    let person: Pseudonym
    let skill: Skill.ID?
    let inductionAt: Site.ID?
    let unlocked: Int
    /// Of these, those that they could work as they are offered.
    let together: Int
    let hardHours: Double
    let estimate: Double
    let confirmed: Double?

    init(_ worth: TrainingWorth) {
        offer = worth.offer
        person = worth.person
        (skill, inductionAt) =
            switch worth.subject {
            case .skill(let skill): (skill, nil)
            case .induction(let site): (nil, site)
            }
        unlocked = worth.unlocked.count
        together = worth.together.count
        hardHours = worth.hardHours
        estimate = worth.estimate
        confirmed = worth.confirmed
    }
}

/// What a loan that is not over does to whoever lends.
struct LoanEffectRecord: Encodable {
    let call: AidRequest.ID
    let lines: [Suggestion.LenderEffect]
    let missingMinutes: Int
    let riskHours: Double?

    init(_ call: AidRequest.ID, _ effect: LoanEffect) {
        self.call = call
        lines = effect.lines
        missingMinutes = effect.missingMinutes
        riskHours = effect.riskHours
    }
}

/// A call that was raised with the situation on one page.
struct RaisedCallRecord: Encodable {
    let at: Instant
    let by: Actor?
    let reason: String

    init(_ entry: SystemAuditEntry) {
        at = entry.at
        by = entry.by
        reason = entry.reason
    }
}
