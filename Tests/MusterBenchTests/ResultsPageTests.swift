import Testing

@testable import muster_bench

@Suite("The page of results")
struct ResultsPageTests {
    @Test("It names machine, date, commit, limits and command")
    func heading() {
        let text = ResultsPage(records: [.invented(.folder(path: "Rosters/ward"), suite: .rosters)]).text
        for part in [
            "## Rosters", "- Machine: Invented CPU, 2 cores, 4.0 GiB", "- Date: 2026-11-02, commit `abc1234`",
            "60 s of search a case, 2 threads, seed 1", "`muster-bench growth --date 2026-11-02`", "| ward |",
        ] {
            #expect(text.contains(part), "\(part) is missing")
        }
        #expect(!text.contains("## Growth"))
    }

    @Test("It shows the latest run of each suite, and no figures of another commit or other limits")
    func latest() {
        let text = ResultsPage(records: [
            .invented(.sample(people: 20, days: 28), commit: "old0000"),
            .invented(.sample(people: 80, days: 28), seconds: 5),
            .invented(.sample(people: 40, days: 28)),
            .invented(.folder(path: "Rosters/ward"), suite: .rosters, seconds: 30),
        ]).text
        #expect(text.contains("| 40 people × 28 days |"))
        #expect(!text.contains("| 20 people × 28 days |") && !text.contains("| 80 people × 28 days |"))
        #expect(text.contains("| ward |"))
    }

    @Test("A case that two series share stands in both")
    func shared() {
        let text = ResultsPage(records: BenchmarkCase.growing.map { .invented($0) }).text
        #expect(text.components(separatedBy: "| 40 people × 28 days |").count == 3)
        #expect(text.components(separatedBy: "\n### ").count == 4)
        #expect(BenchmarkCase.growing.count == 8)
    }
}
