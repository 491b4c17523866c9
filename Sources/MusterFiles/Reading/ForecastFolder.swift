import DemandForecast
import Foundation
import PlainText
import Roster

/// What a forecast is made from: the counts, the events, what arrivals take, and the cover rules that ask for them.
public struct ForecastFolder: Sendable {
    public let url: URL
    public let name: String
    public let activity: [ActivitySeries]
    public let period: Period
    /// For the roster's period and the morning after, into which its last night runs.
    public let outlook: Outlook
    public let units: [Roster.Unit]
    public let coverRules: [CoverRule]
    public let staffing: [StaffingRule]
    public let inputHashes: [InputHash]

    /// Reads `roster.yaml`, `activity.csv`, `events.csv` and `forecast.yaml`; people and `demand.csv` are not needed.
    ///
    /// - Throws: everything that is wrong in them.
    public static func read(_ url: URL) throws(Faults) -> ForecastFolder {
        let faults = FaultList()
        let read = OpenFolder(url, faults: faults).flatMap { folder in
            var folder = folder
            return Self.init(&folder)
        }
        try faults.throwIfAny()
        guard let read else {
            throw Faults(Fault(at: Place(file: url.lastPathComponent), "could not be read"))
        }
        return read
    }

    private init?(_ folder: inout OpenFolder) {
        let faults = folder.faults
        let root = folder.file("roster.yaml").flatMap { YAMLCursor($0, faults: faults) }
        let roster = root.map(RosterFile.init) ?? RosterFile()
        let declared = folder.file("forecast.yaml", isOptional: true)
        let staffing = StaffingFile(declared.flatMap { YAMLCursor($0, faults: faults) }, roster: roster)
        let counted = ActivityFile(&folder, roster: roster, census: staffing.census)
        let events = EventsFile(&folder, roster: roster)
        guard let period = roster.period else { return nil }
        let activity = counted.series + staffing.uncounted(counted.series, first: period.first)
        if faults.isEmpty {
            staffing.refuseUncounted(activity)
            staffing.refuseOtherMeasure(activity)
            staffing.refuseMissing()
            refuseUncountedStreams(roster, activity)
        }
        url = folder.url
        name = roster.name
        units = roster.units.values
        coverRules = roster.cover.rules.values
        self.activity = activity
        self.staffing = staffing.rules
        self.period = period
        outlook = Outlook(
            days: Period(first: period.first, days: period.dayCount + 1), events: events.events,
            closed: Dictionary(roster.units.values.map { ($0.id, $0.closed) }) { first, _ in first },
            similar: staffing.similar, within: staffing.within)
        inputHashes = folder.hashes
    }
}

/// An hour of the wall clock.
struct HourOfDay: Hashable, Comparable {
    let day: Day
    let hour: Int

    static func < (left: Self, right: Self) -> Bool { (left.day, left.hour) < (right.day, right.hour) }
}

extension CoverRule {
    /// Hours of which the rule asks for any part. Those of its last night lie in the day after the period.
    func hours(in period: Period, of unit: Roster.Unit) -> [HourOfDay] {
        period.days.filter { (weekdays.isEmpty || weekdays.contains($0.weekday)) && !unit.isClosed(on: $0) }
            .flatMap { day in
                (from.minute / 60..<(toMinute + 59) / 60).map {
                    HourOfDay(day: day.advanced(by: $0 / 24), hour: $0 % 24)
                }
            }
    }
}

/// A rule that reckons from arrivals needs counts of each of its streams.
private func refuseUncountedStreams(_ roster: RosterFile, _ activity: [ActivitySeries]) {
    for rule in roster.cover.rules.values {
        guard case .arrivals(let formula) = rule.requirement else { continue }
        for series in activity where series.id.unit == rule.unit && series.measure == .census {
            guard formula.minutesByStream.keys.contains(where: series.id.answers) else { continue }
            roster.cover.rules.fault(
                rule.id,
                "reckons from arrivals of \(series.id.name), which stands under census in forecast.yaml",
                accepted: "streams that count who came")
        }
        let counted = activity.map(\.id).filter { $0.unit == rule.unit }
        let names = Set(counted.map(\.name))
        for stream in formula.minutesByStream.keys.sorted()
        where !counted.contains(where: { $0.answers(to: stream) }) {
            roster.cover.rules.fault(
                rule.id, "reckons from arrivals of \(stream), which activity.csv does not count",
                accepted: names.isEmpty
                    ? "counts of the unit \(rule.unit)" : names.sorted().joined(separator: ", "))
        }
    }
}

extension ForecastFolder {
    private func tooLittle(of series: String, for rule: CoverRule.ID) -> Fault {
        Fault(
            at: Place(file: "activity.csv"),
            "holds too little of \(series) for the rule \(rule) before \(period.first)",
            accepted:
                "counts before the period, at most a year old, or an entry under similar in forecast.yaml with daily"
        )
    }

    /// For each hour of the outlook, whether a cover rule asks for anybody.
    func asked(_ id: CoverRule.ID) -> [Bool] {
        var asked = [Bool](repeating: false, count: outlook.days.dayCount * 24)
        guard let rule = coverRules.first(where: { $0.id == id }),
            let unit = units.first(where: { $0.id == rule.unit })
        else { return asked }
        for hour in rule.hours(in: outlook.days, of: unit) where hour.day <= outlook.days.last {
            asked[outlook.days.first.distance(to: hour.day) * 24 + hour.hour] = true
        }
        return asked
    }

    /// People needed, rule by rule.
    ///
    /// - Throws: a fault for each rule whose counts allow no forecast: no number is not zero.
    public func required(_ forecast: DemandForecast) throws(Faults) -> [RequiredStaff] {
        var required: [RequiredStaff] = []
        var faults: [Fault] = []
        for rule in staffing {
            if let staff = RequiredStaff(rule, forecast, asked: asked(rule.rule)) {
                required.append(staff)
            } else {
                let unknown = rule.series.filter { forecast[$0] == nil }.map(\.description).joined(
                    separator: ", ")
                faults.append(tooLittle(of: unknown, for: rule.rule))
            }
        }
        for rule in coverRules {
            guard case .arrivals(let formula) = rule.requirement else { continue }
            for id in activity.map(\.id).sorted() where id.unit == rule.unit && forecast[id] == nil {
                guard formula.minutesByStream.keys.contains(where: id.answers) else { continue }
                faults.append(tooLittle(of: id.description, for: rule.id))
            }
        }
        if let faults = Faults(faults) { throw faults }
        return required
    }
}
