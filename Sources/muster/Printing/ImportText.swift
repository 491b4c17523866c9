import Extracts
import MusterFiles
import MusterStore

/// What `muster import` says: for each kind, what was read, taken over and rejected, and what became of it.
struct ImportText {
    let text: String

    init(_ kept: [ImportedExtract]) {
        let blocks = kept.map { extract -> String in
            let count = extract.count
            let head =
                "\(count.kind.rawValue) (\(count.file), \(count.extractedAt.day.spoken) \(count.extractedAt.clock)): "
            let rows =
                "\(counted(count.read, "row")) read, \(count.accepted) accepted, \(count.rejected) rejected"
            let reasons = count.reasons.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map {
                "\n  \($0.value) × \($0.key)"
            }
            return head + rows + "; " + Self.words(extract.outcome) + reasons.joined()
        }
        let nothing = kept.allSatisfy { !$0.outcome.isNew }
        text = (blocks + (nothing ? ["Nothing changed: the store has all of this already."] : [])).joined(
            separator: "\n")
    }

    private static func words(_ outcome: ImportedExtract.Outcome) -> String {
        switch outcome {
        case .inForce: "in force"
        case .unchanged: "in the store already"
        case .unchangedBehind(let other):
            "in the store already, but another stays in force, that of \(other.day.spoken) \(other.clock)"
        case .older(let newer): "kept, but the extract of \(newer.day.spoken) \(newer.clock) stays in force"
        }
    }
}
