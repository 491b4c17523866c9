import Roster
import Testing

@testable import LookForward

@Suite struct RedFlagTests {
    /// So many nurses asked for on Monday's long day, all there but one, who comes so many minutes late.
    private func flag(asked: Int, late: Int) throws -> RedFlag? {
        var trust = Trust()
        trust.ask(asked, days: [.monday])
        for index in 0..<asked {
            let id = trust.hire("nurse-\(index)")
            let start = Trust.at("2026-11-02 07:30") + ElapsedMinutes(index == 0 ? late : 0)
            trust.duties.append(
                Duty(
                    person: id, day: Trust.monday, unit: "WARD-A", shift: "LD", role: "rn", start: start,
                    end: Trust.at("2026-11-02 20:00"), paid: PaidMinutes(690), working: WorkingMinutes(690),
                    source: .imported))
        }
        return try trust.report().gaps.first?.redFlag
    }

    @Test func aQuarterIsNoFlagAndAMinuteMoreIs() throws {
        // 3 × 750 = 2,250 minutes, a quarter is 562.5; 8 hours are 480.
        #expect(try flag(asked: 3, late: 480) == nil)
        #expect(try flag(asked: 3, late: 481)?.tests == [.shortfall])
        // 2 × 750 = 1,500, a quarter is 375; and one nurse alone is a flag of its own.
        #expect(try flag(asked: 2, late: 375)?.tests == [.fewerThanTwo])
        #expect(try flag(asked: 2, late: 376)?.tests == [.shortfall, .fewerThanTwo])
    }

    @Test func theSumIsShown() throws {
        let flag = try #require(try flag(asked: 2, late: 750))
        #expect(flag.arithmetic.contains("25 h required, 12.5 h there: 12.5 h short"))
        #expect(flag.arithmetic.contains("the lesser of 8 h and 25 % (6.25 h)"))
        #expect(flag.arithmetic.contains("at the fewest 1 registered"))
    }

    @Test func onlyNurseTimeIsJudged() throws {
        var trust = Trust()
        trust.ask(4, of: Trust.support, days: [.monday])
        let report = try trust.report()
        #expect(report.gaps.first?.redFlag == nil)
        #expect(report.headlines[0].redFlags == 0)
    }

    @Test func aFlagIsCountedInTheHeadline() throws {
        #expect(try Trust.oneShort.report().headlines.map(\.redFlags) == [1, 0, 0])
    }
}
