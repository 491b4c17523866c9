import ArgumentParser
import RosterCheck

/// How a command ended: the exit codes that scripts rely on.
enum Outcome: Int32, CaseIterable {
    /// Done, nothing short.
    case done = 0
    /// Done, soft gaps remain.
    case softGaps = 2
    /// A hard gap is open or a hard rule is broken.
    case hard = 3
    /// No rota within the limit.
    case noRota = 4
    case badUsage = 64
    case badData = 65
    case failedIO = 74

    /// What the checker's report comes to.
    init(_ report: CheckReport) {
        if !report.isLawful || !report.hardGaps.isEmpty {
            self = .hard
        } else {
            self = report.gaps.isEmpty ? .done : .softGaps
        }
    }

    /// Ends the command with this code, quietly.
    func end() throws {
        if self != .done { throw ExitCode(rawValue) }
    }
}
