import Foundation
import PlainText
import Roster
import Testing

@testable import MusterFiles

@Suite("leave.csv")
struct LeaveFileTests {
    @Test("Leave may reach over the edge of the period, and lie before it")
    func edges() throws {
        var folder = FolderFixture.good
        folder["leave.csv"] += "P3,2026-09-01,2026-09-14,sickness,\n"
        let leave = try folder.read().scenario.leave
        #expect(leave.map(\.first) == [day("2026-10-30"), day("2026-11-09"), day("2026-09-01")])
        #expect(leave.map(\.paid) == [nil, PaidMinutes(900), nil])
    }

    static let mistakes = [
        Mistake(
            "overlapping leave", in: "leave.csv",
            adding: "P1,2026-11-03,2026-11-04,unpaid,",
            gives: """
                leave.csv:4: column 2 (from): "2026-11-03" overlaps the leave of P1 in line 2; accepted: \
                each day of leave once
                """),
        Mistake(
            "ends before it begins", in: "leave.csv",
            "2026-10-30",
            becomes: "2026-11-04",
            gives: """
                leave.csv:2: column 3 (to): "2026-11-03" lies before from; accepted: 2026-11-04 or a later \
                date
                """),
        Mistake(
            "over three years", in: "leave.csv",
            "2026-11-03,annual",
            becomes: "2062-11-03,annual",
            gives: """
                leave.csv:2: column 3 (to): "2062-11-03" makes a leave of over three years; accepted: a \
                nearer date
                """),
        Mistake(
            "kind nobody knows", in: "leave.csv",
            "study",
            becomes: "studying",
            gives: """
                leave.csv:3: column 4 (kind): "studying" is not a kind of leave; accepted: annual, other, \
                parental, sickness, special, study, unpaid
                """),
        Mistake(
            "negative hours", in: "leave.csv",
            "study,15",
            becomes: "study,-15",
            gives: """
                leave.csv:3: column 5 (paid_hours): "-15" is out of range; accepted: a number from 0 to \
                10000
                """),
        Mistake(
            "person nobody knows", in: "leave.csv",
            "P2,",
            becomes: "P22,",
            gives: """
                leave.csv:3: column 1 (person): "P22" is not the id of a person in people.csv; accepted: \
                P1, P2, P3. Did you mean "P2"?
                """),
    ]

    @Test("Each mistake gives its one message", arguments: mistakes)
    func mistake(_ mistake: Mistake) throws { try mistake.check() }
}
