import Roster

/// What somebody holds to be let in: `muster_ID_SECRET`. It is shown once, when it is made.
public struct AccessToken: Sendable, CustomStringConvertible {
    /// 12 hexadecimal digits: names the token in lists and in the audit, and is no secret.
    public let id: String
    let secret: Secret

    init(id: String, secret: Secret) {
        self.id = id
        self.secret = secret
    }

    static func random() -> AccessToken { AccessToken(id: hexadecimal(randomBytes(6)), secret: .random()) }

    /// Reads the text that was shown; nil for anything else.
    init?(_ text: some StringProtocol) {
        let parts = text.split(separator: "_", omittingEmptySubsequences: false)
        guard parts.count == 3, parts[0] == "muster", Self.isHexadecimal(parts[1], digits: 12),
            Self.isHexadecimal(parts[2], digits: 64)
        else { return nil }
        self.init(id: String(parts[1]), secret: Secret(text: String(parts[2])))
    }

    public var description: String { "muster_\(id)_\(secret.text)" }

    static func isHexadecimal(_ text: some StringProtocol, digits: Int) -> Bool {
        text.utf8.count == digits
            && text.utf8.allSatisfy { (48...57).contains($0) || (97...102).contains($0) }
    }
}

/// What is known of a token besides its secret.
public struct TokenRecord: Sendable, Equatable {
    public let id: String
    /// A role or a system, never a person's name: `Northgate bank desk`.
    public let label: String
    public let role: AccessRole
    /// ODS codes; empty for roles that are not scoped.
    public let organisations: [String]
    public let created: Instant
    public let expires: Instant
    public let revoked: Instant?

    /// Whether it lets somebody in at that time.
    public func isValid(at now: Instant) -> Bool { revoked == nil && now < expires }
}
