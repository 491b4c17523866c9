import Extracts
import Roster
import Testing

@testable import LookForward

@Suite struct CascadeTests {
    private func cascade(_ trust: Trust, at now: Instant = Trust.morning) throws -> Cascade {
        try #require(try trust.report(at: now).gaps.first).cascade
    }

    @Test func eachStepHasItsTimeAndWhoAuthorisesIt() throws {
        var trust = Trust()
        trust.ask(1, days: [.wednesday])
        let cascade = try cascade(trust)
        let start = Trust.at("2026-11-04 07:30")
        #expect(
            cascade.events.map(\.step) == [
                .float, .own, .collaborative, .agency, .agency, .agency, .breakGlass,
            ])
        #expect(cascade.events.map(\.at)[3] == start - ElapsedMinutes(hours: 168))
        // 49 hours before the start: 48 hours and 24 hours are still to come.
        #expect(cascade.events.map(\.state) == [.due, .due, .due, .due, .due, .planned, .planned])
        #expect(cascade.step == .agency)
        #expect(cascade.next?.at == start - ElapsedMinutes(hours: 48))
        #expect(cascade.events.last?.authoriser == "executive director on call")
        #expect(try #require(try trust.report().gaps.first).hoursToStart == 49)
    }

    @Test func theLeadTimeOpensOnTheMinute() throws {
        var trust = Trust()
        trust.ask(1, days: [.wednesday])
        let opens = Trust.at("2026-11-02 07:30")
        #expect(try cascade(trust, at: opens - ElapsedMinutes(1)).events[5].state == .planned)
        #expect(try cascade(trust, at: opens).events[5].state == .due)
    }

    @Test func whatTheBankSystemReleasedIsReleasedAndWasTried() throws {
        var trust = Trust.oneShort
        trust.requests = [
            Request(
                id: "r1", unit: "WARD-A", day: Trust.monday, shift: "LD", role: "rn",
                start: Trust.at("2026-11-02 07:30"), end: Trust.at("2026-11-02 20:00"), state: .offered,
                step: .collaborative, released: Trust.at("2026-10-30 09:00"), releasedBy: "matron on call",
                reason: .sickness),
            Request(
                id: "other", unit: "WARD-B", day: Trust.monday, shift: "LD", role: "rn",
                start: Trust.at("2026-11-02 07:30"), end: Trust.at("2026-11-02 20:00"), state: .open),
        ]
        let gap = try #require(try trust.report().gaps.first)
        let event = try #require(gap.cascade.events.first { $0.step == .collaborative })
        #expect(event.state == .released)
        #expect(event.at == Trust.at("2026-10-30 09:00"))
        #expect(event.authoriser == "matron on call")
        #expect(
            gap.tried == [
                Attempt(
                    step: .collaborative, state: "offered", at: Trust.at("2026-10-30 09:00"),
                    by: "matron on call")
            ])
        #expect(gap.reason == .sickness)
    }

    private func request(_ step: CascadeStep.Level, released: String) -> Request {
        Request(
            id: "r1", unit: "WARD-A", day: Trust.monday.advanced(by: 2), shift: "LD", role: "rn",
            start: Trust.at("2026-11-04 07:30"), end: Trust.at("2026-11-04 20:00"), state: .offered,
            step: step,
            released: Trust.at(released), releasedBy: "chief nurse")
    }

    /// What one head was released to says nothing of another, and what nobody has authorised is not out.
    @Test func whatIsFilledOrNotAuthorisedWasNotReleased() throws {
        func gap(_ states: [Request.State]) throws -> ReportedGap {
            var trust = Trust()
            trust.ask(1, days: [.wednesday])
            trust.requests = states.enumerated().map { number, state in
                Request(
                    id: Request.ID("r\(number)"), unit: "WARD-A", day: Trust.monday.advanced(by: 2),
                    shift: "LD", role: "rn", start: Trust.at("2026-11-04 07:30"),
                    end: Trust.at("2026-11-04 20:00"), state: state,
                    step: state == .booked || state == .pendingAuthorisation ? .breakGlass : .own)
            }
            return try #require(try trust.report().gaps.first)
        }
        let filled = try gap([.booked, .open])
        #expect(filled.cascade.events.last?.state == .planned)
        #expect(filled.cascade.events.first { $0.step == .own }?.state == .released)
        #expect(filled.tried.map(\.step) == [.own])
        let pending = try gap([.pendingAuthorisation])
        #expect(pending.cascade.events.last?.state == .planned)
        #expect(pending.tried.map(\.state) == ["awaiting authorisation"])
    }

    @Test func aTierIsNotOpenBeforeItsOwnTime() throws {
        var trust = Trust()
        trust.ask(1, days: [.wednesday])
        trust.requests = [request(.agency, released: "2026-10-29 14:05")]
        let tiers = try cascade(trust).events.filter { $0.step == .agency }
        #expect(tiers.map(\.state) == [.released, .released, .planned])
        // Tier 2 opens 72 hours before.
        #expect(tiers.prefix(2).map(\.at) == [Trust.at("2026-10-29 14:05"), Trust.at("2026-11-01 07:30")])
    }

    @Test func aReleaseBeforeItsLeadTimeIsARelease() throws {
        var trust = Trust()
        trust.ask(1, days: [.wednesday])
        trust.requests = [request(.breakGlass, released: "2026-11-01 14:05")]
        let cascade = try cascade(trust)
        let last = try #require(cascade.events.last)
        #expect((last.step, last.state) == (.breakGlass, .released))
        #expect(last.at == Trust.at("2026-11-01 14:05") && last.authoriser == "chief nurse")
        #expect(cascade.step == .breakGlass)
        #expect(cascade.next == nil)
    }

    @Test func aBookingThatNamesNobodyWasTriedAndFillsNothing() throws {
        var trust = Trust.oneShort
        var request = Request(
            id: "r1", unit: "WARD-A", day: Trust.monday, shift: "LD", role: "rn",
            start: Trust.at("2026-11-02 07:30"), end: Trust.at("2026-11-02 20:00"), state: .booked, step: .own
        )
        request.namesNobody = true
        trust.requests = [request]
        let gap = try #require(try trust.report().gaps.first)
        #expect(gap.missing == 1)
        #expect(gap.tried == [Attempt(step: .own, state: "booked, but nobody is named")])
    }

    @Test func aReleaseThatIsDatedLaterHasNotHappened() throws {
        var trust = Trust.oneShort
        trust.requests = [
            Request(
                id: "r1", unit: "WARD-A", day: Trust.monday, shift: "LD", role: "rn",
                start: Trust.at("2026-11-02 07:30"), end: Trust.at("2026-11-02 20:00"), state: .offered,
                step: .collaborative, released: Trust.morning + ElapsedMinutes(1))
        ]
        #expect(try cascade(trust).events.allSatisfy { $0.state != .released })
        #expect(
            try cascade(trust, at: Trust.morning + ElapsedMinutes(1)).events.contains {
                $0.state == .released
            })
    }

    @Test func industrialActionBlocksEverybodyFromOutside() throws {
        var trust = Trust.oneShort
        trust.hire("partner", unit: "WARD-C", also: ["WARD-A"], organisation: "TR2")
        trust.hire("agency", markers: ["agency"])
        #expect(try trust.report().ways.count == 2)
        trust.policy = ReportPolicy(industrialAction: [
            IndustrialAction(first: Trust.monday, last: Trust.monday, groups: [.registered])
        ])
        let report = try trust.report()
        let gap = try #require(report.gaps.first)
        #expect(gap.cascade.isIndustrialAction)
        for event in gap.cascade.events {
            #expect((event.state == .blocked) == (event.step >= .collaborative))
        }
        #expect(gap.options.allSatisfy { $0.step < .collaborative })
        #expect(gap.reason == .industrialAction)
        #expect(gap.minutesLeft == gap.minutesShort)
        trust.policy = ReportPolicy(industrialAction: [
            IndustrialAction(first: Trust.monday, last: Trust.monday, groups: [.medical])
        ])
        #expect(try trust.report().gaps.first?.cascade.isIndustrialAction == false)
    }

    @Test func aNightIsStruckByTheDayIntoWhichItRuns() throws {
        var trust = Trust()
        trust.ask(1, from: "19:30", to: "08:00", days: [.monday])
        func isStruck(on day: Day) throws -> Bool {
            trust.policy = ReportPolicy(industrialAction: [IndustrialAction(first: day, last: day)])
            let gap = try #require(try trust.report().gaps.first)
            #expect(gap.cascade.isIndustrialAction == (gap.reason == .industrialAction))
            return gap.cascade.isIndustrialAction
        }
        #expect(try isStruck(on: Trust.monday))
        #expect(try isStruck(on: Trust.monday.advanced(by: 1)))
        #expect(try !isStruck(on: Trust.monday.advanced(by: 2)))
        // What ends at midnight is of the day before.
        trust.rules = []
        trust.ask(1, from: "16:00", to: "24:00", days: [.monday])
        #expect(try !isStruck(on: Trust.monday.advanced(by: 1)))
    }

    @Test func aWeekIsStruckByAnyDayOnWhichItsHoursAreOpen() throws {
        var trust = Trust()
        trust.rules = [
            CoverRule(
                id: "week", name: "Week", unit: "WARD-A", counted: Counted(roles: ["rn"]),
                from: Trust.clock("00:00"), to: Trust.clock("24:00"),
                requirement: .heads(minimum: 0, target: 0, maximum: nil),
                weeklyMinimum: ElapsedMinutes(hours: 168))
        ]
        trust.hire("one")
        // Monday is covered to midnight.
        trust.duties = [
            Duty(
                person: "one", day: Trust.monday, unit: "WARD-A", shift: "LD", role: "rn",
                start: Trust.at("2026-11-02 00:00"), end: Trust.at("2026-11-03 00:00"),
                paid: PaidMinutes(hours: 24), working: WorkingMinutes(hours: 24), source: .imported)
        ]
        func isStruck(after days: Int) throws -> Bool {
            let day = Trust.monday.advanced(by: days)
            trust.policy = ReportPolicy(industrialAction: [IndustrialAction(first: day, last: day)])
            let week = try #require(try trust.report().gaps.first { $0.measure == .weeklyMinutes })
            return week.cascade.isIndustrialAction
        }
        #expect(try isStruck(after: 0) == false)
        #expect(try isStruck(after: 2))
        #expect(try isStruck(after: 3) == false)
    }

    @Test func aReleaseIsSuggestedOnlyForWhatPeopleLeaveOpen() throws {
        var trust = Trust.oneShort
        let open = try #require(try trust.report().gaps.first)
        #expect(open.suggested.map(\.step) == [.own])
        #expect(open.suggested.allSatisfy { $0.isRelease && $0.minutesClosed == 0 })
        #expect(open.minutesLeft == 750)
        trust.requests = [
            Request(
                id: "r1", unit: "WARD-A", day: Trust.monday, shift: "LD", role: "rn",
                start: Trust.at("2026-11-02 07:30"), end: Trust.at("2026-11-02 20:00"), state: .open,
                step: .own, released: Trust.at("2026-10-30 09:00"))
        ]
        // What was released is asked again only where nothing else is due.
        #expect(try #require(try trust.report().gaps.first).suggested.map(\.step) == [.collaborative])
        trust.requests = []
        trust.hire("free")
        let closed = try #require(try trust.report().gaps.first)
        #expect(closed.suggested.allSatisfy { !$0.isRelease })
    }
}
