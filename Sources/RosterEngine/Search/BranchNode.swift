/// A part of a component's rotas: those that keep some decisions on how people spend days.
///
/// The nodes that are open together hold every rota that could still beat the incumbent, so the least of
/// their bounds is a bound on the component.
struct BranchNode: Sendable {
    /// A person spends a day in one way, or does not.
    struct Decision: Sendable {
        let person: Int
        let day: Int
        let slot: UInt8
        let isForced: Bool
    }

    let decisions: [Decision]
    /// Tells nodes of one component apart: the path of forced (1) and forbidden (0) from the root.
    var id: String { decisions.map { $0.isForced ? "1" : "0" }.joined() }
    /// Lower bound on level 3, in its units.
    let bound: Int64
    /// What to decide next; nil if the programme had nothing open, so that there is nothing to gain here.
    let next: Decision?

    /// The two parts that the next decision makes of it.
    var children: [[Decision]] {
        guard let next else { return [] }
        return [true, false].map {
            decisions + [Decision(person: next.person, day: next.day, slot: next.slot, isForced: $0)]
        }
    }
}

extension BranchNode.Decision {
    func allows(_ line: Line) -> Bool { line.person != person || (line.slots[day] == slot) == isForced }
}

extension PersonModel {
    /// Cells that a list of decisions closes; nil if none is about this person.
    func closed(by decisions: [BranchNode.Decision], of person: Int) -> [Bool]? {
        let own = decisions.filter { $0.person == person }
        guard !own.isEmpty else { return nil }
        var closed = Array(repeating: false, count: allowed.count)
        for decision in own {
            for slot in slots.indices where (slot == Int(decision.slot)) != decision.isForced {
                closed[index(decision.day, slot)] = true
            }
        }
        return closed
    }
}
