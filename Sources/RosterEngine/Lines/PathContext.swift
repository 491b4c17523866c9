import Roster
import RulePack

/// What a person brings to the test of whole lines.
struct PathContext: Sendable {
    let rules: [PathRule]
    /// The hard rules that are plain limits on a sum: priced by what their burdens are worth.
    let limits: [PathLimit]
    /// Duties by day × kinds + kind; nil for a day off.
    private let cells: [PlacedDuty?]
    private let kinds: Int
    private let days: [DayFacts]
    private let history: [PlacedDuty]
    /// Days, relative to the period, on which the person is away or not employed.
    private let absent: Set<Int>
    /// The soft rules that are plain limits.
    private let softLimits: [PathLimit]
    /// The other rules, hard and soft.
    private let others: [PathRule]

    init(
        person: Person, rules: [PathRule], period: Period, history: [DutyFacts], leave: [Leave],
        dutyFacts: [[DutyFacts?]]
    ) {
        self.rules = rules
        let days = period.days.map(DayFacts.init)
        self.days = days
        let kinds = dutyFacts.first?.count ?? 1
        self.kinds = kinds
        cells = dutyFacts.enumerated().flatMap { day, facts in
            facts.enumerated().map { kind, facts in
                facts.map { PlacedDuty(day: day, cell: day * kinds + kind, $0) }
            }
        }
        self.history =
            history
            .map { PlacedDuty(day: period.first.distance(to: Instant(minutes: $0.start).day), cell: -1, $0) }
            .filter { $0.day < 0 }.sorted { $0.start < $1.start }
        let first = min(0, self.history.first?.day ?? 0)
        absent = Set(
            (first..<days.count).filter { offset in
                let day = period.first.advanced(by: offset)
                return !person.isEmployed(on: day) || leave.contains { $0.contains(day) }
            })
        let reference = ReferenceWeeks(days: days.count, history: self.history, absent: absent)
        let plain = rules.indices.map { PathLimit($0, rules[$0], days, dutyFacts, reference) }
        limits = plain.compactMap(\.self).filter { rules[$0.rule].penalty == nil }
        softLimits = plain.compactMap(\.self).filter { rules[$0.rule].penalty != nil }
        others = zip(rules, plain).compactMap { $1 == nil ? $0 : nil }
    }

    private init(
        rules: [PathRule], limits: [PathLimit], softLimits: [PathLimit], cells: [PlacedDuty?], kinds: Int
    ) {
        self.rules = rules
        self.limits = limits
        self.softLimits = softLimits
        self.cells = cells
        self.kinds = kinds
        days = []
        history = []
        absent = []
        others = []
    }

    /// What is left to some days when the duties on all others stand; nil if a rule looks at more than sums, or if what
    /// stands is beyond a limit by itself.
    func part(of days: [Int], standing: [PlacedDuty]) -> PathContext? {
        guard others.isEmpty else { return nil }
        let cells = days.enumerated().flatMap { day, whole in
            (0..<kinds).map { kind in
                self.cells[whole * kinds + kind].map { PlacedDuty($0, day: day, cell: day * kinds + kind) }
            }
        }
        func part(_ limit: PathLimit) -> PathLimit {
            PathLimit(
                rule: limit.rule, limit: limit.limit - limit.sum(standing),
                burdens: days.flatMap { limit.burdens[($0 * kinds)..<(($0 + 1) * kinds)] })
        }
        func canBind(_ limit: PathLimit) -> Bool {
            let most = days.indices.reduce(0) {
                $0 + max(0, limit.burdens[($1 * kinds)..<(($1 + 1) * kinds)].max() ?? 0)
            }
            return most > limit.limit
        }
        let hard = limits.map(part).filter(canBind)
        let soft = softLimits.map(part).filter(canBind)
        guard (hard + soft).allSatisfy({ $0.limit >= 0 }) else { return nil }
        return PathContext(rules: rules, limits: hard, softLimits: soft, cells: cells, kinds: kinds)
    }

    /// Some hard rule is no plain limit.
    var hasOtherHardRules: Bool { others.contains { $0.penalty == nil } }

    /// No rule of this person needs the whole line.
    var isFree: Bool { rules.isEmpty }

    /// Duties of a line, in order, from the kinds chosen for each day.
    func duties(_ kinds: [UInt16]) -> [PlacedDuty] {
        guard !isFree else { return [] }
        var duties: [PlacedDuty] = []
        duties.reserveCapacity(kinds.count)
        for (day, kind) in kinds.enumerated() where kind != 0 {
            if let duty = cells[day * self.kinds + Int(kind)] { duties.append(duty) }
        }
        return duties
    }

    /// How a line breaks a hard path rule.
    enum Violation: Equatable {
        /// These days' duties break it together; one of them must go. Days of history are not among them:
        /// nothing there can change.
        case duties([Int])
        /// One of ``limits`` at least.
        case limit
        /// A mean that is no plain limit: the whole line has too much work.
        case work
    }

    /// A hard rule that a line breaks, limits first. One that history alone breaks is inherited and not held
    /// against the line.
    func violation(_ duties: [PlacedDuty]) -> Violation? {
        if limits.contains(where: { $0.isBroken(by: duties) }) { return .limit }
        return otherViolation(duties)
    }

    /// The same of the rules that are no plain limits.
    func otherViolation(_ duties: [PlacedDuty]) -> Violation? {
        for rule in others where rule.penalty == nil {
            guard let days = broken(rule, duties), !days.isEmpty else { continue }
            return rule.isMean ? .work : .duties(days)
        }
        return nil
    }

    /// A kind of duty on a day; nil for a day off, or if there is none.
    func duty(day: Int, kind: Int) -> PlacedDuty? { cells[day * kinds + kind] }

    /// What the soft path rules that a line breaks cost.
    func penalty(_ duties: [PlacedDuty]) -> Int64 {
        var sum: Int64 = 0
        for limit in softLimits where limit.isBroken(by: duties) { sum += rules[limit.rule].penalty ?? 0 }
        for rule in others {
            if let penalty = rule.penalty, penalty > 0, broken(rule, duties) != nil { sum += penalty }
        }
        return sum
    }

    private func broken(_ rule: PathRule, _ duties: [PlacedDuty]) -> [Int]? {
        switch rule.kind {
        case .restWithin(let patterns): withoutRest(patterns, duties)
        case .rollingHours(let maximum, let window): tooMuch(maximum, within: window, duties)
        case .meanWeek(let maximum, let weeks): aboveMean(maximum, weeks, duties)
        case .nightWorkerMean(let maximum, let test, let nights, let weeks):
            duties.count { $0.passes(test) } < nights ? nil : aboveMean(maximum * 6, weeks, duties)
        case .outOfHoursShare, .shiftTotal, .programmedActivities: nil  // plain limits, all of them
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
                let involved = duties.filter { $0.start < to && from < $0.end }.map(\.day)
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
            while first < duties.count, duties[first].end <= from { first += 1 }
            var free = from
            var rests = 0
            var index = first
            while index < duties.count, duties[index].start < to {
                rests += max(0, duties[index].start - free) / pattern.rest.count
                free = max(free, duties[index].end)
                index += 1
            }
            rests += max(0, to - free) / pattern.rest.count
            if rests < pattern.count { failures.append(start) }
        }
        return failures[...]
    }

    // MARK: Rolling hours

    private func tooMuch(_ maximum: Int, within window: Int, _ duties: [PlacedDuty]) -> [Int]? {
        let all = history + duties
        func minutes(from start: Int, among range: Range<Int>) -> Int {
            all[range].reduce(0) { sum, duty in
                let low = max(duty.start, start)
                let high = min(duty.end, start + window)
                guard high > low else { return sum }
                return sum + duty.working * (high - low) / (duty.end - duty.start)
            }
        }
        var first = 0
        for index in all.indices where all[index].day >= 0 {
            let end = all[index].end
            while all[first].end <= end - window { first += 1 }
            if minutes(from: end - window, among: first..<(index + 1)) > maximum {
                return all[first...index].map(\.day).filter { $0 >= 0 }
            }
        }
        for index in all.indices {
            let start = all[index].start
            var last = index
            while last + 1 < all.count, all[last + 1].start < start + window { last += 1 }
            guard all[last].day >= 0 else { continue }
            if minutes(from: start, among: index..<(last + 1)) > maximum {
                return all[index...last].map(\.day).filter { $0 >= 0 }
            }
        }
        return nil
    }

    // MARK: Means

    /// The most working minutes that the rules on the mean week leave for the period.
    var workingLimit: Int {
        limits.reduce(Int.max) { most, limit in
            if case .meanWeek = rules[limit.rule].kind { min(most, max(0, limit.limit)) } else { most }
        }
    }

    private func aboveMean(_ maximum: Int, _ weeks: Int, _ duties: [PlacedDuty]) -> [Int]? {
        let reference = ReferenceWeeks(days: days.count, history: history, absent: absent)
        let (first, minutes, present) = reference.known(maximum, weeks)
        let total = duties.reduce(minutes) { $1.day >= first ? $0 + $1.working : $0 }
        return total * 7 > maximum * present ? duties.map(\.day).filter { $0 >= first } : nil
    }
}

/// What a mean over some weeks that end with the period looks at.
struct ReferenceWeeks {
    let days: Int
    let history: [PlacedDuty]
    let absent: Set<Int>

    /// The first day that a mean over so many weeks looks at, the minutes of history in it, and the days on
    /// which the person was there. History that breaks the mean by itself is left out.
    func known(_ maximum: Int, _ weeks: Int) -> (first: Int, minutes: Int, present: Int) {
        let first = max(days - weeks * 7, min(0, history.first?.day ?? 0))
        let before = history.reduce(0) { $1.day >= first ? $0 + $1.working : $0 }
        let present = (first..<days).count { !absent.contains($0) }
        if before * 7 <= maximum * present { return (first, before, present) }
        let own = max(0, first)
        return (own, 0, (own..<days).count { !absent.contains($0) })
    }
}
