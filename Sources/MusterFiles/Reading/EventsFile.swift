import DemandForecast
import PlainText
import Roster

/// `events.csv`: days on which demand is known to differ, such as a festival, school holidays or a closure.
///
/// Without `to` the event has not ended: a lasting change of level. Without `effect_percent` its effect is learnt
/// from the earlier days of the same name.
struct EventsFile {
    private(set) var events: [LocalEvent] = []

    init(_ folder: inout OpenFolder, roster: RosterFile) {
        let table = folder.table(
            "events.csv", required: ["name", "from"], optional: ["to", "unit", "kind", "effect_percent"])
        for row in table?.rows ?? [] {
            let name = row.text("name")
            let first = row.required("from", accepted: "a date")?.day()
            let last = row.optional("to").map { $0.day() }
            let unit = row.optional("unit").map { roster.units.reference($0) }
            let kind =
                row.optional("kind").map { $0.choice(LocalEvent.Kind.self, of: "a kind of event") } ?? .event
            let effect = row.optional("effect_percent").map { $0.decimal(in: -100...900) }
            guard let name, let first, let kind, last != .some(nil), unit != .some(nil), effect != .some(nil)
            else { continue }
            if let last = last ?? nil, last < first {
                row.fault("to", "lies before from", accepted: "\(first) or a later date")
                continue
            }
            events.append(
                LocalEvent(
                    name: name, kind: kind, first: first, last: last ?? nil, unit: unit ?? nil,
                    effect: effect ?? nil))
        }
    }
}
