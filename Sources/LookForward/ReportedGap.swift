import Extracts
import Roster

/// One gap, with all that a bank desk needs to act on it.
public struct ReportedGap: Hashable, Sendable, Codable {
    public typealias ID = Identifier<ReportedGap>

    /// What `required` and `planned` count.
    public enum Measure: String, Hashable, Sendable, Codable {
        /// People at once.
        case heads
        /// People at once, of a share of those present that is too low or too high.
        case share
        /// Covered minutes in a week.
        case weeklyMinutes = "weekly-minutes"
    }

    /// How it stands against the issue before.
    public enum Trend: String, Hashable, Sendable, Codable {
        case new, worse, same, better
        /// No earlier issue spoke of its day.
        case firstReported = "first-reported"
    }

    /// Why there is nobody, in classes that say nothing about anyone's health. Outside the organisation
    /// absence is just ``unavailable``.
    public enum Reason: String, CaseIterable, Hashable, Sendable, Codable {
        case vacancy, unavailable, sickness, annual, study, special, parental, acuity, escalation,
            supernumerary, other
        case enhancedCare = "enhanced-care"
        case industrialAction = "industrial-action"
    }

    /// The same from day to day for the same place, shift and rule.
    public var id: ID
    /// The cover rule that is not met.
    public var rule: CoverRule.ID
    public var place: UnitLabel
    public var organisation: Organisation.ID
    /// The day on which the shift starts.
    public var day: Day
    /// What the unit calls the shift, such as `Long day`.
    public var shift: String
    /// When people are missing: all of the shift, or part of it.
    public var start: Instant
    public var end: Instant
    public var staffGroup: StaffGroup
    /// The role, or what the rule calls who is missing.
    public var role: String
    /// Grades that may fill it, by name.
    public var grades: [String]
    /// Skills that whoever comes must hold, by name.
    public var skills: [String]
    public var measure: Measure
    /// What should be there when most are missing.
    public var required: Int
    public var planned: Int
    /// Confirmed bookings among those planned, by where they come from, such as `bank`.
    public var booked: [String: Int]
    /// The most heads missing at once.
    public var missing: Int
    /// Person-minutes missing that are still ahead.
    public var minutesShort: Int
    /// Person-minutes that the rule asks for in the whole shift.
    public var minutesRequired: Int
    /// Minutes missing of the minutes required in the shift, in per cent, of what is still ahead.
    public var percent: Int
    /// A gap that is never traded: senior decision makers, frailty in-reach and whatever the roster says.
    public var isHard: Bool
    /// What kind of cover it is.
    public var purpose: CoverPurpose
    public var severity: Severity
    /// Set if it is at the level of a red flag of NICE guideline SG1.
    public var redFlag: RedFlag?
    /// Relative to 1 for an ordinary nurse hour on a ward.
    public var risk: Int
    /// From when the report was made to the start; negative once it has begun.
    public var minutesToStart: Int
    public var reason: Reason
    public var cascade: Cascade
    public var tried: [Attempt]
    /// Lawful ways to close it, in the order of the cascade, and within a step the best first.
    public var options: [ClosingOption]
    /// How many more lawful ways were found than ``options`` shows.
    public var optionsLeftOut: Int
    /// People who seemed fit and free and about whom the checker was not asked, once there were enough ways.
    public var candidatesNotAsked: Int
    /// What is still missing if every suggested option is taken.
    public var minutesLeft: Int
    /// Role mailbox of whoever owns the gap.
    public var owner: String?
    public var confidence: Confidence
    public var trend: Trend?
    /// In one of the recipient's priority units or staff groups.
    public var isPriority: Bool

    public init(
        id: ID, rule: CoverRule.ID, place: UnitLabel, organisation: Organisation.ID, day: Day, shift: String,
        start: Instant,
        end: Instant, staffGroup: StaffGroup, role: String, grades: [String] = [], skills: [String] = [],
        measure: Measure = .heads, required: Int, planned: Int, booked: [String: Int] = [:], missing: Int,
        minutesShort: Int, minutesRequired: Int, percent: Int, isHard: Bool = false,
        purpose: CoverPurpose = .general,
        severity: Severity, redFlag: RedFlag? = nil, risk: Int = 1, minutesToStart: Int,
        reason: Reason = .vacancy, cascade: Cascade = Cascade(), tried: [Attempt] = [],
        options: [ClosingOption] = [], optionsLeftOut: Int = 0, candidatesNotAsked: Int = 0, minutesLeft: Int,
        owner: String? = nil,
        confidence: Confidence = .high, trend: Trend? = nil, isPriority: Bool = false
    ) {
        self.id = id
        self.rule = rule
        self.place = place
        self.organisation = organisation
        self.day = day
        self.shift = shift
        self.start = start
        self.end = end
        self.staffGroup = staffGroup
        self.role = role
        self.grades = grades
        self.skills = skills
        self.measure = measure
        self.required = required
        self.planned = planned
        self.booked = booked
        self.missing = missing
        self.minutesShort = minutesShort
        self.minutesRequired = minutesRequired
        self.percent = percent
        self.isHard = isHard
        self.purpose = purpose
        self.severity = severity
        self.redFlag = redFlag
        self.risk = risk
        self.minutesToStart = minutesToStart
        self.reason = reason
        self.cascade = cascade
        self.tried = tried
        self.options = options
        self.optionsLeftOut = optionsLeftOut
        self.candidatesNotAsked = candidatesNotAsked
        self.minutesLeft = minutesLeft
        self.owner = owner
        self.confidence = confidence
        self.trend = trend
        self.isPriority = isPriority
    }

    /// Hours, rounded to a tenth.
    public var hoursShort: Double { (Double(minutesShort) / 6).rounded() / 10 }
    /// Whole hours, rounded down.
    public var hoursToStart: Int { Int((Double(minutesToStart) / 60).rounded(.down)) }
    public var suggested: [ClosingOption] { options.filter(\.isSuggested) }
}

/// Why a gap is at the level of a red flag: NICE guideline SG1 (2014), adult wards in acute hospitals.
public struct RedFlag: Hashable, Sendable, Codable {
    public enum Test: String, Hashable, Sendable, Codable {
        /// Registered nurse time short by more than 8 hours or more than a quarter, whichever is less.
        case shortfall
        /// Fewer than two registered nurses on the unit.
        case fewerThanTwo = "fewer-than-two"
    }

    public var tests: [Test]
    /// The sum in words: what was required, what is there, and the limit that is passed.
    public var arithmetic: String

    public init(tests: [Test], arithmetic: String) {
        self.tests = tests
        self.arithmetic = arithmetic
    }
}
