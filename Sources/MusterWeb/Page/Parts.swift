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

/// A table that turns into a list of labelled lines on a narrow screen, where what has no figure is one line for each
/// reason. The first cell of a row is its header.
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
        let labelled = zip(row.cells, head.dropFirst())
        let cells = labelled.map { cell, label -> HTML in
            Figures.Lack(cell) != nil
                ? "<td class=\"lacking\">\(cell)</td>" : "<td data-label=\"\(label)\">\(cell)</td>"
        }
        let lines = Figures.Lack.allCases.map { lack -> HTML in
            let lacking = labelled.filter { Figures.Lack($0.0) == lack }.map(\.1)
            let label = lack.rawValue.capitalisedFirst
            return lacking.isEmpty
                ? "" : "<td class=\"narrow\" data-label=\"\(label)\">\(lacking.joined(separator: ", "))</td>"
        }
        return "<tr class=\"\(names)\"><th scope=\"row\">\(row.header)</th>\(cells)\(lines)</tr>"
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

    /// Links to the parts before and after. Each leads to the list itself, whose heading has the list's name as its id.
    func links(_ path: String, _ name: String) -> HTML {
        guard count > 1 else { return "" }
        func link(_ number: Int, _ text: String) -> HTML {
            "<li><a href=\"\(path)?\(name)=\(number)#\(name)\">\(text)</a></li>"
        }
        let before = when(number > 1, link(number - 1, "Previous"))
        let after = when(number < count, link(number + 1, "Next"))
        return """
            <nav aria-label="Parts of the list"><ul class="pages">\(before)<li>Part \(number) of \(count), \
            \(grouped(total)) in all</li>\(after)</ul></nav>
            """
    }
}

extension VacancyKey {
    var path: String { "/gaps/\(organisation)/\(id)" }
}
