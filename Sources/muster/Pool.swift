import ArgumentParser
import MusterFiles
import SystemPool

/// `muster pool`: which moves between organisations would lower risk most.
struct Pool: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Suggest which staff should move between organisations, and say why.",
        discussion: """
            The best moves for the whole system, hard gaps first, with what each does to both sides; no lender falls \
            below its own hard or minimum cover. Then where one more hour is worth most, which training would unlock \
            most, and which rule keeps each other gap open. Nothing is changed and nobody is told.

            Exit codes: 0 nothing is short; 2 gaps are open, or nothing up to date is known of an organisation; \
            3 a hard gap is open; 65 system.yaml cannot be read. A suggestion closes no gap: a confirmed booking does.

            Examples:
              muster pool Rosters/north-star-ics
              muster pool system.sqlite --json
            """)

    @OptionGroup var place: SystemPlace

    func run() throws {
        let opened = try place.open()
        let solution = try SystemPool.suggest(opened.picture)
        try place.show(
            PoolRecord(solution, of: opened),
            PoolText(snapshot: opened.snapshot, solution: solution, style: .result).text)
        try Outcome(opened.snapshot).end()
    }
}

extension Outcome {
    /// What is open in a system. That nothing is known of an organisation does not mean that nothing is short.
    init(_ snapshot: SystemSnapshot) {
        let open = snapshot.vacancies
        if open.contains(where: \.isHard) {
            self = .hard
        } else {
            self = open.isEmpty && !snapshot.isInDoubt ? .done : .softGaps
        }
    }
}
