import Roster
import RulePack
import Testing

@testable import RosterExplain

@Suite struct DayExplainerTests {
    private func sentences(_ scenario: Scenario, _ duties: [Duty], rules: [Rule] = []) -> [String] {
        Ward.explain(scenario, rules, duties).explain(person: "a", day: Ward.monday)?.sentences ?? []
    }

    @Test func aDutySaysWhatItCountsForAndWhatWouldBeShort() {
        let scenario = Ward.scenario(people: [Ward.person("a")], cover: [Ward.cover(minimum: 1)])
        #expect(
            sentences(scenario, [Ward.duty("a")]) == [
                "Nurse a works the Day on Mon 2 Nov, 08:00 to 16:00, as Nurse in Ward",
                "It counts for Nurses by day: 1 there from Mon 2 Nov 08:00 to 16:00, 1 wanted",
                "Without it, Nurses by day would be 1 short of its minimum of 1 from Mon 2 Nov 08:00",
            ])
    }

    @Test func onlyTheHoursInWhichFewestAreThereAreJudged() {
        let scenario = Ward.scenario(
            people: [Ward.person("a"), Ward.person("b")], cover: [Ward.cover()],
            shifts: [Ward.day, Ward.late])
        let both = [Ward.duty("a"), Ward.duty("b", Ward.late)]
        #expect(
            sentences(scenario, both).last
                == "Without it, Nurses by day would be 1 short of its target of 1 from Mon 2 Nov 08:00")
        #expect(
            sentences(scenario, [Ward.duty("a"), Ward.duty("b")]).last
                == "Without it nobody would be missing: it is there for hours, wishes or fairness")
    }

    /// Whoever is there since last night is there for the explanation too.
    @Test func whoIsThereSinceLastNightCounts() {
        let night = HistoryDuty(
            person: "b", start: London.instant(Ward.monday.advanced(by: -1), minute: 1200),
            end: London.instant(Ward.monday, minute: 720), paid: PaidMinutes(960),
            working: WorkingMinutes(960), unit: "W", role: "nurse")
        let scenario = Ward.scenario(
            people: [Ward.person("a"), Ward.person("b"), Ward.person("c")],
            cover: [Ward.cover(minimum: 1)], history: [night], shifts: [Ward.day, Ward.late])
        let found = sentences(scenario, [Ward.duty("a"), Ward.duty("c", Ward.late)])
        #expect(found[1] == "It counts for Nurses by day: 2 there from Mon 2 Nov 08:00 to 12:00, 1 wanted")
        #expect(found.last == "Without it nobody would be missing: it is there for hours, wishes or fairness")
    }

    /// A gap that is open already, and that the duty would make longer, is told from where it would be.
    @Test func aGapThatWouldBecomeLongerIsTold() {
        let early = ShiftType(id: "E", name: "Early", start: Ward.clock(8), end: Ward.clock(12))
        let scenario = Ward.scenario(
            people: ["a", "b"].map { Ward.person($0) }, cover: [Ward.cover(target: 2, to: 20)],
            shifts: [early, Ward.late])
        let found = sentences(scenario, [Ward.duty("b", early), Ward.duty("a", Ward.late)])
        // One of two is there throughout: without "a" nobody is from 12:00 on.
        #expect(
            found.last == "Without it, Nurses by day would be 2 short of its target of 2 from Mon 2 Nov 12:00"
        )
        let three = Ward.scenario(
            people: ["a", "b", "c"].map { Ward.person($0) }, cover: [Ward.cover(target: 2, to: 20)],
            shifts: [early, Ward.late])
        let longer = sentences(
            three, [Ward.duty("b", early), Ward.duty("a", Ward.late), Ward.duty("c", Ward.late)])
        // 1 of 2 before 12:00 already; after it only without "a".
        #expect(
            longer.last
                == "Without it, Nurses by day would be 1 short of its target of 2 from Mon 2 Nov 12:00")
    }

    /// A week's hours of hard cover may rest on a duty of which no hour is short of people.
    @Test func aDutyThatHoldsUpTheHoursOfAWeekIsNotSaidToBeForNothing() {
        func cover(_ hours: Int) -> CoverRule {
            CoverRule(
                id: "frailty", name: "Frailty", unit: "W", counted: Counted(roles: ["nurse"]),
                from: Ward.clock(8), to: Ward.clock(20),
                requirement: .heads(minimum: 0, target: 0, maximum: nil),
                weeklyMinimum: ElapsedMinutes(hours: hours), hard: true)
        }
        func last(_ hours: Int) -> String? {
            sentences(
                Ward.scenario(days: 7, people: [Ward.person("a"), Ward.person("b")], cover: [cover(hours)]),
                [Ward.duty("a"), Ward.duty("b", day: 1)]
            ).last
        }
        #expect(last(16)?.hasPrefix("Without it, Frailty would be 8 h short of its 16 h in the week") == true)
        // That another week is short already hides nothing.
        let two = sentences(
            Ward.scenario(days: 14, people: [Ward.person("a"), Ward.person("b")], cover: [cover(16)]),
            [Ward.duty("a"), Ward.duty("b", day: 1)]
        ).last
        #expect(two?.contains("8 h short of its 16 h in the week from Mon 2 Nov") == true)
        #expect(last(8) == "Without it nobody would be missing: it is there for hours, wishes or fairness")
    }

    @Test func aPinnedDutySaysSo() {
        let pin = Ward.duty("a", source: .pinned)
        #expect(
            sentences(Ward.scenario(people: [Ward.person("a")], pinned: [pin]), [pin]).contains(
                "It was pinned beforehand, and the search keeps what is pinned"))
    }

    @Test func aBookingAndAPublishedDutySaySo() {
        let duty = Ward.duty("a", source: .imported)
        let booking = Booking(
            gap: "day@2026-11-02T08:00", person: "a", day: Ward.monday, shift: "D", unit: "W", role: "nurse",
            origin: "bank")
        let person = Ward.person("a")
        #expect(
            sentences(Ward.scenario(people: [person], bookings: [booking]), [duty]).contains(
                "It is a confirmed booking"))
        #expect(
            sentences(Ward.scenario(people: [person], published: [duty]), [duty]).contains(
                "It stands in the published rota"))
    }

    @Test func aPersonWhoCountsForTwoHardRulesIsPlacedInOne() {
        // "both" can be counted for either rule, not for both: without "a" one of the two is open.
        let roles: Set<Role.ID> = ["nurse"]
        let scenario = Ward.scenario(
            people: [Ward.person("a"), Ward.person("both", skills: [Ward.leading])],
            cover: [
                Ward.cover("any", roles: roles, minimum: 1, hard: true),
                Ward.cover("skilled", roles: roles, skills: ["leading"], minimum: 1, hard: true),
            ])
        let found = sentences(scenario, [Ward.duty("a"), Ward.duty("both")])
        #expect(found.last?.contains("1 short of its minimum of 1") == true)
    }

    @Test func aDayOffSaysWhatStoppedThem() {
        let away = Leave(person: "a", first: Ward.monday, last: Ward.monday, kind: .annual)
        #expect(
            sentences(Ward.scenario(people: [Ward.person("a")], leave: [away]), []) == [
                "Nurse a has no duty on Mon 2 Nov", "Nurse a is on annual leave on Mon 2 Nov",
            ])
        let idle = Ward.scenario(people: [Ward.person("a"), Ward.person("b")])
        #expect(
            sentences(idle, [Ward.duty("b")]) == [
                "Nurse a has no duty on Mon 2 Nov",
                "Nobody is missing on that day whom Nurse a could replace",
            ])
    }

    @Test func wishesForTheDayAreAdded() {
        let wish = Preference(person: "a", day: Ward.monday, wanted: .off, strength: 1)
        let scenario = Ward.scenario(people: [Ward.person("a")], preferences: [wish])
        #expect(
            sentences(scenario, []).last
                == "Nurse a wished to be off. Granted: to be off on Mon 2 Nov")
    }

    @Test func rulesAtOtherTimesOfTheDayAreLeftAlone() {
        let scenario = Ward.scenario(
            people: [Ward.person("a")], cover: [Ward.cover(), Ward.cover("evening", from: 18, to: 20)])
        let found = sentences(scenario, [Ward.duty("a")])
        #expect(found.count == 3)
        #expect(!found.contains { $0.contains("evening") })
    }

    @Test func aDutyThatEndsBeforeItStartsIsNotFatal() {
        let good = Ward.duty("a")
        let bad = Duty(
            person: "a", day: good.day, unit: good.unit, shift: good.shift, role: good.role, start: good.end,
            end: good.start, paid: good.paid, working: good.working, source: .imported)
        #expect(sentences(Ward.scenario(people: [Ward.person("a")]), [bad]).count > 1)
    }
}
