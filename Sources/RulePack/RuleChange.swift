import PlainText
import Roster

/// What a roster changes in one rule of its packs.
///
///     - change: WARD-LONG
///       enforcement: soft       # hard | soft | off
///       weight: 40              # with soft
///       set: { maximum: 3 }     # parameters of the rule's kind
///
/// A rule of the classes policy and wish can be changed in any way. Any other can only be made stricter.
public struct RuleChange {
    /// The id of the rule.
    public let rule: Scalar
    private let fields: YAMLMapping
    private let enforcement: Enforcement?
    private let shifts: ShiftReference

    /// - Returns: nil, with faults, if it is not a change. Its parameters are read when the rule is known.
    public init?(_ cursor: YAMLCursor, shifts: @escaping ShiftReference) {
        guard let fields = cursor.mapping(required: ["change"], optional: ["enforcement", "weight", "set"]),
            let rule = fields["change"]?.scalar(accepted: "the id of a rule")
        else { return nil }
        let isEnforcementStated = fields["enforcement"] != nil || fields["weight"] != nil
        guard isEnforcementStated || fields["set"] != nil else {
            cursor.fault("changes nothing", accepted: "enforcement or set beside change")
            return nil
        }
        let enforcement = Enforcement(fields["enforcement"], weight: fields["weight"])
        if enforcement == nil { return nil }
        self.rule = rule
        self.fields = fields
        self.shifts = shifts
        self.enforcement = isEnforcementStated ? enforcement : nil
    }

    /// The rule as changed; unchanged, with faults, if the change is not possible.
    func applied(to rule: Rule, of pack: RulePack) -> Rule {
        Rule(
            id: rule.id, title: rule.wording, source: rule.source, trust: rule.trust,
            effective: rule.effective, until: rule.until, classification: rule.classification,
            reach: rule.reach, enforcement: changedEnforcement(of: rule),
            kind: changedKind(of: rule, in: pack))
    }

    private func changedEnforcement(of rule: Rule) -> Enforcement {
        guard let enforcement else { return rule.enforcement }
        guard rule.classification.canBeSoft || enforcement.isAtLeastAsStrict(as: rule.enforcement) else {
            fields["enforcement"]?.fault(
                "would loosen \(rule.id), which is \(rule.classification.rawValue)", accepted: "hard")
            return rule.enforcement
        }
        guard rule.kind.allows(enforcement) else {
            fields["enforcement"]?.fault("is not possible for \(rule.kind.name)", accepted: "hard or off")
            return rule.enforcement
        }
        return enforcement
    }

    private func changedKind(of rule: Rule, in pack: RulePack) -> RuleKind {
        guard let set = fields["set"], let forms = RuleKind.forms[rule.kind.name] else { return rule.kind }
        guard !forms.isEmpty else {
            set.fault("cannot change \(rule.id), which has no parameters", accepted: "enforcement")
            return rule.kind
        }
        let current = rule.kind.parameters
        guard let stated = ParameterReader(tests: pack.tests, shifts: shifts).changed(set, forms),
            let kind = try? RuleKind(rule.kind.name, current.merging(stated) { $1 })
        else { return rule.kind }
        guard !rule.classification.canBeSoft, !kind.isAtLeastAsStrict(as: rule.kind) else { return kind }

        let problem = "would loosen \(rule.id), which is \(rule.classification.rawValue)"
        let loosening = forms.filter { form in
            guard let value = stated[form.name] else { return false }
            let alone = try? RuleKind(rule.kind.name, current.merging([form.name: value]) { $1 })
            return alone?.isAtLeastAsStrict(as: rule.kind) != true
        }
        for form in loosening {
            set.peek(form.name)?.fault(problem, accepted: form.accepted(besides: current[form.name]))
        }
        if loosening.isEmpty {
            set.fault(problem, accepted: "what binds in at least every case in which it does")
        }
        return rule.kind
    }
}

extension RulePack {
    /// The duty tests that the rules use, by name.
    var tests: [String: DutyTest] {
        let named = rules.flatMap { $0.kind.parameters.values }.compactMap {
            parameter -> (String, DutyTest)? in
            guard case .test(let test) = parameter else { return nil }
            return (test.name, test)
        }
        return Dictionary(named) { first, _ in first }
    }
}

extension Enforcement {
    /// Hard, then soft by weight, then off.
    func isAtLeastAsStrict(as other: Enforcement) -> Bool {
        switch (self, other) {
        case (.hard, _), (_, .off): true
        case (.soft(let weight), .soft(let least)): weight >= least
        default: false
        }
    }
}
