import LookForward
import MusterFiles

/// The report as plain text: read in a terminal, by a screen reader, and in mail programs without HTML.
public struct ReportText {
    /// Characters a line; the most that survives being quoted in a reply.
    private static let width = 72

    private let words: ReportWords
    private var lines: [String] = []

    /// - Parameter recipient: For whom it is; empty for the screen.
    public static func compose(_ report: ShortageReport, for recipient: String) -> String {
        var text = Self(words: ReportWords(report: report, recipient: recipient))
        text.compose()
        return text.lines.joined(separator: "\n") + "\n"
    }

    private init(words: ReportWords) { self.words = words }

    private var report: ShortageReport { words.report }

    private mutating func compose() {
        lines += [ReportWords.title.uppercased(), words.dates, report.organisation.name]
        if !words.recipient.isEmpty { lines.append("For: \(words.recipient)") }
        blank()
        if report.isValid { verdict() } else { noReport() }
        blank()
        paragraphs(words.times)
        days()
        gaps()
        section(ReportWords.closedTitle, words.closed)
        section(ReportWords.noLongerAskedTitle, words.noLongerAsked)
        section(ReportWords.noLongerKnownTitle, words.noLongerKnown)
        unavailability()
        section("Not included: no data of these units", report.notIncluded.map(\.name))
        section("No rota for these days: nothing is known", words.withoutRota)
        section("Can the figures be trusted?", words.confidence + words.failures + words.counts)
        section("How earlier gaps ended", words.learning)
        heading("About this message")
        paragraphs(words.closing)
    }

    private mutating func verdict() {
        paragraphs([report.statement])
        if report.hasNoGap { paragraphs([words.withoutGap]) }
        if let change = words.change { paragraphs([change]) }
    }

    private mutating func days() {
        if report.gaps.isEmpty { return }
        heading("Each day")
        for (index, headline) in report.headlines.enumerated() {
            let rows = words.headlines.filter { !["0", ReportWords.noneKnown].contains($0.cells[index]) }
            lines.append(headline.day.brief + (rows.isEmpty ? ": nothing known to be short" : ""))
            lines += rows.map { "  \($0.name): \($0.cells[index])" }
        }
    }

    private mutating func noReport() {
        lines.append("NO VALID REPORT")
        blank()
        paragraphs([ReportWords.withoutReport])
        section("Why", words.reasons)
    }

    private mutating func gaps() {
        if report.gaps.isEmpty { return }
        heading("\(counted(report.gaps.count, "gap")), \(words.order)")
        for (number, gap) in zip(1..., words.listed) {
            wrap("\(number). \(gap.mark.word): \(gap.shortTitle)", indent: "")
            wrap("\(span(gap.gap.start, gap.gap.end)), \(gap.brief)", indent: "   ", hanging: "")
        }
        if let more = words.leftOutOfList { paragraphs([more]) }
        heading("The same in full")
        for (number, gap) in zip(1..., words.inFull) {
            if number > 1 { blank() }
            wrap("\(number). \(gap.mark.word.uppercased()): \(gap.title)", indent: "")
            for fact in gap.facts {
                for (index, line) in fact.lines.enumerated() {
                    wrap(index == 0 ? "\(fact.label): \(line)" : "- \(line)", indent: "   ")
                }
            }
        }
        if let more = words.leftOutInFull {
            blank()
            paragraphs([more])
        }
    }

    private mutating func unavailability() {
        section(
            "Unavailability",
            words.unavailability.map { row in
                let notes = row.cells[2].isEmpty ? "" : " (\(row.cells[2]))"
                return "\(row.name): \(row.cells[0]) away, \(row.cells[1]) allowed\(notes)"
            } + [words.unavailabilityLeftOut].compactMap(\.self))
    }

    // MARK: - Lines

    private mutating func section(_ title: String, _ items: [String]) {
        if items.isEmpty { return }
        heading(title)
        items.forEach { item($0) }
    }

    private mutating func heading(_ title: String) {
        blank()
        lines += [title.uppercased(), String(repeating: "-", count: min(title.count, Self.width))]
    }

    private mutating func blank() {
        if lines.last?.isEmpty == false { lines.append("") }
    }

    private mutating func paragraphs(_ texts: [String]) {
        texts.forEach { wrap($0, indent: "", hanging: "") }
    }
    private mutating func item(_ text: String) { wrap("- \(text)", indent: "", hanging: "  ") }

    /// Breaks at spaces; a word that is longer than a line stays whole.
    private mutating func wrap(_ text: String, indent: String, hanging: String = "  ") {
        var line = indent
        var isFresh = true
        for word in text.split(whereSeparator: \.isWhitespace) {
            if !isFresh, line.count + 1 + word.count > Self.width {
                lines.append(line)
                line = indent + hanging
                isFresh = true
            }
            line += (isFresh ? "" : " ") + word
            isFresh = false
        }
        lines.append(line)
    }
}
