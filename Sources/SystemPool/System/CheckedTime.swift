import Roster

/// What a time that comes from outside may be: nothing that a rota is about lies elsewhere, so it is a slip.
public enum CheckedTime {
    public static let accepted = "a time in the years 2000 to 2199"

    private static let range =
        London.instant(Day(ordinal: 10_957), minute: 0)..<London.instant(Day(ordinal: 84_006), minute: 0)

    public static func isTime(_ instant: Instant) -> Bool { range.contains(instant) }
}
