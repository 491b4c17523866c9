import Foundation
import PlainText
import Roster
import Testing

@testable import MusterFiles

@Suite("Cover rules")
struct CoverReaderTests {
    @Test("What each kind of rule asks for")
    func rules() throws {
        let scenario = try FolderFixture.good.read().scenario
        let senior = try #require(scenario.coverRule("senior"))
        let formula = SeniorFormula(
            floor: 1, minutesByStream: ["resus": 20, "minors": 1.5], productiveShare: 0.7)
        #expect(senior.requirement == .arrivals(formula))
        #expect(senior.hard)
        #expect(senior.name == "senior")
        let frailty = try #require(scenario.coverRule("frailty"))
        #expect(frailty.hard)
        #expect(frailty.weeklyMinimum == ElapsedMinutes(hours: 70))
        #expect(frailty.counted == Counted(roles: ["frail"], skills: ["frailty"]))
        #expect(scenario.coverRule("rn")?.requirement == .demand)
        #expect(scenario.coverRule("rn")?.risk == 2)
        #expect(scenario.coverRule("rn")?.hard == false)
        let night = try #require(scenario.coverRule("night"))
        #expect(night.requirement == .heads(minimum: 1, target: 2, maximum: 4))
        #expect(night.toMinute == 31 * 60 + 30)
        #expect(night.weekdays == [.monday, .tuesday])
        let cap = try #require(scenario.coverRule("agency-cap"))
        #expect(cap.requirement == .atMost(percent: 50, whole: Counted(roles: ["rn"])))
    }

    static let mistakes = [
        Mistake(
            "nothing asked for", in: "roster.yaml",
            "    demand: true\n",
            becomes: "",
            gives: """
                roster.yaml:47:9: id: "rn" does not say how many; accepted: exactly one of heads, demand, \
                arrivals, at-least, at-most
                """),
        Mistake(
            "two requirements", in: "roster.yaml",
            "demand: true",
            becomes: """
                demand: true
                    heads: { minimum: 1 }
                """,
            gives: """
                roster.yaml:47:9: id: "rn" has heads and demand; accepted: exactly one of heads, demand, \
                arrivals, at-least, at-most
                """),
        Mistake(
            "demand that is not", in: "roster.yaml",
            "demand: true",
            becomes: "demand: false",
            gives: """
                roster.yaml:50:13: demand: "false" is not accepted here; accepted: true
                """),
        Mistake(
            "hard rule that may ask for nobody", in: "roster.yaml",
            "floor: 1",
            becomes: "floor: 0",
            gives: """
                roster.yaml:37:24: floor: "0" lets a hard rule ask for nobody; accepted: 1 or more
                """),
        Mistake(
            "target below minimum", in: "roster.yaml",
            "minimum: 1, target: 2",
            becomes: "minimum: 3, target: 2",
            gives: """
                roster.yaml:58:34: target: "2" is less than the minimum; accepted: 3 or more
                """),
        Mistake(
            "maximum below target", in: "roster.yaml",
            "maximum: 4",
            becomes: "maximum: 1",
            gives: """
                roster.yaml:58:46: maximum: "1" is less than what is asked for; accepted: 2 or more
                """),
        Mistake(
            "hard for nobody", in: "roster.yaml",
            "minimum: 1, target: 2",
            becomes: "minimum: 0, target: 2",
            gives: """
                roster.yaml:58:23: minimum: "0" asks for nobody in a hard rule; accepted: 1 or more
                """),
        Mistake(
            "hard without roles", in: "roster.yaml",
            "who: { roles: [rn] }",
            becomes: "who: { grades: [B5] }",
            gives: """
                roster.yaml:54:10: who: names no role, but a hard rule counts people who are placed in a \
                role; accepted: roles: [...]
                """),
        Mistake(
            "named purpose declared soft", in: "roster.yaml",
            "purpose: frailty-in-reach",
            becomes: """
                purpose: frailty-in-reach
                    hard: false
                """,
            gives: """
                roster.yaml:41:11: hard: "false" cannot be: cover for frailty-in-reach is always hard; \
                accepted: true, or no key hard at all
                """),
        Mistake(
            "unknown purpose", in: "roster.yaml",
            "purpose: frailty-in-reach",
            becomes: "purpose: frailty",
            gives: """
                roster.yaml:40:14: purpose: "frailty" is not a purpose; accepted: frailty-in-reach, \
                general, senior-decision-maker
                """),
        Mistake(
            "percent over 100", in: "roster.yaml",
            "percent: 50",
            becomes: "percent: 500",
            gives: """
                roster.yaml:63:25: percent: "500" is out of range; accepted: a whole number from 0 to 100
                """),
        Mistake(
            "share with a purpose", in: "roster.yaml",
            "- id: agency-cap",
            becomes: """
                - id: agency-cap
                    weekly-hours: 10
                """,
            gives: """
                roster.yaml:60:9: id: "agency-cap" asks for a share, which cannot be hard, serve a \
                purpose or count weekly hours; accepted: heads, demand or arrivals
                """),
        Mistake(
            "hard share", in: "roster.yaml",
            "- id: agency-cap",
            becomes: """
                - id: agency-cap
                    hard: true
                """,
            gives: """
                roster.yaml:60:9: id: "agency-cap" asks for a share, which cannot be hard, serve a \
                purpose or count weekly hours; accepted: heads, demand or arrivals
                """),
        Mistake(
            "no productive share", in: "roster.yaml",
            "productive-share: 0.7",
            becomes: "productive-share: 0",
            gives: """
                roster.yaml:37:82: productive-share: "0" is out of range; accepted: a number from 0.01 to \
                1
                """),
        Mistake(
            "more hours than a week has", in: "roster.yaml",
            "weekly-hours: 70",
            becomes: "weekly-hours: 170",
            gives: """
                roster.yaml:46:19: weekly-hours: "170" is out of range; accepted: a number from 0 to 168
                """),
        Mistake(
            "role nobody defines", in: "roster.yaml",
            "who: { roles: [rn, charge] }",
            becomes: "who: { roles: [rm, charge] }",
            gives: """
                roster.yaml:49:20: roles: "rm" is not a role of this roster; accepted: charge, frail, rn, \
                senior. Did you mean "rn"?
                """),
        Mistake(
            "unit nobody defines", in: "roster.yaml",
            """
            - id: rn
                unit: ED
            """,
            becomes: """
                - id: rn
                    unit: SDEK
                """,
            gives: """
                roster.yaml:48:11: unit: "SDEK" is not a unit of this roster; accepted: ED, SDEC. Did you \
                mean "SDEC"?
                """),
        Mistake(
            "risk that is no number", in: "roster.yaml",
            "risk: 2",
            becomes: "risk: high",
            gives: """
                roster.yaml:51:11: risk: "high" is not a whole number; accepted: a whole number from 1 to \
                100
                """),
        Mistake(
            "negative minutes", in: "roster.yaml",
            "minors: 1.5",
            becomes: "minors: -1.5",
            gives: """
                roster.yaml:37:57: minors: "-1.5" is out of range; accepted: a number from 0 to 1440
                """),
    ]

    @Test("Each mistake gives its one message", arguments: mistakes)
    func mistake(_ mistake: Mistake) throws { try mistake.check() }
}
