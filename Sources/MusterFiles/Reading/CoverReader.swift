import DemandForecast
import PlainText
import Roster

/// Reads one entry of `cover` in `roster.yaml`.
struct CoverReader {
    let roster: RosterFile

    private static let requirements = ["heads", "demand", "arrivals", "at-least", "at-most"]
    static let optional =
        ["name", "purpose", "weekdays", "from", "to", "weekly-hours", "hard", "risk", "shares-with"]
        + requirements

    func rule(_ id: CoverRule.ID, _ entry: YAMLMapping) -> CoverRule? {
        let name = entry["name"]?.text() ?? id.text
        let unit = roster.units.reference(entry["unit"]?.scalar(accepted: "an id"))
        let purpose: CoverPurpose =
            entry["purpose"]?.scalar(accepted: "a purpose")?.choice(of: "a purpose") ?? .general
        let counted = entry["who"].flatMap(counted)
        let weekdays = entry["weekdays"]?.weekdays() ?? []
        let from = entry["from"]?.clock() ?? ClockTime(minute: 0)
        let to = entry["to"]?.clock(isEnd: true) ?? ClockTime(minute: 1440)
        let isHard = hardness(entry, purpose)
        let requirement = requirement(id, entry, isHard: isHard)
        let weekly = entry["weekly-hours"]?.hours(in: 0...168).map { ElapsedMinutes($0) }
        let risk = entry["risk"]?.integer(in: 1...100) ?? 1
        guard let unit, let counted, let requirement else { return nil }
        let rule = CoverRule(
            id: id, name: name, unit: unit, purpose: purpose, counted: counted, weekdays: weekdays,
            from: from, to: to, requirement: requirement, weeklyMinimum: weekly, hard: isHard, risk: risk)
        if isHard, rule.asksForHeads, counted.roles.isEmpty {
            entry["who"]?.fault(
                "names no role, but a hard rule counts people who are placed in a role",
                accepted: "roles: [...]")
        }
        if !rule.asksForHeads, isHard || weekly != nil {
            entry["id"]?.fault(
                "asks for a share, which cannot be hard, serve a purpose or count weekly hours",
                accepted: "heads, demand or arrivals")
        }
        return rule
    }

    private func hardness(_ entry: YAMLMapping, _ purpose: CoverPurpose) -> Bool {
        let stated = entry["hard"]?.boolean()
        if stated == false, purpose != .general {
            entry["hard"]?.fault(
                "cannot be: cover for \(purpose.rawValue) is always hard",
                accepted: "true, or no key hard at all")
        }
        return stated == true || purpose != .general
    }

    private func counted(_ cursor: YAMLCursor) -> Counted? {
        guard
            let entry = cursor.mapping(required: [], optional: ["roles", "skills", "grades", "markers"])
        else { return nil }
        return Counted(
            roles: roster.roles.references(entry["roles"]),
            skills: roster.skills.references(entry["skills"]),
            grades: roster.grades.references(entry["grades"]),
            markers: roster.markers.references(entry["markers"]))
    }

    private func requirement(_ id: CoverRule.ID, _ entry: YAMLMapping, isHard: Bool) -> Requirement? {
        let stated = Self.requirements.filter { entry[$0] != nil }
        guard stated.count == 1, let kind = stated.first, let cursor = entry[kind] else {
            let found = stated.isEmpty ? "does not say how many" : "has \(stated.joined(separator: " and "))"
            entry["id"]?.fault(
                found, accepted: "exactly one of \(Self.requirements.joined(separator: ", "))")
            return nil
        }
        switch kind {
        case "heads": return heads(cursor, isHard: isHard)
        case "demand":
            return cursor.scalar(accepted: "true")?.choice(["true": Requirement.demand], of: "accepted here")
        case "arrivals": return arrivals(cursor, isHard: isHard)
        case "at-least": return share(cursor).map { .atLeast(percent: $0.percent, whole: $0.whole) }
        default: return share(cursor).map { .atMost(percent: $0.percent, whole: $0.whole) }
        }
    }

    private func heads(_ cursor: YAMLCursor, isHard: Bool) -> Requirement? {
        guard let entry = cursor.mapping(required: ["minimum"], optional: ["target", "maximum"]) else {
            return nil
        }
        let minimum = entry["minimum"]?.integer(in: 0...1000)
        let target = entry["target"].map { $0.integer(in: 0...1000) } ?? minimum
        let maximum = entry["maximum"]?.integer(in: 0...1000)
        guard let minimum, let target else { return nil }
        if isHard, minimum == 0 {
            entry["minimum"]?.fault("asks for nobody in a hard rule", accepted: "1 or more")
        }
        if target < minimum {
            entry["target"]?.fault("is less than the minimum", accepted: "\(minimum) or more")
        }
        if let maximum, maximum < max(minimum, target) {
            entry["maximum"]?.fault(
                "is less than what is asked for", accepted: "\(max(minimum, target)) or more")
        }
        return .heads(minimum: minimum, target: target, maximum: maximum)
    }

    /// A stream, or those of one acuity in it: `majors`, `majors acuity 2`.
    private static func stream(_ key: Scalar) -> String {
        let parts = key.list(separator: " ")
        guard parts.count == 3, parts[1].text == "acuity" else {
            _ = key.identifier()
            return key.text
        }
        _ = (parts[0].identifier(), parts[2].identifier())
        return parts[0].text + SeriesID.acuityMark + parts[2].text
    }

    private func arrivals(_ cursor: YAMLCursor, isHard: Bool) -> Requirement? {
        guard let entry = cursor.mapping(required: ["floor", "minutes", "productive-share"]) else {
            return nil
        }
        let floor = entry["floor"]?.integer(in: 0...100)
        let share = entry["productive-share"]?.decimal(in: 0.01...1)
        var minutes: [String: Double] = [:]
        for (stream, value) in entry["minutes"]?.entries() ?? [] {
            minutes[Self.stream(stream)] = value.decimal(in: 0...1440) ?? 0
        }
        guard let floor, let share else { return nil }
        if isHard, floor == 0 {
            entry["floor"]?.fault("lets a hard rule ask for nobody", accepted: "1 or more")
        }
        return .arrivals(SeniorFormula(floor: floor, minutesByStream: minutes, productiveShare: share))
    }

    private func share(_ cursor: YAMLCursor) -> (percent: Int, whole: Counted)? {
        guard let entry = cursor.mapping(required: ["percent", "of"]) else { return nil }
        let percent = entry["percent"]?.integer(in: 0...100)
        let whole = entry["of"].flatMap(counted)
        guard let percent, let whole else { return nil }
        return (percent, whole)
    }
}
