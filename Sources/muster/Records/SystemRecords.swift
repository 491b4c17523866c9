import MusterFiles
import PlainText
import Roster
import SystemPool

// What the commands on a whole system print with `--json`.

/// An organisation of a system, and how old its data are.
struct SystemMemberRecord: Encodable {
    let id: Organisation.ID
    let name: String
    let freshness: OrganisationPicture.Freshness
    let extractedAt: Instant?
    let openVacancies: Int
    let openHardVacancies: Int
    let hoursMissing: Double
    /// Of these, those for which somebody is promised and nobody named yet: promised is not covered.
    let hoursPromised: Double
    /// Of which nothing is known on some day: no gap there says nothing.
    let unknownUnits: [Roster.Unit.ID]

    init(_ organisation: OrganisationPicture) {
        let open = organisation.withoutPromises
        id = organisation.id
        name = organisation.member.organisation.name
        freshness = organisation.freshness
        extractedAt = organisation.push?.extractedAt
        openVacancies = open.count
        openHardVacancies = open.count(where: \.isHard)
        let minutes = open.reduce(0) { $0 + $1.minutes }
        hoursMissing = Double(minutes) / 60
        hoursPromised = Double(minutes - organisation.vacancies.reduce(0) { $0 + $1.minutes }) / 60
        unknownUnits = organisation.unknownUnits
    }
}

/// `muster pool --json`.
struct PoolRecord: Encodable {
    let system: HealthSystem.ID
    let name: String
    let asOf: Instant
    let organisations: [SystemMemberRecord]
    let isProven: Bool
    let levels: [Level]
    /// What all suggestions together leave and close, in person-hours.
    let outcome: PoolOutcome?
    /// The same for what a desk would do by hand, gap after gap.
    let greedyOutcome: PoolOutcome?
    let suggestions: [Suggestion]
    let risks: [OrganisationRisk]
    let hours: [HourWorth]
    let training: [Training]
    let openVacancies: [OpenVacancy]
    let unusedOffers: [UnusedOffer]
    let leftOut: [Organisation.ID]
    /// By which nothing counts as covered.
    let unreadableCalls: [AidRequest.ID]
    /// Pushes of a folder that were left out, and why.
    let rejections: [FaultRecord]

    struct Level: Encodable {
        let level: PoolSolution.Level
        let before: Int
        let objective: Int
        let bound: Int
        let isProven: Bool
    }

    struct Training: Encodable {
        let offer: OfferKey
        let person: Pseudonym
        let skill: Skill.ID?
        let inductionAt: Site.ID?
        let unlocked: [VacancyKey]
        let together: [VacancyKey]
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
            unlocked = worth.unlocked
            together = worth.together
            hardHours = worth.hardHours
            estimate = worth.estimate
            confirmed = worth.confirmed
        }
    }

    init(_ solution: PoolSolution, of opened: OpenedSystem) {
        let picture = opened.picture
        system = picture.system.id
        name = picture.system.name
        asOf = picture.at
        organisations = picture.organisations.map(SystemMemberRecord.init)
        isProven = solution.isProven
        levels = solution.results.map {
            Level(
                level: $0.level, before: $0.before, objective: $0.objective, bound: $0.bound,
                isProven: $0.isProven)
        }
        outcome = solution.outcome
        greedyOutcome = outcome == nil ? nil : SystemPool.greedy(picture)
        suggestions = solution.suggestions
        risks = solution.organisations
        hours = solution.hours
        training = solution.training.map(Training.init)
        openVacancies = solution.openVacancies
        unusedOffers = solution.unusedOffers
        leftOut = solution.leftOut
        unreadableCalls = picture.unreadableAid.map(\.id)
        rejections = opened.rejections.map(FaultRecord.init)
    }
}

/// `muster escalation --json`.
struct EscalationListRecord: Encodable {
    let system: HealthSystem.ID
    let asOf: Instant
    let organisations: [Entry]
    let rejections: [FaultRecord]

    struct Entry: Encodable {
        let organisation: Organisation.ID
        let name: String
        /// 0 while no point is reached, nil if too much is stale or missing to say so.
        let level: Int?
        let point: EscalationPoint.ID?
        let pointName: String?
        let since: Instant?
        let expires: Instant?
        let isUncertain: Bool
        /// The highest level that cannot be ruled out, above the one that is reached.
        let undecidedLevel: Int?
        let timeToActionMinutes: Int?
        /// Since when the figures have been under the point of the level that stands.
        let underSince: Instant?
        let ended: [Ended]
        let evidence: [Evidence]
        let actions: [Action]
        let opel: OpelEntry?
        let isOpelStale: Bool

        init(_ state: EscalationState, _ names: Names, at now: Instant) {
            organisation = state.organisation
            name = names.organisation(state.organisation)
            level = state.point == nil && state.isUncertain ? nil : state.level
            point = state.point?.id
            pointName = state.point?.name
            since = state.since
            expires = state.expires
            isUncertain = state.isUncertain
            undecidedLevel = state.undecided?.point.level
            timeToActionMinutes = state.timeToAction?.count
            underSince = state.underSince
            ended = state.past.map(Ended.init)
            evidence = state.evidence.map(Evidence.init)
            actions = state.actions.map { Action($0, at: now) }
            opel = state.opel
            isOpelStale = state.isOpelStale
        }
    }

    /// A level that ended lately.
    struct Ended: Encodable {
        let level: Int
        let point: EscalationPoint.ID
        let pointName: String
        let since: Instant
        let ended: Instant
        let why: EndedLevel.Why
        let timeToActionMinutes: Int?

        init(_ ended: EndedLevel) {
            level = ended.level
            point = ended.point
            pointName = ended.name
            since = ended.since
            self.ended = ended.ended
            why = ended.why
            timeToActionMinutes = ended.timeToAction?.count
        }
    }

    struct Evidence: Encodable {
        let figure: Figure
        let side: EscalationPoint.Condition.Side
        let threshold: Double
        let value: Double?
        let measuredAt: Instant?
        let verdict: EscalationState.Evidence.Verdict

        init(_ evidence: EscalationState.Evidence) {
            figure = evidence.condition.figure
            side = evidence.condition.side
            threshold = evidence.condition.threshold
            value = evidence.value
            measuredAt = evidence.measuredAt
            verdict = evidence.verdict
        }
    }

    struct Action: Encodable {
        let id: ActionCard.ID
        let action: String
        let owner: JobRole
        let due: Instant
        let done: Instant?
        let isOverdue: Bool

        init(_ action: EscalationState.Action, at now: Instant) {
            id = action.card.id
            self.action = action.card.action
            owner = action.card.owner
            due = action.due
            done = action.done
            isOverdue = action.isOverdue(at: now)
        }
    }

    init(_ opened: OpenedSystem) {
        let names = Names(opened.picture)
        system = opened.picture.system.id
        asOf = opened.picture.at
        organisations = opened.snapshot.escalation.map { Entry($0, names, at: opened.picture.at) }
        rejections = opened.rejections.map(FaultRecord.init)
    }
}

/// `muster risks --json`.
struct RiskListRecord: Encodable {
    let system: HealthSystem.ID
    let asOf: Instant
    let risks: [Entry]
    let unreadable: [RiskRow.ID]
    let heat: [HeatTable.Row]
    let rejections: [FaultRecord]

    struct Entry: Encodable {
        let risk: RiskRow
        let score: Int

        enum Key: String, CodingKey { case score }

        func encode(to encoder: any Encoder) throws {
            try risk.encode(to: encoder)
            var container = encoder.container(keyedBy: Key.self)
            try container.encode(score, forKey: .score)
        }
    }

    init(_ opened: OpenedSystem) {
        system = opened.picture.system.id
        asOf = opened.picture.at
        risks = opened.snapshot.risks.inOrder.map { Entry(risk: $0, score: $0.score) }
        unreadable = opened.snapshot.unreadableRisks.map(\.id)
        heat = HeatTable(opened.picture).rows
        rejections = opened.rejections.map(FaultRecord.init)
    }
}

/// `muster call --json`.
struct CallRecord: Encodable {
    let system: HealthSystem.ID
    let asOf: Instant
    let by: Actor
    let reason: Remark?
    let headline: String
    let text: String
    let files: [String]

    init(_ pack: SituationPack, files: [String]) {
        system = pack.snapshot.picture.system.id
        asOf = pack.snapshot.picture.at
        by = pack.by
        reason = pack.reason
        headline = pack.headline
        text = pack.text
        self.files = files
    }
}
