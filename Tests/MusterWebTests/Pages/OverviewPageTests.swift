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

    /// Grey alone tells nobody who hears the page, or sees a row by itself.
    @Test func everyRowOfAStaleOrganisationSaysSo() {
        let pushes = [KeptPush(push: SampleSystem.push("NS1"), receivedAt: SampleSystem.now)]
        let picture = SystemPicture.assemble(
            SampleSystem.system, pushes: pushes, at: SampleSystem.now + ElapsedMinutes(hours: 13))
        let view = SystemView(picture: picture, escalation: [], risks: [], ledger: AidLedger(entries: []))
        let rows = OverviewPage(view: view).page.content.source.components(separatedBy: "<tr").filter {
            $0.contains("Northgate Hospital Trust, ") && $0.contains("<td")
        }
        #expect(rows.count == 4 && rows.allSatisfy { $0.contains(">stale</") }, "\(rows)")
    }

    /// Nothing said of some units is not met.
    @Test func coverIsNotCalledMetWhereUnitsAreUnknown() throws {
        let today = SampleSystem.now.day
        func page(_ unknown: [Day]) -> String {
            let push = SampleSystem.push("NS1")
            let told = OrganisationPush(
                organisation: "NS1", extractedAt: push.extractedAt, first: push.first, sites: push.sites,
                units: push.units.map {
                    OrganisationPush.Ward(id: $0.id, name: $0.name, site: $0.site, unknown: unknown)
                },
                metrics: [
                    Metric(name: .seniorGapHours, day: today, value: 0, measuredAt: push.extractedAt)
                ])
            let picture = SystemPicture.assemble(
                SampleSystem.system, pushes: [KeptPush(push: told, receivedAt: SampleSystem.now)],
                at: SampleSystem.now)
            let view = SystemView(picture: picture, escalation: [], risks: [], ledger: AidLedger(entries: []))
            return OverviewPage(view: view).page.content.source
        }
        #expect(page([]).contains(">Met<") && !page([]).contains("met in known units"))
        #expect(page([today]).contains("met in known units") && !page([today]).contains(">Met<"))
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
