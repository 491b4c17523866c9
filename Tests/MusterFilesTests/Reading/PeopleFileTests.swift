import Foundation
import PlainText
import Roster
import Testing

@testable import MusterFiles

@Suite("people.csv and skills.csv")
struct PeopleFileTests {
    @Test("A person is read with skills and what the unit says")
    func people() throws {
        let scenario = try FolderFixture.good.read().scenario
        let senior = try #require(scenario.person("P1"))
        #expect(senior.name == "Abara, Ife")
        #expect(senior.organisation == "NORTH")
        #expect(senior.otherUnits == ["SDEC"])
        #expect(senior.paidPerWeek == PaidMinutes(2400))
        #expect(senior.optedOut)
        let nurse = try #require(scenario.person("P2"))
        #expect(nurse.paidPerWeek == PaidMinutes(2250))
        #expect(nurse.roles == ["rn", "frail"])
        #expect(nurse.workingDays == [.monday, .tuesday, .wednesday, .thursday, .friday])
        #expect(
            nurse.competencies == [
                Competency(
                    skill: "frailty", from: day("2025-01-01"), expiry: day("2026-11-12"), sites: ["MAIN"])
            ])
        let leaver = try #require(scenario.person("P3"))
        #expect(leaver.starts == day("2026-11-04"))
        #expect(leaver.leaves == day("2026-11-13"))
        #expect(leaver.markers == ["newly-qualified"])
        #expect(!leaver.optedOut)
    }

    @Test("A file without people is a fault")
    func nobody() throws {
        var folder = FolderFixture.small()
        folder["people.csv"] = "id,name,unit,grade,contract,hours_per_week\n"
        #expect(try folder.faults() == ["people.csv: has no rows; accepted: a row for each person"])
    }

    static let mistakes = [
        Mistake(
            "duplicate person", in: "people.csv",
            adding: "P2,Dee Fox,ED,,B5,AFC,30,,,,,,",
            gives: """
                people.csv:5: column 1 (id): "P2" is defined twice, first in line 3; accepted: each id \
                once
                """),
        Mistake(
            "id that a spreadsheet would run", in: "people.csv",
            adding: "=P4,Dee Fox,ED,,B5,AFC,30,,,,,,",
            gives: """
                people.csv:5: column 1 (id): "=P4" begins with a sign that a spreadsheet would run as a \
                formula; accepted: an id of at most 64 letters, digits, ".", "_" or "-" that begins with a \
                letter or a digit
                """),
        Mistake(
            "id with a plus", in: "people.csv",
            adding: "+P4,Dee Fox,ED,,B5,AFC,30,,,,,,",
            gives: """
                people.csv:5: column 1 (id): "+P4" begins with a sign that a spreadsheet would run as a \
                formula; accepted: an id of at most 64 letters, digits, ".", "_" or "-" that begins with a \
                letter or a digit
                """),
        Mistake(
            "id with a minus", in: "people.csv",
            adding: "-P4,Dee Fox,ED,,B5,AFC,30,,,,,,",
            gives: """
                people.csv:5: column 1 (id): "-P4" begins with a sign that a spreadsheet would run as a \
                formula; accepted: an id of at most 64 letters, digits, ".", "_" or "-" that begins with a \
                letter or a digit
                """),
        Mistake(
            "id with an at sign", in: "people.csv",
            adding: "@P4,Dee Fox,ED,,B5,AFC,30,,,,,,",
            gives: """
                people.csv:5: column 1 (id): "@P4" begins with a sign that a spreadsheet would run as a \
                formula; accepted: an id of at most 64 letters, digits, ".", "_" or "-" that begins with a \
                letter or a digit
                """),
        Mistake(
            "empty name", in: "people.csv",
            "P3,Cal Moss",
            becomes: "P3,",
            gives: """
                people.csv:4: column 2 (name): is empty; accepted: a value
                """),
        Mistake(
            "grade nobody defines", in: "people.csv",
            "ED,,B5,AFC,30",
            becomes: "ED,,B55,AFC,30",
            gives: """
                people.csv:4: column 5 (grade): "B55" is not a grade of this roster; accepted: B5, B6, \
                CON. Did you mean "B5"?
                """),
        Mistake(
            "unit nobody defines", in: "people.csv",
            "Cal Moss,ED",
            becomes: "Cal Moss,DE",
            gives: """
                people.csv:4: column 3 (unit): "DE" is not a unit of this roster; accepted: ED, SDEC. Did \
                you mean "ED"?
                """),
        Mistake(
            "contract nobody defines", in: "people.csv",
            "B5,AFC,30",
            becomes: "B5,AFT,30",
            gives: """
                people.csv:4: column 6 (contract): "AFT" is not a contract of this roster; accepted: AFC, \
                BANK. Did you mean "AFC"?
                """),
        Mistake(
            "more hours than anybody works", in: "people.csv",
            "AFC,30",
            becomes: "AFC,81",
            gives: """
                people.csv:4: column 7 (hours_per_week): "81" is out of range; accepted: a number from 0 \
                to 80
                """),
        Mistake(
            "negative hours", in: "people.csv",
            "AFC,30",
            becomes: "AFC,-30",
            gives: """
                people.csv:4: column 7 (hours_per_week): "-30" is out of range; accepted: a number from 0 \
                to 80
                """),
        Mistake(
            "opt-out word", in: "people.csv",
            "40,yes",
            becomes: "40,signed",
            gives: """
                people.csv:2: column 8 (opt_out): "signed" is neither true nor false; accepted: true, yes, \
                false, no
                """),
        Mistake(
            "role out of reach of the grade", in: "people.csv",
            "no,rn;frail",
            becomes: "no,rn;frail;senior",
            gives: """
                people.csv:3: column 9 (roles): "senior" is a role that grade B6 cannot fill; accepted: \
                CON
                """),
        Mistake(
            "marker nobody defines", in: "people.csv",
            "newly-qualified",
            becomes: "newly-qualfied",
            gives: """
                people.csv:4: column 10 (markers): "newly-qualfied" is not a marker of this roster; \
                accepted: agency, newly-qualified. Did you mean "newly-qualified"?
                """),
        Mistake(
            "working day", in: "people.csv",
            "mon;tue;wed",
            becomes: "mon;tue;wednesday",
            gives: """
                people.csv:3: column 11 (working_days): "wednesday" is not a weekday; accepted: fri, mon, \
                sat, sun, thu, tue, wed
                """),
        Mistake(
            "leaves before starting", in: "people.csv",
            "2026-11-04,2026-11-13",
            becomes: "2026-11-04,2026-11-03",
            gives: """
                people.csv:4: column 13 (leaves): "2026-11-03" lies before starts; accepted: 2026-11-04 or \
                a later date
                """),
        Mistake(
            "a cell short", in: "people.csv",
            "newly-qualified,,2026-11-04,2026-11-13",
            becomes: "newly-qualified,,2026-11-04",
            gives: """
                people.csv:4: has 12 cells; accepted: 13 cells, as in the header
                """),
        Mistake(
            "skill nobody defines", in: "skills.csv",
            "P2,frailty",
            becomes: "P2,fraility",
            gives: """
                skills.csv:2: column 2 (skill): "fraility" is not a skill of this roster; accepted: \
                frailty. Did you mean "frailty"?
                """),
        Mistake(
            "skill of nobody", in: "skills.csv",
            "P2,frailty",
            becomes: "P9,frailty",
            gives: """
                skills.csv:2: column 1 (person): "P9" is not the id of a person in people.csv; accepted: \
                P1, P2, P3. Did you mean "P1"?
                """),
        Mistake(
            "site nobody defines", in: "skills.csv",
            "MAIN",
            becomes: "MIAN",
            gives: """
                skills.csv:2: column 5 (sites): "MIAN" is not a site of this roster; accepted: MAIN. Did \
                you mean "MAIN"?
                """),
        Mistake(
            "expires before it begins", in: "skills.csv",
            "2025-01-01",
            becomes: "2027-01-01",
            gives: """
                skills.csv:2: column 4 (expiry): "2026-11-12" lies before from; accepted: 2027-01-01 or a \
                later date
                """),
    ]

    @Test("Each mistake gives its one message", arguments: mistakes)
    func mistake(_ mistake: Mistake) throws { try mistake.check() }
}
