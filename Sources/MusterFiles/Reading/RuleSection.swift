import PlainText
import Roster
import RulePack

/// The `rules` of `roster.yaml`: packs of the folder's own, and changes to rules of the packs that contracts name.
struct RuleSection {
    /// Nil if it cannot be known which rules bind.
    private(set) var ruleBook: RuleBook?

    init(_ folder: inout OpenFolder, roster: RosterFile) {
        let faults = folder.faults
        let faultsBefore = faults.count
        var local: [(pack: RulePack, place: Place)] = []
        var changes: [RuleChange] = []
        for item in roster.rules?.list() ?? [] {
            if item.peek("change") != nil {
                RuleChange(item) { roster.shifts.reference($0) }.map { changes.append($0) }
            } else if item.peek("file") == nil {
                item.fault("is neither a pack nor a change", accepted: "a mapping with file or change")
            } else if let name = item.mapping(required: ["file"])?["file"]?.fileName() {
                guard let source = folder.file(name.text),
                    let pack = RulePackReader.read(
                        source, faults: faults, shifts: { roster.shifts.reference($0) })
                else { continue }
                local.append((pack, name.place))
            }
        }
        let packs = RulePack.available(besides: local, faults: faults)
        guard faults.count == faultsBefore, roster.contracts.contracts.isSound, let period = roster.period
        else { return }
        ruleBook = RuleBook.resolve(
            contracts: roster.contracts.contracts.values, packs: packs, changes: changes, period: period,
            place: { roster.contracts.places[$0.id] ?? Place(file: "roster.yaml") }, faults: faults)
        if faults.count == faultsBefore { refuseOutlaws(roster.contracts.contracts) }
    }

    /// Nobody works outside the law because a line of the roster was forgotten. Packs of the roster's own do not
    /// count: what they call statutory is not what the law says.
    private func refuseOutlaws(_ contracts: Definitions<Contract>) {
        let packs = RulePack.shipped.values.filter { pack in
            pack.rules.contains { $0.classification == .statutory }
        }
        let lawful = packs.map(\.id).sorted()
        for contract in contracts.values where !contract.rulePacks.contains(where: lawful.contains) {
            contracts.fault(
                contract.id, "names no pack with the Working Time Regulations",
                accepted: "\(lawful.joined(separator: " or ")) among its rules")
        }
    }
}

extension YAMLCursor {
    /// A file in the folder itself, not outside it.
    fileprivate func fileName() -> Scalar? {
        guard let scalar = scalar(accepted: "a file name") else { return nil }
        guard !scalar.text.contains("/"), scalar.text.hasSuffix(".yaml"), !scalar.text.hasPrefix(".") else {
            scalar.fault(
                "is not the name of a rule pack in this folder", accepted: "a name such as ward-rules.yaml")
            return nil
        }
        return scalar
    }
}
