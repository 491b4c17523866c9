import Foundation
import Testing

@Suite("muster publish, book and history")
struct PublishTests {
    private static let gaps = ["nurses@2026-11-09T08:00", "nurses@2026-11-10T08:00"]

    /// A draft with a hard gap on both days, in which n-1 works on the first.
    private func draft(_ scratch: Scratch) async throws -> (folder: String, store: String) {
        let folder = try InventedRoster(nurses: 4, hard: true).write(to: scratch)
        _ = try scratch.write(
            "person,date,shift,role,state\nn-1,2026-11-09,D,nurse,pinned\n", to: "ward/duties.csv")
        let store = scratch.path("ward.sqlite")
        let solved = try await Program.run(
            "solve", folder, "--iterations", "1", "--store", store, "--quiet")
        #expect(solved.code == 3)
        return (folder, store)
    }

    private func publish(_ folder: String, _ store: String, accepting: [String]) async throws
        -> Program.Result
    {
        let accepted = accepting.flatMap { ["--accept", "\($0)=R. Cole:bank asked: twice"] }
        return try await Program.run(
            ["publish", folder, "--store", store, "--by", "J. Amin", "--reason", "agreed", "--json"]
                + accepted)
    }

    @Test("A draft without a hard gap is published")
    func plain() async throws {
        let scratch = try Scratch()
        defer { scratch.remove() }
        let folder = try InventedRoster(nurses: 4).write(to: scratch)
        let store = scratch.path("ward.sqlite")
        #expect(try await Program.run("solve", folder, "--iterations", "1", "--store", store).code == 2)
        let result = try await publish(folder, store, accepting: [])
        #expect(result.code == 0)
        #expect(try result.json()["state"] as? String == "published")
        let again = try await publish(folder, store, accepting: [])
        #expect(again.code == 64)
        // What Muster published needs no import to be reported on.
        let report = try await Program.run(
            "report", "--store", store, "--date", "2026-11-09", "--days", "2", "--as-of", "2026-11-09T06:00Z",
            "--json")
        #expect(report.output.contains("\"status\" : \"report\""))
        #expect((try again.json()["error"] as? String)?.contains("no draft") == true)
    }

    @Test("A hard gap is refused until each is accepted by name; it then stays a critical vacancy")
    func accepted() async throws {
        let scratch = try Scratch()
        defer { scratch.remove() }
        let (folder, store) = try await draft(scratch)
        for some in [[], [Self.gaps[0]]] {
            let refused = try await publish(folder, store, accepting: some)
            #expect(refused.code == 3)
            #expect((try refused.json()["error"] as? String)?.contains(Self.gaps[1]) == true)
        }
        #expect(try await publish(folder, store, accepting: Self.gaps).code == 0)
        let history = try await Program.run("history", "--store", store)
        #expect(history.code == 0)
        #expect(history.output.hasPrefix("Critical vacancies"))
        #expect(history.output.contains("(accepted by R. Cole: bank asked: twice)"))
        let object = try await Program.run("history", "--store", store, "--json").json()
        #expect(
            (object["open"] as? [[String: Any]])?.allSatisfy { $0["is_critical_vacancy"] as? Bool == true }
                == true)
        let audit = try #require(object["audit"] as? [[String: Any]])
        #expect(audit.map { $0["what"] as? String } == ["save", "accept", "accept", "publish"])
        #expect(audit.last?["who"] as? String == "J. Amin")
    }

    @Test("A booking closes a gap only if the person is free to take it; cancelled, it is open again")
    func booked() async throws {
        let scratch = try Scratch()
        defer { scratch.remove() }
        let (folder, store) = try await draft(scratch)
        #expect(try await publish(folder, store, accepting: Self.gaps).code == 0)
        func book(_ person: String, _ more: [String] = []) async throws -> Program.Result {
            try await Program.run(
                [
                    "book", folder, "--store", store, "--gap", Self.gaps[0], "--person", person, "--date",
                    "2026-11-09", "--shift", "D", "--role", "nurse", "--by", "Desk", "--reason", "called",
                    "--json",
                ] + more)
        }
        let window = ["--free-from", "2026-11-08T00:00Z", "--free-until", "2026-11-11T00:00Z"]
        #expect(try await book("bank-1").code == 64, "nobody vouches for bank-1")
        let booking = try await book("bank-1", window)
        #expect(booking.code == 0)
        #expect(try booking.json()["booking"] as? Int == 1)
        let check = ["check", folder, "--rota", scratch.path("ward/out/rota.csv"), "--json"]
        let alone = try #require(try await Program.run(check).json()["hard_gap_minutes"] as? Int)
        let together = try await Program.run(check + ["--store", store]).json()
        #expect(together["hard_gap_minutes"] as? Int == alone - 12 * 60, "the checker counts the booking")
        #expect(try await book("bank-1", window).code == 64, "twice at the same time")
        #expect(try await book("bank-2", window + ["--shift", "DD"]).code == 64)

        let cancelled = try await Program.run(
            "book", folder, "--store", store, "--cancel", "1", "--by", "Desk", "--reason", "ill")
        #expect(cancelled.code == 0)
        #expect(cancelled.output.contains("Still open: \(Self.gaps[0])"))
    }

    @Test("A person who already works then is refused")
    func refused() async throws {
        let scratch = try Scratch()
        defer { scratch.remove() }
        let (folder, store) = try await draft(scratch)
        #expect(try await publish(folder, store, accepting: Self.gaps).code == 0)
        let result = try await Program.run(
            "book", folder, "--store", store, "--gap", Self.gaps[0], "--person",
            "n-1", "--date", "2026-11-09", "--shift", "D", "--role", "nurse",
            "--by",
            "Desk", "--reason", "called")
        #expect(result.code == 3)
        #expect(result.messages.contains("cannot be booked"))
    }

    @Test("A store that is not there is 74, a file that is none 65")
    func stores() async throws {
        let scratch = try Scratch()
        defer { scratch.remove() }
        let other = try scratch.write("not a store, but a text that somebody wrote\n", to: "other")
        #expect(try await Program.run("history", "--store", scratch.path("none")).code == 74)
        #expect(!scratch.has("none"))
        #expect(try await Program.run("history", "--store", other).code == 65)
        #expect(try scratch.text("other").hasPrefix("not a store"))
    }

    @Test("What is half said is bad usage")
    func usage() async throws {
        let both = ["--store", "s", "--by", "a", "--reason", "b"]
        #expect(try await Program.run(["book", "f"] + both).code == 64)
        #expect(try await Program.run(["book", "f", "--cancel", "1", "--gap", "g"] + both).code == 64)
        #expect(try await Program.run(["publish", "f", "--accept", "gap-without-name"] + both).code == 64)
        #expect(try await Program.run("publish", "f", "--store", "s").code == 64)
    }
}
