import Roster
import Testing

@testable import RosterSamples

@Suite("Roster templates")
struct RosterTemplateTests {
    @Test("A template is read without a fault and is marked as invented", arguments: RosterTemplate.allCases)
    func reads(template: RosterTemplate) throws {
        let first = try #require(Day("2027-03-22"))
        let scenario = try folder(template.files(first: first)).scenario
        #expect(scenario.period == Period(first: first, days: 28))
        #expect(scenario.name.contains("invented"))
        #expect(scenario.units.count == 1)
        #expect(template.summary.contains("\(scenario.people.count)"))
    }

    @Test("Every section of roster.yaml has a comment", arguments: RosterTemplate.allCases)
    func comments(template: RosterTemplate) throws {
        let roster = try #require(template.files()["roster.yaml"])
        let lines = roster.split(separator: "\n", omittingEmptySubsequences: false)
        for section in ["grades:", "skills:", "markers:", "roles:", "contracts:", "shifts:", "cover:"] {
            let index = try #require(lines.firstIndex { $0.hasPrefix(section) })
            #expect(lines[index - 1].hasPrefix("#"), "\(section)")
        }
    }

    @Test("The names are those of the command line")
    func names() {
        #expect(RosterTemplate.allCases.map(\.rawValue) == ["ward", "emergency-department", "virtual-ward"])
    }
}
