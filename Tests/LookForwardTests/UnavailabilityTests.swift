import Extracts
import Roster
import Testing

@testable import LookForward

@Suite struct UnavailabilityTests {
    /// Twenty people of ward A, of whom so many are away all three days, by class.
    private func block(_ away: [LeaveKind: Int]) throws -> Unavailability {
        var trust = Trust()
        for index in 0..<20 { trust.hire("p\(index)") }
        var next = 0
        for (kind, count) in away.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
            for _ in 0..<count {
                trust.away(Person.ID("p\(next)"), kind, days: 3)
                next += 1
            }
        }
        trust.facts = ["WARD-A": UnitFacts(headroom: 24)]
        return try #require(try trust.report().unavailability.first { $0.place.unit == "WARD-A" })
    }

    @Test func theShareIsOfContractedTimeAgainstTheHeadroom() throws {
        let block = try block([.annual: 5])
        #expect(block.percent == 25)
        #expect(block.headroom == 24)
        #expect(block.isSpike)
        #expect(block.people == 5)
        #expect(try self.block([:]).people == 0)
        #expect(try self.block([:]).isSpike == false)
    }

    @Test func noClassOfFewerThanFivePeopleIsShown() throws {
        #expect(try block([.annual: 4]).people == nil)
        #expect(try block([.annual: 4]).shares.isEmpty)
        let shares = try block([.annual: 6, .sickness: 5]).shares
        #expect(shares.map(\.kinds) == [[.annual], [.sickness]])
        #expect(shares.map(\.people) == [6, 5])
        // Three on sick leave would be told by taking six from nine.
        #expect(try block([.annual: 6, .sickness: 3]).shares.map(\.people) == [9])
        #expect(try block([.annual: 6, .sickness: 3, .study: 2]).shares.map(\.people) == [6, 5])
        #expect(try block([.parental: 1, .sickness: 3]).shares.isEmpty)
    }

    @Test func bankStaffOweNoHoursAndAreNotAway() throws {
        var trust = Trust()
        trust.hire("bank", contract: "BANK")
        trust.away("bank")
        #expect(try trust.report().unavailability.isEmpty)
    }

    @Test func whoStartsLeavesAndReturnsIsCounted() throws {
        var trust = Trust()
        for index in 0..<6 {
            trust.hire("new-\(index)", starts: Trust.monday.advanced(by: 1))
            trust.hire("old-\(index)", leaves: Trust.monday)
            trust.hire("back-\(index)")
            trust.away(Person.ID("back-\(index)"), from: Trust.monday.advanced(by: -3), days: 3)
        }
        trust.hire("still-away")
        trust.away("still-away", from: Trust.monday.advanced(by: -3), days: 5)
        let block = try #require(try trust.report().unavailability.first)
        #expect((block.starting, block.leaving, block.returning) == (6, 6, 6))
    }
}
