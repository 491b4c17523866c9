import ArgumentParser
import MusterStore

/// `muster history`: what the store holds, and who did what.
struct History: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "List rotas, open gaps, bookings and who did what.",
        discussion: """
            Critical vacancies, the hard gaps of published rotas that no confirmed booking closes, come first. The \
            audit is proven to be as it was written; its last hash stands for all of it, so note it elsewhere.

            Example:
              muster history --store my-ward.sqlite
            """)

    @OptionGroup var place: StoreOption

    @Flag(help: "Print one JSON object with everything.")
    var json = false

    func run() throws {
        let store = try place.open()
        let seal = try store.verifyAudit()
        let contents = StoreContents(
            versions: try store.versions(), open: try store.openGaps(), bookings: try store.bookings(),
            audit: try store.audit(), hash: seal.hash)
        if json {
            try Console.result(json: HistoryRecord(contents))
        } else {
            try Console.result(StoreText.history(contents, style: .result))
        }
    }
}

/// All that `muster history` shows.
struct StoreContents {
    let versions: [RotaVersion]
    let open: [GapRecord]
    let bookings: [BookingRecord]
    let audit: [AuditEntry]
    /// Of the last row of the audit, which stands for all.
    let hash: String
}
