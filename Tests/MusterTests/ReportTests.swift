import Foundation
import Testing

@Suite("muster report and outbox")
struct ReportTests {
    private static let date = "2025-11-21"

    /// The demonstration trust's exports in a store.
    private func store(_ scratch: Scratch) async throws -> String {
        let path = scratch.path("trust.sqlite")
        #expect(try await Program.run("import", Rosters.path("demo-trust"), "--store", path).code == 0)
        return path
    }

    @Test("The report goes to the screen, as text or as one JSON object, and exits by what it says")
    func screen() async throws {
        let scratch = try Scratch()
        defer { scratch.remove() }
        let store = try await store(scratch)
        let text = try await Program.run("report", "--store", store, "--date", Self.date)
        #expect(text.code == 3)
        #expect(
            text.output.hasPrefix("STAFFING LOOK FORWARD\nFriday 21 November to Monday 24 November 2025\n"))
        let json = try await Program.run(
            "report", "--store", store, "--date", Self.date, "--days", "3", "--json")
        #expect(json.code == 3)
        let record = try json.json()
        #expect(record["status"] as? String == "report")
        #expect((record["days"] as? [String])?.count == 3)
        let outbox = try await Program.run("outbox", "list", "--store", store)
        #expect(outbox.output == "The outbox is empty.\n")
    }

    @Test("A dry run writes a message for each recipient, needs no mail settings and keeps no message")
    func dryRun() async throws {
        let scratch = try Scratch()
        defer { scratch.remove() }
        let store = try await store(scratch)
        let result = try await Program.run(
            "report", "--store", store, "--date", Self.date, "--dry-run", "--output", scratch.path("mail"))
        #expect(result.code == 3)
        let names = ["collaborative-bank", "medical-staffing", "northgate-bank"].map {
            "look-forward-\(Self.date)-morning-\($0).eml"
        }
        #expect(try scratch.files(in: "mail") == names)
        let list = try await Program.run("outbox", "--store", store, "--json")
        #expect((try list.json()["messages"] as? [Any])?.isEmpty == true)
    }

    @Test("What was printed yesterday is what today's issue is compared with; a preview is not")
    func printed() async throws {
        let scratch = try Scratch()
        defer { scratch.remove() }
        let store = try await store(scratch)
        func saturday(asOf: String) async throws -> String {
            try await Program.run("report", "--store", store, "--date", "2025-11-22", "--as-of", asOf).output
        }
        _ = try await saturday(asOf: "2025-11-21T06:00Z")
        #expect(!(try await saturday(asOf: "2025-11-22T01:00Z").contains("Since the issue of")))
        _ = try await Program.run("report", "--store", store, "--date", Self.date, "--json")
        #expect(try await saturday(asOf: "2025-11-22T01:00Z").contains("Since the issue of Fri 21 Nov:"))
    }

    @Test(
        "An afternoon's issue says what has changed since the morning's, and a morning's never since its own")
    func afternoon() async throws {
        let scratch = try Scratch()
        defer { scratch.remove() }
        let store = try await store(scratch)
        func today(_ edition: String, asOf: String) async throws -> String {
            try await Program.run(
                "report", "--store", store, "--date", Self.date, "--edition", edition, "--as-of", asOf
            ).output
        }
        _ = try await today("morning", asOf: "2025-11-21T06:30Z")
        #expect(
            try await today("afternoon", asOf: "2025-11-21T14:00Z")
                .contains("Since the issue of 6.30am today: no change."))
        for time in ["06:30", "15:00"] {
            let again = try await today("morning", asOf: "2025-11-21T\(time)Z")
            #expect(again.contains("Since the issue of 2pm today:") == (time == "15:00"))
            #expect(!again.contains("6.30am today:"))
        }
    }

    @Test("The version for anybody names no unit of the trust")
    func anonymised() async throws {
        let scratch = try Scratch()
        defer { scratch.remove() }
        let store = try await store(scratch)
        let whole = try await Program.run("report", "--store", store, "--date", Self.date)
        let anybody = try await Program.run(
            "report", "--store", store, "--date", Self.date, "--anonymise")
        for name in ["Oak ward", "Northgate", "rota@"] {
            #expect(whole.output.contains(name))
            #expect(!anybody.output.contains(name))
        }
    }

    @Test("The message for anybody has no address of the trust, whatever the mail settings say")
    func anonymisedMessage() async throws {
        let scratch = try Scratch()
        defer { scratch.remove() }
        let store = try await store(scratch)
        _ = try scratch.write(
            "server: localhost\nsecurity: tls\nfrom: staffing.report@northgate.example\n", to: "mail.yaml")
        func messages(_ options: String...) async throws -> String {
            let folder = options.first ?? "--whole"
            let result = try await Program.run(
                [
                    "report", "--store", store, "--date", Self.date, "--dry-run", "--output",
                    scratch.path(folder),
                ]
                    + options)
            #expect(result.code == 3)
            // Lines of quoted-printable text are broken anywhere.
            return try scratch.files(in: folder).map { try scratch.text("\(folder)/\($0)") }.joined()
                .replacing("=\r\n", with: "")
        }
        let (whole, anybody) = (try await messages(), try await messages("--anonymise"))
        for word in ["northgate.example", "Northgate", "Oak ward"] {
            #expect(whole.contains(word), "it is there to be found: \(word)")
            #expect(!anybody.contains(word), "\(word)")
        }
        #expect(anybody.contains("From: look-forward@muster.invalid"))
        #expect(!anybody.contains("(,"))
    }

    @Test("Without mail settings nothing is sent and nothing kept")
    func noSettings() async throws {
        let scratch = try Scratch()
        defer { scratch.remove() }
        let store = try await store(scratch)
        let result = try await Program.run(
            "report", "--store", store, "--date", Self.date, "--send", "--json")
        #expect(result.code == 65)
        #expect("\(try result.json())".contains("mail.yaml"))
        #expect(try await Program.run("outbox", "--store", store).output == "The outbox is empty.\n")
    }

    @Test(
        "The morning issue of a day to come is not sent before its morning, which would find it sent already")
    func tooEarly() async throws {
        let scratch = try Scratch()
        defer { scratch.remove() }
        let store = try await store(scratch)
        let result = try await Program.run(
            "report", "--store", store, "--date", Self.date, "--as-of", "2025-11-20T17:00Z", "--send")
        #expect(result.code == 64 && result.messages.contains("--edition ahead"))
        #expect(try await Program.run("outbox", "--store", store).output == "The outbox is empty.\n")
    }

    @Test("A review before any issue says that there is nothing to judge")
    func review() async throws {
        let scratch = try Scratch()
        defer { scratch.remove() }
        let store = try await store(scratch)
        let result = try await Program.run("report", "--store", store, "--date", Self.date, "--review")
        #expect(result.code == 0)
        #expect(result.output.contains("nothing to judge yet"))
    }

    @Test("Whom a reference stands for is told from the store, however it was copied; nobody's is bad usage")
    func who() async throws {
        let scratch = try Scratch()
        defer { scratch.remove() }
        let store = try await store(scratch)
        func who(_ reference: String, _ options: String...) async throws -> Program.Result {
            try await Program.run(
                ["report", "--store", store, "--date", Self.date, "--who", reference] + options)
        }
        let text = try await Program.run("report", "--store", store, "--date", Self.date).output
        let reference = try String(#require(text.firstMatch(of: /Ask ([0-9A-Z]{4}-[0-9A-Z]{4})/)).1)
        let answer = try await who(reference)
        #expect(answer.code == 0)
        #expect(answer.output.hasPrefix("\(reference) is staff number "))
        let copied = reference.lowercased().replacingOccurrences(of: "-", with: " ")
        #expect(try await who(copied).output == answer.output)
        let people = try #require(try await who(reference, "--json").json()["people"] as? [[String: Any]])
        #expect(people.count == 1)
        #expect(answer.output.contains(try #require(people[0]["person"] as? String)))
        let nobody = try await who("0000-0000")
        #expect(nobody.code == 64)
        #expect(nobody.messages.contains("nobody of the staff has the reference 0000-0000"))
    }

    @Test("A store into which nothing was imported is bad data, and says what to do")
    func nothingImported() async throws {
        let scratch = try Scratch()
        defer { scratch.remove() }
        let folder = try InventedRoster().write(to: scratch)
        let store = scratch.path("ward.sqlite")
        _ = try await Program.run("solve", folder, "--iterations", "1", "--store", store, "--quiet")
        let result = try await Program.run("report", "--store", store, "--date", Self.date, "--json")
        #expect(result.code == 65)
        #expect((try result.json()["error"] as? String)?.contains("muster import") == true)
    }

    @Test(
        "Options that contradict each other are bad usage",
        arguments: [
            ["--send", "--dry-run"], ["--send", "--anonymise"], ["--review", "--send"], ["--output", "x"],
            ["--days", "0"], ["--edition", "two words"], ["--edition", "a\r\nb"],
            ["--who", "7K2M-9QXD", "--send"],
            ["--who", "7K2M-9QXD", "--anonymise"],
        ])
    func contradictions(options: [String]) async throws {
        let result = try await Program.run(["report", "--store", "x.sqlite", "--date", Self.date] + options)
        #expect(result.code == 64)
    }

    @Test("A message that is not there is bad usage")
    func unknownMessage() async throws {
        let scratch = try Scratch()
        defer { scratch.remove() }
        let store = try await store(scratch)
        let result = try await Program.run("outbox", "show", "7", "--store", store)
        #expect(result.code == 64)
        #expect(result.messages.contains("There is no message 7"))
    }
}
