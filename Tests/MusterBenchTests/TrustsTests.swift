import Testing

@testable import muster_bench

@Suite struct TrustsTests {
    @Test func aTrustIsARowWithItsTimesAndTheirSum() {
        let figures = TrustFigures(
            units: 5, people: 214, duties: 2005, megabytes: 0.14, secondsToRead: 0.061, secondsToKeep: 0.019,
            secondsToPicture: 0.011, secondsToReport: 0.041, findings: 2, gaps: 7,
            peakMegabytes: 45.4)
        let conditions = Conditions(
            machine: "an invented machine", date: "2026-11-02", commit: "0000000",
            command: "muster-bench trusts")
        let text = TrustTable(figures: [figures], conditions: conditions).text
        let lines = text.split(separator: "\n")
        #expect(
            lines.last == "| 5 | 214 | 2005 | 0.1 | 0.06 | 0.02 | 0.01 | 0.04 | 0.13 | 2 | 7 | 45 |")
        #expect(text.contains("- Machine: an invented machine\n- Date: 2026-11-02, commit `0000000`\n"))
        #expect(lines.dropLast(2).last?.hasPrefix("| units | people |") == true)
    }
}
