import Roster

extension ReportedGap {
    /// How the gap stands against the issue before.
    func trend(against before: ReportedGap, endOfIssue: Instant?) -> Trend {
        // What is asked of the days that are left of a week is less each day: it is neither better nor worse.
        if measure == .weeklyMinutes, day != before.day { return .same }
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
    private let gaps: [ReportedGap.ID: ReportedGap]

    /// Nil without a valid issue.
    init?(_ report: ShortageReport?) {
        guard let report, report.isValid else { return nil }
        self.report = report
        gaps = Dictionary(report.gaps.map { ($0.id, $0) }) { first, _ in first }
    }

    func trend(of gap: ReportedGap) -> ReportedGap.Trend {
        guard let before = gaps[gap.id] else {
            return report.days.contains(gap.day) ? .new : .firstReported
        }
        return gap.trend(against: before, endOfIssue: report.endOfDays)
    }

    /// - Parameter knows: whether today's data say anything about a unit.
    func change(to gaps: [ReportedGap], from first: Day, knows: (Unit.ID) -> Bool) -> Change {
        let here = Set(gaps.map(\.id))
        let gone = report.gaps.filter { $0.day >= first && !here.contains($0.id) }
        func ids(_ trend: ReportedGap.Trend) -> [ReportedGap.ID] {
            gaps.filter { $0.trend == trend }.map(\.id)
        }
        return Change(
            since: report.issued, new: ids(.new), worse: ids(.worse), better: ids(.better),
            closed: gone.filter { knows($0.place.unit) }.map(ClosedGap.init),
            noLongerKnown: gone.filter { !knows($0.place.unit) }.map(ClosedGap.init),
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
