import MusterFiles
import Roster
import SystemPool

/// Who may see what, and what has happened: for administrators.
struct AdministrationPage {
    let tokens: [TokenRecord]
    let access: [AccessEntry]
    let audit: [SystemAuditEntry]
    let now: Instant
    /// Which part of each list is shown; the first unless said.
    let part: (List) -> Int

    static let auditRows = 100
    /// Rows of one part: on a telephone each is several lines.
    private static let partRows = 20

    /// The lists of the page, by the names that links to their parts have.
    enum List: String {
        /// Tokens that let somebody in, and those that do no more.
        case tokens, ended
        case events, audit
    }

    var page: Page {
        let (valid, ended) = (tokens.filter { $0.isValid(at: now) }, tokens.filter { !$0.isValid(at: now) })
        return Page(
            title: "Access", section: .administration,
            content: """
                <p>Tokens are made and revoked on the server: <span class="id">muster-server token</span>.</p>
                <nav aria-label="On this page"><ul class="pages">\
                \(link(.tokens, counted(valid.count, "valid token")))\
                \(link(.ended, "\(grouped(ended.count)) revoked or expired"))\
                \(link(.events, "Tokens and sessions"))\(link(.audit, "The system's audit"))</ul></nav>
                \(list(.tokens, "Tokens", valid) { tokenTable("Valid tokens, the newest first", $0) })
                \(list(.ended, "Revoked and expired", ended) { tokenTable("Tokens that let nobody in, the newest first", $0) })
                \(list(.events, "Tokens and sessions", access, accessTable))
                \(list(.audit, "The system's audit", audit, auditTable))
                """)
    }

    private func link(_ list: List, _ words: String) -> HTML {
        "<li><a href=\"#\(list.rawValue)\">\(words)</a></li>"
    }

    private func list<Item>(
        _ list: List, _ title: String, _ items: [Item], _ table: (ArraySlice<Item>) -> HTML
    ) -> HTML {
        let portion = Portion(items, page: part(list), size: Self.partRows)
        return """
            <h2 id="\(list.rawValue)">\(title)</h2>\(table(portion.items))\
            \(portion.links(Section.administration.path, list.rawValue))
            """
    }

    private func tokenTable(_ caption: String, _ tokens: ArraySlice<TokenRecord>) -> HTML {
        PageTable(
            caption: caption, head: ["Label", "Role", "Organisations", "Expires", "State", "Id"],
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
            }, none: "There is none."
        ).html
    }

    private func scope(_ token: TokenRecord) -> String {
        if token.role.isScoped { return token.organisations.joined(separator: ", ") }
        return token.role == .everybody ? "none" : "all"
    }

    private func accessTable(_ access: ArraySlice<AccessEntry>) -> HTML {
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

    private func auditTable(_ audit: ArraySlice<SystemAuditEntry>) -> HTML {
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
