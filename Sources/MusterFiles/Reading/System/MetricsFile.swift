import Foundation
import PlainText
import Roster
import SystemPool

/// Figures of an organisation that its own store does not tell, for `muster push --metrics`. `day` is empty for now;
/// `framework` and `by` are of `opel`, which is a level as somebody entered it.
///
///     organisation,name,day,value,measured_at,framework,by
///     NS1,virtual-ward-beds,,40,2027-01-12T06:00,,
///     NS1,virtual-ward-staffed,2027-01-13,1,2027-01-12T06:00,,
///     NS1,opel,,3,2027-01-12T05:30,2024-26,site-manager
public struct MetricsFile {
    public private(set) var metrics: [Metric] = []
    public private(set) var opel: OpelEntry?

    private let organisation: Organisation.ID?
    private let days: ClosedRange<Day>
    private let now: Instant
    /// The lines in which figures stand.
    private var lines: [Figure: Int] = [:]

    private struct Figure: Hashable {
        let name: String
        let day: Day?
    }

    /// - Parameters:
    ///   - organisation: Whose push it goes with: a figure of another is a fault. Nil if that cannot be read, to find what
    ///     else is wrong.
    ///   - days: Those that the push is about.
    ///   - now: The push's extract time; nothing was measured after it.
    /// - Throws: every fault of the file at once.
    public static func read(
        _ file: URL, of organisation: Organisation.ID?, days: ClosedRange<Day>, at now: Instant
    ) throws(Faults) -> MetricsFile {
        let faults = FaultList()
        var read = MetricsFile(organisation: organisation, days: days, now: now)
        if let source = SourceFile(at: file, name: file.lastPathComponent, faults: faults) {
            let table = Table(
                source, required: ["organisation", "name", "value", "measured_at"],
                optional: ["day", "framework", "by"], faults: faults)
            for row in table.rows { read.take(row) }
        }
        try faults.throwIfAny()
        return read
    }

    private init(organisation: Organisation.ID?, days: ClosedRange<Day>, now: Instant) {
        self.organisation = organisation
        self.days = days
        self.now = now
    }

    private static let opelName = "opel"
    /// By name; nil for the OPEL level.
    private static let choices: [String: Metric.Name?] = Metric.Name.allCases.filter { !$0.isWorkedOut }
        .reduce(into: [opelName: nil]) { $0[$1.rawValue] = .some($1) }

    private mutating func take(_ row: Row) {
        let owner = row.required("organisation", accepted: organisation?.text ?? "whose push this is")
        if let owner, let organisation, owner.text != organisation.text {
            owner.fault("is not the organisation whose push this is", accepted: organisation.text)
        }
        let accepted = Self.choices.keys.sorted().joined(separator: ", ")
        guard let name = row.required("name", accepted: accepted) else { return }
        if Metric.Name(rawValue: name.text)?.isWorkedOut == true {
            name.fault("is worked out by Muster, from the store", accepted: accepted)
            return
        }
        guard let metric = name.choice(Self.choices, of: "a figure that a push carries") else { return }
        let day = metric == nil ? nil : row.optional("day")?.day(among: days)
        let figure = Figure(name: name.text, day: day)
        if let line = lines[figure] {
            row.fault("name", "is there already, in line \(line)", accepted: "a figure of a day once")
        }
        lines[figure] = row.line
        let measured = row.required("measured_at", accepted: "a time")?.instant(until: now)
        if let metric {
            takeMetric(metric, day, measured, row)
        } else {
            takeOpel(measured, row)
        }
    }

    private mutating func takeMetric(_ name: Metric.Name, _ day: Day?, _ measured: Instant?, _ row: Row) {
        for column in ["framework", "by"] {
            row.optional(column)?.fault("is told of opel alone", accepted: "an empty cell")
        }
        guard let cell = row.required("value", accepted: name.accepted),
            let value = cell.decimal(in: name.range)
        else { return }
        if !name.takes(value) { cell.fault("does not fit", accepted: name.accepted) }
        guard let measured else { return }
        metrics.append(Metric(name: name, day: day, value: value, measuredAt: measured))
    }

    private mutating func takeOpel(_ measured: Instant?, _ row: Row) {
        row.optional("day")?.fault("is not told of opel: it is the level now", accepted: "an empty cell")
        let level = row.integer("value", in: 1...4)
        let framework = row.value("framework", accepted: CheckedCode.accepted) {
            CheckedCode.isCode($0) ? $0 : nil
        }
        let role: JobRole? = row.required("by", accepted: "a role")?.choice(of: "a role")
        guard let level, let framework, let role, let measured else { return }
        opel = OpelEntry(level: level, framework: framework, at: measured, by: role)
    }
}

extension Scalar {
    fileprivate func day(among days: ClosedRange<Day>) -> Day? {
        guard let day = day() else { return nil }
        if !days.contains(day) {
            fault("is not a day of the push", accepted: "\(days.lowerBound) to \(days.upperBound)")
        }
        return day
    }

    fileprivate func instant(until now: Instant) -> Instant? {
        guard let instant = instant() else { return nil }
        if !CheckedTime.isTime(instant) {
            fault("does not fit", accepted: CheckedTime.accepted)
        } else if now < instant {
            fault("is after the push is made", accepted: "at most \(now)")
        }
        return instant
    }
}
