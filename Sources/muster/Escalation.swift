import ArgumentParser
import MusterFiles
import SystemPool

/// `muster escalation`: which staffing level each organisation has reached, on which figures, and what is being done.
struct Escalation: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Show staffing levels, the figures they rest on, and their actions.",
        discussion: """
            Levels are the system's own, each on several figures at once. OPEL is what somebody entered, shown beside \
            them and never worked out. Figures that are too old are not scored. Nothing is changed: of a folder, a \
            level begins when it is looked at; a store knows since when it has stood.

            Exit code: 0 done, whatever the levels are.

            Examples:
              muster escalation Rosters/north-star-ics
              muster escalation system.sqlite --json
            """)

    @OptionGroup var place: SystemPlace

    func run() throws {
        let opened = try place.open()
        try place.show(
            EscalationListRecord(opened), EscalationText(snapshot: opened.snapshot, style: .result).text)
    }
}
