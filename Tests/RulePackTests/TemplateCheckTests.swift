import Roster
import Testing

@testable import RulePack

@Suite struct TemplateCheckTests {
    @Test(arguments: [
        ("07:30", "20:30", nil),
        ("07:30", "20:31", "LD (07:30 to 20:31) is 13.02 h long: A shift is at most 13 h long."),
        ("20:00", "09:00", nil),
        ("20:00", "09:30", "LD (20:00 to 09:30) is 13.5 h long: A shift is at most 13 h long."),
    ])
    func aResidentsShiftIsAtMost13Hours(start: String, end: String, sentence: String?) throws {
        let shift = try shift(start, end, breaks: [30, 30])
        #expect(try finding("RD-SHIFT", "resident-doctors", shift)?.sentence == sentence)
    }

    @Test func onCallFromHomeMayLastADay() throws {
        let day = try shift("08:00", "08:00", kind: .onCall)
        #expect(try finding("RD-SHIFT", "resident-doctors", day) == nil)
        #expect(try finding("RD-OC-LEN", "resident-doctors", day) == nil)
        #expect(try finding("RD-BRK", "resident-doctors", day) == nil)
        let resident = try shift("08:00", "08:00", kind: .residentOnCall)
        #expect(try finding("RD-SHIFT", "resident-doctors", resident) != nil)
    }

    @Test(arguments: [
        ("WTR-BREAK", "working-time", "08:00", "14:00", [], true),
        ("WTR-BREAK", "working-time", "08:00", "14:01", [], false),
        ("WTR-BREAK", "working-time", "08:00", "14:01", [19], false),
        ("WTR-BREAK", "working-time", "08:00", "14:01", [20], true),
        ("RD-BRK", "resident-doctors", "08:00", "13:00", [], true),
        ("RD-BRK", "resident-doctors", "08:00", "13:01", [], false),
        ("RD-BRK", "resident-doctors", "08:00", "17:00", [30], true),
        ("RD-BRK", "resident-doctors", "08:00", "17:01", [30], false),
        ("RD-BRK", "resident-doctors", "08:00", "17:01", [30, 30], true),
    ])
    func aLongShiftHasItsBreaks(
        rule: String, pack: String, start: String, end: String, breaks: [Int], isKept: Bool
    ) throws {
        #expect(try (finding(rule, pack, shift(start, end, breaks: breaks)) == nil) == isKept)
    }

    @Test func theSentenceSaysWhatIsThereAndWhatIsNeeded() throws {
        #expect(
            try finding("RD-BRK", "resident-doctors", shift("08:00", "18:00", breaks: [30]))?.sentence
                == "LD (08:00 to 18:00) has 30 min, and needs 2 × 30 min: Breaks by the length of the shift: 1 × 30 min above 5 h, 2 × 30 min above 9 h."
        )
        #expect(
            try finding("WTR-BREAK", "working-time", shift("08:00", "18:00"))?.sentence.hasPrefix(
                "LD (08:00 to 18:00) has no break, and needs 1 × 20 min: ") == true)
    }

    /// Only duties that the test is about are too long.
    @Test(arguments: [
        (DutyTest.any, true), (DutyTest(name: "", longerThan: 719), true),
        (DutyTest(name: "", longerThan: 720), false),
        (DutyTest(name: "", startsBefore: ClockTime(minute: 1200)), false),
        (DutyTest(name: "", startsFrom: ClockTime(minute: 1200)), true),
        (DutyTest(name: "", startsFrom: ClockTime(minute: 1201)), false),
        (DutyTest(name: "", endsAfter: ClockTime(minute: 1440)), true),
        (DutyTest(name: "", onCall: true), false),
        (DutyTest(name: "", weekdays: [.saturday]), false), (DutyTest(name: "", weekdays: [.monday]), true),
        (DutyTest(name: "", shifts: ["N"]), false), (DutyTest(name: "", shifts: ["LD"]), true),
        (
            DutyTest(
                name: "", inside: .init(from: ClockTime(minute: 1380), to: ClockTime(minute: 360)),
                insideAtLeast: 420), true
        ),
        (
            DutyTest(
                name: "", inside: .init(from: ClockTime(minute: 1380), to: ClockTime(minute: 360)),
                insideAtLeast: 421), false
        ),
        (DutyTest(name: "", inside: .init(from: ClockTime(minute: 420), to: ClockTime(minute: 1140))), true),
        (DutyTest(name: "", inside: .init(from: ClockTime(minute: 540), to: ClockTime(minute: 1140))), false),
    ])
    func aTestIsReadOnTheShape(test: DutyTest, passes: Bool) throws {
        let night = ShiftType(
            id: "LD", name: "Night", start: ClockTime(minute: 1200), end: ClockTime(minute: 480),
            weekdays: [.monday])
        let rule = Rule(
            id: "R", title: "R", source: "", effective: Day(ordinal: 0), classification: .policy,
            reach: .line, kind: .dutyLength(maximum: 60, of: test))
        #expect((rule.finding(about: night) != nil) == passes)
    }

    @Test func aScenarioIsJudgedByWhoMayWorkTheShift() throws {
        let long = try shift("07:00", "21:00", breaks: [30, 30], roles: ["doctor"])
        let other = try shift("07:00", "21:00", breaks: [30, 30], roles: ["nurse"])
        func scenario(_ shift: ShiftType) -> Scenario {
            Scenario(
                name: "", period: Period(first: Day(ordinal: 20_759), days: 28), organisations: [], sites: [],
                units: [], grades: [], skills: [],
                roles: [
                    Role(id: "doctor", name: "", staffGroup: .medical, grades: ["ST4"]),
                    Role(id: "nurse", name: "", staffGroup: .registered, grades: ["B5"]),
                ],
                contracts: [], shiftTypes: [shift], coverRules: [],
                people: [
                    Person(
                        id: "P1", name: "", organisation: "O", unit: "ED", grade: "ST4", contract: "RESIDENT",
                        paidPerWeek: PaidMinutes(hours: 40))
                ])
        }
        let rules = try #require(RulePack.shipped["resident-doctors"]).rules
        let book = RuleBook(rulesByContract: ["RESIDENT": rules])
        #expect(book.templateFindings(in: scenario(long)).map(\.rule.id) == ["RD-SHIFT"])
        #expect(book.templateFindings(in: scenario(other)).isEmpty)
    }

    @Test func whoEnforcesARuleFollowsFromItsReachAndKind() throws {
        let rules = try #require(RulePack.shipped["resident-doctors"]).rules
        let lines = rules.filter(\.isEnforcedOnLines).map(\.id)
        #expect(
            lines == [
                "RD-AVG", "RD-168", "RD-SHIFT", "RD-LONG", "RD-LE", "RD-N", "RD-N-REST", "RD-CONS", "RD-REST",
                "RD-WE", "RD-WE-THIRD", "RD-OC-LEN", "RD-OC-CONS", "RD-OC-7", "RD-OC-NEXT",
            ])
        #expect(rules.filter(\.isEnforcedAcrossPeople).map(\.id) == ["RD-OC-DUP"])
    }

    private func finding(_ id: String, _ pack: String, _ shift: ShiftType) throws -> TemplateFinding? {
        try #require(RulePack.shipped[pack]?.rules.first { $0.id == id }).finding(about: shift)
    }

    private func shift(
        _ start: String, _ end: String, kind: ShiftKind = .work, breaks: [Int] = [], roles: Set<Role.ID> = []
    ) throws -> ShiftType {
        ShiftType(
            id: "LD", name: "Long", start: try #require(ClockTime(start)), end: try #require(ClockTime(end)),
            kind: kind, breaks: breaks.map { ElapsedMinutes($0) }, roles: roles)
    }
}
