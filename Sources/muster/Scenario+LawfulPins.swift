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
        let mended = Set(
            scenario.contracts.flatMap { ruleBook.rules(for: $0.id) }.filter(\.kind.isMendedByDuties).map(
                \.id))
        let breaches = RosterCheck.check(scenario, ruleBook, pins).breaches.filter {
            !mended.contains($0.rule)
        }
        let faults = breaches.map { breach in
            Fault(
                at: breach.person.flatMap { place(of: $0, breach.duties.map(\.start)) }
                    ?? Place(file: "duties.csv"),
                "has a pinned duty or booking that breaks \(breach.line)",
                accepted: "pinned duties and bookings that keep every hard rule")
        }
        if let faults = Faults(faults) { throw faults }
    }
}

extension RuleKind {
    /// Whether a rota that breaks it can keep it with more duties and none fewer.
    fileprivate var isMendedByDuties: Bool {
        switch self {
        case .runMinimum, .offMinimum, .outOfHoursShare: true
        case .totalPaid(let minimum, _): minimum > PaidMinutes(0)
        default: false
        }
    }
}
