import Roster

/// When one rule asks for at least what another asks for, so that it can stand in its place.
extension RuleKind {
    /// Whether every line of work that keeps this rule also keeps `other`.
    ///
    /// The answer is safe rather than complete: false also where it is hard to tell, so that nothing is loosened by
    /// mistake. Kinds are compared only with themselves. Reference weeks of means must be equal, because a mean over
    /// fewer weeks is neither stricter nor looser.
    public func isAtLeastAsStrict(as other: RuleKind) -> Bool {
        switch (self, other) {
        case (
            .restBetween(let minimum, let after, let before), .restBetween(let least, let first, let second)
        ):
            return minimum >= least && after.covers(first) && before.covers(second)
        case (.restWithin(let patterns), .restWithin(let others)):
            return patterns.allSatisfy { pattern in others.contains(where: pattern.implies) }
        case (
            .meanWeek(let maximum, let optedOut, let weeks), .meanWeek(let most, let optedOutMost, let others)
        ):
            let isOptedOutKept = optedOutMost.map { most in optedOut.map { $0 <= most } ?? false } ?? true
            return weeks == others && maximum <= most && isOptedOutKept
        case (
            .nightWorkerMean(let maximum, let night, let nights, let weeks),
            .nightWorkerMean(let most, let otherNight, let otherNights, let otherWeeks)
        ):
            return weeks == otherWeeks && maximum <= most && nights <= otherNights && night.covers(otherNight)
        case (.rollingHours(let maximum, let window), .rollingHours(let most, let other)):
            // A window is filled by so many of ours, the last perhaps in part.
            let windows = (other.count + window.count - 1) / max(1, window.count)
            return maximum.count * windows <= most.count
        case (.dutyLength(let maximum, let of), .dutyLength(let most, let other)):
            return maximum <= most && of.covers(other)
        case (
            .runMaximum(let of, let maximum, let rest, let restFrom),
            .runMaximum(let other, let most, let otherRest, let otherFrom)
        ):
            // A run of a wider test may go on where the other's ends, so a rest is kept only with the same test.
            let isRestKept =
                otherRest.map { least in
                    otherFrom > maximum
                        || of.isSame(as: other) && restFrom <= otherFrom && (rest ?? .zero) >= least
                } ?? true
            return maximum <= most && of.covers(other) && isRestKept
        case (.restAfterRun(let of, let minimum), .restAfterRun(let other, let least)):
            return minimum >= least && of.isSame(as: other)
        case (.runMinimum(let worked), .runMinimum(let least)):
            return worked >= least
        case (.offMinimum(let days), .offMinimum(let least)):
            return days >= least
        case (.weekends(let maximum, let outOf, let from), .weekends(let most, let others, let otherFrom)):
            return from <= otherFrom && most >= Self.most(in: others, with: maximum, outOf: outOf)
        case (.weekendTotal(let maximum), .weekendTotal(let most)):
            return maximum <= most
        case (.countWithin(let of, let maximum, let days), .countWithin(let other, let most, let otherDays)):
            return of.covers(other) && most >= Self.most(in: otherDays, with: maximum, outOf: days)
        case (.succession(let first, let second), .succession(let otherFirst, let otherSecond)):
            return first.covers(otherFirst) && second.covers(otherSecond)
        case (.noMixInWeek(let first, let second), .noMixInWeek(let otherFirst, let otherSecond)):
            return first.covers(otherFirst) && second.covers(otherSecond)
                || first.covers(otherSecond) && second.covers(otherFirst)
        case (.nextDayMaximum(let after, let working), .nextDayMaximum(let other, let most)):
            return working <= most && after.covers(other)
        case (.outOfHoursShare(let percent, let plain), .outOfHoursShare(let most, let other)):
            return percent <= most && other.contains(plain)
        case (.totalPaid(let minimum, let maximum), .totalPaid(let least, let most)):
            return minimum >= least && maximum <= most
        case (.shiftTotals(let totals), .shiftTotals(let others)):
            return others.allSatisfy { shift, most in totals[shift].map { $0 <= most } ?? false }
        case (
            .programmedActivities(let maximum, let plainMinutes, let premiumMinutes, let plain),
            .programmedActivities(let most, let otherPlain, let otherPremium, let otherSpan)
        ):
            return maximum <= most && plainMinutes <= otherPlain && premiumMinutes <= otherPremium
                && plain == otherSpan
        case (.breaks(let breaks), .breaks(let others)):
            return others.allSatisfy { other in breaks.contains { $0.implies(other) } }
        case (.onCallDuplicate, .onCallDuplicate), (.described, .described):
            return true
        default:
            return false
        }
    }

    /// The most that `window` places in a row can hold if any `outOf` hold at most `maximum`, one each.
    private static func most(in window: Int, with maximum: Int, outOf: Int) -> Int {
        window / max(1, outOf) * min(maximum, outOf) + min(window % max(1, outOf), maximum)
    }
}

extension RuleKind.BreakRule {
    fileprivate func implies(_ other: Self) -> Bool {
        longerThan <= other.longerThan && count >= other.count && minutes >= other.minutes
    }
}

extension RestPattern {
    /// The other's days hold so many of ours, each with its rests, and a long rest counts as several short ones.
    fileprivate func implies(_ other: RestPattern) -> Bool {
        other.days / max(1, days) * count * (rest.count / max(1, other.rest.count)) >= other.count
    }
}

extension DutyTest {
    /// Whether every duty that passes `other` passes this test. Safe rather than complete.
    func covers(_ other: DutyTest) -> Bool {
        func holds<Value>(_ mine: Value?, _ theirs: Value?, _ isKept: (Value, Value) -> Bool) -> Bool {
            guard let mine else { return true }
            return theirs.map { isKept(mine, $0) } ?? false
        }
        return holds(longerThan, other.longerThan, <=)
            && holds(inside, other.inside, ==) && (inside == nil || insideAtLeast <= other.insideAtLeast)
            && holds(startsBefore, other.startsBefore, >=) && holds(startsFrom, other.startsFrom, <=)
            && holds(endsAfter, other.endsAfter, <=) && holds(onCall, other.onCall, ==)
            && (weekdays.isEmpty || !other.weekdays.isEmpty && weekdays.isSuperset(of: other.weekdays))
            && (shifts.isEmpty || !other.shifts.isEmpty && shifts.isSuperset(of: other.shifts))
    }

    /// Whether the same duties pass, whatever the tests are called.
    func isSame(as other: DutyTest) -> Bool { covers(other) && other.covers(self) }
}

extension DutyTest.Span {
    /// Whether the other lies inside; a span over midnight only contains itself.
    fileprivate func contains(_ other: Self) -> Bool {
        self == other || from < to && other.from < other.to && from <= other.from && other.to <= to
    }
}
