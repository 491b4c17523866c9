import Roster

/// Which counts: a stream of patients at a unit, of one acuity if the counts tell acuities apart.
public struct SeriesID: Hashable, Comparable, Sendable, Codable, CustomStringConvertible {
    public let unit: Unit.ID
    public let stream: String
    /// Nil if the counts do not tell acuities apart.
    public let acuity: String?

    public init(unit: Unit.ID, stream: String, acuity: String? = nil) {
        self.unit = unit
        self.stream = stream
        self.acuity = acuity
    }

    /// `ED majors`, `ED majors acuity 2`.
    public var description: String { "\(unit) \(name)" }

    /// What it is called within its unit, also in `demand.csv`: `majors`, `majors acuity 2`.
    public var name: String { stream + (acuity.map { Self.acuityMark + $0 } ?? "") }

    /// What stands in a name between stream and acuity; no id holds it.
    public static let acuityMark = " acuity "

    /// Whether a name means it: a stream without an acuity means them all.
    public func answers(to name: String) -> Bool { name == stream || name == self.name }

    public static func < (left: Self, right: Self) -> Bool {
        (left.unit, left.stream, left.acuity ?? "") < (right.unit, right.stream, right.acuity ?? "")
    }
}

/// What happened: the counts of one series, one after another on the wall clock, without dates between them left out.
public struct ActivitySeries: Sendable {
    /// The time that one count stands for.
    public enum Step: String, Sendable, Codable {
        case hour, day, month
    }

    /// What a count is.
    public enum Measure: String, Sendable, Codable {
        /// People who came: counts of hours add to the count of the day.
        case arrivals
        /// People who were there, such as beds in use: a day's value is the mean of its hours.
        case census
    }

    public let id: SeriesID
    public let step: Step
    public let measure: Measure
    /// The first day; of a monthly series, the first of a month.
    public let first: Day
    /// One count a step; NaN where nothing is known. Hours have 24 places a day: the hour that the clocks skip
    /// stays NaN, and the one that they repeat holds the count of both.
    public let counts: [Double]
    /// What was left out of it, in plain words.
    var notes: [String] = []

    /// - Precondition: an hourly series ends with a whole day.
    public init(id: SeriesID, step: Step, measure: Measure = .arrivals, first: Day, counts: [Double]) {
        precondition(step != .hour || counts.count % 24 == 0, "an hourly series has 24 places a day")
        self.id = id
        self.step = step
        self.measure = measure
        self.first = first
        self.counts = counts
    }

    /// Days from `first` to the end; of a monthly series, months.
    public var length: Int { step == .hour ? counts.count / 24 : counts.count }

    /// The last day of which something is known or could be.
    public var last: Day {
        switch step {
        case .hour, .day: first.advanced(by: length - 1)
        case .month: first.advanced(months: length).advanced(by: -1)
        }
    }
}

extension Day {
    /// The first of the month so many months later.
    func advanced(months: Int) -> Day {
        let index = year * 12 + month - 1 + months
        return Day(year: index / 12, month: index % 12 + 1, day: 1) ?? self
    }

    /// Days of this day's month.
    var daysInMonth: Int {
        (Day(year: year, month: month, day: 1) ?? self).distance(to: advanced(months: 1))
    }
}
