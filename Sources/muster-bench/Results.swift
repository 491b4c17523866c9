import Foundation

/// Which tables a case stands in.
enum BenchmarkSuite: String, CaseIterable, Codable {
    case rosters, growth
}

/// A line of `results.jsonl`.
struct BenchmarkRecord: Hashable, Codable {
    let suite: BenchmarkSuite
    let benchmark: BenchmarkCase
    let limits: SearchLimits
    let conditions: Conditions
    let figures: CaseFigures

    /// Records of one run, however often it was taken up again.
    func belongs(with other: Self) -> Bool {
        suite == other.suite && limits == other.limits && conditions.commit == other.conditions.commit
    }
}

/// `results.jsonl`, oldest first, and the page that is made from it.
struct Results {
    private let folder: URL
    private(set) var records: [BenchmarkRecord] = []

    /// - Throws: ``BenchmarkError/unreadable(file:line:)``, or what the file system says.
    init(in folder: URL) throws {
        self.folder = folder
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        guard FileManager.default.fileExists(atPath: lines.path) else { return }
        let text = try String(contentsOf: lines, encoding: .utf8)
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
        where !line.isEmpty {
            do {
                records.append(try JSONDecoder().decode(BenchmarkRecord.self, from: Data(line.utf8)))
            } catch {
                throw BenchmarkError.unreadable(file: lines.lastPathComponent, line: index + 1)
            }
        }
    }

    private var lines: URL { folder.appending(path: "results.jsonl") }

    /// Adds a record; both files are written aside and renamed.
    mutating func add(_ record: BenchmarkRecord) throws {
        records.append(record)
        let encoder = JSONEncoder.oneLine
        var text = Data()
        for record in records { text += try encoder.encode(record) + Data("\n".utf8) }
        try text.write(to: lines, options: .atomic)
        try Data(ResultsPage(records: records).text.utf8).write(
            to: folder.appending(path: "results.md"), options: .atomic)
    }
}
