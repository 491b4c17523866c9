import Roster
import RulePack

/// Rules on rest and on runs.
extension Line {
    func restBetween(_ minimum: ElapsedMinutes, after: DutyTest, before: DutyTest) -> [Finding] {
        duties.indices.compactMap { index in
            let first = duties[index]
            // What counts for neither, as being on call from home, may lie between.
            guard first.passes(after),
                let second = duties[(index + 1)...].first(where: { $0.passes(before) }),
                !second.isHistory
            else { return nil }
            return shortRest(minimum, after: first, before: second, of: [first, second], what: "Rest")
        }
    }

    func restAfterRuns(_ minimum: ElapsedMinutes, of test: DutyTest, from length: Int) -> [Finding] {
        runs(of: test).compactMap { run in
            guard run.count >= length, run.upperBound < duties.count else { return nil }
            let next = duties[run.upperBound]
            guard !next.isHistory else { return nil }
            return shortRest(
                minimum, after: duties[run.upperBound - 1], before: next, of: duties[run] + [next],
                what: "Rest after \(count(run.count, test))")
        }
    }

    /// Overlapping duties have no rest between them to be short; they are a breach of their own.
    private func shortRest(
        _ minimum: ElapsedMinutes, after first: LineDuty, before second: LineDuty, of involved: [LineDuty],
        what: String
    ) -> Finding? {
        let rest = second.start - first.end
        guard rest >= .zero, rest < minimum else { return nil }
        return Finding(
            duties: involved,
            text:
                "\(what) of \(rest) between \(first.end.spoken) and \(second.start.spoken) is under \(minimum)"
        )
    }

    /// Windows are as long as the longest pattern's; of failing windows in a row the first is reported, those
    /// that the history alone fails apart.
    func restWithin(_ patterns: [RestPattern]) -> [Finding] {
        guard let length = patterns.map(\.days).max(), length >= 1, length <= period.dayCount else {
            return []
        }
        var findings: [Finding] = []
        var before: (fails: Bool, inherited: Bool) = (false, false)
        for first in 0...(period.dayCount - length) {
            let fails = !patterns.contains { holds($0, from: first, to: first + length) }
            let involved = fails ? worked(from: midnights[first], to: midnights[first + length]) : []
            let inherited = involved.allSatisfy(\.isHistory)
            if fails, !before.fails || before.inherited != inherited {
                findings.append(
                    Finding(
                        duties: involved,
                        text: "Between \(midnights[first].spoken) and \(midnights[first + length].spoken) "
                            + "there is not \(patterns.map(\.spoken).joined(separator: ", nor "))",
                        inherited: inherited))
            }
            before = (fails, inherited)
        }
        return findings
    }

    /// The first window over the start of the period, of days that are known, in which no pattern holds. The rule is
    /// about windows inside the period alone, so this is told and not counted.
    func restOverStart(_ patterns: [RestPattern]) -> Finding? {
        guard let length = patterns.map(\.days).max(), let known = duties.first?.day else { return nil }
        let earliest = max(1 - length, period.first.distance(to: known))
        let latest = min(-1, period.dayCount - length)
        guard earliest <= latest else { return nil }
        let failing = (earliest...latest).first { first in
            !patterns.contains { holds($0, from: first, to: first + length) }
        }
        return failing.map { first in
            let (from, to) = (midnight(first), midnight(first + length))
            return Finding(
                duties: worked(from: from, to: to),
                text: "Between \(from.spoken) and \(to.spoken), over the start of the period, there is not "
                    + patterns.map(\.spoken).joined(separator: ", nor "))
        }
    }

    private func midnight(_ index: Int) -> Instant {
        midnights.indices.contains(index)
            ? midnights[index] : London.instant(period.first.advanced(by: index), minute: 0)
    }

    private func holds(_ pattern: RestPattern, from first: Int, to last: Int) -> Bool {
        (first...(last - pattern.days)).allSatisfy { day in
            rests(of: pattern.rest, from: midnight(day), to: midnight(day + pattern.days)) >= pattern.count
        }
    }

    /// How many rests of the given length fit between the duties, inside the window.
    private func rests(of length: ElapsedMinutes, from: Instant, to: Instant) -> Int {
        var count = 0
        var free = from
        for duty in worked(from: from, to: to) {
            count += max(0, (duty.start - free).count) / max(1, length.count)
            free = max(free, duty.end)
        }
        return count + max(0, (to - free).count) / max(1, length.count)
    }

    private func worked(from: Instant, to: Instant) -> [LineDuty] {
        duties.filter { $0.start < to && from < $0.end }
    }

    /// Too many in a row. A run that ended in the history is reported only if the period follows at once.
    func runsAbove(_ maximum: Int, of test: DutyTest) -> [Finding] {
        runs(of: test).compactMap { run in
            let last = duties[run.upperBound - 1]
            guard run.count > maximum, last.day >= period.first.advanced(by: -1) else { return nil }
            return Finding(
                duties: Array(duties[run]),
                text:
                    "\(count(run.count, test)) in a row from \(duties[run.lowerBound].day.spokenWithoutYear) "
                    + "to \(last.day.spokenWithoutYear) are more than \(maximum)",
                inherited: last.isHistory)
        }
    }

    /// Duties that start on the same or on consecutive days and pass the test, as long as they go on.
    private func runs(of test: DutyTest) -> [Range<Int>] {
        var runs: [Range<Int>] = []
        for (index, duty) in duties.enumerated() where duty.passes(test) {
            if let run = runs.last, run.upperBound == index,
                duties[index - 1].day.distance(to: duty.day) <= 1
            {
                runs[runs.count - 1] = run.lowerBound..<index + 1
            } else {
                runs.append(index..<index + 1)
            }
        }
        return runs
    }

    func workedRuns(under minimum: Int) -> [Finding] {
        dayRuns(worked: true, under: minimum).map { first, count in
            Finding(
                duties: rostered.filter { first <= $0.day && $0.day < first.advanced(by: count) },
                text: "Only \(count) worked \(count == 1 ? "day" : "days") in a row from "
                    + "\(first.spokenWithoutYear), fewer than \(minimum)")
        }
    }

    func offRuns(under minimum: Int) -> [Finding] {
        dayRuns(worked: false, under: minimum).map { first, count in
            Finding(
                duties: [],
                text: "Only \(count) \(count == 1 ? "day" : "days") off in a row from "
                    + "\(first.spokenWithoutYear), fewer than \(minimum)")
        }
    }

    /// Runs of worked days, or of days off, that are too short and touch neither edge of the period.
    private func dayRuns(worked: Bool, under minimum: Int) -> [(first: Day, count: Int)] {
        let workedDays = Set(rostered.map(\.day))
        var runs: [(first: Day, count: Int)] = []
        var run: (first: Day, count: Int)?
        for day in period.days {
            if workedDays.contains(day) == worked {
                run = (run?.first ?? day, (run?.count ?? 0) + 1)
            } else if let ended = run {
                runs.append(ended)
                run = nil
            }
        }
        return runs.filter { $0.first > period.first && $0.count < minimum }
    }

    func dutyLength(_ maximum: Int, of test: DutyTest) -> [Finding] {
        rostered.filter { $0.passes(test) && $0.wallLength > maximum }.map { duty in
            Finding(
                duties: [duty],
                text: "The duty \(duty.spoken) of \(ElapsedMinutes(duty.wallLength)) on the clock is longer "
                    + "than \(ElapsedMinutes(maximum))")
        }
    }

    func succession(_ first: DutyTest, _ second: DutyTest) -> [Finding] {
        onNextDay(after: first) { _, next in next.passes(second) }.map { duty, next in
            Finding(
                duties: [duty, next],
                text: "\(second.name) on \(next.start.spoken) follows \(first.name) on \(duty.start.spoken)")
        }
    }

    func nextDay(after test: DutyTest, maximum: WorkingMinutes) -> [Finding] {
        onNextDay(after: test) { _, next in next.working > maximum.count }.map { duty, next in
            Finding(
                duties: [duty, next],
                text: "\(WorkingMinutes(next.working)) of work on \(next.start.spoken), the day after "
                    + "\(test.name) on \(duty.start.spoken), is more than \(maximum)")
        }
    }

    private func onNextDay(
        after test: DutyTest, where breaks: (LineDuty, LineDuty) -> Bool
    ) -> [(LineDuty, LineDuty)] {
        let tomorrow = Dictionary(grouping: rostered, by: \.day)
        return duties.filter { $0.passes(test) }.flatMap { duty in
            (tomorrow[duty.day.advanced(by: 1)] ?? []).filter { breaks(duty, $0) }.map { (duty, $0) }
        }
    }

    /// `3 night duties`, `1 duty`.
    func count(_ number: Int, _ test: DutyTest) -> String {
        let word = test.name == DutyTest.any.name ? "" : "\(test.name) "
        return "\(number) \(word)\(number == 1 ? "duty" : "duties")"
    }
}

extension RestPattern {
    /// `one rest of 48 h in every 14 days`.
    var spoken: String { "\(count == 1 ? "one rest" : "\(count) rests") of \(rest) in every \(days) days" }
}
