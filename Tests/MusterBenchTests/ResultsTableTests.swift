import Testing

@testable import muster_bench

@Suite("Tables of measurements")
struct ResultsTableTests {
    private let two = [
        BenchmarkRecord.invented(.sample(people: 20, days: 28)),
        BenchmarkRecord.invented(
            .sample(people: 40, days: 28), .invented(people: 40, first: 1.25, withinFive: nil, bound: nil)),
    ]

    private func rows(_ text: String) -> [[String]] {
        text.split(separator: "\n").map { line in
            line.dropFirst(2).dropLast(2).split(separator: " | ").map(String.init)
        }
    }

    @Test("A case a row, and every row has every column")
    func shape() {
        let rows = rows(ResultsTable(records: two, showsGrowth: false).text)
        #expect(rows.count == 4)
        #expect(Set(rows.map(\.count)) == [20])
        #expect(
            rows[2] == [
                "20 people × 28 days", "20 × 28", "0.04", "0.50", "3.0", "7.2", "—", "42.5", "0", "30",
                "1000", "990",
                "1.00", "120", "110.0", "50", "2.20", "12.5", "0", "feasible (no bound yet)",
            ])
    }

    @Test("A cost says how many times the row above it is; other figures do not")
    func growth() {
        let rows = rows(ResultsTable(records: two, showsGrowth: true).text)
        #expect(rows[2][3] == "0.50")
        #expect(rows[3][3] == "1.25 (×2.5)")
        #expect(rows[3][10] == "1000")
    }

    @Test("What was not reached is a dash, and so is growth from it unsaid")
    func unreached() {
        let rows = rows(ResultsTable(records: two.reversed(), showsGrowth: true).text)
        #expect(rows[2][4] == "—" && rows[2][11] == "—")
        #expect(rows[3][4] == "3.0")
    }
}
