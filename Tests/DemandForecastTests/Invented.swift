import Foundation
import Roster

@testable import DemandForecast

/// Random numbers that are the same on every machine (Steele, Lea and Flood's SplitMix64).
struct Dice: RandomNumberGenerator {
    private var state: UInt64

    init(_ seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    mutating func uniform() -> Double { Double(next() >> 11) / Double(1 << 53) }

    mutating func exponential(mean: Double) -> Double { -mean * log(1 - uniform()) }

    /// By adding up waiting times.
    mutating func poisson(_ mean: Double) -> Double {
        var count = 0.0
        var time = exponential(mean: 1)
        while time < mean {
            count += 1
            time += exponential(mean: 1)
        }
        return count
    }
}

/// Series whose answer is known.
enum Invented {
    /// A Monday.
    static let start = Day(ordinal: 18_631)
    static let id = SeriesID(unit: "ED", stream: "majors")

    static func daily(
        _ count: Int, id: SeriesID = id, first: Day = start, _ value: (Day) -> Double
    ) -> ActivitySeries {
        ActivitySeries(
            id: id, step: .day, first: first, counts: (0..<count).map { value(first.advanced(by: $0)) })
    }

    static func hourly(
        _ days: Int, id: SeriesID = id, first: Day = start, _ value: (Day, Int) -> Double
    ) -> ActivitySeries {
        let counts = (0..<days * 24).map { index -> Double in
            let day = first.advanced(by: index / 24)
            return day.length(ofHour: index % 24) == 0 ? .nan : value(day, index % 24)
        }
        return ActivitySeries(id: id, step: .hour, first: first, counts: counts)
    }

    /// The days right after a series.
    static func outlook(
        after series: ActivitySeries, days: Int = 28, events: [LocalEvent] = [],
        closed: [Roster.Unit.ID: [ClosedRange<Day>]] = [:], similar: [SeriesID: Outlook.Similar] = [:],
        within: Set<SeriesID> = []
    ) -> Outlook {
        Outlook(
            days: Period(first: series.last.advanced(by: 1), days: days), events: events, closed: closed,
            similar: similar, within: within)
    }
}
