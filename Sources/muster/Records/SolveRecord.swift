import Foundation
import MusterFiles
import MusterStore

/// What `muster solve --json` prints: what `run.json` holds, where the files are, and under which number
/// the store keeps the rota (`null` if there is no store).
struct SolveRecord: Encodable {
    let output: RotaOutput
    let directory: URL
    let stored: RotaVersion?
    /// Of a run with --scenario.
    var comparison: Comparison?

    enum Key: String, CodingKey {
        case output, rota
        case whatIf = "what_if"
    }

    func encode(to encoder: any Encoder) throws {
        try output.record.encode(to: encoder)
        var container = encoder.container(keyedBy: Key.self)
        try container.encode(directory.path, forKey: .output)
        try container.encode(stored?.id.value, forKey: .rota)
        try container.encodeIfPresent(comparison.map(ComparisonEntry.init), forKey: .whatIf)
    }
}
