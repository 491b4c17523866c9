/// The three clocks that are never mixed: see ``Minutes``.
public enum ElapsedClock: Sendable {}
public enum WorkingClock: Sendable {}
public enum PaidClock: Sendable {}

/// A length of time in whole minutes, on one clock.
///
/// Rest and spans are *elapsed*; means and rolling windows are *working*; the contract balance is *paid*.
/// They are three types, so that adding a paid break to a rest period does not compile.
public struct Minutes<Clock>: Hashable, Comparable, Sendable, Codable, AdditiveArithmetic,
    CustomStringConvertible
{
    public let count: Int

    public init(_ count: Int) { self.count = count }
    public init(hours: Int) { count = hours * 60 }

    public init(from decoder: any Decoder) throws {
        count = try decoder.singleValueContainer().decode(Int.self)
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(count)
    }

    public static var zero: Self { Self(0) }
    public static func + (left: Self, right: Self) -> Self { Self(left.count + right.count) }
    public static func - (left: Self, right: Self) -> Self { Self(left.count - right.count) }
    public static func < (left: Self, right: Self) -> Bool { left.count < right.count }

    /// Hours with at most two decimals: `11.5 h`, `46 h`.
    public var description: String { "\(hoursText) h" }

    /// Hours as a plain number with at most two decimals: `11.5`.
    public var hoursText: String {
        let hundredths = (abs(count) * 100 + 30) / 60
        let sign = count < 0 ? "-" : ""
        let whole = hundredths / 100
        let fraction = hundredths % 100
        if fraction == 0 { return "\(sign)\(whole)" }
        if fraction % 10 == 0 { return "\(sign)\(whole).\(fraction / 10)" }
        return "\(sign)\(whole).\(fraction < 10 ? "0" : "")\(fraction)"
    }
}

/// Time that passes on a clock on the wall of the universe: rest, spans, notice.
public typealias ElapsedMinutes = Minutes<ElapsedClock>
/// Time that counts as work under the Working Time Regulations: breaks excluded, on-call as the shift says.
public typealias WorkingMinutes = Minutes<WorkingClock>
/// Time that the contract pays for.
public typealias PaidMinutes = Minutes<PaidClock>
