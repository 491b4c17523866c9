import LookForward
import MusterFiles

/// The report as HTML for mail programs: one column that reads at 320 px, from top to bottom without its style
/// sheet, and by headings and tables with a screen reader. There are no images.
struct ReportPage {
    let words: ReportWords

    static func compose(_ report: ShortageReport, for recipient: String) -> String {
        Self(words: ReportWords(report: report, recipient: recipient)).page.source
    }

    private var report: ShortageReport { words.report }

    private var page: HTML {
        """
        <!DOCTYPE html>
        <html lang="en-GB">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>\(report.subject)</title>
        <style>
        \(Self.style)
        </style>
        </head>
        <body>
        <div class="page">
        <header>
        <h1>\(ReportWords.title)</h1>
        <p class="dates">\(words.dates)</p>
        <p>\(report.organisation.name)\(words.recipient.isEmpty ? "" : " – for \(words.recipient)" as HTML)</p>
        </header>
        <main>
        \(report.isValid ? verdict : noReport)
        \(paragraphs(words.times, class: "times"))
        \(report.gaps.isEmpty ? "" : days)
        \(gaps)
        \(list(ReportWords.closedTitle, words.closed))
        \(list(ReportWords.noLongerAskedTitle, words.noLongerAsked))
        \(list(ReportWords.noLongerKnownTitle, words.noLongerKnown))
        \(unavailability)
        \(list("Not included: no data of these units", report.notIncluded.map(\.name)))
        \(list("No rota for these days: nothing is known", words.withoutRota))
        \(list("Can the figures be trusted?", words.confidence + words.failures + words.counts))
        \(list("How earlier gaps ended", words.learning))
        </main>
        <footer>
        <h2>About this message</h2>
        \(paragraphs(words.closing))
        </footer>
        </div>
        </body>
        </html>

        """
    }

    private var verdict: HTML {
        let kind = report.hasNoGap ? (report.isInDoubt ? "doubt" : "good") : "short"
        let change = words.change.map { "<p>\($0)</p>" as HTML } ?? ""
        return """
            <div class="verdict \(kind)">
            <p><strong>\(report.statement)</strong></p>
            \(paragraphs(report.hasNoGap ? [words.withoutGap] : []))
            \(change)
            </div>
            """
    }

    private var noReport: HTML {
        """
        <div class="verdict none">
        <p><strong>■ No valid report</strong></p>
        <p>\(ReportWords.withoutReport)</p>
        </div>
        \(list("Why", words.reasons))
        """
    }

    private var days: HTML {
        let rows: [HTML] = words.headlines.map { row in
            "<tr><th scope=\"row\">\(row.name)</th>\(row.cells.map { "<td>\($0)</td>" as HTML })</tr>\n"
        }
        return """
            <h2>Each day</h2>
            <table class="days">
            <caption>What is short, by day on which the shift starts</caption>
            <thead><tr><th scope="col">Short</th>\
            \(report.headlines.map { "<th scope=\"col\">\($0.day.brief)</th>" as HTML })</tr></thead>
            <tbody>
            \(rows)</tbody>
            </table>
            """
    }

    private var gaps: HTML {
        if report.gaps.isEmpty { return "" }
        let rows: [HTML] = zip(1..., words.listed).map { number, gap in
            """
            <tr><th scope="row">\(number). \(gap.shortTitle)<br>\(mark(gap))</th>\
            <td>\(span(gap.gap.start, gap.gap.end))</td><td>\(gap.brief)</td></tr>

            """
        }
        let inFull: [HTML] = zip(1..., words.inFull).map { number, gap in card(gap, number) }
        return """
            <h2>\(counted(report.gaps.count, "gap")), \(words.order)</h2>
            <table class="list">
            <caption>Every gap, in short</caption>
            <thead><tr><th scope="col">Gap</th><th scope="col">When</th><th scope="col">Short</th></tr></thead>
            <tbody>
            \(rows)</tbody>
            </table>
            \(paragraphs([words.leftOutOfList].compactMap(\.self)))
            <h2>The same in full</h2>
            \(inFull)\(paragraphs([words.leftOutInFull].compactMap(\.self)))
            """
    }

    private func mark(_ gap: GapWords) -> HTML {
        "<span class=\"mark \(Self.name(gap))\">\(gap.mark.shape) \(gap.mark.word)</span>"
    }

    private func card(_ gap: GapWords, _ number: Int) -> HTML {
        let facts: [HTML] = gap.facts.map { fact in
            let lines: HTML =
                fact.lines.count == 1
                ? "\(fact.lines[0])" : "<ul>\(fact.lines.map { "<li>\($0)</li>" as HTML })</ul>"
            return "<tr><th scope=\"row\">\(fact.label)</th><td>\(lines)</td></tr>\n"
        }
        return """
            <div class="gap \(Self.name(gap))">
            <h3>\(number). \(gap.title) \(mark(gap))</h3>
            <table>
            <caption>Gap \(number)</caption>
            <tbody>
            \(facts)</tbody>
            </table>
            </div>

            """
    }

    private static func name(_ gap: GapWords) -> String {
        if gap.gap.isHard { return "critical" }
        return gap.gap.redFlag == nil ? "other" : "flag"
    }

    private var unavailability: HTML {
        if words.unavailability.isEmpty { return "" }
        let rows: [HTML] = words.unavailability.map { row in
            "<tr><th scope=\"row\">\(row.name)</th>\(row.cells.map { "<td>\($0)</td>" as HTML })</tr>\n"
        }
        return """
            <h2>Unavailability</h2>
            <table>
            <caption>Contracted time away, and what each unit allows for</caption>
            <thead><tr><th scope="col">Unit</th><th scope="col">Away</th><th scope="col">Allowed</th>\
            <th scope="col">Note</th></tr></thead>
            <tbody>
            \(rows)</tbody>
            </table>
            \(paragraphs([words.unavailabilityLeftOut].compactMap(\.self)))
            """
    }

    private func list(_ title: String, _ items: [String]) -> HTML {
        if items.isEmpty { return "" }
        return "<h2>\(title)</h2>\n<ul>\n\(items.map { "<li>\($0)</li>\n" as HTML })</ul>"
    }

    private func paragraphs(_ texts: [String], class name: String = "") -> HTML {
        if texts.isEmpty { return "" }
        let attribute: HTML = name.isEmpty ? "" : " class=\"\(name)\""
        return "\(texts.map { "<p\(attribute)>\($0)</p>\n" as HTML })"
    }
}
