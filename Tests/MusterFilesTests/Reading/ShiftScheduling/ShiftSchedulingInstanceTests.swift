import Foundation
import PlainText
import Roster
import RosterCheck
import RulePack
import Testing

@testable import MusterFiles

@Suite("Shift-scheduling instances")
struct ShiftSchedulingInstanceTests {
    static let small = """
        # An invented instance.
        SECTION_HORIZON
        14
        SECTION_SHIFTS
        # id, minutes, may not be followed by
        E,480,
        L,600,E
        SECTION_STAFF
        A,E=14|L=2,4320,960,5,2,2,1
        B,E=14|L=0,4320,0,4,1,1,2

        SECTION_DAYS_OFF
        A,3,4
        SECTION_SHIFT_ON_REQUESTS
        A,2,L,5
        SECTION_SHIFT_OFF_REQUESTS
        B,0,E,7
        SECTION_COVER
        0,E,1,100,1
        0,L,1,80,3
        """

    private func read(_ text: String) throws -> ShiftSchedulingInstance {
        let file = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString)/small.txt")
        try FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: file.deletingLastPathComponent()) }
        try Data(text.utf8).write(to: file)
        return try ShiftSchedulingInstance.read(file)
    }

    @Test("Every section becomes its part of the scenario")
    func sections() throws {
        let instance = try read(Self.small)
        let scenario = instance.scenario
        #expect(scenario.period.dayCount == 14 && scenario.period.first.weekday == .monday)
        #expect(scenario.shiftTypes.map(\.paid.count) == [480, 600])
        #expect(scenario.people.map(\.roles) == [["E", "L"], ["E"]])
        #expect(
            scenario.leave.map { scenario.period.first.distance(to: $0.first) } == [3, 4]
                && scenario.leave.allSatisfy { $0.first == $0.last && $0.person == "A" })
        #expect(scenario.preferences.map(\.wanted) == [.shift("L"), .avoid("E")])
        #expect(scenario.preferences.map(\.strength) == [5, 7])
        #expect(
            scenario.demand.map(\.cost) == [
                HeadCost(shortage: 100, surplus: 1), HeadCost(shortage: 80, surplus: 3),
            ])
    }

    /// Each rule is broken by one line and kept by its neighbour, for the checker.
    @Test(
        "Each rule binds",
        arguments: [
            ("AAAAA", "EE.", "SS-WEEKENDS"),  // both weekends
            ("A", "EEEEEE", "SS-MAX-RUN"), ("A", ".E.EEE", "SS-MIN-RUN"), ("A", "EE.EE", "SS-MIN-OFF"),
            ("A", "LE", "SS-NEXT-L"), ("A", "LL..LL", "SS-LIMITS"), ("A", "E", "SS-MINUTES"),
        ])
    func rules(_ who: String, _ pattern: String, _ rule: String) throws {
        let instance = try read(Self.small)
        let text = rule == "SS-WEEKENDS" ? ".....EE.....EE" : pattern
        let breaches = breaches(of: text, in: instance)
        #expect(breaches.contains(rule), "\(text): \(breaches)")
        #expect(
            breaches.subtracting([rule]).isSubset(of: ["SS-MINUTES", "SS-MIN-RUN", "SS-MIN-OFF", "leave"]))
    }

    @Test("A line inside every limit is lawful")
    func lawful() throws {
        let instance = try read(Self.small)
        #expect(breaches(of: "EL.....EEEEE", in: instance) == [])
    }

    private func breaches(of text: String, in instance: ShiftSchedulingInstance) -> Set<String> {
        let scenario = instance.scenario
        let duties = text.enumerated().compactMap { day, letter -> Duty? in
            guard let shift = scenario.shiftType(ShiftType.ID(String(letter))) else { return nil }
            return Duty(
                person: "A", day: scenario.period.first.advanced(by: day), unit: "unit", shift: shift,
                role: Role.ID(String(letter)), source: .solved)
        }
        let report = RosterCheck.check(
            scenario, instance.rules, Rota(period: scenario.period, duties: duties))
        return Set(report.breaches.filter { $0.person == "A" }.map(\.rule))
    }

    @Test("The solution is a line a person, shifts parted by tabs")
    func solution() throws {
        let instance = try read(Self.small)
        let scenario = instance.scenario
        let shift = try #require(scenario.shiftType("E"))
        let duty = Duty(
            person: "B", day: scenario.period.first.advanced(by: 2), unit: "unit", shift: shift, role: "E",
            source: .solved)
        let lines = instance.solution(of: Rota(period: scenario.period, duties: [duty])).split(
            separator: "\n", omittingEmptySubsequences: false)
        #expect(lines.count == 3 && lines[2].isEmpty)
        #expect(lines[0] == String(repeating: "\t", count: 13))
        #expect(lines[1] == "\t\tE" + String(repeating: "\t", count: 11))
    }

    @Test(
        "Each mistake has one message with its place",
        arguments: [
            ("14\nSECTION_SHIFTS", "soon\nSECTION_SHIFTS", "small.txt:3: column 1 (days)"),
            ("L,600,E", "L,600,X", "small.txt:7: column 3 (may not follow)"),
            ("E,480,", "E,1500,", "small.txt:6: column 2 (minutes)"),
            ("A,E=14|L=2", "A,E=14|Q=2", "small.txt:9: column 2 (most shifts)"),
            ("A,3,4", "A,3,14", "small.txt:13: column 3 (day)"),
            ("A,2,L,5", "C,2,L,5", "small.txt:15: column 1 (id)"),
            ("A,2,L,5", "A,2,L", "small.txt:15: \"A,2,L\" has 3 cells"),
            ("0,L,1,80,3", "0,E,1,80,3", "small.txt:20: column 2 (shift)"),
            ("SECTION_COVER", "SECTION_COVERS", "small.txt:18: \"SECTION_COVERS\" is not a section"),
        ])
    func mistakes(_ good: String, _ bad: String, _ message: String) {
        let text = Self.small.replacingOccurrences(of: good, with: bad)
        #expect {
            try read(text)
        } throws: { error in
            "\(error)".contains(message)
        }
    }
}
