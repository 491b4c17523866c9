/// Cover rows over which the same people are present whatever they work: rows that always move together.
///
/// Their costs add up, so one row of the master stands for all of them, at the price of the first.
struct RowGroup: Sendable {
    /// Rows of the problem; the first one carries the price.
    let rows: [Int]
    var lead: Int { rows[0] }
}

extension Problem {
    /// The rows of a component in groups, by who covers them and by how many units.
    ///
    /// - Complexity: linear in the cover entries of the component's people.
    static func groups(of component: Component, rows: [CoverRow], people: [PersonModel]) -> [RowGroup] {
        struct Presence: Hashable {
            let person: Int32
            let index: Int32
            let units: Int32
        }
        var presences: [Int: [Presence]] = [:]
        for person in component.people {
            let model = people[person]
            for index in model.allowed.indices {
                for entry in model.cover(index) {
                    presences[Int(model.coverRow[entry]), default: []].append(
                        Presence(person: Int32(person), index: Int32(index), units: model.coverUnits[entry]))
                }
            }
        }
        struct Key: Hashable {
            let presences: [Presence]
            /// 1 or 2 for rows with a minimum, 0 for those that only cost.
            let level: Int
        }
        func level(_ row: Int) -> Int { rows[row].minimum == 0 ? 0 : rows[row].hard ? 1 : 2 }
        var groupOf: [Key: Int] = [:]
        var groups: [[Int]] = []
        // Rows that only cost come last and join whoever is there.
        for row in component.rows.sorted(by: { (-level($0), $0) < (-level($1), $1) }) {
            let found = presences[row] ?? []
            let levels = level(row) == 0 ? [2, 1, 0] : [level(row)]
            let known = levels.lazy.compactMap { groupOf[Key(presences: found, level: $0)] }.first
            if let known, rows[row].shape == .heads {
                groups[known].append(row)
            } else {
                if rows[row].shape == .heads {
                    groupOf[Key(presences: found, level: level(row))] = groups.count
                }
                groups.append([row])
            }
        }
        return groups.map(RowGroup.init)
    }
}
