import Extracts
import GapMatching
import Roster
import RosterCheck

/// What is missing in one shift for one cover rule, under the id that it keeps from day to day.
///
/// The checker cuts a gap wherever the number missing changes, and names it by its start. People count shifts: here
/// everything that one rule misses in one shift is one gap, and a booking that covers half of it does not rename it.
struct NamedGap {
    /// The shift: a window of the rule or, of a long window, a part of it.
    struct Frame: Hashable {
        let start: Instant
        let end: Instant
        /// The day on which it starts.
        let day: Day

        /// Without what has passed.
        func ahead(of now: Instant) -> Frame {
            Frame(start: min(max(start, now), end), end: end, day: day)
        }
    }

    let id: ReportedGap.ID
    let rule: CoverRule
    let group: StaffGroup
    let frame: Frame
    /// What the unit calls the shift; nil if no shift type is like it.
    let shift: ShiftType?
    /// What the checker found, by start.
    let whole: [Gap]
    /// What is looked at of it: all, or what is still ahead.
    let parts: [Gap]

    /// - Parameter whole: Nil means just the parts.
    init(
        id: ReportedGap.ID, rule: CoverRule, group: StaffGroup, frame: Frame, shift: ShiftType?, parts: [Gap],
        whole: [Gap]? = nil
    ) {
        self.id = id
        self.rule = rule
        self.group = group
        self.frame = frame
        self.shift = shift
        self.parts = parts
        self.whole = whole ?? parts
    }

    var start: Instant { whole.map(\.start).min() ?? frame.start }
    var end: Instant { whole.map(\.end).max() ?? frame.end }
    var minutes: Int { parts.reduce(0) { $0 + $1.missingMinutes } }
    var severity: Severity { parts.map(\.severity).min() ?? .belowTarget }
    var isHard: Bool { rule.hard }
    /// The part in which most are missing.
    var worst: Gap? { parts.max { ($0.missing, $1.start) < ($1.missing, $0.start) } }

    var measure: ReportedGap.Measure {
        if parts.contains(where: { $0.measure == .weeklyMinutes }) { return .weeklyMinutes }
        switch rule.requirement {
        case .heads, .demand, .arrivals: return .heads
        case .atLeast, .atMost: return .share
        }
    }

    /// The gap as the matching sees it, without what has passed.
    func open(from now: Instant) -> OpenGap {
        OpenGap(
            id: OpenGap.ID(id.text),
            stretches: parts.filter { $0.end > now }.map {
                OpenGap.Stretch(start: max($0.start, now), end: $0.end, missing: $0.missing)
            },
            isHard: isHard, risk: max(1, rule.risk))
    }
}

extension NamedGap {
    /// The same gap, of which no hour counts that has passed. It begins where it began. A week is judged as a whole.
    func ahead(of now: Instant) -> NamedGap {
        guard measure != .weeklyMinutes, start < now else { return self }
        return NamedGap(
            id: id, rule: rule, group: group, frame: frame, shift: shift,
            parts: parts.filter { $0.end > now }.map { part in
                Gap(
                    rule: part.rule, unit: part.unit, start: max(part.start, now), end: part.end,
                    required: part.required, planned: part.planned, severity: part.severity)
            }, whole: whole)
    }

    /// The hours of a week that are still to come and in which nobody counts.
    func openHours(_ cover: RotaCover, from now: Instant) -> NamedGap {
        with(parts: cover.uncovered(by: rule, from: max(start, now), to: end))
    }

    /// Somebody would have to come on a day of industrial action: of a week, in one of its open hours.
    func isStruck(by policy: ReportPolicy, _ cover: RotaCover, from now: Instant) -> Bool {
        let sought = measure == .weeklyMinutes ? openHours(cover, from: now) : self
        return sought.parts.contains { policy.hasIndustrialAction(of: group, from: $0.start, to: $0.end) }
    }

    /// The gap as people who could come are sought for it: of a week, each day by itself.
    func sought(_ cover: RotaCover, from now: Instant) -> [NamedGap] {
        guard measure == .weeklyMinutes else { return [self] }
        return (start.day...end.day).compactMap { day in
            let open = cover.uncovered(
                by: rule, from: max(start, now, London.instant(day, minute: 0)),
                to: min(end, London.instant(day, minute: 1440)))
            return open.isEmpty ? nil : with(parts: open)
        }
    }

    private func with(parts: [Breach.Stretch]) -> NamedGap {
        NamedGap(
            id: id, rule: rule, group: group, frame: frame, shift: shift,
            parts: parts.map {
                Gap(
                    rule: rule.id, unit: rule.unit, start: $0.start, end: $0.end, required: 1, planned: 0,
                    severity: severity)
            })
    }
}

/// Puts what the checker found into shifts.
struct GapNaming {
    private let scenario: Scenario
    private let shiftsByUnit: [Unit.ID: [ShiftType]]
    private let everywhere: [ShiftType]

    init(_ scenario: Scenario) {
        self.scenario = scenario
        let covering = scenario.shiftTypes.filter { $0.countsForCover && $0.kind != .onCall }
        everywhere = covering.filter(\.units.isEmpty)
        var byUnit: [Unit.ID: [ShiftType]] = [:]
        for shift in covering {
            for unit in shift.units { byUnit[unit, default: []].append(shift) }
        }
        shiftsByUnit = byUnit
    }

    func named(_ gaps: [Gap]) -> [NamedGap] {
        Dictionary(grouping: gaps, by: \.rule).sorted { $0.key < $1.key }.flatMap { id, gaps -> [NamedGap] in
            guard let rule = scenario.coverRule(id) else { return [] }
            let group = scenario.staffGroup(of: rule)
            let weekly = gaps.filter { $0.measure == .weeklyMinutes }.map { gap in
                NamedGap(
                    // By its Monday, so that it keeps its id from day to day.
                    id: ReportedGap.ID(Gap.id(rule: id, weekOf: gap.start.day.monday).text), rule: rule,
                    group: group,
                    frame: .init(start: gap.start, end: gap.end, day: gap.start.day), shift: nil, parts: [gap]
                )
            }
            let shifts = shifts(for: rule)
            let anchors = rule.windowLength > Picture.longestShift ? anchors(of: shifts, rule) : nil
            let pieces = gaps.filter { $0.measure == .heads }.flatMap { gap in
                anchors.map { cut(gap, at: $0) } ?? [(window(of: rule, at: gap.start), gap)]
            }
            return weekly
                + Dictionary(grouping: pieces, by: \.0).sorted { $0.key.start < $1.key.start }.map {
                    frame, pieces in
                    NamedGap(
                        id: ReportedGap.ID(Gap.id(rule: id, start: frame.start).text), rule: rule,
                        group: group,
                        frame: frame, shift: shifts.mostLike(frame),
                        parts: pieces.map(\.1).sorted { $0.start < $1.start })
                }
        }
    }

    /// The shift of a rule in which an instant lies.
    func frame(of rule: CoverRule, at instant: Instant) -> NamedGap.Frame {
        guard rule.windowLength > Picture.longestShift else { return window(of: rule, at: instant) }
        let points = points(around: instant.day...instant.day, anchors: anchors(of: shifts(for: rule), rule))
        let next = points.firstIndex { $0 > instant } ?? points.endIndex - 1
        return frame(from: points[next - 1], to: points[next])
    }

    /// Shift types by which somebody could count for the rule.
    func shifts(for rule: CoverRule) -> [ShiftType] {
        ((shiftsByUnit[rule.unit] ?? []) + everywhere).filter {
            $0.roles.isEmpty || rule.counted.roles.isEmpty || !$0.roles.isDisjoint(with: rule.counted.roles)
        }.sorted { $0.id < $1.id }
    }

    /// The window of a rule that holds the instant.
    private func window(of rule: CoverRule, at instant: Instant) -> NamedGap.Frame {
        let today = instant.day
        let start = London.instant(today, rule.from)
        let day = start <= instant ? today : today.advanced(by: -1)
        return .init(
            start: London.instant(day, rule.from), end: London.instant(day, minute: rule.toMinute), day: day)
    }

    /// Minutes of the day at which a long window is parted: where shifts start, no further apart than a shift is long.
    private func anchors(of shifts: [ShiftType], _ rule: CoverRule) -> [Int] {
        let starts = Set(shifts.map(\.start.minute)).sorted()
        let first = starts.first ?? rule.from.minute
        let circle = starts + starts.map { $0 + 1440 }
        var anchors = [first]
        while let last = anchors.last, last + Picture.longestShift < first + 1440 {
            anchors.append(circle.last { last < $0 && $0 <= last + Picture.longestShift } ?? last + 720)
        }
        return anchors.filter { $0 < first + 1440 }
    }

    /// Where long windows are parted, from two days before to a day after.
    private func points(around days: ClosedRange<Day>, anchors: [Int]) -> [Instant] {
        (days.lowerBound.advanced(by: -2)...days.upperBound.advanced(by: 1)).flatMap { day in
            anchors.map { London.instant(day, minute: $0) }
        }
    }

    /// A night belongs to the day on which it starts.
    private func frame(from start: Instant, to end: Instant) -> NamedGap.Frame {
        .init(start: start, end: end, day: start.day)
    }

    /// The gap in pieces, each with the part of the day in which it lies.
    private func cut(_ gap: Gap, at anchors: [Int]) -> [(NamedGap.Frame, Gap)] {
        let points = points(around: gap.start.day...gap.end.day, anchors: anchors)
        return zip(points, points.dropFirst()).compactMap { point, next in
            let start = max(gap.start, point)
            let end = min(gap.end, next)
            guard start < end else { return nil }
            return (
                frame(from: point, to: next),
                Gap(
                    rule: gap.rule, unit: gap.unit, start: start, end: end, required: gap.required,
                    planned: gap.planned, severity: gap.severity)
            )
        }
    }
}

extension CoverRule {
    /// On the wall clock, in minutes.
    fileprivate var windowLength: Int { toMinute - from.minute }
}

extension [ShiftType] {
    /// The shift type that has most in common with a stretch of time; nil if that is less than half of either.
    fileprivate func mostLike(_ frame: NamedGap.Frame) -> ShiftType? {
        let from = frame.start.clock.minute
        let length = (frame.end - frame.start).count
        func common(_ shift: ShiftType) -> Int {
            [-1440, 0, 1440].map { days in
                Swift.min(from + length, shift.endMinute + days) - Swift.max(from, shift.start.minute + days)
            }.max() ?? 0
        }
        return filter { common($0) * 2 >= Swift.max(length, $0.wallLength) }
            .min { (-common($0), $0.wallLength, $0.id) < (-common($1), $1.wallLength, $1.id) }
    }
}

extension Scenario {
    /// The staff group that a rule asks for: of its roles, else of its grades, else by what it is about.
    func staffGroup(of rule: CoverRule) -> StaffGroup {
        let groups =
            rule.counted.roles.compactMap { role($0)?.staffGroup }
            + (rule.counted.roles.isEmpty ? rule.counted.grades.compactMap { grade($0)?.staffGroup } : [])
        if let first = StaffGroup.allCases.first(where: groups.contains) { return first }
        return rule.purpose == .seniorDecisionMaker ? .medical : .other
    }
}
