import Testing

@testable import RosterEngine

@Suite struct CrewTests {
    @Test(arguments: 1...4)
    func resultsStandInTheOrderOfTheTasks(_ threads: Int) throws {
        let ward = try #require((0..<20).lazy.compactMap { TinyWard(seed: $0) }.first)
        let crew = Crew(ward.problem, threads: threads)
        #expect(crew.run(7) { index, _ in index * index } == [0, 1, 4, 9, 16, 25, 36])
        #expect(crew.run(0) { index, _ in index }.isEmpty)
    }
}
