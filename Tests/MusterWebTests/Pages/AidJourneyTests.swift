import Foundation
import Roster
import SystemPool
import Testing

@testable import MusterWeb

/// From a gap to a booking, by the forms of the pages, each side taking its own steps.
@Suite struct AidJourneyTests {
    @Test func aGapIsClosedOnlyWhenTheLenderConfirms() async throws {
        try await LiveServer.with { live in
            try await live.fill()
            let receiver = try await Browser(live, .organisationManager, ["NS1"])
            let lender = try await Browser(live, .organisationManager, ["NS2"])
            #expect(try await receiver.read("/organisations/NS1").contains("/gaps/NS1/V-NS1"))

            let asked = try await receiver.send("/aid", ["vacancy": "NS1/V-NS1"])
            #expect(asked.status == 303, "\(asked.text)")
            let call = try #require(asked.header("Location")).replacing("/aid#a-", with: "")
            #expect(try await lender.read("/aid").contains("Offer somebody"))
            let offered = try await lender.send("/aid/\(call)/offer", ["offer": "NS2/O-NS2"])
            #expect(offered.status == 303, "\(offered.text)")
            #expect(try await lender.send("/aid/\(call)/accept", [:]).status == 403)
            #expect(try await receiver.send("/aid/\(call)/accept", [:]).status == 303)
            #expect(try await receiver.read("/organisations/NS1").contains("/gaps/NS1/V-NS1"))
            #expect(try await lender.read("/organisations/NS2").contains("Nobody is lent or received."))
            #expect(try await receiver.send("/aid/\(call)/confirm", [:]).status == 403)
            #expect(try await lender.send("/aid/\(call)/confirm", [:]).status == 303)

            #expect(try await receiver.read("/organisations/NS1").contains("Promised, not covered"))
            live.clock.advance(minutes: 1)
            let settled = SampleSystem.push("NS2", at: live.clock.now, including: [AidRequest.ID(call)])
            #expect(
                try await live.push(settled, live.bearer(.organisationManager, "NS2")).status == 201)
            #expect(!(try await receiver.read("/organisations/NS1").contains("/gaps/NS1/V-NS1")))
            #expect(try await lender.read("/aid").contains("12 hours in 1 duty"))
            #expect(
                try await receiver.read("/organisations/NS1").contains("Comes from Starling Community Trust"))
            #expect(try await lender.read("/organisations/NS2").contains("Goes to Northgate Hospital Trust"))
            let bookings = try await live.get("/api/v1/bookings", try live.bearer(.organisationViewer, "NS1"))
                .text
            #expect(bookings.contains("\"state\":\"booked\"") && bookings.contains("NS1/V-NS1"))
            #expect(try await lender.send("/aid/\(call)/confirm", [:]).status == 409)
        }
    }

    @Test func aBookingIsUnsettledUntilTheLendersOwnDataHoldIt() async throws {
        try await LiveServer.with { live in
            let (receiver, lender, call) = try await live.asked()
            _ = try await lender.send("/aid/\(call)/offer", ["offer": "NS2/O-NS2"])
            _ = try await receiver.send("/aid/\(call)/accept", [:])
            #expect(!(try await lender.read("/aid").contains("settled")))
            _ = try await lender.send("/aid/\(call)/confirm", [:])
            func booking() async throws -> String {
                try await live.get("/api/v1/bookings", try live.bearer(.organisationViewer, "NS1")).text
            }
            for (desk, organisation) in [(receiver, "NS1"), (lender, "NS2")] {
                #expect(try await desk.read("/situation").contains("promised: the gap counts as open"))
                #expect(try await desk.read("/aid").contains("muster aid confirm \(call)"))
                #expect(
                    try await desk.read("/organisations/\(organisation)").contains("Not settled who goes"))
            }
            #expect(try await booking().contains("\"is_settled\":false"))
            #expect(try await receiver.read("/aid").contains("None came since it was confirmed"))
            let without = "Its data do not say who goes under"
            #expect(!(try await lender.read("/organisations/NS2").contains(without)))

            // Of a system that never says which bookings it holds there is somebody to ask.
            live.clock.advance(minutes: 5)
            let manager = try live.bearer(.organisationManager, "NS2")
            #expect(try await live.push(SampleSystem.push("NS2", at: live.clock.now), manager).status == 201)
            for desk in [receiver, lender] {
                let page = try await desk.read("/aid")
                #expect(page.contains("Those that came since it was confirmed do not"))
                #expect(page.contains("has to send the booking under"))
            }
            #expect(try await lender.read("/organisations/NS2").contains(without))
            #expect(!(try await receiver.read("/organisations/NS1").contains(without)))

            live.clock.advance(minutes: 5)
            let push = SampleSystem.push("NS2", at: live.clock.now, including: [AidRequest.ID(call)])
            #expect(try await live.push(push, manager).status == 201)
            for (desk, organisation) in [(receiver, "NS1"), (lender, "NS2")] {
                #expect(!(try await desk.read("/aid").contains("settled")))
                #expect(!(try await desk.read("/situation").contains("settled")))
                #expect(!(try await desk.read("/organisations/\(organisation)").contains("settled")))
            }
            #expect(!(try await lender.read("/organisations/NS2").contains(without)))
            #expect(try await booking().contains("\"is_settled\":true"))
        }
    }

    @Test func aCoordinatorProposesASuggestionToBoth() async throws {
        try await LiveServer.with { live in
            try await live.fill()
            await live.suggested()
            let desk = try await Browser(live, .systemCoordinator)
            let proposed = try await desk.send(
                "/aid", ["vacancy": "NS1/V-NS1", "suggestion": "S1"], role: .poolCoordinator)
            #expect(proposed.status == 303, "\(proposed.text)")
            #expect(try await desk.read("/aid").contains("offered; the asking organisation") == false)
            #expect(try live.records.aid().map(\.state) == [.offered])
        }
    }

    @Test func aSuggestionThatIsRefusedLeavesACallAndSaysSo() async throws {
        try await LiveServer.with { live in
            try await live.fill()
            await live.suggested()
            live.clock.advance(minutes: 5)
            // Nobody of NS2 has agreed to go any more, and the suggestion is not worked out anew yet.
            let push = String(
                decoding: try SampleSystem.push("NS2", at: live.clock.now).json(), as: UTF8.self)
            let unwilling = try OrganisationPush.read(
                Data(push.replacing("\"has_consented\":true", with: "\"has_consented\":false").utf8))
            #expect(unwilling.offers.map(\.hasConsented) == [false])
            #expect(
                try await live.push(unwilling, try live.bearer(.organisationManager, "NS2")).status == 201)
            let desk = try await Browser(live, .systemCoordinator)
            let proposed = try await desk.send(
                "/aid", ["vacancy": "NS1/V-NS1", "suggestion": "S1"], role: .poolCoordinator)
            let call = try #require(try live.records.aid().first)
            #expect(call.state == .requested)
            #expect(proposed.status == 409 && proposed.text.contains("call \(call.id)"))
            #expect(!proposed.text.contains("Nothing was changed"))
        }
    }

    @Test(arguments: ["Dr Ann Example is free", "ring 07700 900123", "ann@example.nhs.uk", "two\nlines"])
    func aReasonThatNamesSomebodyIsRefused(reason: String) async throws {
        try await LiveServer.with { live in
            try await live.fill()
            let receiver = try await Browser(live, .organisationManager, ["NS1"])
            let answer = try await receiver.send("/aid", ["vacancy": "NS1/V-NS1", "reason": reason])
            #expect(answer.status == 400)
            #expect(try live.records.aid().isEmpty)
        }
    }

    @Test func aViewerActsOnNothingAndAManagerForItsOwnAlone() async throws {
        try await LiveServer.with { live in
            try await live.fill()
            let viewer = try await Browser(live, .organisationViewer, ["NS1"])
            #expect(!(try await viewer.read("/gaps/NS1/V-NS1").contains("Ask the system for help")))
            #expect(try await viewer.send("/aid", ["vacancy": "NS1/V-NS1"]).status == 403)
            let other = try await Browser(live, .organisationManager, ["NS2"])
            #expect(try await other.send("/aid", ["vacancy": "NS1/V-NS1"]).status == 403)
            #expect(
                try await other.send("/escalation/NS1/opel", ["level": "4", "framework": "x"]).status == 404)
            #expect(try live.records.aid().isEmpty)
        }
    }

    @Test func opelIsShownAsItWasEntered() async throws {
        try await LiveServer.with { live in
            try await live.fill()
            let manager = try await Browser(live, .organisationManager, ["NS1"])
            let answer = try await manager.send(
                "/escalation/NS1/opel", ["level": "3", "framework": "2024-26"])
            #expect(answer.status == 303, "\(answer.text)")
            for page in ["/overview", "/organisations/NS1", "/escalation", "/public"] {
                let text = try await manager.read(page)
                #expect(text.contains("OPEL 3</span>"), "\(page)")
                #expect(text.contains("entered Wed 14 Jan 07:30 by the bank desk"), "\(page)")
            }
        }
    }
}
