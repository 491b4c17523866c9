import Roster
import SystemPool

/// One organisation's figures by name and day, with their age.
struct MetricBoard {
    struct Reading {
        let value: Double
        let measuredAt: Instant
        /// Older than its limit, while the organisation's data as a whole are not.
        let isOld: Bool
        /// Not to be relied on, for one reason or the other.
        let isStale: Bool
    }

    private struct Key: Hashable {
        let name: Metric.Name
        let day: Day?
    }

    private var readings: [Key: Reading] = [:]
    /// What was sent for some day.
    private var dated: Set<Metric.Name> = []

    /// The newest of each; an older one never hides it.
    init(_ organisation: OrganisationPicture, limit: ElapsedMinutes, at now: Instant) {
        for metric in organisation.metrics {
            if metric.day != nil { dated.insert(metric.name) }
            let key = Key(name: metric.name, day: metric.day)
            if let known = readings[key], known.measuredAt > metric.measuredAt { continue }
            let isOld = now - metric.measuredAt > limit
            readings[key] = Reading(
                value: metric.value, measuredAt: metric.measuredAt,
                isOld: isOld && organisation.freshness == .fresh,
                isStale: isOld || organisation.freshness != .fresh)
        }
    }

    subscript(_ name: Metric.Name, _ day: Day?) -> Reading? { readings[Key(name: name, day: day)] }

    func isByDay(_ name: Metric.Name) -> Bool { dated.contains(name) }

    /// For figures that are true now, or else today.
    func current(_ name: Metric.Name, today: Day) -> Reading? { self[name, nil] ?? self[name, today] }
}
