import Foundation
import MusterFiles
import Roster
import Testing

@testable import RosterEngine

/// Periods of many weeks, whose first rota is made in stages.
@Suite struct LongPeriodTests {
    /// An invented instance in the form of the public shift-scheduling set.
    ///
    /// - Parameter heads: how many of each shift are asked for on a day; nil for as many every day.
    func instance(people: Int, days: Int, heads: ((Int) -> Int)? = nil) throws -> ShiftSchedulingInstance {
        var text = """
            SECTION_HORIZON
            \(days)

            SECTION_SHIFTS
            E,480,
            L,600,E
            N,720,E|L

            SECTION_STAFF

            """
        let (most, weekends) = (days / 7 * 5 * 480, days / 14)
        for person in 0..<people {
            let nights = person % 3 == 0 ? 0 : days / 14
            text += "P\(person),E=\(days)|L=\(days)|N=\(nights),\(most),\(most - 1440),5,2,2,\(weekends)\n"
        }
        text += "\nSECTION_DAYS_OFF\n"
        for person in 0..<people { text += "P\(person),\(3 + person % 20),\(30 + person % 20)\n" }
        text +=
            "\nSECTION_SHIFT_ON_REQUESTS\nP1,5,E,2\n\nSECTION_SHIFT_OFF_REQUESTS\nP2,6,L,3\n\nSECTION_COVER\n"
        for day in 0..<days {
            for shift in ["E", "L", "N"] {
                text += "\(day),\(shift),\(heads?(day) ?? 1 + people / 6),100,1\n"
            }
        }
        let url = FileManager.default.temporaryDirectory.appending(path: "long-\(UUID().uuidString).txt")
        try text.write(to: url, atomically: true, encoding: .utf8)
        defer { try? FileManager.default.removeItem(at: url) }
        return try ShiftSchedulingInstance.read(url)
    }

    /// Stage by stage, and then made better in parts: always whole lawful lines, each person's hours within reach.
    @Test func stagesLeadToLawfulLines() throws {
        let instance = try instance(people: 4, days: 56)
        let problem = try Compiler(instance.scenario, instance.rules).problem()
        #expect(problem.graphs.count == 1, "people under the same rules share a graph")
        var random = RandomSource(seed: 3)
        let pricer = Pricer(problem)
        var stages = StagedConstruction(problem, component: 0, pricer: pricer)
        let lines = try #require(stages.construct(Stop(seconds: nil), &random))
        #expect(lines.map(\.person) == [0, 1, 2, 3])
        for line in lines { #expect(problem.line(line.person, slots: line.slots) != nil) }
        // The same again, from the same seed.
        random = RandomSource(seed: 3)
        stages = StagedConstruction(problem, component: 0, pricer: pricer)
        #expect(stages.construct(Stop(seconds: nil), &random)?.map(\.slots) == lines.map(\.slots))
    }

    /// Hours and weekends are kept for the weeks that ask for most.
    @Test func stagesFollowWhatIsAskedFor() throws {
        let instance = try instance(people: 12, days: 112) { $0 < 84 ? 1 : 3 }
        let problem = try Compiler(instance.scenario, instance.rules).problem()
        var random = RandomSource(seed: 3)
        var stages = StagedConstruction(problem, component: 0, pricer: Pricer(problem))
        let lines = try #require(stages.construct(Stop(seconds: nil), &random))
        func duties(_ days: Range<Int>, where counts: (Int) -> Bool = { _ in true }) -> Int {
            days.filter(counts).reduce(0) { sum, day in sum + lines.count { $0.slots[day] != 0 } }
        }
        #expect(Double(duties(84..<112)) > 1.5 * Double(duties(0..<28)))
        let isWeekend = { (day: Int) in problem.days[day].day.weekday.rawValue >= 5 }
        #expect(duties(84..<112, where: isWeekend) > 2 * duties(0..<28, where: isWeekend))
    }

    /// What is asked to stop before it has a first rota says so and does not go on until it has one.
    @Test func aStopIsObeyedBeforeThereIsARota() throws {
        let stop = Stop(seconds: nil)
        stop.ask()
        let large = try instance(people: 100, days: 56)
        #expect(throws: EngineError.stopped) {
            try RosterEngine.solve(large.scenario, large.rules, stop: stop)
        }
        // Also where the problem is ready and the first rota is being made.
        let small = try instance(people: 3, days: 56)
        let problem = try Compiler(small.scenario, small.rules).problem()
        var random = RandomSource(seed: 1)
        var stages = StagedConstruction(problem, component: 0, pricer: Pricer(problem))
        #expect(stages.construct(stop, &random) == nil)
    }
}
