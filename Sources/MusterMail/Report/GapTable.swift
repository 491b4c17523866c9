import LookForward
import MusterFiles
import Roster

/// The gaps as the attached file: one row a gap, the most urgent first, all of them.
enum GapTable {
    /// Named after the day of the issue, and after nobody and no place.
    static func attachment(_ report: ShortageReport) -> Message.Attachment? {
        guard report.isValid else { return nil }
        return Message.Attachment(name: "staffing-gaps-\(report.issued).csv", csv: Self.mark + csv(report))
    }

    /// By this a spreadsheet that opens the file knows that it is UTF-8.
    private static let mark = "\u{FEFF}"

    /// Text that a spreadsheet would run as a formula is made harmless.
    static func csv(_ report: ShortageReport) -> String {
        var table = OutputTable(header: columns)
        for gap in report.gaps { table.append(row(GapWords(gap))) }
        return table.csv
    }

    private static let columns = [
        "gap", "urgency", "organisation", "unit", "unit_name", "site", "date", "shift", "start", "end",
        "staff_group", "role", "grades", "skills", "measure", "required", "planned", "booked", "missing",
        "hours_short", "percent_short", "critical", "nice_red_flag", "hours_to_start", "reason", "change",
        "suggested", "hours_left_if_taken", "other_lawful_ways", "release", "tried", "owner", "confidence",
        "priority",
    ]

    private static func row(_ words: GapWords) -> [OutputTable.Cell] {
        let gap = words.gap
        func list(_ items: [String]) -> OutputTable.Cell { .text(items.joined(separator: "; ")) }
        func yes(_ value: Bool) -> OutputTable.Cell { .text(value ? "yes" : "no") }
        return [
            .text(gap.id.text), .text(words.mark.word), .text(gap.organisation.text),
            .text(gap.place.unit.text), .text(gap.place.name), .text(gap.place.site),
            .text(gap.day.description), .text(gap.shift), .text(gap.start.description),
            .text(gap.end.description), .text(gap.staffGroup.rawValue), .text(gap.role), list(gap.grades),
            list(gap.skills), .text(gap.measure.rawValue), .number(gap.required), .number(gap.planned),
            list(gap.booked.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }),
            .number(gap.missing), .number(gap.hoursShort), .number(gap.percent), yes(gap.isHard),
            .text(gap.redFlag?.arithmetic ?? ""), .number(gap.hoursToStart), .text(words.reason),
            .text(words.change ?? ""), list(words.suggestions),
            .number((Double(gap.minutesLeft) / 6).rounded() / 10), list(words.otherWays),
            list(words.cascade), list(words.tried), .text(gap.owner ?? ""), .text(gap.confidence.rawValue),
            yes(gap.isPriority),
        ]
    }
}
