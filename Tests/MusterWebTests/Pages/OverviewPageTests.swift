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
    @Test func everyRowOfAStaleOrganisationSaysSo() throws {
        let pushes = [KeptPush(push: SampleSystem.push("NS1"), receivedAt: SampleSystem.now)]
        let picture = SystemPicture.assemble(
            SampleSystem.system, pushes: pushes, at: SampleSystem.now + ElapsedMinutes(hours: 13))
        let view = SystemView(picture: picture, escalation: [], risks: [], ledger: AidLedger(entries: []))
        let page = OverviewPage(view: view).page.content.source
        let rows = page.components(separatedBy: "<tr").filter {
            $0.contains("Northgate Hospital Trust, ") && $0.contains("<td")
        }
        // Four of its staff, and one of each table of which nothing was sent for days ahead.
        #expect(rows.count == 6 && rows.allSatisfy { $0.contains(">stale</") }, "\(rows)")
        let folded = try #require(
            page.components(separatedBy: "<details class=\"folded\"").last?.components(
                separatedBy: "</details>"
            ).first)
        let own = folded.components(separatedBy: "<tr class=\"stale").dropFirst()
        #expect(own.count == 5 && own.allSatisfy { $0.contains(">stale</") }, "\(own)")
    }

    /// On a narrow screen there are no tables side by side: each organisation has the same figures, of the same times.
    @Test func nothingIsLostWhereAnOrganisationsFiguresAreFolded() throws {
        let today = SampleSystem.now.day
        let push = SampleSystem.push("NS1")
        let metrics =
            push.metrics + [
                Metric(name: .agencyShare, value: 4, measuredAt: push.extractedAt),
                Metric(
                    name: .agencyShare, day: today.advanced(by: 1), value: 5, measuredAt: push.extractedAt),
                Metric(name: .bankRequestsOpen, day: today, value: 7, measuredAt: push.extractedAt),
                Metric(
                    name: .bankRequestsOpen, day: today.advanced(by: 2), value: 9,
                    measuredAt: push.extractedAt),
            ]
        let told = OrganisationPush(
            organisation: "NS1", extractedAt: push.extractedAt, first: push.first, sites: push.sites,
            units: push.units, vacancies: push.vacancies, metrics: metrics)
        let picture = SystemPicture.assemble(
            SampleSystem.system, pushes: [KeptPush(push: told, receivedAt: SampleSystem.now)],
            at: SampleSystem.now)
        let view = SystemView(picture: picture, escalation: [], risks: [], ledger: AidLedger(entries: []))
        let page = OverviewPage(view: view).page.content.source
        let parts = page.components(separatedBy: "<details class=\"folded\"").dropFirst()
        #expect(parts.count == 1, "of those who never sent anything there is nothing to unfold")
        let folded = try #require(parts.first?.components(separatedBy: "</details>").first)
        let never = try #require(
            folded.components(separatedBy: "<p><strong>Not sent:</strong> ").last?
                .components(separatedBy: ".</p>").first
        ).components(separatedBy: ", ")
        let beside = try #require(page.components(separatedBy: "<div class=\"beside\">").last)
        let heads = beside.matches(of: /<th scope="col">([^<]+)<\/th>/).map { String($0.1) }
            .filter { $0 != "When" }
        #expect(heads.count == 24)
        for head in heads {
            #expect(folded.contains("data-label=\"\(head)\"") != never.contains(head), "\(head)")
        }
        #expect(folded.components(separatedBy: "data-label=\"Agency\"").count == 3)
        // A figure that was sent for some days is told to lack on the others, and what is of now alone stands there once.
        #expect(folded.components(separatedBy: "data-label=\"Bank requests open\"").count == 3)
        #expect(folded.matches(of: /data-label="Not sent">[^<]*Bank requests open</).count == 1)
        #expect(folded.contains("data-label=\"By day\">Registered, "))
        #expect(folded.components(separatedBy: "data-label=\"Virtual ward\"").count == 2)
        #expect(folded.matches(of: /data-label="Now only">([^<]+)</).map(\.1) == ["Agency", "Agency"])
    }

    /// Whoever has a hard gap comes first, then whoever nothing up to date is known of.
    @Test func theWorstIsFirstAndNamed() throws {
        let pushes = (["NS1", "NS2"] as [Organisation.ID]).map { id -> KeptPush in
            let push = SampleSystem.push(id)
            return KeptPush(
                push: OrganisationPush(
                    organisation: id, extractedAt: push.extractedAt, first: push.first, sites: push.sites,
                    units: push.units, vacancies: id == "NS2" ? push.vacancies : []),
                receivedAt: SampleSystem.now)
        }
        let picture = SystemPicture.assemble(SampleSystem.system, pushes: pushes, at: SampleSystem.now)
        let view = SystemView(picture: picture, escalation: [], risks: [], ledger: AidLedger(entries: []))
        let page = OverviewPage(view: view).page.content.source
        #expect(
            page.contains("1 hard gap in the next 24 hours: Starling Community Trust. Nothing up to date"))
        let cards = page.matches(of: /<h2><a href="\/organisations\/([A-Z0-9]+)">/).map { String($0.1) }
        #expect(cards == ["NS2", "NS3", "NS1"])
    }

    /// Every row of one table, with the text of its cells.
    private func rows(_ page: String, _ caption: String) throws -> [String] {
        let part = try #require(page.components(separatedBy: "<caption>\(caption)").dropFirst().first)
        let table = try #require(part.components(separatedBy: "</table>").first)
        return table.components(separatedBy: "<tr").dropFirst(2).map { String($0) }
    }

    /// A figure is of the time that it was sent for, and no other.
    @Test func eachOrganisationShowsNowAndThreeDaysWithWhatWasSentForThem() throws {
        let today = SampleSystem.now.day
        func page(_ metrics: [Metric], vacancies: [Vacancy] = []) -> String {
            let push = SampleSystem.push("NS1")
            let told = OrganisationPush(
                organisation: "NS1", extractedAt: push.extractedAt, first: push.first, sites: push.sites,
                units: push.units, vacancies: vacancies, metrics: metrics)
            let picture = SystemPicture.assemble(
                SampleSystem.system, pushes: [KeptPush(push: told, receivedAt: SampleSystem.now)],
                at: SampleSystem.now)
            return OverviewPage(
                view: SystemView(picture: picture, escalation: [], risks: [], ledger: AidLedger(entries: []))
            ).page.content.source
        }
        func metric(_ name: Metric.Name, _ day: Int?, _ value: Double) -> Metric {
            Metric(
                name: name, day: day.map { today.advanced(by: $0) }, value: value,
                measuredAt: SampleSystem.now)
        }
        let caption = "Bank, agency, beds"
        let now = try rows(page([metric(.escalationBeds, nil, 4)]), caption)
        #expect(now.count { $0.contains("Northgate") } == 1)
        #expect(now[0].contains("Trust, now only<") && now[0].contains(">4</td>"))

        let several = [
            metric(.escalationBeds, nil, 4), metric(.bankRequestsOpen, 0, 7),
            metric(.bankRequestsOpen, 2, 9), metric(.agencyShare, 1, 5), metric(.virtualWardBeds, 1, 40),
            metric(.virtualWardOccupied, 1, 29),
        ]
        let ahead = try rows(page(several), caption).filter { $0.contains("Northgate") }
        try #require(ahead.count == 4)
        #expect(ahead[0].contains(">4</td>") && ahead[0].contains("data-label=\"By day\">Bank requests open"))
        #expect(ahead[1].contains(">7</td>") && ahead[1].contains("data-label=\"Now only\">Escalation beds<"))
        #expect(ahead[2].contains(">5 %</td>") && !ahead[2].contains(">7</td>"))
        #expect(ahead[2].contains("data-label=\"Not sent\">Bank requests open, "))
        #expect(ahead[3].contains(">9</td>") && !ahead[3].contains(">5 %"))
        let services = try rows(page(several), "Services, harms").filter { $0.contains("Northgate") }
        #expect(services.map { $0.contains("29 of 40 beds (73 %)") } == [false, false, true, false])

        let start = London.instant(today.advanced(by: 1), minute: 480)
        let gap = Vacancy(
            id: "two", site: "S-NS1", unit: "U-NS1", staffGroup: .medical, grades: [], start: start,
            end: start + ElapsedMinutes(hours: 6), missing: 2, isHard: true)
        let staff = try rows(page([], vacancies: [gap]), "Staff needed").filter { $0.contains("Northgate") }
        let said = staff.map { $0.contains("1 gap, <strong>1 hard</strong>, 2 heads: 12 h") }
        #expect(said == [false, false, true, false])
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
