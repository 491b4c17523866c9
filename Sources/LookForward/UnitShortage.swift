import Roster

/// What one unit is short of on one day, without counting one missing person twice.
public struct UnitShortage: Hashable, Sendable, Codable {
    public var place: UnitLabel
    public var organisation: Organisation.ID
    public var day: Day
    public var staffGroup: StaffGroup
    public var shortage: Shortage

    public init(
        place: UnitLabel, organisation: Organisation.ID, day: Day, staffGroup: StaffGroup, shortage: Shortage
    ) {
        self.place = place
        self.organisation = organisation
        self.day = day
        self.staffGroup = staffGroup
        self.shortage = shortage
    }
}

extension Headline {
    /// One for each day.
    static func days(_ report: ShortageReport) -> [Headline] {
        report.days.map { day in
            // What is left of a night that began before the first day belongs to the first.
            let here = report.gaps.filter { max($0.day, report.days[0]) == day }
            var headline = Headline(
                day: day, hardGaps: here.count { $0.isHard && $0.measure != .weeklyMinutes },
                redFlags: here.count { $0.redFlag != nil },
                unitsWithoutRota: report.withoutRota?.count { $0.day == day })
            for entry in report.shortages where entry.day == day {
                switch entry.staffGroup {
                case .registered: headline.registered = headline.registered + entry.shortage
                case .unregistered: headline.unregistered = headline.unregistered + entry.shortage
                case .medical: headline.medical = headline.medical + entry.shortage
                case .therapy, .other: headline.other = headline.other + entry.shortage
                }
            }
            return headline
        }
    }
}

extension UnitShortage {
    /// By day, unit and staff group.
    static func all(
        of gaps: [NamedGap], from first: Day, place: (Unit.ID) -> UnitLabel,
        organisation: (Unit.ID) -> Organisation.ID
    ) -> [UnitShortage] {
        struct Key: Hashable {
            let day: Day
            let unit: Unit.ID
            let group: StaffGroup
        }
        let heads = gaps.filter { $0.measure == .heads }
        return Dictionary(grouping: heads) {
            Key(day: max($0.frame.day, first), unit: $0.rule.unit, group: $0.group)
        }
        .map { key, gaps in
            UnitShortage(
                place: place(key.unit), organisation: organisation(key.unit), day: key.day,
                staffGroup: key.group, shortage: inOneUnit(gaps))
        }
        .sorted {
            ($0.day, $0.place.unit, $0.staffGroup.rawValue) < ($1.day, $1.place.unit, $1.staffGroup.rawValue)
        }
    }

    /// Gaps of one unit and staff group.
    static func inOneUnit(_ gaps: [NamedGap]) -> Shortage {
        kin(gaps) { $0.rule }.reduce(Shortage()) { total, gaps in
            total + Shortage(shifts: shifts(gaps), minutes: minutes(gaps))
        }
    }

    /// At any moment the worst of the rules, and all hard ones together, as nobody satisfies two of them at once.
    private static func minutes(_ gaps: [NamedGap]) -> Int {
        let parts = gaps.flatMap { gap in gap.parts.map { (gap.rule, $0) } }
        let points = Set(parts.flatMap { [$0.1.start, $0.1.end] }).sorted()
        return zip(points, points.dropFirst()).reduce(0) { total, slice in
            let there = parts.filter { $0.1.start <= slice.0 && slice.1 <= $0.1.end }
            let soft = there.filter { !$0.0.hard }.map(\.1.missing).max() ?? 0
            let hard = there.filter(\.0.hard).reduce(0) { $0 + $1.1.missing }
            return total + max(soft, hard) * (slice.1 - slice.0).count
        }
    }

    /// The most heads missing in each shift; shifts that lie mostly together count once, and so does a shift with the
    /// handover at its edge.
    private static func shifts(_ gaps: [NamedGap]) -> Int {
        var counted: [NamedGap] = []
        var total = 0
        for gap in gaps.sorted(by: { $0.isCountedBefore($1) }) {
            let others = counted.filter { !(gap.isHard && $0.isHard) }
            let isTold = others.contains { other in
                let shared = min(gap.frame.end, other.frame.end) - max(gap.frame.start, other.frame.start)
                let shorter = min(gap.frame.end - gap.frame.start, other.frame.end - other.frame.start)
                return shared.count * 2 > shorter.count
            }
            guard !isTold, !gap.isHandover(of: others) else { continue }
            counted.append(gap)
            total += gap.shiftsMissing
        }
        return total
    }
}

extension NamedGap {
    /// What is missing for less than this at the edge of a shift is its handover, and no shift of its own.
    private static let handover = ElapsedMinutes(hours: 2)

    /// The most heads missing at once, but for a peak as short as a handover, in which those of both shifts are asked for.
    fileprivate var shiftsMissing: Int {
        let levels = Set(parts.map(\.missing)).sorted(by: >)
        return levels.first { level in
            parts.filter { $0.missing >= level }.reduce(0) { $0 + ($1.end - $1.start).count }
                >= Self.handover.count
        } ?? levels.first ?? 0
    }

    private var isShort: Bool { end - start < Self.handover }

    /// Handovers last, so that the shifts on both sides of them are known; then the most missing first.
    fileprivate func isCountedBefore(_ other: NamedGap) -> Bool {
        if isShort != other.isShort { return other.isShort }
        return (other.shiftsMissing, other.minutes, id) < (shiftsMissing, minutes, other.id)
    }

    /// It is short, begins or ends with shifts that are counted, and misses no more people than they do.
    fileprivate func isHandover(of counted: [NamedGap]) -> Bool {
        isShort
            && shiftsMissing
                <= counted.filter { start == $0.end || end == $0.start }.reduce(0) { $0 + $1.shiftsMissing }
    }
}

/// Puts together what is about rules that the same people could meet, directly or through others.
func kin<Element>(_ elements: [Element], by rule: (Element) -> CoverRule) -> [[Element]] {
    func areKin(_ left: CoverRule, _ right: CoverRule) -> Bool {
        left.counted.roles.isEmpty || right.counted.roles.isEmpty
            || !left.counted.roles.isDisjoint(with: right.counted.roles)
    }
    var families: [[Element]] = []
    for element in elements {
        let related = families.indices.filter { families[$0].contains { areKin(rule($0), rule(element)) } }
        let family = related.flatMap { families[$0] } + [element]
        for index in related.reversed() { families.remove(at: index) }
        families.append(family)
    }
    return families
}
