import Roster

/// One figure of one organisation, with the time at which it was true.
public struct Metric: Hashable, Sendable, Codable {
    /// What is measured. No figure stands alone: see ``EscalationPoint``.
    public enum Name: String, CaseIterable, Hashable, Sendable, Codable {
        case registeredRequired = "registered-required-hours"
        case registeredFilled = "registered-filled-hours"
        case unregisteredRequired = "unregistered-required-hours"
        case unregisteredFilled = "unregistered-filled-hours"
        case medicalRequired = "medical-required-hours"
        case medicalFilled = "medical-filled-hours"
        case therapyRequired = "therapy-required-hours"
        case therapyFilled = "therapy-filled-hours"
        /// Hours in which a senior-decision-maker rule is not met.
        case seniorGapHours = "senior-cover-gap-hours"
        case frailtyGapHours = "frailty-cover-gap-hours"
        case redFlags = "red-flags"
        /// Of contracted hours, in one figure: its classes never leave the organisation.
        case unavailability = "unavailability-percent"
        case bankRequestsOpen = "bank-requests-open"
        case bankRequestsFilled = "bank-requests-filled"
        case bankLeadTime = "bank-lead-time-hours"
        case agencyShare = "agency-percent"
        case escalationBeds = "escalation-beds-open"
        case virtualWardBeds = "virtual-ward-beds"
        case virtualWardOccupied = "virtual-ward-occupied"
        /// 1 if it is staffed as it should be, 0 if not.
        case virtualWardStaffed = "virtual-ward-staffed"
        case urgentResponseStaffed = "urgent-community-response-staffed"
        case sameDayEmergencyStaffed = "same-day-emergency-care-staffed"
        case ambulanceHandover = "ambulance-handover-minutes"
        /// Resource escalation action plan of the ambulance service, 1 to 4.
        case reap = "reap-level"
        case emergencyAttendances = "emergency-attendances"
        case potentialHarms = "potential-harms"
        case actualHarms = "actual-harms"
        /// How much of what should be in the push is in it.
        case completeness = "completeness-percent"
    }

    public let name: Name
    /// The day that it is about; nil for now.
    public let day: Day?
    public let value: Double
    public let measuredAt: Instant

    public init(name: Name, day: Day? = nil, value: Double, measuredAt: Instant) {
        self.name = name
        self.day = day
        self.value = value
        self.measuredAt = measuredAt
    }
}

extension Metric.Name {
    /// What a value may be.
    public var range: ClosedRange<Double> {
        if rawValue.hasSuffix("-percent") { return 0...(self == .completeness ? 100 : 1_000) }
        if rawValue.hasSuffix("-staffed") { return 0...1 }
        return self == .reap ? 1...4 : 0...1_000_000
    }

    /// The smallest value that is not nought: of less nothing would be left when it is shown, and a share of it says nothing.
    static let least = 0.01

    /// Whether it counts what comes in whole: people, beds, requests, or whether something is so.
    var isCount: Bool {
        switch self {
        case .redFlags, .bankRequestsOpen, .bankRequestsFilled, .escalationBeds, .virtualWardBeds,
            .virtualWardOccupied, .virtualWardStaffed, .urgentResponseStaffed, .sameDayEmergencyStaffed,
            .reap,
            .emergencyAttendances, .potentialHarms, .actualHarms:
            true
        case .registeredRequired, .registeredFilled, .unregisteredRequired, .unregisteredFilled,
            .medicalRequired, .medicalFilled, .therapyRequired, .therapyFilled, .seniorGapHours,
            .frailtyGapHours, .unavailability, .bankLeadTime, .agencyShare, .ambulanceHandover, .completeness:
            false
        }
    }

    /// Whether a value within its ``range`` is taken: a count in whole numbers, all else at nought or ``least`` and more.
    public func takes(_ value: Double) -> Bool {
        isCount ? value == value.rounded() : value == 0 || value >= Self.least
    }

    /// `a whole number from 0 to 1000000`, `0, or a number from 0.01 to 1000`.
    public var accepted: String {
        let most = Int(range.upperBound)
        return isCount
            ? "a whole number from \(Int(range.lowerBound)) to \(most)"
            : "0, or a number from \(Self.least) to \(most)"
    }

    /// Whether Muster works it out from an organisation's own store, so that nobody has to tell it.
    public var isWorkedOut: Bool {
        switch self {
        case .registeredRequired, .registeredFilled, .unregisteredRequired, .unregisteredFilled,
            .medicalRequired, .medicalFilled, .therapyRequired, .therapyFilled, .seniorGapHours,
            .frailtyGapHours, .redFlags, .unavailability, .bankRequestsOpen, .bankRequestsFilled,
            .bankLeadTime, .agencyShare, .completeness:
            true
        case .escalationBeds, .virtualWardBeds, .virtualWardOccupied, .virtualWardStaffed,
            .urgentResponseStaffed, .sameDayEmergencyStaffed, .ambulanceHandover, .reap,
            .emergencyAttendances, .potentialHarms, .actualHarms:
            false
        }
    }

    /// Whether it is counted from the rota: units of which no rota is known are on neither side of it.
    var isOfRota: Bool { rawValue.hasSuffix("-required-hours") || rawValue.hasSuffix("-filled-hours") }

    /// `Virtual ward staffed`.
    public var words: String {
        let words = rawValue.replacing("-", with: " ")
        return words.prefix(1).uppercased() + words.dropFirst()
    }
}

/// An OPEL level as somebody entered it. It is shown beside Muster's own levels and never computed.
public struct OpelEntry: Hashable, Sendable, Codable {
    public let level: Int
    /// Which framework it is of, such as `2024-26`.
    public let framework: String
    public let at: Instant
    public let by: JobRole

    public init(level: Int, framework: String, at: Instant, by: JobRole) {
        self.level = level
        self.framework = framework
        self.at = at
        self.by = by
    }
}
