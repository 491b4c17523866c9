/// Who asks: the holder of a token, or anybody.
struct Visitor: Sendable {
    let role: AccessRole
    /// Nil is every organisation.
    let organisations: Set<String>?
    /// What the audit calls this visitor.
    let name: String
    /// The role or system that the token was made for; empty without one.
    let label: String
    /// What a form of this visitor's session must carry; nil without a session.
    let formKey: String?
    /// The id of the token, for the audit; nil without one, and in a page that many may see.
    let token: String?

    static let anybody = Visitor(
        role: .everybody, organisations: [], name: "anybody", label: "", formKey: nil)

    init(
        role: AccessRole, organisations: Set<String>?, name: String, label: String, formKey: String?,
        token: String? = nil
    ) {
        self.role = role
        self.organisations = organisations
        self.name = name
        self.label = label
        self.formKey = formKey
        self.token = token
    }

    init(_ token: TokenRecord, formKey: String? = nil) {
        self.init(
            role: token.role,
            organisations: token.role.isScoped
                ? Set(token.organisations) : token.role == .everybody ? [] : nil,
            name: "token \(token.id) (\(token.role.name))", label: token.label, formKey: formKey,
            token: token.id)
    }

    func may(_ permission: Permission) -> Bool { role.permissions.contains(permission) }

    /// Whether that organisation is within this visitor's scope.
    func covers(_ organisation: String) -> Bool { organisations?.contains(organisation) ?? true }

    var seesWholeSystem: Bool { organisations == nil }
}
