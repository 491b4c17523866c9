import Roster
import SystemPool
import Testing

@testable import MusterWeb

@Suite struct EscalationPageTests {
    /// Neither the level nor that its figures are under it is hidden, and what ended stays to be seen.
    @Test func aLevelThatDipsIsShownAsItIsAndCanBeStoodDown() async throws {
        try await LiveServer.with { live in
            let manager = try live.bearer(.organisationManager, "NS1")
            let desk = try await Browser(live, .organisationManager, ["NS1"])
            _ = try await live.push(SampleSystem.push(missing: 3, at: live.clock.now), manager)
            let reached = try await desk.read("/escalation")
            #expect(reached.contains("Staffing level 2: Stretched") && !reached.contains("Stand down"))
            let early = try await desk.send("/escalation/NS1/stand-down", [:])
            #expect(early.status == 409 && early.text.contains("reach its level now"))

            live.clock.advance(minutes: 30)
            _ = try await live.push(SampleSystem.push(missing: 0, at: live.clock.now), manager)
            let under = try await desk.read("/escalation")
            #expect(under.contains("its figures have been under its point since Wed 14 Jan 08:00"))
            #expect(under.contains("it ends when data of Wed 14 Jan 08:15 or later say so too"))

            let down = try await desk.send("/escalation/NS1/stand-down", [:])
            #expect(down.status == 303, "\(down.text)")
            let page = try await desk.read("/escalation")
            #expect(page.contains("No staffing level reached") && page.contains("Levels that ended"))
            #expect(page.contains("Stood down by the bank desk: Needed tonight"))
            #expect(page.contains("No action is recorded as done."))
            let answer = try await live.get("/api/v1/escalation", manager).text
            #expect(answer.contains("\"why\":\"stood-down\""), "\(answer)")
            let viewer = try await Browser(live, .organisationViewer, ["NS1"])
            #expect(!(try await viewer.read("/escalation").contains("<form class=\"act\"")))
        }
    }

    @Test func aLevelWhosePointIsTakenOutOfThePlanStaysToBeSeen() async throws {
        try await LiveServer.with { live in
            let manager = try live.bearer(.organisationManager, "NS1")
            _ = try await live.push(SampleSystem.push(missing: 3, at: live.clock.now), manager)
            live.clock.advance(minutes: 30)
            let system = SampleSystem.system
            try live.records.configure(
                HealthSystem(
                    id: system.id, name: system.name, members: system.members, agreements: system.agreements),
                by: Actor(organisation: nil, role: .administrator), reason: try Remark("a new plan"),
                at: live.clock.now)
            try await live.server.watch.refresh()
            let page = try await live.get("/escalation", manager).text
            #expect(page.contains("No staffing level reached"))
            #expect(page.contains("Its point was taken out of the plan by the administrator: a new plan"))
            let answer = try await live.get("/api/v1/escalation", manager).text
            #expect(answer.contains("\"why\":\"taken-out\""), "\(answer)")
        }
    }
}
