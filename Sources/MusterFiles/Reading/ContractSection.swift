import PlainText
import Roster

/// The `contracts` of `roster.yaml`, and where each names its rule packs.
struct ContractSection {
    private(set) var contracts = Definitions<Contract>("a contract of this roster")
    /// Where each names its rule packs: which packs there are is known only later.
    private(set) var places: [Contract.ID: Place] = [:]

    init() {}

    init(_ list: YAMLCursor?) {
        var places: [Contract.ID: Place] = [:]
        contracts = Definitions(
            contracts.what, from: list, required: ["rules"],
            optional: ["name", "tolerance", "overtime-limit", "hours-owed"]
        ) { id, entry in
            guard let rules = entry["rules"]?.list() else { return nil }
            let names = rules.compactMap { $0.scalar(accepted: "a rule pack") }
            places[id] = names.first?.place
            return Contract(
                id: id, name: entry["name"]?.text() ?? id.text, rulePacks: names.map(\.text),
                tolerance: entry["tolerance"]?.hours(in: 0...1000).map { PaidMinutes($0) }
                    ?? PaidMinutes(hours: 6),
                overtimeLimit: entry["overtime-limit"]?.hours(in: 0...1000).map { PaidMinutes($0) },
                hoursOwed: entry["hours-owed"]?.boolean() ?? true)
        }
        self.places = places
    }
}
