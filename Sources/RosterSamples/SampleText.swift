import Roster

/// Writes the files of a sample roster. `roster.yaml` explains itself, so that it can be a start for one's own.
struct SampleText {
    let name: String
    let units: [SampleUnit]
    let period: Period

    func roster(_ staff: [SampleStaff]) -> String {
        let kinds = Set(units.map(\.kind))
        let parts = [UnitKind.emergencyDepartment, .virtualWard].filter(kinds.contains).map(\.text)
        let nursing = kinds.contains(.ward) || kinds.contains(.emergencyDepartment) ? [NursingText.text] : []
        let texts = nursing + parts
        return """
            # A roster: when, where, who may do what, which shifts there are and how many people are needed.
            # Every person, name and organisation here is invented.
            muster: 1
            name: "\(name)"
            # The first day, a Monday, and the number of days.
            period: { from: \(period.first), days: \(period.dayCount) }

            organisations:
              - { id: NORTHGATE, name: "Northgate (invented)" }
            sites:
              - { id: MAIN, name: "Main site (invented)", organisation: NORTHGATE }
            units:
            \(units.map { "  - { id: \($0.id), name: \"\($0.name)\", site: MAIN }" }.joined(separator: "\n"))

            # What people are: pay bands and medical grades. group: medical, registered, unregistered, therapy, other.
            grades:
            \(texts.map(\.grades).joined(separator: "\n"))

            # What people can do; skills.csv says who, from when and until when.
            skills:
            \(texts.map(\.skills).joined(separator: "\n"))

            # Words about a person that a cap or a role can refer to; see the column markers of people.csv.
            markers: [newly-qualified]

            # What a person does on a duty. Grades in substitutes may fill it too, at a small cost, not the other way.
            roles:
            \(texts.map(\.roles).joined(separator: "\n"))

            # Which rules bind whom. tolerance and overtime-limit: hours above the contract over the whole period.
            contracts:
            \(Set(staff.map(\.team.contract)).sorted().map(contract).joined(separator: "\n"))

            # Breaks are minutes inside the shift, unpaid unless paid and working say otherwise. An end at or before
            # the start is on the next day.
            shifts:
            \(texts.map(\.shifts).joined(separator: "\n"))
              # Placed by hand in duties.csv, never by the engine.
              - { id: ST, name: "Study day", start: 09:00, end: 17:00, breaks: [30], kind: study, offered: false }

            # How many people are needed. Below minimum is a gap that comes before everything but hard cover; below
            # target costs. A window that ends at or before its start runs into the next day, so the last night is
            # covered to its end and the first morning belongs to the roster before.
            cover:
            \(units.map { cover($0, staff) }.joined(separator: "\n"))

            """
    }

    private func contract(_ id: String) -> String {
        let periods = (period.dayCount + 27) / 28
        let end = "tolerance: \(6 * periods), overtime-limit: \(12 * periods) }"
        switch id {
        case "RESIDENT":
            return "  - { id: RESIDENT, name: \"Resident doctor, 2016 terms\", "
                + "rules: [working-time-compensatory, resident-doctors], \(end)"
        case "CONSULTANT":
            return "  # Hours of consultants are their direct clinical care.\n"
                + "  - { id: CONSULTANT, name: \"Consultant, 2003 contract\", "
                + "rules: [working-time-compensatory, consultants], \(end)"
        default:
            return "  - { id: AFC, name: \"Agenda for Change\", "
                + "rules: [working-time, agenda-for-change, ward-policy], \(end)"
        }
    }

    private func cover(_ unit: SampleUnit, _ staff: [SampleStaff]) -> String {
        let slots = staff.filter { $0.unit.id == unit.id }.flatMap { staff in
            staff.team.slots.map { slot in
                """
                  - id: \(ruleID(unit, staff.team, slot))
                    name: "\(staff.team.name), \(slot.name)"
                    unit: \(unit.id)
                    who: \(staff.team.counted)
                    from: \(slot.from)
                    to: \(slot.to)
                    demand: true     # heads by weekday in demand.csv
                    risk: \(staff.team.risk)
                """
            }
        }
        return (unit.kind.cover(unit) + slots).joined(separator: "\n")
    }

    private func ruleID(_ unit: SampleUnit, _ team: Team, _ slot: Slot) -> String {
        "\(unit.prefix)-\(team.id)-\(slot.id)"
    }

    /// Heads that 98 % of each team's hours provide, and arrivals for the formula of the senior decision makers.
    func demand(_ staff: [SampleStaff]) -> String {
        var rows = ["day,from,to,unit,rule,stream,value"]
        for staff in staff {
            let heads = staff.team.demand(hours: staff.netWeeklyHours * 0.98)
            for (slot, heads) in zip(staff.team.slots, heads) {
                let rule = ruleID(staff.unit, staff.team, slot)
                let usual = heads.min() ?? 0
                rows.append("daily,\(slot.from),\(slot.to),,\(rule),,\(usual)")
                for (weekday, heads) in heads.enumerated() where heads != usual {
                    rows.append("\(Self.weekdays[weekday]),\(slot.from),\(slot.to),,\(rule),,\(heads)")
                }
            }
        }
        for unit in units where unit.kind == .emergencyDepartment {
            for (from, to, majors) in Self.arrivals {
                rows.append("daily,\(from),\(to),\(unit.id),,majors,\(majors)")
            }
        }
        return rows.joined(separator: "\n") + "\n"
    }

    private static let weekdays = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]

    /// Arrivals in all of the interval. At 11 minutes of a senior's time each, two are needed from 14:00 to 18:00,
    /// when an early and a late shift overlap, and one at other times.
    private static let arrivals = [
        ("00:00", "08:00", 18), ("08:00", "14:00", 22), ("14:00", "18:00", 26), ("18:00", "24:00", 21),
    ]

    /// `2026-10-31T19:30`.
    func local(_ instant: Instant) -> String { "\(instant.day)T\(instant.clock)" }

    /// `37.5`, `30`.
    func number(_ number: Double) -> String {
        number == number.rounded() ? String(Int(number)) : String(number)
    }
}
