import Roster
import SystemPool
import Testing

@testable import MusterWeb

@Suite struct OverviewPageTests {
    /// Two organisations, of which nothing is known of a unit of the first on some days; without gaps.
    private func view(unknown: [Day]) -> SystemView {
        let pushes = (["NS1", "NS2"] as [Organisation.ID]).map { id -> KeptPush in
            let push = SampleSystem.push(id)
            let units = push.units.map { unit in
                OrganisationPush.Ward(
                    id: unit.id, name: unit.name, site: unit.site, unknown: id == "NS1" ? unknown : [])
            }
            return KeptPush(
                push: OrganisationPush(
                    organisation: id, extractedAt: push.extractedAt, first: push.first, sites: push.sites,
                    units: units), receivedAt: SampleSystem.now)
        }
        let picture = SystemPicture.assemble(SampleSystem.system, pushes: pushes, at: SampleSystem.now)
        return SystemView(picture: picture, escalation: [], risks: [], ledger: AidLedger(entries: []))
    }

    /// No gap where nothing is known is no good news.
    @Test func whereNothingIsKnownOfAUnitNothingIsCalledShortOfNobody() throws {
        let today = SampleSystem.now.day
        let known = OverviewPage(view: view(unknown: [])).page.content.source
        #expect(known.contains("No hard gap is known of in the next 24 hours."))
        #expect(!known.contains("Ward 4 unit") && !known.contains("1 unit"))
        #expect(known.components(separatedBy: "class=\"card good\"").count == 3)

        let doubtful = view(unknown: [today.advanced(by: 1)])
        let page = OverviewPage(view: doubtful).page.content.source
        #expect(
            page.contains("known of Quiet Ambulance Trust, Northgate Hospital Trust: that does"))
        #expect(page.contains("Nothing is known of 1 unit."))
        #expect(page.components(separatedBy: "class=\"card good\"").count == 2)
        #expect(page.contains("none known, 1 unit unknown"))
        let own = OrganisationPage(
            view: doubtful, organisation: try #require(doubtful.picture.organisation("NS1")),
            visitor: .anybody,
            gaps: 1, offers: 1
        ).page.content.source
        #expect(own.contains("Nothing is known of some units") && own.contains("Ward 4 unit of NS1: "))
        let heat = HeatMap(view: doubtful).html.source
        #expect(heat.contains("Not shown, or not whole") && heat.contains("Ward 4 unit of NS1"))
        let entry = PublicEntry(try #require(doubtful.picture.organisation("NS1")), doubtful)
        #expect(entry.days.map(\.gaps) == [0, nil, 0])

        // Figures are of what is known.
        #expect(entry.days.map(\.filled)[1] == nil)

        // Beyond the next day it is a matter of that day alone.
        let later = OverviewPage(view: view(unknown: [today.advanced(by: 2)])).page.content.source
        #expect(!later.contains("Ward 4 unit") && later.contains("none known, 1 unit unknown"))
    }
}
