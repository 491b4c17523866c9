import Foundation
import PlainText
import Roster
import Testing

@testable import MusterFiles

@Suite("balances.csv")
struct BalancesFileTests {
    @Test("What is carried over may be negative")
    func balances() throws {
        let balance = try FolderFixture.good.read().scenario.balances
        #expect(
            balance == [
                Balance(
                    person: "P1", paid: PaidMinutes(-210), nights: 2, weekends: -1,
                    programmedActivities: 120.5)
            ])
    }

    static let mistakes = [
        Mistake(
            "two balances", in: "balances.csv",
            adding: "P1,0,0,0,0,",
            gives: """
                balances.csv:3: column 1 (person): "P1" has a balance in line 2 already; accepted: each \
                person once
                """),
        Mistake(
            "nights that are no number", in: "balances.csv",
            "-3.5,2",
            becomes: "-3.5,two",
            gives: """
                balances.csv:2: column 3 (nights): "two" is not a whole number; accepted: a whole number \
                from -1000 to 1000
                """),
    ]

    @Test("Each mistake gives its one message", arguments: mistakes)
    func mistake(_ mistake: Mistake) throws { try mistake.check() }
}
