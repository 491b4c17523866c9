import PlainText
import Roster

/// What `roster.yaml` says, as far as it could be read.
struct RosterFile {
    private(set) var name = ""
    /// Nil if it could not be read; then nothing is held against it.
    private(set) var period: Period?
    private(set) var planQuantile = 0.75
    private(set) var weights = Weights()
    private(set) var organisations = Definitions<Organisation>("an organisation of this roster")
    private(set) var sites = Definitions<Site>("a site of this roster")
    private(set) var units = Definitions<Unit>("a unit of this roster")
    private(set) var grades = Definitions<Grade>("a grade of this roster")
    private(set) var skills = Definitions<Skill>("a skill of this roster")
    private(set) var markers = Definitions<Person.MarkerKind>("a marker of this roster")
    private(set) var roles = Definitions<Role>("a role of this roster")
    private(set) var contracts = ContractSection()
    private(set) var shifts = Definitions<ShiftType>("a shift of this roster")
    private(set) var cover = CoverSection()
    private(set) var rules: YAMLCursor?

    /// A roster of which nothing could be read: everything that refers to it passes.
    init() {}

    init(_ root: YAMLCursor) {
        let sections = root.mapping(
            required: [
                "muster", "name", "period", "organisations", "sites", "units", "grades", "roles", "contracts",
                "shifts", "cover",
            ],
            optional: ["plan-quantile", "skills", "markers", "rules", "weights"])
        guard let sections else { return }
        _ = sections["muster"]?.scalar(accepted: "1")?.choice(
            ["1": 1], of: "a version of the roster format that this program reads")
        name = sections["name"]?.text() ?? ""
        period = sections["period"].flatMap(Self.period)
        planQuantile = sections["plan-quantile"]?.decimal(in: 0.01...0.99) ?? planQuantile
        weights = sections["weights"].map(Self.weights) ?? weights
        readPlaces(sections)
        readUnits(sections["units"])
        readStaff(sections)
        contracts = ContractSection(sections["contracts"])
        readShifts(sections["shifts"])
        cover = CoverSection(sections["cover"], roster: self)
        rules = sections["rules"]
    }

    /// The same sections in `trust.yaml`, whose units stand in an export of another system and whose period is told
    /// only when somebody asks.
    ///
    /// - Parameters:
    ///   - day: on which it is decided which rules are in force.
    ///   - units: reads the unit list, which names sites.
    init(trust root: YAMLCursor, on day: Day, units: (RosterFile) -> Definitions<Unit>) {
        let sections = root.mapping(
            required: ["muster", "name", "organisations", "sites", "grades", "roles", "contracts", "shifts"],
            optional: ["skills", "markers", "rules", "cover"])
        guard let sections else { return }
        _ = sections["muster"]?.scalar(accepted: "1")?.choice(
            ["1": 1], of: "a version of the trust format that this program reads")
        name = sections["name"]?.text() ?? ""
        readPlaces(sections)
        self.units = units(self)
        readStaff(sections)
        contracts = ContractSection(sections["contracts"])
        readShifts(sections["shifts"])
        if let list = sections["cover"] { cover = CoverSection(list, roster: self) }
        rules = sections["rules"]
        period = Period(first: day, days: 1)
    }

    private static func period(_ cursor: YAMLCursor) -> Period? {
        guard let entry = cursor.mapping(required: ["from", "days"]) else { return nil }
        let first = entry["from"]?.day()
        let days = entry["days"]?.integer(in: 1...366)
        guard let first, let days else { return nil }
        return Period(first: first, days: days)
    }

    private static func weights(_ cursor: YAMLCursor) -> Weights {
        var weights = Weights()
        let keys: [(String, WritableKeyPath<Weights, Int>)] = [
            ("shortage-hour", \.shortageHour), ("surplus-hour", \.surplusHour), ("wish", \.wish),
            ("hours-over", \.hoursOver), ("hours-under", \.hoursUnder), ("night-fairness", \.nightFairness),
            ("weekend-fairness", \.weekendFairness), ("wish-fairness", \.wishFairness),
            ("substitution", \.substitution), ("disruption", \.disruption), ("share-hour", \.shareHour),
            ("policy-breach", \.policyBreach),
        ]
        guard let entry = cursor.mapping(required: [], optional: keys.map(\.0)) else { return weights }
        for (key, path) in keys {
            if let weight = entry[key]?.integer(in: 0...100_000) { weights[keyPath: path] = weight }
        }
        return weights
    }
}

// MARK: - Where people work

extension RosterFile {
    private mutating func readPlaces(_ sections: YAMLMapping) {
        organisations = Definitions(
            organisations.what, from: sections["organisations"], optional: ["name"]
        ) { id, entry in
            Organisation(id: id, name: entry["name"]?.text() ?? id.text)
        }
        sites = Definitions(
            sites.what, from: sections["sites"], required: ["organisation"], optional: ["name"]
        ) { id, entry in
            let name = entry["name"]?.text() ?? id.text
            let organisation = organisations.reference(entry["organisation"]?.scalar(accepted: "an id"))
            guard let organisation else { return nil }
            return Site(id: id, name: name, organisation: organisation)
        }
    }

    private mutating func readUnits(_ list: YAMLCursor?) {
        units = Definitions(
            units.what, from: list, required: ["site"], optional: ["name", "closed"]
        ) { id, entry in
            let name = entry["name"]?.text() ?? id.text
            let closed = entry["closed"]?.list()?.compactMap(closure) ?? []
            let site = sites.reference(entry["site"]?.scalar(accepted: "an id")).flatMap { sites[$0] }
            guard let site else { return nil }
            return Unit(id: id, name: name, site: site.id, organisation: site.organisation, closed: closed)
        }
    }

    /// Days on which a unit is shut, first and last included.
    private func closure(_ cursor: YAMLCursor) -> ClosedRange<Day>? {
        guard let entry = cursor.mapping(required: ["from", "to"]) else { return nil }
        let first = entry["from"]?.day()
        let last = entry["to"]?.day()
        guard let first, let last else { return nil }
        guard first <= last else {
            entry["to"]?.fault("lies before from", accepted: "\(first) or a later date")
            return nil
        }
        return first...last
    }
}

// MARK: - Who works

extension RosterFile {
    private mutating func readStaff(_ sections: YAMLMapping) {
        grades = Definitions(
            grades.what, from: sections["grades"], required: ["group"], optional: ["name"]
        ) { id, entry in
            let name = entry["name"]?.text() ?? id.text
            guard let group = entry["group"]?.staffGroup() else { return nil }
            return Grade(id: id, name: name, staffGroup: group)
        }
        skills =
            sections["skills"].map { list in
                Definitions(skills.what, from: list, optional: ["name"]) { id, entry in
                    Skill(id: id, name: entry["name"]?.text() ?? id.text)
                }
            } ?? Definitions(skills.what, isComplete: true)
        markers = Definitions(markers.what, isComplete: true)
        for marker in sections["markers"]?.list() ?? [] {
            markers.define(marker.scalar(accepted: "an id")) { _ in nil }
        }
        roles = Definitions(
            roles.what, from: sections["roles"], required: ["group", "grades"],
            optional: ["name", "substitutes", "skills", "barred"], make: role)
    }

    private func role(_ id: Role.ID, _ entry: YAMLMapping) -> Role? {
        let name = entry["name"]?.text() ?? id.text
        let usual = grades.references(entry["grades"])
        let substitutes = grades.references(entry["substitutes"])
        let required = skills.references(entry["skills"])
        let barred = markers.references(entry["barred"])
        if let list = entry["grades"]?.list(), list.isEmpty, substitutes.isEmpty {
            entry["id"]?.fault("is a role that no grade can fill", accepted: "at least one grade in grades")
        }
        if let both = usual.intersection(substitutes).min() {
            entry["substitutes"]?.fault(
                "names the grade \(both), which is a usual grade of this role already",
                accepted: "each grade in grades or in substitutes")
        }
        guard let group = entry["group"]?.staffGroup() else { return nil }
        return Role(
            id: id, name: name, staffGroup: group, grades: usual, substitutes: substitutes,
            skills: required, barred: barred)
    }
}

extension YAMLCursor {
    fileprivate func staffGroup() -> StaffGroup? {
        scalar(accepted: "a staff group")?.choice(of: "a staff group")
    }
}

// MARK: - When people work

extension RosterFile {
    private mutating func readShifts(_ list: YAMLCursor?) {
        let reader = ShiftReader(period: period, units: units, roles: roles)
        shifts = Definitions(
            shifts.what, from: list, required: ShiftReader.required, optional: ShiftReader.optional,
            make: reader.shift)
    }
}
