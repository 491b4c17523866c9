import Roster
import RulePack
import Testing

@testable import RosterCheck

private typealias F = Fixture

/// Small numbers that are the same on every machine (Steele, Lea and Flood: "Fast splittable pseudorandom
/// number generators", 2014).
struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    mutating func pick<Value>(_ values: [Value]) -> Value {
        values[Int.random(in: values.indices, using: &self)]
    }
}

/// Counts cover minute by minute with loops and nothing else, and must agree with the checker.
@Suite struct CoverPropertyTests {
    private let counted = [
        Counted(roles: ["rn"]), Counted(roles: ["rn", "hcsw"]), Counted(skills: ["iv"]),
        Counted(grades: ["B6"]),
    ]

    private func scenario(_ random: inout SplitMix) -> Scenario {
        let people = (1...8).map { number in
            let iv = Competency(
                skill: "iv", from: F.day("2020-01-01"),
                expiry: Bool.random(using: &random) ? F.day("2026-10-25") : nil)
            return F.person(
                Person.ID("p\(number)"), grade: random.pick(["B5", "B6", "B2"]),
                competencies: Bool.random(using: &random) ? [iv] : [])
        }
        let rules = (1...5).map { number in
            let minimum = Int.random(in: 0...2, using: &random)
            return CoverRule(
                id: CoverRule.ID("r\(number)"), name: "Rule", unit: "ED",
                counted: random.pick(counted),
                from: ClockTime(minute: 30 * Int.random(in: 0...47, using: &random)),
                to: ClockTime(minute: 30 * Int.random(in: 0...48, using: &random)),
                requirement: .heads(
                    minimum: minimum, target: minimum + Int.random(in: 0...1, using: &random), maximum: nil),
                hard: number == 1)
        }
        // The clocks go back in the night to Sunday 25 October.
        return F.scenario(
            period: Period(first: F.day("2026-10-23"), days: 4), people: people, coverRules: rules)
    }

    private func duties(_ scenario: Scenario, _ random: inout SplitMix) -> [Duty] {
        scenario.people.flatMap { person in
            scenario.period.days.compactMap { day -> Duty? in
                guard let shift = random.pick([F.longDay, F.night, F.home, F.study, nil])
                else { return nil }
                let role: Role.ID = person.grade == "B2" ? "hcsw" : "rn"
                return F.duty(shift, on: day, person: person.id, role: role)
            }
        }
    }

    /// Heads that count for a rule at one minute, straight from the words of the rule.
    private func heads(_ rule: CoverRule, at minute: Instant, _ duties: [Duty], _ scenario: Scenario) -> Int {
        var heads = 0
        var there: Set<Person.ID> = []
        for duty in duties.sorted(by: { $0.start < $1.start })
        where duty.start <= minute && minute < duty.end {
            // Nobody is there twice.
            if duty.shift != F.study.id, duty.shift != F.home.id, !there.insert(duty.person).inserted {
                continue
            }
            guard let person = scenario.person(duty.person) else { continue }
            if duty.shift == F.study.id { continue }
            if rule.hard, duty.shift == F.home.id { continue }
            if !rule.counted.roles.isEmpty, !rule.counted.roles.contains(duty.role) { continue }
            if !rule.counted.grades.isEmpty, !rule.counted.grades.contains(person.grade) { continue }
            let last = (duty.end - ElapsedMinutes(1)).day
            let lacks = rule.counted.skills.contains {
                !person.holds($0, from: duty.day, through: last, at: "MAIN")
            }
            if !lacks { heads += 1 }
        }
        return heads
    }

    @Test(arguments: 1...20) func gapsAreWhatAMinuteLoopFinds(seed: UInt64) {
        var random = SplitMix(state: seed)
        let scenario = scenario(&random)
        let duties = duties(scenario, &random)
        let report = F.check(scenario, duties)
        for rule in scenario.coverRules {
            guard case .heads(let minimum, let target, _) = rule.requirement else { continue }
            var level = 0
            for day in scenario.period.days {
                let start = London.instant(day, rule.from)
                let end = London.instant(day, minute: rule.toMinute)
                // Rules and shifts change on half hours; so does the hour that the night repeats.
                for minute in stride(from: start.minutes, to: end.minutes, by: 30) {
                    let instant = Instant(minutes: minute)
                    let planned = heads(rule, at: instant, duties, scenario)
                    level += max(0, minimum - planned) * 30
                    let gap = report.gaps.first {
                        $0.rule == rule.id && $0.start <= instant && instant < $0.end
                    }
                    let isShort = planned < target
                    #expect((gap != nil) == isShort, "\(rule.id) at \(instant)")
                    guard let gap, isShort else { continue }
                    #expect(gap.planned == planned)
                    #expect(gap.required == (rule.hard && planned < minimum ? minimum : target))
                    #expect(gap.severity == severity(planned, minimum, rule.hard))
                }
            }
            if rule.hard { #expect(report.level1 == level) }
        }
    }

    private func severity(_ planned: Int, _ minimum: Int, _ hard: Bool) -> Severity {
        if planned >= minimum { return .belowTarget }
        return hard ? .hard : .belowMinimum
    }
}
