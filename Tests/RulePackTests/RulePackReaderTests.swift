import Foundation
import PlainText
import Roster
import Testing

@testable import RulePack

@Suite struct RulePackReaderTests {
    @Test func readsARuleWithAllItsKeys() throws {
        let (pack, faults) = read(
            """
            pack: ward
            title: Ward
            version: "2"
            tests:
              late: { starts-from: 12:00, weekdays: [mon, sun], shifts: [L, LX] }
            rules:
              - id: W-1
                title: "At most {maximum} in a row, then {rest}."
                source: "Agreed"
                trust: second-hand
                effective: 2026-01-05
                until: 2026-12-31
                class: policy
                reach: line
                enforcement: soft
                weight: 7
                kind: run-maximum
                set: { of: late, maximum: 3, rest: 1 h 30 min, rest-from: 2 }
            """)
        #expect(faults.isEmpty)
        let late = DutyTest(
            name: "late", startsFrom: ClockTime(minute: 720), weekdays: [.monday, .sunday],
            shifts: ["L", "LX"])
        let rule = try #require(pack?.rules.first)
        #expect(
            rule
                == Rule(
                    id: "W-1", title: "At most {maximum} in a row, then {rest}.", source: "Agreed",
                    trust: .secondHand, effective: try #require(Day("2026-01-05")), until: Day("2026-12-31"),
                    classification: .policy, reach: .line, enforcement: .soft(weight: 7),
                    kind: .runMaximum(of: late, maximum: 3, rest: ElapsedMinutes(90), restFrom: 2)))
        #expect(rule.title == "At most 3 in a row, then 1.5 h.")
        #expect(pack?.version == "2")
    }

    /// Every kind is read from a pack.
    @Test(arguments: [
        ("rest-between", "{ minimum: 11 h }", "restBetween"),
        ("rest-within", "{ patterns: [ { rest: 24 h, count: 1, days: 7 } ] }", "restWithin"),
        ("mean-week", "{ maximum: 48 h, weeks: 17 }", "meanWeek"),
        ("night-worker-mean", "{ maximum: 8 h, night: t, nights: 3, weeks: 17 }", "nightWorkerMean"),
        ("rolling-hours", "{ maximum: 72 h, window: 168 h }", "rollingHours"),
        ("duty-length", "{ maximum: 13 h, of: { name: x, longer-than: 2 h } }", "dutyLength"),
        ("run-maximum", "{ maximum: 4 }", "runMaximum"),
        ("rest-after-run", "{ of: t, minimum: 46 h }", "restAfterRun"),
        ("run-minimum", "{ worked: 2 }", "runMinimum"),
        ("off-minimum", "{ days: 2 }", "offMinimum"),
        ("weekends", "{ maximum: 1, out-of: 2, from-saturday: 00:01 }", "weekends"),
        ("weekend-total", "{ maximum: 2 }", "weekendTotal"),
        ("count-within", "{ of: any, maximum: 3, days: 7 }", "countWithin"),
        ("succession", "{ first: t, second: any }", "succession"),
        ("no-mix-in-week", "{ first: t, second: any }", "noMixInWeek"),
        ("next-day-maximum", "{ after: t, working: 10 h }", "nextDayMaximum"),
        ("out-of-hours-share", "{ percent: 40, plain: { from: 07:00, to: 21:00 } }", "outOfHoursShare"),
        ("total-paid", "{ minimum: 10 h, maximum: 20 h }", "totalPaid"),
        ("shift-totals", "{ totals: { N: 4, LD: 8 } }", "shiftTotals"),
        (
            "programmed-activities",
            "{ maximum: 12.5, plain-minutes: 4 h, premium-minutes: 3 h, plain: { from: 07:00, to: 19:00 } }",
            "programmedActivities"
        ),
        ("breaks", "{ breaks: [ { longer-than: 6 h, count: 1, minutes: 20 min } ] }", "breaks"),
        ("on-call-duplicate", nil, "onCallDuplicate"), ("described", nil, "described"),
    ])
    func everyKindIsReadAndStatedAgain(kind: String, set: String?, name: String) throws {
        let (pack, faults) = read(onRule(kind: kind, set: set))
        #expect(faults.isEmpty)
        let read = try #require(pack?.rules.first?.kind)
        #expect(String(describing: read).hasPrefix(name))
        #expect(read.name == kind)
        #expect(try RuleKind(kind, read.parameters) == read)
    }

    @Test func everyKindHasAForm() { #expect(RuleKind.forms.count == 23) }

    @Test func anUnknownKindHasItsPlaceAndASuggestion() {
        let faults = read(onRule(kind: "duty-lenght", set: "{ maximum: 13 h }")).faults
        #expect(faults.count == 1)
        #expect(
            faults[0].hasPrefix(
                "pack.yaml:15:11: kind: \"duty-lenght\" is not a kind of rule; accepted: breaks,"))
        #expect(faults[0].hasSuffix("Did you mean \"duty-length\"?"))
    }

    @Test(arguments: [
        (
            "{ maximum: 13 h, minimum: 1 h }",
            "pack.yaml:16:27: \"minimum\" is no key of this mapping; accepted: maximum, of. Did you mean \"maximum\"?"
        ),
        ("{ of: any }", "pack.yaml:16:10: set: lacks the required key maximum; accepted: maximum, of"),
        (
            "{ maximum: 13 }",
            "pack.yaml:16:21: maximum: \"13\" is not accepted here; accepted: a length of time in h and min, such as 11 h, 30 min or 1 h 30 min"
        ),
        (
            "{ maximum: 9000 h }",
            "pack.yaml:16:21: maximum: \"9000 h\" is out of range; accepted: 0 h to 8784 h"
        ),
        (
            "{ maximum: 13 h, of: nigth }",
            "pack.yaml:16:31: of: \"nigth\" is not a test of this pack; accepted: any, night, t. Did you mean \"night\"?"
        ),
        (
            "{ maximum: 13 h, of: { name: x, inside-at-least: 3 h } }",
            "pack.yaml:16:59: inside-at-least: \"3 h\" is given without inside; accepted: inside: { from: 23:00, to: 06:00 } beside it"
        ),
        (nil, "pack.yaml:15:11: kind: \"duty-length\" needs parameters under set; accepted: maximum"),
    ])
    func wrongParametersHaveTheirPlace(set: String?, message: String) {
        let (pack, faults) = read(onRule(kind: "duty-length", set: set))
        #expect(pack == nil)
        #expect(faults == [message])
    }

    /// Hours that may be missed at a cost are the contract's.
    @Test func aTotalOfPaidTimeIsNeverSoft() {
        let set = "{ minimum: 10 h, maximum: 20 h }"
        let (pack, faults) = read(
            onRule(kind: "total-paid", set: set, class: "policy", enforcement: "soft\n    weight: 4"))
        #expect(pack == nil && faults.count == 1)
        #expect(faults.first?.contains("is not possible for total-paid; accepted: hard or off") == true)
        let (hard, none) = read(onRule(kind: "total-paid", set: set, class: "policy", enforcement: "hard"))
        #expect(hard != nil && none.isEmpty)
    }

    @Test(arguments: RuleClass.allCases, ["soft\n    weight: 4", "off"])
    func onlyPolicyAndWishCanBeSoftOrOff(classification: RuleClass, enforcement: String) {
        let text = onRule(
            kind: "described", set: nil, class: classification.rawValue, enforcement: enforcement)
        let (pack, faults) = read(text)
        if classification == .policy || classification == .wish {
            #expect(pack != nil)
            #expect(faults.isEmpty)
        } else {
            #expect(pack == nil)
            #expect(faults.count == 1)
            #expect(
                faults[0].contains("is not possible for a \(classification.rawValue) rule; accepted: hard;"))
        }
    }

    @Test(arguments: [
        ("soft", "needs a weight"), ("hard\n    weight: 4", "is given without enforcement: soft"),
        ("soft\n    weight: 0", "is out of range"), ("softly", "Did you mean \"soft\"?"),
    ])
    func aWeightGoesWithSoft(enforcement: String, message: String) {
        let (pack, faults) = read(
            onRule(kind: "described", set: nil, class: "policy", enforcement: enforcement))
        #expect(pack == nil)
        #expect(faults.count == 1)
        #expect(faults[0].contains(message))
    }

    @Test func aTitleNamesOnlyParametersThatThereAre() {
        let text = onRule(kind: "weekend-total", set: "{ maximum: 2 }")
            .replacingOccurrences(of: "\"A rule.\"", with: "\"At most {most}.\"")
        let (pack, faults) = read(text)
        #expect(pack == nil)
        #expect(faults.count == 1)
        #expect(faults[0].hasPrefix("pack.yaml:9:12: title: "))
        #expect(faults[0].hasSuffix("accepted: {maximum}"))
    }

    @Test func allFaultsComeInOneRun() {
        let text = onRule(kind: "described", set: nil, class: "low", enforcement: "never")
            .replacingOccurrences(of: "effective: 2026-01-01", with: "effective: 2026-02-30")
            .replacingOccurrences(of: "reach: line", with: "reach: far")
        #expect(read(text).faults.count == 4)
    }

    @Test func twoRulesOfOneIdMayFollowEachOtherButNotOverlap() throws {
        let old = onRule(kind: "weekend-total", set: "{ maximum: 2 }")
        let item = try #require(old.range(of: "  - id:")).lowerBound
        func pair(until: String, from: String) -> String {
            old + "\n    until: \(until)\n"
                + old[item...].replacingOccurrences(of: "2026-01-01", with: from)
        }
        #expect(read(pair(until: "2026-05-31", from: "2026-06-01")).pack?.rules.count == 2)
        let (pack, faults) = read(pair(until: "2026-06-01", from: "2026-06-01"))
        #expect(pack == nil)
        #expect(faults.count == 1)
        #expect(faults[0].contains("is a second rule R-1 for the same days"))
    }

    @Test func aRuleEndsNotBeforeItBegins() {
        let faults = read(onRule(kind: "described", set: nil) + "\n    until: 2025-12-31").faults
        #expect(
            faults == [
                "pack.yaml:16:12: until: \"2025-12-31\" lies before the rule begins; accepted: 2026-01-01 or later"
            ])
    }

    @Test(arguments: [
        ("11 h", 660), ("11h", 660), ("30 min", 30), ("1 h 30 min", 90), ("37.5 h", 2250), ("0 h", 0),
        ("11", nil), ("h", nil), ("-1 h", nil), ("0.001 h", nil), ("1.5 min", nil), ("30 min 1 h", nil),
    ])
    func aLengthOfTimeHasAUnit(text: String, minutes: Int?) {
        let pack = read(onRule(kind: "duty-length", set: "{ maximum: \(text) }")).pack
        #expect(pack?.rules.first?.kind == minutes.map { .dutyLength(maximum: $0, of: .any) })
    }

    private func read(_ text: String) -> (pack: RulePack?, faults: [String]) {
        let faults = FaultList()
        let pack = RulePackReader.read(
            SourceFile(Data(text.utf8), name: "pack.yaml", faults: faults), faults: faults)
        return (pack, faults.sorted.map(\.description))
    }
}

/// A pack of one rule; its kind stands on line 15, its parameters on line 16.
private func onRule(
    kind: String, set: String?, class classification: String = "contractual", enforcement: String = "hard"
) -> String {
    """
    pack: test
    title: Test
    version: "1"
    tests:
      t: { starts-before: 12:00 }
      night: { inside: { from: 23:00, to: 06:00 }, inside-at-least: 3 h }
    rules:
      - id: R-1
        title: "A rule."
        source: "Test"
        effective: 2026-01-01
        class: \(classification)
        reach: line
        enforcement: \(enforcement)
        kind: \(kind)
    """ + (set.map { "\n    set: \($0)" } ?? "")
}
