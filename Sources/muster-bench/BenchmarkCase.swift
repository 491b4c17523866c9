import Foundation
import MusterFiles
import RosterSamples

/// What is solved: a folder as it stands, or a sample that is made for the purpose.
enum BenchmarkCase: Hashable, Codable {
    case folder(path: String)
    case sample(people: Int, days: Int)

    /// Each once, in the order in which the tables show them first.
    static let growing: [Self] = {
        var seen: Set<Self> = []
        return GrowthSeries.all.flatMap(\.cases).filter { seen.insert($0).inserted }
    }()

    var name: String {
        switch self {
        case .folder(let path): URL(filePath: path).lastPathComponent
        case .sample(let people, let days): "\(people) people × \(days) days"
        }
    }

    /// Reads the roster; a sample is written to a temporary folder first, so that it goes the same way.
    func read(seed: UInt64) throws -> RosterFolder {
        switch self {
        case .folder(let path):
            return try RosterFolder.read(URL(filePath: path))
        case .sample(let people, let days):
            let folder = FileManager.default.temporaryDirectory.appending(path: "muster-\(UUID().uuidString)")
            defer { try? FileManager.default.removeItem(at: folder) }
            try NewFolder.write(
                SampleRoster.generate(people: people, days: days, seed: seed), to: folder)
            return try RosterFolder.read(folder)
        }
    }
}

/// Samples of which each is larger than the one before.
struct GrowthSeries {
    let title: String
    let cases: [BenchmarkCase]

    static let all = [
        Self(title: "As people double", cases: [20, 40, 80, 160].map { .sample(people: $0, days: 28) }),
        Self(title: "As days double", cases: [14, 28, 56, 84].map { .sample(people: 40, days: $0) }),
        Self(title: "60 people, six weeks", cases: [.sample(people: 60, days: 42)]),
    ]
}
