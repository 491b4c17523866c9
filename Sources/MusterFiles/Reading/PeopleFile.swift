import PlainText
import Roster

/// `people.csv` and `skills.csv`: who there is and what each can do.
struct PeopleFile {
    private(set) var people = Definitions<Person>("the id of a person in people.csv")
    /// Whether it is known which skills everybody holds.
    private(set) var areSkillsKnown = false

    init() {}

    init(_ folder: inout OpenFolder, roster: RosterFile) {
        var faultsBefore = folder.faults.count
        let skills = SkillRows(&folder, roster: roster)
        let areSkillsRead = folder.faults.count == faultsBefore
        let table = folder.table(
            "people.csv", required: ["id", "name", "unit", "grade", "contract", "hours_per_week"],
            optional: ["other_units", "opt_out", "roles", "markers", "working_days", "starts", "leaves"],
            isOptional: false)
        guard let table else { return }
        people = Definitions(people.what, isComplete: table.isWhole)
        for row in table.rows {
            people.define(row.required("id", accepted: "an id")) { id in
                Self.person(id, row, roster: roster, competencies: skills.competencies[id] ?? [])
            }
        }
        if table.rows.isEmpty, table.isWhole {
            folder.faults.add(
                Fault(at: Place(file: table.file), "has no rows", accepted: "a row for each person"))
        }
        faultsBefore = folder.faults.count
        skills.people.forEach { _ = people.reference($0) }
        areSkillsKnown = areSkillsRead && folder.faults.count == faultsBefore
    }

    private static func person(
        _ id: Person.ID, _ row: Row, roster: RosterFile, competencies: [Competency]
    ) -> Person? {
        let name = row.text("name")
        let unit = roster.units.reference(row.required("unit", accepted: "an id"))
        let otherUnits = roster.units.references(row.list("other_units"))
        let grade = roster.grades.reference(row.required("grade", accepted: "an id"))
        let contract = roster.contracts.contracts.reference(row.required("contract", accepted: "an id"))
        let hours = row.required("hours_per_week", accepted: "a number of hours")?.hours(in: 0...80)
        let optedOut = row.optional("opt_out")?.boolean() ?? false
        let roles = row.list("roles").compactMap { role($0, of: grade, roster: roster) }
        let markers = roster.markers.references(row.list("markers"))
        let workingDays = Set(row.list("working_days").compactMap { $0.weekday() })
        let starts = row.optional("starts")?.day()
        let leaves = row.optional("leaves")?.day()
        if let starts, let leaves, leaves < starts {
            row.fault("leaves", "lies before starts", accepted: "\(starts) or a later date")
        }
        guard let name, let unit, let home = roster.units[unit], let grade, let contract, let hours else {
            return nil
        }
        return Person(
            id: id, name: name, organisation: home.organisation, unit: unit, otherUnits: otherUnits,
            grade: grade, contract: contract, paidPerWeek: PaidMinutes(hours), optedOut: optedOut,
            competencies: competencies, roles: Set(roles), markers: markers, workingDays: workingDays,
            starts: starts, leaves: leaves)
    }

    /// A role that a person's grade can fill.
    private static func role(_ scalar: Scalar, of grade: Grade.ID?, roster: RosterFile) -> Role.ID? {
        guard let id = roster.roles.reference(scalar) else { return nil }
        if let grade, let role = roster.roles[id], !role.canBeFilled(by: grade) {
            scalar.fault(
                "is a role that grade \(grade) cannot fill",
                accepted: role.grades.union(role.substitutes).sorted().map(\.text).joined(separator: ", "))
        }
        return id
    }
}

/// The rows of `skills.csv`, read before the people to whom they belong.
private struct SkillRows {
    private(set) var competencies: [Person.ID: [Competency]] = [:]
    /// The person of each row as it stands in the file.
    private(set) var people: [Scalar] = []

    init(_ folder: inout OpenFolder, roster: RosterFile) {
        let table = folder.table(
            "skills.csv", required: ["person", "skill", "from"], optional: ["expiry", "sites"])
        for row in table?.rows ?? [] {
            let person = row.required("person", accepted: "an id")
            let skill = roster.skills.reference(row.required("skill", accepted: "an id"))
            let from = row.required("from", accepted: "a date")?.day()
            let expiry = row.optional("expiry")?.day()
            let sites = roster.sites.references(row.list("sites"))
            if let from, let expiry, expiry < from {
                row.fault("expiry", "lies before from", accepted: "\(from) or a later date")
            }
            guard let person else { continue }
            people.append(person)
            guard let skill, let from else { continue }
            competencies[Person.ID(person.text), default: []].append(
                Competency(skill: skill, from: from, expiry: expiry, sites: sites))
        }
    }
}
