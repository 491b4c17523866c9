import Foundation
import PlainText
import Roster
import RulePack

/// A roster folder, read and checked: the scenario, the rules that bind its contracts, and what it was read from.
public struct RosterFolder: Sendable {
    public let url: URL
    public let scenario: Scenario
    public let ruleBook: RuleBook
    /// Every file that was read, in the order of reading.
    public let inputHashes: [InputHash]
    /// What is doubtful in the files and does not stop the reading.
    public let warnings: [Fault]
    private let fixedDuties: [FixedDuty]

    private struct FixedDuty {
        let person: Person.ID
        let start: Instant
        let place: Place
    }

    /// Where one of somebody's pinned duties and bookings stands, of those that begin at these times if there is one.
    public func place(of person: Person.ID, _ starts: [Instant]) -> Place? {
        let own = fixedDuties.filter { $0.person == person }
        return (own.first { starts.contains($0.start) } ?? own.first)?.place
    }

    /// Reads a folder: the first arrow, from folder to scenario.
    ///
    /// - Throws: everything that is wrong in any file. Nothing is guessed and nothing is read in part. Whether the
    ///   pinned duties keep the rules is the checker's to say.
    public static func read(_ url: URL) throws(Faults) -> RosterFolder {
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

    /// Reads all files even where one has faults; nil if nothing can be made of them.
    private init?(_ folder: inout OpenFolder) {
        let faults = folder.faults
        let root = folder.file("roster.yaml").flatMap { YAMLCursor($0, faults: faults) }
        let roster = root.map(RosterFile.init) ?? RosterFile()
        let rules = RuleSection(&folder, roster: roster)
        let staff = PeopleFile(&folder, roster: roster)
        let people = staff.people
        let leave = LeaveFile(&folder, people: people)
        let duties = DutiesFile(&folder, roster: roster, people: staff, leave: leave)
        let bookings = BookingsFile(&folder, roster: roster, people: staff)
        let balances = BalancesFile(&folder, people: people)
        let preferences = PreferencesFile(&folder, roster: roster, people: people)
        let history = HistoryFile(&folder, roster: roster, people: people)
        let demand = DemandFile(&folder, roster: roster)
        DutySpan.refuseOverlaps(history.spans + duties.pinnedSpans + bookings.spans)
        DutySpan.refuseOverlaps(duties.publishedSpans)
        let listed = bookings.spans.filter { people[$0.person] != nil }
        DutySpan.refuseSecondDuties(duties.pinnedSpans + listed)

        guard let period = roster.period, let ruleBook = rules.ruleBook else { return nil }
        scenario = Scenario(
            name: roster.name, period: period, organisations: roster.organisations.values,
            sites: roster.sites.values, units: roster.units.values, grades: roster.grades.values,
            skills: roster.skills.values, roles: roster.roles.values,
            contracts: roster.contracts.contracts.values, shiftTypes: roster.shifts.values,
            coverRules: roster.cover.rules.values, people: people.values, leave: leave.leave,
            pinned: duties.pinned, published: duties.published, bookings: bookings.bookings,
            balances: balances.balances, preferences: preferences.preferences, history: history.duties,
            demand: demand.rows, planQuantile: roster.planQuantile, weights: roster.weights)
        if faults.isEmpty {
            scenario.refuseMissingDemand(of: roster.cover.rules)
            ruleBook.refuseUnlawfulShifts(roster.shifts, in: scenario)
        }
        url = folder.url
        self.ruleBook = ruleBook
        inputHashes = folder.hashes
        fixedDuties = (duties.pinnedSpans + bookings.spans).map {
            FixedDuty(person: $0.person, start: $0.start, place: $0.row.place)
        }
        warnings =
            history.onLeave(leave, before: period)
            + history.unfit(roster: roster, people: people, before: period)
    }
}

extension Scenario {
    /// A cover rule that asks `demand.csv` needs a row for each minute of its windows: no row is not zero.
    fileprivate func refuseMissingDemand(of rules: Definitions<CoverRule>) {
        for rule in coverRules {
            for subject in rule.subjects {
                let known = demand.filter { $0.subject == subject }.map { $0.start..<$0.end }
                let missing = windows(of: rule).flatMap { $0.subtracting(known) }
                guard let first = missing.first else { continue }
                var what = "has no demand"
                if case .stream(_, let stream) = subject { what = "has no arrivals of \(stream)" }
                let more = missing.count > 1 ? " and \(counted(missing.count - 1, "other time"))" : ""
                rules.fault(
                    rule.id, "\(what) from \(first.lowerBound) to \(first.upperBound)\(more)",
                    accepted: "rows in demand.csv for every hour of the rule")
            }
        }
    }

    private func windows(of rule: CoverRule) -> [Span] {
        period.days.compactMap { day in
            guard rule.weekdays.isEmpty || rule.weekdays.contains(day.weekday),
                unit(rule.unit)?.isClosed(on: day) != true
            else { return nil }
            let start = London.instant(day, rule.from)
            let end = London.instant(day, minute: rule.toMinute)
            return start < end ? start..<end : nil
        }
    }
}

extension RuleBook {
    /// Rules about the shifts themselves, such as their breaks, are kept by no line of work: a shift that breaks a
    /// hard one cannot stand in a roster.
    fileprivate func refuseUnlawfulShifts(_ shifts: Definitions<ShiftType>, in scenario: Scenario) {
        for finding in templateFindings(in: scenario)
        where finding.rule.reach == .template && finding.rule.enforcement == .hard {
            shifts.fault(
                finding.shift, "breaks \(finding.rule.id): \(finding.sentence)",
                accepted: "a shift that keeps the rule")
        }
    }
}
