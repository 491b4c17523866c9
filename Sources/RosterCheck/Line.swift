import Roster
import RulePack

/// One person's line of work with the history before it: what the rules are read on.
struct Line {
    let person: Person
    let period: Period
    /// By start.
    let duties: [LineDuty]
    let leave: [Leave]
    /// 00:00 of each day of the period and of the day after it.
    let midnights: [Instant]

    /// - Parameter asked: Duties that are asked about: one that would be a booking is one.
    init(person: Person, duties: [Duty], asked: [Duty] = [], records: Records) {
        self.person = person
        period = records.scenario.period
        let bookings = records.bookings[person.id] ?? []
        let worked = duties.map { duty in
            LineDuty(
                duty, kind: records.scenario.shiftType(duty.shift)?.kind ?? .work,
                isBooked: asked.contains(duty) || bookings.contains { $0.isFulfilled(by: duty) })
        }
        let before = (records.history[person.id] ?? []).map { LineDuty($0) }
        let away = (records.away[person.id] ?? []).map { LineDuty($0) }
        self.duties = (before + worked + away).sorted { ($0.start, $0.end) < ($1.start, $1.end) }
        leave = records.leave[person.id] ?? []
        midnights = records.midnights
    }

    /// Duties of the rota, by start.
    var rostered: [LineDuty] { duties.filter { !$0.isHistory } }
    /// Each duty with the one after it.
    var pairs: Zip2Sequence<[LineDuty], ArraySlice<LineDuty>> { zip(duties, duties.dropFirst()) }

    /// Everything in the line that breaks one of the rules, and duties that overlap.
    func breaches(of rules: [Rule]) -> [Breach] {
        overlaps()
            + rules.flatMap { rule in
                findings(of: rule).map { finding in
                    Breach(
                        rule: rule.id, person: person.id, duties: finding.duties.map(\.stretch),
                        sentence: "\(finding.text) (\(rule.id))", hard: rule.enforcement == .hard,
                        inherited: finding.inherited || finding.isWhollyAway)
                }
            }
    }

    private func overlaps() -> [Breach] {
        var latest: LineDuty?
        var breaches: [Breach] = []
        for duty in duties {
            // Of who is lent, ``DutyCheck`` says it.
            if let earlier = latest, duty.start < earlier.end, !duty.isAway, !earlier.isAway {
                breaches.append(
                    Breach(
                        rule: Breach.Test.overlap.rawValue, person: person.id,
                        duties: [earlier.stretch, duty.stretch],
                        sentence: "Two duties overlap: \(earlier.spoken) and \(duty.spoken)",
                        inherited: duty.isHistory))
            }
            if duty.end > latest?.end ?? duty.start { latest = duty }
        }
        return breaches.filter { !$0.inherited }
    }
}

extension LineDuty {
    /// `Sun 25 Oct 07:30 to 20:00`.
    var spoken: String { "\(start.spoken) to \(end.day == start.day ? end.clock.description : end.spoken)" }
}

/// What a rule's reader found: duties that break it, and how.
struct Finding {
    let duties: [LineDuty]
    /// A sentence without its full stop and without the rule's name.
    let text: String
    var inherited = false

    /// Whether only work for other organisations breaks it.
    var isWhollyAway: Bool { !duties.isEmpty && duties.allSatisfy(\.isAway) }
}

/// A scenario with its people's records at hand.
struct Records {
    let scenario: Scenario
    let history: [Person.ID: [HistoryDuty]]
    let leave: [Person.ID: [Leave]]
    let away: [Person.ID: [AwayDuty]]
    let bookings: [Person.ID: [Booking]]
    let midnights: [Instant]

    init(_ scenario: Scenario) {
        self.scenario = scenario
        history = Dictionary(grouping: scenario.history, by: \.person)
        leave = Dictionary(grouping: scenario.leave, by: \.person)
        away = Dictionary(grouping: scenario.away, by: \.person)
        bookings = Dictionary(grouping: scenario.bookings, by: \.person)
        midnights = Self.midnights(of: scenario.period)
    }

    static func midnights(of period: Period) -> [Instant] {
        (0...period.dayCount).map { London.instant(period.first.advanced(by: $0), minute: 0) }
    }
}
