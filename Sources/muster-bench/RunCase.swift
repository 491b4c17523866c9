import ArgumentParser
import Foundation

/// Measures one case in this process, for ``SuiteRun``: so memory and CPU are those of the case alone.
struct RunCase: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "run-case", shouldDisplay: false)

    @Argument(help: "The case, in JSON.")
    var benchmark: String

    @Argument(help: "Its limits, in JSON.")
    var limits: String

    func run() throws {
        let benchmark = try JSONDecoder().decode(BenchmarkCase.self, from: Data(benchmark.utf8))
        let limits = try JSONDecoder().decode(SearchLimits.self, from: Data(limits.utf8))
        try FileHandle.standardOutput.write(
            contentsOf: JSONEncoder.oneLine.encode(CaseFigures(benchmark, limits)))
    }
}

extension JSONEncoder {
    /// Keys in alphabetical order, nothing but a line.
    static var oneLine: JSONEncoder {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return encoder
    }

    func text(_ value: some Encodable) throws -> String {
        String(decoding: try encode(value), as: UTF8.self)
    }
}
