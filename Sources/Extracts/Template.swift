import Roster

/// The template as cover rules and demand: one rule a unit, role and time at which a window begins, so that what a gap
/// is called does not depend on how many are asked for on which day.
///
/// Windows that overlap add up: four on the long day and one on the early are five in the morning. They are one rule
/// all the same, that of the longest: whoever is missing all day is one gap. What lies outside of it is a rule of its
/// own. Each day is parted by the windows that hold on it, those of one date last, so that a row for one day renames
/// nothing. A row for a date takes the place of those for weekdays in the same window. On days for which Muster
/// published a rota, that rota's folder says what is asked for, and the template nothing.
struct Template {
    private(set) var rules: [CoverRule] = []
    private(set) var demand: [DemandRow] = []

    private struct Subject: Hashable {
        let unit: Unit.ID
        let role: Role.ID
    }

    init(
        _ rows: [RequirementRow], window: Period, names: UnitNames, published: [Unit.ID: Set<Day>] = [:]
    ) {
        let subjects = Dictionary(grouping: rows) { Subject(unit: $0.unit, role: $0.role) }
        for (subject, rows) in subjects.sorted(by: { ($0.key.unit, $0.key.role) < ($1.key.unit, $1.key.role) }
        ) {
            let asked = AskedWindows(rows, window: window, except: published[subject.unit] ?? [])
            add(subject, asked, window: window, name: names[subject.unit])
        }
    }

    private mutating func add(_ subject: Subject, _ asked: AskedWindows, window: Period, name: String) {
        // Of the day before, what reaches into the first.
        let parts = asked.parts.filter {
            $0.lowerBound >= -1440 && 0 < $0.upperBound && $0.lowerBound < window.days.count * 1440
        }
        for (minute, parts) in Dictionary(grouping: parts, by: { ($0.lowerBound + 1440) % 1440 }).sorted(by: {
            $0.key < $1.key
        }) {
            let from = ClockTime(minute: minute)
            let length = parts.map(\.count).max() ?? 0
            let to = ClockTime(minute: minute + length > 1440 ? minute + length - 1440 : minute + length)
            let digits = from.description.split(separator: ":").joined()
            let id = CoverRule.ID("\(subject.unit).\(subject.role).\(digits)")
            rules.append(
                CoverRule(
                    id: id, name: "\(name), \(subject.role), \(from) to \(to)", unit: subject.unit,
                    counted: Counted(roles: [subject.role]), from: from, to: to, requirement: .demand))
            for part in parts {
                let day = window.first.advanced(by: (part.lowerBound + 1440) / 1440 - 1)
                let midnight = part.lowerBound - minute
                for slice in asked.slices(of: part) {
                    demand.append(
                        DemandRow(
                            subject: .rule(id),
                            start: London.instant(day, minute: slice.minutes.lowerBound - midnight),
                            end: London.instant(day, minute: slice.minutes.upperBound - midnight),
                            value: Double(slice.heads), minimum: slice.minimum))
                }
            }
        }
    }
}

/// The windows in which a unit asks for a role on some days, on one line of minutes on the wall from the first midnight.
private struct AskedWindows {
    private struct Placed {
        let minutes: Range<Int>
        let row: RequirementRow
        /// No row for weekdays has this window.
        let isExtra: Bool

        /// Of windows that overlap, the first is the rule: one that recurs, of a shift's length, as long as can be.
        func goesBefore(_ other: Placed) -> Bool {
            rank.lexicographicallyPrecedes(other.rank)
        }

        private var rank: [Int] {
            [
                isExtra ? 1 : 0, minutes.count > Picture.longestShift ? 1 : 0, -minutes.count,
                row.from.minute, minutes.lowerBound,
            ]
        }
    }

    struct Slice {
        let minutes: Range<Int>
        let heads: Int
        let minimum: Int
    }

    private let placed: [Placed]
    /// Without overlap, each from the start of a window, or from where a window that goes before it ends.
    private(set) var parts: [Range<Int>] = []

    /// - Parameter except: Days of which the rows say nothing.
    init(_ rows: [RequirementRow], window: Period, except: Set<Day>) {
        let recurring = Set(rows.filter { !$0.isDated }.map(\.window))
        // A night of the day before reaches into the first; it is parted as if one went before, and the last day as if
        // another followed.
        placed = (-2...window.days.count).flatMap { offset -> [Placed] in
            let day = window.first.advanced(by: offset)
            if except.contains(day) { return [] }
            return rows.inForce(on: day).map { row in
                Placed(
                    minutes: row.window.lowerBound + offset * 1440..<row.window.upperBound + offset * 1440,
                    row: row, isExtra: !recurring.contains(row.window))
            }
        }.sorted { $0.goesBefore($1) }
        for window in placed.map(\.minutes) { parts += window.without(parts) }
    }

    /// What is asked for in a part, cut where a window begins or ends.
    func slices(of part: Range<Int>) -> [Slice] {
        let here = placed.filter { $0.minutes.overlaps(part) }
        let cuts = Set(
            here.flatMap { [$0.minutes.lowerBound, $0.minutes.upperBound] }.filter(part.contains)
                + [part.lowerBound, part.upperBound]
        ).sorted()
        return zip(cuts, cuts.dropFirst()).map { from, to in
            let rows = here.filter { $0.minutes.contains(from) }.map(\.row)
            return Slice(
                minutes: from..<to, heads: rows.reduce(0) { $0 + $1.heads },
                minimum: rows.reduce(0) { $0 + ($1.minimum ?? 0) })
        }
    }
}

extension Range<Int> {
    /// What none of the others holds of it.
    func without(_ others: [Range<Int>]) -> [Range<Int>] {
        others.reduce([self]) { left, other in
            left.flatMap { part -> [Range<Int>] in
                guard part.overlaps(other) else { return [part] }
                return [
                    part.lowerBound..<Swift.max(part.lowerBound, other.lowerBound),
                    Swift.min(part.upperBound, other.upperBound)..<part.upperBound,
                ].filter { !$0.isEmpty }
            }
        }
    }
}

extension [RequirementRow] {
    /// The rows that hold of a day's windows: one for the date goes before those for weekdays in the same window.
    func inForce(on day: Day) -> [RequirementRow] {
        let here = filter { $0.holds(on: day) }
        let dated = Set(here.filter(\.isDated).map(\.window))
        return here.filter { $0.isDated || !dated.contains($0.window) }
    }
}

extension RequirementRow {
    fileprivate var isDated: Bool {
        if case .date = days { true } else { false }
    }
}
