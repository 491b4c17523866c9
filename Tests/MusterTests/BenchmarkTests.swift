import Foundation
import Testing

@Suite("muster benchmark")
struct BenchmarkTests {
    /// Two people, one shift, one head a day for a week: nobody works more than four days in a row, so that
    /// both work; the wish of A to be off on day 0 is kept.
    static let instance = """
        SECTION_HORIZON
        7
        SECTION_SHIFTS
        D,480,
        SECTION_STAFF
        A,D=7,1920,1440,4,1,1,1
        B,D=7,1920,1440,4,1,1,1
        SECTION_SHIFT_OFF_REQUESTS
        A,0,D,3
        SECTION_COVER
        0,D,1,100,1
        1,D,1,100,1
        2,D,1,100,1
        3,D,1,100,1
        4,D,1,100,1
        5,D,1,100,1
        6,D,2,100,1
        """

    @Test("The optimum, proven, with the promised fields and a solution in the benchmark's form")
    func json() async throws {
        let scratch = try Scratch()
        defer { scratch.remove() }
        let file = try scratch.write(Self.instance, to: "Tiny.txt")
        let result = try await Program.run(
            "benchmark", file, "--seconds", "30", "--threads", "2", "--solution", scratch.path("out.tsv"),
            "--json")
        #expect(result.code == 0, "\(result.messages)")
        let record = try result.json()
        #expect(record["instance"] as? String == "Tiny" && record["lawful"] as? Bool == true)
        #expect(record["status"] as? String == "optimal (proven)")
        #expect(record["objective"] as? Double == 0 && record["bound"] as? Double == 0)
        for field in ["gap", "seconds", "seconds_to_best", "threads"] { #expect(record[field] is NSNumber) }
        let lines = try scratch.text("out.tsv").split(separator: "\n").map {
            $0.split(separator: "\t", omittingEmptySubsequences: false)
        }
        #expect(lines.count == 2 && lines.allSatisfy { $0.count == 7 && $0[6] == "D" })
        #expect(lines[0][0] == "")
        for day in 0..<6 { #expect((lines[0][day] == "D") != (lines[1][day] == "D")) }
    }

    @Test("A bad file is refused whole, a missing one too")
    func bad() async throws {
        let scratch = try Scratch()
        defer { scratch.remove() }
        let file = try scratch.write(
            Self.instance.replacingOccurrences(of: "D,480,", with: "D,0,")
                .replacingOccurrences(of: "5,D,1,100,1", with: "9,D,1,100,1"), to: "Bad.txt")
        let bad = try await Program.run("benchmark", file, "--solution", scratch.path("out.tsv"))
        #expect(bad.code == 65)
        #expect(bad.messages.contains("Bad.txt:4: column 2 (minutes)"))
        #expect(bad.messages.contains("Bad.txt:16: column 1 (day)"))
        #expect(!FileManager.default.fileExists(atPath: scratch.path("out.tsv")))
        #expect(try await Program.run("benchmark", scratch.path("none.txt")).code == 65)
        #expect(try await Program.run("benchmark", file, "--threads", "0").code == 64)
    }

    @Test("People who cannot keep their rules are said by name")
    func impossible() async throws {
        let scratch = try Scratch()
        defer { scratch.remove() }
        let file = try scratch.write(
            Self.instance.replacingOccurrences(of: "B,D=7,1920,1440,4", with: "B,D=7,2400,2300,1"),
            to: "No.txt")
        let result = try await Program.run("benchmark", file)
        #expect(result.code == 4)
        #expect(result.messages.contains("No lawful line of work exists for B"))
    }
}
