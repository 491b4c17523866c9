import Foundation
import PlainText
import Roster
import Testing

@testable import MusterFiles

@Suite("Who may do a pinned duty")
struct EligibilityTests {
    static let mistakes = [
        Mistake(
            "closed unit", in: "duties.csv",
            adding: "P1,2026-11-15,LD,senior,,,,pinned",
            gives: """
                duties.csv:5: column 2 (date): "2026-11-15" is a day on which the unit ED is closed; \
                accepted: a day on which it is open
                """),
        Mistake(
            "not employed", in: "duties.csv",
            adding: "P3,2026-11-03,LD,rn,,,,pinned",
            gives: """
                duties.csv:5: column 2 (date): "2026-11-03" is a day on which P3 is not employed here; \
                accepted: from 2026-11-04 until 2026-11-13
                """),
        Mistake(
            "no working day", in: "duties.csv",
            adding: "P2,2026-11-14,LD,rn,,,,pinned",
            gives: """
                duties.csv:5: column 2 (date): "2026-11-14" is a Saturday, on which P2 does not work; \
                accepted: mon, tue, wed, thu, fri
                """),
        Mistake(
            "another unit", in: "duties.csv",
            adding: "P2,2026-11-12,LD,rn,SDEC,,,pinned",
            gives: """
                duties.csv:5: column 1 (person): "P2" does not work on the unit SDEC; accepted: ED
                """),
        Mistake(
            "grade", in: "duties.csv",
            adding: "P3,2026-11-12,LD,senior,,,,pinned",
            gives: """
                duties.csv:5: column 4 (role): "senior" cannot be filled by P3, grade B5; accepted: a role \
                that this grade can fill
                """),
        Mistake(
            "role of this person", in: "duties.csv",
            adding: "P2,2026-11-12,LD,charge,,,,pinned",
            gives: """
                duties.csv:5: column 4 (role): "charge" is not one of the roles of P2; accepted: frail, rn
                """),
        Mistake(
            "barred marker", in: "duties.csv",
            adding: "P3,2026-11-12,LD,charge,,,,pinned",
            gives: """
                duties.csv:5: column 4 (role): "charge" is barred to P3, who is marked newly-qualified; \
                accepted: a role that is not barred
                """),
        Mistake(
            "skill out of date", in: "duties.csv",
            adding: "P2,2026-11-13,LD,frail,,,,pinned",
            gives: """
                duties.csv:5: column 4 (role): "frail" needs the skill frailty, which P2 does not hold in \
                date at MAIN; accepted: a person with frailty in date from 2026-11-13 to 2026-11-13 \
                (skills.csv)
                """),
        Mistake(
            "shift of another unit", in: "duties.csv",
            adding: "P1,2026-11-12,N,senior,SDEC,,,pinned",
            gives: """
                duties.csv:5: column 3 (shift): "N" is not used on the unit SDEC; accepted: a shift whose \
                units in roster.yaml name it
                """),
        Mistake(
            "shift of another role", in: "duties.csv",
            adding: "P2,2026-11-12,N,frail,,09:00,17:00,pinned",
            gives: """
                duties.csv:5: column 3 (shift): "N" is not worked in the role frail; accepted: rn, senior
                """),
        Mistake(
            "shift of another weekday", in: "duties.csv",
            adding: "P1,2026-11-12,OC,senior,,,,pinned",
            gives: """
                duties.csv:5: column 3 (shift): "OC" does not start on a Thursday; accepted: sat, sun
                """),
    ]

    @Test("Nobody is booked in a role that is barred to those who come that way")
    func barredBooking() throws {
        var folder = FolderFixture.good
        folder.replace(
            "barred: [newly-qualified]", with: "barred: [newly-qualified, agency]", in: "roster.yaml")
        folder["bookings.csv"] += "night@2026-11-04T20:00,X-18,2026-11-04,LD,ED,charge,,agency\n"
        #expect(
            try folder.faults() == [
                "bookings.csv:3: column 6 (role): \"charge\" is barred to who comes by agency; accepted: a role that is not barred"
            ])
    }

    @Test("Each mistake gives its one message", arguments: mistakes)
    func mistake(_ mistake: Mistake) throws { try mistake.check() }
}
