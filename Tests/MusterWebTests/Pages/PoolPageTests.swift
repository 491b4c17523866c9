import Roster
import SystemPool
import Testing

@testable import MusterWeb

@Suite struct PoolPageTests {
    private func text(_ change: (inout SystemView) -> Void) -> String {
        let picture = SystemPicture.assemble(
            SampleSystem.system,
            pushes: ["NS1", "NS2"].map {
                KeptPush(push: SampleSystem.push($0), receivedAt: SampleSystem.now)
            }, at: SampleSystem.now)
        var view = SystemView(picture: picture, escalation: [], risks: [], ledger: AidLedger(entries: []))
        change(&view)
        return PoolPage(view: view, visitor: .anybody, part: 1, open: 1, unused: 1).page.content.source
    }

    @Test func whatIsBeingWorkedOutAndWhatCouldNotBeAreTold() {
        #expect(text { _ in }.contains("being worked out"))
        #expect(text { $0.isSolving = false }.contains("could not be worked out"))
        let again = text {
            $0.solution = SampleSystem.solution($0.picture)
            $0.isSolving = true
        }
        #expect(again.contains("worked out again"))
        #expect(again.contains("It closes a hard gap."), "the last suggestions stay there")
    }

    /// That nothing is found says nothing of those of whom nothing is known.
    @Test func nothingIsProvenOrSaidToHelpNobodyWhereNothingIsKnown() throws {
        func page(_ leftOut: [Organisation.ID]) -> String {
            text {
                $0.isSolving = false
                $0.solution = PoolSolution(
                    suggestions: [], results: [.init(level: .hardMinutes, before: 0, objective: 0, bound: 0)],
                    organisations: [], leftOut: leftOut)
            }
        }
        let whole = page([])
        #expect(whole.contains("No lawful move would lower risk.") && whole.contains("<summary>Proven best<"))
        let some = page(["NS3"])
        #expect(some.contains("Among those with data up to date, no lawful move would lower risk."))
        #expect(some.contains("Proven best for those with data up to date"))
        #expect(some.contains("stale or missing: Quiet Ambulance Trust."))
    }

    /// As it is worked out of data that are all too old.
    @Test func nothingCouldBeWorkedOutOfDataThatAreAllTooOld() throws {
        let picture = SystemPicture.assemble(
            SampleSystem.system,
            pushes: ["NS1", "NS2"].map {
                KeptPush(push: SampleSystem.push($0), receivedAt: SampleSystem.now)
            }, at: SampleSystem.now + ElapsedMinutes(hours: 13))
        var view = SystemView(picture: picture, escalation: [], risks: [], ledger: AidLedger(entries: []))
        view.solution = try SystemPool.suggest(picture)
        view.isSolving = false
        let visitor = Visitor(
            role: .systemCoordinator, organisations: nil, name: "", label: "", formKey: nil)
        let page = PoolPage(view: view, visitor: visitor, part: 1, open: 1, unused: 1).page.content.source
        let nothing = "Nothing could be worked out: no organisation&#39;s data are up to date."
        #expect(page.components(separatedBy: nothing).count == 5, "\(page)")
        for claim in ["Proven best", "would lower risk.", "Every offer is used"] {
            #expect(!page.contains(claim), "\(claim)")
        }
        let heat = HeatMap(view: view).html.source
        let said = try #require(heat.firstRange(of: "No up-to-date data show a gap in these days."))
        #expect(try #require(heat.firstRange(of: "Northgate Hospital Trust")).upperBound < said.lowerBound)
        #expect(!heat.contains("No gap is known of"))
        // Whoever sees its own alone is told so too.
        let own = Visitor(
            role: .organisationViewer, organisations: ["NS3"], name: "", label: "", formKey: nil)
        #expect(view.seen(by: own).solution?.leftOut == ["NS1", "NS2", "NS3"])
    }

    /// Ten gaps of the whole system are ranked: that none of one's own is among them does not mean that none is open.
    @Test func whoseGapsAreNotAmongTheTenIsNotToldThatNothingIsShort() {
        let picture = SystemPicture.assemble(SampleSystem.system, pushes: [], at: SampleSystem.now)
        var view = SystemView(picture: picture, escalation: [], risks: [], ledger: AidLedger(entries: []))
        view.solution = PoolSolution(suggestions: [], results: [], organisations: [])
        let own = Visitor(
            role: .organisationManager, organisations: ["NS1"], name: "", label: "", formKey: nil)
        let whole = Visitor(
            role: .systemCoordinator, organisations: nil, name: "", label: "", formKey: nil)
        for visitor in [own, whole] {
            let text = PoolPage(view: view, visitor: visitor, part: 1, open: 1, unused: 1).page.content.source
            #expect(!text.contains("Nothing is short") && !text.contains("Every gap would be closed"))
            #expect(text.contains("None of your gaps is among the ten") == (visitor.organisations != nil))
        }
    }

    @Test func aMoveSaysWhoGoesWhereAndTheProofSaysWhatIsProven() {
        func page(_ bound: Int) -> String {
            text {
                let solution = SampleSystem.solution($0.picture)
                $0.isSolving = false
                $0.solution = PoolSolution(
                    suggestions: solution.suggestions,
                    results: [.init(level: .hardMinutes, before: 720, objective: 600, bound: bound)],
                    organisations: [],
                    unusedOffers: [UnusedOffer(offer: OfferKey("NS1", "O-NS1"), rule: .filled)])
            }
        }
        #expect(
            page(600).contains(
                "Registered nurse (B5) from Starling Community Trust to Northgate Hospital Trust"))
        #expect(page(600).contains("proven best") && !page(600).contains("not proven"))
        #expect(page(480).contains("not proven best, nobody can go below 480"))
        // Rounded up: never nearer to the best than it is.
        #expect(page(599).contains("within 0.2 % of the best: nobody can go below 599"))
        #expect(page(547).contains("within 9.7 % of the best: nobody can go below 547"))
        #expect(page(600).contains("the gaps that it fits are filled by others"))
    }

    /// Read on a phone, a page is short, and what it links to is there.
    @Test func listsStandTenAtATimeUnderHeadingsThatAreLinkedTo() {
        let page = text {
            let solution = SampleSystem.solution($0.picture)
            $0.isSolving = false
            $0.solution = PoolSolution(
                suggestions: Array(repeating: solution.suggestions[0], count: 12), results: [],
                organisations: [],
                openVacancies: Array(
                    repeating: OpenVacancy(
                        vacancy: VacancyKey("NS1", "V-NS1"), minutesMissing: 60, rule: .filled, stopped: []),
                    count: 12),
                unusedOffers: Array(
                    repeating: UnusedOffer(offer: OfferKey("NS1", "O-NS1"), rule: .filled), count: 12))
        }
        #expect(page.components(separatedBy: "<li class=\"card\"").count == 11)
        #expect(page.components(separatedBy: "the gaps that it fits are filled by others").count == 21)
        let ids = page.matches(of: /id="([a-z]+)"/).map { String($0.1) }
        let targets = page.matches(of: /href="[^"]*#([a-z]+)"/).map { String($0.1) }
        #expect(Set(targets) == ["part", "risks", "hours", "training", "open", "unused"])
        #expect(Set(targets).isSubset(of: ids))
    }

    @Test func aGapThatHasBegunSaysSo() {
        func page(at now: Instant) -> String {
            let picture = SystemPicture.assemble(
                SampleSystem.system,
                pushes: [KeptPush(push: SampleSystem.push("NS1"), receivedAt: SampleSystem.now)], at: now)
            let view = SystemView(
                picture: picture, escalation: [], risks: [], ledger: AidLedger(entries: []))
            return OrganisationPage(
                view: view, organisation: picture.organisations[0], visitor: .anybody, gaps: 1, offers: 1
            ).page.content.source
        }
        let start = SampleSystem.now + ElapsedMinutes(12 * 60)
        #expect(!page(at: start + ElapsedMinutes(-1)).contains("has begun"))
        #expect(page(at: start).contains(", has begun"))
    }
}
