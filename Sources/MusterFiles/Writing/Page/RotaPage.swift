import Foundation
import Roster

/// `rota.html`: one page that needs nothing else, to print and pin to a wall.
///
/// Hard cover comes first, then the whole in words, the rota with the cover under each day, and the reasons. No
/// meaning hangs on colour alone, tables have real headers, and only tables scroll sideways on a narrow screen.
struct RotaPage {
    let output: RotaOutput
    let requirements: [CoverRule.ID: [CoverRequirement]]
    let cover: [CoverByHour]
    let roles: RoleCodes
    let totals: [Person.ID: PersonTotals]
    private let duties: [Cell: [Duty]]
    private let leave: [Person.ID: [Leave]]
    private let wishes: [Cell: WishOutcome]

    /// One person on one day.
    private struct Cell: Hashable {
        let person: Person.ID
        let day: Day
    }

    init(_ output: RotaOutput) {
        self.output = output
        let requirements = Dictionary(grouping: output.scenario.resolvedDemand(), by: \.rule)
        self.requirements = requirements
        cover = output.scenario.coverRules.filter(\.asksForPeople).map { rule in
            CoverByHour(
                rule, requirements: requirements[rule.id] ?? [], gaps: output.gaps, rota: output.rota,
                scenario: output.scenario)
        }
        roles = RoleCodes(output)
        totals = output.totals
        duties = Dictionary(grouping: output.rota.duties) { Cell(person: $0.person, day: $0.day) }
        leave = Dictionary(grouping: output.scenario.leave, by: \.person)
        wishes = Dictionary(
            output.wishes.map { (Cell(person: $0.preference.person, day: $0.preference.day), $0) },
            // Of several wishes for a day, a refused one is the one to see.
            uniquingKeysWith: { $0.granted ? $1 : $0 })
    }

    var scenario: Scenario { output.scenario }
    var period: Period { output.rota.period }

    func duties(of person: Person.ID, on day: Day) -> [Duty] { duties[Cell(person: person, day: day)] ?? [] }
    func leave(of person: Person.ID, on day: Day) -> Leave? { leave[person]?.first { $0.contains(day) } }
    func wish(of person: Person.ID, on day: Day) -> WishOutcome? { wishes[Cell(person: person, day: day)] }

    var html: HTML {
        """
        <!DOCTYPE html>
        <html lang="en-GB">
        <head>
        <meta charset="utf-8"/>
        <meta name="viewport" content="width=device-width, initial-scale=1"/>
        <title>Rota \(period.first.brief) to \(period.last.brief) \(period.last.year): \(scenario.name)</title>
        <style>\(Self.style)</style>
        </head>
        <body>
        <a class="skip" href="#rota">Skip to the rota</a>
        <header>
        <h1>\(scenario.name)</h1>
        <p>Rota from \(period.first.long) to \(period.last.long)</p>
        </header>
        <main>
        \(inventedNote)\(hardCover)
        \(summary)
        \(rotaTables)
        \(gapSection)
        \(wishSection)
        \(qualitySection)
        \(coverSection)
        \(arithmeticSection)
        \(ruleSection)
        \(runSection)
        </main>
        </body>
        </html>

        """
    }

    private var inventedNote: HTML {
        guard scenario.name.localizedCaseInsensitiveContains("invented") else { return "" }
        return """
            <p class="note"><strong>Invented data.</strong> The people and organisations on this page do not exist.</p>

            """
    }

    /// A section with a heading that can be linked to.
    static func section(_ id: String, _ title: String, _ content: HTML) -> HTML {
        """
        <section id="\(id)" aria-labelledby="\(id)-title">
        <h2 id="\(id)-title">\(title)</h2>
        \(content)
        </section>
        """
    }

    /// A table in a region of its own that scrolls sideways, reachable by keyboard.
    static func scrolling(_ label: String, class style: String = "", _ table: HTML) -> HTML {
        """
        <div class="scroll \(style)" role="region" aria-label="\(label)" tabindex="0">
        \(table)
        </div>
        """
    }

    static func table(_ caption: String, columns: [String], rows: [[HTML]]) -> HTML {
        let head = columns.map { "<th scope=\"col\">\($0)</th>" as HTML }
        let body = rows.map { cells -> HTML in
            let rest = cells.dropFirst().map { "<td>\($0)</td>" as HTML }
            return "<tr><th scope=\"row\">\(cells.first ?? "")</th>\(rest)</tr>\n"
        }
        return """
            <table>
            <caption>\(caption)</caption>
            <thead><tr>\(head)</tr></thead>
            <tbody>
            \(body)</tbody>
            </table>
            """
    }

    static func list(_ items: [HTML]) -> HTML {
        items.isEmpty ? "" : "<ul>\(items.map { "<li>\($0)</li>\n" as HTML })</ul>"
    }
}

extension CoverRule {
    /// A cap asks for nobody, so no hour can be short of it.
    fileprivate var asksForPeople: Bool {
        if case .atMost = requirement { return false }
        return true
    }
}

/// A short code for each role, for people who are placed in another role than their usual one.
struct RoleCodes {
    private var codes: [Role.ID: String] = [:]
    private var usual: [Person.ID: Role.ID] = [:]

    init(_ output: RotaOutput) {
        for role in output.scenario.roles {
            let letters = Array(role.id.text)
            let lengths = stride(from: min(3, letters.count), through: letters.count, by: 1)
            let candidates = lengths.map { String(letters.prefix($0)) }
            codes[role.id] = candidates.first { !codes.values.contains($0) } ?? role.id.text
        }
        var counts: [Person.ID: [Role.ID: Int]] = [:]
        for duty in output.rota.duties { counts[duty.person, default: [:]][duty.role, default: 0] += 1 }
        usual = counts.compactMapValues { roles in
            roles.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key
        }
    }

    func code(_ role: Role.ID) -> String { codes[role] ?? role.text }

    /// The code if the role is not the person's usual one in this rota.
    func unusual(_ duty: Duty) -> String? { usual[duty.person] == duty.role ? nil : code(duty.role) }
}
