import Roster

@testable import SystemPool

/// Two invented organisations, one short of a nurse in the night and one with a nurse to lend: every test changes what it
/// is about.
struct TwoTrusts {
    static let noon = London.instant(Day(ordinal: 20_800), minute: 720)
    static let reason: Remark = {
        guard let remark = try? Remark("short tonight") else { fatalError("a plain remark is taken") }
        return remark
    }()

    static func at(_ hours: Int) -> Instant { noon + ElapsedMinutes(hours: hours) }

    var now = noon
    var extractedAt = noon
    var agreements = [
        Agreement(
            id: "both", name: "Both", parties: ["AA", "BB"], from: Day(ordinal: 20_000),
            rates: [.init(grade: "B5", pencePerHour: 2_000)])
    ]
    var points: [EscalationPoint] = []
    var metrics: [Metric] = []
    var opel: OpelEntry?
    var vacancies = [vacancy()]
    var offers = [offer()]
    var cover: [CoverLine] = []
    var included: [AidRequest.ID] = []
    var aid: [AidRequest] = []
    /// Days of which nothing is known of the ward of AA.
    var unknown: [Day] = []
    /// What BB is short of itself.
    var ownVacancies: [Vacancy] = []
    /// The site of BB.
    var site: Site.ID = "B1"

    static func vacancy(
        _ id: Vacancy.ID = "night", from: Int = 8, to: Int = 20, missing: Int = 1,
        grades: [Grade.ID] = ["B5"],
        skills: [Skill.ID] = [], isHard: Bool = false, reason: Vacancy.Reason = .vacancy,
        needsInduction: Bool = false, group: StaffGroup = .registered
    ) -> Vacancy {
        Vacancy(
            id: id, site: "A1", unit: "AU", staffGroup: group, grades: grades, skills: skills,
            start: at(from),
            end: at(to), missing: missing, isHard: isHard, purpose: isHard ? .frailtyInReach : .general,
            reason: reason, needsInduction: needsInduction)
    }

    static func offer(
        _ id: Offer.ID = "one", person: String = "p-12345678", grade: Grade.ID = "B5",
        skills: [Offer.Skill] = [], inducted: [Site.ID] = [], agreement: Agreement.ID = "both",
        hasConsented: Bool = true, from: Int = 6, to: Int = 34, remaining: Int = 900, longest: Int = 780,
        travel: [Offer.Travel] = [.init(site: "A1", minutes: 30)], releasedFrom: [CoverLine.ID] = []
    ) -> Offer {
        guard let pseudonym = Pseudonym(person) else { fatalError("no pseudonym") }
        return Offer(
            id: id, source: .person(pseudonym), staffGroup: .registered, grade: grade, skills: skills,
            inducted: inducted, agreement: agreement, hasConsented: hasConsented, earliestStart: at(from),
            latestEnd: at(to), remainingMinutes: remaining, longestDuty: longest, travel: travel,
            releasedFrom: releasedFrom)
    }

    static func line(_ id: CoverLine.ID = "line", present: Int, keep: Int) -> CoverLine {
        CoverLine(
            id: id, site: "B1", unit: "BU", staffGroup: .registered,
            stretches: [.init(start: at(0), end: at(48), present: present, keep: keep)])
    }

    var system: HealthSystem {
        HealthSystem(
            id: "two", name: "Two",
            members: ["AA", "BB"].map {
                Member(organisation: Organisation(id: Organisation.ID($0), name: $0), kind: .acute)
            }, agreements: agreements, escalation: EscalationPlan(points: points))
    }

    var asking: OrganisationPush {
        OrganisationPush(
            organisation: "AA", extractedAt: extractedAt, first: Self.noon.day,
            sites: [.init(id: "A1", name: "A")],
            units: [.init(id: "AU", name: "Ward", site: "A1", unknown: unknown)],
            vacancies: vacancies, metrics: metrics, opel: opel)
    }

    var lending: OrganisationPush {
        OrganisationPush(
            organisation: "BB", extractedAt: extractedAt, first: Self.noon.day,
            sites: [.init(id: site, name: "B")], units: [.init(id: "BU", name: "Ward", site: site)],
            vacancies: ownVacancies, cover: cover, offers: offers, includes: included)
    }

    var picture: SystemPicture {
        SystemPicture.assemble(
            system, pushes: [asking, lending].map { KeptPush(push: $0, receivedAt: extractedAt) }, aid: aid,
            at: now)
    }

    /// A call of AA for the first vacancy, taken so many of the steps: BB offers its first offer, AA accepts, BB confirms.
    func call(_ steps: Int, at: Instant = noon) throws -> AidRequest {
        let need = AidRequest.Need(vacancies[0], from: vacancies[0].start, to: vacancies[0].end)
        let call = AidRequest(
            id: "aid-1", asking: "AA", need: need, at: at, by: Self.desk("AA"), reason: Self.reason)
        return try Self.advanced(call, steps, loan(offers[0]), at: at)
    }

    static func advanced(_ call: AidRequest, _ steps: Int, _ loan: AidRequest.Loan, at: Instant) throws
        -> AidRequest
    {
        try [(AidStep.offer, "BB"), (.accept, "AA"), (.confirm, "BB")].prefix(steps).reduce(call) {
            try $0.advanced(
                $1.0, loan: $1.0 == .offer ? loan : nil, by: desk($1.1), reason: reason, at: at)
        }
    }

    func loan(_ offer: Offer) -> AidRequest.Loan {
        AidRequest.Loan(
            lender: "BB", offer: offer.id, source: offer.source, agreement: "both", costOwner: .receiver,
            indemnity: .receiverScheme, releasedFrom: offer.releasedFrom, travelMinutes: 30)
    }

    static func desk(_ organisation: Organisation.ID) -> Actor {
        Actor(organisation: organisation, role: .bankDesk)
    }

    /// The one rule that keeps the first vacancy open, or nil if a suggestion closes it.
    func binding() throws -> BindingRule? {
        try SystemPool.suggest(picture).openVacancies.first?.rule
    }
}
