import Foundation
import PlainText
import Roster

/// A what-if in YAML, such as `surge.yaml`.
///
///     muster: 1
///     name: "Winter surge"
///     demand: 20            # per cent more
///     sickness: 12          # per cent of person-days more
///     closed: [{ unit: WARD, from: 2026-11-02, to: 2026-11-15 }]
///     lost: 10              # people, by lot; or their ids: [n-01, n-02]
///     seed: 1
public enum WhatIfFile {
    /// - Throws: everything that is wrong in it.
    public static func read(_ url: URL, scenario: Scenario) throws(Faults) -> WhatIf {
        let faults = FaultList()
        let name = url.lastPathComponent
        let source = SourceFile(at: url, name: name, faults: faults)
        let read = source.flatMap { YAMLCursor($0, faults: faults) }.flatMap { whatIf($0, scenario) }
        try faults.throwIfAny()
        guard let read else { throw Faults(Fault(at: Place(file: name), "could not be read")) }
        return read
    }

    private static func whatIf(_ root: YAMLCursor, _ scenario: Scenario) -> WhatIf? {
        guard
            let entry = root.mapping(
                required: ["muster", "name"], optional: ["demand", "sickness", "closed", "lost", "seed"])
        else { return nil }
        _ = entry["muster"]?.scalar(accepted: "1")?.choice(
            ["1": 1], of: "a version of the roster format that this program reads")
        let units = Definitions("a unit of this roster", scenario.units, by: \.id)
        let people = Definitions("a person of this roster", scenario.people, by: \.id)
        let closures = entry["closed"]?.list()?.compactMap { closure($0, units: units) } ?? []
        var lost = WhatIf.Lost.count(0)
        if let cursor = entry["lost"] {
            if let count = cursor.isList ? nil : cursor.integer(in: 0...max(0, scenario.people.count - 1)) {
                lost = .count(count)
            } else if cursor.isList {
                lost = .named(people.references(cursor).sorted())
            }
        }
        guard let name = entry["name"]?.text() else { return nil }
        return WhatIf(
            name: name, demandPercent: entry["demand"]?.decimal(in: -100...500) ?? 0,
            sicknessPercent: entry["sickness"]?.decimal(in: 0...90) ?? 0, closures: closures, lost: lost,
            seed: UInt64(entry["seed"]?.integer(in: 0...1_000_000) ?? 1))
    }

    private static func closure(_ cursor: YAMLCursor, units: Definitions<Roster.Unit>) -> WhatIf.Closure? {
        guard let entry = cursor.mapping(required: ["unit", "from", "to"]) else { return nil }
        let unit = units.reference(entry["unit"]?.scalar(accepted: "an id"))
        let first = entry["from"]?.day()
        let last = entry["to"]?.day()
        guard let unit, let first, let last else { return nil }
        guard first <= last else {
            entry["to"]?.fault("lies before from", accepted: "\(first) or a later date")
            return nil
        }
        return WhatIf.Closure(unit: unit, first: first, last: last)
    }
}
