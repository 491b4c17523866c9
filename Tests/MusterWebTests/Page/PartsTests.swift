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
}
