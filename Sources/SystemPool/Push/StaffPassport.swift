import Roster

/// What somebody needs to work for another organisation, as their own has it on record; it never leaves the organisation.
///
/// What is not kept there is not asked for: an item that is missing stands in nobody's way.
public struct StaffPassport: Hashable, Sendable {
    public enum Item: String, CaseIterable, Hashable, Sendable, Comparable {
        case employmentChecks = "employment-checks"
        /// With the profession's regulator.
        case registration
        case rightToWork = "right-to-work"
        case dbs
        case occupationalHealth = "occupational-health"
        /// By the Core Skills Training Framework.
        case mandatoryTraining = "mandatory-training"
        case smartcard

        /// `professional registration`.
        public var words: String {
            switch self {
            case .employmentChecks: "employment checks"
            case .registration: "professional registration"
            case .rightToWork: "right to work"
            case .dbs: "DBS check"
            case .occupationalHealth: "occupational health clearance"
            case .mandatoryTraining: "mandatory training"
            case .smartcard: "smartcard"
            }
        }

        public static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
    }

    public enum Standing: Hashable, Sendable {
        /// The last day on which it holds.
        case through(Day)
        case held
        case notHeld
    }

    public let standings: [Item: Standing]

    public init(_ standings: [Item: Standing] = [:]) { self.standings = standings }

    /// What does not hold on a day, and until when it does, one phrase each; empty if nothing is known to be amiss.
    func lapses(on day: Day) -> [String] {
        standings.sorted { $0.key < $1.key }.compactMap { item, standing in
            switch standing {
            case .held: nil
            case .notHeld: "no \(item.words)"
            case .through(let last): last < day ? "\(item.words) valid through \(last) only" : nil
            }
        }
    }
}

extension LendingTerms {
    /// What of somebody's passport does not hold to the end of a duty, one sentence each. They are for their own
    /// organisation alone.
    public func lapses(of person: Person.ID, until end: Instant) -> [String] {
        let last = (end - ElapsedMinutes(1)).day
        return (passports[person]?.lapses(on: last) ?? []).map { "\(person) may not go on \(last): \($0)" }
    }

    /// Whether somebody is listed as having agreed to work elsewhere on a day.
    public func agrees(_ person: Person.ID, on day: Day) -> Bool {
        volunteers.contains { $0.person == person && day <= ($0.until ?? day) }
    }
}
