import PlainText
import Roster
import RulePack

/// The `rules` of `roster.yaml` and the rule packs that its contracts name.
struct RuleSection {
    /// Nil if a pack could not be read.
    private(set) var ruleBook: RuleBook?

    init(_ folder: inout OpenFolder, roster: RosterFile) {
        ruleBook = RuleBook(rulesByContract: [:])
    }
}
