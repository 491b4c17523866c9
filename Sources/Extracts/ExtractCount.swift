import Roster

/// What an export tells of.
public enum ExtractKind: String, CaseIterable, Hashable, Sendable, Codable, Comparable {
    case units, people, skills, duties, leave, bookings, requirements

    /// What it tells of changes from hour to hour, so that it can be stale.
    public var isPerishable: Bool {
        switch self {
        case .duties, .leave, .bookings: true
        case .units, .people, .skills, .requirements: false
        }
    }

    public static func < (left: Self, right: Self) -> Bool { left.rank < right.rank }

    private var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }
}

/// What the extract of one kind that is in force held: a block of the report says so.
public struct ExtractCount: Hashable, Sendable, Codable {
    public let kind: ExtractKind
    public let file: String
    public let extractedAt: Instant
    /// Rows below the header; `read` is `accepted` plus `rejected`.
    public let read: Int
    public let accepted: Int
    public let rejected: Int
    /// Why rows were rejected, and how many for each reason.
    public let reasons: [String: Int]

    public init(
        kind: ExtractKind, file: String, extractedAt: Instant, read: Int, accepted: Int, rejected: Int,
        reasons: [String: Int] = [:]
    ) {
        self.kind = kind
        self.file = file
        self.extractedAt = extractedAt
        self.read = read
        self.accepted = accepted
        self.rejected = rejected
        self.reasons = reasons
    }
}
