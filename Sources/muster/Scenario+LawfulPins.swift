import MusterFiles
import PlainText
import Roster
import RosterCheck
import RulePack

extension Scenario {
    /// An unlawful pinned duty or booking is a fault of the input: no search can put it right.
    ///
    /// - Throws: each breach that pinned duties and bookings make on their own; inherited ones are none.
    func requireLawfulPins(_ rules: RuleBook) throws(Faults) {
        let breaches = RosterCheck.check(self, rules, Rota(period: period, duties: pinned)).breaches
        let faults = breaches.map {
            Fault(
                at: Place(file: "duties.csv"), "has a pinned duty that breaks \($0.line)",
                accepted: "pinned duties and bookings that keep every hard rule")
        }
        if let faults = Faults(faults) { throw faults }
    }
}
