import Roster

/// Cover rules of one unit, narrower before wider: whoever counts for a narrower one counts for the wider too, so that one
/// head fills a place of both.
struct NestedRules {
    /// Rules for which the same people count, the ones with a minimum first; a hard rule is alone.
    let groups: [[CoverRule]]
    /// For each group, the earlier ones whose heads count for it too.
    let narrower: [[Int]]

    /// - Parameters:
    ///   - hasMinimum: Whether a rule asks for more than a wish anywhere.
    ///   - keepsHardApart: Whether a head of a hard rule is asked for by itself: whoever could fill it should not need what
    ///     another rule asks for besides.
    init(
        _ rules: [CoverRule], roles: [Role], hasMinimum: (CoverRule) -> Bool = { _ in false },
        keepsHardApart: Bool = false
    ) {
        func isWithin(_ rule: CoverRule, _ other: CoverRule) -> Bool {
            rule.counted.isWithin(other.counted, roles: roles)
        }
        func isAlike(_ rule: CoverRule, _ other: CoverRule) -> Bool {
            isWithin(rule, other) && isWithin(other, rule)
        }
        func counts(_ rule: CoverRule, for other: CoverRule) -> Bool {
            guard isWithin(rule, other) else { return false }
            // Nobody is counted for two hard rules unless the roster says so.
            if rule.hard, other.hard, !rule.shares(with: other) { return false }
            return !keepsHardApart || !other.hard || rule.hard && isAlike(rule, other)
        }
        let ranked = rules.map { rule in
            (rule, hasMinimum(rule), rules.count { isWithin($0, rule) && !isWithin(rule, $0) })
        }.sorted { one, two in
            let (left, right) = (one.0, two.0)
            return (one.2, left.hard ? 0 : 1, one.1 ? 0 : 1, -left.risk, left.id)
                < (two.2, right.hard ? 0 : 1, two.1 ? 0 : 1, -right.risk, right.id)
        }.map(\.0)
        var groups: [[CoverRule]] = []
        for rule in ranked {
            let place = groups.firstIndex { group in
                !rule.hard && !group[0].hard && isAlike(rule, group[0])
            }
            if let place { groups[place].append(rule) } else { groups.append([rule]) }
        }
        self.groups = groups
        narrower = groups.indices.map { wide in
            (0..<wide).filter { counts(groups[$0][0], for: groups[wide][0]) }
        }
    }

    /// The fewest heads that are enough for so many of each rule.
    func heads(_ asked: (CoverRule) -> Int) -> Int {
        var told: [Int] = []
        for group in groups.indices {
            let most = groups[group].map(asked).max() ?? 0
            told.append(max(0, most - narrower[group].reduce(0) { $0 + told[$1] }))
        }
        return told.reduce(0, +)
    }
}

extension CoverRule {
    fileprivate func shares(with other: CoverRule) -> Bool {
        sharesWith.contains(other.id) || other.sharesWith.contains(id)
    }
}
