import Roster
import RosterCheck
import RulePack
import Testing

@testable import RosterEngine

/// The engine's reader and the checker's of every rule of lines call the same lines lawful: lawful walks,
/// such walks with one day changed, and lines by chance, over both nights on which the clocks change.
@Suite struct TwoReadersTests {
    struct Tally {
        var lawful = 0
        var unlawful = 0
        var disagreements: [String] = []

        mutating func read(_ other: Tally) {
            lawful += other.lawful
            unlawful += other.unlawful
            disagreements += other.disagreements
        }
    }

    @Test(arguments: RandomRule.allCases)
    func oneRule(_ form: RandomRule) throws {
        var tally = Tally()
        for seed in 0..<RandomRule.seeds {
            var random = RandomSource(seed: UInt64(seed), stream: form.hashSeed)
            let rule = RandomWard.rule(form.kind(&random))
            tally.read(compare(RandomWard.book([rule]), lines: 12, "seed \(seed): \(rule.kind)", &random))
        }
        judge(tally)
    }

    @Test(arguments: [
        ["working-time-compensatory", "resident-doctors"],
        ["working-time", "agenda-for-change", "ward-policy"],
        ["working-time-compensatory", "consultants"],
        ["working-time-compensatory", "sas-doctors"],
    ])
    func wholePacks(_ packs: [String]) throws {
        let rules = try packs.flatMap { try #require(RulePack.shipped[$0]).rules }
        var tally = Tally()
        for seed in 0..<4 {
            var random = RandomSource(seed: UInt64(seed), stream: packs.count)
            let book = RandomWard.book(rules.filter { $0.enforcement != .off })
            tally.read(compare(book, lines: 12, "seed \(seed)", priced: true, &random))
        }
        judge(tally)
    }

    private func judge(_ tally: Tally) {
        #expect(tally.disagreements.isEmpty, "\(tally.disagreements.prefix(4).joined(separator: "\n"))")
        let least = (tally.lawful + tally.unlawful) / 5
        #expect(tally.lawful >= least && tally.unlawful >= least, "\(tally.lawful), \(tally.unlawful)")
    }

    /// Both verdicts on a third each of walks, changed walks and lines by chance.
    ///
    /// - Parameter priced: a walk is the cheapest line at prices by chance, so that it keeps the path rules too.
    private func compare(
        _ book: RuleBook, lines: Int, _ name: String, priced: Bool = false, _ random: inout RandomSource
    ) -> Tally {
        let start = RandomWard.starts.randomElement(using: &random) ?? RandomWard.starts[0]
        let first = RandomWard.day(start).advanced(by: Int.random(in: 0...6, using: &random))
        let period = Period(first: first, days: Int.random(in: 10...18, using: &random))
        let shifts = Array(RandomWard.shifts.shuffled(using: &random).prefix(3))
        let person = RandomWard.person(
            optedOut: Bool.random(using: &random),
            starts: Int.random(in: 0...5, using: &random) == 0 ? first.advanced(by: -6) : nil)
        var leave: [Leave] = []
        if Bool.random(using: &random) {
            let away = first.advanced(by: Int.random(in: -10...8, using: &random))
            let last = away.advanced(by: Int.random(in: 0...3, using: &random))
            leave = [Leave(person: "p1", first: away, last: last, kind: .annual)]
        }
        let cover = CoverRule(
            id: "all", name: "All", unit: "W", counted: Counted(),
            requirement: .heads(minimum: 0, target: 1, maximum: nil))
        let scenario = RandomWard.scenario(
            period: period, people: [person], shifts: shifts, cover: [cover], leave: leave,
            history: Bool.random(using: &random) ? [] : RandomWard.history(before: first, &random))
        var tally = Tally()
        guard let problem = try? Compiler(scenario, book).problem() else { return tally }
        let pricer = Pricer(problem)
        for _ in 0..<lines {
            let working = Double.random(in: 0.4...0.95, using: &random)
            let walk =
                priced
                ? problem.pricedLine(0, working: working, pricer, &random)
                : problem.randomWalk(0, working: working, &random)
            let changed = walk.map { problem.mutated(0, $0, &random) }
            let chance = problem.randomLine(0, working: working, &random)
            for slots in [walk, changed, chance].compactMap({ $0 }) {
                let duties = problem.duties(0, slots)
                let breaches = LineCheck.breaches(
                    person: person, duties: duties, scenario: scenario, rules: book)
                let checker = !breaches.contains(where: \.counts)
                if checker { tally.lawful += 1 } else { tally.unlawful += 1 }
                let engine = problem.line(0, slots: slots) != nil
                guard engine != checker else { continue }
                let said = breaches.map { "\($0.sentence)\($0.inherited ? " [inherited]" : "")" }
                let work = duties.map { "\($0.start) \($0.shift)" }.joined(separator: ", ")
                let past = scenario.history.map { "\($0.start)–\($0.end)" }.joined(separator: ", ")
                tally.disagreements.append(
                    "\(name), period from \(first) for \(period.dayCount) days, engine says "
                        + "\(engine ? "lawful" : "unlawful") to: \(work); after: \(past); leave \(leave); "
                        + "checker: \(said)")
            }
        }
        return tally
    }
}

extension RandomRule {
    static let seeds = 40
    fileprivate var hashSeed: Int { Self.allCases.firstIndex(of: self) ?? 0 }
}
