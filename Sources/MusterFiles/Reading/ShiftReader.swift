import PlainText
import Roster

/// Reads one entry of `shifts` in `roster.yaml`.
struct ShiftReader {
    let period: Period?
    let units: Definitions<Unit>
    let roles: Definitions<Role>

    static let required = ["start", "end"]
    static let optional = [
        "name", "kind", "breaks", "paid", "working", "on-site", "counts", "units", "roles", "weekdays",
        "offered",
    ]

    func shift(_ id: ShiftType.ID, _ entry: YAMLMapping) -> ShiftType? {
        if ["off", "any", "not"].contains(id.text) {
            entry["id"]?.fault("is a word that preferences.csv uses", accepted: "another id")
        }
        let kind =
            entry["kind"].map { $0.scalar(accepted: "a kind of shift")?.choice(of: "a kind of shift") }
            ?? ShiftKind.work
        let times = times(entry)
        let breaks = entry["breaks"]?.list()?.compactMap { $0.integer(in: 1...1440) } ?? []
        let paid = entry["paid"]?.hours(in: 0...48)
        let working = entry["working"]?.hours(in: 0...24)
        let countsByDefault = kind == .work || kind == .residentOnCall
        let counts = entry["counts"]?.boolean() ?? countsByDefault
        let onSite = entry["on-site"]?.boolean() ?? (kind != .onCall)
        let weekdays = entry["weekdays"]?.weekdays() ?? []
        let units = units.references(entry["units"])
        let roles = roles.references(entry["roles"])
        let offered = entry["offered"]?.boolean() ?? true
        let name = entry["name"]?.text() ?? id.text

        if kind == .study, counts {
            entry["counts"]?.fault(
                "would put study on the cover", accepted: "false, or another kind of shift")
        }
        if kind == .onCall, onSite {
            entry["on-site"]?.fault(
                "would let somebody who is at home cover hard rules",
                accepted: "false, or kind: resident-on-call")
        }
        if kind == .onCall, entry["paid"] == nil || entry["working"] == nil {
            entry["id"]?.fault(
                "is on call from home and does not say how much of it is paid and is work",
                accepted: "paid and working, in hours")
        }
        guard let kind, let times else { return nil }
        let length = times.length
        if breaks.reduce(0, +) >= length {
            entry["breaks"]?.fault("leave nothing of the shift", accepted: "less than its \(length) minutes")
        }
        if let working, working > length {
            entry["working"]?.fault("is more than the shift is long", accepted: "at most \(hours(length))")
        }
        refuseSkippedTimes(entry, times, weekdays: weekdays)
        return ShiftType(
            id: id, name: name, start: times.start, end: times.end, kind: kind,
            breaks: breaks.map { ElapsedMinutes($0) }, paid: paid.map { PaidMinutes($0) },
            working: working.map { WorkingMinutes($0) }, onSite: onSite, countsForCover: counts,
            units: units, roles: roles, weekdays: weekdays, offered: offered)
    }

    private typealias Times = (start: ClockTime, end: ClockTime, length: Int)

    /// An end before the start is on the next day, and so is one above 24:00: 32:00 is 08:00.
    private func times(_ entry: YAMLMapping) -> Times? {
        let start = entry["start"]?.clock()
        let end = entry["end"]?.value(
            accepted: "a time from 00:00 to 24:00, or above it for the next day, such as 32:00", Self.minute)
        guard let start, let end else { return nil }
        let length = end < start.minute ? end + 1440 - start.minute : end - start.minute
        guard (1...1440).contains(length) else {
            entry["end"]?.fault(
                "makes a shift of \(hours(length))",
                accepted:
                    "more than 0 and at most 24 h (24 h from \(start) end at \(nextDay(start)))"
            )
            return nil
        }
        return (start, ClockTime(minute: end > 1440 ? end - 1440 : end), length)
    }

    private static func minute(_ text: String) -> Int? {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, parts.allSatisfy({ $0.utf8.count == 2 }),
            let hour = Int(parts[0]), let minute = Int(parts[1]),
            (0...72).contains(hour), (0...59).contains(minute)
        else { return nil }
        return hour * 60 + minute
    }

    /// A shift cannot begin or end at a time that does not come on a day on which it may be worked.
    private func refuseSkippedTimes(_ entry: YAMLMapping, _ times: Times, weekdays: Set<Weekday>) {
        guard let period else { return }
        for day in period.days where weekdays.isEmpty || weekdays.contains(day.weekday) {
            let minutes = [("start", times.start.minute), ("end", times.start.minute + times.length)]
            for (key, minute) in minutes {
                guard case .skipped(let jump) = London.resolve(day, minute: minute) else { continue }
                entry[key]?.fault(
                    "is skipped on \(jump.day), when the clocks go forward",
                    accepted: "a time before 01:00 or from \(jump.clock), or weekdays without that night")
            }
        }
    }

    /// `31:30` for 07:30.
    private func nextDay(_ clock: ClockTime) -> String {
        "\(clock.minute / 60 + 24)\(clock.description.suffix(3))"
    }

    private func hours(_ minutes: Int) -> String { ElapsedMinutes(minutes).description }
}
