import Roster

/// How much is short.
public struct Shortage: Hashable, Sendable, Codable {
    /// Duties missing: the most heads missing at once in each gap. Of rules that the same person could satisfy
    /// (a nurse, and a nurse who gives chemotherapy), only the worse counts.
    public var shifts: Int
    /// Person-minutes missing that are still ahead, counted in the same way.
    public var minutes: Int

    public init(shifts: Int = 0, minutes: Int = 0) {
        self.shifts = shifts
        self.minutes = minutes
    }

    /// Hours, rounded to a tenth.
    public var hours: Double { (Double(minutes) / 6).rounded() / 10 }

    public static func + (left: Shortage, right: Shortage) -> Shortage {
        Shortage(shifts: left.shifts + right.shifts, minutes: left.minutes + right.minutes)
    }
}

/// One day at a glance. A night belongs to the day on which it starts.
public struct Headline: Hashable, Sendable, Codable {
    public var day: Day
    public var registered: Shortage
    public var unregistered: Shortage
    public var medical: Shortage
    /// Therapists and everybody else.
    public var other: Shortage
    /// Without those of a week, which are of no one day.
    public var hardGaps: Int
    public var redFlags: Int
    /// Units whose rotas Muster publishes and that have none for the day: what is short there is not known, so that a
    /// nought above does not say that nothing is. Nil in issues that were kept before this was told.
    public var unitsWithoutRota: Int?

    public init(
        day: Day, registered: Shortage = Shortage(), unregistered: Shortage = Shortage(),
        medical: Shortage = Shortage(), other: Shortage = Shortage(), hardGaps: Int = 0, redFlags: Int = 0,
        unitsWithoutRota: Int? = nil
    ) {
        self.day = day
        self.registered = registered
        self.unregistered = unregistered
        self.medical = medical
        self.other = other
        self.hardGaps = hardGaps
        self.redFlags = redFlags
        self.unitsWithoutRota = unitsWithoutRota
    }

    /// Some unit has no rota for the day.
    public var isPartlyUnknown: Bool { unitsWithoutRota ?? 0 > 0 }

    public var total: Shortage { registered + unregistered + medical + other }
}

/// What is different from the issue before, for the days that both speak of.
public struct Change: Hashable, Sendable, Codable {
    /// The day of the issue before.
    public var since: Day
    /// When it was made; nil in issues that were kept before this was told.
    public var sinceTime: Instant?
    /// On days that the issue before spoke of.
    public var new: [ReportedGap.ID]
    public var worse: [ReportedGap.ID]
    public var better: [ReportedGap.ID]
    /// Named before, still ahead, and no longer short of what is asked for as before.
    public var closed: [ClosedGap]
    /// Named before and still ahead, where fewer are asked for now: nobody came. Nil in issues that were kept before
    /// this was told.
    public var noLongerAsked: [ClosedGap]?
    /// Named before and still ahead, in units of which today's data say nothing: they may be short as before.
    public var noLongerKnown: [ClosedGap]
    /// On days that the issue before did not speak of.
    public var firstReported: [ReportedGap.ID]

    public init(
        since: Day, sinceTime: Instant? = nil, new: [ReportedGap.ID] = [], worse: [ReportedGap.ID] = [],
        better: [ReportedGap.ID] = [], closed: [ClosedGap] = [], noLongerAsked: [ClosedGap]? = [],
        noLongerKnown: [ClosedGap] = [], firstReported: [ReportedGap.ID] = []
    ) {
        self.since = since
        self.sinceTime = sinceTime
        self.new = new
        self.worse = worse
        self.better = better
        self.closed = closed
        self.noLongerAsked = noLongerAsked
        self.noLongerKnown = noLongerKnown
        self.firstReported = firstReported
    }
}

/// A gap of an earlier issue, or of a day that has passed, in brief.
public struct ClosedGap: Hashable, Sendable, Codable {
    public var id: ReportedGap.ID
    public var place: UnitLabel
    public var organisation: Organisation.ID
    public var day: Day
    public var shift: String
    public var role: String
    public var staffGroup: StaffGroup
    public var minutes: Int
    public var isHard: Bool

    public init(
        id: ReportedGap.ID, place: UnitLabel, organisation: Organisation.ID, day: Day, shift: String,
        role: String,
        staffGroup: StaffGroup, minutes: Int, isHard: Bool
    ) {
        self.id = id
        self.place = place
        self.organisation = organisation
        self.day = day
        self.shift = shift
        self.role = role
        self.staffGroup = staffGroup
        self.minutes = minutes
        self.isHard = isHard
    }
}
