import Foundation

/// Runs a hidden command of this program, so that what it measures is of its own process.
enum ChildProcess {
    /// - Throws: ``BenchmarkError/failed(cases:)`` if it ends otherwise than well.
    static func measure<Figures: Decodable>(_ arguments: [String]) throws -> Figures {
        let child = Process()
        child.executableURL = Bundle.main.executableURL
        child.arguments = arguments
        let pipe = Pipe()
        child.standardOutput = pipe
        try child.run()
        let data = pipe.fileHandleForReading.readDataToEndOfFile()
        child.waitUntilExit()
        guard child.terminationStatus == 0 else {
            throw BenchmarkError.failed(cases: [arguments.joined(separator: " ")])
        }
        return try JSONDecoder().decode(Figures.self, from: data)
    }
}
