import Foundation
import PlainText
import Roster
import Testing

@testable import MusterFiles

@Suite("Shifts")
struct ShiftReaderTests {
    @Test("Lengths, and what is not stated")
    func shifts() throws {
        let scenario = try FolderFixture.good.read().scenario
        let day = try #require(scenario.shiftType("LD"))
        #expect(day.paid == PaidMinutes(690))
        #expect(day.working == WorkingMinutes(690))
        #expect(day.onSite && day.countsForCover && day.offered)
        #expect(scenario.shiftType("N")?.wallLength == 750)
        let study = try #require(scenario.shiftType("ST"))
        #expect(study.onSite && !study.countsForCover && !study.offered)
        let onCall = try #require(scenario.shiftType("OC"))
        #expect(onCall.wallLength == 1440)
        #expect(onCall.working == WorkingMinutes(240))
        #expect(!onCall.onSite && !onCall.countsForCover)
    }

    @Test("A shift cannot start at a time that the clocks skip on a day of the period")
    func skipped() throws {
        var folder = FolderFixture.small(from: "2026-03-23", days: 7)
        folder.replace("start: 07:30", with: "start: 01:30", in: "roster.yaml")
        #expect(
            try folder.faults() == [
                """
                roster.yaml:10:26: start: "01:30" is skipped on 2026-03-29, when the clocks go forward; \
                accepted: a time before 01:00 or from 02:00, or weekdays without that night
                """
            ])
        folder.replace("end: 15:30", with: "end: 15:30, weekdays: [mon]", in: "roster.yaml")
        #expect(try folder.faults() == [])
    }

    static let mistakes = [
        Mistake(
            "on call from home and on site", in: "roster.yaml",
            "kind: on-call, paid: 6", becomes: "kind: on-call, on-site: true, paid: 6",
            gives: """
                roster.yaml:31:65: on-site: "true" would let somebody who is at home cover hard rules; accepted: \
                false, or kind: resident-on-call
                """),
        Mistake(
            "0 hours", in: "roster.yaml",
            "start: 07:30, end: 20:00",
            becomes: "start: 07:30, end: 07:30",
            gives: """
                roster.yaml:28:52: end: "07:30" makes a shift of 0 h; accepted: more than 0 and at most 24 \
                h (24 h from 07:30 end at 31:30)
                """),
        Mistake(
            "25 hours", in: "roster.yaml",
            "end: 32:00",
            becomes: "end: 33:00",
            gives: """
                roster.yaml:31:34: end: "33:00" makes a shift of 25 h; accepted: more than 0 and at most \
                24 h (24 h from 08:00 end at 32:00)
                """),
        Mistake(
            "no time", in: "roster.yaml",
            "start: 07:30, end: 20:00",
            becomes: "start: 0730, end: 20:00",
            gives: """
                roster.yaml:28:40: start: "0730" is not a time of day; accepted: a time from 00:00 to \
                23:59, such as 07:30
                """),
        Mistake(
            "starts at 24:00", in: "roster.yaml",
            "start: 07:30, end: 20:00",
            becomes: "start: 24:00, end: 20:00",
            gives: """
                roster.yaml:28:40: start: "24:00" is not a time of day; accepted: a time from 00:00 to \
                23:59, such as 07:30
                """),
        Mistake(
            "breaks as long as the shift", in: "roster.yaml",
            "end: 20:00, breaks: [30, 30]",
            becomes: "end: 20:00, breaks: [720, 30]",
            gives: """
                roster.yaml:28:67: breaks: leave nothing of the shift; accepted: less than its 750 minutes
                """),
        Mistake(
            "more work than time", in: "roster.yaml",
            "paid: 7.5, working: 7.5",
            becomes: "paid: 7.5, working: 8.5",
            gives: """
                roster.yaml:30:88: working: "8.5" is more than the shift is long; accepted: at most 8 h
                """),
        Mistake(
            "unknown kind", in: "roster.yaml",
            "kind: study",
            becomes: "kind: studdy",
            gives: """
                roster.yaml:30:47: kind: "studdy" is not a kind of shift; accepted: on-call, \
                resident-on-call, study, work. Did you mean "study"?
                """),
        Mistake(
            "study that counts", in: "roster.yaml",
            "kind: study,",
            becomes: "kind: study, counts: true,",
            gives: """
                roster.yaml:30:62: counts: "true" would put study on the cover; accepted: false, or \
                another kind of shift
                """),
        Mistake(
            "on call without its hours", in: "roster.yaml",
            "paid: 6, working: 4",
            becomes: "paid: 6",
            gives: """
                roster.yaml:31:11: id: "OC" is on call from home and does not say how much of it is paid \
                and is work; accepted: paid and working, in hours
                """),
        Mistake(
            "reserved word", in: "roster.yaml",
            "{ id: ST, start",
            becomes: "{ id: off, start",
            gives: """
                roster.yaml:30:11: id: "off" is a word that preferences.csv uses; accepted: another id
                """),
        Mistake(
            "unknown weekday", in: "roster.yaml",
            "weekdays: [sat, sun] }",
            becomes: "weekdays: [sat, sunday] }",
            gives: """
                roster.yaml:31:93: weekdays: "sunday" is not a weekday; accepted: fri, mon, sat, sun, thu, \
                tue, wed
                """),
        Mistake(
            "unit nobody defines", in: "roster.yaml",
            "units: [ED], roles: [rn, senior]",
            becomes: "units: [EDD], roles: [rn, senior]",
            gives: """
                roster.yaml:29:81: units: "EDD" is not a unit of this roster; accepted: ED, SDEC. Did you \
                mean "ED"?
                """),
        Mistake(
            "starts with a formula sign", in: "roster.yaml",
            "{ id: ST, start",
            becomes: "{ id: =ST, start",
            gives: """
                roster.yaml:30:11: id: "=ST" begins with a sign that a spreadsheet would run as a formula; \
                accepted: an id of at most 64 letters, digits, ".", "_" or "-" that begins with a letter \
                or a digit
                """),
    ]

    @Test("Each mistake gives its one message", arguments: mistakes)
    func mistake(_ mistake: Mistake) throws { try mistake.check() }
}
