/// Why a measurement could not be made or kept.
enum BenchmarkError: Error, Hashable, CustomStringConvertible {
    case noCommit
    case unreadable(file: String, line: Int)
    case failed(cases: [String])

    var description: String {
        switch self {
        case .noCommit:
            "git rev-parse HEAD failed (see above): figures are kept by commit, so run this in a clone of the project."
        case .unreadable(let file, let line):
            "\(file):\(line): is no record of muster-bench. Mend the line, or move the file away to start afresh."
        case .failed(let cases):
            "Not measured (see above): \(cases.joined(separator: ", ")). The same command tries them again."
        }
    }
}
