import Roster

/// A shift type that breaks a rule whoever works it and whenever.
public struct TemplateFinding: Hashable, Sendable {
    public let rule: Rule
    public let shift: ShiftType.ID
    /// What is wrong, in one plain sentence.
    public let sentence: String
}

extension RuleBook {
    /// What the shift types of a scenario break, each judged by the rules of the contracts whose people may work it:
    /// lengths of duties and breaks.
    ///
    /// - Complexity: O(shift types × people × roles).
    public func templateFindings(in scenario: Scenario) -> [TemplateFinding] {
        var found: Set<TemplateFinding> = []
        for shift in scenario.shiftTypes {
            let contracts = Set(scenario.people.filter { scenario.canWork($0, shift) }.map(\.contract))
            for contract in contracts {
                found.formUnion(rules(for: contract).compactMap { $0.finding(about: shift) })
            }
        }
        return found.sorted { ($0.shift, $0.rule.id, $0.sentence) < ($1.shift, $1.rule.id, $1.sentence) }
    }
}

extension Rule {
    /// What a shift type breaks of this rule by itself; nil for nothing, and for kinds that are about lines of work.
    public func finding(about shift: ShiftType) -> TemplateFinding? {
        let problem: String? =
            switch kind {
            case .dutyLength(let maximum, let of): shift.excess(over: maximum, of: of)
            case .breaks(let steps): shift.lack(of: steps)
            default: nil
            }
        let times = "\(shift.id) (\(shift.start) to \(shift.end))"
        return problem.map {
            TemplateFinding(rule: self, shift: shift.id, sentence: "\(times) \($0): \(title)")
        }
    }

    /// Whether engine and checker hold single lines of work to it.
    public var isEnforcedOnLines: Bool { reach == .line && kind != .described }

    /// Whether engine and checker hold several people's duties to it together.
    public var isEnforcedAcrossPeople: Bool { reach == .crossPerson && kind != .described }
}

extension Scenario {
    /// Whether unit, grade and role ever let this person work the shift; dates and skills are not asked.
    fileprivate func canWork(_ person: Person, _ shift: ShiftType) -> Bool {
        let units = person.otherUnits.union([person.unit])
        guard shift.units.isEmpty || !shift.units.isDisjoint(with: units) else { return false }
        return roles.contains { role in
            (shift.roles.isEmpty || shift.roles.contains(role.id))
                && (person.roles.isEmpty || person.roles.contains(role.id))
                && (role.grades.contains(person.grade) || role.substitutes.contains(person.grade))
        }
    }
}

extension ShiftType {
    fileprivate func excess(over maximum: Int, of test: DutyTest) -> String? {
        guard wallLength > maximum, passes(test) else { return nil }
        return "is \(ElapsedMinutes(wallLength)) long"
    }

    /// Breaks are asked of work at the workplace only.
    fileprivate func lack(of steps: [RuleKind.BreakRule]) -> String? {
        guard kind != .onCall else { return nil }
        let lacking = steps.filter { step in
            wallLength > step.longerThan && breaks.filter { $0 >= step.minutes }.count < step.count
        }
        guard let step = lacking.max(by: { $0.count < $1.count }) else { return nil }
        let stated =
            breaks.isEmpty ? "no break" : breaks.map { "\($0.count)" }.joined(separator: " + ") + " min"
        return "has \(stated), and needs \(step.count) × \(step.minutes.count) min"
    }

    /// Whether a duty of this shape passes on some day.
    fileprivate func passes(_ test: DutyTest) -> Bool {
        if let least = test.longerThan, wallLength <= least { return false }
        if let before = test.startsBefore, start >= before { return false }
        if let from = test.startsFrom, start < from { return false }
        if let after = test.endsAfter, endMinute <= after.minute { return false }
        if let onCall = test.onCall, onCall != (kind == .onCall) { return false }
        if let inside = test.inside, mostMinutes(inside: inside) < test.insideAtLeast { return false }
        guard test.weekdays.isEmpty || weekdays.isEmpty || !test.weekdays.isDisjoint(with: weekdays) else {
            return false
        }
        return test.shifts.isEmpty || test.shifts.contains(id)
    }

    /// The most in any one occurrence of the span.
    private func mostMinutes(inside span: DutyTest.Span) -> Int {
        let length =
            span.to > span.from ? span.to.minute - span.from.minute : span.to.minute + 1440 - span.from.minute
        return (-1...1).map { day in
            let from = span.from.minute + day * 1440
            return min(endMinute, from + length) - max(start.minute, from)
        }.max() ?? 0
    }
}
