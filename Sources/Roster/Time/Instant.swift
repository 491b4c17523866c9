import Foundation

/// A point in time, to the minute, independent of any clock on a wall.
public struct Instant: Hashable, Comparable, Sendable, Codable, CustomStringConvertible {
    /// Minutes since 1970-01-01T00:00Z.
    public let minutes: Int

    public init(minutes: Int) { self.minutes = minutes }

    public static func < (left: Self, right: Self) -> Bool { left.minutes < right.minutes }
    public static func - (left: Self, right: Self) -> ElapsedMinutes {
        ElapsedMinutes(left.minutes - right.minutes)
    }
    public static func + (left: Self, right: ElapsedMinutes) -> Self {
        Self(minutes: left.minutes + right.count)
    }
    public static func - (left: Self, right: ElapsedMinutes) -> Self {
        Self(minutes: left.minutes - right.count)
    }

    /// The date on a wall in London.
    public var day: Day { Day(ordinal: Int((Double(local) / 1440).rounded(.down))) }
    /// The time on a wall in London.
    public var clock: ClockTime { ClockTime(minute: local - day.ordinal * 1440) }
    /// Minutes that the wall clock in London is ahead of UTC: 0 or 60 in our time.
    public var offset: Int { London.offset(at: self) }

    private var local: Int { minutes + offset }

    /// ISO 8601 with offset: `2026-10-25T07:30+00:00`.
    public var description: String {
        // Until 1847 London was a minute behind what is UTC now.
        let (sign, ahead) = offset < 0 ? ("-", -offset) : ("+", offset)
        return "\(day)T\(clock)\(sign)\(padded(ahead / 60, 2)):\(padded(ahead % 60, 2))"
    }

    /// The years 1 to 9999 on a wall in London: what lies outside has no text that could be read back.
    private static let written =
        Instant(minutes: -719_162 * 1440 + 1)...Instant(minutes: 2_932_896 * 1440 + 1439)

    /// Reads `2026-10-25T07:30+00:00` or `…Z`; nil for anything else, and for what ``description`` could not tell.
    public init?(_ text: some StringProtocol) {
        guard text.utf8.count >= 17, text.dropFirst(10).first == "T",
            let day = Day(text.prefix(10)), let clock = ClockTime(text.dropFirst(11).prefix(5))
        else { return nil }
        let zone = text.dropFirst(16)
        var offset = 0
        if zone != "Z" {
            guard let sign = zone.first, sign == "+" || sign == "-",
                let shift = ClockTime(zone.dropFirst()), shift.minute <= 14 * 60
            else { return nil }
            offset = sign == "+" ? shift.minute : -shift.minute
        }
        self.init(minutes: day.ordinal * 1440 + clock.minute - offset)
        guard Self.written.contains(self) else { return nil }
    }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let instant = Instant(text) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "not an instant: \(text)")
        }
        self = instant
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}

/// The wall clock in London: between local times and instants, right on both nights when the clocks change.
public enum London {
    /// What a local time stands for.
    public enum LocalTime: Hashable, Sendable {
        case unique(Instant)
        /// The clocks went forward over it. The instant is the one at which they did.
        case skipped(Instant)
        /// The clocks went back over it.
        case repeated(first: Instant, second: Instant)
    }

    static let zone: TimeZone = {
        guard let zone = TimeZone(identifier: "Europe/London") else {
            fatalError("The time zone Europe/London is not known here: install the package tzdata.")
        }
        return zone
    }()

    static func offset(at instant: Instant) -> Int {
        zone.secondsFromGMT(for: Date(timeIntervalSince1970: Double(instant.minutes) * 60)) / 60
    }

    /// Resolves `minute` minutes after midnight of `day` on the wall clock; more than 1440 means a later day.
    public static func resolve(_ day: Day, minute: Int) -> LocalTime {
        let wall = day.ordinal * 1440 + minute
        let summer = Instant(minutes: wall - 60)
        let winter = Instant(minutes: wall)
        switch (offset(at: summer) == 60, offset(at: winter) == 0) {
        case (true, true): return .repeated(first: summer, second: winter)
        case (true, false): return .unique(summer)
        case (false, true): return .unique(winter)
        case (false, false):
            // Both readings miss: the clocks jumped over it, at the full hour of UTC before.
            return .skipped(Instant(minutes: wall - wall % 60))
        }
    }

    /// The instant at a local time: the first of two in autumn, the moment of the jump in spring.
    public static func instant(_ day: Day, minute: Int) -> Instant {
        switch resolve(day, minute: minute) {
        case .unique(let instant), .skipped(let instant), .repeated(let instant, _): instant
        }
    }

    public static func instant(_ day: Day, _ clock: ClockTime) -> Instant {
        instant(day, minute: clock.minute)
    }
}
