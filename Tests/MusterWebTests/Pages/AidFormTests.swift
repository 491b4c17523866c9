import Roster
import SystemPool
import Testing

@testable import MusterWeb

/// Asking for help for which no gap was sent.
@Suite struct AidFormTests {
    private static let good = [
        "unit": "NS1/U-NS1", "staff_group": "registered", "grades": "B5, B6", "skills": "",
        "start": "2026-01-14T20:00", "end": "2026-01-15T08:00", "heads": "2",
    ]

    @Test func aPersonAsksForSeveralHeadsWhereNoGapWasSent() async throws {
        try await LiveServer.with { live in
            try await live.fill()
            let desk = try await Browser(live, .organisationManager, ["NS1"])
            let page = try await desk.read("/aid")
            #expect(page.contains("Ask for help where no gap was sent"))
            #expect(page.contains("value=\"NS1/U-NS1\"") && !page.contains("value=\"NS2/U-NS2\""))
            let answer = try await desk.send("/aid/ask", Self.good)
            #expect(answer.status == 303, "\(answer.text)")
            let calls = try live.records.aid()
            #expect(calls.count == 2 && answer.header("Location") == "/aid#a-\(calls[0].id)")
            for call in calls {
                #expect(call.asking == "NS1" && call.need.vacancy == nil && call.need.site == "S-NS1")
                #expect(call.need.grades == ["B5", "B6"] && call.need.skills.isEmpty)
                #expect(call.need.start == Instant("2026-01-14T20:00Z") && call.minutes == 720)
            }
            #expect(try live.records.systemAudit(limit: 2).map(\.action) == [.request, .request])
            // It closes no gap, and can be answered like any other call.
            let lender = try await Browser(live, .organisationManager, ["NS2"])
            let offered = try await lender.send("/aid/\(calls[0].id)/offer", ["offer": "NS2/O-NS2"])
            #expect(offered.status == 409, "they have no induction there: \(offered.text)")
        }
    }

    @Test func everyFaultIsSaidAndWhatWasTypedIsKept() async throws {
        try await LiveServer.with { live in
            try await live.fill()
            let desk = try await Browser(live, .organisationManager, ["NS1"])
            let bad = [
                "unit": "NS2/U-NS2", "staff_group": "nurses", "grades": "<b>B5</b>", "skills": "iv's",
                "start": "2026-01-14T20:00", "end": "2026-01-14T06:00", "heads": "21",
            ]
            let answer = try await desk.send("/aid/ask", bad)
            #expect(answer.status == 400)
            for fault in [
                "Unit: choose one of your own.", "Staff group: choose one.", "Grades: each is 1 to 64",
                "Skills: each is 1 to 64", "Until: a time after From.", "Until: a time that is not over.",
                "How many: 1 to 20.",
            ] {
                #expect(answer.text.components(separatedBy: "<li>\(fault)").count == 2, "\(fault)")
            }
            #expect(answer.text.contains("&lt;b&gt;B5&lt;/b&gt;") && !answer.text.contains("<b>B5"))
            let times = try await desk.send(
                "/aid/ask", Self.good.merging(["start": "tonight", "end": "9999-01-01T00:00"]) { $1 })
            #expect(
                times.text.contains("<li>From: a time such as")
                    && times.text.contains("<li>Until: a time such as"))
            let long = try await desk.send("/aid/ask", Self.good.merging(["end": "2072-01-14T06:00"]) { $1 })
            #expect(long.status == 400 && long.text.contains("<li>Until: at most 24 hours after From."))
            let anybody = try await desk.send("/aid/ask", Self.good.merging(["grades": " , "]) { $1 })
            #expect(anybody.status == 400 && anybody.text.contains("at least one."))
            #expect(try live.records.aid().isEmpty)
            let viewer = try await Browser(live, .organisationViewer, ["NS1"])
            #expect(!(try await viewer.read("/aid").contains("where no gap was sent")))
            let strange = try await Browser(live, .organisationManager, ["NS2"])
            #expect(try await strange.send("/aid/ask", Self.good).status == 400)
            #expect(try live.records.aid().isEmpty)
        }
    }

    @Test func aReasonThatNamesSomebodyIsRefusedWithTheOtherFaults() async throws {
        try await LiveServer.with { live in
            try await live.fill()
            let desk = try await Browser(live, .organisationManager, ["NS1"])
            let fields = Self.good.merging(["heads": "0"]) { $1 }
            let answer = try await desk.send("/aid/ask", fields, reason: "Mrs Smith is away")
            #expect(answer.status == 400 && answer.text.contains("<li>How many: 1 to 20."))
            #expect(answer.text.contains("<li>The reason seems to name a person"))
        }
    }
}
