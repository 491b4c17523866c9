import ArgumentParser
import MusterFiles
import MusterStore
import Roster
import RulePack

/// Which store a command works on.
struct StoreOption: ParsableArguments {
    @Option(help: ArgumentHelp("The store.", valueName: "FILE"), completion: .file())
    var store: String

    func open() throws -> MusterStore { try MusterStore(path: store, creating: false) }
}

/// Who does it and why, for the audit.
struct Signature: ParsableArguments {
    @Option(help: ArgumentHelp("Who does it, for the audit.", valueName: "NAME"))
    var by: String

    @Option(help: ArgumentHelp("Why, for the audit.", valueName: "TEXT"))
    var reason: String
}

extension Scenario {
    /// With the store's live bookings; of people whom the store knows as booked on a day, it alone is believed.
    func with(bookingsFrom store: MusterStore?) throws -> Scenario {
        guard let store else { return self }
        let known = try store.bookings().map(\.request.duty)
        let listed = bookings.filter { booking in
            !known.contains { $0.person == booking.person && $0.day == booking.day }
        }
        return replacing(bookings: listed + (try store.confirmedBookings(for: self)))
    }

    /// With those whom the store knows as lent: they cover nothing here meanwhile.
    func with(loansFrom store: MusterStore?, _ rules: RuleBook) throws -> Scenario {
        guard let store else { return self }
        return replacing(away: try store.lent(of: self, rules: rules))
    }

    /// The same for a search.
    func with(loansForSearchFrom store: MusterStore?, _ rules: RuleBook) throws -> Scenario {
        guard let store else { return self }
        let lent = try store.lentForSearch(of: self, rules: rules)
        return replacing(leave: leave + lent.leave, away: lent.away)
    }
}

extension SolvedRota {
    init(_ output: RotaOutput) {
        self.init(
            scenario: output.scenario, inputs: output.inputHashes,
            packs: Dictionary(output.rules.packs.map { ($0.id, $0.version) }) { first, _ in first },
            program: output.version, run: output.run, rota: output.rota, gaps: output.report.gaps)
    }
}
