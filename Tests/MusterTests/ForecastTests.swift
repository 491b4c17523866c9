import Foundation
import Testing

@Suite("muster forecast, review and solve --scenario")
struct ForecastTests {
    private func copy(to scratch: Scratch) throws -> String {
        let folder = scratch.url.appending(path: "urgent-care")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        for name in [
            "roster.yaml", "people.csv", "skills.csv", "activity.csv", "events.csv", "forecast.yaml",
            "surge.yaml",
        ] {
            try FileManager.default.copyItem(
                atPath: Rosters.path("urgent-care/\(name)"), toPath: folder.appending(path: name).path)
        }
        return folder.path
    }

    @Test("The demand.csv that the example holds is the one that its counts give")
    func example() async throws {
        let scratch = try Scratch()
        defer { scratch.remove() }
        let folder = try copy(to: scratch)
        let result = try await Program.run("forecast", folder)
        #expect(result.code == 0, "\(result.messages)")
        #expect(result.messages.isEmpty)
        // Numbers may differ in the last place from machine to machine; what they are about may not.
        let kept = try String(contentsOfFile: Rosters.path("urgent-care/demand.csv"), encoding: .utf8)
        let made = try scratch.text("urgent-care/demand.csv")
        let head: (String) -> [Substring] = { text in
            text.split(separator: "\r\n").map {
                $0.split(separator: ",", omittingEmptySubsequences: false).prefix(6).last ?? ""
            }
        }
        #expect(head(made) == head(kept))
        #expect(result.output.contains("WIC minor: counts are daily"))
        #expect(result.output.contains("14 days of its own: shape borrowed from UTC minor"))
        #expect(result.output.contains("of 40 open beds in use, against 80 %"))
        #expect(result.output.contains("wait longer than 20 min"))
    }

    @Test(
        "Teams with opening hours: what comes by night is carried over, and frailty counts stand beside the hard window"
    )
    func openingHours() async throws {
        let scratch = try Scratch()
        defer { scratch.remove() }
        let folder = scratch.url.appending(path: "urgent-response")
        try FileManager.default.copyItem(atPath: Rosters.path("urgent-response"), toPath: folder.path)
        let result = try await Program.run("forecast", folder.path)
        #expect(result.code == 0, "\(result.messages)")
        #expect(result.output.contains("what comes while it asks for nobody is done in its first 3 hours"))
        #expect(result.output.contains("SDEC over-65 acuity cfs-6-9 × 60 min"))
        #expect(!result.output.contains("of its work comes at hours in which it asks for nobody"))
        let file = folder.appending(path: "forecast.yaml").path
        let text = try String(contentsOfFile: file, encoding: .utf8)
        try text.replacing("    catch-up-hours: 3\n", with: "").write(
            toFile: file, atomically: true, encoding: .utf8)
        let dropped = try await Program.run("forecast", folder.path)
        #expect(dropped.output.contains("% of its work comes at hours in which it asks for nobody"))
    }

    @Test("--json prints one object with every series, its days and hours, and the reckoning")
    func json() async throws {
        let scratch = try Scratch()
        defer { scratch.remove() }
        let object = try await Program.run("forecast", copy(to: scratch), "--json").json()
        let series = try #require(object["series"] as? [[String: Any]])
        #expect(series.count == 5)
        #expect((series[0]["days"] as? [Any])?.count == 14)
        #expect((series[0]["hours"] as? [Any])?.count == 14 * 24)
        #expect((object["staffing"] as? [Any])?.count == 5)
        #expect(object["demand_by_hand"] as? Bool == false)
    }

    @Test("--backtest judges each series at each horizon beside seasonal naive")
    func backtest() async throws {
        let scratch = try Scratch()
        defer { scratch.remove() }
        let folder = try copy(to: scratch)
        let result = try await Program.run("forecast", folder, "--backtest")
        #expect(result.code == 0)
        #expect(result.output.contains("in 80 % band"))
        #expect(
            result.output.contains(
                "  senior: (minor × 1 min + urgent × 10 min) ÷ 60 ÷ 0.7 productive, expected arrivals, in whole heads, at least 1"
            ))
        #expect(result.output.contains("28 days"))
        #expect(result.output.contains("WIC minor: too little history to be judged."))
        #expect(result.output.contains("UTC minor, the last 28 days:\n    came      "))
        #expect(result.output.contains("UTC minor: too little history to be judged 42 days ahead."))
        let page = try scratch.text("urgent-care/out/forecast.html")
        #expect(page.contains("How good earlier forecasts would have been"))
        #expect(
            page.contains(
                "<ul><li>nothing was ever counted from 22:00 to 08:00: it is taken to be shut then</li></ul>")
        )
        #expect(page.contains("counted to Sun 25 Oct, forecast from Mon 2 Nov</text>"))
    }

    @Test("A monthly series is printed month by month; bank holidays beyond the published ones are said")
    func months() async throws {
        let scratch = try Scratch()
        defer { scratch.remove() }
        let folder = try copy(to: scratch)
        let roster = try scratch.text("urgent-care/roster.yaml")
        let later = roster.replacing("from: 2026-11-02, days: 14", with: "from: 2028-11-06, days: 14")
        _ = try scratch.write(
            String(later.prefix(upTo: later.range(of: "\ncover:")?.lowerBound ?? later.endIndex))
                + "\ncover: []\n", to: "urgent-care/roster.yaml")
        _ = try scratch.write("muster: 1\n", to: "urgent-care/forecast.yaml")
        let counts = (1...10).map { "UTC,minor,2028-\($0 < 10 ? "0" : "")\($0),2400\n" }.joined()
        _ = try scratch.write("unit,stream,from,count\n" + counts, to: "urgent-care/activity.csv")
        let result = try await Program.run("forecast", folder)
        #expect(result.code == 0, "\(result.messages)")
        #expect(result.output.contains("    in 2028-11: 2"))
        #expect(result.output.contains("    in 2029-04: 2"))
        #expect(result.output.contains("Bank holidays after 2027 are those of the Act of 1971"))
    }

    @Test("A demand.csv made by hand stays as it is")
    func byHand() async throws {
        let scratch = try Scratch()
        defer { scratch.remove() }
        let folder = try copy(to: scratch)
        let hand = "day,from,to,rule,value\ndaily,08:00,22:00,nurses,3\n"
        _ = try scratch.write(hand, to: "urgent-care/demand.csv")
        let result = try await Program.run("forecast", folder)
        #expect(result.code == 0)
        #expect(result.output.contains("was made or changed by hand and stays as it is"))
        #expect(try scratch.text("urgent-care/demand.csv") == hand)
        #expect(scratch.has("urgent-care/out/demand.csv"))
    }

    @Test("Bad counts are 65, each named; nothing is written")
    func badData() async throws {
        let scratch = try Scratch()
        defer { scratch.remove() }
        let folder = try copy(to: scratch)
        let counts = try scratch.text("urgent-care/activity.csv")
        _ = try scratch.write(
            counts + "UTC,minor,2026-10-25T08:00,4\nUTC,minor,2026-10-25T09:00,-4\n",
            to: "urgent-care/activity.csv")
        let result = try await Program.run("forecast", folder)
        #expect(result.code == 65)
        #expect(result.messages.contains("was counted already in line"))
        #expect(result.messages.contains("\"-4\" is out of range"))
        #expect(!scratch.has("urgent-care/demand.csv") && !scratch.has("urgent-care/out"))
    }

    @Test("A what-if is printed beside the rota that stands")
    func whatIf() async throws {
        let scratch = try Scratch()
        defer { scratch.remove() }
        let folder = try InventedRoster(nurses: 1).write(to: scratch)
        let file = try scratch.write("muster: 1\nname: \"Two lost\"\nlost: 2\n", to: "surge.yaml")
        let result = try await Program.run(
            "solve", folder, "--iterations", "1", "--scenario", file, "--quiet", "--json")
        #expect(result.code == 0, "\(result.messages)")
        let whatIf = try #require(try result.json()["what_if"] as? [String: Any])
        #expect((whatIf["base"] as? [String: Double])?["people"] == 3)
        #expect((whatIf["changed"] as? [String: Double])?["people"] == 1)
        #expect(scratch.has("ward/out/what-if/rota.csv"))
        let text = try await Program.run("solve", folder, "--iterations", "1", "--scenario", file, "--quiet")
        #expect(text.output.contains("What if: Two lost"))
        #expect(text.output.contains("as it stands"))
    }

    @Test("A review needs counts of the period, and then says where the level was wrong")
    func review() async throws {
        let scratch = try Scratch()
        defer { scratch.remove() }
        let folder = try copy(to: scratch)
        let none = try await Program.run("review", folder)
        #expect(none.code == 64)
        #expect(none.messages.contains("there is nothing to review"))
        var counts = try scratch.text("urgent-care/activity.csv")
        for day in 2...8 { counts += "WIC,minor,2026-11-0\(day),90\n" }
        _ = try scratch.write(counts, to: "urgent-care/activity.csv")
        let result = try await Program.run("review", folder)
        #expect(result.code == 0, "\(result.messages)")
        #expect(result.output.contains("came 90 ("))
        #expect(result.output.contains(" % too few expected); 0 % of 7 days inside the 80 % band"))
    }
}
