extension Counted {
    /// Whether everybody who counts for this counts for the other as well. What cannot be seen from the two tests and the
    /// roles alone is not taken to be so.
    ///
    /// - Parameter roles: Of the roster: whoever is placed in a role holds the skills that it needs.
    public func isWithin(_ other: Counted, roles known: [Role]) -> Bool {
        let mine = known.filter { roles.contains($0.id) }
        let held = mine.dropFirst().reduce(mine.first?.skills ?? []) { $0.intersection($1.skills) }
        return Self.isWithin(roles, other.roles) && other.skills.isSubset(of: skills.union(held))
            && Self.isWithin(grades, other.grades) && Self.isWithin(markers, other.markers)
    }

    /// Of tests in which one of some is enough and none stated lets everybody pass.
    private static func isWithin<Kind>(_ some: Set<Kind>, _ others: Set<Kind>) -> Bool {
        others.isEmpty || !some.isEmpty && some.isSubset(of: others)
    }
}
