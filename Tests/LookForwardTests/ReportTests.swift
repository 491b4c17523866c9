import Extracts
import Roster
import Testing

@testable import LookForward

@Suite struct ReportTests {
    // MARK: What silence means

    @Test func nothingShortIsSaidInWords() throws {
        var trust = Trust()
        trust.ask(1, days: [.monday])
        trust.hire("one")
        trust.work("one")
        let report = try trust.report()
        #expect(report.hasNothingToDo)
        #expect(
            report.statement
                == "Nothing to do: every unit has the people that it asks for, Mon 2 Nov to Wed 4 Nov.")
    }

    @Test func unitsOfWhichNothingIsKnownAreNeverCalledCovered() throws {
        var trust = Trust()
        trust.notIncluded = ["WARD-C"]
        let report = try trust.report()
        #expect(report.notIncluded.map(\.name) == ["Ward C"])
        #expect(report.validation.unknown.map(\.name) == ["Ward C"])
        #expect(!report.hasNothingToDo)
        #expect(report.statement.hasPrefix("No gap is known"))
        #expect(report.statement.hasSuffix("Nothing is known of 1 unit, which may be short."))
    }

    @Test func daysWithoutARotaAreNeitherShortNorCovered() throws {
        var trust = Trust()
        trust.ask(1)
        trust.daysWithoutRota = ["WARD-A": [Trust.monday]]
        let report = try trust.report()
        #expect(report.gaps.map(\.day) == [1, 2].map(Trust.monday.advanced(by:)))
        #expect(report.headlines.map(\.unitsWithoutRota) == [1, 0, 0])
        #expect(report.headlines.map(\.total.shifts) == [0, 1, 1])
        #expect(report.statement.hasSuffix("1 unit without a rota on Mon 2 Nov may be short then."))
        #expect(report.withoutRota?.map(\.place.name) == ["Ward A"])

        trust.rules = []
        #expect(try !trust.report().hasNothingToDo)

        let elsewhere = Recipient(
            id: "b", name: "Ward B", mailbox: "b@example.org", isInside: true, units: ["WARD-B"])
        #expect(report.cut(for: elsewhere).headlines.map(\.unitsWithoutRota) == [0, 0, 0])
        #expect(report.anonymised().headlines.map(\.unitsWithoutRota) == [1, 0, 0])
        #expect(report.anonymised().withoutRota?.allSatisfy { $0.place.name != "Ward A" } == true)
    }

    @Test func aWholeWindowWithoutARotaIsAUnitOfWhichNothingIsKnown() throws {
        var trust = Trust()
        trust.ask(1)
        trust.daysWithoutRota = ["WARD-A": Set(trust.window.days)]
        let report = try trust.report()
        #expect(report.gaps.isEmpty)
        #expect(report.validation.unknown.map(\.name) == ["Ward A"])
        #expect(report.statement.hasSuffix("Nothing is known of 1 unit, which may be short."))
    }

    @Test func whoeverMayBeAtWorkUnknownToUsIsNotCalledFree() throws {
        var trust = Trust()
        trust.ask(1, in: "WARD-B", days: [.tuesday])
        trust.hire("own", unit: "WARD-A", also: ["WARD-B"])
        #expect(try trust.report().ways.count == 1)
        trust.daysWithoutRota = ["WARD-A": [Trust.monday]]
        #expect(try trust.report().ways.isEmpty)
    }

    @Test func nobodyIsLentFromADayWhoseRotaIsNotWhollyKnown() throws {
        var trust = Trust()
        trust.ask(1, from: "19:30", to: "08:00", days: [.monday])
        trust.hire("night", unit: "WARD-B", also: ["WARD-A"])
        trust.work("night", Trust.night, in: "WARD-B")
        #expect(try trust.report().ways.count == 1)
        trust.daysWithoutRota = ["WARD-B": [Trust.monday.advanced(by: 1)]]
        #expect(try trust.report().ways.isEmpty)
    }

    @Test func aGapOnADayThatLostItsRotaIsNotCalledClosed() throws {
        var trust = Trust()
        trust.ask(1, days: [.monday])
        let before = try trust.report()
        trust.daysWithoutRota = ["WARD-A": [Trust.monday]]
        let change = try trust.report(previous: before).change
        #expect(change?.closed.isEmpty == true)
        #expect(change?.noLongerKnown.map(\.place.unit) == ["WARD-A"])
    }

    @Test func aFailedCheckForbidsSayingThatThereIsNothingToDo() throws {
        var trust = Trust()
        trust.findings = [Finding(check: .rejectedRows, severity: .note, sentence: "A note")]
        #expect(try trust.report().hasNothingToDo)
        trust.findings = [Finding(check: .unknownUnit, severity: .warning, sentence: "Rows of no known unit")]
        let report = try trust.report()
        #expect(report.hasNoGap && !report.hasNothingToDo)
        #expect(
            report.statement
                == "No gap is known, Mon 2 Nov to Wed 4 Nov, but that does not mean that nothing is short. "
                + "1 check of the data failed.")
    }

    @Test func rolesThatNothingAsksForMayBeShort() throws {
        var trust = Trust.oneShort
        trust.findings = [
            Finding(check: .roleNotAsked, severity: .warning, units: ["WARD-B"], sentence: "Rows are lost")
        ]
        #expect(
            try trust.report().statement.hasSuffix(
                "In 1 unit more may be short: nothing says how many are needed in some role."))
        trust.notIncluded = ["WARD-B"]
        #expect(try trust.report().statement.hasSuffix("Nothing is known of 1 unit, which may be short."))
    }

    @Test func aFatalFindingMakesNoReport() throws {
        var trust = Trust.oneShort
        trust.findings = [
            Finding(check: .missingExtract, severity: .fatal, sentence: "There is no extract of duties")
        ]
        let report = try trust.report()
        #expect(report.status == .noValidReport(reasons: ["There is no extract of duties"]))
        #expect(!report.hasNothingToDo)
        #expect(report.gaps.isEmpty && report.headlines.isEmpty)
        #expect(report.statement.hasPrefix("No valid report"))
        #expect(report.statement.hasSuffix("This does not mean that nothing is short."))
        #expect(report.validation.failures.count == 1)
    }

    @Test func aFailedCheckLowersConfidenceAndStaysVisible() throws {
        var trust = Trust.oneShort
        trust.findings = [
            Finding(check: .overlap, severity: .warning, units: ["WARD-A"], sentence: "Two duties at once"),
            Finding(
                check: .staleExtract, severity: .warning, units: ["WARD-B"], sentence: "Data of last week"),
        ]
        let report = try trust.report()
        #expect(report.gaps.first?.confidence == .lowered)
        #expect(report.validation.lowered.map(\.unit) == ["WARD-A"])
        #expect(report.validation.unknown.map(\.unit) == ["WARD-B"])
        #expect(report.validation.failures.map(\.check) == [.overlap, .staleExtract])
    }

    @Test func timesAreStated() throws {
        var trust = Trust.oneShort
        trust.counts = [
            ExtractCount(
                kind: .duties, file: "duties.csv", extractedAt: Trust.at("2026-11-02 05:00"), read: 3,
                accepted: 2,
                rejected: 1)
        ]
        let report = try trust.report()
        #expect(report.dataTime == Trust.at("2026-11-02 05:00"))
        #expect(report.generated == Trust.morning)
        #expect(report.nextIssue == Trust.at("2026-11-03 06:30"))
        #expect(report.validation.counts == trust.counts)
    }

    @Test func fridayReachesMondayIfThePolicySaysSo() throws {
        var trust = Trust()
        let friday = Trust.day("2026-11-06")
        let policy = ReportPolicy(fridayDays: 4)
        trust.window = Period(first: friday, days: policy.days(from: friday))
        trust.ask(1, days: [.monday])
        let report = try trust.report(at: Trust.at("2026-11-06 06:30"))
        #expect(report.days.last == Trust.day("2026-11-09"))
        #expect(report.gaps.count == 1)
    }

    // MARK: Order

    @Test func hardGapsComeFirstThenRedFlagsThenWhatWeighsMost() throws {
        var trust = Trust()
        trust.ask(9, of: Trust.support, in: "WARD-C", days: [.monday], risk: 9)
        trust.ask(2, in: "WARD-B", days: [.tuesday])
        trust.ask(1, of: Trust.senior, days: [.wednesday], purpose: .seniorDecisionMaker)
        trust.ask(1, of: Trust.support, days: [.monday])
        #expect(try trust.report().gaps.map(\.place.name) == ["Ward A", "Ward B", "Ward C", "Ward A"])
    }

    // MARK: Change

    @Test func whatIsNewWorseBetterAndClosedIsTold() throws {
        var trust = Trust()
        trust.ask(2, days: [.tuesday])
        trust.ask(2, in: "WARD-B", days: [.tuesday])
        trust.ask(1, in: "WARD-C", days: [.tuesday])
        trust.ask(1, of: Trust.support, days: [.thursday])
        let tuesday = Trust.monday.advanced(by: 1)
        trust.hire("b", unit: "WARD-B")
        trust.work("b", on: tuesday, in: "WARD-B")
        let first = try trust.report()
        #expect(first.change == nil)
        #expect(first.gaps.allSatisfy { $0.trend == nil })

        trust.window = Period(first: tuesday, days: 3)
        trust.duties = []
        trust.hire("a")
        trust.work("a", on: tuesday)
        trust.hire("c", unit: "WARD-C")
        trust.work("c", on: tuesday, in: "WARD-C")
        trust.ask(1, of: Trust.support, in: "WARD-B", days: [.tuesday])
        let change = try #require(
            try trust.report(previous: first, at: Trust.at("2026-11-03 06:30")).change)
        #expect(change.since == Trust.monday)
        #expect(change.better == ["WARD-A.rn.0730@2026-11-03T07:30"])
        #expect(change.worse == ["WARD-B.rn.0730@2026-11-03T07:30"])
        #expect(change.closed.map(\.id) == ["WARD-C.rn.0730@2026-11-03T07:30"])
        #expect(change.new == ["WARD-B.hcsw.0730@2026-11-03T07:30"])
        #expect(change.firstReported == ["WARD-A.hcsw.0730@2026-11-05T07:30"])
    }

    @Test func aGapWhoseTimeIsOverIsNotSaidToBeClosed() throws {
        var trust = Trust()
        trust.ask(1, from: "07:30", to: "12:00")
        trust.ask(1, from: "12:00", to: "20:00")
        trust.hire("a")
        let first = try trust.report()
        let today = first.gaps.filter { $0.day == Trust.monday }
        #expect(today.count == 2)
        let afternoon = try trust.report(previous: first, at: Trust.at("2026-11-02 14:00"))
        let change = try #require(afternoon.change)
        #expect(afternoon.gaps.count { $0.day == Trust.monday } == 1, "the morning has passed")
        #expect(change.closed.isEmpty)
        #expect(change.better.isEmpty && change.worse.isEmpty && change.new.isEmpty)
        #expect(change.since == Trust.monday && change.sinceTime == Trust.morning)
    }

    @Test func aGapInAUnitThatWentSilentIsNotClosed() throws {
        var trust = Trust()
        trust.ask(1, days: [.tuesday])
        let first = try trust.report()
        trust.rules = []
        trust.notIncluded = ["WARD-A"]
        let change = try #require(try trust.report(previous: first).change)
        #expect(change.closed.isEmpty)
        #expect(change.noLongerKnown.map(\.id) == first.gaps.map(\.id))
    }

    /// Where nothing was known a gap that is told of now was not opened since.
    @Test func aGapWhereNothingWasKnownIsNotNew() throws {
        for unknown in 0..<3 {
            var trust = Trust()
            trust.ask(1, of: Trust.support, days: [.tuesday])
            var first = try trust.report()
            let place = try #require(first.gaps.first).place
            first.gaps = []
            #expect(try trust.report(previous: first).change?.new.count == 1)
            if unknown == 0 {
                first.notIncluded = [place]
            } else if unknown == 1 {
                first.validation.unknown = [place]
            } else {
                first.withoutRota = [UnitWithoutRota(place: place, day: Trust.monday.advanced(by: 1))]
            }
            let change = try #require(try trust.report(previous: first).change)
            #expect(change.new.isEmpty && change.firstReported.count == 1)
        }
    }

    @Test func aGapOutsideTheDaysOfAShorterIssueIsNotSaidToBeClosed() throws {
        var trust = Trust()
        trust.ask(1, days: [.wednesday])
        trust.ask(1, from: "00:00", to: "24:00", hard: true, id: "senior")
        let first = try trust.report()
        trust.window = Period(first: Trust.monday, days: 1)
        let look = try trust.report(previous: first, at: Trust.at("2026-11-02 09:00"))
        let change = try #require(look.change)
        #expect(change.closed.isEmpty)
        #expect(change.noLongerAsked?.isEmpty == true && change.noLongerKnown.isEmpty)
    }

    @Test func aGapInAUnitThatLeftTheUnitListIsNotClosed() throws {
        var trust = Trust()
        trust.ask(1, days: [.tuesday])
        let first = try trust.report()
        trust.rules = []
        trust.unitsGone = [trust.units.removeFirst()]
        let report = try trust.report(previous: first)
        let change = try #require(report.change)
        #expect(change.closed.isEmpty && change.noLongerAsked?.isEmpty == true)
        #expect(change.noLongerKnown.map(\.place.name) == ["Ward A"])
        #expect(report.validation.unknown.map(\.name) == ["Ward A"])
        #expect(!report.hasNothingToDo)
        #expect(report.statement.contains("Nothing is known of 1 unit"))
    }

    @Test func aGapForWhichNobodyIsAskedAnyMoreIsNotClosed() throws {
        var trust = Trust()
        trust.ask(2, days: [.tuesday])
        trust.ask(1, of: Trust.support, days: [.tuesday])
        trust.hire("a")
        trust.work("a", on: Trust.monday.advanced(by: 1))
        let first = try trust.report()
        trust.rules = []
        trust.ask(1, days: [.tuesday])
        let report = try trust.report(previous: first)
        #expect(report.change?.closed.isEmpty == true)
        #expect(
            report.change?.noLongerAsked?.map(\.id).sorted() == [
                "WARD-A.hcsw.0730@2026-11-03T07:30", "WARD-A.rn.0730@2026-11-03T07:30",
            ])
    }

    @Test func anIssueThatWasNotValidIsNotComparedWith() throws {
        var trust = Trust.oneShort
        trust.findings = [Finding(check: .noUnits, severity: .fatal, sentence: "No units")]
        let broken = try trust.report()
        trust.findings = []
        let report = try trust.report(previous: broken)
        #expect(report.change == nil)
        #expect(report.gaps.first?.trend == nil)
    }

    @Test func aNightThatReachedBeyondTheLastIssueIsNotWorse() throws {
        var trust = Trust()
        trust.ask(1, from: "00:00", to: "24:00", hard: true, id: "senior")
        let first = try trust.report()
        trust.window = Period(first: Trust.monday.advanced(by: 1), days: 3)
        let second = try trust.report(previous: first, at: Trust.at("2026-11-03 06:30"))
        let night = try #require(second.gaps.first { $0.id == "senior@2026-11-04T19:30" })
        #expect(night.trend == .same)
        #expect(night.minutesShort > (first.gaps.first { $0.id == night.id }?.minutesShort ?? 0))
    }

    // MARK: Sameness

    @Test func theSamePictureGivesTheSameReport() throws {
        var trust = Trust.oneShort
        for index in 0..<9 { trust.hire("p\(index)", also: ["WARD-B"]) }
        trust.ask(3, in: "WARD-B")
        let first = try trust.report()
        trust.people.reverse()
        trust.rules.reverse()
        trust.duties.reverse()
        let second = try trust.report()
        #expect(first.gaps == second.gaps)
        #expect(first.headlines == second.headlines)
    }
}
