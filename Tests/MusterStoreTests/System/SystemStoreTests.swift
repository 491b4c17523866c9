import GRDB
import Roster
import SystemPool
import Testing

@testable import MusterStore

/// Two invented organisations: one is short of a nurse in the night, the other offers one.
@Suite("The store of a system")
struct SystemStoreTests {
    private static let start = London.instant(Day(ordinal: 20_800), minute: 360)
    private static let desk = Actor(organisation: "AA", role: .bankDesk)
    private static let lender = Actor(organisation: "BB", role: .bankDesk)
    private static let reason: Remark = {
        guard let remark = try? Remark("short tonight") else { fatalError("a plain remark is taken") }
        return remark
    }()

    private let folder: TemporaryFolder
    private let store: SystemStore

    init() throws {
        folder = try TemporaryFolder()
        store = try SystemStore(path: folder.path("system.sqlite"), creating: true)
        try store.configure(
            HealthSystem(
                id: "two", name: "Two",
                members: ["AA", "BB"].map {
                    Member(organisation: Organisation(id: Organisation.ID($0), name: $0), kind: .acute)
                },
                agreements: [
                    Agreement(id: "both", name: "Both", parties: ["AA", "BB"], from: Day(ordinal: 20_000))
                ]),
            by: Actor(organisation: nil, role: .administrator), reason: Self.reason, at: Self.start)
    }

    private static func at(_ hours: Int) -> Instant { start + ElapsedMinutes(hours: hours) }

    private func asking(
        _ extracted: Instant = start, missing: Int = 1, reason: Vacancy.Reason = .vacancy
    ) -> OrganisationPush {
        OrganisationPush(
            organisation: "AA", extractedAt: extracted, first: Self.start.day,
            sites: [.init(id: "A1", name: "A")], units: [.init(id: "AU", name: "Ward", site: "A1")],
            vacancies: [
                Vacancy(
                    id: "night", site: "A1", unit: "AU", staffGroup: .registered, grades: ["B5"],
                    start: Self.at(13), end: Self.at(25), missing: missing, isHard: true,
                    reason: reason, needsInduction: false)
            ])
    }

    private func lending(_ extracted: Instant = start) throws -> OrganisationPush {
        OrganisationPush(
            organisation: "BB", extractedAt: extracted, first: Self.start.day,
            sites: [.init(id: "B1", name: "B")], units: [.init(id: "BU", name: "Ward", site: "B1")],
            cover: [
                CoverLine(
                    id: "line", site: "B1", unit: "BU", staffGroup: .registered,
                    stretches: [.init(start: Self.at(0), end: Self.at(48), present: 4, keep: 3)])
            ],
            offers: [
                Offer(
                    id: "one", source: .person(try #require(Pseudonym("p-12345678"))),
                    staffGroup: .registered,
                    grade: "B5", agreement: "both", hasConsented: true, earliestStart: Self.at(10),
                    latestEnd: Self.at(30), remainingMinutes: 900, travel: [.init(site: "A1", minutes: 30)],
                    releasedFrom: ["line"])
            ])
    }

    @Test(
        "The same push again changes nothing, an older one is not taken, another of the same time is refused")
    func versions() throws {
        #expect(try store.receive(asking(Self.at(1)), by: Self.desk, at: Self.at(1)).result == .taken)
        let revision = try store.revision()
        let rows = try store.systemAudit(limit: 100).count
        #expect(try store.receive(asking(Self.at(1)), by: Self.desk, at: Self.at(2)).result == .repeated)
        #expect(try store.receive(asking(Self.at(0)), by: Self.desk, at: Self.at(2)).result == .older)
        #expect(throws: SystemRefusal.contradicts("AA", extractedAt: Self.at(1))) {
            try store.receive(asking(Self.at(1), missing: 2), by: Self.desk, at: Self.at(2))
        }
        #expect(throws: SystemRefusal.fromTheFuture(Self.at(9))) {
            try store.receive(asking(Self.at(9)), by: Self.desk, at: Self.at(2))
        }
        #expect(try store.revision() == revision)
        let replay = try #require(try store.systemAudit(limit: 100).first)
        #expect(replay.action == .replay && replay.by == Self.desk && replay.at == Self.at(2))
        #expect(replay.subject == "extract AA \(Self.at(1))")
        #expect(try store.systemAudit(limit: 100).count == rows + 1)
        #expect(try store.verifySystemAudit() == Int64(rows) + 1)
        let picture = try store.picture(at: Self.at(2))
        #expect(picture.organisation("AA")?.push == asking(Self.at(1)))
        #expect(picture.organisation("BB")?.freshness == .unknown)
    }

    @Test("A suggestion that is taken up and confirmed closes the gap on both sides, and nothing before does")
    func closesOnBothSides() throws {
        _ = try store.receive(asking(), by: Self.desk, at: Self.start)
        _ = try store.receive(lending(), by: Self.lender, at: Self.start)
        let picture = try store.picture(at: Self.at(1))
        let solution = try SystemPool.suggest(picture)
        #expect(solution.isProven)
        let aid = try #require(solution.suggestions.first?.aid(in: picture).first)
        let call = try store.requestAid(
            aid.need, for: aid.asking, by: Self.desk, reason: Self.reason, at: Self.at(1))
        func advance(_ step: AidStep, _ by: Actor, _ loan: AidRequest.Loan? = nil) throws {
            _ = try store.advanceAid(call.id, step, loan: loan, by: by, reason: Self.reason, at: Self.at(1))
        }
        try advance(.offer, Self.lender, aid.loan)
        try advance(.accept, Self.desk)
        #expect(throws: SystemRefusal.notYours(.confirm, by: Self.desk)) { try advance(.confirm, Self.desk) }
        #expect(try store.picture(at: Self.at(1)).organisation("AA")?.vacancies.count == 1)
        try advance(.confirm, Self.lender)
        let after = try store.picture(at: Self.at(1))
        #expect(after.organisation("AA")?.vacancies.isEmpty == true)
        let stretch = after.organisation("BB")?.cover.first?.stretches.first {
            $0.start <= Self.at(14) && Self.at(14) < $0.end
        }
        #expect(stretch?.present == 3)
        #expect(try store.aidLedger().entries.map(\.balanceMinutes) == [-720, 720])
        #expect(try SystemPool.suggest(after).suggestions.isEmpty)
        try store.verifySystemAudit()
    }

    @Test("A call goes on for what is left of a gap that has begun, though it is pushed from then on only")
    func begunGap() throws {
        func push(_ extracted: Int, from start: Int) -> OrganisationPush {
            OrganisationPush(
                organisation: "AA", extractedAt: Self.at(extracted), first: Self.start.day,
                sites: [.init(id: "A1", name: "A")], units: [.init(id: "AU", name: "Ward", site: "A1")],
                vacancies: [
                    Vacancy(
                        id: "night", site: "A1", unit: "AU", staffGroup: .registered, grades: ["B5"],
                        start: Self.at(start), end: Self.at(25), missing: 1, needsInduction: false)
                ])
        }
        _ = try store.receive(push(10, from: 13), by: Self.desk, at: Self.at(10))
        _ = try store.receive(lending(Self.at(10)), by: Self.lender, at: Self.at(10))
        let picture = try store.picture(at: Self.at(11))
        let aid = try #require(try SystemPool.suggest(picture).suggestions.first?.aid(in: picture).first)
        let call = try store.requestAid(
            aid.need, for: "AA", by: Self.desk, reason: Self.reason, at: Self.at(11))
        func advance(_ step: AidStep, _ by: Actor, at hours: Int, _ loan: AidRequest.Loan? = nil) throws {
            _ = try store.advanceAid(
                call.id, step, loan: loan, by: by, reason: Self.reason, at: Self.at(hours))
        }
        try advance(.offer, Self.lender, at: 12, aid.loan)
        _ = try store.receive(push(14, from: 14), by: Self.desk, at: Self.at(14))
        try advance(.accept, Self.desk, at: 14)
        // What is closed meanwhile is closed.
        _ = try store.receive(push(15, from: 16), by: Self.desk, at: Self.at(15))
        #expect(throws: SystemRefusal.vacancyClosed(VacancyKey("AA", "night"))) {
            try advance(.confirm, Self.lender, at: 15)
        }
        try advance(.confirm, Self.lender, at: 16)
        #expect(try store.picture(at: Self.at(16)).organisation("AA")?.vacancies.isEmpty == true)
    }

    @Test("Nobody can be asked for strike cover")
    func strikeCover() throws {
        _ = try store.receive(asking(reason: .industrialAction), by: Self.desk, at: Self.start)
        let vacancy = try #require(try store.picture(at: Self.at(1)).organisation("AA")?.vacancies.first)
        #expect(throws: SystemRefusal.loanRefused(.strikeCover)) {
            try store.requestAid(
                AidRequest.Need(vacancy, from: vacancy.start, to: vacancy.end), for: "AA", by: Self.desk,
                reason: Self.reason, at: Self.at(1))
        }
        // Nor by a call that names no gap, for somebody like that at that time.
        let need = AidRequest.Need(
            vacancy: nil, site: vacancy.site, unit: vacancy.unit, staffGroup: vacancy.staffGroup, grades: [],
            skills: [], start: vacancy.start, end: vacancy.end, isHard: false)
        #expect(throws: SystemRefusal.loanRefused(.strikeCover)) {
            try store.requestAid(
                need, heads: 2, for: "AA", by: Self.desk, reason: Self.reason, at: Self.at(1))
        }
        #expect(try store.aid().isEmpty)
    }

    @Test("What a booking of a part leaves open of a gap can be asked for like any gap, and closes it")
    func theRestOfAGap() throws {
        _ = try store.receive(asking(), by: Self.desk, at: Self.start)
        _ = try store.receive(lending(), by: Self.lender, at: Self.start)
        let picture = try store.picture(at: Self.at(1))
        let aid = try #require(try SystemPool.suggest(picture).suggestions.first?.aid(in: picture).first)
        func need(_ vacancy: Vacancy.ID, _ start: Int, _ end: Int) -> AidRequest.Need {
            AidRequest.Need(
                vacancy: vacancy, site: "A1", unit: "AU", staffGroup: .registered, grades: ["B5"], skills: [],
                start: Self.at(start), end: Self.at(end), isHard: true)
        }
        func ask(_ need: AidRequest.Need) throws -> AidRequest {
            try store.requestAid(need, for: "AA", by: Self.desk, reason: Self.reason, at: Self.at(1))
        }
        let steps = [(AidStep.offer, Self.lender), (.accept, Self.desk), (.confirm, Self.lender)]
        let first = try ask(need("night", 13, 19))
        for (step, by) in steps {
            _ = try store.advanceAid(
                first.id, step, loan: step == .offer ? aid.loan : nil, by: by, reason: Self.reason,
                at: Self.at(1))
        }
        let rest = try #require(try store.picture(at: Self.at(1)).organisation("AA")?.vacancies)
        #expect(rest.map(\.id) == ["night.360"] && rest.map(\.start) == [Self.at(19)])
        #expect(throws: SystemRefusal.unknownVacancy(VacancyKey("AA", "nights"))) {
            try ask(need("nights", 13, 19))
        }
        #expect(throws: SystemRefusal.vacancyClosed(VacancyKey("AA", "night"))) {
            try ask(need("night", 13, 19))
        }
        let second = try steps.reduce(try ask(need("night.360", 19, 25))) { call, step in
            try call.advanced(
                step.0, loan: step.0 == .offer ? aid.loan : nil, by: step.1, reason: Self.reason,
                at: Self.at(1))
        }
        let after = SystemPicture.assemble(
            picture.system, pushes: [KeptPush(push: asking(), receivedAt: Self.start)],
            aid: try store.aid().filter { $0.id == first.id } + [second], at: Self.at(1))
        #expect(after.organisation("AA")?.vacancies.isEmpty == true)
    }

    @Test("A hard gap raises a risk once; that it is closed does not close it, a person does")
    func risks() throws {
        _ = try store.receive(asking(), by: Self.desk, at: Self.start)
        try store.refreshRisks(at: Self.at(1))
        let revision = try store.revision()
        try store.refreshRisks(at: Self.at(1))
        #expect(try store.revision() == revision)
        let risk = try #require(try store.risks(includingClosed: false).first)
        #expect(risk.origin == .hardGap)
        #expect(throws: SystemRefusal.onlyAPersonCloses(risk.id)) {
            try store.closeRisk(risk.id, by: .muster, remark: Self.reason, at: Self.at(1))
        }
        _ = try store.closeRisk(risk.id, by: Self.desk, remark: Self.reason, at: Self.at(1))
        try store.refreshRisks(at: Self.at(1))
        #expect(try store.risks(includingClosed: false).isEmpty)
    }

    @Test("What was missing stays known, though later pushes no longer tell of gaps that are over")
    func shortages() throws {
        func minutes() throws -> [Int] {
            try store.read { try SystemStore.shortages($0, at: Self.at(30)) }.map(\.minutes)
        }
        // Short from hour 13 to 25; the push is of hour 0.
        _ = try store.receive(asking(), by: Self.desk, at: Self.start)
        #expect(try minutes() == [720])
        _ = try store.receive(asking(Self.at(1)), by: Self.desk, at: Self.at(1))
        #expect(try minutes() == [720], "told again, and counted once")
        _ = try store.receive(asking(Self.at(20)), by: Self.desk, at: Self.at(20))
        #expect(try minutes() == [720], "seven hours have passed, five are ahead")
        // Filled for the rest: what has passed has passed.
        let none = OrganisationPush(
            organisation: "AA", extractedAt: Self.at(21), first: Self.start.day,
            sites: [.init(id: "A1", name: "A")], units: [.init(id: "AU", name: "Ward", site: "A1")])
        _ = try store.receive(none, by: Self.desk, at: Self.at(21))
        #expect(try minutes() == [480])
        let later = OrganisationPush(organisation: "AA", extractedAt: Self.at(30), first: Self.at(30).day)
        _ = try store.receive(later, by: Self.desk, at: Self.at(30))
        #expect(try minutes() == [480])
    }

    @Test("What was filled before it began was never missing")
    func filledInTime() throws {
        _ = try store.receive(asking(), by: Self.desk, at: Self.start)
        let none = OrganisationPush(organisation: "AA", extractedAt: Self.at(12), first: Self.start.day)
        _ = try store.receive(none, by: Self.desk, at: Self.at(12))
        #expect(try store.read { try SystemStore.shortages($0, at: Self.at(30)) }.isEmpty)
        // A push at the end of a day may tell of all of it.
        _ = try store.receive(asking(Self.at(26)), by: Self.desk, at: Self.at(26))
        #expect(try store.read { try SystemStore.shortages($0, at: Self.at(30)) }.map(\.minutes) == [720])
    }

    @Test("A risk that cannot be read is named and kept, and stops neither the others nor new ones")
    func unreadableRisk() throws {
        _ = try store.receive(asking(), by: Self.desk, at: Self.start)
        try store.refreshRisks(at: Self.at(1))
        let damaged = try #require(try store.risks(includingClosed: false).first).id
        try store.write {
            try $0.execute(
                sql: "UPDATE risk SET document = json_set(document, '$.end', '10000-01-01T00:00+00:00')")
        }
        let kept = try store.read { try String.fetchOne($0, sql: "SELECT document FROM risk") }
        try store.refreshRisks(at: Self.at(1))
        try store.refreshRisks(at: Self.at(2))
        #expect(try store.unreadableRisks() == [UnreadableRisk(id: damaged, organisation: "AA")])
        // The gap is still open, so it has a row, beside the one that nobody can read.
        let risk = try #require(try store.risks(includingClosed: true).first)
        #expect(risk.origin == .hardGap && risk.id != damaged)
        #expect(try store.risks(includingClosed: true).count == 1)
        #expect(
            try store.read { try String.fetchOne($0, sql: "SELECT document FROM risk ORDER BY number") }
                == kept)
        #expect(throws: SystemRefusal.unknownRisk(damaged)) {
            try store.closeRisk(damaged, by: Self.desk, remark: Self.reason, at: Self.at(1))
        }
        #expect(try store.snapshot(at: Self.at(1)).risks == [risk])
        #expect(try store.snapshot(at: Self.at(1)).unreadableRisks.map(\.id) == [damaged])
    }

    /// The system with a level that one hard gap and any gap hours reach.
    private func configureLevel() throws {
        var system = try #require(try store.system())
        system = HealthSystem(
            id: system.id, name: system.name, members: system.members, agreements: system.agreements,
            escalation: EscalationPlan(points: [
                EscalationPoint(
                    id: "amber", level: 2, name: "Amber",
                    conditions: [
                        .init(figure: .hardGaps, side: .atLeast, threshold: 1),
                        .init(figure: .gapHours, side: .atLeast, threshold: 1),
                    ], needed: 2, expiresAfter: ElapsedMinutes(hours: 8),
                    actions: [
                        ActionCard(
                            id: "huddle", action: "Huddle", owner: .siteManager, dueWithin: ElapsedMinutes(60)
                        )
                    ])
            ]))
        try store.configure(system, by: Self.desk, reason: Self.reason, at: Self.start)
    }

    @Test("Levels that ended are kept, with how and when, and how soon they were acted upon")
    func endedLevels() throws {
        try configureLevel()
        func state(_ hours: Int) throws -> EscalationState {
            try #require(try store.escalation(at: Self.at(hours)).first { $0.organisation == "AA" })
        }
        let none = { (hours: Int) in
            OrganisationPush(organisation: "AA", extractedAt: Self.at(hours), first: Self.start.day)
        }
        _ = try store.receive(asking(), by: Self.desk, at: Self.start)
        #expect(try state(0).level == 2)
        #expect(throws: SystemRefusal.levelReached("AA")) {
            try store.standDown("AA", by: Self.desk, reason: Self.reason, at: Self.at(1))
        }
        try store.completeAction("huddle", of: "AA", by: Self.desk, reason: Self.reason, at: Self.at(1))
        // It dips for one reading and comes back: one level, acted upon an hour after it began.
        _ = try store.receive(none(2), by: Self.desk, at: Self.at(2))
        #expect(try state(2).level == 2 && state(2).underSince == Self.at(2))
        _ = try store.receive(asking(Self.at(3)), by: Self.desk, at: Self.at(3))
        #expect(try state(3).since == Self.start && state(3).timeToAction == ElapsedMinutes(60))
        _ = try store.receive(none(4), by: Self.desk, at: Self.at(4))
        #expect(try state(4).level == 2)
        _ = try store.receive(none(5), by: Self.desk, at: Self.at(5))
        #expect(try store.snapshot(at: Self.at(5)).escalation.first?.past.map(\.why) == [.backUnder])
        let ended = try state(5)
        #expect(ended.level == 0 && ended.past.map(\.why) == [.backUnder])
        #expect(ended.past.first?.timeToAction == ElapsedMinutes(60) && ended.past.first?.ended == Self.at(5))
        #expect(try store.systemAudit(limit: 1).first?.reason == "no level, after point amber: back-under")
        #expect(throws: SystemRefusal.noLevel("AA")) {
            try store.standDown("AA", by: Self.desk, reason: Self.reason, at: Self.at(5))
        }

        // A person need not wait for the second reading.
        _ = try store.receive(asking(Self.at(6)), by: Self.desk, at: Self.at(6))
        #expect(try state(6).level == 2)
        _ = try store.receive(none(7), by: Self.desk, at: Self.at(7))
        #expect(try state(7).mayStandDown)
        try store.standDown("AA", by: Self.desk, reason: Self.reason, at: Self.at(7))
        #expect(try store.systemAudit(limit: 1).first?.action == .standDown)
        let down = try state(7)
        #expect(down.level == 0 && down.past.map(\.why) == [.stoodDown, .backUnder])
        #expect(down.past.first?.by == Self.desk && down.past.first?.reason == Self.reason)
        #expect(
            try state(24 * 7 + 6).past.map(\.why) == [.stoodDown], "what ended a week ago is kept, not shown")
    }

    @Test(
        "A level whose point is taken out of the plan is kept as ended, and what was done goes on at another one"
    )
    func takenOut() throws {
        try configureLevel()
        let administrator = Actor(organisation: nil, role: .administrator)
        let plan = try #require(try store.system())
        func configure(_ points: [EscalationPoint], _ hours: Int) throws {
            try store.configure(
                HealthSystem(
                    id: plan.id, name: plan.name, members: plan.members, agreements: plan.agreements,
                    escalation: EscalationPlan(points: points)),
                by: administrator, reason: Self.reason, at: Self.at(hours))
        }
        let amber = try #require(plan.escalation.points.first)
        let other = EscalationPoint(
            id: "yellow", level: 1, name: "Yellow", conditions: amber.conditions, needed: 2,
            expiresAfter: amber.expiresAfter, actions: [])
        _ = try store.receive(asking(), by: Self.desk, at: Self.start)
        #expect(try store.escalation(at: Self.start).first?.level == 2)
        try store.completeAction("huddle", of: "AA", by: Self.desk, reason: Self.reason, at: Self.at(1))

        try configure([amber, other], 1)
        #expect(
            try store.snapshot(at: Self.at(1)).escalation.first?.past.isEmpty == true, "it is still there")
        try configure([other], 2)
        // Before anybody has read the levels anew, and once only.
        for state in [
            try store.snapshot(at: Self.at(2)).escalation.first, try store.escalation(at: Self.at(3)).first,
        ] {
            #expect(state?.point?.id == "yellow" && state?.since == Self.at(2))
            let ended = try #require(state?.past.first)
            #expect(state?.past.count == 1 && ended.why == .takenOut && ended.point == "amber")
            #expect(ended.level == 2 && ended.name == "Amber" && ended.timeToAction == ElapsedMinutes(60))
            #expect(ended.ended == Self.at(2) && ended.by == administrator && ended.reason == Self.reason)
        }
        let audit = try store.systemAudit(limit: 2)
        #expect(audit.map(\.action) == [.escalate, .configure])
        #expect(audit.first?.reason == "point yellow, after point amber: taken-out")
        try configure([amber, other], 3)
        #expect(try store.escalation(at: Self.at(3)).first?.actions.first?.done == Self.at(1))
        // In a drill, whoever sets the system up has another clock than the levels.
        try configure([], -24)
        let last = try #require(try store.snapshot(at: Self.at(3)).escalation.first)
        #expect(last.level == 0 && last.past.map(\.why) == [.takenOut, .higherLevel, .takenOut])
        #expect(last.past.first?.ended == Self.at(3))
    }

    @Test("A site's id is kept for whoever sent it first; the other is told, and has it once it is free")
    func takenSites() throws {
        func push(_ organisation: Organisation.ID, _ hours: Int, _ sites: [Site.ID]) throws -> PushReceipt {
            try store.receive(
                OrganisationPush(
                    organisation: organisation, extractedAt: Self.at(hours), first: Self.start.day,
                    sites: sites.map { .init(id: $0, name: $0.text) }),
                by: Self.desk, at: Self.at(hours))
        }
        func taken(_ hours: Int) throws -> [Set<Site.ID>] {
            try store.picture(at: Self.at(hours)).organisations.map(\.takenSites)
        }
        #expect(try push("AA", 0, ["MAIN"]).warnings.isEmpty)
        let second = try push("BB", 1, ["OWN", "MAIN"])
        #expect(second.result == .taken && second.takenSites == ["MAIN"])
        #expect(second.warnings.first?.contains("another organisation sent these sites first") == true)
        #expect(try store.systemAudit(limit: 1).first?.reason.hasSuffix("lent to yours: MAIN") == true)
        #expect(try push("BB", 1, ["OWN", "MAIN"]).takenSites == ["MAIN"], "told again")
        // Whoever has it keeps it from push to push.
        #expect(try push("AA", 2, ["MAIN"]).takenSites.isEmpty)
        #expect(try taken(2) == [[], ["MAIN"]])
        _ = try push("AA", 3, ["ELSE"])
        #expect(try push("BB", 4, ["MAIN"]).takenSites.isEmpty)
        #expect(try push("AA", 5, ["MAIN"]).takenSites == ["MAIN"] && taken(5) == [["MAIN"], []])
    }

    @Test("A push that cannot be read is of its organisation alone: nothing is known of that one")
    func unreadablePush() throws {
        _ = try store.receive(asking(), by: Self.desk, at: Self.start)
        _ = try store.receive(lending(), by: Self.lender, at: Self.at(1))
        try store.write {
            try $0.execute(
                sql: """
                    UPDATE push SET document = json_set(document, '$.offers[0].latestEnd', '10000-01-01T13:59+00:00')
                    WHERE organisation = 'BB'
                    """)
        }
        // As after a start: nothing was decoded before.
        let again = try SystemStore(path: store.path, creating: false)
        let picture = try again.picture(at: Self.at(2))
        let lender = try #require(picture.organisation("BB"))
        #expect(lender.freshness == .unknown && lender.push == nil && lender.receivedAt == Self.at(1))
        #expect(picture.organisation("AA")?.push == asking())
        #expect(try again.escalation(at: Self.at(2)).count == 2)
        #expect(throws: Never.self) { try again.refreshRisks(at: Self.at(2)) }
        // The next push takes its place.
        _ = try again.receive(lending(Self.at(2)), by: Self.lender, at: Self.at(2))
        #expect(try again.picture(at: Self.at(2)).organisation("BB")?.push == lending(Self.at(2)))
    }

    @Test("The audit holds the token of what was done and of what was refused, and nothing else does")
    func tokens() throws {
        let desk = Actor(organisation: "AA", role: .bankDesk, token: "0123456789ab")
        _ = try store.receive(asking(), by: desk, at: Self.start)
        try store.recordCall(by: desk, reason: Self.reason, at: Self.start)
        try store.recordDenial(token: desk.token, of: "GET /", why: "no right", at: Self.start)
        try store.recordDenial(token: nil, of: "GET /", why: "nobody", at: Self.start)
        let rows = try store.systemAudit(limit: 9)
        #expect(rows.map(\.token) == [nil, desk.token, desk.token, desk.token, nil])
        let who = rows.map(\.who)
        #expect(who[0] == "not known" && who[1] == "token 0123456789ab")
        #expect(who[2] == "bank desk, AA, token 0123456789ab" && who[4] == "administrator")
        #expect(try store.verifySystemAudit() == 5)
        let gap = try #require(asking().vacancies.first)
        _ = try store.requestAid(
            AidRequest.Need(gap, from: gap.start, to: gap.end), for: "AA", by: desk, reason: Self.reason,
            at: Self.start)
        let kept = try store.read { try String.fetchAll($0, sql: "SELECT document FROM aid") }
        #expect(kept.count == 1 && !kept[0].contains("0123456789ab"))
        // A row whose token was changed does not match its hash.
        try store.write {
            try $0.execute(
                sql: """
                    DROP TRIGGER audit_is_not_changed; UPDATE audit SET token = NULL WHERE action = 'call';
                    """)
        }
        #expect(throws: StoreError.self) { try store.verifySystemAudit() }
    }

    @Test("An audit from before tokens were kept is read, proven and gone on with")
    func auditWithoutTokens() throws {
        let path = folder.path("old.sqlite")
        let pool = try DatabasePool(path: path)
        try SystemStore.schema.migrate(pool, upTo: "site-holders")
        let hash = AuditChain.hash(
            after: AuditChain.root, number: 1, at: Self.start, who: "AA/bank-desk", what: "call",
            subject: "situation pack", why: "old", detail: "")
        try pool.write { db in
            try db.execute(
                sql: "INSERT INTO audit VALUES (1, ?, 'AA', 'bank-desk', 'call', 'situation pack', 'old', ?)",
                arguments: [Self.start.minutes, hash])
        }
        try pool.close()
        let old = try SystemStore(path: path, creating: false)
        #expect(try old.systemAudit(limit: 9).map(\.who) == ["bank desk, AA"])
        try old.recordDenial(token: "0123456789ab", of: "GET /", why: "no right", at: Self.start)
        #expect(try old.verifySystemAudit() == 2)
    }

    /// The two trusts with a booking of one to the other, whose row is damaged then.
    private func damagedBooking() throws -> AidRequest.ID {
        _ = try store.receive(asking(), by: Self.desk, at: Self.start)
        _ = try store.receive(lending(), by: Self.lender, at: Self.start)
        let picture = try store.picture(at: Self.at(1))
        let aid = try #require(try SystemPool.suggest(picture).suggestions.first?.aid(in: picture).first)
        let call = try store.requestAid(
            aid.need, for: "AA", by: Self.desk, reason: Self.reason, at: Self.at(1)
        ).id
        for (step, by) in [(AidStep.offer, Self.lender), (.accept, Self.desk), (.confirm, Self.lender)] {
            _ = try store.advanceAid(
                call, step, loan: step == .offer ? aid.loan : nil, by: by, reason: Self.reason, at: Self.at(1)
            )
        }
        #expect(try store.picture(at: Self.at(1)).organisation("AA")?.vacancies.isEmpty == true)
        try store.write {
            try $0.execute(
                sql:
                    "UPDATE aid SET document = json_set(document, '$.events[0].at', '10000-01-01T00:00+00:00')"
            )
        }
        return call
    }

    @Test("A call that cannot be read is named and kept, stops nothing else, and covers nothing")
    func unreadableCall() throws {
        let call = try damagedBooking()
        let kept = try store.read { try String.fetchOne($0, sql: "SELECT document FROM aid") }
        let picture = try store.picture(at: Self.at(2))
        #expect(picture.unreadableAid.map(\.id) == [call] && picture.aid.isEmpty)
        let told = try #require(picture.unreadableAid.first)
        #expect(told.asking == "AA" && told.unit == "AU" && told.lender == "BB" && told.state == .confirmed)
        #expect(picture.organisation("AA")?.vacancies.map(\.id) == ["night"], "its gap is open")
        #expect(try store.snapshot(at: Self.at(2)).isInDoubt)
        // Who goes under it may be the same person, until the lender's data say who is away.
        let suggested = try SystemPool.suggest(picture)
        #expect(suggested.suggestions.isEmpty && suggested.unusedOffers.map(\.rule) == [.staleData])
        let vacancy = try #require(picture.organisation("AA")?.vacancies.first)
        let next = try store.requestAid(
            AidRequest.Need(vacancy, from: vacancy.start, to: vacancy.end), for: "AA", by: Self.desk,
            reason: Self.reason, at: Self.at(2))
        let loan = try #require(picture.loan(of: OfferKey("BB", "one"), for: next.need))
        func offer(_ hours: Int) throws -> AidRequest {
            try store.advanceAid(
                next.id, .offer, loan: loan, by: Self.lender, reason: Self.reason, at: Self.at(hours))
        }
        #expect(throws: SystemRefusal.loanRefused(.staleData)) { try offer(2) }
        let lending = try lending(Self.at(3))
        _ = try store.receive(
            OrganisationPush(
                organisation: "BB", extractedAt: Self.at(3), first: lending.first, sites: lending.sites,
                units: lending.units, cover: lending.cover, offers: lending.offers, includes: [call]),
            by: Self.lender, at: Self.at(3))
        #expect(try store.picture(at: Self.at(3)).organisation("BB")?.unknownUnits == [])
        #expect(try offer(3).state == .offered)

        #expect(try store.escalation(at: Self.at(3)).count == 2 && store.aidLedger().entries.count == 2)
        #expect(throws: Never.self) { try store.refreshRisks(at: Self.at(3)) }
        #expect(throws: SystemRefusal.unknownAid(call)) {
            try store.advanceAid(
                call, .withdraw, loan: nil, by: Self.desk, reason: Self.reason, at: Self.at(3))
        }
        #expect(
            try store.read { try String.fetchOne($0, sql: "SELECT document FROM aid ORDER BY id") } == kept)
    }

    @Test(
        "Where data count on a call that cannot be read, nothing is known of its unit, and no level ruled out"
    )
    func countedOnUnreadableCall() throws {
        let call = try damagedBooking()
        try configureLevel()
        func push(_ hours: Int) throws {
            _ = try store.receive(
                OrganisationPush(
                    organisation: "AA", extractedAt: Self.at(hours), first: Self.start.day,
                    sites: [.init(id: "A1", name: "A")],
                    units: ["AU", "AV"].map { .init(id: $0, name: $0.text, site: "A1") }, includes: [call]),
                by: Self.desk, at: Self.at(hours))
        }
        try push(2)
        let asking = try #require(try store.picture(at: Self.at(2)).organisation("AA"))
        #expect(asking.vacancies.isEmpty && asking.unknownUnits == ["AU"])
        #expect(asking.unknownUnits(on: Self.start.day...Self.start.day) == ["AU"])
        #expect(try store.escalation(at: Self.at(2)).first?.isUncertain == true)
        // Where not even its unit can be told, it may be any; so may it be anybody's.
        for path in ["$.need.unit", "$.asking"] {
            try store.write {
                try $0.execute(sql: "UPDATE aid SET document = json_remove(document, ?)", arguments: [path])
            }
            #expect(try store.picture(at: Self.at(2)).organisation("AA")?.unknownUnits == ["AU", "AV"])
        }
    }

    @Test("The audit cannot be changed")
    func audit() throws {
        #expect(throws: (any Error).self) {
            try store.write { try $0.execute(sql: "UPDATE audit SET reason = 'x'") }
        }
        #expect(throws: (any Error).self) { try store.write { try $0.execute(sql: "DELETE FROM audit") } }
        #expect(try store.verifySystemAudit() == 1)
    }
}
