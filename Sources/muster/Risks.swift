import ArgumentParser
import MusterFiles
import SystemPool

/// `muster risks`: the open rows of the risk register, and where and when people are missing.
struct Risks: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "List the risk register, and where and when people are missing.",
        discussion: """
            Hard gaps and repeated shortage raise rows by themselves; only a person closes one. Nothing is changed: \
            rows of a folder are those that its pushes raise now.

            Exit code: 0 done, whatever the risks are.

            Examples:
              muster risks Rosters/north-star-ics
              muster risks system.sqlite --json
            """)

    @OptionGroup var place: SystemPlace

    func run() throws {
        let opened = try place.open()
        try place.show(RiskListRecord(opened), RiskText(snapshot: opened.snapshot, style: .result).text)
    }
}
