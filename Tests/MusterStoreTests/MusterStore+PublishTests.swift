import Roster
import RulePack
import Testing

@testable import MusterStore

@Suite("Publishing")
struct PublishTests {
    private let folder: TemporaryFolder
    private let store: MusterStore

    init() throws {
        folder = try TemporaryFolder()
        store = try MusterStore(path: folder.path("trust.sqlite"), creating: true)
    }

    @Test("A hard gap that nobody accepted stops it, by name")
    func hardGapsOpen() throws {
        let id = try store.saveInvented().id
        #expect(throws: StoreRefusal.hardGapsOpen(id, [InventedWard.gaps[0]])) {
            try store.publishInvented(id, accepting: [:])
        }
        #expect(try store.version(id).state == .draft)
        #expect(try store.audit().map(\.what) == [.save])
    }

    @Test("A gap that the run did not own up to is found by the checker")
    func hiddenGap() throws {
        let id = try store.saveInvented(InventedWard.solved(gaps: [])).id
        #expect(throws: StoreRefusal.hardGapsOpen(id, [InventedWard.gaps[0]])) {
            try store.publishInvented(id, accepting: [:])
        }
    }

    @Test("An accepted hard gap is a critical vacancy in every listing")
    func accepted() throws {
        let id = try store.saveInvented().id
        let published = try store.publishInvented(id)
        #expect(published.state == .published)
        #expect(published.published == InventedWard.noon)
        let vacancy = try #require(try store.criticalVacancies().first)
        #expect(vacancy.gap.id == InventedWard.hardGap)
        #expect(vacancy.state == .accepted)
        #expect(vacancy.acceptance == InventedWard.accepting[InventedWard.hardGap])
        #expect(try store.openGaps().map(\.gap.id) == [InventedWard.hardGap, InventedWard.softGap])
        #expect(try store.openGaps().map(\.state) == [.accepted, .open])
        #expect(try store.gaps(of: id).filter(\.isCriticalVacancy) == [vacancy])
        #expect(try store.audit().map(\.what) == [.save, .accept, .publish])
        #expect(try store.audit()[1].who == "Dr Example")
        #expect(try store.audit()[1].detail == "entered by M. Example")
    }

    @Test("An acceptance needs a person and a reason", arguments: [("", "why"), ("Dr Example", " ")])
    func namelessAcceptance(person: String, reason: String) throws {
        let id = try store.saveInvented().id
        let field =
            person.isEmpty
            ? "name of who accepts \(InventedWard.hardGap)"
            : "reason for accepting \(InventedWard.hardGap)"
        #expect(throws: StoreRefusal.unsaid(field: field)) {
            try store.publishInvented(
                id,
                accepting: [InventedWard.hardGap: Acceptance(person: person, reason: reason)])
        }
    }

    @Test("Only open hard gaps are accepted", arguments: [InventedWard.softGap, "senior@2026-11-03T20:00"])
    func nothingToAccept(gap: Gap.ID) throws {
        let id = try store.saveInvented().id
        var accepting = InventedWard.accepting
        accepting[gap] = Acceptance(person: "Dr Example", reason: "just in case")
        #expect(throws: StoreRefusal.nothingToAccept(id, [gap])) {
            try store.publishInvented(id, accepting: accepting)
        }
    }

    @Test("What breaks a rule is not published")
    func breaches() throws {
        let duties = InventedWard.duties + [InventedWard.duty("S1", InventedWard.wednesday, "D")]
        let id = try store.saveInvented(InventedWard.solved(duties: duties)).id
        let refusal = #expect(throws: StoreRefusal.self) { try store.publishInvented(id) }
        guard case .breaches(id, let sentences) = refusal else {
            Issue.record("\(String(describing: refusal))")
            return
        }
        #expect(sentences.count == 1)
        #expect(sentences.first?.contains("WTR-DAILY") == true)
    }

    @Test("The folder as it is now is what counts: leave since the run is a breach")
    func leaveSince() throws {
        let id = try store.saveInvented().id
        let leave = Leave(
            person: "A1", first: InventedWard.tuesday, last: InventedWard.tuesday, kind: .sickness)
        let refusal = #expect(throws: StoreRefusal.self) {
            try store.publishInvented(id, scenario: InventedWard.scenario(leave: [leave]))
        }
        guard case .breaches = refusal else {
            Issue.record("\(String(describing: refusal))")
            return
        }
    }

    @Test("A later version supersedes the earlier; neither is published again")
    func supersedes() throws {
        let first = try store.saveInvented().id
        let second = try store.saveInvented().id
        try store.publishInvented(first)
        try store.publishInvented(second)
        #expect(try store.version(first).state == .superseded)
        #expect(try store.version(first).superseded == InventedWard.noon)
        #expect(try store.published(for: InventedWard.scenario())?.id == second)
        for (id, state) in [(first, RotaState.superseded), (second, .published)] {
            #expect(throws: StoreRefusal.notADraft(id, state)) { try store.publishInvented(id) }
        }
        #expect(try store.audit().filter { $0.what == .supersede }.map(\.subject) == ["rota \(first)"])
        #expect(try store.criticalVacancies().map(\.rota) == [second])
    }

    @Test("A rota for more units and days supersedes those inside it")
    func supersedesPart() throws {
        let small = try store.saveInvented().id
        try store.publishInvented(small)
        let wide = InventedWard.scenario(units: ["ED", "SDEC"])
        let large = try store.saveInvented(InventedWard.solved(wide)).id
        try store.publishInvented(large, scenario: wide)
        #expect(try store.version(small).state == .superseded)
    }

    @Test("A rota that shares only some units or days with a published one is refused")
    func overlaps() throws {
        let wide = InventedWard.scenario(units: ["ED", "SDEC"])
        let first = try store.saveInvented(InventedWard.solved(wide))
        try store.publishInvented(first.id, scenario: wide)
        let later = InventedWard.scenario(first: InventedWard.tuesday)
        let shorter = InventedWard.scenario(days: 5, units: ["ED", "SDEC"])
        for scenario in [InventedWard.scenario(), later, shorter] {
            let id = try store.saveInvented(InventedWard.solved(scenario)).id
            #expect(throws: StoreRefusal.overlapsPublished(id, other: first.id, its: first.label)) {
                try store.publishInvented(id, scenario: scenario)
            }
        }
    }

    @Test("A person is rested between this rota and the one published for the days after")
    func neighbouringPeriods() throws {
        let sunday = InventedWard.monday.advanced(by: 6)
        let next = InventedWard.scenario(first: sunday.advanced(by: 1))
        let early = [InventedWard.duty("S2", next.period.first, "D")]
        let open = InventedWard.hardGaps(weeksLater: 1)
        let later = try store.saveInvented(InventedWard.solved(next, duties: early, gaps: [])).id
        try store.publishInvented(later, scenario: next, accepting: open)

        let late = InventedWard.duties + [InventedWard.duty("S2", sunday, "N")]
        let id = try store.saveInvented(InventedWard.solved(duties: late)).id
        let refusal = #expect(throws: StoreRefusal.self) { try store.publishInvented(id) }
        guard case .breaches(id, let sentences) = refusal else {
            Issue.record("\(String(describing: refusal))")
            return
        }
        #expect(sentences.count == 1)
        #expect(sentences.first?.contains("WTR-DAILY") == true)
    }

    @Test("What the folder's history tells of the rota before is not counted twice")
    func historyOfNeighbour() throws {
        let sunday = InventedWard.monday.advanced(by: -1)
        let before = InventedWard.scenario(first: InventedWard.monday.advanced(by: -7))
        let night = InventedWard.duty("S2", sunday, "N")
        let earlier = try store.saveInvented(InventedWard.solved(before, duties: [night], gaps: [])).id
        try store.publishInvented(earlier, scenario: before, accepting: InventedWard.hardGaps(weeksLater: -1))

        let told = HistoryDuty(
            person: "S2", start: night.start, end: night.end, paid: night.paid, working: night.working)
        let scenario = InventedWard.scenario(history: [told])
        let duties = InventedWard.duties + [InventedWard.duty("S2", InventedWard.monday, "N")]
        let id = try store.saveInvented(InventedWard.solved(scenario, duties: duties)).id
        let twoInARow = Rule(
            id: "RUN", title: "Two duties in a row", source: "invented", effective: sunday,
            classification: .contractual, reach: .line,
            kind: .runMaximum(of: .any, maximum: 2, rest: nil, restFrom: 2))
        try store.publish(
            id, scenario: scenario, rules: RuleBook(rulesByContract: ["AFC": [twoInARow]]),
            accepting: InventedWard.accepting, by: "M. Example", reason: "agreed", at: InventedWard.noon)
    }

    @Test("The folder must be that of the draft")
    func otherScenario() throws {
        let draft = try store.saveInvented()
        let other = InventedWard.scenario(days: 14)
        #expect(
            throws: StoreRefusal.otherScenario(
                rota: draft.id, its: draft.label,
                given: "Invented department (ED, 2026-11-02 to 2026-11-15)")
        ) { try store.publishInvented(draft.id, scenario: other) }
    }

    @Test("A rota that is not there, a missing name, a missing reason")
    func unsaid() throws {
        #expect(throws: StoreRefusal.unknownRota(RecordNumber(9))) {
            try store.publishInvented(RecordNumber(9))
        }
        let id = try store.saveInvented().id
        for (who, why, field) in [
            ("", "x", "name of who publishes it"), ("x", "", "reason for publishing it"),
        ] {
            #expect(throws: StoreRefusal.unsaid(field: field)) {
                try store.publish(
                    id, scenario: InventedWard.scenario(), rules: InventedWard.rules,
                    accepting: InventedWard.accepting, by: who, reason: why, at: InventedWard.noon)
            }
        }
    }

    @Test("Live bookings close the gaps of the version that follows, solved with or without them")
    func bookingsStand() throws {
        try store.publishInvented(try store.saveInvented().id)
        let booking = try store.bookInvented(InventedWard.request("S2"))
        let scenario = InventedWard.scenario(
            bookings: try store.confirmedBookings(for: InventedWard.scenario()))
        #expect(scenario.bookings.map(\.person) == ["S2"])
        let with = InventedWard.duties + [booking.request.duty]
        for (scenario, duties) in [
            (InventedWard.scenario(), InventedWard.duties), (scenario, with), (scenario, InventedWard.duties),
            (InventedWard.scenario(), with),
        ] {
            let id = try store.saveInvented(InventedWard.solved(scenario, duties: duties)).id
            try store.publishInvented(id, scenario: scenario, accepting: [:])
            #expect(try store.gap(InventedWard.hardGap)?.bookings == [booking.id])
            #expect(try store.gap(InventedWard.hardGap)?.state == .booked)
        }
        // Once it is cancelled the gap is there again, although that rota was solved with the booking.
        try store.cancel(booking.id, by: "B. Example", reason: "ill", at: InventedWard.noon)
        #expect(try store.gap(InventedWard.hardGap)?.state == .open)
        #expect(try store.criticalVacancies().count == 1)
        let id = try store.saveInvented(InventedWard.solved(scenario, duties: with)).id
        #expect(throws: StoreRefusal.self) {
            try store.publishInvented(id, scenario: scenario, accepting: [:])
        }
    }
}
