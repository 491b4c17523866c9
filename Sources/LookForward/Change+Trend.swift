import Roster

extension ReportedGap {
    /// How the gap stands against the issue before.
    func trend(against before: ReportedGap, endOfIssue: Instant?, at now: Instant) -> Trend {
        // What is asked of the days that are left of a week is less each day: it is neither better nor worse.
        if measure == .weeklyMinutes, day != before.day { return .same }
        // Nor is it better that a part of a gap has passed.
        if measure != .weeklyMinutes, before.start < now { return missing > before.missing ? .worse : .same }
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
            return report.days.contains(gap.day) ? .new : .firstReported
        }
        return gap.trend(against: before, endOfIssue: report.endOfDays, at: now)
    }

    /// - Parameter knows: whether today's data say anything about a unit on a day.
    func change(to gaps: [ReportedGap], from first: Day, knows: (Unit.ID, Day) -> Bool) -> Change {
        let here = Set(gaps.map(\.id))
        // One whose time is over was not closed: how it ended is told when its day has passed.
        let gone = report.gaps.filter { $0.day >= first && $0.end > now && !here.contains($0.id) }
        func ids(_ trend: ReportedGap.Trend) -> [ReportedGap.ID] {
            gaps.filter { $0.trend == trend }.map(\.id)
        }
        return Change(
            since: report.issued, sinceTime: report.generated, new: ids(.new), worse: ids(.worse),
            better: ids(.better),
            closed: gone.filter { knows($0.place.unit, $0.day) }.map(ClosedGap.init),
            noLongerKnown: gone.filter { !knows($0.place.unit, $0.day) }.map(ClosedGap.init),
            firstReported: ids(.firstReported))
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
    /// 24:00 of the last day.
    var endOfDays: Instant? { days.last.map { London.instant($0, minute: 1440) } }
}
