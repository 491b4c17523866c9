import Roster

/// The figures that a roster-quality report shows. Percentages have one decimal.
///
/// What they are and what is usually aimed at: NHS e-rostering guidance, in the project's own words.
public struct Quality: Hashable, Sendable, Codable {
    /// Hours asked for and filled, for one staff group, by day or by night.
    public struct Fill: Hashable, Sendable, Codable {
        public let group: StaffGroup
        /// True from 20:00 to 08:00.
        public let night: Bool
        /// Targets of cover rules that count heads by role or grade of this one group, each on its own.
        public let requiredHours: Double
        /// Of those, hours on which somebody is; more than the target does not count.
        public let filledHours: Double
        public let percent: Double
    }

    /// One person's paid hours in the period.
    public struct Hours: Hashable, Sendable, Codable {
        public let person: Person.ID
        /// The paid week × days employed in the period ÷ 7.
        public let contracted: PaidMinutes
        /// Duties that are not bookings.
        public let rostered: PaidMinutes
        /// Credited for leave of any kind.
        public let leave: PaidMinutes
        /// Carried over, plus rostered and leave, less contracted: above zero is owed to the person.
        public let balance: PaidMinutes
    }

    /// How a burden is spread over the people of one contract who work in the period, for each whole-time
    /// equivalent of 37.5 paid hours a week.
    public struct Spread: Hashable, Sendable, Codable {
        public let contract: Contract.ID
        /// A night has at least 3 hours on the clock inside 23:00 to 06:00.
        public let nightsLowest: Double
        public let nightsHighest: Double
        /// A weekend has a duty that starts on its Saturday or Sunday.
        public let weekendsLowest: Double
        public let weekendsHighest: Double
    }

    public let fill: [Fill]
    /// Person-hours short of targets of all rules that count heads, and their share of what is asked for.
    public let unfilledHours: Double
    public let unfilledPercent: Double
    /// Hours short of rules that count a skill, or a role that needs one: in charge, frailty, triage.
    public let skillGapHours: Double
    /// By person, of contracts on which hours are owed.
    public let hours: [Hours]
    /// Sums of the balances below and above zero, as positive hours.
    public let hoursOwedByStaff: Double
    public let hoursOwedToStaff: Double
    /// Hours credited for annual leave ÷ contracted hours.
    public let annualLeavePercent: Double
    /// The same for leave of all kinds, and for each: to hold against the headroom that was planned.
    public let unavailabilityPercent: Double
    public let unavailabilityByKind: [String: Double]
    /// Paid minutes of bookings and of people who are owed no hours ÷ all paid minutes of duties.
    public let temporaryStaffingPercent: Double
    public let wishesAsked: Int
    public let wishesGranted: Int
    public let wishesGrantedPercent: Double
    /// The least and the greatest share granted to anybody who asked.
    public let wishesLowestPercent: Double
    public let wishesHighestPercent: Double
    public let spreads: [Spread]
    /// The most days in a row that anybody works, history included.
    public let longestRun: Int
    /// Runs of six worked days or more.
    public let longRuns: Int
    /// Rests of less than 12 hours.
    public let quickReturns: Int
    /// Duties outside the home unit.
    public let redeployments: Int
    /// Published duties that the rota does not hold.
    public let changesToPublished: Int
    public let breaches: Int
    public let warnings: Int
}
