import Roster

/// Somebody whom only their own organisation can look up.
///
/// It cannot hold a name: `p-` and 8 to 32 hexadecimal digits, at least two of them numerals. An organisation makes it
/// from its own key, so that the same person has the same pseudonym from push to push and nobody else can tell who
/// it is.
public struct Pseudonym: Hashable, Comparable, Sendable, Codable, CustomStringConvertible {
    public let text: String

    public static let accepted = "p- and 8 to 32 of 0-9 a-f, at least two of them 0-9"

    /// Nil for anything else.
    public init?(_ text: some StringProtocol) {
        let digits = text.utf8.dropFirst(2)
        guard text.hasPrefix("p-"), (8...32).contains(digits.count),
            digits.allSatisfy({ (48...57).contains($0) || (97...102).contains($0) }),
            digits.count(where: { (48...57).contains($0) }) >= 2
        else { return nil }
        self.text = String(text)
    }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let pseudonym = Pseudonym(try container.decode(String.self)) else {
            throw DecodingError.dataCorruptedError(
                in: container, debugDescription: "not a pseudonym; accepted: \(Self.accepted)")
        }
        self = pseudonym
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(text)
    }

    public var description: String { text }
    public static func < (left: Self, right: Self) -> Bool { left.text < right.text }
}

/// Who acts for an organisation: a role from a list, so that nobody can write a name in its place.
public enum JobRole: String, CaseIterable, Hashable, Sendable, Codable {
    case bankDesk = "bank-desk"
    case wardManager = "ward-manager"
    case matron
    case siteManager = "site-manager"
    case headOfNursing = "head-of-nursing"
    case medicalDirector = "medical-director"
    case chiefNurse = "chief-nurse"
    case operationsManager = "operations-manager"
    case therapyLead = "therapy-lead"
    case clinicalLead = "clinical-lead"
    case directorOnCall = "director-on-call"
    case poolCoordinator = "pool-coordinator"
    case systemCoordinator = "system-coordinator"
    case riskManager = "risk-manager"
    case administrator
    /// The program itself, such as when a hard gap raises a risk.
    case muster

    /// `director on call`.
    public var words: String { rawValue.replacing("-", with: " ") }
}

/// Who did something: a role in an organisation; nil for the system's own people.
public struct Actor: Hashable, Sendable, Codable, CustomStringConvertible {
    public let organisation: Organisation.ID?
    public let role: JobRole
    /// The id of the token with which it was done, which is no secret; nil without one. It is for the audit alone: what was
    /// done is shown to others, and they need not know with which token.
    public let token: String?

    private enum CodingKeys: String, CodingKey {
        case organisation, role
    }

    public init(organisation: Organisation.ID?, role: JobRole, token: String? = nil) {
        self.organisation = organisation
        self.role = role
        self.token = token
    }

    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            organisation: try values.decodeIfPresent(Organisation.ID.self, forKey: .organisation),
            role: try values.decode(JobRole.self, forKey: .role))
    }

    public static let muster = Actor(organisation: nil, role: .muster)

    /// `bank desk, NS1`.
    public var description: String { organisation.map { "\(role.words), \($0)" } ?? role.words }
}
