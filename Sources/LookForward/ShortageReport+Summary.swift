import Roster

extension ReportedGap {
    /// Hard gaps first, then below a minimum, then red flags, then what weighs most, then what comes first.
    func ranksBefore(_ other: ReportedGap) -> Bool {
        if isHard != other.isHard { return isHard }
        if (redFlag != nil) != (other.redFlag != nil) { return redFlag != nil }
        if severity != other.severity { return severity < other.severity }
        let (weight, otherWeight) = (minutesShort * max(1, risk), other.minutesShort * max(1, other.risk))
        if weight != otherWeight { return weight > otherWeight }
        return (start, place.name, id) < (other.start, other.place.name, other.id)
    }
}

extension ShortageReport {
    /// Units of which something is known, but not how many they need in some role.
    public var unitsPartlyUnknown: Int {
        Set(validation.failures.filter { $0.check == .roleNotAsked }.flatMap(\.places))
            .subtracting(validation.unknown + notIncluded).count
    }

    /// The message in one sentence. It never says that nothing is short where nobody knows.
    var summary: String {
        let when = "\(days.first?.brief ?? "") to \(days.last?.brief ?? "")"
        guard isValid else {
            return "No valid report for \(when): the data cannot be relied on. "
                + "This does not mean that nothing is short."
        }
        let blind = Set(validation.unknown + notIncluded)
        let partly = Dictionary(grouping: (withoutRota ?? []).filter { !blind.contains($0.place) }, by: \.day)
            .sorted { $0.key < $1.key }
            .map {
                " \(counted($0.value.count, "unit")) without a rota on \($0.key.brief) may be short then."
            }
        let unasked = unitsPartlyUnknown
        let doubt =
            (blind.isEmpty ? "" : " Nothing is known of \(counted(blind.count, "unit")), which may be short.")
            + (unasked == 0
                ? ""
                : " In \(counted(unasked, "unit")) more may be short: nothing says how many are needed in some role.")
            + partly.joined()
        guard !gaps.isEmpty else {
            if hasNothingToDo { return "Nothing to do: every unit has the people that it asks for, \(when)." }
            let failed = validation.failures.count { $0.severity >= .warning }
            let checks = failed > 0 ? " \(counted(failed, "check")) of the data failed." : ""
            return "No gap is known, \(when), but that does not mean that nothing is short.\(doubt)\(checks)"
        }
        let total = headlines.reduce(Shortage()) { $0 + $1.total }
        var parts = ["\(counted(total.shifts, "shift")) (\(hours(total.minutes))) short, \(when)"]
        let ofWeek = hardGaps.count { $0.measure == .weeklyMinutes }
        if !hardGaps.isEmpty {
            let week = ofWeek > 0 ? " (\(ofWeek) of a weekly minimum)" : ""
            parts.insert("\(counted(hardGaps.count, "critical gap"))\(week)", at: 0)
        }
        if !redFlags.isEmpty { parts.append("\(counted(redFlags.count, "gap")) at red-flag level") }
        let others = gaps.count { $0.measure != .heads && !$0.isHard }
        if others > 0 { parts.append("\(counted(others, "share or weekly minimum")) missed") }
        return parts.joined(separator: "; ") + "." + doubt
    }
}
