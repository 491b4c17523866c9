import Roster

/// What a forecast is asked for, and what is known besides the counts.
public struct Outlook: Sendable {
    /// The days to forecast.
    public let days: Period
    public let events: [LocalEvent]
    /// Days on which a unit is shut.
    public let closed: [Unit.ID: [ClosedRange<Day>]]
    /// For a series with little history: the one that it is like and, if it has none at all, its level a day.
    public let similar: [SeriesID: Similar]
    /// Series that count people whom others count too, such as those aged 65 or more: no part of a unit's total.
    public let within: Set<SeriesID>

    public struct Similar: Hashable, Sendable {
        public let like: SeriesID
        /// Expected a day, where nothing was counted yet.
        public let daily: Double?

        public init(like: SeriesID, daily: Double? = nil) {
            self.like = like
            self.daily = daily
        }
    }

    public init(
        days: Period, events: [LocalEvent] = [], closed: [Unit.ID: [ClosedRange<Day>]] = [:],
        similar: [SeriesID: Similar] = [:], within: Set<SeriesID> = []
    ) {
        self.within = within
        self.days = days
        self.events = events
        self.closed = closed
        self.similar = similar
    }

    func events(of unit: Unit.ID) -> [LocalEvent] { events.filter { $0.touches(unit) } }

    /// A series without its absurd counts before the days to forecast.
    func plausible(_ series: ActivitySeries) -> ActivitySeries {
        series.withoutAbsurd(before: days.first) { isClosed(series.id.unit, on: $0) }
    }

    func isClosed(_ unit: Unit.ID, on day: Day) -> Bool {
        (closed[unit] ?? []).contains { $0.contains(day) }
            || events.contains { $0.kind == .closed && $0.touches(unit) && $0.covers(day) }
    }
}
