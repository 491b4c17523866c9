import Roster

extension RotaOutput {
    /// `rota.csv`: person, date (on which the duty starts), unit, shift, role, start and end (with offset),
    /// paid_minutes, source (`solved`, `pinned`, `published`, `booking`, `imported`); by start, then person.
    public var rotaCSV: String {
        var csv = CSVText(header: [
            "person", "date", "unit", "shift", "role", "start", "end", "paid_minutes", "source",
        ])
        for duty in rota.duties {
            csv.append([
                .text(duty.person.text), .text("\(duty.day)"), .text(duty.unit.text), .text(duty.shift.text),
                .text(duty.role.text), .text("\(duty.start)"), .text("\(duty.end)"),
                .number(duty.paid.count), .text(duty.source.rawValue),
            ])
        }
        return csv.text
    }

    /// `gaps.csv`: id, severity (`hard`, `below minimum`, `below target`), rule, name (of the rule), unit,
    /// start and end (with offset), required, planned and missing
    /// (in the measure), hours (of people missing), measure (`heads`, or `weekly-minutes` covered in all), reasons (how
    /// many people each thing stops), closed_by (changes proven to close it, for hard gaps); the worst first.
    public var gapsCSV: String {
        var csv = CSVText(header: [
            "id", "severity", "rule", "name", "unit", "start", "end", "required", "planned", "missing",
            "hours", "measure", "reasons", "closed_by",
        ])
        for gap in gaps {
            let explanation = explanation(of: gap)
            csv.append([
                .text(gap.id.text), .text(gap.severity.name), .text(gap.rule.text), .text(name(of: gap.rule)),
                .text(gap.unit.text), .text("\(gap.start)"), .text("\(gap.end)"), .number(gap.required),
                .number(gap.planned), .number(gap.missing), .number(decimal(gap.missingHours)),
                .text(gap.measure.rawValue),
                .text(explanation?.summary ?? ""),
                .text(explanation?.relaxations.map(\.sentence).joined(separator: " ") ?? ""),
            ])
        }
        return csv.text
    }
}
