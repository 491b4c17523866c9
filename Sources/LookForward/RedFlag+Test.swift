import Roster
import RosterCheck

/// Registered nurse time on one unit, shift by shift.
struct NurseTime {
    private let cover: RotaCover
    /// Rules that ask for registered staff by role, each list those that the same people could meet.
    private let families: [[CoverRule]]
    private let gaps: [NamedGap]

    /// - Parameters:
    ///   - rules: All of the unit.
    ///   - gaps: All of the unit.
    init(_ rules: [CoverRule], gaps: [NamedGap], cover: RotaCover, scenario: Scenario) {
        self.cover = cover
        let ids = Set(rules.filter { $0.isNurseTime(in: scenario) }.map(\.id))
        families = kin(rules.filter { ids.contains($0.id) }) { $0 }
        self.gaps = gaps.filter { ids.contains($0.rule.id) && $0.measure == .heads }
    }

    /// Person-minutes required in a shift, and missing of them.
    func minutes(in frame: NamedGap.Frame) -> (required: Int, short: Int) {
        let required = families.reduce(0) { total, rules in
            total + (rules.map { cover.requiredMinutes(of: $0.id, in: frame) }.max() ?? 0)
        }
        return (required, UnitShortage.inOneUnit(gaps.map { $0.clipped(to: frame) }).minutes)
    }
}

extension RedFlag {
    /// NICE guideline SG1 (July 2014): a shortfall of more than 8 hours or 25 % of the registered nurse time that the
    /// ward needs in the shift, whichever is reached first, or fewer than two registered nurses on the ward. Nil if it
    /// does not reach that.
    ///
    /// Nurse time is that of the whole unit, whatever the roles. A rule that asks for a skill beside the role is not
    /// about time, and is judged by the second test only.
    init?(_ gap: NamedGap, time: NurseTime, cover: RotaCover, scenario: Scenario) {
        guard gap.group == .registered, gap.measure == .heads else { return nil }
        var tests: [Test] = []
        var words: [String] = []
        if gap.rule.isNurseTime(in: scenario) {
            let (required, short) = time.minutes(in: gap.frame)
            words.append(
                "\(hours(required)) of registered time required on the unit, \(hours(required - short)) there: "
                    + "\(hours(short)) short; the limit is the lesser of 8 h and 25 % (\(hours(required / 4)))"
            )
            if required > 0, short * 4 > required || short > 480 { tests.append(.shortfall) }
        }
        let fewest = cover.fewest(of: .registered, in: gap.rule.unit, from: gap.start, to: gap.end)
        if fewest < 2 {
            tests.append(.fewerThanTwo)
            words.append("at the fewest \(fewest) registered on the unit, and fewer than 2 is a red flag")
        }
        guard !tests.isEmpty else { return nil }
        self.init(tests: tests, arithmetic: words.joined(separator: "; "))
    }
}

extension CoverRule {
    /// It asks for registered staff by their role alone.
    fileprivate func isNurseTime(in scenario: Scenario) -> Bool {
        counted.skills.isEmpty && counted.markers.isEmpty && scenario.staffGroup(of: self) == .registered
    }
}

extension RotaCover {
    /// Person-minutes that a rule asks for in a shift.
    func requiredMinutes(of rule: CoverRule.ID, in frame: NamedGap.Frame) -> Int {
        requirements(of: rule).reduce(0) { total, requirement in
            let start = max(requirement.start, frame.start)
            let end = min(requirement.end, frame.end)
            return start < end
                ? total + max(requirement.target, requirement.minimum) * (end - start).count : total
        }
    }
}

extension NamedGap {
    /// What of it lies in a shift, passed or not: a red flag is of the whole shift.
    fileprivate func clipped(to frame: Frame) -> NamedGap {
        NamedGap(
            id: id, rule: rule, group: group, frame: frame, shift: shift,
            parts: whole.compactMap { part in
                let start = max(part.start, frame.start)
                let end = min(part.end, frame.end)
                guard start < end else { return nil }
                return Gap(
                    rule: part.rule, unit: part.unit, start: start, end: end, required: part.required,
                    planned: part.planned, severity: part.severity)
            })
    }
}
