import Foundation
import Testing

@Suite("muster check")
struct CheckTests {
    @Test("A lawful rota without a gap is 0")
    func good() async throws {
        let scratch = try Scratch()
        defer { scratch.remove() }
        let folder = try InventedRoster().write(to: scratch)
        let rota = try scratch.write(InventedRoster.rota, to: "rota.csv")
        let result = try await Program.run("check", folder, "--rota", rota)
        #expect(result.code == 0)
        #expect(result.output.hasPrefix("No rule is broken. 2 duties read."))
        #expect(result.messages.isEmpty)
    }

    @Test("Hard cover that one person's break interrupts is said beside that it is covered")
    func breaks() async throws {
        let scratch = try Scratch()
        defer { scratch.remove() }
        let rota = try scratch.write(InventedRoster.rota, to: "rota.csv")
        let hard = try InventedRoster(hard: true).write(to: scratch)
        let result = try await Program.run("check", hard, "--rota", rota)
        #expect(result.output.contains("ok  Nurses by day: covered"))
        let parts = result.output.components(separatedBy: "Breaks to arrange cover for")
        #expect(
            parts.count == 2 && parts[1].contains("Nurses by day: for 24 h in all just enough people count"))
        #expect(
            try await Program.run("solve", hard, "--iterations", "1").output.contains("Breaks to arrange"))
        let soft = try InventedRoster().write(to: scratch, as: "soft")
        #expect(try await !Program.run("check", soft, "--rota", rota).output.contains("Breaks to arrange"))
    }

    @Test("It finds the breach that was planted by hand")
    func planted() async throws {
        let scratch = try Scratch()
        defer { scratch.remove() }
        let folder = try InventedRoster().write(to: scratch)
        let rota = try scratch.write(InventedRoster.rotaWithoutRest, to: "rota.csv")
        let text = try await Program.run("check", folder, "--rota", rota)
        #expect(text.code == 3)
        #expect(text.output.contains("n-2: "))
        #expect(text.output.contains("(WTR-DAILY)"))

        let json = try await Program.run("check", folder, "--rota", rota, "--json")
        #expect(json.code == 3)
        let object = try json.json()
        #expect(object["verdict"] as? String == "breaches")
        let breaches = try #require(object["breaches"] as? [[String: Any]])
        #expect(
            breaches.contains { $0["rule"] as? String == "WTR-DAILY" && $0["person"] as? String == "n-2" })
    }

    @Test("It finds the breach planted in a rota that Muster made")
    func edited() async throws {
        let scratch = try Scratch()
        defer { scratch.remove() }
        let folder = try InventedRoster().write(to: scratch)
        #expect(try await Program.run("solve", folder, "--iterations", "1", "--quiet").code == 0)
        let made = try scratch.text("ward/out/rota.csv").replacing("\r\n", with: "\n")
        let rows = made.split(separator: "\n").map(String.init)
        let person = try #require(rows.last?.split(separator: ",").first)
        let night = "\(person),2026-11-09,OAK,N,nurse,,,,imported"
        let rota = try scratch.write((rows + [night]).joined(separator: "\n") + "\n", to: "edited.csv")
        let result = try await Program.run("check", folder, "--rota", rota)
        #expect(result.code == 3)
        #expect(result.output.contains("\(person): "))
    }

    @Test("A soft gap is 2, a hard one 3, and each is named", arguments: [(false, 2), (true, 3)])
    func gaps(hard: Bool, code: Int32) async throws {
        let scratch = try Scratch()
        defer { scratch.remove() }
        let folder = try InventedRoster(nurses: 2, hard: hard).write(to: scratch)
        let rota = try scratch.write(InventedRoster.rota, to: "rota.csv")
        let result = try await Program.run("check", folder, "--rota", rota)
        #expect(result.code == code)
        #expect(result.output.contains("nurses@2026-11-09T08:00: Mon 9 Nov 08:00 to 20:00, 1 of 2"))
        let object = try await Program.run("check", folder, "--rota", rota, "--json").json()
        #expect(object[hard ? "hard_gaps" : "soft_gaps"] as? Int == 2)
    }

    @Test("A rota that does not fit the folder is 65, with all of its faults")
    func faults() async throws {
        let scratch = try Scratch()
        defer { scratch.remove() }
        let folder = try InventedRoster().write(to: scratch)
        let rota = try scratch.write(
            "person,date,shift,role\nn-9,2026-11-09,D,nurse\nn-1,2026-11-09,X,nurse\n", to: "rota.csv")
        let text = try await Program.run("check", folder, "--rota", rota)
        #expect(text.code == 65)
        #expect(text.messages.contains("rota.csv:2"))
        #expect(text.messages.contains("rota.csv:3"))
        #expect(text.messages.hasSuffix("Error: 2 faults in the input; nothing was written.\n"))
        let object = try await Program.run("check", folder, "--rota", rota, "--json").json()
        #expect((object["faults"] as? [Any])?.count == 2)
    }

    @Test("A folder or a rota that is missing is 65")
    func missing() async throws {
        let scratch = try Scratch()
        defer { scratch.remove() }
        let folder = try InventedRoster().write(to: scratch)
        #expect(try await Program.run("check", folder, "--rota", scratch.path("none.csv")).code == 65)
        #expect(try await Program.run("check", scratch.path("none"), "--rota", "x").code == 65)
        #expect(try await Program.run("check", folder).code == 64)
    }
}
