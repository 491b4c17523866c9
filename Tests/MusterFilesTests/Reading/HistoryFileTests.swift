import Foundation
import PlainText
import Roster
import Testing

@testable import MusterFiles

@Suite("history.csv")
struct HistoryFileTests {
    @Test("What is not stated is the elapsed time")
    func defaults() throws {
        let history = try FolderFixture.good.read().scenario.history
        #expect(history.map(\.paid) == [PaidMinutes(750), PaidMinutes(750)])
        #expect(history.map(\.working) == [WorkingMinutes(810), WorkingMinutes(690)])
        #expect(history.map(\.unit) == [nil, "ED"])
    }

    @Test("A night before the period that falls on leave is told by person and row")
    func onLeave() throws {
        var fixture = FolderFixture.good
        #expect(try fixture.read().warnings.isEmpty)
        fixture["history.csv"] += "P1,2026-11-01T19:30,2026-11-02T08:00,,,,ED,senior\n"
        #expect(
            try fixture.read().warnings.map(\.description) == [
                "history.csv:4: column 2 (start): \"2026-11-01 19:30\" is a day of annual leave of P1 "
                    + "(leave.csv:2): this duty covers nothing in the period"
            ])
        // What ends before the period covers nothing of it anyhow.
        fixture.replace(
            "P1,2026-11-01T19:30,2026-11-02T08:00", with: "P1,2026-11-01T07:30,2026-11-01T20:00",
            in: "history.csv")
        #expect(try fixture.read().warnings.isEmpty)
    }

    @Test(
        "A night before the period of somebody who cannot do the role, or is not employed, covers nothing and is told"
    )
    func unfit() throws {
        var fixture = FolderFixture.good
        fixture["history.csv"] += "P3,2026-11-01T19:30,2026-11-02T08:00,,,,ED,rn\n"
        let covers = "this duty covers nothing in the period"
        #expect(
            try fixture.read().warnings.map(\.description) == [
                "history.csv:4: column 2 (start): \"2026-11-01 19:30\" is a day on which P3 is not employed: \(covers)"
            ])
        fixture.replace(",,2026-11-04,2026-11-13", with: ",,,", in: "people.csv")
        #expect(try fixture.read().warnings.isEmpty)
        for role in ["senior", "charge"] {
            fixture.replace(
                "P3,2026-11-01T19:30,2026-11-02T08:00,,,,ED,\(role == "senior" ? "rn" : "senior")",
                with: "P3,2026-11-01T19:30,2026-11-02T08:00,,,,ED,\(role)", in: "history.csv")
            #expect(
                try fixture.read().warnings.map(\.description) == [
                    "history.csv:4: column 8 (role): \"\(role)\" is no role that P3 can fill, by grade, markers and "
                        + "roles: \(covers)"
                ])
        }
    }

    static let mistakes = [
        Mistake(
            "skipped by the clocks", in: "history.csv",
            adding: "P2,2026-03-29T01:30,2026-03-29T08:00,,,,,",
            gives: """
                history.csv:4: column 2 (start): "2026-03-29T01:30" is skipped on 2026-03-29, when the \
                clocks go forward; accepted: a time before 01:00 or from 02:00
                """),
        Mistake(
            "repeated by the clocks", in: "history.csv",
            adding: "P2,2026-10-25T01:30,2026-10-25T08:00,,,,,",
            gives: """
                history.csv:4: column 2 (start): "2026-10-25T01:30" comes twice on 2026-10-25, when the \
                clocks go back; accepted: 2026-10-25T01:30+01:00 for the first or 2026-10-25T01:30+00:00 \
                for the second
                """),
        Mistake(
            "an offset that London does not have", in: "history.csv",
            adding: "P2,2026-07-25T01:30+00:00,2026-07-25T08:00,,,,,",
            gives: """
                history.csv:4: column 2 (start): "2026-07-25T01:30+00:00" has an offset that London does \
                not have then; accepted: 2026-07-25T02:30+01:00
                """),
        Mistake(
            "in the period", in: "history.csv",
            adding: "P2,2026-11-05T07:30,2026-11-05T20:00,,,,,",
            gives: """
                history.csv:4: column 2 (start): "2026-11-05T07:30" lies in or after the period; accepted: \
                a start before 2026-11-02; duties of the period stand in duties.csv
                """),
        Mistake(
            "0 hours", in: "history.csv",
            adding: "P2,2026-10-12T07:30,2026-10-12T07:30,,,,,",
            gives: """
                history.csv:4: column 3 (end): "2026-10-12T07:30" makes a duty of 0 h; accepted: after the \
                start and at most 24 h later
                """),
        Mistake(
            "over 24 hours", in: "history.csv",
            adding: "P2,2026-10-12T07:30,2026-10-13T08:30,,,,,",
            gives: """
                history.csv:4: column 3 (end): "2026-10-13T08:30" makes a duty of 25 h; accepted: after \
                the start and at most 24 h later
                """),
        Mistake(
            "two duties at once", in: "history.csv",
            adding: "P1,2026-10-24T20:30,2026-10-24T21:30,,,,,",
            gives: """
                history.csv:4: column 2 (start): "2026-10-24T20:30" begins before the duty of P1 in \
                history.csv:2 ends, 2026-10-25 08:00; accepted: one duty at a time
                """),
        Mistake(
            "on call without its hours", in: "history.csv",
            adding: "P2,2026-10-12T07:30,2026-10-12T20:30,,,on-call,,",
            gives: """
                history.csv:4: column 6 (kind): "on-call" needs to say how much of the time is paid and is \
                work; accepted: paid_hours and working_hours
                """),
        Mistake(
            "a unit without a role", in: "history.csv",
            adding: "P2,2026-10-12T07:30,2026-10-12T20:30,,,,ED,",
            gives: """
                history.csv:4: column 1 (person): "P2" has only one of unit and role in this row; \
                accepted: both, so that a duty that reaches into the period counts for cover, or neither
                """),
        Mistake(
            "negative hours", in: "history.csv",
            "12.5,,",
            becomes: "-12.5,,",
            gives: """
                history.csv:2: column 4 (paid_hours): "-12.5" is out of range; accepted: a number from 0 \
                to 48
                """),
        Mistake(
            "only a date", in: "history.csv",
            "2026-10-25T08:00",
            becomes: "2026-10-25",
            gives: """
                history.csv:2: column 3 (end): "2026-10-25" is not a local time; accepted: a time such as \
                2026-10-31T19:30
                """),
    ]

    @Test("Each mistake gives its one message", arguments: mistakes)
    func mistake(_ mistake: Mistake) throws { try mistake.check() }
}
