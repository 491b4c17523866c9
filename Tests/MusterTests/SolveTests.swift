import Foundation
import Testing

@Suite("muster solve")
struct SolveTests {
    static let files = ["gaps.csv", "rota.csv", "rota.html", "rota.xlsx", "run.json"]

    @Test(
        "Nothing short is 0, a soft gap 2, a hard one 3; all files are written",
        arguments: [
            (1, false, 0), (3, false, 2), (4, false, 2), (4, true, 3),
        ])
    func codes(nurses: Int, hard: Bool, code: Int32) async throws {
        // Three nurses of 12 hours each in a week cannot all work on both days, and never are four.
        let scratch = try Scratch()
        defer { scratch.remove() }
        let folder = try InventedRoster(nurses: nurses, hard: hard).write(to: scratch)
        let result = try await Program.run("solve", folder, "--iterations", "1")
        #expect(result.code == code, "\(result.messages)")
        #expect(result.output.hasPrefix("Oak ward (invented): Mon 9 Nov to Tue 10 Nov 2026, 3 people"))
        #expect(result.output.contains("\(folder)/out/rota.html"))
        #expect(result.messages.contains("brought by"))
        let written = try scratch.files(in: "ward/out")
        #expect(written.filter { !$0.hasPrefix("calendars") } == Self.files)
    }

    @Test("Hard cover comes first and is said in words")
    func words() async throws {
        let scratch = try Scratch()
        defer { scratch.remove() }
        let covered = try InventedRoster(nurses: 1, hard: true).write(to: scratch, as: "covered")
        let open = try InventedRoster(nurses: 4, hard: true).write(to: scratch, as: "open")
        let good = try await Program.run("solve", covered, "--iterations", "1", "--quiet")
        #expect(good.output.contains("ok  Nurses by day: covered 08:00 to 20:00 every day, 84 h a week"))
        #expect(good.messages.isEmpty)
        let bad = try await Program.run("solve", open, "--iterations", "1", "--quiet")
        #expect(bad.output.contains("OPEN  Nurses by day: "))
        #expect(bad.output.contains("nurses@2026-11-09T08:00: Mon 9 Nov 08:00 to 20:00"))
    }

    @Test("--json prints what run.json holds, as one object")
    func json() async throws {
        let scratch = try Scratch()
        defer { scratch.remove() }
        let folder = try InventedRoster().write(to: scratch)
        let result = try await Program.run(
            "solve", folder, "--iterations", "1", "--output", scratch.path("elsewhere"), "--json")
        let object = try result.json()
        let data = try Data(contentsOf: scratch.url.appending(path: "elsewhere/run.json"))
        let file = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
        #expect(Set(file.keys).subtracting(object.keys).isEmpty)
        #expect(object["status"] as? String == file["status"] as? String)
        #expect(object["output"] as? String == scratch.path("elsewhere"))
        #expect(!scratch.has("ward/out"))
    }

    @Test("The same seed and iterations give the same rota with one thread and with two")
    func reproducible() async throws {
        let scratch = try Scratch()
        defer { scratch.remove() }
        let folder = scratch.path("sample")
        #expect(try await Program.run("new", folder, "--people", "8", "--days", "7").code == 0)
        for threads in ["1", "2"] {
            let result = try await Program.run(
                "solve", folder, "--iterations", "1", "--seconds", "20", "--seed", "7", "--threads", threads,
                "--output", scratch.path(threads))
            #expect(result.code == 2, "\(result.messages)")
        }
        #expect(try scratch.text("1/rota.csv") == scratch.text("2/rota.csv"))
    }

    @Test("A folder with a mistake is 65 with its message, and nothing is written", arguments: Rosters.bad)
    func badData(name: String) async throws {
        let scratch = try Scratch()
        defer { scratch.remove() }
        let folder = Rosters.path("bad-data/\(name)")
        let expected = try String(contentsOf: URL(filePath: "\(folder)/expected.txt"), encoding: .utf8)
        let result = try await Program.run(
            "solve", folder, "--output", scratch.path("out"), "--store", scratch.path("store.sqlite"))
        #expect(result.code == 65)
        #expect(result.output.isEmpty)
        let lines = expected.split(separator: "\n")
        #expect(result.messages.hasPrefix(lines.joined(separator: "\n") + "\nError: \(lines.count) fault"))
        #expect(try scratch.files(in: "").isEmpty)
        #expect(!FileManager.default.fileExists(atPath: "\(folder)/out"))
    }

    @Test("A pinned duty that breaks the law is a fault of the input")
    func unlawfulPin() async throws {
        let scratch = try Scratch()
        defer { scratch.remove() }
        let folder = try InventedRoster().write(to: scratch)
        _ = try scratch.write(
            """
            person,date,shift,role,state
            n-2,2026-11-09,N,nurse,pinned
            n-2,2026-11-10,D,nurse,pinned

            """, to: "ward/duties.csv")
        let result = try await Program.run("solve", folder, "--iterations", "1", "--json")
        #expect(result.code == 65)
        let faults = try #require(try result.json()["faults"] as? [[String: Any]])
        #expect(faults.contains { ($0["message"] as? String)?.contains("WTR-DAILY") == true })
        #expect(faults.allSatisfy { $0["line"] as? Int == 2 }, "the row is named")
        #expect(!scratch.has("ward/out"))
    }

    @Test("A pinned duty that breaks a rule that more duties keep is none")
    func mendedPin() async throws {
        let scratch = try Scratch()
        defer { scratch.remove() }
        let folder = try InventedRoster(days: 4).write(to: scratch)
        _ = try scratch.write(
            """
            pack: ward
            title: "Invented ward"
            version: "1"
            rules:
              - id: RUN
                title: "Two days in a row at least."
                source: "Agreed for the test"
                effective: 2026-01-01
                class: policy
                reach: line
                kind: run-minimum
                set: { worked: 2 }

            """, to: "ward/ward.yaml")
        let roster = scratch.url.appending(path: "ward/roster.yaml")
        try String(contentsOf: roster, encoding: .utf8)
            .replacing("rules: [working-time]", with: "rules: [working-time, ward]")
            .appending("rules: [{ file: ward.yaml }]\n")
            .write(to: roster, atomically: true, encoding: .utf8)
        _ = try scratch.write(
            "person,date,shift,role,state\nn-2,2026-11-10,D,nurse,pinned\n", to: "ward/duties.csv")
        let result = try await Program.run("solve", folder, "--iterations", "3", "--json")
        #expect([0, 2].contains(result.code), "\(result.messages)")
        let rota = try String(contentsOf: scratch.url.appending(path: "ward/out/rota.csv"), encoding: .utf8)
        #expect(
            rota.contains("n-2,2026-11-10")
                && (rota.contains("n-2,2026-11-09") || rota.contains("n-2,2026-11-11")))
    }

    @Test("Where nothing can be written is 74, before the search")
    func output() async throws {
        let scratch = try Scratch()
        defer { scratch.remove() }
        let folder = try InventedRoster().write(to: scratch)
        let file = try scratch.write("a file", to: "file")
        for option in ["--output", "--store"] {
            let result = try await Program.run("solve", folder, option, "\(file)/below", "--json")
            #expect(result.code == 74)
            let message = try #require(try result.json()["error"] as? String)
            #expect(message.contains("\(file)/below"))
            #expect(result.messages.isEmpty)
        }
    }

    @Test("Standard output that takes nothing is 74")
    func fullOutput() async throws {
        let scratch = try Scratch()
        defer { scratch.remove() }
        let folder = try InventedRoster().write(to: scratch)
        let code = try await Program.code(
            ["solve", folder, "--iterations", "1", "--quiet"], writingTo: "/dev/full")
        #expect(code == 74)
    }

    @Test("An interrupt keeps the best rota, and the run exits by its result", arguments: [SIGINT, SIGTERM])
    func interrupt(signal: Int32) async throws {
        let scratch = try Scratch()
        defer { scratch.remove() }
        let folder = scratch.path("sample")
        #expect(try await Program.run("new", folder, "--people", "30", "--days", "28").code == 0)
        let result = try await Program.run(["solve", folder, "--seconds", "120"]) { message, process in
            if message.contains("brought by") { kill(process, signal) }
        }
        #expect([0, 2, 3].contains(result.code), "\(result.messages)")
        #expect(result.messages.contains("Stopping. The best rota so far is kept"))
        let check = try await Program.run("check", folder, "--rota", scratch.path("sample/out/rota.csv"))
        #expect(check.code == result.code)
    }

    @Test("A store keeps each rota as a draft")
    func store() async throws {
        let scratch = try Scratch()
        defer { scratch.remove() }
        let folder = try InventedRoster().write(to: scratch)
        let arguments = ["solve", folder, "--iterations", "1", "--store", scratch.path("store"), "--json"]
        for number in 1...2 {
            #expect(try await Program.run(arguments).json()["rota"] as? Int == number)
        }
    }

    @Test(
        "Numbers out of range are bad usage",
        arguments: [
            ["--seconds", "0"], ["--iterations", "0"], ["--threads", "0"], ["--seed", "x"], ["--tea"],
        ])
    func usage(options: [String]) async throws {
        let result = try await Program.run(["solve", "folder"] + options)
        #expect(result.code == 64)
        #expect(result.output.isEmpty)
        #expect(result.messages.contains("Usage: muster solve"))
    }
}
