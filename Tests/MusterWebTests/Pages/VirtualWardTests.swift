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
        let text = page([.virtualWardBeds: 40, .virtualWardOccupied: occupied])
        let all = ["below the aim", "At the aim", "Nearly full", "More than its beds"]
        #expect(all.filter { text.contains($0) } == [says])
    }

    @Test("People in no beds are shown, and what only was sent in part")
    func withoutBeds() {
        let none = page([.virtualWardBeds: 0, .virtualWardOccupied: 3])
        #expect(none.contains("3 of 0 beds") && none.contains("More than its beds"))
        let empty = page([.virtualWardBeds: 0, .virtualWardOccupied: 0])
        #expect(empty.contains("0 of 0 beds") && !empty.contains("More than its beds"))
        let part = page([.virtualWardOccupied: 3])
        #expect(part.contains("Beds: <span class=\"hint\">not sent</span>; occupied: 3"))
    }

    @Test("Whoever sent nothing of a virtual ward is named, not left out without a word")
    func silent() {
        let said = "No figures of a virtual ward from: Starling Community Trust, Quiet Ambulance Trust."
        #expect(page([.virtualWardStaffed: 1]).contains(said))
        #expect(!page([:]).contains("No figures of a virtual ward from"))
        #expect(page([:]).contains("No organisation has sent figures of a virtual ward."))
    }

    /// Of NS1 with those figures of now; the others have sent nothing.
    private func page(_ figures: [Metric.Name: Double]) -> String {
        let now = SampleSystem.now
        let push = OrganisationPush(
            organisation: "NS1", extractedAt: now, first: now.day,
            metrics: figures.map { Metric(name: $0.key, value: $0.value, measuredAt: now) })
        let picture = SystemPicture.assemble(
            SampleSystem.system, pushes: [KeptPush(push: push, receivedAt: now)], at: now)
        let view = SystemView(picture: picture, escalation: [], risks: [], ledger: AidLedger(entries: []))
        return VirtualWardsPage(view: view).page.content.source
    }
}
