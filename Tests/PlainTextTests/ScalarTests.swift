import Testing

@testable import PlainText

@Suite struct ScalarTests {
    let faults = FaultList()

    func scalar(_ text: String) -> Scalar {
        Scalar(text, at: Place(file: "a.csv", line: 2), faults: faults)
    }

    @Test func wholeNumbers() {
        #expect(scalar("0").integer(in: 0...5) == 0)
        #expect(scalar("-3").integer(in: -5...5) == -3)
        #expect(scalar("007").integer(in: 0...9) == 7)
        #expect(faults.isEmpty)
    }

    @Test(arguments: [
        "", "1.5", "1e3", "0x10", "06:30", "+5", "1_000", "12 ", "٣", "99999999999999999999", "--1", "-",
    ])
    func whatIsNoWholeNumberIsAFault(text: String) {
        #expect(scalar(text).integer(in: 0...100_000) == nil)
        #expect(faults.sorted.map(\.problem) == ["is not a whole number"])
    }

    @Test func aWholeNumberOutOfRangeNamesTheRange() {
        #expect(scalar("25").integer(in: 0...24) == nil)
        #expect(
            faults.sorted.map(\.description) == [
                #"a.csv:2: "25" is out of range; accepted: a whole number from 0 to 24"#
            ])
    }

    @Test func decimals() {
        #expect(scalar("37.5").decimal(in: 0...60) == 37.5)
        #expect(scalar("-0.25").decimal(in: -1...1) == -0.25)
        #expect(faults.isEmpty)
    }

    @Test(arguments: ["nan", "inf", "1e5", ".5", "5.", "37,5", "1.2.3", "", "0x1p3", "-"])
    func whatIsNoDecimalIsAFault(text: String) {
        #expect(scalar(text).decimal(in: 0...1000) == nil)
        #expect(faults.sorted.map(\.problem) == ["is not a number"])
    }

    @Test func aDecimalOutOfRangeIsAFault() {
        #expect(scalar("60.5").decimal(in: 0...60) == nil)
        #expect(faults.sorted.map(\.problem) == ["is out of range"])
    }

    @Test func truthValues() {
        #expect(["true", "Yes", "YES"].map { scalar($0).boolean() } == [true, true, true])
        #expect(["false", "no", "No"].map { scalar($0).boolean() } == [false, false, false])
        #expect(faults.isEmpty)
        #expect(scalar("on").boolean() == nil)
        #expect(scalar("1").boolean() == nil)
        #expect(faults.count == 2)
    }

    @Test func dates() {
        #expect(scalar("2028-02-29").date() == YearMonthDay("2028-02-29"))
        #expect(scalar("2000-02-29").date()?.day == 29)
        #expect(scalar("2026-10-25").date()?.month == 10)
        #expect(faults.isEmpty)
    }

    @Test(arguments: [
        "2026-02-29", "1900-02-29", "2026-04-31", "2026-13-01", "2026-00-10", "2026-01-00", "25/10/2026",
        "2026-1-1",
        "20261025", "2026-10-25T00:00", "٢٠٢٦-10-25", "+026-10-25", "", "--", "0026-10-25",
    ])
    func whatIsNoDateIsAFault(text: String) {
        #expect(scalar(text).date() == nil)
        #expect(faults.count == 1)
        #expect(faults.sorted.first?.accepted == "a date as year-month-day, such as 2026-10-25")
    }

    @Test func aChoiceSuggestsTheNearest() {
        #expect(scalar("B5").choice(["B5": 5, "B6": 6]) == 5)
        #expect(faults.isEmpty)
        #expect(scalar("B55").choice(["B5": 5, "B6": 6], of: "a grade") == nil)
        #expect(
            faults.sorted.map(\.description) == [
                #"a.csv:2: "B55" is not a grade; accepted: B5, B6. Did you mean "B5"?"#
            ])
    }

    @Test func aPrivateValueIsNotRepeatedAndNeitherIsWhatComesNearIt() {
        #expect(scalar("B55").unquoted.choice(["B5": 5, "B6": 6], of: "a grade") == nil)
        #expect(scalar("B7; B8").unquoted.list().compactMap { $0.integer(in: 0...9) }.isEmpty)
        #expect(
            faults.sorted.map(\.description) == [
                "a.csv:2: is not a grade; accepted: B5, B6",
                "a.csv:2: is not a whole number; accepted: a whole number from 0 to 9",
            ])
    }

    @Test func aValueMayReportElsewhere() {
        let others = FaultList()
        #expect(scalar("x").reporting(to: others).integer(in: 0...9) == nil)
        #expect(faults.isEmpty)
        #expect(others.count == 1)
    }

    @Test func aChoiceOfManyNamesSome() {
        let many = Dictionary(uniqueKeysWithValues: (100..<200).map { ("person-\($0)", $0) })
        #expect(scalar("nobody").choice(many) == nil)
        #expect(faults.sorted.first?.accepted?.hasSuffix("person-129 … (100 in all)") == true)
    }

    enum State: String, CaseIterable { case pinned, published }

    @Test func aCaseOfAnEnumeration() {
        #expect(scalar("pinned").choice(State.self) == .pinned)
        #expect(scalar("pined").choice(State.self) == nil)
        #expect(faults.sorted.first?.suggestion == "pinned")
        #expect(faults.sorted.first?.accepted == "pinned, published")
    }

    @Test(arguments: ["p1", "Ward-3.B_2", "7", "Zoë", "名前", String(repeating: "a", count: 64)])
    func ids(text: String) {
        #expect(scalar(text).identifier() == text)
        #expect(faults.isEmpty)
    }

    @Test(arguments: ["=1+1", "+44", "-1", "@sum"])
    func anIdThatASpreadsheetWouldRunIsAFault(text: String) {
        #expect(scalar(text).identifier() == nil)
        #expect(
            faults.sorted.map(\.problem) == ["begins with a sign that a spreadsheet would run as a formula"])
    }

    @Test(arguments: [
        "", "two words", ".hidden", "_x", "a/b", "a;b", "a\u{202E}b", "<b>", "a\u{0}", "../x",
        String(repeating: "a", count: 65),
    ])
    func whatIsNoIdIsAFault(text: String) {
        #expect(scalar(text).identifier() == nil)
        #expect(faults.count == 1)
    }

    @Test func listsLeaveEmptyPartsOutAndKeepThePlace() {
        let parts = scalar("triage; resus ;;").list()
        #expect(parts.map(\.text) == ["triage", "resus"])
        #expect(parts.last?.place == Place(file: "a.csv", line: 2))
        #expect(scalar("a|b").list(separator: "|").count == 2)
        #expect(scalar(" ").list().isEmpty)
    }

    @Test func anyValueByAClosure() {
        #expect(scalar("07:30").value(accepted: "a time") { $0.split(separator: ":").count } == 2)
        #expect(faults.isEmpty)
        #expect(scalar("soon").value(accepted: "a time") { Int($0) } == nil)
        #expect(
            faults.sorted.map(\.description) == [#"a.csv:2: "soon" is not accepted here; accepted: a time"#])
    }
}
