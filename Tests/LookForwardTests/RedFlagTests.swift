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
        #expect(
            flag.arithmetic.contains(
                "25 h of registered time required on the unit, 12.5 h there: 12.5 h short"))
        #expect(flag.arithmetic.contains("the lesser of 8 h and 25 % (6.25 h)"))
        #expect(flag.arithmetic.contains("at the fewest 1 registered"))
    }

    @Test func nurseTimeIsThatOfTheWholeUnit() throws {
        // Two roles, each 7 hours short: neither alone would be a flag in 75 hours, both together are.
        let charge = Role(id: "charge", name: "Nurse in charge", staffGroup: .registered, grades: ["B6"])
        func flags(short: [Role]) throws -> [RedFlag?] {
            var trust = Trust()
            trust.roles.append(charge)
            trust.ask(3, days: [.monday])
            trust.ask(3, of: charge, days: [.monday])
            for role in [Trust.nurse, charge] {
                for index in 0..<3 {
                    let id = trust.hire("\(role.id)-\(index)", grade: role.id == "charge" ? "B6" : "B5")
                    let late = index == 0 && short.contains(role) ? 420 : 0
                    trust.duties.append(
                        Duty(
                            person: id, day: Trust.monday, unit: "WARD-A", shift: "LD", role: role.id,
                            start: Trust.at("2026-11-02 07:30") + ElapsedMinutes(late),
                            end: Trust.at("2026-11-02 20:00"), paid: PaidMinutes(690),
                            working: WorkingMinutes(690), source: .imported))
                }
            }
            return try trust.report().gaps.map(\.redFlag)
        }
        #expect(try flags(short: [charge]) == [nil])
        let both = try flags(short: [Trust.nurse, charge])
        #expect(both.map { $0?.tests } == [[.shortfall], [.shortfall]])
        #expect(both.allSatisfy { $0?.arithmetic.contains("75 h of registered time required") ?? false })
    }

    @Test func onlyNurseTimeIsJudged() throws {
        var trust = Trust()
        trust.ask(4, of: Trust.support, days: [.monday])
        let report = try trust.report()
        #expect(report.gaps.first?.redFlag == nil)
        #expect(report.headlines[0].redFlags == 0)
    }

    @Test func aFlagIsCountedInTheHeadline() throws {
        let trust = Trust.oneShort
        let counted = try trust.report().headlines.map(\.redFlags)
        #expect(counted == [1, 0, 0])
        let alone = LookForward.redFlags(on: trust.picture, at: Trust.morning)
        #expect(trust.picture.window.days.map { alone[$0] ?? 0 } == counted)
    }
}
