import Roster
import SystemPool

/// Of whom suggestions can be. That nothing was found says nothing of those whose data are stale or missing.
package struct PoolScope {
    /// Whose data are stale or missing.
    package let leftOut: [Organisation.ID]
    /// Whether nothing is known of anybody, so that nothing was worked out.
    package let isEmpty: Bool

    package init(_ solution: PoolSolution, of system: HealthSystem) {
        leftOut = solution.leftOut
        isEmpty = Set(system.members.map(\.id)).isSubset(of: leftOut)
    }

    /// What stands where nothing was found: `no lawful move would lower risk`, of those alone of whom that can be said.
    package func none(_ words: String) -> String {
        if isEmpty { return "nothing could be worked out: no organisation's data are up to date" }
        return leftOut.isEmpty ? words : "among those with data up to date, \(words)"
    }
}
