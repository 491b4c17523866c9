import Foundation
import Testing

@testable import PlainText

@Suite struct YAMLCursorTests {
    let faults = FaultList()

    func root(_ text: String) -> YAMLCursor? {
        YAMLCursor(SourceFile(Data(text.utf8), name: "roster.yaml", faults: faults), faults: faults)
    }

    /// The value of the only key `x`.
    func x(_ value: String) -> YAMLCursor? {
        root("x: \(value)\n")?.mapping(required: ["x"])?["x"]
    }

    var messages: [String] { faults.sorted.map(\.description) }

    @Test func aNestedFileIsRead() {
        let roster = root(
            """
            # the roster
            name: Ward 3
            shift_types:
              - id: early
                start: 07:30
                on_site: true
              - {id: late, start: "13:00"}
            """
        )?.mapping(required: ["name", "shift_types"], optional: ["version"])
        #expect(roster?["name"]?.text() == "Ward 3")
        #expect(roster?["version"] == nil)
        let shifts = (roster?["shift_types"]?.list() ?? []).compactMap {
            $0.mapping(required: ["id", "start"], optional: ["on_site"])
        }
        #expect(shifts.map { $0["id"]?.identifier() } == ["early", "late"])
        #expect(shifts.map { $0["start"]?.text() } == ["07:30", "13:00"])
        #expect(shifts.map { $0["on_site"]?.boolean() } == [true, nil])
        #expect(shifts.last?["id"]?.place.description == "roster.yaml:7:10: id")
        #expect(faults.isEmpty)
    }

    @Test func scalarsAreReadAsTheyAreWritten() {
        #expect(x("no")?.text() == "no")
        #expect(x("off")?.text() == "off")
        #expect(x("06:30")?.text() == "06:30")
        #expect(x("007")?.text() == "007")
        #expect(x("'null'")?.text() == "null")
        #expect(x("1e3")?.identifier() == "1e3")
        #expect(x("2026-10-25")?.date() == YearMonthDay("2026-10-25"))
        #expect(x("37.5")?.decimal(in: 0...60) == 37.5)
        #expect(x("'12'")?.integer(in: 0...24) == 12)
        #expect(faults.isEmpty)
        #expect(x("06:30")?.integer(in: 0...1000) == nil)
        #expect(faults.count == 1)
    }

    @Test func anUnknownKeyIsAFaultWithItsPlaceAndASuggestion() {
        let mapping = root("a:\n  strat: 07:30\n  x: 1\n")?.mapping(required: ["a"])?["a"]?
            .mapping(required: [], optional: ["start", "end"])
        #expect(mapping?["start"] == nil)
        #expect(
            messages == [
                #"roster.yaml:2:3: "strat" is no key of this mapping; accepted: start, end. Did you mean "start"?"#,
                #"roster.yaml:3:3: "x" is no key of this mapping; accepted: start, end"#,
            ])
    }

    @Test func missingKeysAreOneFault() {
        let mapping = root("a:\n  id:\n  note: ~\n")?.mapping(required: ["a"])?["a"]?
            .mapping(required: ["id", "start"], optional: ["note"])
        #expect(mapping?["id"] == nil)
        #expect(mapping?["note"] == nil)
        #expect(
            messages == ["roster.yaml:2:3: a: lacks the required keys id, start; accepted: id, start, note"])
    }

    @Test func aRepeatedKeyIsAFaultAndTheRestIsStillRead() {
        let root = root("a: 1\nb: 2\na: 3\nb: 4\n'c': {d: 1, d: 2, d: 3, e: x}\n")?
            .mapping(required: ["a", "b", "c"])
        #expect(root?["a"]?.integer(in: 0...9) == 3)
        #expect(root?["c"]?.mapping(required: ["d", "e"])?["e"]?.integer(in: 0...9) == nil)
        #expect(
            messages == [
                #"roster.yaml:1:1: "a" is a key twice in one mapping; accepted: each key once"#,
                #"roster.yaml:2:1: "b" is a key twice in one mapping; accepted: each key once"#,
                #"roster.yaml:5:7: "d" is a key twice in one mapping; accepted: each key once"#,
                #"roster.yaml:5:13: "d" is a key twice in one mapping; accepted: each key once"#,
                #"roster.yaml:5:28: e: "x" is not a whole number; accepted: a whole number from 0 to 9"#,
            ])
    }

    @Test func aRepeatedKeyThatCannotBeRenamedIsStillAFault() {
        #expect(root("? [a]\n: 1\n? [a]\n: 2\n") == nil)
        #expect(faults.sorted.map(\.problem) == ["is a key twice in one mapping"])
    }

    @Test func theWrongTypeNamesWhatWasFound() {
        #expect(x("[1, 2]")?.text() == nil)
        #expect(x("{a: 1}")?.list() == nil)
        #expect(x("early")?.list() == nil)
        #expect(x("early")?.mapping(required: ["id"]) == nil)
        #expect(x("[]")?.mapping(required: ["id"]) == nil)
        #expect(
            messages == [
                #"roster.yaml:1:4: x: "early" is a single value; accepted: a list"#,
                #"roster.yaml:1:4: x: "early" is a single value; accepted: a mapping of keys and values"#,
                "roster.yaml:1:4: x: is a list; accepted: a mapping of keys and values",
                "roster.yaml:1:4: x: is a list; accepted: text",
                "roster.yaml:1:4: x: is a mapping; accepted: a list",
            ])
    }

    @Test func anEmptyItemOfAListIsAFault() {
        #expect(x("[a, ~, '']")?.list()?.map { $0.text() } == ["a", nil, nil])
        #expect(
            messages == [
                #"roster.yaml:1:8: x: "~" is empty; accepted: text"#,
                #"roster.yaml:1:11: x: "" is empty; accepted: text"#,
            ])
    }

    @Test func aTagIsAFault() {
        #expect(x("!!binary aGk=")?.text() == nil)
        #expect(x("!shift early")?.text() == nil)
        #expect(x("!!str early")?.text() == "early")
        #expect(x("!!set {a}")?.entries() == nil)
        #expect(faults.count == 3)
    }

    @Test func entriesHaveFreeKeysThatKnowTheirPlace() {
        let entries = x("{nights: 3, weekends: 5}")?.entries() ?? []
        #expect(entries.map(\.key.text) == ["nights", "weekends"])
        #expect(entries.map { $0.value.integer(in: 0...9) } == [3, 5])
        #expect(entries.last?.key.place.description == "roster.yaml:1:16")
        #expect(x("{[a]: 1}")?.entries()?.isEmpty == true)
        #expect(faults.sorted.map(\.description) == ["roster.yaml:1:5: is a list; accepted: a key"])
    }

    @Test func aMappingCanBePeekedAtBeforeItsKeysAreChecked() {
        let cover = x("{kind: ratio, share: 0.65}")
        #expect(cover?.peek("kind")?.text() == "ratio")
        #expect(cover?.peek("skill") == nil)
        #expect(x("early")?.peek("kind") == nil)
        #expect(faults.isEmpty)
    }

    @Test func choicesAndOtherValues() {
        #expect(x("hard")?.choice(["hard": 1, "soft": 2]) == 1)
        #expect(x("07:30")?.value(accepted: "a time") { $0.count } == 5)
        #expect(x("yes")?.boolean() == true)
        #expect(x("hrad")?.choice(["hard": 1, "soft": 2]) == nil)
        #expect(faults.sorted.map(\.suggestion) == ["hard"])
        x("early")?.fault("is used twice", accepted: "one use")
        #expect(messages.contains(#"roster.yaml:1:4: x: "early" is used twice; accepted: one use"#))
    }

    @Test func anAliasIsReadAsWhatItStandsFor() {
        let root = root("a: &times [1, 2]\nb: *times\n")?.mapping(required: ["a", "b"])
        #expect(root?["b"]?.list()?.count == 2)
        #expect(faults.isEmpty)
    }

    @Test func aTextThatIsTooLongIsAFault() {
        #expect(x(String(repeating: "x", count: Table.cellLimit + 1))?.text() == nil)
        #expect(faults.sorted.map(\.problem) == ["is too long"])
    }
}
