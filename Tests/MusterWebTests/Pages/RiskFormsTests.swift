import Foundation
import GRDB
import Roster
import SystemPool
import Testing

@testable import MusterStore
@testable import MusterWeb

/// Raising, reviewing and closing a risk by the forms of the page Risks.
@Suite struct RiskFormsTests {
    private static let draft = [
        "site": "NS1/S-NS1", "group": "registered", "cause": "Two wards with one nurse at night",
        "start": "2026-01-14T20:00", "end": "2026-01-15T08:00", "likelihood": "4", "impact": "3",
        "owner": "matron",
    ]

    private func raised(_ live: LiveServer) throws -> [RiskRow] {
        try live.records.risks(includingClosed: true).filter { $0.origin == .person }
    }

    private func raise(_ live: LiveServer, _ desk: Browser) async throws -> RiskRow.ID {
        let answer = try await desk.send("/risks", Self.draft)
        #expect(answer.status == 303, "\(answer.text)")
        return try #require(try raised(live).first).id
    }

    @Test func aPersonRaisesARiskForTheirOwnSite() async throws {
        try await LiveServer.with { live in
            try await live.fill()
            let desk = try await Browser(live, .organisationManager, ["NS1"])
            let id = try await raise(live, desk)
            let row = try #require(try raised(live).first)
            #expect((row.organisation, row.site, row.owner) == ("NS1", "S-NS1", .matron))
            #expect(row.score == 12 && row.cause == Self.draft["cause"])
            #expect(row.start == Instant("2026-01-14T20:00Z") && row.end == Instant("2026-01-15T08:00Z"))
            let page = try await desk.read("/risks")
            #expect(page.contains("Two wards with one nurse at night") && page.contains("r-\(id.text)"))
            let audit = try #require(try live.records.systemAudit(limit: 1).first)
            #expect(audit.action == .raise && audit.by == Actor(organisation: "NS1", role: .bankDesk))
        }
    }

    @Test func aDraftWithAFaultRaisesNothing() async throws {
        try await LiveServer.with { live in
            try await live.fill()
            let desk = try await Browser(live, .organisationManager, ["NS1"])
            let faults: [(Int, String, String)] = [
                (400, "site", ""), (400, "site", "NS1"), (404, "site", "NS1/none"),
                (403, "site", "NS2/S-NS2"),
                (403, "site", "XX9/S-NS1"), (400, "group", ""), (400, "group", "everybody"),
                (400, "cause", ""),
                (400, "cause", "Dr Ann Example is away"), (400, "cause", "ring 07700 900123"),
                (400, "cause", "two\nlines"), (400, "cause", String(repeating: "x", count: 2001)),
                (400, "start", "tonight"), (400, "start", ""), (400, "end", "2026-01-14T20:00"),
                (400, "end", "2026-01-32T08:00"), (400, "end", "9999-12-31T24:00"),
                (400, "end", "2200-01-01T00:00"),
                (400, "start", "0001-01-01T00:00"), (400, "likelihood", "0"), (400, "likelihood", "6"),
                (400, "impact", "three"), (400, "impact", "99999999999999999999"), (400, "owner", "nobody"),
                (400, "role", "muster"), (400, "role", "system-coordinator"), (400, "reason", " "),
            ]
            for (status, field, value) in faults {
                try await live.expectRefusal(status, "\(field) \(value.prefix(40))", type: "text/html") {
                    try await desk.send("/risks", Self.draft.merging([field: value]) { _, bad in bad })
                }
            }
            #expect(try raised(live).isEmpty)
        }
    }

    @Test func aRefusedFormLosesNothingThatWasTyped() async throws {
        try await LiveServer.with { live in
            try await live.fill()
            let desk = try await Browser(live, .organisationManager, ["NS1"])
            let page = try await desk.send(
                "/risks", Self.draft.merging(["reason": "Dr Ann Example is away"]) { _, bad in bad })
            #expect(page.status == 400 && page.text.contains("<title>Error: "))
            let fields = page.text.matches(of: /name="([a-z]+)"[^>]* value="([^"]*)"/).map {
                (String($0.1), String($0.2))
            }
            let again = Dictionary(fields) { first, _ in first }
            for (name, text) in Self.draft.merging(
                ["reason": "Dr Ann Example is away"], uniquingKeysWith: { $1 })
            {
                #expect(again[name] == text, "\(name)")
            }
            #expect(
                page.text.components(separatedBy: "name=\"key\"").count == 3, "one to sign out, one to send")
        }
    }

    @Test func aReviewOfWhatSomebodyElseReviewedIsRefusedAndAMitigationCanBeTakenAway() async throws {
        try await LiveServer.with { live in
            try await live.fill()
            let desk = try await Browser(live, .organisationManager, ["NS1"])
            let id = try await raise(live, desk)
            let review = "/risks/\(id.text)/review"
            let first = try await desk.send(review, ["seen": "0", "impact": "5", "mitigation": "Bank asked"])
            #expect(first.status == 303)
            #expect(first.header("Location") == "/risks?risk=\(id.text)#r-\(id.text)")
            try await live.expectRefusal(409, "late", type: "text/html") {
                try await desk.send(review, ["seen": "0", "impact": "3"])
            }
            var row = try #require(try raised(live).first)
            #expect(row.impact == 5 && row.mitigation?.text == "Bank asked")
            #expect(try await desk.read("/risks").contains("name=\"seen\" value=\"1\""))
            #expect(try await desk.send(review, ["seen": "1", "mitigation": ""]).status == 303)
            row = try #require(try raised(live).first)
            #expect(row.mitigation == nil)
        }
    }

    /// Of many rows the one that was raised last may stand on a later part.
    @Test func whoRaisesARiskIsShownThePartInWhichItStands() throws {
        let picture = SystemPicture.assemble(SampleSystem.system, pushes: [], at: SampleSystem.now)
        let rows = (1...25).map { number in
            RiskRow(
                id: RiskRow.ID("row-\(number)"), organisation: "NS1", site: "S-NS1", unit: nil,
                staffGroup: .registered, origin: .person, cause: "Cause \(number)",
                likelihood: number == 25 ? 1 : 4, impact: 4, start: SampleSystem.now,
                end: SampleSystem.now + ElapsedMinutes(60), owner: .matron, opened: SampleSystem.now,
                reviewDue: SampleSystem.now)
        }
        let view = SystemView(picture: picture, escalation: [], risks: rows, ledger: AidLedger(entries: []))
        func page(_ risk: RiskRow.ID?) -> String {
            RisksPage(view: view, visitor: .anybody, part: 1, risk: risk).page.content.source
        }
        #expect(!page(nil).contains("id=\"r-row-25\"") && page("row-25").contains("id=\"r-row-25\""))
        #expect(page("none") == page(nil))
    }

    @Test func aReviewChangesWhatItSaysAndSharesWithWhoIsNamed() async throws {
        try await LiveServer.with { live in
            try await live.fill()
            let desk = try await Browser(live, .organisationManager, ["NS1"])
            let other = try await Browser(live, .organisationManager, ["NS2"])
            let id = try await raise(live, desk)
            #expect(!(try await other.read("/risks")).contains("Two wards with one nurse"))
            let review = "/risks/\(id.text)/review"
            let answer = try await desk.send(
                review,
                [
                    "likelihood": "5", "owner": "chief-nurse", "shared": "NS2, NS3",
                    "indemnity": "lender-cnst", "mitigation": "Bank asked twice", "potential": "2",
                ])
            #expect(answer.status == 303, "\(answer.text)")
            let row = try #require(try raised(live).first)
            #expect((row.likelihood, row.impact, row.owner) == (5, 3, .chiefNurse))
            #expect(row.sharedWith == ["NS2", "NS3"] && row.indemnity == .lenderScheme)
            #expect(
                row.mitigation?.text == "Bank asked twice" && row.potentialHarms == 2 && row.actualHarms == 0)
            #expect(row.trend == .rising && row.reviews.count == 1)
            #expect(try await other.read("/risks").contains("Two wards with one nurse"))
            let faults: [(String, String)] = [
                ("likelihood", "6"), ("impact", "-1"), ("owner", "Ann"), ("shared", "NS2 XX9"),
                ("indemnity", "none at all"), ("mitigation", "write to ann@example.nhs.uk"),
                ("potential", "-1"), ("actual", "100001"), ("actual", "many"), ("reason", ""),
            ]
            for (field, value) in faults {
                try await live.expectRefusal(400, "\(field) \(value)", type: "text/html") {
                    try await desk.send(review, [field: value])
                }
            }
        }
    }

    @Test func onlyThoseWhoAnswerForItReviewAndCloseARisk() async throws {
        try await LiveServer.with { live in
            try await live.fill()
            let desk = try await Browser(live, .organisationManager, ["NS1"])
            let id = try await raise(live, desk)
            let close = "/risks/\(id.text)/close"
            let viewer = try await Browser(live, .organisationViewer, ["NS1"])
            let other = try await Browser(live, .organisationManager, ["NS2"])
            func refuse(_ status: Int, _ browser: Browser, _ path: String) async throws {
                try await live.expectRefusal(status, "\(path)", type: "text/html") {
                    try await browser.send(path, [:])
                }
            }
            for path in [close, "/risks/\(id.text)/review"] {
                try await refuse(403, viewer, path)
                try await refuse(404, other, path)
            }
            try await refuse(404, desk, "/risks/none/close")
            // Whom it is shared with sees it, and closes it no more than before.
            _ = try await desk.send("/risks/\(id.text)/review", ["shared": "NS2"])
            try await refuse(403, other, close)
            #expect(try await desk.send(close, [:]).status == 303)
            #expect(try raised(live).map { $0.closed?.by.role } == [.bankDesk])
            #expect(!(try await desk.read("/risks")).contains("Two wards with one nurse"))
            try await refuse(404, desk, close)
        }
    }

    /// A store may hold one from before times that cannot be read back were refused.
    @Test func aRiskThatCannotBeReadIsNamedToThoseWhoAnswerForIt() async throws {
        try await LiveServer.with { live in
            try await live.fill()
            let desk = try await Browser(live, .organisationManager, ["NS1"])
            let id = try await raise(live, desk)
            try live.records.write { db in
                try db.execute(
                    sql: """
                        UPDATE risk SET document = json_set(document, '$.end', '10000-01-01T00:00+00:00') WHERE id = ?
                        """, arguments: [id.text])
            }
            // The server goes on: others raise risks, and what is not lost of this one is said.
            #expect(try await desk.send("/risks", Self.draft).status == 303)
            let coordinator = try await Browser(live, .systemCoordinator)
            let other = try await Browser(live, .organisationManager, ["NS2"])
            for browser in [desk, coordinator] {
                let page = try await browser.read("/risks")
                #expect(page.contains("1 row cannot be read:") && page.contains(id.text))
                #expect(page.contains("Two wards with one nurse at night"))
            }
            #expect(!(try await other.read("/risks").contains("cannot be read")))
        }
    }

    @Test func aFormWithoutItsKeyChangesNothing() async throws {
        try await LiveServer.with { live in
            try await live.fill()
            let desk = try await Browser(live, .organisationManager, ["NS1"])
            for key in ["", "0", String(repeating: "0", count: 64)] {
                try await live.expectRefusal(403, "\(key)", type: "text/html") {
                    try await desk.send("/risks", Self.draft.merging(["key": key]) { _, bad in bad })
                }
            }
            #expect(try raised(live).isEmpty)
        }
    }
}
