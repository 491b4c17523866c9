import Foundation
import PlainText
import Roster
import RulePack

/// An instance of the public shift-scheduling benchmark as a scenario with its rules, for the same engine that makes
/// rotas.
///
/// The format and its meaning are those of T. Curtois and R. Qu, "Computational results on new staff scheduling
/// benchmark instances" (2014): each shift is a role of its own, cover is counted by shift and day with a weight for
/// each head under and over, requests are wishes, and everything else is a hard rule on a line of work. Day 0 is a
/// Monday. What a rota of the scenario costs on level 3 is the instance's penalty, to the unit.
public struct ShiftSchedulingInstance: Sendable {
    public let scenario: Scenario
    public let rules: RuleBook

    /// Reads an instance.
    ///
    /// - Throws: all faults of the file at once, each with line and column.
    public static func read(_ url: URL) throws(Faults) -> ShiftSchedulingInstance {
        let faults = FaultList()
        let name = url.lastPathComponent
        guard let file = SourceFile(at: url, name: name, faults: faults) else {
            throw Faults(faults.sorted) ?? Faults(Fault(at: Place(file: name), "cannot be read"))
        }
        let reader = InstanceReader(InstanceText(file, faults: faults), faults: faults)
        try faults.throwIfAny()
        return reader.instance(name: url.deletingPathExtension().lastPathComponent)
    }

    /// Writes ``solution(of:)`` into a file, whole or not at all.
    public func write(_ rota: Rota, to file: URL) throws(OutputError) {
        var folder = try OutputFolder(file.deletingLastPathComponent())
        try folder.add(file.lastPathComponent, solution(of: rota))
        try folder.commit()
    }

    /// A rota in the benchmark's own form: a line a person in the order of the file, shifts parted by tabs, nothing
    /// for a day off.
    public func solution(of rota: Rota) -> String {
        let duties = Dictionary(grouping: rota.duties, by: \.person)
        return scenario.people.map { person in
            let byDay = Dictionary(
                (duties[person.id] ?? []).map { ($0.day, $0.shift.text) },
                uniquingKeysWith: { first, _ in first }
            )
            return scenario.period.days.map { byDay[$0] ?? "" }.joined(separator: "\t") + "\n"
        }.joined()
    }
}
