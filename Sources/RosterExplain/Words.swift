import Roster

/// How days, times, shifts and people are spoken of in every explanation.
extension Day {
    /// `Sat 14 Nov`.
    var words: String { spoken.split(separator: " ").dropLast().joined(separator: " ") }
}

extension Instant {
    /// `Sat 14 Nov 20:00`.
    var words: String { "\(day.words) \(clock)" }
}

extension Scenario {
    /// `Night on Sat 14 Nov`.
    func words(_ duty: Duty) -> String { "\(words(duty.shift)) on \(duty.day.words)" }

    func words(_ shift: ShiftType.ID) -> String { shiftType(shift)?.name ?? shift.text }

    func words(_ person: Person.ID) -> String { self.person(person)?.name ?? person.text }
}

/// `a, b and c`.
func listed(_ items: [String]) -> String {
    guard let last = items.last, items.count > 1 else { return items.first ?? "" }
    return items.dropLast().joined(separator: ", ") + " and " + last
}

/// `3 points`, `1 point`, `2.5 points`: rounded up to a tenth, so that "at most" stays true.
func points(_ value: Double) -> String {
    let tenths = Int((value * 10 - 1e-6).rounded(.up))
    let number = tenths % 10 == 0 ? "\(tenths / 10)" : "\(tenths / 10).\(tenths % 10)"
    return "\(number) \(tenths == 10 ? "point" : "points")"
}
