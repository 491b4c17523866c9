import Foundation
import PlainText
import Roster
import Testing

@testable import MusterFiles

@Suite("roster.yaml")
struct RosterFileTests {
    static let mistakes = [
        Mistake(
            "another version", in: "roster.yaml",
            "muster: 1",
            becomes: "muster: 2",
            gives: """
                roster.yaml:1:9: muster: "2" is not a version of the roster format that this program \
                reads; accepted: 1
                """),
        Mistake(
            "unknown key", in: "roster.yaml",
            "plan-quantile: 0.8",
            becomes: "plan-quantil: 0.8",
            gives: """
                roster.yaml:4:1: "plan-quantil" is no key of this mapping; accepted: muster, name, period, \
                organisations, sites, units, grades, roles, contracts, shifts, cover, plan-quantile, \
                skills, markers, rules, weights. Did you mean "plan-quantile"?
                """),
        Mistake(
            "missing key", in: "roster.yaml",
            "name: \"Test department (invented)\"\n",
            becomes: "",
            gives: """
                roster.yaml:1:1: lacks the required key name; accepted: muster, name, period, \
                organisations, sites, units, grades, roles, contracts, shifts, cover, plan-quantile, \
                skills, markers, rules, weights
                """),
        Mistake(
            "plan quantile out of range", in: "roster.yaml",
            "plan-quantile: 0.8",
            becomes: "plan-quantile: 1",
            gives: """
                roster.yaml:4:16: plan-quantile: "1" is out of range; accepted: a number from 0.01 to 0.99
                """),
        Mistake(
            "no such date", in: "roster.yaml",
            "from: 2026-11-02, days",
            becomes: "from: 2026-02-30, days",
            gives: """
                roster.yaml:3:17: from: "2026-02-30" is not a date; accepted: a date as year-month-day, \
                such as 2026-10-25
                """),
        Mistake(
            "no days", in: "roster.yaml",
            "days: 14",
            becomes: "days: 0",
            gives: """
                roster.yaml:3:35: days: "0" is out of range; accepted: a whole number from 1 to 366
                """),
        Mistake(
            "days of the wrong type", in: "roster.yaml",
            "days: 14",
            becomes: "days: [14]",
            gives: """
                roster.yaml:3:35: days: is a list; accepted: a whole number
                """),
        Mistake(
            "duplicate unit", in: "roster.yaml",
            "- { id: SDEC, site: MAIN }",
            becomes: """
                - { id: SDEC, site: MAIN }
                  - { id: SDEC, site: MAIN }
                """,
            gives: """
                roster.yaml:12:11: id: "SDEC" is defined twice, first in line 11; accepted: each id once
                """),
        Mistake(
            "organisation nobody defines", in: "roster.yaml",
            "organisation: NORTH }",
            becomes: "organisation: NORHT }",
            gives: """
                roster.yaml:8:50: organisation: "NORHT" is not an organisation of this roster; accepted: \
                NORTH. Did you mean "NORTH"?
                """),
        Mistake(
            "site nobody defines", in: "roster.yaml",
            "id: SDEC, site: MAIN",
            becomes: "id: SDEC, site: MIAN",
            gives: """
                roster.yaml:11:23: site: "MIAN" is not a site of this roster; accepted: MAIN. Did you mean \
                "MAIN"?
                """),
        Mistake(
            "closure that ends before it begins", in: "roster.yaml",
            "to: 2026-11-15 }]",
            becomes: "to: 2026-11-14 }]",
            gives: """
                roster.yaml:10:90: to: "2026-11-14" lies before from; accepted: 2026-11-15 or a later date
                """),
        Mistake(
            "staff group", in: "roster.yaml",
            "name: \"Consultant\", group: medical",
            becomes: "name: \"Consultant\", group: medicine",
            gives: """
                roster.yaml:13:43: group: "medicine" is not a staff group; accepted: medical, other, \
                registered, therapy, unregistered
                """),
        Mistake(
            "role no grade can fill", in: "roster.yaml",
            "- { id: senior, group: medical, grades: [CON] }",
            becomes: """
                - { id: senior, group: medical, grades: [CON] }
                  - { id: porter, group: other, grades: [] }
                """,
            gives: """
                roster.yaml:21:11: id: "porter" is a role that no grade can fill; accepted: at least one \
                grade in grades
                """),
        Mistake(
            "grade that is usual and substitute", in: "roster.yaml",
            "grades: [B5], substitutes: [B6]",
            becomes: "grades: [B5], substitutes: [B5, B6]",
            gives: """
                roster.yaml:22:61: substitutes: names the grade B5, which is a usual grade of this role \
                already; accepted: each grade in grades or in substitutes
                """),
        Mistake(
            "grade nobody defines", in: "roster.yaml",
            "grades: [B5], substitutes: [B6]",
            becomes: "grades: [B55], substitutes: [B6]",
            gives: """
                roster.yaml:22:43: grades: "B55" is not a grade of this roster; accepted: B5, B6, CON. Did \
                you mean "B5"?
                """),
        Mistake(
            "skill nobody defines", in: "roster.yaml",
            "grades: [B6], skills: [frailty]",
            becomes: "grades: [B6], skills: [frality]",
            gives: """
                roster.yaml:21:60: skills: "frality" is not a skill of this roster; accepted: frailty. Did \
                you mean "frailty"?
                """),
        Mistake(
            "marker nobody defines", in: "roster.yaml",
            "barred: [newly-qualified]",
            becomes: "barred: [newly-qualifed]",
            gives: """
                roster.yaml:23:80: barred: "newly-qualifed" is not a marker of this roster; accepted: \
                agency, newly-qualified. Did you mean "newly-qualified"?
                """),
        Mistake(
            "weight nobody knows", in: "roster.yaml",
            "weights: { wish: 25 }",
            becomes: "weights: { wishes: 25 }",
            gives: """
                roster.yaml:64:12: "wishes" is no key of this mapping; accepted: shortage-hour, \
                surplus-hour, wish, hours-over, hours-under, night-fairness, weekend-fairness, \
                wish-fairness, substitution, disruption, share-hour, policy-breach. Did you mean "wish"?
                """),
        Mistake(
            "negative weight", in: "roster.yaml",
            "weights: { wish: 25 }",
            becomes: "weights: { wish: -25 }",
            gives: """
                roster.yaml:64:18: wish: "-25" is out of range; accepted: a whole number from 0 to 100000
                """),
    ]

    @Test("Each mistake gives its one message", arguments: mistakes)
    func mistake(_ mistake: Mistake) throws { try mistake.check() }
}
