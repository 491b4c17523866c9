import Foundation
import PlainText
import Roster
import Testing

@testable import MusterFiles

@Suite("Contracts")
struct ContractSectionTests {
    @Test("Hours are minutes, and what is not stated is said in the documentation")
    func contracts() throws {
        let scenario = try FolderFixture.good.read().scenario
        #expect(scenario.contract("AFC")?.tolerance == PaidMinutes(450))
        #expect(scenario.contract("AFC")?.overtimeLimit == PaidMinutes(720))
        #expect(scenario.contract("BANK")?.tolerance == PaidMinutes(360))
        #expect(scenario.contract("BANK")?.overtimeLimit == nil)
        #expect(scenario.contract("BANK")?.hoursOwed == false)
        #expect(scenario.contract("BANK")?.name == "BANK")
    }

    static let mistakes = [
        Mistake(
            "negative tolerance", in: "roster.yaml",
            "tolerance: 7.5",
            becomes: "tolerance: -7.5",
            gives: """
                roster.yaml:25:77: tolerance: "-7.5" is out of range; accepted: a number from 0 to 1000
                """),
        Mistake(
            "hours owed of the wrong type", in: "roster.yaml",
            "hours-owed: false",
            becomes: "hours-owed: never",
            gives: """
                roster.yaml:26:52: hours-owed: "never" is neither true nor false; accepted: true, yes, \
                false, no
                """),
        Mistake(
            "no rule packs", in: "roster.yaml",
            "- { id: BANK, rules: [working-time], hours-owed: false }",
            becomes: "- { id: BANK, hours-owed: false }",
            gives: """
                roster.yaml:26:5: contracts: lacks the required key rules; accepted: id, rules, name, \
                tolerance, overtime-limit, hours-owed
                """),
    ]

    @Test("Each mistake gives its one message", arguments: mistakes)
    func mistake(_ mistake: Mistake) throws { try mistake.check() }
}
