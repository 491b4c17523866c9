import Roster

/// Who is counted for which hard rule at one moment, where somebody could count for several.
///
/// Nobody satisfies two hard rules at once unless the roster declares it, so each person is counted for one
/// set of rules that share. Of all ways to do that, the one that leaves the fewest people missing is taken:
/// first below minimums, then below targets, then uncovered minutes of a weekly minimum. Every way is
/// tried, which is cheap because people who could count for the same rules are alike.
struct Placement {
    /// What one rule asks for at the moment.
    struct Need: Hashable {
        var minimum = 0
        var target = 0
        let weekly: Bool
    }

    /// For each rule, the rules (itself included) that the same person may satisfy at the same time.
    private let sharing: [Set<Int>]

    init(_ rules: [CoverRule]) {
        sharing = rules.indices.map { one in
            Set(
                rules.indices.filter { other in
                    one == other || rules[one].sharesWith.contains(rules[other].id)
                        || rules[other].sharesWith.contains(rules[one].id)
                })
        }
    }

    /// How many are counted for each rule. `eligible` holds, for each person, the rules they could count for.
    func counts(eligible: [Set<Int>], needs: [Need]) -> [Int] {
        var reached: Set<[Int]> = [Array(repeating: 0, count: needs.count)]
        for rules in eligible where !rules.isEmpty {
            let options = largestShared(in: rules)
            reached = Set(
                reached.flatMap { counts in
                    options.map { option in
                        var next = counts
                        for rule in option { next[rule] += 1 }
                        return next
                    }
                })
        }
        let ranked = reached.map { (cost: cost(of: $0, needs: needs), counts: $0) }
        return ranked.min { $0.cost.lexicographicallyPrecedes($1.cost) }?.counts ?? []
    }

    /// Smaller is better; the counts themselves come last, so that the answer is always the same.
    private func cost(of counts: [Int], needs: [Need]) -> [Int] {
        let pairs = zip(counts, needs)
        return [
            pairs.reduce(0) { $0 + max(0, $1.1.minimum - $1.0) },
            pairs.reduce(0) { $0 + max(0, $1.1.target - $1.0) },
            pairs.count { $0 == 0 && $1.weekly },
            -counts.reduce(0, +),
        ] + counts.map { -$0 }
    }

    /// The sets of rules that all share with one another and to which no other of `rules` can be added.
    private func largestShared(in rules: Set<Int>) -> [Set<Int>] {
        var sets: [Set<Int>] = [[]]
        for rule in rules.sorted() {
            sets += sets.filter { $0.isSubset(of: sharing[rule]) }.map { $0.union([rule]) }
        }
        return sets.filter { set in
            !set.isEmpty && !sets.contains { $0.isStrictSuperset(of: set) }
        }
    }
}
