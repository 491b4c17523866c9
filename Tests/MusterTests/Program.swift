import Foundation
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

    /// - Parameter onMessage: called with each piece of standard error, and the process, as it comes.
    static func run(
        _ arguments: [String], environment: [String: String] = [:], program: URL = url,
        onMessage: @escaping @Sendable (String, Process) -> Void = { _, _ in }
    ) async throws -> Result {
        let process = Process()
        process.executableURL = program
        process.arguments = arguments
        process.environment = ["PATH": "/usr/bin:/bin", "COLUMNS": "80"].merging(environment) { $1 }
        let output = Pipe()
        let messages = Pipe()
        process.standardOutput = output
        process.standardError = messages
        process.standardInput = FileHandle.nullDevice
        async let code = withCheckedThrowingContinuation { continuation in
            process.terminationHandler = { continuation.resume(returning: $0.terminationStatus) }
            do { try process.run() } catch { continuation.resume(throwing: error) }
        }
        async let text = read(output.fileHandleForReading) { _ in }
        async let notes = read(messages.fileHandleForReading) { onMessage($0, process) }
        return try await Result(code: code, output: text, messages: notes)
    }

    static func run(_ arguments: String...) async throws -> Result { try await run(arguments) }

    /// Everything that comes, on a thread that may wait for it.
    static func read(_ handle: FileHandle, onPiece: @escaping @Sendable (String) -> Void) async -> String {
        await withCheckedContinuation { continuation in
            Thread.detachNewThread {
                var all = Data()
                while case let piece = handle.availableData, !piece.isEmpty {
                    all += piece
                    onPiece(String(decoding: piece, as: UTF8.self))
                }
                continuation.resume(returning: String(decoding: all, as: UTF8.self))
            }
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
