import Roster

/// What a person's duties add to rules' rows, looked at once for each slot where the day makes no difference: only
/// skills have dates.
struct UnitsOfRules {
    private let rules: [CoverRule]
    private let isDated: [Bool]
    private var known: [Int?]

    init(_ rules: [CoverRule], slots: Int) {
        self.rules = rules
        isDated = rules.map(\.asksForSkills)
        known = Array(repeating: nil, count: rules.count * slots)
    }

    mutating func of(_ rule: Int, slot: Int, _ units: (CoverRule) -> Int) -> Int {
        let cell = slot * rules.count + rule
        if let known = known[cell] { return known }
        let found = units(rules[rule])
        if !isDated[rule] { known[cell] = found }
        return found
    }
}

extension CoverRule {
    /// What one presence adds to the value of the rule's rows.
    func units(counts: Bool, inWhole: (Counted) -> Bool) -> Int {
        switch requirement {
        case .heads, .demand, .arrivals: counts ? 1 : 0
        case .atLeast(let percent, let whole): (counts ? 100 : 0) - (inWhole(whole) ? percent : 0)
        case .atMost(let percent, let whole): (inWhole(whole) ? percent : 0) - (counts ? 100 : 0)
        }
    }

    fileprivate var asksForSkills: Bool {
        switch requirement {
        case .atLeast(_, let whole), .atMost(_, let whole): !counted.skills.isEmpty || !whole.skills.isEmpty
        case .heads, .demand, .arrivals: !counted.skills.isEmpty
        }
    }
}
