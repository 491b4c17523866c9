import MusterFiles
import PlainText
import Roster
import RosterCheck
import RulePack

extension RosterFolder {
    /// An unlawful pinned duty or booking is a fault of the input: no search can put it right.
    ///
    /// - Throws: each breach that pinned duties and bookings make on their own, at the row of one of its duties. Inherited
    ///   ones are none, and neither are those that more duties in the same rota can put right.
    func requireLawfulPins() throws(Faults) {
        let pins = Rota(period: scenario.period, duties: scenario.pinned)
        let breaches = RosterCheck.check(scenario, ruleBook, pins).breaches.filter { !isMended($0) }
        let faults = breaches.map { breach in
            Fault(
                at: breach.person.flatMap { place(of: $0, breach.duties.map(\.start)) }
                    ?? Place(file: "duties.csv"),
                "has a pinned duty or booking that breaks \(breach.line)",
                accepted: "pinned duties and bookings that keep every hard rule")
        }
        if let faults = Faults(faults) { throw faults }
    }

    /// Whether more duties, and none fewer, can put it right.
    private func isMended(_ breach: Breach) -> Bool {
        guard let person = breach.person.flatMap(scenario.person),
            let rule = ruleBook.rules(for: person.contract).first(where: { $0.id == breach.rule })
        else { return false }
        switch rule.kind {
        case .runMinimum, .offMinimum, .outOfHoursShare: return true
        case .totalPaid(_, let maximum):
            let pinned = scenario.pinned.filter { $0.person == person.id }
            return pinned.reduce(.zero) { $0 + $1.paid } <= maximum
        default: return false
        }
    }
}
