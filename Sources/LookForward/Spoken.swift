import Roster

/// `12.5 h`.
func hours(_ minutes: Int) -> String { ElapsedMinutes(minutes).description }

/// `1 shift`, `3 shifts`.
func counted(_ number: Int, _ noun: String) -> String { "\(number) \(noun)\(number == 1 ? "" : "s")" }

extension Day {
    /// `Mon 2 Nov`.
    var brief: String { String(spoken.dropLast(5)) }
}

extension Instant {
    /// `Mon 2 Nov 07:30`.
    var brief: String { "\(day.brief) \(clock)" }
}

/// `Mon 2 Nov 07:30 to 20:00`, `Mon 2 Nov 19:30 to Tue 3 Nov 08:00`.
func span(_ start: Instant, _ end: Instant) -> String {
    "\(start.brief) to \(start.day == end.day ? end.clock.description : end.brief)"
}
