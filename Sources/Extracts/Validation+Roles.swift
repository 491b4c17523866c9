import Roster

/// The checks of what the template asks for role by role: where rows are lost, the gaps of a role are lost with them.
extension Validation {
    /// Roles of which it is in doubt how many a unit needs: the template asked for them before and does not any more,
    /// or most of a staff group are on duty in roles that nothing asks for.
    func rolesNotAsked() -> [Finding] {
        let before = byUnit(extracts.before.requirements ?? [])
        let now = byUnit(extracts.requirements?.rows ?? [])
        let duties = Dictionary(
            grouping: (extracts.duties?.rows ?? []).map(\.duty).filter { window.contains($0.day) }, by: \.unit
        )
        // A folder that a rota was published from says all there is to say of its units.
        return openUnits.filter { !published.units.contains($0) }.flatMap { unit -> [Finding] in
            let lost = roles(askedFor: before[unit] ?? [], butNotBy: now[unit] ?? [], in: unit)
            let silent =
                unitsAsking.contains(unit)
                ? silentRoles(of: duties[unit] ?? [], in: unit, asked: now[unit] ?? []) : []
            return [
                finding(lost, in: unit, "the template does not ask for", "at times at which it did before"),
                finding(
                    silent.subtracting(lost), in: unit, "most of a staff group are on duty as",
                    "and nothing says how many it needs"),
            ].compactMap(\.self)
        }
    }

    private func finding(_ roles: Set<Role.ID>, in unit: Unit.ID, _ what: String, _ more: String) -> Finding?
    {
        if roles.isEmpty { return nil }
        let names = extracts.definitions.roles.filter { roles.contains($0.id) }.map(\.name).sorted()
        return Finding(
            check: .roleNotAsked, severity: .warning, units: [unit],
            sentence:
                "\(self.names[unit]): \(what) \(names.joined(separator: ", ")) \(more). Whether anybody is "
                + "missing there cannot be said.")
    }

    private func byUnit(_ rows: [RequirementRow]) -> [Unit.ID: [RequirementRow]] {
        Dictionary(grouping: rows, by: \.unit)
    }

    /// The least time, in minutes of a day, for which a template that asks no more is not just a shift that moved.
    private static let leastLost = 120

    private func roles(
        askedFor before: [RequirementRow], butNotBy now: [RequirementRow], in unit: Unit.ID
    ) -> Set<Role.ID> {
        let known = Set(extracts.definitions.roles.map(\.id))
        let now = Dictionary(grouping: now, by: \.role)
        let days = window.days.filter { !isClosed(unit, on: $0) }
        return Set(
            Dictionary(grouping: before, by: \.role).filter { role, before in
                known.contains(role)
                    && days.contains { day in
                        // A row that says nought says it on purpose.
                        let left = (now[role] ?? []).inForce(on: day).map(\.window)
                        let lost = before.inForce(on: day).filter { $0.heads > 0 }
                            .reduce(into: [Range<Int>]()) { $0 += $1.window.without($0 + left) }
                        return lost.reduce(0) { $0 + $1.count } >= Self.leastLost
                    }
            }.keys)
    }

    /// Roles that nothing names and in which more than half of a staff group are on duty, and a quarter of the unit.
    /// One person beside the numbers is no doubt about them.
    private func silentRoles(
        of duties: [Duty], in unit: Unit.ID, asked rows: [RequirementRow]
    ) -> Set<Role.ID> {
        let rules = extracts.definitions.coverRules.filter { $0.unit == unit }
        if rules.contains(where: \.counted.roles.isEmpty) { return [] }
        let asked = Set(rows.filter { $0.heads > 0 }.map(\.role) + rules.flatMap(\.counted.roles))
        let groups = Dictionary(extracts.definitions.roles.map { ($0.id, $0.staffGroup) }) { first, _ in first
        }
        let covering = Set(
            extracts.definitions.shiftTypes.filter { $0.countsForCover && $0.kind != .onCall }.map(\.id))
        let roles = duties.filter { covering.contains($0.shift) }.map(\.role)
        return Dictionary(grouping: roles) { groups[$0] }.reduce(into: []) { found, group in
            let silent = group.value.filter { !asked.contains($0) }
            if silent.count > 1, silent.count * 2 > group.value.count, silent.count * 4 >= roles.count {
                found.formUnion(silent)
            }
        }
    }
}
