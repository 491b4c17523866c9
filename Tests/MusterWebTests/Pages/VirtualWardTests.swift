import Roster
import SystemPool
import Testing

@testable import MusterWeb

@Suite("Virtual wards")
struct VirtualWardTests {
    @Test(
        "What the aim is, and from where on there is hardly a bed left",
        arguments: zip(
            [31.0, 32, 37, 38, 40, 41],
            ["below the aim", "At the aim", "At the aim", "Nearly full", "Nearly full", "More than its beds"])
    )
    func verdict(occupied: Double, says: String) {
        let now = SampleSystem.now
        let push = OrganisationPush(
            organisation: "NS1", extractedAt: now, first: now.day,
            metrics: [
                Metric(name: .virtualWardBeds, value: 40, measuredAt: now),
                Metric(name: .virtualWardOccupied, value: occupied, measuredAt: now),
            ])
        let picture = SystemPicture.assemble(
            SampleSystem.system, pushes: [KeptPush(push: push, receivedAt: now)], at: now)
        let view = SystemView(picture: picture, escalation: [], risks: [], ledger: AidLedger(entries: []))
        let text = VirtualWardsPage(view: view).page.content.source
        let all = ["below the aim", "At the aim", "Nearly full", "More than its beds"]
        #expect(all.filter { text.contains($0) } == [says])
    }
}
