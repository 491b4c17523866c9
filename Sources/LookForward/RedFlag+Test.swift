import Roster
import RosterCheck

extension RedFlag {
    /// NICE guideline SG1 (July 2014): a shortfall of more than 8 hours or 25 % of registered nurse time, whichever
    /// is reached first, or fewer than two registered nurses on the ward. Nil if it does not reach that.
    ///
    /// A rule that asks for a skill beside the role is not about nurse time, and is judged by the second test only.
    init?(_ gap: NamedGap, cover: RotaCover) {
        guard gap.group == .registered, gap.measure == .heads else { return nil }
        var tests: [Test] = []
        var words: [String] = []
        let required = gap.requiredMinutes(cover)
        if gap.rule.counted.skills.isEmpty, gap.rule.counted.markers.isEmpty, required > 0 {
            words.append(
                "\(hours(required)) required, \(hours(required - gap.minutes)) there: \(hours(gap.minutes)) short; "
                    + "the limit is the lesser of 8 h and 25 % (\(hours(required / 4)))")
            if gap.minutes * 4 > required || gap.minutes > 480 { tests.append(.shortfall) }
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

extension NamedGap {
    /// Person-minutes that the rule asks for in the shift.
    func requiredMinutes(_ cover: RotaCover) -> Int {
        cover.requirements(of: rule.id).reduce(0) { total, requirement in
            let start = max(requirement.start, frame.start)
            let end = min(requirement.end, frame.end)
            return start < end
                ? total + max(requirement.target, requirement.minimum) * (end - start).count : total
        }
    }
}
