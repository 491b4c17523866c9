/// What the holder of a token is to the system.
public enum AccessRole: String, CaseIterable, Sendable, Codable {
    /// Sees the person-free board, as everybody does without a token.
    case everybody = "public"
    /// Sees what its organisations' tokens may see, and changes nothing.
    case organisationViewer = "organisation-viewer"
    /// Also pushes its organisations' data and acts for them on the aid board.
    case organisationManager = "organisation-manager"
    /// Sees every organisation, and acts on what concerns several.
    case systemCoordinator = "system-coordinator"
    /// Sees also who may see what, and the audit of access.
    case administrator

    /// As it is written on a page: `organisation viewer`.
    public var name: String {
        rawValue.replacing("coordinator", with: "co-ordinator").replacing("-", with: " ", maxReplacements: 1)
    }

    /// Whether a token of this role is for certain organisations; otherwise it is for all or for none.
    public var isScoped: Bool { self == .organisationViewer || self == .organisationManager }

    var permissions: Set<Permission> {
        switch self {
        case .everybody: []
        case .organisationViewer: [.see]
        case .organisationManager: [.see, .act, .push]
        case .systemCoordinator: [.see, .act, .coordinate]
        case .administrator: [.see, .administer]
        }
    }
}

/// What a page or an operation asks of whoever wants it. For scoped roles it holds for their organisations only.
enum Permission: String, Sendable {
    case see, act, push, coordinate, administer
}
