import Foundation
import LinearProgram
import Subprocess
import Testing

@Suite struct LinearProgramFileTests {
    private let file = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString).lp")

    private func named() throws -> LinearProgram {
        let program = try wyndorGlass()
        try program.setRowName(0, "plant_1")
        try program.setColumnName(0, "doors(oak)")
        return program
    }

    @Test func writesNamesAndNumbers() throws {
        defer { try? FileManager.default.removeItem(at: file) }
        try named().writeLP(to: file.path, integerColumns: [1])
        let text = try String(contentsOf: file, encoding: .utf8)
        #expect(text.contains("Minimize"))
        #expect(text.contains("plant_1: + doors(oak) <= 4"))
        #expect(text.contains("r_3: + 2 y_2 + 3 doors(oak) <= 18"))
        #expect(text.contains("Generals\n y_2"))
    }

    @Test(.enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/glpsol")))
    func anotherSolverReadsIt() async throws {
        let solution = file.appendingPathExtension("txt")
        defer {
            try? FileManager.default.removeItem(at: file)
            try? FileManager.default.removeItem(at: solution)
        }
        try named().writeLP(to: file.path)
        let solver = try await Subprocess.run(
            .path("/usr/bin/glpsol"), arguments: ["--lp", file.path, "-o", solution.path], output: .discarded)
        #expect(solver.terminationStatus.isSuccess)
        #expect(try String(contentsOf: solution, encoding: .utf8).contains("obj = -36 (MINimum)"))
    }

    @Test(arguments: [
        "", "a b", "3rd", ".5", "e7", "Ärzte", "a:b", "a\nb", String(repeating: "x", count: 256),
    ])
    func refusesNamesTheFormatCannotHold(name: String) throws {
        let program = try wyndorGlass()
        #expect(throws: LinearProgramError.invalidName(.row(1), name)) { try program.setRowName(1, name) }
        #expect(throws: LinearProgramError.invalidName(.column(1), name)) {
            try program.setColumnName(1, name)
        }
    }

    @Test func refusesARepeatedName() throws {
        let program = try named()
        try program.setColumnName(1, "doors(oak)")
        #expect(throws: LinearProgramError.repeatedName("doors(oak)")) { try program.writeLP(to: file.path) }
        #expect(!FileManager.default.fileExists(atPath: file.path))
    }

    @Test func saysWhyAFileCannotBeWritten() throws {
        let path = file.appending(path: "missing.lp").path
        #expect(throws: LinearProgramError.cannotWrite(path: path, reason: "No such file or directory")) {
            try named().writeLP(to: path)
        }
    }
}
