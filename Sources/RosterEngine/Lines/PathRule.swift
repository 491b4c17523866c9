import Roster
import RulePack

/// A duty on its day of the period (negative days are history).
struct PlacedDuty {
    let day: Int
    let facts: DutyFacts
}

/// A rule whose memory is too long for an automaton: it is relaxed in pricing and tested on whole lines.
struct PathRule: Sendable {
    enum Kind: Sendable {
        case restWithin([RestPattern])
        case rollingHours(maximum: Int, window: Int)
        case meanWeek(maximum: Int, weeks: Int)
        case nightWorkerMean(maximum: Int, test: Int, nights: Int, weeks: Int)
        case outOfHoursShare(percent: Int, plain: DutyTest.Span)
        case shiftTotals([ShiftType.ID: Int])
        case programmedActivities(
            maximum: Double, plainMinutes: Int, premiumMinutes: Int, plain: DutyTest.Span)
    }

    let id: String
    /// Nil for a hard rule.
    let penalty: Int64?
    let kind: Kind

    /// It limits a sum over the whole line, so that no few duties break it.
    var isTotal: Bool {
        switch kind {
        case .meanWeek, .nightWorkerMean, .outOfHoursShare, .programmedActivities: true
        case .restWithin, .rollingHours, .shiftTotals: false
        }
    }

    init(_ rule: Rule, _ kind: Kind, _ weights: Weights) {
        id = rule.id
        penalty = rule.penalty(weights)
        self.kind = kind
    }
}

/// What a person brings to the test of whole lines.
struct PathContext: Sendable {
    let rules: [PathRule]
    /// The facts of each kind of duty on each day.
    let dutyFacts: [[DutyFacts?]]
    private let days: [DayFacts]
    private let history: [PlacedDuty]
    /// Days, relative to the period, on which the person is away or not employed.
    private let absent: Set<Int>
    private let hasAnyRule: Bool
    /// The hard rules: limits on totals, whose price meets all others on the way, before the rest.
    private let totalsFirst: [Int]

    init(
        person: Person, rules: [PathRule], period: Period, history: [DutyFacts], leave: [Leave],
        dutyFacts: [[DutyFacts?]]
    ) {
        self.rules = rules
        self.dutyFacts = dutyFacts
        days = period.days.map(DayFacts.init)
        self.history =
            history
            .map { PlacedDuty(day: period.first.distance(to: Instant(minutes: $0.start).day), facts: $0) }
            .filter { $0.day < 0 }.sorted { $0.facts.start < $1.facts.start }
        let first = min(0, self.history.first?.day ?? 0)
        absent = Set(
            (first..<days.count).filter { offset in
                let day = period.first.advanced(by: offset)
                return !person.isEmployed(on: day) || leave.contains { $0.contains(day) }
            })
        hasAnyRule = !rules.isEmpty
        let hard = rules.indices.filter { rules[$0].penalty == nil }
        totalsFirst = hard.filter { rules[$0].isTotal } + hard.filter { !rules[$0].isTotal }
    }

    /// Duties of a line, in order, from the kinds chosen for each day.
    func duties(_ kinds: [UInt16]) -> [PlacedDuty] {
        guard hasAnyRule else { return [] }
        var duties: [PlacedDuty] = []
        duties.reserveCapacity(kinds.count)
        for (day, kind) in kinds.enumerated() where kind != 0 {
            if let facts = dutyFacts[day][Int(kind)] { duties.append(PlacedDuty(day: day, facts: facts)) }
        }
        return duties
    }

    /// How a line breaks a hard path rule.
    enum Violation {
        /// These days' duties break it together; one of them must go. Days of history are not among them:
        /// nothing there can change.
        case duties([Int])
        /// The whole line has too much of something: see ``burden(_:day:kind:)``.
        case total(rule: Int)
    }

    /// A hard rule that a line breaks, limits on totals first. One that history alone breaks is inherited and
    /// not held against the line.
    func violation(_ duties: [PlacedDuty]) -> Violation? {
        for index in totalsFirst {
            guard let days = broken(rules[index], duties), !days.isEmpty else { continue }
            return rules[index].isTotal ? .total(rule: index) : .duties(days)
        }
        return nil
    }

    /// How much a kind of duty on a day adds to what a rule on totals limits, in that rule's own measure;
    /// minutes of work if no rule is given.
    func burden(_ rule: Int?, day: Int, kind: Int) -> Int {
        guard let facts = dutyFacts[day][kind] else { return 0 }
        guard let rule else { return facts.working }
        let duty = PlacedDuty(day: day, facts: facts)
        switch rules[rule].kind {
        case .outOfHoursShare(let percent, let plain):
            return premiumMinutes(duty, plain) * 100 - percent * facts.working
        case .programmedActivities(_, let plainMinutes, let premiumMinutes, let plain):
            let premium = self.premiumMinutes(duty, plain)
            return (facts.working - premium) * premiumMinutes + premium * plainMinutes
        case .meanWeek, .nightWorkerMean, .restWithin, .rollingHours, .shiftTotals:
            return facts.working
        }
    }

    /// The most that the burdens of a lawful line can add up to; nil if the rule is no plain limit on them.
    func burdenLimit(_ rule: Int?) -> Double? {
        guard let rule else { return nil }
        switch rules[rule].kind {
        case .outOfHoursShare: return 0
        case .programmedActivities(let maximum, let plainMinutes, let premiumMinutes, _):
            return (maximum * Double(days.count) / 7 + 1e-9) * Double(plainMinutes * premiumMinutes)
        case .meanWeek(let maximum, let weeks):
            guard weeks * 7 >= days.count else { return nil }
            let (before, present) = reference(maximum, weeks)
            return Double(maximum * present / 7 - before.minutes)
        case .nightWorkerMean, .restWithin, .rollingHours, .shiftTotals: return nil
        }
    }

    /// What the soft path rules that a line breaks cost.
    func penalty(_ duties: [PlacedDuty]) -> Int64 {
        rules.reduce(0) { sum, rule in
            guard let penalty = rule.penalty, penalty > 0, broken(rule, duties) != nil else { return sum }
            return sum + penalty
        }
    }

    private func broken(_ rule: PathRule, _ duties: [PlacedDuty]) -> [Int]? {
        switch rule.kind {
        case .restWithin(let patterns): withoutRest(patterns, duties)
        case .rollingHours(let maximum, let window): tooMuch(maximum, within: window, duties)
        case .meanWeek(let maximum, let weeks): aboveMean(maximum, weeks, duties)
        case .nightWorkerMean(let maximum, let test, let nights, let weeks):
            duties.count { $0.facts.passes(test) } < nights ? nil : aboveMean(maximum * 6, weeks, duties)
        case .outOfHoursShare(let percent, let plain):
            tooManyOutside(percent, plain, duties)
        case .shiftTotals(let limits): tooManyOfAShift(limits, duties)
        case .programmedActivities(let maximum, let plainMinutes, let premiumMinutes, let plain):
            tooManyActivities(maximum, plainMinutes, premiumMinutes, plain, duties)
        }
    }

    // MARK: Rest within days

    private func withoutRest(_ patterns: [RestPattern], _ duties: [PlacedDuty]) -> [Int]? {
        guard let longest = patterns.map(\.days).max(), days.count >= longest else { return nil }
        let all = history + duties
        var failing = patterns.map { failures($0, all) }
        if failing.contains(where: \.isEmpty) { return nil }
        for start in 0...(days.count - longest) {
            for (index, pattern) in patterns.enumerated() {
                let last = start + longest - pattern.days
                failing[index] = failing[index].drop { $0 < start }
                guard let first = failing[index].first, first <= last else { break }
                guard index == patterns.count - 1 else { continue }
                // Any duty in the window may be the one that has to go. What history alone breaks is
                // inherited, and the windows after it are judged all the same.
                let from = days[start].start
                let to = days[start + longest - 1].end
                let involved = duties.filter { $0.facts.start < to && from < $0.facts.end }.map(\.day)
                if !involved.isEmpty { return involved }
            }
        }
        return nil
    }

    /// First days of the windows that hold too few of the pattern's rests.
    private func failures(_ pattern: RestPattern, _ duties: [PlacedDuty]) -> ArraySlice<Int> {
        var failures: [Int] = []
        var first = 0
        for start in 0...(days.count - pattern.days) {
            let from = days[start].start
            let to = days[start + pattern.days - 1].end
            while first < duties.count, duties[first].facts.end <= from { first += 1 }
            var free = from
            var rests = 0
            var index = first
            while index < duties.count, duties[index].facts.start < to {
                rests += max(0, duties[index].facts.start - free) / pattern.rest.count
                free = max(free, duties[index].facts.end)
                index += 1
            }
            rests += max(0, to - free) / pattern.rest.count
            if rests < pattern.count { failures.append(start) }
        }
        return failures[...]
    }

    // MARK: Shifts of a type

    private func tooManyOfAShift(_ limits: [ShiftType.ID: Int], _ duties: [PlacedDuty]) -> [Int]? {
        for (shift, limit) in limits.sorted(by: { $0.key < $1.key }) {
            let days = duties.filter { $0.facts.shift == shift }.map(\.day)
            if days.count > limit { return days }
        }
        return nil
    }

    // MARK: Rolling hours

    private func tooMuch(_ maximum: Int, within window: Int, _ duties: [PlacedDuty]) -> [Int]? {
        let all = history + duties
        func minutes(from start: Int, among range: Range<Int>) -> Int {
            all[range].reduce(0) { sum, duty in
                let low = max(duty.facts.start, start)
                let high = min(duty.facts.end, start + window)
                guard high > low else { return sum }
                return sum + duty.facts.working * (high - low) / (duty.facts.end - duty.facts.start)
            }
        }
        var first = 0
        for index in all.indices where all[index].day >= 0 {
            let end = all[index].facts.end
            while all[first].facts.end <= end - window { first += 1 }
            if minutes(from: end - window, among: first..<(index + 1)) > maximum {
                return all[first...index].map(\.day).filter { $0 >= 0 }
            }
        }
        for index in all.indices {
            let start = all[index].facts.start
            var last = index
            while last + 1 < all.count, all[last + 1].facts.start < start + window { last += 1 }
            guard all[last].day >= 0 else { continue }
            if minutes(from: start, among: index..<(last + 1)) > maximum {
                return all[index...last].map(\.day).filter { $0 >= 0 }
            }
        }
        return nil
    }

    // MARK: Totals

    /// The most working minutes that the rules on the mean week leave for the period.
    var workingLimit: Int {
        rules.reduce(Int.max) { limit, rule in
            guard rule.penalty == nil, case .meanWeek(let maximum, let weeks) = rule.kind else {
                return limit
            }
            // Only a reference that holds the whole period limits the period's total.
            guard weeks * 7 >= days.count else { return limit }
            let (before, present) = reference(maximum, weeks)
            return min(limit, max(0, (maximum * present) / 7 - before.minutes))
        }
    }

    private func aboveMean(_ maximum: Int, _ weeks: Int, _ duties: [PlacedDuty]) -> [Int]? {
        let (before, present) = reference(maximum, weeks)
        let first = before.first
        let total = duties.reduce(before.minutes) { $1.day >= first ? $0 + $1.facts.working : $0 }
        return total * 7 > maximum * present ? duties.map(\.day).filter { $0 >= first } : nil
    }

    /// The first day that a mean over so many weeks looks at, the minutes of history in it, and the days on
    /// which the person was there. History that breaks the mean by itself is left out.
    private func reference(_ maximum: Int, _ weeks: Int) -> (before: (first: Int, minutes: Int), present: Int)
    {
        let first = max(days.count - weeks * 7, min(0, history.first?.day ?? 0))
        let before = history.reduce(0) { $1.day >= first ? $0 + $1.facts.working : $0 }
        let present = (first..<days.count).count { !absent.contains($0) }
        if before * 7 <= maximum * present { return ((first, before), present) }
        let own = max(0, first)
        return ((own, 0), (own..<days.count).count { !absent.contains($0) })
    }

    /// Working minutes of a duty outside the plain hours of weekdays, bank holidays being outside throughout.
    private func premiumMinutes(_ duty: PlacedDuty, _ plain: DutyTest.Span) -> Int {
        let length = duty.facts.wallLength
        guard length > 0 else { return 0 }
        let from = duty.facts.startMinute
        let plainEnd = plain.to > plain.from ? plain.to.minute : plain.to.minute + 1440
        var inside = 0
        for offset in -1...1 {
            let day = days[0].day.advanced(by: duty.day + offset)
            guard day.weekday < .saturday, !day.isBankHoliday else { continue }
            let low = max(from, plain.from.minute + offset * 1440)
            let high = min(from + length, plainEnd + offset * 1440)
            inside += max(0, high - low)
        }
        return duty.facts.working * (length - inside) / length
    }

    private func tooManyOutside(_ percent: Int, _ plain: DutyTest.Span, _ duties: [PlacedDuty]) -> [Int]? {
        let working = duties.reduce(0) { $0 + $1.facts.working }
        let outside = duties.reduce(0) { $0 + premiumMinutes($1, plain) }
        return outside * 100 > percent * working ? duties.map(\.day) : nil
    }

    private func tooManyActivities(
        _ maximum: Double, _ plainLength: Int, _ premiumLength: Int, _ plain: DutyTest.Span,
        _ duties: [PlacedDuty]
    ) -> [Int]? {
        let activities = duties.reduce(0.0) { sum, duty in
            let premium = premiumMinutes(duty, plain)
            return sum + Double(duty.facts.working - premium) / Double(plainLength)
                + Double(premium) / Double(premiumLength)
        }
        return activities > maximum * Double(days.count) / 7 + 1e-9 ? duties.map(\.day) : nil
    }
}
