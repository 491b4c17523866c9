import Foundation
import MusterStore
import SystemPool
import Testing

@Suite("muster pool, escalation, risks and call")
struct SystemTests {
    private static let folder = Rosters.path("north-star-ics")

    @Test(
        "The pool's suggestions for a folder are one JSON object, proven best, and exit by the open hard gaps"
    )
    func pool() async throws {
        let result = try await Program.run("pool", Self.folder, "--json")
        #expect(result.code == 3)
        #expect(result.messages.isEmpty)
        let record = try result.json()
        #expect(record["is_proven"] as? Bool == true)
        #expect((record["suggestions"] as? [[String: Any]])?.isEmpty == false)
        let outcome = try #require(record["outcome"] as? [String: Any])
        let greedy = try #require(record["greedy_outcome"] as? [String: Any])
        let risk = try #require(outcome["risk_hours"] as? Double)
        #expect(try #require(greedy["risk_hours"] as? Double) >= risk)
        #expect(outcome["hard_hours"] as? Double == 0)
        let text = try await Program.run("pool", Self.folder)
        #expect(text.code == 3)
        #expect(text.output.contains("Moves, best first\n1. "))
        #expect(!text.output.contains("\u{1B}"))
    }

    @Test("Levels, their figures and actions, and OPEL as it was entered")
    func escalation() async throws {
        let result = try await Program.run("escalation", Self.folder, "--json")
        #expect(result.code == 0)
        let entries = try #require(try result.json()["organisations"] as? [[String: Any]])
        let harbour = try #require(entries.first { $0["organisation"] as? String == "NS2" })
        #expect(harbour["level"] as? Int == 3)
        #expect((harbour["opel"] as? [String: Any])?["level"] as? Int == 4)
        #expect((harbour["evidence"] as? [Any])?.count == 3)
        #expect((harbour["actions"] as? [Any])?.count == 3)
        // Red flags were never sent: whether a level is reached is not known.
        let ambulance = try #require(entries.first { $0["organisation"] as? String == "NS5" })
        #expect(ambulance["opel"] is [String: Any])
    }

    @Test(
        "Of a gap that has begun what is left of it counts, and a call says that it has begun"
    )
    func begun() async throws {
        let at = ["--at", "2027-01-12T09:00Z"]
        let record = try await Program.run(["pool", Self.folder, "--json"] + at).json()
        let open = try #require(record["open_vacancies"] as? [[String: Any]])
        let begun = open.filter { ($0["vacancy"] as? String)?.hasSuffix("-ld-12") ?? false }
        #expect(!begun.isEmpty)
        // Until 20:00, and not what has passed.
        #expect(begun.allSatisfy { ($0["minutes_missing"] as? Int ?? 1) <= 3 * 660 })
        let moves = try #require(record["suggestions"] as? [[String: Any]]).flatMap {
            $0["moves"] as? [[String: Any]] ?? []
        }
        for move in moves where (move["vacancy"] as? String)?.hasSuffix("-ld-12") ?? false {
            #expect(try #require(move["start"] as? String) >= "2027-01-12T09:00")
        }
        let call = try await Program.run(["call", Self.folder] + at).output
        #expect(call.contains("has begun: telephone as well"))
    }

    @Test("OPEL is shown with its time and its owner wherever it is shown")
    func opel() async throws {
        let entered = "entered Tue 12 Jan 05:15 by the director on call"
        for command in ["escalation", "call"] {
            let text = try await Program.run(command, Self.folder, "--at", "2027-01-12T07:30Z").output
            #expect(text.contains("OPEL 4") && text.contains(entered), "\(command)")
        }
    }

    @Test("Old figures are not scored: a level is then not known, and that nothing is reached is not said")
    func stale() async throws {
        let text = try await Program.run("escalation", Self.folder, "--at", "2027-01-20T06:00Z")
        #expect(text.output.contains("Staffing level not known"))
        #expect(!text.output.contains("No staffing level reached"))
        let pool = try await Program.run("pool", Self.folder, "--at", "2027-01-20T06:00Z", "--json")
        let record = try pool.json()
        #expect((record["suggestions"] as? [Any])?.isEmpty == true)
        #expect(pool.code == 2)
        // Nothing is proven where nothing is known, and nothing is said to be closed.
        #expect(record["is_proven"] as? Bool == false && (record["levels"] as? [Any])?.isEmpty == true)
        #expect(record["outcome"] == nil && record["greedy_outcome"] == nil)
        let said = try await Program.run("pool", Self.folder, "--at", "2027-01-20T06:00Z").output
        #expect(!said.contains("proven best") && !said.contains("no lawful move"))
    }

    @Test("Where all data are too old, no command says that there is nothing: nothing was judged")
    func nothingJudged() async throws {
        for (command, lists) in [("call", 4), ("risks", 2), ("pool", 4)] {
            let text = try await Program.run(command, Self.folder, "--at", "2027-01-12T20:00Z").output
            let said = text.components(
                separatedBy: "Nothing was judged: of all 5 organisations the data are too old.")
            #expect(said.count == lists + 1, "\(command): \(text)")
            for none in [
                "No gap is known of", "No risk is open", "open: none", "no lawful move", "most: nothing",
            ] {
                #expect(!text.contains(none), "\(command): \(none)")
            }
        }
    }

    @Test("Beside what is judged stands of whom nothing is")
    func somebodyNotJudged() async throws {
        let scratch = try Scratch()
        defer { scratch.remove() }
        let folder = scratch.path("system")
        try FileManager.default.copyItem(atPath: Self.folder, toPath: folder)
        let whole = try await Program.run("risks", folder).output
        #expect(!whole.contains("Nothing was judged"))
        try FileManager.default.removeItem(atPath: folder + "/pushes/NS5.json")
        let lists = try await Program.run("risks", folder).output.components(
            separatedBy: "Nothing was judged of Star Ambulance Service: the data are missing.")
        #expect(lists.count == 3 && lists[0].contains("of 25") && lists[1].contains("Harbour General"))
    }

    @Test("Risks raise themselves from hard gaps, with their score and who is accountable")
    func risks() async throws {
        let result = try await Program.run("risks", Self.folder, "--json")
        #expect(result.code == 0)
        let rows = try #require(try result.json()["risks"] as? [[String: Any]])
        #expect(rows.compactMap { $0["score"] as? Int } == [16, 12])
        #expect(rows.allSatisfy { $0["organisation"] as? String == "NS2" && $0["indemnity"] is String })
        let text = try await Program.run("risks", Self.folder)
        #expect(text.output.contains("Harbour General, Tue 12 Jan"))
    }

    @Test(
        "A situation pack holds nothing about a person, as text and as a page without anything from elsewhere"
    )
    func call() async throws {
        let scratch = try Scratch()
        defer { scratch.remove() }
        let result = try await Program.run(
            "call", Self.folder, "--organisation", "NS2", "--role", "director-on-call", "--reason",
            "Two hard gaps tonight", "--output", scratch.path("call"))
        #expect(result.code == 0)
        #expect(try scratch.files(in: "call") == ["situation.html", "situation.txt"])
        let page = try String(contentsOfFile: scratch.path("call/situation.html"), encoding: .utf8)
        for text in [result.output, page] {
            #expect(text.contains("Two hard gaps tonight") && text.contains("Harbour General Hospital"))
            #expect(text.firstMatch(of: /p-[0-9a-f]{8}/) == nil)
        }
        #expect(page.firstMatch(of: /(?i)<script|<link|<img|https?:/) == nil)
        let json = try await Program.run("call", Self.folder, "--json")
        #expect((try json.json()["headline"] as? String)?.isEmpty == false)
    }

    @Test(
        "A call is refused for a stranger, and for a reason that names somebody",
        arguments: [["--organisation", "XX9"], ["--reason", "ask Dr Jones"], ["--role", "nobody"]])
    func refused(arguments: [String]) async throws {
        let result = try await Program.run(["call", Self.folder] + arguments)
        #expect(result.code == 64)
        #expect(result.output.isEmpty)
    }

    @Test(
        "A bad push of one organisation is told and harms nobody else's data; a bad system.yaml is bad data")
    func badPush() async throws {
        let scratch = try Scratch()
        defer { scratch.remove() }
        let copy = scratch.path("system")
        try FileManager.default.copyItem(atPath: Self.folder, toPath: copy)
        try Data("{\"schema\":1}".utf8).write(to: URL(filePath: copy).appending(path: "pushes/NS2.json"))
        let result = try await Program.run("pool", copy, "--json")
        #expect(result.code == 2)
        #expect(result.messages.contains("pushes/NS2.json"))
        let record = try result.json()
        #expect((record["rejections"] as? [Any])?.isEmpty == false)
        #expect(record["left_out"] as? [String] == ["NS2"])
        try Data("muster: 1\n".utf8).write(to: URL(filePath: copy).appending(path: "system.yaml"))
        let bad = try await Program.run("pool", copy, "--json")
        #expect(bad.code == 65)
        #expect(Set(try bad.json().keys) == ["error", "faults"])
    }

    @Test("What is no system is an error", arguments: ["pool", "escalation", "risks", "call"])
    func noSystem(command: String) async throws {
        let scratch = try Scratch()
        defer { scratch.remove() }
        #expect(try await Program.run(command, scratch.path("none.sqlite")).code == 74)
        try Data("hello".utf8).write(to: URL(filePath: scratch.path("text.sqlite")))
        #expect(try await Program.run(command, scratch.path("text.sqlite"), "--json").code == 65)
    }
}

@Suite("muster push")
struct PushTests {
    private static let push = Rosters.path("north-star-ics") + "/pushes/NS2.json"
    private static let lending = "organisation: NS1\ndata-sharing: DSA-1\n"

    @Test("A push that cannot be sent is kept, waits, and is not kept twice")
    func offline() async throws {
        let scratch = try Scratch()
        defer { scratch.remove() }
        let store = scratch.path("trust.sqlite")
        _ = try scratch.write(Self.lending, to: "lending.yaml")
        let arguments = ["push", Self.push, "--store", store, "--to", "http://127.0.0.1:9", "--json"]
        for attempt in 1...2 {
            let result = try await Program.run(arguments, environment: ["MUSTER_PUSH_TOKEN": "none"])
            #expect(result.code == 74)
            let waiting = try #require(try result.json()["waiting"] as? [[String: Any]])
            #expect(waiting.count == 1)
            #expect(waiting.first?["attempts"] as? Int == attempt)
            #expect(waiting.first?["state"] as? String == "waiting")
            #expect(waiting.first?["data_sharing"] as? String == "DSA-1")
        }
    }

    @Test(
        "Nothing is sent without a data sharing agreement, neither what is made nor what waits, and it is said where it goes"
    )
    func noDataSharing() async throws {
        let scratch = try Scratch()
        defer { scratch.remove() }
        let store = scratch.path("trust.sqlite")
        _ = try scratch.write("organisation: NS1\nagreement: sharing\n", to: "lending.yaml")
        for arguments in [[Self.push], ["--waiting"], ["--as-of", "2025-11-21T06:30Z"]] {
            let result = try await Program.run(
                ["push", "--store", store, "--to", "http://127.0.0.1:9"] + arguments,
                environment: ["MUSTER_PUSH_TOKEN": "none"])
            #expect(result.code == 65, "\(arguments)")
            #expect(result.messages.contains("lending.yaml names no data sharing agreement"), "\(arguments)")
            #expect(result.messages.contains("data-sharing: DSA-2026-014"), "\(arguments)")
            #expect(!FileManager.default.fileExists(atPath: store))
        }
        // What would be sent may be looked at.
        #expect(try await Program.run("push", Self.push, "--store", store, "--dry-run").code == 0)
    }

    @Test("--dry-run prints the push in its canonical form and makes no store")
    func dryRun() async throws {
        let scratch = try Scratch()
        defer { scratch.remove() }
        let store = scratch.path("trust.sqlite")
        let result = try await Program.run("push", Self.push, "--store", store, "--dry-run")
        #expect(result.code == 0)
        #expect(try result.json()["organisation"] as? String == "NS2")
        #expect(!FileManager.default.fileExists(atPath: store))
    }

    @Test("Exports that stopped a week ago make no push, and it is said why")
    func oldData() async throws {
        let scratch = try Scratch()
        defer { scratch.remove() }
        let store = scratch.path("trust.sqlite")
        _ = try scratch.write(Self.lending, to: "lending.yaml")
        #expect(try await Program.run("import", Rosters.path("demo-trust"), "--store", store).code == 0)
        func push(_ day: String) async throws -> Program.Result {
            try await Program.run("push", "--store", store, "--dry-run", "--as-of", "\(day)T06:30Z")
        }
        let fresh = try await push("2025-11-21")
        #expect(fresh.code == 0 && fresh.output.contains("\"vacancies\""))
        let old = try await push("2025-11-28")
        #expect(old.code == 65 && old.output.isEmpty)
        #expect(old.messages.contains("The extract of duties is 7 days old"), "\(old.messages)")
    }

    @Test("Figures from elsewhere go with the push, with their time and owner, beside those of the store")
    func metrics() async throws {
        let scratch = try Scratch()
        defer { scratch.remove() }
        let store = scratch.path("trust.sqlite")
        _ = try scratch.write(Self.lending, to: "lending.yaml")
        #expect(try await Program.run("import", Rosters.path("demo-trust"), "--store", store).code == 0)
        func push(_ rows: String, _ more: String...) async throws -> Program.Result {
            let file = try scratch.write(
                "organisation,name,value,measured_at,framework,by\n" + rows, to: "metrics.csv")
            return try await Program.run(
                ["push", "--store", store, "--metrics", file, "--as-of", "2025-11-21T06:30Z"] + more)
        }
        let made = try await push(
            """
            NS1,virtual-ward-beds,40,2025-11-21T06:00,,
            NS1,opel,3,2025-11-21T05:30,2024-26,site-manager
            """, "--dry-run")
        #expect(made.code == 0, "\(made.messages)")
        let read = try OrganisationPush.read(Data(made.output.utf8))
        #expect(read.metrics.first { $0.name == .virtualWardBeds }?.value == 40)
        #expect(read.metrics.contains { $0.name == .redFlags })
        #expect(read.opel?.level == 3 && read.opel?.by == .siteManager)
        // Nothing is kept, so that nothing of it is sent later.
        let bad = try await push(
            "NS1,red-flags,0,2025-11-21T06:00,,\nNS2,reap-level,7,2025-11-21T06:00,,\n", "--to",
            "http://127.0.0.1:9")
        #expect(bad.code == 65 && bad.output.isEmpty)
        for fault in ["metrics.csv:2: column 2", "metrics.csv:3: column 1", "metrics.csv:3: column 3"] {
            #expect(bad.messages.contains(fault), "\(bad.messages)")
        }
        #expect(try MusterStore(path: store, creating: false).waitingPushes().isEmpty)
        let other = try await Program.run(["push", Self.push, "--store", store, "--metrics", "none.csv"])
        #expect(other.code == 64 && other.messages.contains("--metrics goes with a push made from the store"))
    }

    @Test("Faults of lending.yaml, of the figures and of the settings come in one run, and nothing is kept")
    func faultsTogether() async throws {
        let scratch = try Scratch()
        defer { scratch.remove() }
        let store = scratch.path("trust.sqlite")
        _ = try MusterStore(path: store, creating: true)
        _ = try scratch.write("organisation: NS1\nagreements: one\n", to: "lending.yaml")
        _ = try scratch.write("server: ftp://system.example\n", to: "push.yaml")
        let file = try scratch.write(
            "organisation,name,value,measured_at\nNS1,red-flags,0,2025-11-21T06:00\n", to: "metrics.csv")
        let arguments = ["push", "--store", store, "--metrics", file, "--as-of", "2025-11-21T06:30Z"]
        let result = try await Program.run(arguments + ["--json"])
        #expect(result.code == 65)
        let faults = try #require(try result.json()["faults"] as? [[String: Any]])
        #expect(
            faults.compactMap { $0["file"] as? String } == ["lending.yaml", "metrics.csv", "push.yaml"],
            "\(result.output)")
        #expect(try MusterStore(path: store, creating: false).queuedPushes().isEmpty)
        // Where nothing is sent, it does not matter where to.
        let dry = try await Program.run(arguments + ["--dry-run", "--json"])
        #expect(try (dry.json()["faults"] as? [Any])?.count == 2, "\(dry.output)")
    }

    @Test("What waits is sent even if no new push can be made, and why none can is said")
    func waitsBesideOldData() async throws {
        let scratch = try Scratch()
        defer { scratch.remove() }
        let store = scratch.path("trust.sqlite")
        _ = try scratch.write("organisation: NS2\ndata-sharing: DSA-1\n", to: "lending.yaml")
        #expect(try await Program.run("import", Rosters.path("demo-trust"), "--store", store).code == 0)
        let link = ["--store", store, "--to", "http://127.0.0.1:9", "--json"]
        let environment = ["MUSTER_PUSH_TOKEN": "none"]
        func push(_ arguments: String...) async throws -> Program.Result {
            try await Program.run(["push"] + arguments + link, environment: environment)
        }
        // Nothing waits yet, and nothing was pulled.
        let alone = try await push("--as-of", "2025-11-28T06:30Z")
        #expect(try alone.code == 65 && alone.json()["sent"] == nil)
        #expect(try await push(Self.push).code == 74)
        let both = try await push("--as-of", "2025-11-28T06:30Z")
        #expect(both.code == 65)
        let answer = try both.json()
        let fault = answer["fault"] as? String
        #expect(fault?.contains("The extract of duties is 7 days old") == true, "\(both.output)")
        let waiting = try #require(answer["waiting"] as? [[String: Any]])
        #expect(waiting.count == 1 && waiting.first?["attempts"] as? Int == 2)
    }

    @Test("A bad push, a bad address and a missing token are said before anything is sent")
    func bad() async throws {
        let scratch = try Scratch()
        defer { scratch.remove() }
        let store = scratch.path("trust.sqlite")
        let file = scratch.path("bad.json")
        try Data("{\"schema\":1}".utf8).write(to: URL(filePath: file))
        let faults = try await Program.run("push", file, "--store", store, "--to", "http://localhost:9")
        #expect(faults.code == 65)
        #expect(!FileManager.default.fileExists(atPath: store))
        _ = try scratch.write(Self.lending, to: "lending.yaml")
        for address in ["http://system.example", "ftp://localhost"] {
            let result = try await Program.run(
                ["push", Self.push, "--store", store, "--to", address],
                environment: ["MUSTER_PUSH_TOKEN": "x"])
            #expect(result.code == 65)
            #expect(result.messages.contains("https"))
        }
        #expect(
            try await Program.run("push", Self.push, "--store", store, "--to", "http://localhost:9").code
                == 65)
        #expect(try await Program.run("push", "--waiting", "--dry-run", "--store", store).code == 64)
    }
}
