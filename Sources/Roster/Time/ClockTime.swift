/// A time on the wall clock, 00:00 to 24:00, in minutes after midnight.
public struct ClockTime: Hashable, Comparable, Sendable, Codable, CustomStringConvertible {
    /// 0 … 1440.
    public let minute: Int

    /// - Precondition: `minute` lies in 0 … 1440.
    public init(minute: Int) {
        precondition((0...1440).contains(minute), "a clock time lies between 00:00 and 24:00")
        self.minute = minute
    }

    /// Reads `07:30` and `24:00`; nil for anything else.
    public init?(_ text: some StringProtocol) {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, let hour = number(parts[0], digits: 2),
            let minute = number(parts[1], digits: 2),
            (0...24).contains(hour), (0...59).contains(minute), hour * 60 + minute <= 1440
        else { return nil }
        self.minute = hour * 60 + minute
    }

    public var description: String { "\(padded(minute / 60, 2)):\(padded(minute % 60, 2))" }
    public static func < (left: Self, right: Self) -> Bool { left.minute < right.minute }
}
