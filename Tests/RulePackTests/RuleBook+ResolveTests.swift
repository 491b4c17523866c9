import Foundation
import PlainText
import Roster
import Testing

@testable import RulePack

@Suite struct RuleBookResolveTests {
    private let period = Period(first: Day(ordinal: 20_759), days: 28)  // Monday 2 November 2026
    private let law = Rule.test(
        "LAW", .statutory, .restBetween(minimum: ElapsedMinutes(hours: 11), after: .any, before: .any))
    private let terms = Rule.test("TERMS", .contractual, .weekends(maximum: 1, outOf: 2, fromSaturday: 1))
    private let ward = Rule.test("WARD", .policy, .runMaximum(of: .any, maximum: 4, rest: nil, restFrom: 4))

    @Test func eachContractHasTheRulesOfItsPacksInOrder() {
        let (book, faults) = resolve(
            [contract("A", ["one", "two"]), contract("B", ["two"])],
            [pack("one", [law, ward]), pack("two", [terms]), pack("three", [])])
        #expect(faults.isEmpty)
        #expect(book.rules(for: "A") == [law, ward, terms])
        #expect(book.rules(for: "B") == [terms])
        #expect(book.packs.map(\.id) == ["one", "two"])
    }

    @Test func aPackThatIsNotThereHasASuggestion() {
        let (_, faults) = resolve([contract("A", ["wroking-time"])], Array(RulePack.shipped.values))
        #expect(faults.count == 1)
        #expect(
            faults[0].hasPrefix(
                "roster.yaml:9: \"wroking-time\" is not a rule pack; accepted: agenda-for-change, "))
        #expect(faults[0].hasSuffix("Did you mean \"working-time\"?"))
    }

    // MARK: Dates

    @Test func onlyRulesInForceOnTheFirstDayApply() {
        let first = period.first
        func rule(_ id: String, from: Int, until: Int?) -> Rule {
            Rule.test(
                id, .policy, .weekendTotal(maximum: 1), from: first + from, until: until.map { first + $0 })
        }
        let rules = [
            rule("ALWAYS", from: -9, until: nil), rule("FIRST-DAY", from: 0, until: 0),
            rule("ENDS-INSIDE", from: -9, until: 3), rule("BEGINS-INSIDE", from: 1, until: nil),
            rule("OVER", from: -9, until: -1),
        ]
        let (book, faults) = resolve([contract("A", ["p"])], [pack("p", rules)])
        #expect(faults.isEmpty)
        #expect(book.rules(for: "A").map(\.id) == ["ALWAYS", "FIRST-DAY", "ENDS-INSIDE"])
    }

    @Test func ofTwoVersionsOfARuleTheOneInForceApplies() {
        let first = period.first
        let old = Rule.test("R", .policy, .weekendTotal(maximum: 3), until: first - 1)
        let new = Rule.test("R", .policy, .weekendTotal(maximum: 2), from: first)
        let (book, _) = resolve([contract("A", ["p"])], [pack("p", [old, new])])
        #expect(book.rules(for: "A") == [new])
    }

    // MARK: Changes

    @Test(arguments: ["WARD", "TERMS", "LAW"], [true, false])
    func aChangeMayTightenAnythingAndLoosenPolicyOnly(rule: String, tighter: Bool) throws {
        let changes = [
            "WARD": ("maximum: 3", "maximum: 5"), "TERMS": ("out-of: 3", "maximum: 2"),
            "LAW": ("minimum: 12 h", "minimum: 9 h"),
        ]
        let (tightening, loosening) = try #require(changes[rule])
        let (book, faults) = resolve(
            changes: "- change: \(rule)\n  set: { \(tighter ? tightening : loosening) }")
        let original = try #require([law, terms, ward].first { $0.id == rule })
        let changed = try #require(book.rules(for: "A").first { $0.id == rule })
        if tighter || rule == "WARD" {
            #expect(faults.isEmpty)
            #expect(changed.kind != original.kind)
            #expect(changed.kind.isAtLeastAsStrict(as: original.kind) == tighter)
        } else {
            #expect(faults.count == 1)
            #expect(changed == original)
        }
    }

    @Test func looseningSaysTheParameterItsValueAndWhatIsAccepted() {
        #expect(
            resolve(changes: "- change: LAW\n  set: { minimum: 9 h }").faults == [
                "rules.yaml:2:19: minimum: \"9 h\" would loosen LAW, which is statutory; accepted: 11 h or more"
            ])
        #expect(
            resolve(changes: "- change: TERMS\n  set: { maximum: 2, from-saturday: 00:00 }").faults == [
                "rules.yaml:2:19: maximum: \"2\" would loosen TERMS, which is contractual; accepted: 1 or less"
            ])
        #expect(
            resolve(changes: "- change: LAW\n  set: { after: { name: late, starts-from: 12:00 } }").faults
                == [
                    "rules.yaml:2:17: after: would loosen LAW, which is statutory; accepted: any, or what binds in at least every case in which it does"
                ])
    }

    @Test func twoParametersThatAreStricterTogetherAreAccepted() throws {
        let (book, faults) = resolve(
            changes: "- change: TERMS\n  set: { maximum: 2, out-of: 5, from-saturday: 00:01 }")
        #expect(faults.count == 1)  // two in five may be two in a row
        #expect(book.rules(for: "A").contains(terms))
        #expect(resolve(changes: "- change: TERMS\n  set: { maximum: 0, out-of: 1 }").faults.isEmpty)
    }

    @Test(arguments: ["LAW", "TERMS", "WARD"], ["off", "soft\n  weight: 3", "hard"])
    func onlyPolicyIsSwitchedOrSoftened(rule: String, enforcement: String) {
        let (book, faults) = resolve(changes: "- change: \(rule)\n  enforcement: \(enforcement)")
        let changed = book.rules(for: "A").first { $0.id == rule }
        if enforcement == "hard" || rule == "WARD" {
            #expect(faults.isEmpty)
            #expect(
                changed?.enforcement
                    == (enforcement == "hard" ? .hard : enforcement == "off" ? nil : .soft(weight: 3)))
        } else {
            #expect(faults.count == 1)
            #expect(faults[0].hasPrefix("rules.yaml:2:16: enforcement: "))
            #expect(faults[0].contains("would loosen \(rule), which is "))
            #expect(faults[0].hasSuffix("; accepted: hard"))
            #expect(changed?.enforcement == .hard)
        }
    }

    @Test func aChangedRuleSaysItsNewNumber() {
        let (book, _) = resolve(
            [contract("A", ["ward-policy"])], Array(RulePack.shipped.values),
            changes:
                "- change: WARD-LONG\n  set: { maximum: 3 }\n- change: WARD-SINGLE-ON\n  enforcement: hard")
        #expect(book.rules(for: "A").first { $0.id == "WARD-LONG" }?.title == "At most 3 long days in a row.")
        #expect(book.rules(for: "A").contains { $0.id == "WARD-SINGLE-ON" })
    }

    @Test func aChangeMayNameTheTestsOfThePack() {
        let (book, faults) = resolve(
            [contract("A", ["ward-policy"])], Array(RulePack.shipped.values),
            changes: "- change: WARD-RUN\n  set: { of: long day }")
        #expect(faults.isEmpty)
        guard
            case .runMaximum(let of, 6, _, _) = book.rules(for: "A").first(where: { $0.id == "WARD-RUN" })?
                .kind
        else {
            Issue.record("WARD-RUN is another rule")
            return
        }
        #expect(of.longerThan == 600)
    }

    @Test(arguments: [
        (
            "- change: WRAD\n  enforcement: off",
            "rules.yaml:1:11: change: \"WRAD\" is not a rule of any pack; accepted: a rule of p. Did you mean \"WARD\"?"
        ),
        (
            "- change: OTHER\n  enforcement: off",
            "rules.yaml:1:11: change: \"OTHER\" is a rule of unused, which no contract names; accepted: a rule of p"
        ),
        (
            "- change: OLD\n  enforcement: off",
            "rules.yaml:1:11: change: \"OLD\" is not in force on 2026-11-02; accepted: a rule that is in force on that day"
        ),
        (
            "- change: WARD\n  enforcement: off\n- change: WARD\n  set: { maximum: 2 }",
            "rules.yaml:3:11: change: \"WARD\" is changed twice; accepted: one change for each rule"
        ),
        ("- change: WARD", "rules.yaml:1:3: changes nothing; accepted: enforcement or set beside change"),
        (
            "- change: NOTE\n  set: { maximum: 2 }",
            "rules.yaml:2:8: set: cannot change NOTE, which has no parameters; accepted: enforcement"
        ),
        (
            "- change: WARD\n  set: { maxmum: 2 }",
            "rules.yaml:2:10: \"maxmum\" is no key of this mapping; accepted: of, maximum, rest, rest-from. Did you mean \"maximum\"?"
        ),
        (
            "- change: WARD\n  enforcement: soft",
            "rules.yaml:2:16: enforcement: \"soft\" needs a weight; accepted: weight: a whole number from 1 to 100000 beside it"
        ),
    ])
    func aChangeThatCannotBeMadeHasItsPlace(changes: String, message: String) {
        #expect(resolve(changes: changes).faults == [message])
    }

    // MARK: One rule in two packs

    @Test func theStricterOfTwoStands() {
        let stricter = Rule.test(
            "LAW", .statutory, .restBetween(minimum: ElapsedMinutes(hours: 12), after: .any, before: .any))
        for packs in [["one", "two"], ["two", "one"]] {
            let (book, faults) = resolve(
                [contract("A", packs)], [pack("one", [law]), pack("two", [stricter])])
            #expect(faults.isEmpty)
            #expect(book.rules(for: "A") == [stricter])
        }
    }

    @Test func twoThatCannotBeComparedAreAFault() {
        let (_, faults) = resolve(
            [contract("A", ["working-time", "working-time-compensatory"])], Array(RulePack.shipped.values))
        #expect(
            faults.allSatisfy {
                $0.hasSuffix(
                    "is a rule of two packs of this contract, and neither is the stricter; accepted: only one of the two packs"
                )
            })
        #expect(
            faults.map { $0.prefix(24) } == ["roster.yaml:9: \"WTR-AVG\"", "roster.yaml:9: \"WTR-NIGH"])
    }

    // MARK: Packs of the roster's own

    @Test func aPackOfItsOwnReplacesPolicyAndNeverLaw() {
        let faults = FaultList()
        let place = Place(file: "roster.yaml", line: 3)
        let packs = RulePack.available(
            besides: [
                (pack("ward-policy", [ward]), place), (pack("mine", [ward]), place),
                (pack("working-time", [ward]), place),
                (pack("mine", [law]), place),
            ], faults: faults)
        #expect(packs.first { $0.id == "ward-policy" }?.rules == [ward])
        #expect(packs.first { $0.id == "mine" }?.rules == [ward])
        #expect(packs.first { $0.id == "working-time" } == RulePack.shipped["working-time"])
        #expect(
            faults.sorted.map(\.description) == [
                "roster.yaml:3: \"mine\" is the id of two packs; accepted: each id once",
                "roster.yaml:3: \"working-time\" is the id of a shipped pack that cannot be replaced; accepted: an id of its own, or changes of single rules",
            ])
    }

    // MARK: -

    private func resolve(changes: String) -> (book: RuleBook, faults: [String]) {
        let old = Rule.test("OLD", .policy, .described, until: period.first - 1)
        let rules = [law, terms, ward, old, Rule.test("NOTE", .policy, .described)]
        return resolve(
            [contract("A", ["p"])],
            [pack("p", rules), pack("unused", [Rule.test("OTHER", .policy, .described)])], changes: changes)
    }

    private func resolve(
        _ contracts: [Contract], _ packs: [RulePack], changes: String = "[]"
    ) -> (book: RuleBook, faults: [String]) {
        let faults = FaultList()
        let source = SourceFile(Data(changes.utf8), name: "rules.yaml", faults: faults)
        let parsed = (YAMLCursor(source, faults: faults)?.list() ?? []).compactMap { item in
            RuleChange(item) { $0.identifier().map { ShiftType.ID($0) } }
        }
        let book = RuleBook.resolve(
            contracts: contracts, packs: packs, changes: parsed, period: period,
            place: { _ in Place(file: "roster.yaml", line: 9) }, faults: faults)
        return (book, faults.sorted.map(\.description))
    }

    private func contract(_ id: Contract.ID, _ packs: [String]) -> Contract {
        Contract(id: id, name: id.text, rulePacks: packs)
    }

    private func pack(_ id: String, _ rules: [Rule]) -> RulePack {
        RulePack(id: id, title: id, version: "1", rules: rules)
    }
}

extension Rule {
    /// A rule for a test, in force since 1970.
    fileprivate static func test(
        _ id: String, _ classification: RuleClass, _ kind: RuleKind, from: Day = Day(ordinal: 0),
        until: Day? = nil
    ) -> Rule {
        Rule(
            id: id, title: id, source: "test", effective: from, until: until, classification: classification,
            reach: .line, kind: kind)
    }
}

private func + (day: Day, days: Int) -> Day { day.advanced(by: days) }
private func - (day: Day, days: Int) -> Day { day.advanced(by: -days) }
