import Dispatch
import LinearProgram
import Roster
import Synchronization

/// What is expected of every series, and of every unit that has several.
public struct DemandForecast: Sendable {
    /// In the order of their names.
    public let series: [SeriesForecast]
    /// Of each unit with several streams of arrivals: their sum, with quantiles of its own.
    public let totals: [SeriesForecast]
    /// Series of which nothing can be said: no count and no stated level.
    public let unknown: [SeriesID]

    /// The name of the sum of a unit's streams.
    public static let totalStream = "all streams"

    public subscript(id: SeriesID) -> SeriesForecast? { series.first { $0.id == id } }

    /// Forecasts all series.
    ///
    /// - Parameter threads: workers; the result does not depend on their number.
    public static func make(_ activity: [ActivitySeries], _ outlook: Outlook, threads: Int = 1)
        -> DemandForecast
    {
        let activity = inParallel(activity.count, threads: threads) { outlook.plausible(activity[$0]) }
        let all = Dictionary(activity.map { ($0.id, $0) }) { first, _ in first }
        let forecaster = Forecaster(outlook: outlook, all: all)
        let sums = UnitTotals.sums(of: activity, forecaster)
        let wanted = activity.sorted { $0.id < $1.id } + sums
        let made = inParallel(wanted.count, threads: threads) { forecaster.forecast(wanted[$0]) }
        var series = made[..<activity.count].compactMap(\.self)
        var totals = made[activity.count...].compactMap(\.self)
        UnitTotals.reconcile(&series, &totals, forecaster)
        let unknown = zip(activity.sorted { $0.id < $1.id }, made).filter { $0.1 == nil }.map(\.0.id)
        return DemandForecast(series: series, totals: totals, unknown: unknown)
    }
}

/// Works on `count` things, some at once; each result stands in its place.
func inParallel<Value: Sendable>(
    _ count: Int, threads: Int, _ work: @Sendable (Int) -> Value
) -> [Value] {
    let results = Mutex([Value?](repeating: nil, count: count))
    let next = Mutex(0)
    DispatchQueue.concurrentPerform(iterations: max(1, min(threads, count))) { _ in
        while true {
            let index = next.withLock { next in
                defer { next += 1 }
                return next
            }
            guard index < count else { break }
            let value = work(index)
            results.withLock { $0[index] = value }
        }
        LinearProgram.freeThreadEnvironment()
    }
    return results.withLock { $0 }.compactMap(\.self)
}
