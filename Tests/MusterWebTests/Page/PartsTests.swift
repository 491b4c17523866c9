import MusterFiles
import Testing

@testable import MusterWeb

@Suite struct PartsTests {
    @Test func whatWasNotSentIsOneLineOnANarrowScreen() {
        let table = PageTable(
            caption: "Figures", head: ["Where", "Nurses", "Doctors", "Therapists"],
            rows: [
                .init(header: "A", cells: ["3", Figures.missing, Figures.missing]),
                .init(header: "B", cells: ["3", "2", "1"]),
            ], none: ""
        ).html.source
        let rows = table.components(separatedBy: "<tr ").suffix(2)
        let line = #"<td class="narrow" data-label="Not sent">Doctors, Therapists</td>"#
        #expect(rows.first?.contains(line) == true)
        #expect(rows.first?.components(separatedBy: #"<td class="lacking">"#).count == 3)
        #expect(rows.first?.contains(#"<td data-label="Nurses">3</td>"#) == true)
        #expect(rows.last?.contains("Not sent") == false && rows.last?.contains("lacking") == false)
    }

    @Test func eachPartIsThereAndLeadsToTheListAgain() {
        let all = Array(1...23)
        let parts = (0...4).map { Portion(all, page: $0, size: 10) }
        #expect(parts.map(\.number) == [1, 1, 2, 3, 3])
        #expect(parts[1...3].flatMap(\.items) == all)
        let links = parts[2].links("/pool", "open").source
        #expect(links.contains(#"<a href="/pool?open=1#open">Previous</a>"#))
        #expect(links.contains(#"<a href="/pool?open=3#open">Next</a>"#))
        #expect(!parts[1].links("/pool", "open").source.contains("Previous"))
        #expect(!parts[3].links("/pool", "open").source.contains("Next"))
        #expect(Portion(all, page: 1).links("/pool", "open").source.isEmpty)
    }
}
