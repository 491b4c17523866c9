import Foundation
import Roster

/// The summary of `muster benchmark`.
struct BenchmarkText {
    let instance: String
    let run: Run
    let solution: URL?

    var text: String {
        let last = run.levels.last
        var lines = [
            "\(instance): \(last.map { plain($0.objective) } ?? "no rota"), \(run.status.name)",
            "  Bound: \(last?.bound.map(plain) ?? "none yet")",
            "  Best after \(plain(run.secondsToBest)) s of \(plain(run.seconds)) s, \(run.iterations) rounds, "
                + "\(run.threads) threads, seed \(run.seed)",
        ]
        if let solution { lines.append("  Solution: \(solution.path)") }
        return lines.joined(separator: "\n")
    }

    private func plain(_ number: Double) -> String {
        number == number.rounded() ? String(format: "%.0f", number) : String(format: "%.2f", number)
    }
}
