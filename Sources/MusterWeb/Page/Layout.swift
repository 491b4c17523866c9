import Hummingbird
import MusterFiles
import Roster

/// The pages that stand in the navigation, in its order.
enum Section: String, CaseIterable {
    case overview, pool, aid, escalation, risks
    case virtualWards = "virtual-wards"
    case board = "public"
    case administration

    var path: String { "/\(rawValue)" }

    var title: String {
        switch self {
        case .overview: "Overview"
        case .pool: "Pool suggestions"
        case .aid: "Mutual aid"
        case .escalation: "Escalation"
        case .risks: "Risks"
        case .virtualWards: "Virtual wards"
        case .board: "Public board"
        case .administration: "Access"
        }
    }

    func isOpen(to visitor: Visitor) -> Bool {
        switch self {
        case .board: true
        case .administration: visitor.may(.administer)
        default: visitor.may(.see)
        }
    }
}

/// The streams of revisions: the public one tells nothing but what the public board shows.
enum Events {
    case system, board

    var path: String { self == .system ? "/events" : "/events/public" }
}

/// A whole page: the content in the frame that all pages share.
struct Page {
    let title: String
    var section: Section?
    /// Changes with the data; the page fetches itself again when it does. Nil for a page that shows no data.
    var revision: String?
    /// Where the page hears of newer revisions.
    var events = Events.system
    let content: HTML

    func html(for visitor: Visitor) -> HTML {
        """
        <!doctype html>
        <html lang="en-GB">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>\(title) – Muster</title>
        <link rel="stylesheet" href="\(StaticFile.style.path)">
        \(when(revision != nil, "<script src=\"\(StaticFile.live.path)\" defer></script>"))
        </head>
        <body>
        <a class="skip" href="#main">Skip to main content</a>
        <header>
        <div class="bar"><p><a class="product" href="/">Muster system view</a></p>\(who(visitor))</div>
        <nav aria-label="Pages"><ul>\(Section.allCases.filter { $0.isOpen(to: visitor) }.map(link))</ul></nav>
        </header>
        <main id="main" tabindex="-1">
        <h1>\(title)</h1>
        \(when(revision != nil, "<p class=\"live\" id=\"live\" role=\"status\"></p>"))
        <div id="content"\(revision.map { " data-revision=\"\($0)\" data-events=\"\(events.path)\"" as HTML } ?? "")>
        \(content)
        </div>
        </main>
        <footer><p>Staffing only, and only as good as what the organisations have sent: each figure says how old it is. \
        Times are those of London, in 24 hours. Muster never holds a name here.</p></footer>
        </body>
        </html>

        """
    }

    private func link(_ section: Section) -> HTML {
        let current: HTML = section == self.section ? " aria-current=\"page\"" : ""
        return "<li><a href=\"\(section.path)\"\(current)>\(section.title)</a></li>"
    }

    private func who(_ visitor: Visitor) -> HTML {
        guard visitor.formKey != nil else {
            return "<p class=\"who\"><a class=\"product\" href=\"/sign-in\">Sign in</a></p>"
        }
        let scope = visitor.organisations.map { " · \($0.sorted().joined(separator: ", "))" } ?? ""
        return """
            <form class="who" method="post" action="/sign-out">\(visitor.label) · \(visitor.role.name)\(scope)
            \(Form.key(visitor)) <button class="link">Sign out</button></form>
            """
    }

    func response(for visitor: Visitor) -> Response { .html(html(for: visitor)) }
}
