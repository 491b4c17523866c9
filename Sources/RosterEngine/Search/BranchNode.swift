/// A part of a component's rotas: those that keep some decisions.
///
/// The nodes that are open together hold every rota that could still beat the incumbent, so the least of
/// their bounds is a bound on the component.
struct BranchNode: Sendable {
    enum Decision: Sendable {
        /// A person spends a day in one way, or does not.
        case day(person: Int, day: Int, slot: UInt8, isForced: Bool)
        /// At least, or at most, so many heads are missing.
        case shortage(ShortageLimit)
    }

    let decisions: [Decision]
    /// Tells nodes of one component apart: the path of firm (1) and other (0) decisions from the root.
    var id: String { decisions.map { $0.isFirm ? "1" : "0" }.joined() }
    /// Lower bound on level 3, in its units.
    let bound: Int64
    /// What to decide next; nil if the programme had nothing open, so that there is nothing to gain here.
    let next: Decision?

    /// The two parts that the next decision makes of it.
    var children: [[Decision]] {
        guard let next else { return [] }
        return [decisions + [next], decisions + [next.opposite]]
    }

    /// The limits on heads missing among some decisions.
    static func limits(_ decisions: [Decision]) -> [ShortageLimit] {
        decisions.compactMap { if case .shortage(let limit) = $0 { limit } else { nil } }
    }
}

extension BranchNode.Decision {
    /// The one of a decision and its opposite that says more.
    var isFirm: Bool {
        switch self {
        case .day(_, _, _, let isForced): isForced
        case .shortage(let limit): limit.isLeast
        }
    }

    var isOnShortage: Bool { if case .shortage = self { true } else { false } }

    /// What holds wherever this does not.
    var opposite: Self {
        switch self {
        case .day(let person, let day, let slot, let isForced):
            .day(person: person, day: day, slot: slot, isForced: !isForced)
        case .shortage(let limit):
            .shortage(
                ShortageLimit(
                    rows: limit.rows, heads: limit.isLeast ? limit.heads - 1 : limit.heads + 1,
                    isLeast: !limit.isLeast))
        }
    }

    /// Lines that a decision on a day forbids; heads missing are no matter of one line.
    func allows(_ line: Line) -> Bool {
        guard case .day(line.person, let day, let slot, let isForced) = self else { return true }
        return (line.slots[day] == slot) == isForced
    }
}

extension PersonModel {
    /// Cells that a list of decisions closes; nil if none is about this person's days.
    func closed(by decisions: [BranchNode.Decision], of person: Int) -> [Bool]? {
        var closed: [Bool]?
        for decision in decisions {
            guard case .day(person, let day, let slot, let isForced) = decision else { continue }
            var cells = closed ?? Array(repeating: false, count: allowed.count)
            for other in slots.indices where (other == Int(slot)) != isForced {
                cells[index(day, other)] = true
            }
            closed = cells
        }
        return closed
    }
}
