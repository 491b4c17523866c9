import Foundation

/// Where and when something was measured.
struct Conditions: Hashable, Codable {
    let machine: String
    let date: String
    /// The commit that the working tree stood at.
    let commit: String
    /// What was typed.
    let command: String

    static func now(date: String) throws -> Self {
        Self(
            machine: machine, date: date, commit: try commit(),
            command: (["muster-bench"] + CommandLine.arguments.dropFirst()).joined(separator: " "))
    }

    /// Such as `Example CPU at 2.10 GHz, 2 cores, 24.0 GiB`.
    private static var machine: String {
        let memory = Double(ProcessInfo.processInfo.physicalMemory) / 1_073_741_824
        let cores = ProcessInfo.processInfo.activeProcessorCount
        let processors = (try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8)) ?? ""
        return "\(processorModel(in: processors)), \(cores) cores, \(fixed(memory, 1)) GiB"
    }

    /// The model in the text of `/proc/cpuinfo`.
    static func processorModel(in text: String) -> String {
        let line = text.split(separator: "\n").first { $0.hasPrefix("model name") }
        let model = line?.split(separator: ":", maxSplits: 1).last.map {
            $0.trimmingCharacters(in: .whitespaces)
        }
        return model ?? "unknown processor"
    }

    private static func commit() throws -> String {
        let git = Process()
        git.executableURL = URL(filePath: "/usr/bin/env")
        git.arguments = ["git", "rev-parse", "--short", "HEAD"]
        let output = Pipe()
        git.standardOutput = output
        try git.run()
        let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        git.waitUntilExit()
        guard git.terminationStatus == 0 else { throw BenchmarkError.noCommit }
        return text.trimmingCharacters(in: .whitespacesAndNewlines)
    }
}

/// A number with so many decimals.
func fixed(_ number: Double, _ decimals: Int) -> String {
    String(format: "%.\(decimals)f", number)
}
