import Roster
import SystemPool

/// Two organisations, invented: one short of a nurse, the other with one to lend.
enum SampleSystem {
    static let now = Instant("2026-01-14T07:30Z") ?? Instant(minutes: 0)

    static let pseudonym: Pseudonym = {
        guard let pseudonym = Pseudonym("p-0123456789abcdef") else { preconditionFailure("not a pseudonym") }
        return pseudonym
    }()

    static let system = HealthSystem(
        id: "north-star", name: "North Star ICS",
        members: [
            Member(organisation: Organisation(id: "NS1", name: "Northgate Hospital Trust"), kind: .acute),
            Member(organisation: Organisation(id: "NS2", name: "Starling Community Trust"), kind: .community),
            Member(organisation: Organisation(id: "NS3", name: "Quiet Ambulance Trust"), kind: .ambulance),
        ],
        agreements: [Agreement(id: "AG1", name: "Sharing", parties: ["NS1", "NS2"], from: now.day)],
        escalation: EscalationPlan(points: [
            EscalationPoint(
                id: "P2", level: 2, name: "Stretched",
                conditions: [
                    .init(figure: .hardGaps, side: .atLeast, threshold: 1),
                    .init(figure: .gapPercent, side: .atLeast, threshold: 5),
                ], needed: 2, expiresAfter: ElapsedMinutes(480),
                actions: [
                    ActionCard(
                        id: "C1", action: "Open the surge list", owner: .matron, dueWithin: ElapsedMinutes(60)
                    )
                ])
        ]))

    /// - Parameter marker: A text that stands in every field of the push that takes one.
    static func push(
        _ organisation: Organisation.ID, at: Instant = now, marker: String = "Ward 4",
        including calls: [AidRequest.ID] = []
    ) -> OrganisationPush {
        let start = now + ElapsedMinutes(12 * 60)
        return OrganisationPush(
            organisation: organisation, extractedAt: at, first: now.day,
            sites: [.init(id: .init("S-\(organisation)"), name: "\(marker) site of \(organisation)")],
            units: [
                .init(
                    id: .init("U-\(organisation)"), name: "\(marker) unit of \(organisation)",
                    site: .init("S-\(organisation)"))
            ],
            vacancies: [
                Vacancy(
                    id: .init("V-\(organisation)"), site: .init("S-\(organisation)"),
                    unit: .init("U-\(organisation)"),
                    // Whoever could fill a hard gap at home is not lent.
                    staffGroup: .registered, grades: organisation == "NS2" ? ["B6"] : ["B5"], skills: [],
                    start: start,
                    end: start + ElapsedMinutes(720), missing: 1, isHard: true, purpose: .frailtyInReach,
                    needsInduction: false)
            ],
            offers: [
                Offer(
                    id: .init("O-\(organisation)"), source: .person(pseudonym), staffGroup: .registered,
                    grade: "B5",
                    agreement: "AG1", hasConsented: true, earliestStart: now,
                    latestEnd: now + ElapsedMinutes(2880),
                    remainingMinutes: 750,
                    travel: [.init(site: "S-NS1", minutes: 25), .init(site: "S-NS2", minutes: 25)])
            ],
            metrics: [
                Metric(name: .registeredRequired, day: now.day, value: 450, measuredAt: at),
                Metric(name: .registeredFilled, day: now.day, value: 412, measuredAt: at),
                Metric(name: .virtualWardBeds, value: 40, measuredAt: at),
                Metric(name: .virtualWardOccupied, value: 29, measuredAt: at),
                Metric(name: .virtualWardStaffed, value: 1, measuredAt: at),
                Metric(name: .redFlags, day: now.day, value: 3, measuredAt: at),
            ], includes: calls)
    }

    /// A push of NS1 with so many heads missing in one hard gap: with three its level is reached, with none it is under it.
    static func push(missing: Int, at time: Instant) -> OrganisationPush {
        let push = push("NS1", at: time)
        let gaps = push.vacancies.map { gap in
            Vacancy(
                id: gap.id, site: gap.site, unit: gap.unit, staffGroup: gap.staffGroup, grades: gap.grades,
                start: gap.start, end: gap.end, missing: missing, isHard: true)
        }
        return OrganisationPush(
            organisation: "NS1", extractedAt: time, first: push.first, sites: push.sites, units: push.units,
            vacancies: missing > 0 ? gaps : [], metrics: push.metrics)
    }

    /// One move: NS2 lends to NS1.
    static func solution(_ picture: SystemPicture) -> PoolSolution {
        let vacancy = VacancyKey("NS1", "V-NS1")
        guard picture.organisation("NS1")?.vacancies.isEmpty == false,
            picture.organisation("NS2")?.push != nil
        else {
            return PoolSolution(suggestions: [], results: [], organisations: [])
        }
        let start = now + ElapsedMinutes(12 * 60)
        return PoolSolution(
            suggestions: [
                Suggestion(
                    id: "S1", rank: 1, offer: OfferKey("NS2", "O-NS2"), source: .person(pseudonym),
                    grade: "B5",
                    moves: [
                        .init(
                            vacancy: vacancy, site: "S-NS1", unit: "U-NS1", start: start,
                            end: start + ElapsedMinutes(720),
                            isHard: true, travelMinutes: 25, missingBefore: 720, missingAfter: 0)
                    ],
                    lenderEffects: [
                        .init(
                            line: "L1", unit: "U-NS2", start: start, end: start + ElapsedMinutes(720),
                            presentBefore: 4,
                            presentAfter: 3, keep: 3)
                    ],
                    changes: [.init(organisation: "NS1", before: 24, after: 12)], agreement: "AG1",
                    costOwner: .receiver, indemnity: .receiverScheme, costPence: 30_000,
                    why: "It closes a hard gap.")
            ],
            results: [.init(level: .hardMinutes, before: 720, objective: 0, bound: 0)],
            organisations: picture.organisations.map {
                OrganisationRisk(
                    organisation: $0.id, hoursMissingBefore: 12, hoursMissingAfter: 0, riskBefore: 24,
                    riskAfter: 0)
            },
            hours: [HourWorth(vacancy: vacancy, perHour: 2, confirmedPerHour: 2)],
            training: [
                TrainingWorth(
                    offer: OfferKey("NS2", "O-NS2"), person: pseudonym, subject: .skill("ivs"),
                    unlocked: [vacancy], together: [vacancy], estimate: 2, confirmed: nil)
            ],
            openVacancies: [
                OpenVacancy(
                    vacancy: VacancyKey("NS2", "V-NS2"), minutesMissing: 720, rule: .noOffer,
                    stopped: [.init(rule: .sameOrganisation, offers: 1)])
            ])
    }
}
