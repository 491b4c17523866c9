import Roster

extension Figure {
    /// What a figure measures. No level rests on one of these: two figures of one family are the same quantity told twice.
    ///
    /// Hours that are missing as a sum, as a share, or as what is required and filled are one. That a hard rule is not
    /// met, or that a ward is so short that NICE calls it a red flag, says how bad it is where it happens, however many
    /// hours it is in all: each is a family of its own.
    public enum Family: String, CaseIterable, Hashable, Sendable, Comparable {
        case missingHours = "hours required and missing"
        case hardCover = "hard cover"
        case redFlags = "red flags"
        case unavailability
        case bankRequests = "bank requests"
        case bankLeadTime = "lead time of bank requests"
        case agency = "share of agency"
        case escalationBeds = "escalation beds"
        case virtualWardBeds = "virtual ward beds"
        case virtualWardStaffed = "staffing of the virtual ward"
        case urgentResponseStaffed = "staffing of urgent community response"
        case sameDayEmergencyStaffed = "staffing of same-day emergency care"
        case ambulanceHandover = "ambulance handover"
        case reap = "REAP"
        case emergencyAttendances = "emergency attendances"
        case harms
        case completeness = "completeness of data"

        public static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
    }

    public var family: Family {
        switch self {
        case .gapHours, .gapPercent: .missingHours
        case .hardGaps: .hardCover
        case .virtualWardOccupancy: .virtualWardBeds
        case .metric(let name): name.family
        }
    }
}

extension Metric.Name {
    fileprivate var family: Figure.Family {
        switch self {
        case .registeredRequired, .registeredFilled, .unregisteredRequired, .unregisteredFilled,
            .medicalRequired, .medicalFilled, .therapyRequired, .therapyFilled:
            .missingHours
        case .seniorGapHours, .frailtyGapHours: .hardCover
        case .redFlags: .redFlags
        case .unavailability: .unavailability
        case .bankRequestsOpen, .bankRequestsFilled: .bankRequests
        case .bankLeadTime: .bankLeadTime
        case .agencyShare: .agency
        case .escalationBeds: .escalationBeds
        case .virtualWardBeds, .virtualWardOccupied: .virtualWardBeds
        case .virtualWardStaffed: .virtualWardStaffed
        case .urgentResponseStaffed: .urgentResponseStaffed
        case .sameDayEmergencyStaffed: .sameDayEmergencyStaffed
        case .ambulanceHandover: .ambulanceHandover
        case .reap: .reap
        case .emergencyAttendances: .emergencyAttendances
        case .potentialHarms, .actualHarms: .harms
        case .completeness: .completeness
        }
    }
}

extension EscalationPoint {
    /// What its figures measure, each once.
    var families: Set<Figure.Family> { Set(conditions.map(\.figure.family)) }

    /// Whether each of its figures measures something else.
    public var measuresEachOnce: Bool { families.count == conditions.count }

    /// Whether one quantity alone could ever reach it.
    public var restsOnOneQuantity: Bool { weakness != nil }

    /// Why one quantity alone could reach it, or nothing could; nil if it takes several, as it should.
    ///
    /// Told at the place where it is read and, of a plan that was made otherwise, by ``HealthSystem/faults``.
    public var weakness: String? {
        guard needed >= 2 else { return "needs \(needed) of its figures: no level rests on one" }
        guard families.count < needed else { return nil }
        let measured = families.sorted().map { family in
            let figures = Set(conditions.map(\.figure).filter { $0.family == family }).sorted()
            return "\(family.rawValue) (\(figures.map(\.text).joined(separator: ", ")))"
        }
        let told = measured.isEmpty ? "nothing" : measured.joined(separator: " and ")
        return "needs \(needed) figures that measure different things, and its figures measure only \(told)"
    }

    /// What would be accepted instead.
    public var acceptedConditions: String {
        "figures of at least \(max(2, needed)) of these: "
            + Figure.Family.allCases.map(\.rawValue).joined(separator: ", ")
    }
}
