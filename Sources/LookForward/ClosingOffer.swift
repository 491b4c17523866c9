import Extracts
import Roster
import RosterCheck

/// One person who could close a gap, or part of it: what the checker found lawful.
struct ClosingOffer {
    enum Way {
        /// Sent from where they are on duty, for a part of it.
        case float(from: Duty, spare: Spare)
        /// A further duty.
        case duty(Duty)
    }

    let gap: ReportedGap.ID
    let unit: Unit.ID
    let step: CascadeStep.Level
    let way: Way
    let person: Person
    let start: Instant
    let end: Instant
    /// As what they would work there.
    let role: Role
    let minutesClosed: Int
    /// Weighed against other offers of the same step.
    let cost: Int
    let sideEffect: String
    /// Set for a float.
    var lending: LenderWords?

    /// Nobody gives twice: a person's further duties exclude one another unless they are lawful together, and a
    /// duty is left for one place only.
    var giver: String {
        switch way {
        case .float(let duty, _): "float \(person.id) \(duty.start.minutes)"
        case .duty: "duty \(person.id)"
        }
    }
}

/// What is said of a unit that lends somebody.
struct LenderWords {
    let name: String
    let caution: String

    /// - Parameter percent: What stays of what the unit asks for; nil if it asks for nobody.
    func sentence(_ percent: Int?) -> String {
        (percent.map { "leaves \(name) at \($0) %" } ?? "\(name) asks for nobody then") + caution
    }
}

/// What was found for one gap.
struct OffersForGap {
    var offers: [ClosingOffer] = []
    /// People who seemed free and whom the checker was not asked about.
    var notAsked = 0

    mutating func add(_ other: OffersForGap) {
        offers += other.offers
        notAsked += other.notAsked
    }

    /// How far ways are sought for a gap.
    struct Reach {
        /// Lawful ways that are kept for each step.
        let kept: Int
        /// People whom the checker is asked about to find them.
        let asked: Int

        /// A bank desk reads a handful; a few more let the matching spread people over gaps.
        static let usual = Reach(kept: 6, asked: 30)
        /// For a gap that would stay open, and for those that take the people who could close it.
        static let wide = Reach(kept: 30, asked: 1_000)
    }
}

extension NamedGap {
    /// The part of the gap that somebody who is there from `start` to `end` takes away, in minutes of one head.
    func minutesCovered(from start: Instant, to end: Instant) -> Int {
        parts.reduce(0) { $0 + max(0, (min(end, $1.end) - max(start, $1.start)).count) }
    }
}
