import Extracts
import Roster
import Testing

@testable import LookForward

/// Ways to close a gap: only lawful ones, whoever they take people from.
@Suite struct OptionTests {
    private let tuesday = Trust.monday.advanced(by: 1)

    @Test func somebodyWhoIsOffIsAsked() throws {
        var trust = Trust.oneShort
        trust.hire("free")
        let report = try trust.report()
        let way = try #require(report.ways.first)
        #expect(report.ways.count == 1)
        #expect(way.step == .own)
        #expect(way.isSuggested)
        #expect(way.minutesClosed == 750)
        #expect(way.sentence.contains("Band 5 of the unit: Long day, Mon 2 Nov 07:30 to 20:00"))
        #expect(way.sideEffect == "brings them to 11.5 h in the week, within their contract")
        #expect(report.gaps.first?.minutesLeft == 0)
    }

    @Test func restBeforeIsReadFromTheHistory() throws {
        var trust = Trust.oneShort
        trust.hire("tired")
        trust.worked("tired", from: "2026-11-01 13:00", to: "2026-11-01 20:31")
        // The long day would break their rest; the late shift does not.
        #expect(try trust.report().ways.map(\.start) == [Trust.at("2026-11-02 13:00")])
        trust.history = []
        trust.worked("tired", from: "2026-11-01 13:00", to: "2026-11-01 20:30")
        #expect(try trust.report().ways.map(\.start) == [Trust.at("2026-11-02 07:30")])
        trust.history = []
        trust.worked("tired", from: "2026-11-01 22:00", to: "2026-11-02 06:00")
        #expect(try trust.report().ways.isEmpty)
    }

    /// Whose booking was called off, while the rota shows them still, may be at work.
    @Test func whoMayBeAtWorkIsNotCalledFree() throws {
        var trust = Trust.oneShort
        trust.hire("maybe")
        #expect(try trust.report().ways.count == 1)
        let night = Duty(
            person: "maybe", day: Trust.monday.advanced(by: -1), unit: "WARD-A", shift: Trust.night,
            role: "rn",
            source: .imported)
        trust.doubtful = [night]
        #expect(try trust.report().ways.isEmpty)
    }

    @Test func restAfterIsReadFromTheDaysThatFollow() throws {
        var trust = Trust()
        trust.window = Period(first: Trust.monday, days: 1)
        trust.ask(1, from: "19:30", to: "08:00", days: [.monday])
        trust.hire("free")
        let next = Duty(
            person: "free", day: tuesday, unit: "WARD-A", shift: Trust.late, role: "rn", source: .imported)
        trust.following = [next]
        #expect(try trust.report().ways.isEmpty)
        trust.following = []
        #expect(try trust.report().ways.count == 1)
    }

    @Test func nobodyIsAskedWhoIsAwayOrUnfitOrElsewhere() throws {
        for change in [
            { (trust: inout Trust) in trust.away("x") },
            { $0.people = $0.people.map { $0.id == "x" ? Trust.copy($0, grade: "B2") : $0 } },
            { $0.people = $0.people.map { $0.id == "x" ? Trust.copy($0, unit: "WARD-C") : $0 } },
            { $0.work("x", Trust.late, in: "WARD-C") },
            {
                $0.people = $0.people.map {
                    $0.id == "x" ? Trust.copy($0, leaves: Trust.day("2026-11-01")) : $0
                }
            },
        ] {
            var trust = Trust.oneShort
            trust.hire("x")
            #expect(try trust.report().ways.count == 1)
            change(&trust)
            #expect(try trust.report().ways.isEmpty)
        }
    }

    @Test func aShiftThatHasBegunIsOfferedToNobody() throws {
        var trust = Trust.oneShort
        trust.shifts = [Trust.longDay, Trust.night]
        trust.hire("free")
        #expect(try trust.report(at: Trust.at("2026-11-02 07:31")).ways.isEmpty)
    }

    @Test func hoursThatAreOwedComeBeforeTheBankAndTheBankBeforeOvertime() throws {
        var trust = Trust.oneShort
        trust.hire("over", hours: 37)
        for offset in [2, 3, 4] {
            trust.following.append(
                Duty(
                    person: "over", day: Trust.monday.advanced(by: offset + 1), unit: "WARD-A",
                    shift: Trust.longDay,
                    role: "rn", source: .imported))
        }
        trust.hire("bank", contract: "BANK", hours: 0)
        trust.hire("owes", hours: 30)
        let report = try trust.report()
        #expect(report.ways.count == 3)
        let suggested = try #require(report.ways.first { $0.isSuggested })
        #expect(suggested.reference == PersonReference("owes", in: "TR1").description)
        trust.people.removeAll { $0.id == "owes" }
        let next = try #require(try trust.report().ways.first { $0.isSuggested })
        #expect(next.reference == PersonReference("bank", in: "TR1").description)
    }

    @Test func whoeverComesFromElsewhereIsOnALaterStep() throws {
        var trust = Trust.oneShort
        trust.hire("agency", markers: ["agency"])
        trust.hire("partner", unit: "WARD-C", also: ["WARD-A"], organisation: "TR2")
        let report = try trust.report()
        #expect(Set(report.ways.map(\.step)) == [.collaborative, .agency])
        #expect(report.ways.first { $0.isSuggested }?.step == .collaborative)
    }

    // MARK: Floats

    /// One short in ward A, and ward B with so many nurses of three asked for, one of whom may work in ward A.
    private func lending(_ there: Int) -> Trust {
        var trust = Trust.oneShort
        trust.ask(3, in: "WARD-B", days: [.monday])
        for index in 0..<there {
            let id = trust.hire("b-\(index)", unit: "WARD-B", also: index == 0 ? ["WARD-A"] : [])
            trust.work(id, in: "WARD-B")
        }
        return trust
    }

    @Test func aNurseToSpareIsMoved() throws {
        let report = try lending(4).report()
        let way = try #require(report.ways.first)
        #expect(way.step == .float)
        #expect(way.sideEffect == "leaves Ward B at 100 %")
        #expect(way.lender?.unit == "WARD-B")
        #expect(way.reference == nil)
        #expect(way.isSuggested)
        #expect(report.gaps.first?.minutesLeft == 0)
        #expect(try lending(5).report().ways.first?.sideEffect == "leaves Ward B at 133 %")
    }

    @Test func aLenderNeverFallsShort() throws {
        #expect(try lending(3).report().ways.isEmpty)
    }

    @Test func aLenderKeepsItsShares() throws {
        var trust = lending(4)
        trust.hire("support", grade: "B2", unit: "WARD-B")
        trust.work("support", in: "WARD-B", as: Trust.support)
        trust.rules.append(
            CoverRule(
                id: "share", name: "Registered share", unit: "WARD-B", counted: Counted(roles: ["rn"]),
                weekdays: [.monday], from: Trust.clock("07:30"), to: Trust.clock("20:00"),
                requirement: .atLeast(percent: 80, whole: Counted())))
        #expect(try trust.report().ways.isEmpty)
    }

    @Test func dataInDoubtAreSaidAndDataThatSayNothingLendNobody() throws {
        var trust = lending(4)
        trust.findings = [
            Finding(check: .hours, severity: .warning, units: ["WARD-B"], sentence: "Hours do not add up")
        ]
        #expect(
            try trust.report().ways.first?.sideEffect
                == "leaves Ward B at 100 %; look first, the unit's data are in doubt")
        trust.findings = [
            Finding(check: .staleExtract, severity: .warning, units: ["WARD-B"], sentence: "Old")
        ]
        #expect(try trust.report().ways.isEmpty)
        var own = Trust.oneShort
        own.hire("elsewhere", unit: "WARD-C", also: ["WARD-A"])
        #expect(try own.report().ways.count == 1)
        own.notIncluded = ["WARD-C"]
        #expect(try own.report().ways.isEmpty)
    }

    @Test func nobodyIsMovedToAnotherSite() throws {
        var trust = Trust.oneShort
        trust.hire("hill", unit: "WARD-C", also: ["WARD-A"])
        trust.work("hill", in: "WARD-C")
        #expect(try trust.report().ways.isEmpty)
    }

    @Test func twoMayNotLeaveWhereOneIsToSpare() throws {
        var trust = lending(4)
        trust.ask(1, of: Trust.nurse, days: [.monday], skills: ["iv"], id: "another")
        trust.rules[0] = CoverRule(
            id: "WARD-A.rn.0730", name: "Nurses", unit: "WARD-A", counted: Counted(roles: ["rn"]),
            weekdays: [.monday], from: Trust.clock("07:30"), to: Trust.clock("20:00"),
            requirement: .heads(minimum: 0, target: 3, maximum: nil))
        trust.people = trust.people.map { Trust.copy($0, also: ["WARD-A"]) }
        let report = try trust.report()
        #expect(report.gaps.first { $0.rule == "WARD-A.rn.0730" }?.suggested.count { $0.step == .float } == 1)
        #expect(report.gaps.first { $0.rule == "WARD-A.rn.0730" }?.minutesLeft == 750)
    }

    // MARK: One person, several gaps

    @Test func oneNurseDoesNotCloseTwoGapsAtOnce() throws {
        var trust = Trust()
        trust.ask(1, days: [.monday])
        trust.ask(1, in: "WARD-B", days: [.monday])
        trust.hire("free", also: ["WARD-B"])
        let report = try trust.report()
        #expect(report.ways.count == 2)
        #expect(report.ways.count(where: \.isSuggested) == 1)
        #expect(report.gaps.map(\.minutesLeft).sorted() == [0, 750])
    }

    @Test func whoIsFitIsFoundBehindAnyNumberWhoAreNot() throws {
        var trust = Trust()
        trust.ask(1, days: [.monday])
        // All free on Monday, and none rested: each worked until an hour before.
        for index in 0..<60 {
            let person = trust.hire("tired-\(index)", hours: 60)
            trust.worked(person, from: "2026-11-01 18:30", to: "2026-11-02 06:30")
        }
        trust.hire("rested", contract: "BANK")
        let gap = try #require(try trust.report().gaps.first)
        #expect(gap.minutesLeft == 0)
        #expect(gap.candidatesNotAsked == 0)
    }

    @Test func whoWouldCloseOnlyThisGapIsFoundBehindThoseWhoAreChosenElsewhere() throws {
        var trust = Trust()
        trust.ask(8, days: [.monday])
        trust.ask(8, in: "WARD-B", days: [.monday])
        for index in 0..<8 { trust.hire("both-\(index)", also: ["WARD-B"]) }
        for index in 0..<8 { trust.hire("a-\(index)", contract: "BANK") }
        let report = try trust.report()
        #expect(report.gaps.map(\.minutesLeft) == [0, 0])
    }

    @Test func whoWasNotAskedIsCounted() throws {
        var trust = Trust.oneShort
        for index in 0..<20 { trust.hire("free-\(index)") }
        let gap = try #require(try trust.report().gaps.first)
        #expect(gap.minutesLeft == 0)
        #expect(gap.candidatesNotAsked == 14)
        #expect(gap.options.filter { !$0.isRelease }.count + gap.optionsLeftOut == 6)
    }

    @Test func oneDutyClosesEveryRuleThatItMeets() throws {
        var trust = Trust()
        trust.ask(1, days: [.monday])
        trust.ask(1, days: [.monday], skills: ["iv"], id: "iv")
        trust.hire("free", skills: ["iv"])
        #expect(try trust.report().gaps.map(\.minutesLeft) == [0, 0])
    }

    @Test func onePersonTakesTwoDutiesOnlyWithRestBetween() throws {
        var trust = Trust()
        trust.ask(1, days: [.monday, .tuesday])
        trust.hire("free")
        #expect(try trust.report().gaps.map(\.minutesLeft) == [0, 0])
        trust.rules = []
        trust.ask(1, days: [.monday])
        trust.ask(1, from: "19:30", to: "08:00", days: [.monday])
        let left = try trust.report().gaps.map(\.minutesLeft)
        #expect(left.reduce(0, +) >= 720)
    }

    @Test func whatALenderIsLeftWithCountsAllWhoAreLent() throws {
        var trust = Trust()
        trust.ask(1, days: [.monday])
        trust.ask(1, in: "WARD-D", days: [.monday])
        trust.ask(1, in: "WARD-B", days: [.monday])
        trust.units.append(Unit(id: "WARD-D", name: "Ward D", site: "MAIN", organisation: "TR1"))
        for index in 0..<3 {
            let id = trust.hire("lent-\(index)", unit: "WARD-B", also: ["WARD-A", "WARD-D"])
            trust.work(id, in: "WARD-B")
        }
        let suggested = try trust.report().gaps.flatMap(\.suggested)
        #expect(suggested.map(\.sideEffect) == ["leaves Ward B at 100 %", "leaves Ward B at 100 %"])
        // Whoever is chosen for the other gap could come here instead; the third beside them.
        let others = try trust.report().gaps.flatMap(\.options).filter {
            $0.step == .float && !$0.isSuggested
        }
        #expect(
            others.map { String($0.sideEffect.suffix(5)) }.sorted() == ["100 %", "100 %", "200 %", "200 %"])
        trust.rules.removeFirst()
        #expect(try trust.report().gaps.flatMap(\.suggested).map(\.sideEffect) == ["leaves Ward B at 200 %"])
    }

    // MARK: Weekly minimums

    /// Three days of which the seventh part of seventy hours is asked for: thirty.
    private func weekly() -> Trust {
        var trust = Trust()
        trust.rules = [
            CoverRule(
                id: "frailty", name: "Frailty", unit: "WARD-A", purpose: .frailtyInReach,
                counted: Counted(roles: ["rn"]), requirement: .heads(minimum: 0, target: 0, maximum: nil),
                weeklyMinimum: ElapsedMinutes(hours: 70))
        ]
        return trust
    }

    @Test func peopleAreSoughtForHoursOfAWeek() throws {
        var trust = weekly()
        trust.shifts = [Trust.longDay]
        for index in 0..<4 { trust.hire("p\(index)") }
        let gap = try #require(try trust.report().gaps.first)
        #expect(gap.measure == .weeklyMinutes)
        #expect(gap.isHard)
        #expect(gap.id == "frailty@2026-11-02W")
        #expect(try trust.report().headlines.allSatisfy { $0.hardGaps == 0 })
        #expect(try trust.report().statement.hasPrefix("1 critical gap (1 of a weekly minimum); "))
        trust.window = Period(first: Trust.monday.advanced(by: 1), days: 3)
        #expect(try trust.report(at: Trust.at("2026-11-03 06:30")).gaps.first?.id == gap.id)
        #expect(gap.minutesShort == 1_800)
        // Three long days are enough, and a fourth person is not called in.
        #expect(gap.suggested.count { !$0.isRelease } == 3)
        #expect(gap.minutesLeft == 0)
    }

    @Test func whoClosesAShiftServesTheWeekToo() throws {
        var trust = weekly()
        trust.ask(1)
        trust.hire("free")
        let report = try trust.report()
        let week = try #require(report.gaps.first { $0.measure == .weeklyMinutes })
        #expect(week.minutesLeft == 0)
        #expect(week.suggested.count == 3)
    }

    @Test func aHardGapTakesTheOnlyPersonThereIs() throws {
        var trust = Trust()
        trust.ask(3, days: [.monday], risk: 50)
        trust.ask(1, in: "WARD-B", days: [.monday], hard: true)
        trust.hire("free", also: ["WARD-B"])
        let report = try trust.report()
        #expect(report.gaps.first?.isHard == true)
        #expect(report.gaps.first?.minutesLeft == 0)
    }
}

extension Trust {
    static func copy(
        _ person: Person, grade: Grade.ID? = nil, unit: Unit.ID? = nil, also: Set<Unit.ID>? = nil,
        leaves: Day? = nil
    ) -> Person {
        Person(
            id: person.id, name: person.name, organisation: person.organisation, unit: unit ?? person.unit,
            otherUnits: also ?? person.otherUnits, grade: grade ?? person.grade, contract: person.contract,
            paidPerWeek: person.paidPerWeek, competencies: person.competencies, leaves: leaves)
    }
}
