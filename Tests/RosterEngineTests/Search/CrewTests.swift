import Testing

@testable import RosterEngine

@Suite struct CrewTests {
    @Test(arguments: 1...4)
    func resultsComeByTheNumberOfTheJob(_ threads: Int) throws {
        let ward = try #require((0..<20).lazy.compactMap { TinyWard(seed: $0) }.first)
        let crew = Crew<Int>(ward.problem, threads: threads)
        for index in 0..<3 { #expect(crew.submit { _ in index * index } == index) }
        #expect(crew.take(1) == 1)
        for index in 3..<7 { crew.submit { _ in index * index } }
        #expect([6, 0, 2, 3, 5, 4].map { crew.take($0) } == [36, 0, 4, 9, 25, 16])
    }
}
