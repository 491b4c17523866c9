import PlainText
import Roster

extension RuleBook {
    /// The rules that bind each contract: its packs in order, as far as they are in force, with the roster's changes.
    ///
    /// - A rule is in force in the whole period if it is on the period's first day, and in none of it otherwise, also
    ///   if its dates begin or end inside: nobody works under two sets of rules in one rota.
    /// - If two packs of a contract have a rule of the same id, the stricter one stands, in the place of the first.
    /// - A rule that is off is left out.
    ///
    /// - Parameters:
    ///   - packs: all packs that a contract may name: see ``RulePack/available(besides:faults:)``.
    ///   - place: where a contract stands, for faults about its packs.
    public static func resolve(
        contracts: [Contract], packs: [RulePack], changes: [RuleChange], period: Period,
        place: (Contract) -> Place, faults: FaultList
    ) -> RuleBook {
        let available = Dictionary(packs.map { ($0.id, $0) }) { first, _ in first }
        var used: [RulePack] = []
        for contract in contracts {
            for id in contract.rulePacks {
                guard let pack = available[id] else {
                    let names = available.keys.sorted()
                    faults.add(
                        Fault(
                            at: place(contract), value: id, "is not a rule pack",
                            accepted: names.joined(separator: ", "),
                            suggestion: nearestName(to: id, among: names)))
                    continue
                }
                if !used.contains(where: { $0.id == id }) { used.append(pack) }
            }
        }

        let byRule = accepted(changes, on: period.first, used: used, all: packs)
        let rulesByPack = Dictionary(
            uniqueKeysWithValues: used.map { pack in
                let rules = pack.rules.filter { $0.applies(on: period.first) }
                return (pack.id, rules.map { byRule[$0.id]?.applied(to: $0, of: pack) ?? $0 })
            })
        let rulesByContract = contracts.map { contract in
            let rules = contract.rulePacks.flatMap { rulesByPack[$0] ?? [] }
            return (contract.id, merged(rules, at: place(contract), faults).filter { $0.enforcement != .off })
        }
        return RuleBook(
            rulesByContract: Dictionary(rulesByContract) { first, _ in first }, packs: used)
    }

    /// The changes by rule; faults for those that name no rule in force, or one that is changed already.
    private static func accepted(
        _ changes: [RuleChange], on day: Day, used: [RulePack], all: [RulePack]
    ) -> [String: RuleChange] {
        let inForce = Set(used.flatMap(\.rules).filter { $0.applies(on: day) }.map(\.id))
        var byRule: [String: RuleChange] = [:]
        for change in changes {
            let id = change.rule.text
            if inForce.contains(id) {
                if byRule.updateValue(change, forKey: id) != nil {
                    change.rule.fault("is changed twice", accepted: "one change for each rule")
                }
            } else if used.contains(where: { $0.rules.contains { $0.id == id } }) {
                change.rule.fault(
                    "is not in force on \(day)", accepted: "a rule that is in force on that day")
            } else if let pack = all.first(where: { $0.rules.contains { $0.id == id } }) {
                change.rule.fault(
                    "is a rule of \(pack.id), which no contract names",
                    accepted: "a rule of \(used.map(\.id).joined(separator: ", "))")
            } else {
                change.rule.fault(
                    "is not a rule of any pack",
                    accepted: "a rule of \(used.map(\.id).joined(separator: ", "))",
                    suggestion: nearestName(to: id, among: inForce.sorted()))
            }
        }
        return byRule
    }

    /// Each id once, the stricter of two.
    private static func merged(_ rules: [Rule], at place: Place, _ faults: FaultList) -> [Rule] {
        var result: [Rule] = []
        for rule in rules {
            guard let index = result.firstIndex(where: { $0.id == rule.id }) else {
                result.append(rule)
                continue
            }
            if rule.isAtLeastAsStrict(as: result[index]) {
                result[index] = rule
            } else if !result[index].isAtLeastAsStrict(as: rule) {
                faults.add(
                    Fault(
                        at: place, value: rule.id,
                        "is a rule of two packs of this contract, and neither is the stricter",
                        accepted: "only one of the two packs"))
            }
        }
        return result
    }
}

extension Rule {
    /// Whether this rule, in the place of another of the same id, leaves nobody less protected.
    func isAtLeastAsStrict(as other: Rule) -> Bool {
        reach == other.reach && classification.isAtLeastAsBinding(as: other.classification)
            && enforcement.isAtLeastAsStrict(as: other.enforcement) && kind.isAtLeastAsStrict(as: other.kind)
    }
}

extension RuleClass {
    /// Cases stand from the most to the least binding.
    fileprivate func isAtLeastAsBinding(as other: RuleClass) -> Bool {
        let order = Self.allCases
        return (order.firstIndex(of: self) ?? 0) <= (order.firstIndex(of: other) ?? 0)
    }
}

extension RulePack {
    /// The shipped packs and a roster's own. A pack of its own takes the place of a shipped one of the same id if
    /// that has only policy and wish rules; in the place of a law it is a fault.
    ///
    /// - Parameter local: each pack of the roster with the place where the roster names it.
    public static func available(besides local: [(pack: RulePack, place: Place)], faults: FaultList)
        -> [RulePack]
    {
        var packs = shipped
        var seen: Set<String> = []
        for (pack, place) in local {
            if !seen.insert(pack.id).inserted {
                faults.add(
                    Fault(at: place, value: pack.id, "is the id of two packs", accepted: "each id once"))
            } else if packs[pack.id]?.rules.contains(where: { !$0.classification.canBeSoft }) == true {
                faults.add(
                    Fault(
                        at: place, value: pack.id, "is the id of a shipped pack that cannot be replaced",
                        accepted: "an id of its own, or changes of single rules"))
            } else {
                packs[pack.id] = pack
            }
        }
        return packs.values.sorted { $0.id < $1.id }
    }
}
