import LinearProgram

/// Where a master stood when it was solved. Another master of the same people, level and held levels goes on from
/// there, on any thread, as if it were the same programme.
struct WarmStart: Sendable {
    let lines: [Line]
    /// Groups that were awake, in the order in which they woke.
    fileprivate let woken: [Int]
    /// Own columns first, in the order in which they were made, then those of the lines.
    fileprivate let basis: LinearProgram.Basis
    fileprivate let held: (hard: Int, minimum: Int)
    private let level: Int
    private let people: [Int]

    fileprivate init(_ sub: SubProblem, lines: [Line], woken: [Int], basis: LinearProgram.Basis) {
        self.lines = lines
        self.woken = woken
        self.basis = basis
        held = sub.held
        level = sub.level
        people = sub.people
    }

    func fits(_ sub: SubProblem) -> Bool { held == sub.held && level == sub.level && people == sub.people }
}

extension Master {
    /// Where the programme stands; to be taken before limits are added.
    var warmStart: WarmStart {
        precondition(limitRow.isEmpty, "limits belong to a node, not to where its programme starts")
        let ofLines = Set(lineColumn)
        let own = (0..<programme.columnCount).filter { !ofLines.contains($0) }
        return WarmStart(
            sub, lines: lines, woken: woken, basis: programme.basis.reordered(columns: own + lineColumn))
    }

    /// Goes on from where another programme stood; to be called on a new master only.
    func resume(_ start: WarmStart) throws(LinearProgramError) {
        precondition(lines.isEmpty && woken.isEmpty && start.fits(sub), "a warm start fits a new master")
        for index in start.woken { try wake(sub.groups[index]) }
        for line in start.lines { try add(line) }
        programme.basis = start.basis
    }
}
