import Roster

/// The rota itself: people down, days across, the cover under each day.
extension RotaPage {
    var rotaTables: HTML {
        let units = scenario.units.filter { unit in
            scenario.people.contains { $0.unit == unit.id } || cover.contains { $0.rule.unit == unit.id }
        }
        let tables = units.flatMap { unit in pages.map { grid(unit, days: $0) } }
        return Self.section("rota", "The rota", "\(legend)\n\(tables)")
    }

    /// The days of one table: the whole period up to 35 days, else blocks of four weeks.
    private var pages: [[Day]] {
        let days = Array(period.days)
        guard days.count > 35 else { return [days] }
        return stride(from: 0, to: days.count, by: 28).map { Array(days[$0..<min($0 + 28, days.count)]) }
    }

    private func grid(_ unit: Unit, days: [Day]) -> HTML {
        let title = "\(unit.name), \(days[0].brief) to \(days[days.count - 1].brief)"
        let heads = days.map { day -> HTML in
            let month: HTML = day == days[0] || day.dayOfMonth == 1 ? "<br/>\(day.shortMonth)" : ""
            return """
                <th scope="col"\(weekend(day))><abbr title="\(day.long)">\(day.weekday.short)</abbr><br/>\
                <b>\(day.dayOfMonth)</b>\(month)</th>
                """
        }
        let bodies = groups(of: unit).map { group in body(group, days: days) }
        return Self.scrolling(
            title, class: "grid",
            """
            <table>
            <caption>\(title)\(clockChange(days))</caption>
            <thead><tr><th scope="col" class="name">Name</th>\(heads)<th scope="col" class="sum">Hours</th>\
            <th scope="col" class="sum"><abbr title="Hours above or below contract">±</abbr></th>\
            <th scope="col" class="sum">Nights</th><th scope="col" class="sum"><abbr title="Weekends">W/e</abbr></th>\
            </tr></thead>
            \(bodies)\(strips(of: unit, days: days))
            </table>
            """)
    }

    private func weekend(_ day: Day) -> HTML { day.weekday >= .saturday ? " class=\"we\"" : "" }

    private func clockChange(_ days: [Day]) -> String {
        let changes = days.compactMap { day -> String? in
            let length = (London.instant(day, minute: 1440) - London.instant(day, minute: 0)).count
            if length > 1440 { return "clocks go back on \(day.brief): that night is an hour longer" }
            return length < 1440 ? "clocks go forward on \(day.brief): that night is an hour shorter" : nil
        }
        return changes.isEmpty ? "" : " (\(changes.joined(separator: "; ")))"
    }

    // MARK: People

    private struct Group {
        let name: String
        let people: [(id: Person.ID, name: String)]
    }

    /// By staff group and grade, in the order of the roster; then people who are booked from elsewhere.
    private func groups(of unit: Unit) -> [Group] {
        let home = scenario.people.filter { $0.unit == unit.id }
        var groups = StaffGroup.allCases.flatMap { staff in
            scenario.grades.filter { $0.staffGroup == staff }.compactMap { grade -> Group? in
                let people = home.filter { $0.grade == grade.id }
                return people.isEmpty ? nil : Group(name: grade.name, people: people.map { ($0.id, $0.name) })
            }
        }
        let booked = Set(
            output.rota.duties.filter { $0.unit == unit.id && scenario.person($0.person) == nil }.map(
                \.person))
        if !booked.isEmpty {
            groups.append(Group(name: "Booked", people: booked.sorted().map { ($0, $0.text) }))
        }
        return groups
    }

    private func body(_ group: Group, days: [Day]) -> HTML {
        let totals = days.map { day -> HTML in
            let shifts = group.people.flatMap { duties(of: $0.id, on: day) }.compactMap {
                scenario.shiftType($0.shift)
            }
            let nights = shifts.count(where: \.isNight)
            return "<td\(weekend(day))>\(shifts.count - nights)/\(nights)</td>"
        }
        return """
            <tbody>
            <tr class="group"><th scope="row" class="name">\(group.name)</th>\(totals)<td></td><td></td><td></td>\
            <td></td></tr>
            \(group.people.map { row($0.id, name: $0.name, days: days) })</tbody>

            """
    }

    private func row(_ person: Person.ID, name: String, days: [Day]) -> HTML {
        let total = totals[person]
        return """
            <tr><th scope="row" class="name">\(name)</th>\(days.map { cell(person, $0) })\
            <td class="sum">\(Self.hours(total))</td><td class="sum">\(Self.balance(total))</td>\
            <td class="sum">\(total?.nights ?? 0)</td><td class="sum">\(total?.weekends ?? 0)</td></tr>

            """
    }

    /// `138/150`.
    private static func hours(_ total: PersonTotals?) -> String {
        guard let total else { return "" }
        return [total.paid, total.contracted].compactMap(\.self).map { "\(whole($0))" }.joined(separator: "/")
    }

    /// `+2`, `−12`, `0`.
    private static func balance(_ total: PersonTotals?) -> String {
        guard let hours = total?.balance.map(whole) else { return "" }
        return hours > 0 ? "+\(hours)" : grouped(hours)
    }

    private static func whole(_ minutes: PaidMinutes) -> Int { Int((Double(minutes.count) / 60).rounded()) }

    private func cell(_ person: Person.ID, _ day: Day) -> HTML {
        let duties = duties(of: person, on: day)
        var classes = day.weekday >= .saturday ? ["we"] : []
        var content: HTML = ""
        if let first = duties.first {
            classes.append(scenario.shiftType(first.shift)?.shade ?? "day")
            content = "\(duties.map { code($0) })"
        } else if let away = leave(of: person, on: day) {
            classes.append("away")
            content = "\(away.kind.code)"
        }
        if let wish = wish(of: person, on: day) {
            if !wish.granted { classes.append("refused") }
            let mark = wish.granted ? "✓" : "✗"
            content = content.isEmpty ? "\(mark)" : "\(content)<i>\(mark)</i>"
        }
        let style: HTML = classes.isEmpty ? "" : " class=\"\(classes.joined(separator: " "))\""
        return "<td\(style)>\(content)</td>"
    }

    /// The shift's code, and under it the role or the unit if it is not the usual one.
    private func code(_ duty: Duty) -> HTML {
        let elsewhere = scenario.person(duty.person).map { $0.unit != duty.unit } ?? false
        let marks = [roles.unusual(duty), elsewhere ? "→\(duty.unit.text)" : nil].compactMap(\.self)
        guard !marks.isEmpty else { return "\(duty.shift.text) " }
        return "\(duty.shift.text) <small>\(marks.joined(separator: " "))</small> "
    }

    // MARK: Legend

    private var legend: HTML {
        let used = Set(output.rota.duties.map(\.shift))
        let shifts = scenario.shiftTypes.filter { used.contains($0.id) }.map { shift -> HTML in
            "<li><span class=\"key \(shift.shade)\">\(shift.id.text)</span> \(shift.name), \(shift.times)</li>\n"
        }
        let away = Set(scenario.leave.map(\.kind.code)).sorted().map { code -> HTML in
            "<li><span class=\"key away\">\(code)</span> \(LeaveKind.meaning(ofCode: code))</li>\n"
        }
        let unusual = Set(output.rota.duties.filter { roles.unusual($0) != nil }.map(\.role)).sorted()
        let roleKeys = unusual.map {
            "<li><small>\(roles.code($0))</small> as \(output.name(of: $0))</li>\n" as HTML
        }
        let wishKeys: HTML =
            output.wishes.isEmpty
            ? ""
            : """
            <li><span class="key"><i>✓</i></span> wish granted</li>
            <li><span class="key refused"><i>✗</i></span> wish refused</li>

            """
        return """
            <p>A night has at least 3 hours between 23:00 and 06:00 and stands on the day it starts. The row of each grade counts who starts: by day or evening / by \
            night. Hours are paid hours with leave, of the contract's hours; ± is above or below it, with what was \
            carried over; W/e are weekends with any work from 00:01 on Saturday to 23:59 on Sunday.</p>
            <ul class="legend">
            \(shifts)\(away)\(wishKeys)\(roleKeys)<li>Cover by hour, midnight to midnight: block, people there; \
            line, people needed; <b>−2</b>, at most 2 missing that day; ✓, nobody missing</li>
            </ul>
            """
    }
}

extension ShiftType {
    /// The class that colours it; its code says the same.
    fileprivate var shade: String {
        switch kind {
        case .study: "study"
        case .onCall, .residentOnCall: "oncall"
        case .work:
            if isNight {
                "night"
            } else if wallLength > 600 {
                "long"
            } else if start.minute >= 660 {
                "late"
            } else {
                "early"
            }
        }
    }
}
