import Roster

extension ReportedGap {
    /// How the gap stands against the issue before.
    func trend(against before: ReportedGap, endOfIssue: Instant?, at now: Instant) -> Trend {
        // What is asked of the days that are left of a week is less each day: it is neither better nor worse.
        if measure == .weeklyMinutes, day != before.day { return .same }
        // Nor is it better that a part of a gap has passed.
        if measure != .weeklyMinutes, before.start < now { return missing > before.missing ? .worse : .same }
        // This issue sees only the part of a night that lies after its first midnight.
        let isCut = before.start < start && start == London.instant(start.day, minute: 0)
        if measure != .weeklyMinutes, isCut { return missing > before.missing ? .worse : .same }
        if missing != before.missing { return missing > before.missing ? .worse : .better }
        // The issue before saw only the part of a night that lies before its last midnight.
        if before.end == endOfIssue, end > before.end { return .same }
        if minutesShort != before.minutesShort {
            return minutesShort > before.minutesShort ? .worse : .better
        }
        return .same
    }
}

/// The issue before, ready to be compared with.
struct EarlierIssue {
    let report: ShortageReport
    private let now: Instant
    private let gaps: [ReportedGap.ID: ReportedGap]

    /// Nil without a valid issue.
    ///
    /// - Parameter now: When the issue that is compared with it is made.
    init?(_ report: ShortageReport?, at now: Instant) {
        guard let report, report.isValid else { return nil }
        self.report = report
        self.now = now
        gaps = Dictionary(report.gaps.map { ($0.id, $0) }) { first, _ in first }
    }

    func trend(of gap: ReportedGap) -> ReportedGap.Trend {
        guard let before = gaps[gap.id] else {
            return report.knew(gap.place, on: gap.day) ? .new : .firstReported
        }
        return gap.trend(against: before, endOfIssue: report.endOfDays, at: now)
    }

    /// - Parameter fate: What today's data say of a gap that is not among today's.
    func change(to gaps: [ReportedGap], from first: Day, fate: (ReportedGap) -> Fate) -> Change {
        let here = Set(gaps.map(\.id))
        // One whose time is over was not closed: how it ended is told when its day has passed.
        let gone = Dictionary(
            grouping: report.gaps.filter { $0.day >= first && $0.end > now && !here.contains($0.id) },
            by: fate
        ).mapValues { $0.map(ClosedGap.init) }
        func ids(_ trend: ReportedGap.Trend) -> [ReportedGap.ID] {
            gaps.filter { $0.trend == trend }.map(\.id)
        }
        return Change(
            since: report.issued, sinceTime: report.generated, new: ids(.new), worse: ids(.worse),
            better: ids(.better),
            closed: gone[.closed] ?? [], noLongerAsked: gone[.notAsked] ?? [],
            noLongerKnown: gone[.unknown] ?? [], firstReported: ids(.firstReported))
    }

    /// Why a gap of the issue before is not among those of today.
    enum Fate {
        /// As many are asked for as before, and nobody is missing.
        case closed
        /// Fewer are asked for than before, or nobody.
        case notAsked
        /// Today's data do not say.
        case unknown
        /// Today's issue does not look at all of its time.
        case outOfSight
    }
}

extension Desk {
    /// What became of a gap of the issue before that is not among today's.
    func fate(of gap: ReportedGap) -> EarlierIssue.Fate {
        let end = London.instant(picture.window.last, minute: 1440)
        // A week is judged by those of its days that are looked at.
        guard gap.day <= picture.window.last, gap.measure != .weeklyMinutes || gap.end <= end else {
            return .outOfSight
        }
        guard knows(gap.place.unit, on: gap.day) else { return .unknown }
        let asked = cover.requirements(of: gap.rule)
        guard let last = asked.map(\.end).max() else { return .notAsked }
        // A rule that holds around the clock is looked at until midnight only.
        if gap.end > max(end, last) { return .outOfSight }
        let heads = asked.filter { $0.start < gap.end && gap.start < $0.end }
            .map { max($0.target, $0.minimum) }.max()
        return gap.measure == .heads && heads ?? 0 < gap.required ? .notAsked : .closed
    }
}

extension ClosedGap {
    init(_ gap: ReportedGap) {
        self.init(
            id: gap.id, place: gap.place, organisation: gap.organisation, day: gap.day, shift: gap.shift,
            role: gap.role,
            staffGroup: gap.staffGroup, minutes: gap.minutesShort, isHard: gap.isHard)
    }
}

extension ShortageReport {
    /// Whether it said anything of a unit's day: a gap that it did not tell of was not open then.
    fileprivate func knew(_ place: UnitLabel, on day: Day) -> Bool {
        days.contains(day)
            && !(notIncluded + validation.unknown).contains { $0.unit == place.unit }
            && withoutRota?.contains { $0.place.unit == place.unit && $0.day == day } != true
    }

    /// 24:00 of the last day.
    var endOfDays: Instant? { days.last.map { London.instant($0, minute: 1440) } }
}
