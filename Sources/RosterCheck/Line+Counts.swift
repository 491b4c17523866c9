import Roster
import RulePack

/// Rules on how much and how often.
extension Line {
    /// Duties of the rota that start in the period.
    private var inPeriod: [LineDuty] { rostered.filter { period.contains($0.day) } }

    /// Nil for no limit. The reading is that of ``RuleKind/meanWeek(maximum:optedOut:weeks:)``.
    func meanWeek(_ maximum: Int?, weeks: Int) -> [Finding] {
        guard let maximum else { return [] }
        let reference = reference(weeks: weeks)
        let days = workable(reference)
        let counted = duties.filter { reference.contains($0.day) }
        let before = counted.filter(\.isHistory).reduce(0) { $0 + $1.working }
        let all = counted.reduce(0) { $0 + $1.working }
        if before * 7 > maximum * days {
            let ownDays = workable(period.days)
            let own = all - before
            let past = Finding(
                duties: [],
                text: "The history alone, \(WorkingMinutes(before)) in "
                    + "\(weeksText(days)), is more than \(WorkingMinutes(maximum)) a week",
                inherited: true)
            return [past] + (own * 7 > maximum * ownDays ? [aboveMean(own, ownDays, maximum)] : [])
        }
        return all * 7 > maximum * days ? [aboveMean(all, days, maximum)] : []
    }

    private func aboveMean(_ minutes: Int, _ days: Int, _ maximum: Int) -> Finding {
        // Rounded up: it is above the limit, by however little.
        let mean =
            days > 0
            ? "a mean of \(WorkingMinutes((minutes * 7 + days - 1) / days)) a week" : "no day to work"
        return Finding(
            duties: inPeriod,
            text: "\(WorkingMinutes(minutes)) of work in \(weeksText(days)) available, \(mean), is more than "
                + "\(WorkingMinutes(maximum)) a week")
    }

    private func weeksText(_ days: Int) -> String {
        days == 7 ? "1 week" : days % 7 == 0 ? "\(days / 7) weeks" : "\(days) days"
    }

    /// The days that a mean over so many weeks is judged on.
    private func reference(weeks: Int) -> ClosedRange<Day> {
        let first = period.last.advanced(by: 1 - 7 * weeks)
        let known = min(duties.first { $0.isHistory }?.day ?? period.first, period.first)
        return max(first, known)...period.last
    }

    /// Whole weeks that a mean over `weeks` is judged on.
    func knownWeeks(of weeks: Int) -> Int { reference(weeks: weeks).count / 7 }

    /// Days on which the person is employed and not on leave.
    private func workable(_ days: ClosedRange<Day>) -> Int {
        days.count { day in person.isEmployed(on: day) && !leave.contains { $0.contains(day) } }
    }

    func isNightWorker(_ night: DutyTest, _ nights: Int) -> Bool {
        inPeriod.count { $0.passes(night) } >= nights
    }

    /// Of windows that overlap the one with the most work is reported.
    func rollingHours(_ maximum: Int, window: ElapsedMinutes) -> [Finding] {
        let starts = duties.map(\.start) + duties.map { $0.end - window }
        var worst: (start: Instant, minutes: Int, duties: [LineDuty])?
        var findings: [Finding] = []
        func report() {
            guard let found = worst else { return }
            findings.append(
                Finding(
                    duties: found.duties,
                    text: "\(WorkingMinutes(found.minutes)) of work in the \(window) from "
                        + "\(found.start.spoken) is more than \(WorkingMinutes(maximum))",
                    inherited: found.duties.allSatisfy(\.isHistory)))
        }
        for start in Set(starts).sorted() where start + window > midnights[0] {
            let end = start + window
            let involved = duties.filter { $0.start < end && start < $0.end }
            let minutes = involved.reduce(0) { total, duty in
                total + duty.working * duty.elapsed(from: start, to: end) / max(1, duty.elapsed)
            }
            guard minutes > maximum else { continue }
            if let found = worst, start < found.start + window,
                found.duties.allSatisfy(\.isHistory) == involved.allSatisfy(\.isHistory)
            {
                if minutes > found.minutes { worst = (start, minutes, involved) }
            } else {
                report()
                worst = (start, minutes, involved)
            }
        }
        report()
        return findings
    }

    func weekends(_ maximum: Int, outOf: Int, fromSaturday: Int) -> [Finding] {
        var worked: [Day: [LineDuty]] = [:]
        for duty in duties {
            for saturday in Set(
                [duty.startWall, duty.endWall].map { Day(ordinal: $0 / 1440).monday.advanced(by: 5) })
            {
                let midnight = saturday.ordinal * 1440
                if duty.startWall < midnight + 2879, duty.endWall > midnight + fromSaturday {
                    worked[saturday, default: []].append(duty)
                }
            }
        }
        return worked.keys.sorted().compactMap { last in
            guard let duties = worked[last], last >= period.first.advanced(by: -1) else { return nil }
            let inWindow = worked.keys.filter { $0 <= last && $0.distance(to: last) < 7 * outOf }
            guard inWindow.count > maximum else { return nil }
            let past = inWindow.count { worked[$0]?.contains(where: \.isHistory) ?? false }
            return Finding(
                duties: duties,
                text:
                    "\(inWindow.count) of the \(outOf) weekends up to \(last.spokenWithoutYear) are worked, more "
                    + "than \(maximum)",
                inherited: past > maximum && duties.contains(where: \.isHistory))
        }
    }

    func weekendTotal(_ maximum: Int) -> [Finding] {
        let weekendDuties = inPeriod.filter { $0.day.weekday >= .saturday }
        let worked = Set(weekendDuties.map(\.day.monday)).count
        guard worked > maximum else { return [] }
        return [Finding(duties: weekendDuties, text: "\(worked) weekends are worked, more than \(maximum)")]
    }

    func countWithin(of test: DutyTest, _ maximum: Int, days: Int) -> [Finding] {
        let passing = duties.filter { $0.passes(test) }
        return Set(passing.filter { !$0.isHistory }.map(\.day)).sorted().compactMap { last in
            let inWindow = passing.filter { $0.day <= last && $0.day.distance(to: last) < days }
            guard inWindow.count > maximum else { return nil }
            return Finding(
                duties: inWindow,
                text: "\(count(inWindow.count, test)) in the \(days) days up to \(last.spokenWithoutYear) "
                    + "are more than \(maximum)")
        }
    }

    func mixInWeek(_ first: DutyTest, _ second: DutyTest) -> [Finding] {
        period.mondays.compactMap { monday in
            let week = duties.filter { $0.day.monday == monday }
            let mixed = week.filter { $0.passes(first) || $0.passes(second) }
            let past = week.filter(\.isHistory)
            guard week.contains(where: { $0.passes(first) }), week.contains(where: { $0.passes(second) })
            else { return nil }
            return Finding(
                duties: mixed,
                text: "In the week from \(monday.spokenWithoutYear) there are \(first.name) and "
                    + "\(second.name) duties",
                inherited: past.contains { $0.passes(first) } && past.contains { $0.passes(second) })
        }
    }

    func outOfHours(_ percent: Int, plain: DutyTest.Span) -> [Finding] {
        let all = inPeriod.reduce(0) { $0 + $1.working }
        let outside = inPeriod.reduce(0) { $0 + $1.workingOutside(plain) }
        guard outside * 100 > percent * all else { return [] }
        return [
            Finding(
                duties: inPeriod.filter { $0.workingOutside(plain) > 0 },
                text: "\(WorkingMinutes(outside)) of \(WorkingMinutes(all)) of work are out of hours, more "
                    + "than \(percent) %")
        ]
    }

    func totalPaid(_ minimum: PaidMinutes, _ maximum: PaidMinutes) -> [Finding] {
        let total = PaidMinutes(inPeriod.reduce(0) { $0 + $1.paid })
        guard total < minimum || total > maximum else { return [] }
        let side = total < minimum ? "less than \(minimum)" : "more than \(maximum)"
        return [Finding(duties: [], text: "\(total) paid in the period is \(side)")]
    }

    func shiftTotals(_ limits: [ShiftType.ID: Int]) -> [Finding] {
        limits.sorted { $0.key < $1.key }.compactMap { shift, maximum in
            let worked = inPeriod.filter { $0.shift == shift }
            guard worked.count > maximum else { return nil }
            return Finding(
                duties: worked, text: "\(worked.count) duties of shift \(shift) are more than \(maximum)")
        }
    }

    func activities(
        _ maximum: Double, plainMinutes: Int, premiumMinutes: Int, plain: DutyTest.Span
    ) -> [Finding] {
        let premium = inPeriod.reduce(0) { $0 + $1.workingOutside(plain) }
        let ordinary = inPeriod.reduce(0) { $0 + $1.working } - premium
        let activities = Double(ordinary) / Double(plainMinutes) + Double(premium) / Double(premiumMinutes)
        let mean = activities * 7 / Double(period.dayCount)
        guard mean > maximum + 1e-9 else { return [] }
        return [
            Finding(
                duties: inPeriod,
                text: "A mean of \(tenths(mean)) programmed activities a week is more than \(tenths(maximum))"
            )
        ]
    }

    private func tenths(_ number: Double) -> String {
        let tenths = Int((number * 10).rounded(.up))
        return tenths % 10 == 0 ? "\(tenths / 10)" : "\(tenths / 10).\(tenths % 10)"
    }
}
