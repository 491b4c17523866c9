import Roster

/// The daily look-forward shortage report of one organisation: everything that the message shows, as one value.
///
/// A new report is for the organisation itself. ``cut(for:)`` makes what one recipient may see of it, and
/// ``anonymised()`` what anybody may. No cut holds a person's name or identifier.
public struct ShortageReport: Hashable, Sendable, Codable {
    /// Whether there is a report at all. Silence never means that nothing is short.
    public enum Status: Hashable, Sendable, Codable {
        case report
        /// The data are unfit: one sentence for each reason. There are no gaps, headlines or options then, and
        /// that says nothing about cover.
        case noValidReport(reasons: [String])
    }

    /// For whom the value was made, which decides what is in it.
    public enum Audience: Hashable, Sendable, Codable {
        /// The whole report: not to be sent as it is.
        case organisation
        /// A recipient inside the organisation: only their units and staff groups.
        case inside(recipient: String)
        /// A recipient elsewhere: the same, without classes of absence and without references to people.
        case outside(recipient: String)
        /// Anybody: places renamed, small counts suppressed.
        case anyone
    }

    public var organisation: Organisation
    /// The day of the issue. With the organisation it identifies the issue.
    public var issued: Day
    /// The days reported on, in order.
    public var days: [Day]
    public var generated: Instant
    /// The age of the oldest extract that the report rests on; nil if none says.
    public var dataTime: Instant?
    public var nextIssue: Instant?
    public var status: Status
    public var audience: Audience
    /// The message in one sentence: how much is short, that nothing is, or that nobody knows.
    public var statement: String
    /// One for each of ``days``; empty without a valid report.
    public var headlines: [Headline]
    /// What the headlines add up.
    public var shortages: [UnitShortage]
    /// Against the issue before; nil if there is none to compare with.
    public var change: Change?
    /// Hard gaps first, then those that come first for the recipient, then the riskiest.
    public var gaps: [ReportedGap]
    /// By unit, worst against its headroom first.
    public var unavailability: [Unavailability]
    /// The same for each staff group, from which recipients who see some of them have theirs. Nil in a cut, and in issues
    /// that were kept before this was told.
    public var unavailabilityByGroup: [Unavailability]?
    public var validation: Validation
    /// Units of the unit list about which no extract says anything.
    public var notIncluded: [UnitLabel]
    /// Days for which units have no rota, so that nothing is known of them; nil in issues that were kept before this was
    /// told.
    public var withoutRota: [UnitWithoutRota]?
    /// What became of the gaps named for the days that have passed; nil if no earlier issue named one.
    public var learning: Learning?

    public init(
        organisation: Organisation, issued: Day, days: [Day], generated: Instant, dataTime: Instant? = nil,
        nextIssue: Instant? = nil, status: Status = .report, audience: Audience = .organisation,
        statement: String, headlines: [Headline] = [], shortages: [UnitShortage] = [], change: Change? = nil,
        gaps: [ReportedGap] = [],
        unavailability: [Unavailability] = [], unavailabilityByGroup: [Unavailability]? = nil,
        validation: Validation = Validation(),
        notIncluded: [UnitLabel] = [], withoutRota: [UnitWithoutRota]? = nil, learning: Learning? = nil
    ) {
        self.organisation = organisation
        self.issued = issued
        self.days = days
        self.generated = generated
        self.dataTime = dataTime
        self.nextIssue = nextIssue
        self.status = status
        self.audience = audience
        self.statement = statement
        self.headlines = headlines
        self.shortages = shortages
        self.change = change
        self.gaps = gaps
        self.unavailability = unavailability
        self.unavailabilityByGroup = unavailabilityByGroup
        self.validation = validation
        self.notIncluded = notIncluded
        self.withoutRota = withoutRota
        self.learning = learning
    }

    public var isValid: Bool { status == .report }
    /// Valid, and no gap is known.
    public var hasNoGap: Bool { isValid && gaps.isEmpty }
    /// Checks of the data failed, or nothing is known of some units: that no gap is known does not mean that nothing is
    /// short.
    public var isInDoubt: Bool {
        !notIncluded.isEmpty || !validation.unknown.isEmpty || withoutRota?.isEmpty == false
            || validation.failures.contains { $0.severity >= .warning }
    }
    /// Valid, nothing is short, and no check failed that forbids saying so: the message says it in words.
    public var hasNothingToDo: Bool { hasNoGap && !isInDoubt }
    public var hardGaps: [ReportedGap] { gaps.filter(\.isHard) }
    public var redFlags: [ReportedGap] { gaps.filter { $0.redFlag != nil } }
    /// Shifts short on all days, for a subject line.
    public var shiftsShort: Int { headlines.reduce(0) { $0 + $1.total.shifts } }
}

/// A unit whose rotas Muster publishes, and a day for which it has none.
public struct UnitWithoutRota: Hashable, Sendable, Codable {
    public var place: UnitLabel
    public var day: Day

    public init(place: UnitLabel, day: Day) {
        self.place = place
        self.day = day
    }
}

/// A unit as people know it.
public struct UnitLabel: Hashable, Sendable, Codable {
    public var unit: Unit.ID
    public var name: String
    public var site: String
    /// Who runs it, which decides who may read of it.
    public var organisation: Organisation.ID

    public init(unit: Unit.ID, name: String, site: String, organisation: Organisation.ID) {
        self.unit = unit
        self.name = name
        self.site = site
        self.organisation = organisation
    }
}
