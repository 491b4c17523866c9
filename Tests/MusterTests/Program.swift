import Foundation
import Subprocess
import SystemPackage
import Testing

/// The built program, run as a process of its own.
enum Program {
    struct Result {
        let code: Int32
        let output: String
        let messages: String

        /// Standard output, which must be one JSON object and nothing else.
        func json() throws -> [String: Any] {
            let value = try JSONSerialization.jsonObject(with: Data(output.utf8))
            return try #require(value as? [String: Any])
        }
    }

    /// Beside the test bundle.
    static let url = Bundle.main.bundleURL.appending(path: "muster")

    /// - Parameter onMessage: called with each piece of standard error, and the process's number, as it comes.
    static func run(
        _ arguments: [String], environment: [String: String] = [:], program: URL = url,
        onMessage: @escaping @Sendable (String, pid_t) -> Void = { _, _ in }
    ) async throws -> Result {
        let variables = [Environment.Key: String](
            uniqueKeysWithValues: ["PATH": "/usr/bin:/bin", "COLUMNS": "80"].merging(environment) { $1 }.map {
                (Environment.Key(stringLiteral: $0), $1)
            })
        let result = try await Subprocess.run(
            .path(FilePath(program.path)), arguments: Arguments(arguments),
            environment: .custom(variables),
            input: .none, output: .bytes(limit: longestOutput), error: .sequence
        ) { process in
            var all: [UInt8] = []
            for try await piece in process.standardError {
                let bytes = piece.withUnsafeBytes { Array($0) }
                onMessage(String(decoding: bytes, as: UTF8.self), process.processIdentifier.value)
                all += bytes
            }
            return String(decoding: all, as: UTF8.self)
        }
        return Result(
            code: result.terminationStatus.code,
            output: String(decoding: result.standardOutput, as: UTF8.self), messages: result.closureResult)
    }

    static func run(_ arguments: String...) async throws -> Result { try await run(arguments) }

    /// What the program, writing to the file at `output`, ends with.
    static func code(_ arguments: [String], writingTo output: String) async throws -> Int32 {
        let file = try FileDescriptor.open(FilePath(output), .writeOnly)
        return try await Subprocess.run(
            .path(FilePath(url.path)), arguments: Arguments(arguments),
            output: .fileDescriptor(file, closeAfterSpawningProcess: true)
        ).terminationStatus.code
    }

    /// Bytes; what is longer fails.
    private static let longestOutput = 64 << 20
}

extension TerminationStatus {
    /// The exit code, or the signal that ended it.
    var code: Int32 {
        switch self {
        case .exited(let code), .signaled(let code): code
        }
    }
}

/// A folder of its own, to be removed at the end.
struct Scratch {
    let url = FileManager.default.temporaryDirectory.appending(path: "muster-\(UUID().uuidString)")

    init() throws { try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true) }
    func remove() { try? FileManager.default.removeItem(at: url) }

    func path(_ name: String) -> String { url.appending(path: name).path }

    func write(_ text: String, to name: String) throws -> String {
        try text.write(to: url.appending(path: name), atomically: true, encoding: .utf8)
        return path(name)
    }

    func text(_ name: String) throws -> String {
        try String(contentsOf: url.appending(path: name), encoding: .utf8)
    }

    /// The names of everything below `name`, sorted.
    func files(in name: String) throws -> [String] {
        try FileManager.default.subpathsOfDirectory(atPath: path(name)).sorted()
    }

    func has(_ name: String) -> Bool { FileManager.default.fileExists(atPath: path(name)) }
}

/// The folders in `Rosters/`.
enum Rosters {
    static let url = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "Rosters")

    static let bad: [String] = {
        let names = try? FileManager.default.contentsOfDirectory(atPath: url.appending(path: "bad-data").path)
        return (names ?? []).filter { !$0.hasPrefix(".") }.sorted()
    }()

    static func path(_ name: String) -> String { url.appending(path: name).path }
}
