import Testing

@testable import Roster

@Suite("Shares in per cent")
struct PercentTests {
    private static let least = Double.leastNonzeroMagnitude
    private static let most = Double.greatestFiniteMagnitude

    @Test("A share is counted in whole per cent, rounded to the nearest")
    func shares() {
        #expect(wholePercent(29, of: 40) == 73)
        #expect(wholePercent(-1, of: 3) == -33)
        #expect(wholePercent(0, of: Self.least) == 0)
        #expect(percent(1, of: 8) == 12.5)
    }

    @Test("Of nothing, and of what is no number, there is no share")
    func nothing() {
        for (part, whole) in [(1, 0), (1, -1), (.nan, 1), (1, .nan), (.infinity, .infinity)] {
            #expect(wholePercent(part, of: whole) == nil, "\(part) of \(whole)")
        }
    }

    @Test("A share that is too large to be counted is held at the most, and can be written")
    func large() {
        let largest = Int(mostPercent)
        for (part, whole) in [(1, 1e-300), (Self.most, Self.least), (Self.most, 1), (.infinity, 1)] {
            #expect(wholePercent(part, of: whole) == largest, "\(part) of \(whole)")
            #expect(wholePercent(-part, of: whole) == -largest, "\(-part) of \(whole)")
        }
    }
}
