import PlainText
import Roster

/// Reads a pack of rules, shipped or local.
///
///     pack: ward-policy
///     title: "Ward policy"
///     version: "2026.1"
///     tests:
///       night: { inside: { from: 23:00, to: 06:00 }, inside-at-least: 3 h }
///     rules:
///       - id: WARD-NIGHTS
///         title: "At most {maximum} nights in a row."   # {maximum} is the parameter, also after a change
///         source: "Agreed by the ward, 2 March 2026"
///         trust: verified            # optional: verified | second-hand | from-memory | inferred
///         effective: 2026-04-01
///         until: 2027-03-31          # optional, the last day
///         class: policy              # statutory | contractual | service-hard | policy | wish
///         reach: line                # line | cross-person | template | process | actuals
///         enforcement: soft          # optional: hard | soft | off; soft and off only for policy and wish
///         weight: 40                 # only with soft
///         kind: run-maximum
///         set: { of: night, maximum: 3 }
///
/// A length of time is written with its unit: `11 h`, `30 min`, `1 h 30 min`. A rule whose numbers change on a day
/// stands twice: the old one `until` the day before, the new one `effective` from that day.
public enum RulePackReader {
    /// - Parameter shifts: Finds a shift of the roster for which the pack is read; any id will do if there is none.
    /// - Returns: nil, with faults, if anything in the file is wrong.
    public static func read(
        _ source: SourceFile, faults: FaultList,
        shifts: @escaping ShiftReference = { $0.identifier().map { ShiftType.ID($0) } }
    ) -> RulePack? {
        let faultsBefore = faults.count
        guard
            let pack = YAMLCursor(source, faults: faults)?
                .mapping(required: ["pack", "title", "version", "rules"], optional: ["tests"])
        else { return nil }
        let parameters = ParameterReader(tests: tests(pack["tests"], shifts), shifts: shifts)
        var rules: [Rule] = []
        for item in pack["rules"]?.list() ?? [] {
            guard let rule = rule(item, parameters) else { continue }
            if rules.contains(where: { $0.id == rule.id && $0.overlaps(rule) }) {
                item.fault(
                    "is a second rule \(rule.id) for the same days", accepted: "each id once on each day")
            }
            rules.append(rule)
        }
        guard let id = pack["pack"]?.identifier(), let title = pack["title"]?.text(),
            let version = pack["version"]?.text(), faults.count == faultsBefore
        else { return nil }
        return RulePack(id: id, title: title, version: version, rules: rules)
    }

    private static func tests(_ cursor: YAMLCursor?, _ shifts: @escaping ShiftReference) -> [String: DutyTest]
    {
        let reader = ParameterReader(tests: [:], shifts: shifts)
        let named = (cursor?.entries() ?? []).compactMap { name, value in
            reader.test(value, name: name.text).map { (name.text, $0) }
        }
        return Dictionary(named) { first, _ in first }
    }

    private static func rule(_ cursor: YAMLCursor, _ parameters: ParameterReader) -> Rule? {
        guard
            let rule = cursor.mapping(
                required: ["id", "title", "source", "effective", "class", "reach", "kind"],
                optional: ["trust", "until", "enforcement", "weight", "set"])
        else { return nil }
        // Everything is read before anything is given up, so that all faults come out in one run.
        let id = rule["id"]?.identifier()
        let title = rule["title"]?.text()
        let source = rule["source"]?.text()
        let trust =
            rule["trust"].map { $0.scalar(accepted: "a word")?.choice(Trust.self, of: "a degree of trust") }
            ?? .inferred
        let effective = rule["effective"]?.day()
        let until = rule["until"]?.day()
        let classification = rule["class"]?.scalar(accepted: "a word")?.choice(RuleClass.self, of: "a class")
        let reach = rule["reach"]?.scalar(accepted: "a word")?.choice(RuleReach.self, of: "a reach")
        let enforcement = Enforcement(rule["enforcement"], weight: rule["weight"])
        let kind = kind(rule, parameters)

        if let effective, let until, until < effective {
            rule["until"]?.fault("lies before the rule begins", accepted: "\(effective) or later")
        }
        if let classification, let enforcement, enforcement != .hard, !classification.canBeSoft {
            rule["enforcement"]?.fault(
                "is not possible for a \(classification.rawValue) rule",
                accepted: "hard; soft and off only for rules of the classes policy and wish")
        }
        if let enforcement, let kind, !kind.allows(enforcement) {
            rule["enforcement"]?.fault("is not possible for \(kind.name)", accepted: "hard or off")
        }
        guard let id, let title, let source, let trust, let effective, let classification, let reach,
            let enforcement, let kind
        else { return nil }
        let result = Rule(
            id: id, title: title, source: source, trust: trust, effective: effective, until: until,
            classification: classification, reach: reach, enforcement: enforcement, kind: kind)
        if result.title.contains("{") {
            rule["title"]?.fault(
                "names a parameter in braces that the rule does not have",
                accepted: kind.parameters.keys.sorted().map { "{\($0)}" }.joined(separator: ", "))
        }
        return result
    }

    private static func kind(_ rule: YAMLMapping, _ parameters: ParameterReader) -> RuleKind? {
        let known = Dictionary(uniqueKeysWithValues: RuleKind.forms.keys.map { ($0, $0) })
        guard let name = rule["kind"]?.choice(known, of: "a kind of rule"), let forms = RuleKind.forms[name]
        else { return nil }
        guard let set = rule["set"] else {
            let missing = forms.filter(\.isRequired).map(\.name)
            if missing.isEmpty { return try? RuleKind(name, [:]) }
            rule["kind"]?.fault("needs parameters under set", accepted: missing.joined(separator: ", "))
            return nil
        }
        guard let values = parameters.values(set, forms) else { return nil }
        return try? RuleKind(name, values)
    }
}

extension Rule {
    fileprivate func overlaps(_ other: Rule) -> Bool {
        effective <= (other.until ?? effective) && other.effective <= (until ?? other.effective)
    }
}

extension Enforcement {
    /// Reads the two keys of a rule or a change; nil, with a fault, if they do not go together. Hard if neither stands.
    init?(_ cursor: YAMLCursor?, weight: YAMLCursor?) {
        guard let cursor else {
            weight?.fault("is given without enforcement: soft", accepted: "enforcement: soft beside it")
            self = .hard
            return
        }
        guard let word = cursor.choice(["hard": "hard", "soft": "soft", "off": "off"]) else { return nil }
        switch word {
        case "soft":
            guard let weight else {
                cursor.fault("needs a weight", accepted: "weight: a whole number from 1 to 100000 beside it")
                return nil
            }
            guard let weight = weight.integer(in: 1...100_000) else { return nil }
            self = .soft(weight: weight)
        default:
            weight?.fault("is given without enforcement: soft", accepted: "enforcement: soft beside it")
            self = word == "off" ? .off : .hard
        }
    }
}

extension RuleKind {
    /// A total of paid time binds or it does not; hours that may be missed at a cost are the contract's.
    func allows(_ enforcement: Enforcement) -> Bool {
        if case .totalPaid = self, case .soft = enforcement { false } else { true }
    }
}

extension RuleClass {
    /// Whether a rule of this class may be soft or off.
    var canBeSoft: Bool { self == .policy || self == .wish }
}

extension YAMLCursor {
    func day() -> Day? { date().flatMap { Day(year: $0.year, month: $0.month, day: $0.day) } }
}
