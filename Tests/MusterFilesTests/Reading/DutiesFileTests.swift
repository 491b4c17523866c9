import Foundation
import PlainText
import Roster
import Testing

@testable import MusterFiles

@Suite("duties.csv")
struct DutiesFileTests {
    @Test("A duty is its shift's, or has a start or end of its own")
    func duties() throws {
        let scenario = try FolderFixture.good.read().scenario
        let plain = try #require(scenario.pinned.first)
        #expect(plain.start.description == "2026-11-03T07:30+00:00")
        #expect(plain.paid == PaidMinutes(690))
        #expect(plain.source == .pinned)
        let late = try #require(scenario.pinned.last)
        #expect(late.start.description == "2026-11-05T20:00+00:00")
        #expect(late.end.description == "2026-11-06T08:00+00:00")
        #expect(late.paid == PaidMinutes(660))
        #expect(late.working == WorkingMinutes(660))
        let published = try #require(scenario.published.first)
        #expect(published.unit == "ED")
        #expect(published.source == .published)
    }

    @Test("A published duty may have been overtaken by leave")
    func publishedOnLeave() throws {
        var folder = FolderFixture.good
        folder["leave.csv"] += "P3,2026-11-06,2026-11-06,sickness,\n"
        #expect(try folder.faults() == [])
    }

    @Test("A start that the clocks skip or repeat is refused, and an offset settles the second")
    func clockChange() throws {
        var spring = FolderFixture.small(from: "2026-03-23", days: 14)
        spring["duties.csv"] = "person,date,shift,role,state,start\nP1,2026-03-29,E,rn,pinned,01:30\n"
        #expect(
            try spring.faults() == [
                """
                duties.csv:2: column 6 (start): "01:30" is skipped on 2026-03-29, when the clocks go forward; \
                accepted: a time before 01:00 or from 02:00
                """
            ])
        var autumn = FolderFixture.small(from: "2026-10-19", days: 14)
        autumn["duties.csv"] = "person,date,shift,role,state,start\nP1,2026-10-25,E,rn,pinned,01:30\n"
        #expect(
            try autumn.faults() == [
                """
                duties.csv:2: column 6 (start): "01:30" comes twice on 2026-10-25, when the clocks go back; \
                accepted: 2026-10-25T01:30+01:00 for the first or 2026-10-25T01:30+00:00 for the second
                """
            ])
        autumn.replace(",01:30", with: ",2026-10-25T01:30+00:00", in: "duties.csv")
        let duty = try #require(try autumn.read().scenario.pinned.first)
        #expect(duty.elapsed == ElapsedMinutes(14 * 60))
    }

    static let mistakes = [
        Mistake(
            "date outside the period", in: "duties.csv",
            "P3,2026-11-06",
            becomes: "P3,2026-12-06",
            gives: """
                duties.csv:4: column 2 (date): "2026-12-06" lies outside the period; accepted: a date from \
                2026-11-02 to 2026-11-15
                """),
        Mistake(
            "state nobody knows", in: "duties.csv",
            "published",
            becomes: "publish",
            gives: """
                duties.csv:4: column 8 (state): "publish" is not a state of a duty; accepted: pinned, \
                published. Did you mean "published"?
                """),
        Mistake(
            "pinned on leave", in: "duties.csv",
            adding: "P1,2026-11-03,LD,senior,,,,pinned",
            gives: """
                duties.csv:5: column 2 (date): "2026-11-03" is a day of annual leave of P1 (leave.csv:2); \
                accepted: a pinned duty outside leave
                """),
        Mistake(
            "two pinned duties at once", in: "duties.csv",
            adding: "P1,2026-11-06,LD,senior,,,,pinned",
            gives: """
                duties.csv:5: column 2 (date): "2026-11-06" begins before the duty of P1 in duties.csv:3 \
                ends, 2026-11-06 08:00; accepted: one duty at a time
                """),
        Mistake(
            "two pinned duties on one day", in: "duties.csv",
            adding: "P1,2026-11-05,LD,senior,,12:00,13:00,pinned",
            gives: """
                duties.csv:3: column 2 (date): "2026-11-05" is a day on which P1 has another duty that stands, \
                in duties.csv:5; accepted: one duty a person and day, its hours written together
                """),
        Mistake(
            "two published duties at once", in: "duties.csv",
            adding: "P3,2026-11-06,LD,rn,,,,published",
            gives: """
                duties.csv:5: column 2 (date): "2026-11-06" begins before the duty of P3 in duties.csv:4 \
                ends, 2026-11-06 20:00; accepted: one duty at a time
                """),
        Mistake(
            "pinned while the history lasts", in: "duties.csv",
            adding: "P2,2026-11-02,LD,rn,,,,pinned",
            gives: """
                duties.csv:5: column 2 (date): "2026-11-02" begins before the duty of P2 in history.csv:3 \
                ends, 2026-11-02 08:00; accepted: one duty at a time
                """),
        Mistake(
            "shift nobody defines", in: "duties.csv",
            "2026-11-06,LD",
            becomes: "2026-11-06,LL",
            gives: """
                duties.csv:4: column 3 (shift): "LL" is not a shift of this roster; accepted: LD, N, OC, \
                ST. Did you mean "LD"?
                """),
        Mistake(
            "over 24 hours", in: "duties.csv",
            "2026-11-06,LD,rn,,,",
            becomes: "2026-11-06,LD,rn,,,2026-11-07T08:00",
            gives: """
                duties.csv:4: column 7 (end): "2026-11-07T08:00" makes a duty of 24.5 h; accepted: after \
                the start and at most 24 h later
                """),
        Mistake(
            "starts on another day", in: "duties.csv",
            "2026-11-06,LD,rn,,,",
            becomes: "2026-11-06,LD,rn,,2026-11-07T08:00,",
            gives: """
                duties.csv:4: column 6 (start): "2026-11-07T08:00" is not on the date of the duty; \
                accepted: a time on 2026-11-06
                """),
        Mistake(
            "no time", in: "duties.csv",
            ",20:00,",
            becomes: ",8pm,",
            gives: """
                duties.csv:3: column 6 (start): "8pm" is not a local time; accepted: a time such as 19:30, \
                or 2026-11-05T19:30
                """),
    ]

    @Test("Each mistake gives its one message", arguments: mistakes)
    func mistake(_ mistake: Mistake) throws { try mistake.check() }
}
