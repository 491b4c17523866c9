import MusterFiles
import Roster
import SystemPool

/// How bad something is: a word and a colour together, never the colour alone.
enum Tone: String {
    case plain = ""
    case good, warn, bad, stale
}

/// A piece that stands there only sometimes. A `? :` between literals inside a piece would be taken for text.
func when(_ condition: Bool, _ html: @autoclosure () -> HTML) -> HTML { condition ? html() : "" }

enum Cards {
    static func list(_ cards: [HTML], none: String) -> HTML {
        cards.isEmpty ? "<p>\(none)</p>" : "<ul class=\"cards\">\(cards)</ul>"
    }
}

func tag(_ tone: Tone, _ text: String) -> HTML { "<span class=\"tag \(tone.rawValue)\">\(text)</span>" }

/// A table that turns into a list of labelled lines on a narrow screen. The first cell of a row is its header.
struct PageTable {
    struct Row {
        let header: HTML
        let cells: [HTML]
        var tone = Tone.plain
        /// Whether a line above sets it off from the row before.
        var isFirst = false
    }

    let caption: String
    let head: [String]
    let rows: [Row]
    /// What stands there if there is no row.
    let none: String

    var html: HTML {
        if rows.isEmpty { return "<p>\(none)</p>" }
        let heads = head.map { "<th scope=\"col\">\($0)</th>" as HTML }
        return """
            <div class="scroll stack" tabindex="0" role="region" aria-label="\(caption)"><table>
            <caption>\(caption)</caption><thead><tr>\(heads)</tr></thead><tbody>\(rows.map(line))</tbody></table></div>
            """
    }

    private func line(_ row: Row) -> HTML {
        let names = [row.tone.rawValue, row.isFirst ? "first" : ""].filter { !$0.isEmpty }.joined(
            separator: " ")
        let cells = zip(row.cells, head.dropFirst()).map { "<td data-label=\"\($1)\">\($0)</td>" as HTML }
        return "<tr class=\"\(names)\"><th scope=\"row\">\(row.header)</th>\(cells)</tr>"
    }
}

/// One part of a long list.
struct Portion<Element> {
    static var size: Int { 50 }
    let items: ArraySlice<Element>
    let number: Int
    let count: Int
    let total: Int

    init(_ all: [Element], page: Int, size: Int = Self.size) {
        total = all.count
        count = max(1, (all.count + size - 1) / size)
        number = min(max(1, page), count)
        items = all.dropFirst((number - 1) * size).prefix(size)
    }

    /// Links to the parts before and after.
    func links(_ path: String, _ name: String) -> HTML {
        guard count > 1 else { return "" }
        let before: HTML = number > 1 ? "<li><a href=\"\(path)?\(name)=\(number - 1)\">Previous</a></li>" : ""
        let after: HTML = number < count ? "<li><a href=\"\(path)?\(name)=\(number + 1)\">Next</a></li>" : ""
        return """
            <nav aria-label="Parts of the list"><ul class="pages">\(before)<li>Part \(number) of \(count), \
            \(grouped(total)) in all</li>\(after)</ul></nav>
            """
    }
}

// MARK: - Words

/// `just now`, `12 minutes ago`, `3 hours ago`, `2 days ago`.
func ago(_ age: ElapsedMinutes) -> String {
    switch age.count {
    case ..<1: "just now"
    case ..<120: "\(counted(age.count, "minute")) ago"
    case ..<2880: "\(age.count / 60) hours ago"
    default: "\(age.count / 1440) days ago"
    }
}

/// `38 hours`, `7.5 hours` of that many person-minutes.
func personHours(_ minutes: Int) -> String {
    let hours = decimal((Double(minutes) / 6).rounded() / 10)
    return hours == "1" ? "1 hour" : "\(hours) hours"
}

/// `£1,204`.
func pounds(_ pence: Int) -> String { "£\(grouped((pence + 50) / 100))" }

/// `Wed 14 Jan 07:30`.
func moment(_ instant: Instant) -> String { "\(instant.day.brief) \(instant.clock)" }

extension StaffGroup {
    /// As the desks say it.
    var words: String {
        switch self {
        case .medical: "medical"
        case .registered: "registered nurse"
        case .unregistered: "support worker"
        case .therapy: "therapist"
        case .other: "other staff"
        }
    }
}

extension CoverPurpose {
    var words: String {
        switch self {
        case .general: "cover"
        case .seniorDecisionMaker: "senior decision maker"
        case .frailtyInReach: "frailty in-reach"
        }
    }
}

extension Agreement.Indemnity {
    var words: String {
        switch self {
        case .receiverScheme: "the receiving organisation's clinical negligence scheme"
        case .lenderScheme: "the lending organisation's clinical negligence scheme"
        case .other: "as the agreement says"
        }
    }
}

extension Offer.Source {
    /// `p-3fa9c2d1`, `one of Ward 4`.
    func words(_ names: Names, of organisation: Organisation.ID) -> String {
        switch self {
        case .person(let pseudonym): pseudonym.text
        case .surplus(let unit): "one of \(names.unit(unit, of: organisation))"
        }
    }
}

extension Vacancy {
    /// `2 registered nurses B5 or B6 with ivs`.
    var asked: String {
        let grades = grades.map(\.text).joined(separator: " or ")
        let skills = skills.isEmpty ? "" : " with \(skills.map(\.text).joined(separator: " and "))"
        return "\(missing) \(staffGroup.words)\(grades.isEmpty ? "" : ", \(grades)")\(skills)"
    }
}

extension VacancyKey {
    var path: String { "/gaps/\(organisation)/\(id)" }
}
