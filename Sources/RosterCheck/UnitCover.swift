import Roster

/// The cover of one unit, counted over the intervals in which nothing changes.
struct UnitCover {
    let rules: [CoverRule]
    /// For each rule, what it asks for, by start.
    let requirements: [[CoverRequirement]]
    /// Interval `i` lies between points `i` and `i + 1`.
    let points: [Instant]
    private let indexOfPoint: [Instant: Int]
    private let presences: [Presence]
    /// For each interval, the indices of the presences.
    private let present: [[Int]]
    /// For each rule and interval, the heads that count.
    let counts: [[Int]]

    init(
        rules: [CoverRule], requirements: [[CoverRequirement]], presences: [Presence], cuts: [Instant]
    ) {
        self.rules = rules
        self.requirements = requirements
        self.presences = presences
        let changes = requirements.joined().flatMap { [$0.start, $0.end] }
        points = Set(changes + presences.flatMap { [$0.start, $0.end] } + cuts).sorted()
        indexOfPoint = Dictionary(uniqueKeysWithValues: zip(points, points.indices))
        let present = Self.present(presences, points: points, indexOfPoint: indexOfPoint)
        self.present = present
        let eligible = rules.map { rule in presences.map { $0.counts(for: rule) } }
        var counts = eligible.map { counts in present.map { $0.count { counts[$0] } } }
        Self.placeHard(
            &counts, rules: rules, requirements: requirements, eligible: eligible, present: present,
            indexOfPoint: indexOfPoint)
        self.counts = counts
    }

    /// The intervals between two of the points.
    func intervals(from start: Instant, to end: Instant) -> Range<Int> {
        guard let first = indexOfPoint[start], let last = indexOfPoint[end], first < last else {
            return 0..<0
        }
        return first..<last
    }

    func minutes(_ interval: Int) -> Int { (points[interval + 1] - points[interval]).count }

    /// People on the unit in an interval who pass the tests, whatever rule they are counted for.
    func heads(_ counted: Counted, in interval: Int) -> Int {
        present[interval].count { presences[$0].counts(for: counted) }
    }

    /// People on the unit in an interval who count for the rule, also those who are counted for another.
    func heads(for rule: CoverRule, in interval: Int) -> Int {
        present[interval].count { presences[$0].counts(for: rule) }
    }

    /// Somebody who counts for the rule in the interval has a break to take.
    func hasBreak(_ rule: CoverRule, in interval: Int) -> Bool {
        present[interval].contains { presences[$0].hasBreak && presences[$0].counts(for: rule) }
    }

    private static func present(
        _ presences: [Presence], points: [Instant], indexOfPoint: [Instant: Int]
    ) -> [[Int]] {
        var present: [[Int]] = Array(repeating: [], count: max(0, points.count - 1))
        for (index, presence) in presences.enumerated() {
            guard let first = indexOfPoint[presence.start], let last = indexOfPoint[presence.end],
                first < last
            else { continue }
            for interval in first..<last { present[interval].append(index) }
        }
        return present
    }

    /// Counts each person for one hard rule only, where somebody could count for several that do not share.
    private static func placeHard(
        _ counts: inout [[Int]], rules: [CoverRule], requirements: [[CoverRequirement]],
        eligible: [[Bool]], present: [[Int]], indexOfPoint: [Instant: Int]
    ) {
        let hard = rules.indices.filter { rules[$0].hard && rules[$0].countsHeads }
        guard hard.count > 1 else { return }
        var needs = present.map { _ in hard.map { Placement.Need(weekly: rules[$0].weeklyMinimum != nil) } }
        for (place, rule) in hard.enumerated() {
            for requirement in requirements[rule] {
                guard let first = indexOfPoint[requirement.start], let last = indexOfPoint[requirement.end],
                    first < last
                else { continue }
                for interval in first..<last {
                    needs[interval][place].minimum += requirement.minimum
                    needs[interval][place].target += requirement.target
                }
            }
        }
        let placement = Placement(hard.map { rules[$0] })
        let options = present.isEmpty ? [] : hard.map { eligible[$0] }
        for (interval, people) in present.enumerated() {
            let choices = people.map { person in Set(options.indices.filter { options[$0][person] }) }
            guard choices.contains(where: { $0.count > 1 }) else { continue }
            let placed = placement.counts(eligible: choices, needs: needs[interval])
            for (place, rule) in hard.enumerated() { counts[rule][interval] = placed[place] }
        }
    }
}

extension CoverRule {
    /// It asks for heads, rather than for a share of those who are there.
    var countsHeads: Bool {
        switch requirement {
        case .heads, .demand, .arrivals: true
        case .atLeast, .atMost: false
        }
    }
}
