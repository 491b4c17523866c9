import Foundation
import Testing

@Suite("muster new")
struct NewTests {
    @Test("Each template can be read at once", arguments: ["ward", "emergency-department", "virtual-ward"])
    func templates(name: String) async throws {
        let scratch = try Scratch()
        defer { scratch.remove() }
        let made = try await Program.run("new", scratch.path("new"), "--template", name, "--json")
        #expect(made.code == 0)
        #expect(try made.json()["files"] as? [String] == scratch.files(in: "new"))
        let rota = try scratch.write("person,date,shift,role\n", to: "empty.csv")
        let check = try await Program.run("check", scratch.path("new"), "--rota", rota)
        #expect([2, 3].contains(check.code), "\(check.messages)")
    }

    @Test("The same numbers give the same files")
    func sample() async throws {
        let scratch = try Scratch()
        defer { scratch.remove() }
        for name in ["one", "two"] {
            let arguments = ["new", scratch.path(name), "--people", "9", "--days", "14", "--seed", "3"]
            #expect(try await Program.run(arguments).code == 0)
        }
        for file in try scratch.files(in: "one") {
            #expect(try scratch.text("one/\(file)") == scratch.text("two/\(file)"))
        }
    }

    @Test("A folder that holds something is left as it is")
    func exists() async throws {
        let scratch = try Scratch()
        defer { scratch.remove() }
        let folder = try InventedRoster().write(to: scratch)
        let before = try scratch.text("ward/roster.yaml")
        let result = try await Program.run("new", folder, "--template", "ward")
        #expect(result.code == 74)
        #expect(result.messages.contains("is there already"))
        #expect(try scratch.text("ward/roster.yaml") == before)
        #expect(try scratch.files(in: "ward") == ["people.csv", "roster.yaml"])
    }

    @Test(
        "What does not go together, or lies out of range, is bad usage",
        arguments: [
            [], ["--template", "ward", "--people", "9"], ["--template", "ward", "--seed", "2"],
            ["--people", "7"], ["--people", "9", "--days", "6"], ["--template", "castle"],
        ])
    func usage(options: [String]) async throws {
        let scratch = try Scratch()
        defer { scratch.remove() }
        let result = try await Program.run(["new", scratch.path("new")] + options)
        #expect(result.code == 64)
        #expect(!scratch.has("new"))
    }
}
