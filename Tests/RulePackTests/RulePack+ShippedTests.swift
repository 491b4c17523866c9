import Foundation
import PlainText
import Roster
import Testing

@testable import RulePack

/// The shipped packs against the dossier of the field: nothing missing, every number as it is there.
@Suite struct ShippedPacksTests {
    @Test func thereAreSevenPacksAndEachReads() {
        #expect(
            RulePack.shipped.keys.sorted() == [
                "agenda-for-change", "consultants", "resident-doctors", "sas-doctors", "ward-policy",
                "working-time", "working-time-compensatory",
            ])
        for (id, pack) in RulePack.shipped {
            #expect(pack.id == id)
            #expect(!pack.rules.isEmpty)
        }
    }

    @Test(arguments: [
        (
            "working-time",
            "AVG REF FORMULA DAILY WEEKLY BREAK NIGHT NIGHT-HAZ HEALTH OPT LEAVE ONCALL AGG YOUNG", "WTR"
        ),
        (
            "working-time-compensatory",
            "AVG REF FORMULA DAILY WEEKLY BREAK NIGHT NIGHT-HAZ HEALTH OPT LEAVE ONCALL AGG YOUNG COMPENSATE",
            "WTR"
        ),
        ("agenda-for-change", "WTE UNSOC MAJ OT AL FLEX LEAVEPAY", "AFC"),
        (
            "resident-doctors",
            """
            AVG 168 SHIFT LONG-DEF LONG LE-DEF LE N-DEF N N-REST CONS CONS-LI REST WE-DEF WE WE-THIRD BRK \
            OC-LEN OC-CONS OC-7 OC-NEXT OC-REST OC-DUP NOTICE CHANGE LTFT LEAVE LASTDAY
            """, "RD"
        ),
        ("consultants", "PA WEEK EVENING ANNUAL TAPER", "CON"),
        ("sas-doctors", "OOH PA SPA WE", "SAS"),
    ])
    func everyRowIsInItsPack(pack: String, rows: String, prefix: String) throws {
        let ids = Set(try #require(RulePack.shipped[pack]).rules.map(\.id))
        for row in rows.split(separator: " ") { #expect(ids.contains("\(prefix)-\(row)")) }
    }

    @Test func everyRuleSaysItsNumbersAndWhereItComesFrom() {
        for rule in RulePack.shipped.values.flatMap(\.rules) {
            #expect(!rule.title.contains("{"), "\(rule.id): \(rule.title)")
            #expect(rule.title.hasSuffix("."), "\(rule.id)")
            #expect(!rule.source.isEmpty)
            #expect(
                rule.kind != .described || [.process, .actuals, .template].contains(rule.reach), "\(rule.id)")
        }
    }

    /// So that a title still tells the truth when a roster has changed the rule.
    @Test func numbersOfATitleComeFromTheParameters() {
        for rule in RulePack.shipped.values.flatMap(\.rules) where rule.kind != .described {
            #expect(rule.wording.allSatisfy { !$0.isNumber }, "\(rule.id): \(rule.wording)")
        }
        #expect(
            RulePack.shipped["working-time"]?.rules.first { $0.id == "WTR-WEEKLY" }?.title
                == "Unbroken rest of at least 2 × 24 h in every 14 days.")
    }

    @Test func everyShippedRuleSaysHowFarToTrustIt() throws {
        let folder = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../../Sources/RulePack/Packs")
        for file in try FileManager.default.contentsOfDirectory(atPath: folder.path) {
            let text = try String(contentsOf: folder.appending(path: file), encoding: .utf8)
            func count(_ key: String) -> Int { text.components(separatedBy: "\n  \(key): ").count - 1 }
            #expect(count("- id") == count("  trust"), "\(file)")
        }
    }

    @Test func onlyPolicyAndWishRulesAreSoftOrOff() {
        for rule in RulePack.shipped.values.flatMap(\.rules) where rule.enforcement != .hard {
            #expect([.policy, .wish].contains(rule.classification), "\(rule.id)")
        }
    }

    /// The figures of 2019, not those of 2016 that are still all over the web.
    @Test(arguments: [
        ("RD-AVG", "At most 48 h of work a week on average over 26 weeks, 56 h for those who opted out."),
        ("RD-168", "At most 72 h of work in any 168 h in a row, wherever they start."),
        ("RD-SHIFT", "A shift is at most 13 h long."),
        ("RD-LONG", "At most 4 long shifts on consecutive days, and 48 h of rest after 4 in a row."),
        ("RD-LE", "At most 4 long evenings on consecutive days, and 48 h of rest after 4 in a row."),
        ("RD-N", "At most 4 nights on consecutive days."),
        ("RD-N-REST", "At least 46 h of rest after a night or a run of nights, however short."),
        ("RD-CONS", "At most 7 duties on consecutive days, and 48 h of rest after 7 in a row."),
        ("RD-REST", "At least 11 h of rest between two shifts."),
        ("RD-WE", "At most 1 in 2 weekends in a row is worked."),
        ("RD-BRK", "Breaks by the length of the shift: 1 × 30 min above 5 h, 2 × 30 min above 9 h."),
        ("RD-OC-LEN", "A duty on call is at most 24 h long."),
        ("RD-OC-7", "At most 3 duties on call in any 7 days."),
        ("RD-OC-NEXT", "At most 10 h of work on the day after a duty on call."),
    ])
    func residentDoctorsHaveTheFiguresOf2019(id: String, title: String) throws {
        #expect(try rule(id, of: "resident-doctors").title == title)
    }

    @Test func residentDoctorsRulesAreWhatTheyShouldBe() throws {
        func kind(_ id: String) throws -> RuleKind { try rule(id, of: "resident-doctors").kind }
        let work = DutyTest(name: "work", onCall: false)
        let onCall = DutyTest(name: "on call", onCall: true)
        let long = DutyTest(name: "long shift", longerThan: 600, onCall: false)
        let evening = DutyTest(
            name: "long evening", startsBefore: ClockTime(minute: 960), endsAfter: ClockTime(minute: 1380),
            onCall: false)
        let night = DutyTest(
            name: "night", inside: .init(from: ClockTime(minute: 1380), to: ClockTime(minute: 360)),
            insideAtLeast: 180, onCall: false)
        let hours = { (count: Int) in ElapsedMinutes(hours: count) }
        #expect(
            try kind("RD-AVG")
                == .meanWeek(
                    maximum: WorkingMinutes(hours: 48), optedOut: WorkingMinutes(hours: 56), weeks: 26))
        #expect(try kind("RD-168") == .rollingHours(maximum: WorkingMinutes(hours: 72), window: hours(168)))
        #expect(try kind("RD-SHIFT") == .dutyLength(maximum: 780, of: work))
        #expect(try kind("RD-LONG") == .runMaximum(of: long, maximum: 4, rest: hours(48), restFrom: 4))
        #expect(try kind("RD-LE") == .runMaximum(of: evening, maximum: 4, rest: hours(48), restFrom: 4))
        #expect(try kind("RD-N") == .runMaximum(of: night, maximum: 4, rest: nil, restFrom: 4))
        #expect(try kind("RD-N-REST") == .restAfterRun(of: night, minimum: hours(46)))
        #expect(try kind("RD-CONS") == .runMaximum(of: .any, maximum: 7, rest: hours(48), restFrom: 7))
        #expect(try kind("RD-REST") == .restBetween(minimum: hours(11), after: work, before: work))
        #expect(try kind("RD-WE") == .weekends(maximum: 1, outOf: 2, fromSaturday: 1))
        #expect(try kind("RD-WE-THIRD") == .weekends(maximum: 1, outOf: 3, fromSaturday: 1))
        #expect(try rule("RD-WE-THIRD", of: "resident-doctors").enforcement == .soft(weight: 40))
        #expect(
            try kind("RD-BRK")
                == .breaks([
                    .init(longerThan: 300, count: 1, minutes: ElapsedMinutes(30)),
                    .init(longerThan: 540, count: 2, minutes: ElapsedMinutes(30)),
                ]))
        #expect(try kind("RD-OC-LEN") == .dutyLength(maximum: 1440, of: onCall))
        let butSaturday = DutyTest(
            name: "on call, not Saturday", onCall: true,
            weekdays: Set(Weekday.allCases).subtracting([.saturday]))
        #expect(try kind("RD-OC-CONS") == .succession(first: butSaturday, second: onCall))
        #expect(try kind("RD-OC-7") == .countWithin(of: onCall, maximum: 3, days: 7))
        #expect(try kind("RD-OC-NEXT") == .nextDayMaximum(after: onCall, working: WorkingMinutes(hours: 10)))
        #expect(try kind("RD-OC-DUP") == .onCallDuplicate)
        #expect(try rule("RD-OC-DUP", of: "resident-doctors").reach == .crossPerson)
    }

    @Test(arguments: [("working-time", 17), ("working-time-compensatory", 26)])
    func workingTimeHasTheNumbersOfTheRegulations(pack: String, weeks: Int) throws {
        let work = DutyTest(name: "work", onCall: false)
        let eight = WorkingMinutes(hours: 8)
        #expect(
            try rule("WTR-AVG", of: pack).kind
                == .meanWeek(maximum: WorkingMinutes(hours: 48), optedOut: nil, weeks: weeks))
        #expect(
            try rule("WTR-DAILY", of: pack).kind
                == .restBetween(minimum: ElapsedMinutes(hours: 11), after: work, before: work))
        #expect(
            try rule("WTR-WEEKLY", of: pack).kind
                == .restWithin([RestPattern(rest: ElapsedMinutes(hours: 24), count: 2, days: 14)]))
        #expect(
            try rule("WTR-BREAK", of: pack).kind
                == .breaks([.init(longerThan: 360, count: 1, minutes: ElapsedMinutes(20))]))
        guard case .nightWorkerMean(eight, let night, 3, weeks) = try rule("WTR-NIGHT", of: pack).kind else {
            Issue.record("WTR-NIGHT is another rule")
            return
        }
        #expect(night.insideAtLeast == 180)
        #expect(
            RulePack.shipped[pack]?.rules.allSatisfy { $0.classification == .statutory } == true)
    }

    @Test func consultantsAndSASDoctorsHaveTheirContracts() throws {
        guard case .programmedActivities(12, 240, 180, let plain) = try rule("CON-PA", of: "consultants").kind
        else {
            Issue.record("CON-PA is another rule")
            return
        }
        #expect(plain == .init(from: ClockTime(minute: 420), to: ClockTime(minute: 1140)))
        #expect(
            try rule("SAS-OOH", of: "sas-doctors").kind
                == .outOfHoursShare(
                    percent: 40, plain: .init(from: ClockTime(minute: 420), to: ClockTime(minute: 1260))))
    }

    @Test func wardPolicyIsAllDefaultsThatAWardMayChange() throws {
        let pack = try #require(RulePack.shipped["ward-policy"])
        #expect(pack.rules.allSatisfy { $0.classification == .policy })
        #expect(try rule("WARD-LONG", of: "ward-policy").title == "At most 4 long days in a row.")
        #expect(try rule("WARD-NIGHTS", of: "ward-policy").title == "At most 4 nights in a row.")
        #expect(try rule("WARD-RUN", of: "ward-policy").title == "At most 6 duties in a row.")
        #expect(
            try rule("WARD-WEEKENDS", of: "ward-policy").kind
                == .weekends(maximum: 3, outOf: 4, fromSaturday: 1))
        #expect(try rule("WARD-SINGLE-ON", of: "ward-policy").enforcement == .off)
    }

    /// On a pack that is read again the parameters are the same: what is stated can be stated again.
    @Test func everyKindIsMadeAgainFromItsParameters() throws {
        for rule in RulePack.shipped.values.flatMap(\.rules) {
            #expect(try RuleKind(rule.kind.name, rule.kind.parameters) == rule.kind)
        }
    }

    private func rule(_ id: String, of pack: String) throws -> Rule {
        try #require(RulePack.shipped[pack]?.rules.first { $0.id == id })
    }
}
