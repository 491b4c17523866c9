import Foundation
import Roster

/// How binding a rule is.
public enum RuleClass: String, CaseIterable, Hashable, Sendable, Codable {
    /// Law: never broken, and no local pack can loosen it.
    case statutory
    /// Terms of employment: never broken; a local pack can tighten them.
    case contractual
    /// Cover that lives hang on.
    case serviceHard = "service-hard"
    /// A trust's or ward's own rule: hard, soft or off, as the pack says.
    case policy
    case wish
}

/// What a rule needs to be judged, which decides who enforces it.
public enum RuleReach: String, CaseIterable, Hashable, Sendable, Codable {
    /// One person's line of work: engine and checker enforce it.
    case line
    /// Several people at once: engine and checker enforce it.
    case crossPerson = "cross-person"
    /// The shift types themselves: judged when the folder is read.
    case template
    /// Notice, agreement, reporting: stated in the outputs, not enforced.
    case process
    /// What was really worked: stated in the outputs, not enforced.
    case actuals
}

/// How far the numbers of a rule can be trusted: rules are data, and some were not seen in their source.
public enum Trust: String, CaseIterable, Hashable, Sendable, Codable {
    /// Read in a public text that is named as the source.
    case verified
    /// Read in a text that quotes the source.
    case secondHand = "second-hand"
    /// Remembered, and to be confirmed before anybody relies on it.
    case fromMemory = "from-memory"
    /// Our own reading or recommendation.
    case inferred
}

/// What happens when a rule is broken.
public enum Enforcement: Hashable, Sendable, Codable {
    /// The engine never breaks it; the checker calls it a breach.
    case hard
    /// Each break costs this much on level 3; the checker calls it a warning. Policy and wish rules only.
    case soft(weight: Int)
    /// Switched off by a local pack. Policy rules only.
    case off
}

/// One rule, as dated data: what it says, where it comes from, since when, and how binding it is.
public struct Rule: Hashable, Sendable, Codable {
    /// Such as `WTR-DAILY`; unique in a rule book.
    public let id: String
    /// The title as the pack has it: `{minimum}` stands for the parameter of that name.
    public let wording: String
    /// The regulation, agreement or page it comes from.
    public let source: String
    public let trust: Trust
    public let effective: Day
    /// The last day on which it applies; nil if it still does.
    public let until: Day?
    public let classification: RuleClass
    public let reach: RuleReach
    public let enforcement: Enforcement
    public let kind: RuleKind

    public init(
        id: String, title: String, source: String, trust: Trust = .inferred, effective: Day,
        until: Day? = nil, classification: RuleClass, reach: RuleReach, enforcement: Enforcement = .hard,
        kind: RuleKind
    ) {
        self.id = id
        wording = title
        self.source = source
        self.trust = trust
        self.effective = effective
        self.until = until
        self.classification = classification
        self.reach = reach
        self.enforcement = enforcement
        self.kind = kind
    }

    /// One plain sentence that people read when the rule stops something, with the numbers that now apply.
    public var title: String {
        kind.parameters.reduce(wording) { text, parameter in
            text.replacingOccurrences(of: "{\(parameter.key)}", with: parameter.value.description)
        }
    }

    /// The first and last day included.
    public func applies(on day: Day) -> Bool { effective <= day && day <= (until ?? day) }
}

/// A named, versioned set of rules: `working-time`, `agenda-for-change`, `resident-doctors`, a ward's own.
public struct RulePack: Hashable, Sendable, Codable {
    public let id: String
    public let title: String
    public let version: String
    public let rules: [Rule]

    public init(id: String, title: String, version: String, rules: [Rule]) {
        self.id = id
        self.title = title
        self.version = version
        self.rules = rules
    }
}

/// The rules that bind each contract in a period: packs resolved, local changes applied, dates respected.
public struct RuleBook: Hashable, Sendable, Codable {
    /// By contract, in the order of its packs; rules that are switched off are left out.
    public let rulesByContract: [Contract.ID: [Rule]]
    /// Identifier and version of each pack that was used, in order.
    public let packs: [RulePack]

    public init(rulesByContract: [Contract.ID: [Rule]], packs: [RulePack] = []) {
        self.rulesByContract = rulesByContract
        self.packs = packs
    }

    public func rules(for contract: Contract.ID) -> [Rule] { rulesByContract[contract] ?? [] }

    /// Rest between two duties as the law has it, whatever the contract: each rule once.
    public var statutoryRest: [Rule] {
        let rules = rulesByContract.sorted { $0.key < $1.key }.flatMap(\.value).filter { rule in
            if case .restBetween = rule.kind { rule.classification == .statutory } else { false }
        }
        return Dictionary(rules.map { ($0.id, $0) }) { first, _ in first }.values.sorted { $0.id < $1.id }
    }

    /// A copy without one rule, for proving which rule stands in the way.
    public func without(rule id: String) -> RuleBook {
        RuleBook(rulesByContract: rulesByContract.mapValues { $0.filter { $0.id != id } }, packs: packs)
    }
}
