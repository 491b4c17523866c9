import Roster

/// The tables of `rota.csv` and `gaps.csv`, which are sheets of `rota.xlsx` too.
extension RotaOutput {
    /// person, date (on which the duty starts), unit, shift, role, start and end (with offset), paid_minutes, source
    /// (`solved`, `pinned`, `published`, `booking`, `imported`); by start, then person.
    var dutyTable: OutputTable {
        var table = OutputTable(header: [
            "person", "date", "unit", "shift", "role", "start", "end", "paid_minutes", "source",
        ])
        for duty in rota.duties {
            table.append([
                .text(duty.person.text), .text("\(duty.day)"), .text(duty.unit.text), .text(duty.shift.text),
                .text(duty.role.text), .text("\(duty.start)"), .text("\(duty.end)"),
                .number(duty.paid.count), .text(duty.source.rawValue),
            ])
        }
        return table
    }

    /// id, severity (`hard`, `below minimum`, `below target`), rule, name (of the rule), unit, start and end (with
    /// offset), required, planned and missing (in the measure), hours (of people missing), measure (`heads`, or
    /// `weekly-minutes` covered in all), reasons (how many people each thing stops), closed_by (changes proven to
    /// close it, for hard gaps); the worst first.
    var gapTable: OutputTable {
        var table = OutputTable(header: [
            "id", "severity", "rule", "name", "unit", "start", "end", "required", "planned", "missing",
            "hours", "measure", "reasons", "closed_by",
        ])
        for gap in gaps {
            let explanation = explanation(of: gap)
            table.append([
                .text(gap.id.text), .text(gap.severity.name), .text(gap.rule.text), .text(name(of: gap.rule)),
                .text(gap.unit.text), .text("\(gap.start)"), .text("\(gap.end)"), .number(gap.required),
                .number(gap.planned), .number(gap.missing), .number(gap.missingHours),
                .text(gap.measure.rawValue), .text(explanation?.summary ?? ""),
                .text(explanation?.relaxations.map(\.sentence).joined(separator: " ") ?? ""),
            ])
        }
        return table
    }

    /// The rota as a grid: people down, days across, shift codes in the cells.
    var gridTable: OutputTable {
        let days = rota.period.days
        var table = OutputTable(
            header: ["Id", "Name", "Unit", "Grade"] + days.map(\.brief) + [
                "Hours", "Contract", "Balance", "Nights", "Weekends",
            ])
        let totals = totals
        let duties = Dictionary(grouping: rota.duties, by: \.person)
        let booked = Set(duties.keys.filter { scenario.person($0) == nil }).sorted()
        for id in scenario.people.map(\.id) + booked {
            let person = scenario.person(id)
            guard let total = totals[id] else { continue }
            let own = Dictionary(grouping: duties[id] ?? [], by: \.day)
            let codes = days.map { day -> OutputTable.Cell in
                let away = scenario.leave.first { $0.person == id && $0.contains(day) }?.kind.code
                return .text(own[day]?.map(\.shift.text).joined(separator: " ") ?? away ?? "")
            }
            let head: [OutputTable.Cell] = [
                .text(id.text), .text(name(of: id)), .text(person?.unit.text ?? ""),
                .text(person?.grade.text ?? ""),
            ]
            let hours = [total.paid, total.contracted, total.balance].map { minutes -> OutputTable.Cell in
                minutes.map { .number(Double($0.count) / 60) } ?? .text("")
            }
            let tail: [OutputTable.Cell] = [.number(total.nights), .number(total.weekends)]
            table.append(head + codes + hours + tail)
        }
        return table
    }
}
