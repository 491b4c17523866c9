import Extracts
import MusterStore
import PlainText
import Roster

/// What `muster import --json` prints.
struct ImportRecord: Encodable {
    let changed: Bool
    let extracts: [Entry]
    let rejections: [FaultRecord]
    /// Values that were left out of rows which were taken over.
    let leftOut: [FaultRecord]

    struct Entry: Encodable {
        let kind: ExtractKind
        let file: String
        let extracted: Instant
        let read: Int
        let accepted: Int
        let rejected: Int
        /// How many rows were rejected for each reason.
        let reasons: [String: Int]
        /// `in-force`, `unchanged`, `unchanged-behind` or `older`.
        let outcome: String
        /// The extract that stays in force, if this one does not come into it.
        let newer: Instant?
    }

    init(_ kept: [ImportedExtract], rejections: [Fault], leftOut: [Fault]) {
        changed = kept.contains(where: \.outcome.isNew)
        extracts = kept.map { extract in
            let count = extract.count
            let (outcome, newer): (String, Instant?) =
                switch extract.outcome {
                case .inForce: ("in-force", nil)
                case .unchanged: ("unchanged", nil)
                case .unchangedBehind(let other): ("unchanged-behind", other)
                case .older(let newer): ("older", newer)
                }
            return Entry(
                kind: count.kind, file: count.file, extracted: count.extractedAt, read: count.read,
                accepted: count.accepted, rejected: count.rejected, reasons: count.reasons, outcome: outcome,
                newer: newer)
        }
        self.rejections = rejections.map(FaultRecord.init)
        self.leftOut = leftOut.map(FaultRecord.init)
    }
}
