import Extracts
import Roster
import RulePack
import SystemPool
import Testing

@testable import SystemFeed

@Suite("Whom an organisation offers")
struct LendingTests {
    @Test("A volunteer is offered for the days on which the rota leaves them free and rested")
    func volunteer() throws {
        var ward = InventedWard()
        ward.hire("volunteer")
        ward.work("volunteer", InventedWard.night, on: InventedWard.monday)
        let offer = try #require(ward.feed().push().offers.first)
        #expect(offer.source == .person(Pseudonym(of: "volunteer", key: InventedWard.key)))
        #expect(offer.hasConsented && offer.inducted == ["NS2-H"])
        // The night ends on Tuesday at 08:00: eleven hours later they may be at work again.
        #expect(offer.earliestStart >= InventedWard.at("2026-11-03 19:00"))
        #expect(offer.remainingMinutes == 750)
        #expect(offer.skills.map(\.id) == ["iv"])
    }

    @Test("Nobody is offered without an agreement, and nobody who has not agreed to it")
    func consent() {
        var ward = InventedWard()
        ward.hire("volunteer")
        ward.hire("somebody")
        #expect(Set(ward.feed().push().offers.map(\.source)).count == 1)
        ward.terms = LendingTerms(
            organisation: "NS1", agreement: "sharing", partners: ward.terms.partners, volunteers: [])
        #expect(ward.feed().push().offers.isEmpty)
        ward.terms = LendingTerms(
            organisation: "NS1", partners: ward.terms.partners, volunteers: [.init(person: "volunteer")])
        #expect(ward.feed().push().offers.isEmpty)
    }

    @Test(
        "On a day on which something that they need has lapsed nobody is offered, and nothing of it is sent")
    func passport() throws {
        func days(_ standings: [StaffPassport.Item: StaffPassport.Standing]) throws -> Set<Day> {
            var ward = InventedWard()
            ward.hire("volunteer")
            ward.terms = LendingTerms(
                organisation: "NS1", agreement: "sharing", partners: ward.terms.partners,
                volunteers: ward.terms.volunteers, passports: ["volunteer": StaffPassport(standings)])
            let push = ward.feed().push()
            let sent = String(decoding: try push.json(), as: UTF8.self)
            for item in StaffPassport.Item.allCases {
                #expect(!sent.contains(item.rawValue) && !sent.contains(item.words))
            }
            return Set(push.offers.map { ($0.latestEnd - ElapsedMinutes(31)).day })
        }
        let monday = InventedWard.monday
        let all = try days([:])
        #expect(all == Set((0...3).map { monday.advanced(by: $0) }))
        #expect(try days([.registration: .held, .smartcard: .through(monday.advanced(by: 3))]) == all)
        #expect(try days([.mandatoryTraining: .through(monday)]) == [monday])
        #expect(try days([.rightToWork: .notHeld]).isEmpty)
    }

    @Test("Somebody on leave is not offered")
    func leave() {
        var ward = InventedWard()
        ward.hire("volunteer")
        ward.leave = [
            Leave(
                person: "volunteer", first: InventedWard.monday,
                last: InventedWard.monday.advanced(by: 3), kind: .annual)
        ]
        #expect(ward.feed().push().offers.isEmpty)
    }

    private static let afterNights = Rule(
        id: "NIGHT", title: "Rest after nights", source: "invented",
        effective: InventedWard.day("2020-01-01"), classification: .contractual, reach: .line,
        kind: .restAfterRun(
            of: DutyTest(
                name: "night",
                inside: DutyTest.Span(from: InventedWard.clock("23:00"), to: InventedWard.clock("06:00")),
                insideAtLeast: 180),
            minimum: ElapsedMinutes(hours: 46)))

    @Test("No offer holds a shift for which its person could not lawfully go")
    func oneShiftEach() throws {
        var ward = InventedWard()
        ward.lawBook.append(Self.afterNights)
        ward.hire("volunteer")
        // At home again on Wednesday at 07:30: a night from Monday on would leave them less than 46 hours.
        ward.work("volunteer", on: InventedWard.monday.advanced(by: 2))
        let push = ward.feed().push()
        let windows = push.offers.map { $0.earliestStart...$0.latestEnd }
        #expect(
            windows
                == [0, 1].map {
                    let day = InventedWard.monday.advanced(by: $0)
                    return InventedWard.at("\(day) 07:00")...InventedWard.at("\(day) 20:30")
                })
        let check = LendingCheck(ward.picture)
        for window in windows {
            let whole = AwayDuty(
                person: "volunteer", start: window.lowerBound + ElapsedMinutes(30),
                end: window.upperBound - ElapsedMinutes(30), travelMinutes: 30)
            #expect(check.obstacles(to: whole).isEmpty)
        }
    }

    @Test("Whoever is called for one shift is called for no other of the same push")
    func oneCallAtATime() throws {
        var ward = InventedWard()
        ward.lawBook.append(Self.afterNights)
        ward.hire("volunteer")
        let offers = ward.feed().push().offers.sorted { $0.earliestStart < $1.earliestStart }
        #expect(offers.count == 6, "a long day and a night on each of three days")
        for (index, one) in offers.enumerated() {
            // Two duties in one window, as a call that is under way and a suggestion for the same person, and what is
            // left of the hours: none of them may go beside another.
            #expect(one.remainingMinutes == 750)
            for other in offers[index...] {
                #expect((other.latestEnd - one.earliestStart).count <= one.restMinutes)
            }
        }
        _ = try OrganisationPush.read(ward.feed().push().json())
    }

    @Test("An offer keeps its id from push to push, whatever days have passed")
    func sameIds() {
        var ward = InventedWard()
        ward.hire("volunteer")
        ward.work("volunteer", on: InventedWard.monday.advanced(by: 1))
        func ids(at now: String) -> [Instant: Offer.ID] {
            Dictionary(
                uniqueKeysWithValues: ward.feed(at: InventedWard.at(now)).push().offers.map {
                    ($0.earliestStart, $0.id)
                })
        }
        let before = ids(at: "2026-11-02 06:30")
        let after = ids(at: "2026-11-03 12:00")
        #expect(!after.isEmpty && after.count < before.count)
        for (start, id) in after { #expect(before[start] == id) }
    }

    @Test("What counts as lent is of the last 28 days or lies ahead, and is never more than a push may say")
    func recentCalls() throws {
        var ward = InventedWard()
        ward.hire("volunteer")
        func calls(_ days: [Int]) throws -> Int {
            let lent = days.map { days in
                let day = InventedWard.monday.advanced(by: days)
                return AwayDuty(
                    person: "volunteer", start: London.instant(day, minute: 390),
                    end: London.instant(day, minute: 400), travelMinutes: 0)
            }
            return try #require(ward.feed(lent: lent).push().offers.first).recentCalls
        }
        #expect(try calls([-27, -1]) == 2)
        #expect(try calls([0]) == 1, "begun this minute")
        #expect(try calls([-28]) == 0, "28 days ago to the minute")
        #expect(try calls([30]) == 1, "booked")
        #expect(try calls(Array(repeating: -2, count: 101)) == 100)
    }

    @Test("A pseudonym is the same for the same key, and another for another")
    func pseudonym() {
        let one = Pseudonym(of: "n-017", key: InventedWard.key)
        #expect(one == Pseudonym(of: "n-017", key: InventedWard.key))
        #expect(one != Pseudonym(of: "n-018", key: InventedWard.key))
        #expect(one != Pseudonym(of: "n-017", key: Array(repeating: 8, count: 32)))
        // HMAC-SHA256 of "0 n-017" under that key, by Python's hmac.
        #expect(one.text == "p-33f63b0b82fcc04c")
    }
}

@Suite("Whether somebody may be lent, by the rota as it stands")
struct LendingCheckTests {
    private static let away = AwayDuty(
        person: "volunteer", start: InventedWard.at("2026-11-03 07:30"),
        end: InventedWard.at("2026-11-03 20:00"), travelMinutes: 30)

    private func ward(_ change: (inout InventedWard) -> Void) -> InventedWard {
        var ward = InventedWard()
        ward.hire("volunteer")
        change(&ward)
        return ward
    }

    @Test("Nothing stands against somebody who is free and rested")
    func free() {
        #expect(LendingCheck(ward { _ in }.picture).obstacles(to: Self.away).isEmpty)
    }

    @Test("A night that ends less than eleven hours before stands against it")
    func rest() {
        let tired = ward { $0.work("volunteer", InventedWard.night, on: InventedWard.monday) }
        func away(_ start: String) -> AwayDuty {
            AwayDuty(
                person: "volunteer", start: InventedWard.at("2026-11-03 \(start)"),
                end: InventedWard.at("2026-11-03 23:30"), travelMinutes: 30)
        }
        #expect(!LendingCheck(tired.picture).obstacles(to: away("19:29")).isEmpty)
        #expect(LendingCheck(tired.picture).obstacles(to: away("19:30")).isEmpty)
    }

    @Test("A duty at home that the unit cannot spare stands against it, and one that it can does not")
    func cover() {
        let needed = ward {
            $0.ask(1)
            $0.work("volunteer", on: InventedWard.monday.advanced(by: 1))
        }
        let sentences = LendingCheck(needed.picture).obstacles(to: Self.away)
        #expect(sentences.count == 1 && sentences[0].contains("Ward A would fall below its own cover"))
        let spared = ward {
            $0.ask(1)
            $0.hire("other")
            for id in ["volunteer", "other"] {
                $0.work(Person.ID(id), on: InventedWard.monday.advanced(by: 1))
            }
        }
        #expect(LendingCheck(spared.picture).obstacles(to: Self.away).isEmpty)
    }

    @Test("Who is lent already is not at home: the next one may be the one who is needed")
    func lentAlready() {
        let ward = ward { ward in
            ward.ask(2)
            for id in ["volunteer", "second", "third"] {
                if id != "volunteer" { ward.hire(Person.ID(id)) }
                ward.work(Person.ID(id), on: InventedWard.monday.advanced(by: 1))
            }
        }
        let second = AwayDuty(
            person: "second", start: Self.away.start, end: Self.away.end, travelMinutes: 30)
        #expect(LendingCheck(ward.picture).obstacles(to: Self.away).isEmpty)
        let sentences = LendingCheck(ward.picture, lent: [second]).obstacles(to: Self.away)
        #expect(sentences.count == 1 && sentences[0].contains("Ward A would fall below its own cover"))
    }

    @Test("Data of their unit that are out of date stand against it: it is not known that they are free")
    func outOfDate() {
        var ward = ward { _ in }
        ward.findings = ["A", "B"].map {
            Finding(check: .staleExtract, severity: .warning, units: [$0], sentence: "\($0) is old.")
        }
        #expect(LendingCheck(ward.picture).obstacles(to: Self.away) == ["A is old."])
        #expect(ward.feed().push().offers.isEmpty)
    }

    @Test("Nobody goes twice at the same hours")
    func sameHours() {
        #expect(
            LendingCheck(ward { _ in }.picture, lent: [Self.away]).obstacles(to: Self.away).contains(
                "They are lent elsewhere at that time"))
    }

    @Test("Leave, another loan, and somebody who is not of the organisation stand against it")
    func others() {
        let onLeave = ward {
            $0.leave = [
                Leave(
                    person: "volunteer", first: InventedWard.monday,
                    last: InventedWard.monday.advanced(by: 2), kind: .annual)
            ]
        }
        // The sentence tells no class of absence.
        #expect(
            LendingCheck(onLeave.picture).obstacles(to: Self.away) == [
                "They are unavailable on 2026-11-03"
            ])
        let twice = AwayDuty(
            person: "volunteer", start: InventedWard.at("2026-11-03 19:30"),
            end: InventedWard.at("2026-11-04 08:00"), travelMinutes: 30)
        #expect(!LendingCheck(ward { _ in }.picture, lent: [twice]).obstacles(to: Self.away).isEmpty)
        #expect(
            LendingCheck(InventedWard().picture).obstacles(to: Self.away) == [
                "volunteer is not among the people of this organisation"
            ])
    }
}
