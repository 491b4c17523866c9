import Roster
import Testing

@testable import LookForward

/// What is left of last night, early on the first day of a report.
@Suite struct LastNightTests {
    private static let early = Trust.at("2026-11-02 00:30")

    private func trust(at isKnown: Bool = true) -> Trust {
        var trust = Trust()
        trust.ask(1, of: Trust.senior, from: "08:00", to: "08:00", hard: true, id: "senior")
        trust.hire("senior-1", grade: "CON", skills: ["sdm"])
        trust.lastNightKnown = isKnown ? ["WARD-A"] : []
        return trust
    }

    private func lastNight(_ report: ShortageReport) -> [ReportedGap] {
        report.gaps.filter { $0.day < Trust.monday }
    }

    @Test func aHardGapOfLastNightIsInTheReport() throws {
        let report = try trust().report(at: Self.early)
        let gaps = lastNight(report)
        #expect(gaps.allSatisfy { $0.isHard && $0.day == Trust.monday.advanced(by: -1) })
        // By the shift in which it lies, under the id that yesterday's report gave it.
        #expect(gaps.map(\.id) == ["senior@2026-11-01T19:30"])
        #expect(gaps.map(\.minutesShort) == [420])
        #expect(gaps.map(\.end) == [Trust.at("2026-11-02 07:30")])
        #expect(report.headlines.first?.hardGaps == report.gaps.count { $0.day <= Trust.monday })
        #expect(Set(report.gaps.map(\.id)).count == report.gaps.count)
    }

    @Test func whoIsThereSinceLastNightClosesIt() throws {
        var trust = trust()
        let (start, end) = (Trust.at("2026-11-01 19:30"), Trust.at("2026-11-02 08:00"))
        trust.history = [
            HistoryDuty(
                person: "senior-1", start: start, end: end, paid: PaidMinutes(690),
                working: WorkingMinutes(690), unit: "WARD-A", role: "sdm")
        ]
        #expect(lastNight(try trust.report(at: Self.early)).isEmpty)
        #expect(try !trust.report(at: Self.early).gaps.isEmpty)
    }

    @Test func ofWhatHasPassedAndOfWhatIsNotKnownNothingIsSaid() throws {
        #expect(lastNight(try trust().report(at: Trust.at("2026-11-02 08:00"))).isEmpty)
        #expect(lastNight(try trust(at: false).report(at: Self.early)).isEmpty)
    }

    @Test func whoWasLentLastNightIsNotAskedBeforeTheirRest() throws {
        var trust = Trust()
        trust.ask(1, from: "13:00", days: [.monday])
        trust.hire("n-17")
        func ways(_ lent: [AwayDuty]) throws -> Int {
            try LookForward.report(on: trust.picture.lending(lent), at: Trust.at("2026-11-02 07:00")).ways
                .count
        }
        func until(_ end: String) -> AwayDuty {
            AwayDuty(
                person: "n-17", start: Trust.at("2026-11-01 19:30"), end: Trust.at(end), travelMinutes: 0)
        }
        #expect(try ways([]) == 1)
        #expect(try ways([until("2026-11-02 07:30")]) == 0)
        #expect(try ways([until("2026-11-02 02:00")]) == 1)
    }
}
