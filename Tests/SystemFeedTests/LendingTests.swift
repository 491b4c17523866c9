import Roster
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
        #expect(ward.feed().push().offers.count == 1)
        ward.terms = LendingTerms(
            organisation: "NS1", agreement: "sharing", partners: ward.terms.partners, volunteers: [])
        #expect(ward.feed().push().offers.isEmpty)
        ward.terms = LendingTerms(
            organisation: "NS1", partners: ward.terms.partners, volunteers: [.init(person: "volunteer")])
        #expect(ward.feed().push().offers.isEmpty)
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

    @Test(
        "Who is present above what is asked for is offered as a head of the unit, and the line says what must stay"
    )
    func surplus() throws {
        var ward = InventedWard()
        ward.terms = LendingTerms(
            organisation: "NS1", agreement: "sharing", partners: ward.terms.partners, lendsSurplus: true)
        ward.ask(1)
        for id in ["one", "two"] {
            ward.hire(Person.ID(id))
            ward.work(Person.ID(id))
        }
        let push = ward.feed().push()
        let offer = try #require(push.offers.first)
        #expect(push.offers.count == 1)
        #expect(offer.source == .surplus("A"))
        #expect(offer.releasedFrom == ["A.0730"])
        let stretch = try #require(push.cover.first?.stretches.first)
        #expect((stretch.present, stretch.keep) == (2, 1))
    }

    @Test("A unit with nobody to spare lends nobody")
    func nobodyToSpare() {
        var ward = InventedWard()
        ward.ask(2)
        for id in ["one", "two"] {
            ward.hire(Person.ID(id))
            ward.work(Person.ID(id))
        }
        ward.terms = LendingTerms(
            organisation: "NS1", agreement: "sharing", partners: ward.terms.partners, lendsSurplus: true)
        #expect(ward.feed().push().offers.isEmpty)
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
