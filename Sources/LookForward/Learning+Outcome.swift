import Extracts
import Roster
import RosterCheck

extension Learning {
    /// What became of the gaps that were named for days that have passed; nil if none was.
    ///
    /// A gap is false if nothing is short and the demand was never there: its unit was closed, its requirement is lower
    /// than when it was named, or the request for it was cancelled. It is filled if somebody came, and then the step is
    /// that of the booking, or a float if somebody from another unit works there.
    ///
    /// - Parameters:
    ///   - issues: Earlier issues, whole, in any order; those that are not valid name nothing.
    ///   - known: The picture of the days that have passed, with the duties and bookings that are known by now.
    public init?(issues: [ShortageReport], known: Picture) {
        let valid = issues.filter(\.isValid).sorted { ($0.issued, $0.generated) < ($1.issued, $1.generated) }
        let days = known.window
        guard valid.contains(where: { $0.days.contains(where: days.contains) }) else { return nil }
        var first: [ReportedGap.ID: ShortageReport] = [:]
        var last: [ReportedGap.ID: (gap: ReportedGap, issue: ShortageReport)] = [:]
        for issue in valid {
            for gap in issue.gaps where days.contains(gap.day) && gap.measure == .heads {
                if first[gap.id] == nil { first[gap.id] = issue }
                last[gap.id] = (gap, issue)
            }
        }
        let hindsight = Hindsight(known)
        let ended = last.values.map { gap, issue in
            hindsight.ended(gap, named: first[gap.id]?.generated ?? gap.start, last: issue.generated)
        }
        let missed = hindsight.left.values.filter { days.contains($0.frame.day) && last[$0.id] == nil }
            .map { hindsight.brief($0) }
        self.init(
            day: days.last,
            ended: ended.sorted {
                ($0.gap.isHard ? 0 : 1, $0.gap.day, $0.gap.id) < (
                    $1.gap.isHard ? 0 : 1, $1.gap.day, $1.gap.id
                )
            },
            missed: missed.sorted { ($0.day, $0.id) < ($1.day, $1.id) })
    }
}

/// How the days that have passed turned out.
private struct Hindsight {
    private let picture: Picture
    private let desk: Desk
    private let cover: RotaCover
    private let naming: GapNaming
    private let duties: [Unit.ID: [Duty]]
    /// Gaps of heads that nobody filled.
    let left: [ReportedGap.ID: NamedGap]

    init(_ picture: Picture) {
        self.picture = picture
        desk = Desk(picture, at: London.instant(picture.window.first, minute: 0))
        cover = RotaCover(picture.coverScenario, picture.rota)
        naming = GapNaming(picture.scenario)
        duties = Dictionary(grouping: picture.rota.duties, by: \.unit)
        left = Dictionary(
            naming.named(cover.gaps()).filter { $0.measure == .heads }.map { ($0.id, $0) }
        ) { first, _ in first }
    }

    /// - Parameter last: When it was last named: what had passed by then was not said to be short.
    func ended(_ gap: ReportedGap, named: Instant, last: Instant) -> Learning.Ended {
        let requests = requests(for: gap)
        let minutesLeft = left[gap.id]?.ahead(of: last).minutes ?? 0
        let outcome = outcome(gap, requests, minutesLeft)
        let action = requests.compactMap(\.released).min()
        return Learning.Ended(
            gap: ClosedGap(gap), outcome: outcome,
            step: outcome == .filled || outcome == .partly ? step(gap, requests) : nil,
            minutesLeft: minutesLeft,
            leadMinutes: (gap.start - named).count, minutesToAction: action.map { ($0 - named).count })
    }

    private func outcome(_ gap: ReportedGap, _ requests: [Request], _ left: Int) -> Learning.Outcome {
        guard picture.fatal.isEmpty, desk.knows(gap.place.unit, on: gap.day) else { return .unknown }
        if left > 0 { return left < gap.minutesShort ? .partly : .unfilled }
        let isClosed = picture.scenario.unit(gap.place.unit)?.isClosed(on: gap.day) == true
        let isCancelled = !requests.isEmpty && requests.allSatisfy { $0.state == .cancelled }
        if isClosed || isCancelled { return .falseGap }
        guard required(gap) < gap.minutesRequired else { return .filled }
        // A template that lost rows does not say that nobody was needed.
        let isTemplateInDoubt = picture.findings.contains {
            $0.check == .roleNotAsked && $0.units.contains(gap.place.unit)
        }
        return isTemplateInDoubt ? .unknown : .falseGap
    }

    /// Person-minutes that the rule asks for by now.
    private func required(_ gap: ReportedGap) -> Int {
        guard let rule = picture.scenario.coverRule(gap.rule) else { return 0 }
        return cover.requiredMinutes(of: rule.id, in: naming.frame(of: rule, at: gap.start))
    }

    private func requests(for gap: ReportedGap) -> [Request] {
        guard let rule = picture.scenario.coverRule(gap.rule) else { return [] }
        let named = NamedGap(
            id: gap.id, rule: rule, group: gap.staffGroup, frame: naming.frame(of: rule, at: gap.start),
            shift: nil,
            parts: [])
        return picture.requests.filter { $0.concerns(named) }
    }

    private func step(_ gap: ReportedGap, _ requests: [Request]) -> CascadeStep.Level? {
        if let booked = requests.filter({ $0.state == .booked && !$0.namesNobody })
            .compactMap(\.step).max()
        {
            return booked
        }
        let there = (duties[gap.place.unit] ?? []).filter { $0.start < gap.end && gap.start < $0.end }
        if there.contains(where: { $0.source == .booking }) { return .own }
        let isLent = there.contains { duty in
            picture.scenario.person(duty.person).map { $0.unit != duty.unit } ?? false
        }
        return isLent ? .float : nil
    }

    func brief(_ gap: NamedGap) -> ClosedGap {
        let roles = picture.scenario.roles.filter { gap.rule.counted.roles.contains($0.id) }
        return ClosedGap(
            id: gap.id, place: desk.place(gap.rule.unit), organisation: desk.organisation(of: gap.rule.unit),
            day: gap.frame.day, shift: gap.shift?.name ?? "",
            role: roles.isEmpty ? gap.rule.name : roles.map(\.name).joined(separator: " or "),
            staffGroup: gap.group, minutes: gap.minutes, isHard: gap.isHard)
    }
}
