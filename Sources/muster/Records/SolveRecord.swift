import Foundation
import MusterFiles

/// What `muster solve --json` prints: what `run.json` holds, and where the files are.
struct SolveRecord: Encodable {
    let output: RotaOutput
    let directory: URL

    enum Key: String, CodingKey { case output }

    func encode(to encoder: any Encoder) throws {
        try output.record.encode(to: encoder)
        var container = encoder.container(keyedBy: Key.self)
        try container.encode(directory.path, forKey: .output)
    }
}
