import Roster
import RulePack

/// The rules of one person's contract, read on that person's line of work.
public enum LineCheck {
    /// Every rule that the duties break together with the person's history, soft and inherited ones included,
    /// and every overlap. ``Breach/counts`` tells which make the line unlawful.
    ///
    /// Leave, skills and the like are tested by ``DutyCheck``; rules on several people by ``RosterCheck``.
    ///
    /// - Complexity: about the square of the number of duties for rolling windows, linear for the rest.
    public static func breaches(
        person: Person, duties: [Duty], scenario: Scenario, rules: RuleBook
    ) -> [Breach] {
        Line(person: person, duties: duties, records: Records(scenario))
            .breaches(of: rules.rules(for: person.contract))
    }
}
