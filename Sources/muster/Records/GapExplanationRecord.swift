import Roster

/// What `muster explain --gap --json` prints.
struct GapExplanationRecord: Encodable {
    let gap: GapEntry
    let obstacles: [Obstacle]
    /// For a hard gap: the least changes that would close it, and the person-minutes that each leaves open.
    let relaxations: [Relaxation]
    /// How many changes were tried for that. Left out if none was.
    let changesTried: Int?
    /// What one more person-hour is worth: points, or minutes of hard cover. Left out if it was not found.
    let hourValue: Double?
    /// The same as the linear programme says without solving again. Left out if it says nothing.
    let hourDual: Double?

    init(_ explanation: GapExplanation) {
        gap = GapEntry(explanation.gap)
        obstacles = explanation.obstacles
        relaxations = explanation.relaxations
        changesTried = explanation.changesTried
        hourValue = explanation.hourValue
        hourDual = explanation.hourDual
    }
}
