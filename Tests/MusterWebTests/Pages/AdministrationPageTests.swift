import Roster
import Testing

@testable import MusterWeb

@Suite struct AdministrationPageTests {
    private static let now = SampleSystem.now

    private func page(_ tokens: [TokenRecord], _ parts: [AdministrationPage.List: Int] = [:]) -> String {
        let events = (1...45).map {
            AccessEntry(
                number: $0, at: Self.now, who: "test", what: "created", subject: "event-\($0).", why: "")
        }
        return AdministrationPage(
            tokens: tokens, access: events, audit: [], now: Self.now, part: { parts[$0] ?? 1 }
        ).page.content.source
    }

    private func token(_ label: String, expires: Int = 60, revoked: Bool = false) -> TokenRecord {
        TokenRecord(
            id: label, label: "\(label).", role: .organisationViewer, organisations: ["NS1"],
            created: Self.now - ElapsedMinutes(60), expires: Self.now + ElapsedMinutes(expires),
            revoked: revoked ? Self.now : nil)
    }

    /// However many there ever were, whoever lets somebody in is on a few screens.
    @Test func validTokensComeFirstAndEachListInParts() {
        let tokens =
            (1...30).map { token("old-\($0)", expires: 0) }
            + (1...30).map { token("lost-\($0)", revoked: true) }
            + (1...45).map { token("desk-\($0)") }
        func labels(_ page: String, _ kind: String) -> [Int] {
            (1...60).filter { page.contains(">\(kind)-\($0).<") }
        }
        let first = page(tokens)
        #expect(labels(first, "desk") == Array(1...20) && labels(first, "event") == Array(1...20))
        #expect(labels(first, "old") == Array(1...20) && labels(first, "lost").isEmpty)
        let (valid, ended) = (first.firstRange(of: ">desk-1.<"), first.firstRange(of: ">old-1.<"))
        #expect(valid.flatMap { valid in ended.map { valid.lowerBound < $0.lowerBound } } == true)
        for list in ["tokens", "ended", "events"] {
            #expect(first.contains("<h2 id=\"\(list)\">"), "\(list)")
            #expect(first.contains("<a href=\"/administration?\(list)=2#\(list)\">Next</a>"), "\(list)")
        }
        #expect(first.contains("<a href=\"#ended\">60 revoked or expired</a>"))
        #expect(first.contains("Nothing has happened yet.") && !first.contains("?audit=2"))

        let second = page(tokens, [.tokens: 3, .ended: 2, .events: 3])
        #expect(labels(second, "desk") == Array(41...45) && labels(second, "event") == Array(41...45))
        #expect(labels(second, "old") == Array(21...30) && labels(second, "lost") == Array(1...10))
        #expect(second.contains("Expired") && second.contains("Revoked") && second.contains("60 in all"))
    }

    @Test func anAdministratorReadsThePartThatIsAskedFor() async throws {
        try await LiveServer.with { live in
            let headers = try live.bearer(.administrator)
            for number in 1...25 {
                _ = try live.access.createToken(
                    label: "Desk \(number).", role: .everybody, organisations: [],
                    expires: live.clock.now + ElapsedMinutes(60 + number), by: "test", at: live.clock.now)
            }
            let parts = [
                try await live.get("/administration", headers).text,
                try await live.get("/administration?tokens=2", headers).text,
            ]
            for number in 1...25 {
                #expect(parts.count { $0.contains(">Desk \(number).<") } == 1, "Desk \(number)")
            }
        }
    }
}
