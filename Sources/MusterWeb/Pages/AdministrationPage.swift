import MusterFiles
import Roster
import SystemPool

/// Who may see what, and what has happened: for administrators.
struct AdministrationPage {
    let tokens: [TokenRecord]
    let access: [AccessEntry]
    let audit: [SystemAuditEntry]
    let now: Instant

    static let auditRows = 100

    var page: Page {
        Page(
            title: "Access", section: .administration,
            content: """
                <p>Tokens are made and revoked on the server: <span class="id">muster-server token</span>.</p>
                \(tokenTable)<h2>Tokens and sessions</h2>\(accessTable)<h2>The system's audit</h2>\(auditTable)
                """)
    }

    private var tokenTable: HTML {
        PageTable(
            caption: "Tokens, the newest first",
            head: ["Label", "Role", "Organisations", "Expires", "State", "Id"],
            rows: tokens.map { token in
                let state =
                    token.revoked != nil
                    ? tag(.plain, "Revoked")
                    : token.isValid(at: now) ? tag(.good, "Valid") : tag(.plain, "Expired")
                return PageTable.Row(
                    header: "\(token.label)",
                    cells: [
                        "\(token.role.name)", "\(scope(token))",
                        "\(token.expires.day.spoken) \(token.expires.clock.description)", state,
                        "<span class=\"id\">\(token.id)</span>",
                    ])
            }, none: "There is no token yet."
        ).html
    }

    private func scope(_ token: TokenRecord) -> String {
        if token.role.isScoped { return token.organisations.joined(separator: ", ") }
        return token.role == .everybody ? "none" : "all"
    }

    private var accessTable: HTML {
        PageTable(
            caption: "The last \(Self.auditRows) events, the newest first",
            head: ["Number", "When", "Who", "What", "Of", "Why"],
            rows: access.map { entry in
                PageTable.Row(
                    header: "\(entry.number)",
                    cells: [
                        "\(moment(entry.at))", "\(entry.who)", "\(entry.what)", "\(entry.subject)",
                        "\(entry.why)",
                    ])
            }, none: "Nothing has happened yet."
        ).html
    }

    private var auditTable: HTML {
        PageTable(
            caption: "The last \(Self.auditRows) rows, the newest first",
            head: ["Number", "When", "Who", "What", "Of", "Why"],
            rows: audit.map { entry in
                PageTable.Row(
                    header: "\(String(entry.number))",
                    cells: [
                        "\(moment(entry.at))", "\(entry.who)",
                        "\(entry.action.rawValue)",
                        "\(entry.subject)", "\(entry.reason)",
                    ])
            }, none: "Nothing has happened yet."
        ).html
    }
}
