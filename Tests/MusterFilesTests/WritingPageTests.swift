import Foundation
import FoundationXML
import Roster
import Testing

@testable import MusterFiles

@Suite struct WritingPageTests {
    static let hostile = "<script>alert('x')</script> & \"Quote\" \u{0}\u{1B}"

    @Test func textIsEscaped() {
        let html: HTML = "<b title=\"\(Self.hostile)\">\(Self.hostile)</b>"
        let safe = "&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt; &amp; &quot;Quote&quot; \u{FFFD}\u{FFFD}"
        #expect(html.source == "<b title=\"\(safe)\">\(safe)</b>")
    }

    @Test func hostileNamesStayNames() throws {
        let people = WritingFixture.people(8).map { person in
            Person(
                id: person.id, name: Self.hostile, organisation: person.organisation, unit: person.unit,
                grade: person.grade, contract: person.contract, paidPerWeek: person.paidPerWeek)
        }
        let page = Self.page(
            WritingFixture.output(WritingFixture.scenario(days: 7, people: people, name: Self.hostile)))
        #expect(!page.contains("<script"))
        #expect(page.contains("&lt;script&gt;"))
        try Self.expectWellFormed(page)
    }

    @Test func isWellFormed() throws {
        try Self.expectWellFormed(Self.page(WritingFixture.output))
    }

    @Test func needsNothingElse() {
        let page = Self.page(WritingFixture.output)
        for forbidden in ["http:", "https:", "//", "src=", "<link", "<script", "@import", "url("] {
            #expect(!page.contains(forbidden), "the page refers to something outside it: \(forbidden)")
        }
    }

    @Test func namesEveryGapAndLinksToItsReasons() {
        let output = WritingFixture.output
        let page = Self.page(output)
        #expect(!output.hardGaps.isEmpty && !output.softGaps.isEmpty)
        for gap in output.gaps {
            #expect(page.contains("id=\"gap-\(gap.id)\">\(gap.id)</span>"))
        }
        for gap in output.hardGaps {
            #expect(page.contains("href=\"#gap-\(gap.id)\""))
        }
        #expect(page.components(separatedBy: "Critical vacancy: ").count == output.hardGaps.count + 1)
    }

    @Test func saysCoveredOnlyIfEveryHourIs() {
        let open = Self.page(WritingFixture.output)
        #expect(!open.contains("Covered every hour"))
        let scenario = WritingFixture.scenario(rules: [WritingFixture.easyHardRule])
        let covered = Self.page(WritingFixture.output(scenario))
        #expect(covered.contains("<strong>Covered every hour</strong>"))
        #expect(!covered.contains("Critical vacancy"))
        #expect(covered.contains("Nothing else is short."))
    }

    /// Where nobody is asked for, "covered" would say more than is so.
    @Test func saysWhereAHardRuleAsksForNobody() {
        let rule = WritingFixture.easyHardRule
        let formula = SeniorFormula(floor: 0, minutesByStream: [:], productiveShare: 0.7)
        let idle = CoverRule(
            id: rule.id, name: rule.name, unit: rule.unit, counted: rule.counted, from: rule.from,
            to: rule.to,
            requirement: .arrivals(formula), hard: true)
        let scenario = WritingFixture.scenario(rules: [idle])
        let hours = 3 * scenario.period.dayCount
        #expect(scenario.minutesAskingForNobody(idle) == hours * 60)
        #expect(scenario.minutesAskingForNobody(rule) == 0)
        let page = Self.page(WritingFixture.output(scenario))
        #expect(!page.contains("Covered every hour"))
        #expect(page.contains("<strong>Covered whenever somebody is asked for</strong>"))
        #expect(page.contains("It asks for nobody in \(hours) hours of the period"))
    }

    @Test func aWeekThatIsShortIsToldApartFromOpenHours() throws {
        let rule = WritingFixture.easyHardRule
        let weekly = CoverRule(
            id: rule.id, name: rule.name, unit: rule.unit, counted: rule.counted, from: rule.from,
            to: rule.to,
            requirement: rule.requirement, weeklyMinimum: ElapsedMinutes(hours: 168), hard: true)
        let output = WritingFixture.output(WritingFixture.scenario(days: 7, rules: [weekly]))
        let gap = try #require(output.hardGaps.first { $0.measure == .weeklyMinutes })
        let page = Self.page(output)
        #expect(page.contains("Short of its weekly minimum by \(decimal(gap.missingHours)) hours"))
        #expect(page.contains("<p class=\"when\">Mon 19 Oct to Sun 25 Oct</p>"))
        #expect(page.contains("12:30 to 15:30 every day, at least 168 hours a week"))
        #expect(!page.contains("Open for"))
    }

    @Test func neverTellsWhySomebodyIsAway() {
        let page = Self.page(WritingFixture.output).lowercased()
        let grid = page.components(separatedBy: "id=\"gaps\"")[0]
        #expect(!grid.contains("sick"))
        // Nor do the figures: the share of one kind tells it where one person is away.
        #expect(page.contains("all leave, of contracted hours. hold it against"))
    }

    @Test func notesInventedData() {
        let real = WritingFixture.output(
            WritingFixture.scenario(days: 7, people: WritingFixture.people(8), name: "Emergency department"))
        #expect(Self.page(WritingFixture.output).contains("Invented data."))
        #expect(!Self.page(real).contains("Invented data."))
    }

    @Test func givesEachRefusedWishItsReason() {
        let output = WritingFixture.output
        let page = Self.page(output)
        let refused = output.wishes.count { !$0.granted }
        #expect(page.components(separatedBy: "It would leave one nurse fewer").count == refused + 1)
        #expect(page.contains("\(output.wishes.count - refused) of \(output.wishes.count) wishes granted"))
    }

    @Test func showsTheArithmeticOfSeniors() {
        let page = Self.page(WritingFixture.output)
        #expect(
            page.contains("5 majors × 12 min + 0.4 resus × 40 min") || page.contains("0.40 resus × 40 min"))
    }

    @Test func listsHashesSeedAndRulePacks() {
        let page = Self.page(WritingFixture.output)
        #expect(page.contains(String(repeating: "0f", count: 32)))
        #expect(page.contains("seed 7"))
        #expect(page.contains("Working Time Regulations 1998"))
        #expect(page.contains("2025-04"))
    }

    @Test func namesTheNightOnWhichTheClocksChange() {
        let page = Self.page(WritingFixture.output)
        #expect(page.contains("clocks go back on Sun 25 Oct"))
        let night = London.instant(WritingFixture.day("2026-10-24"), minute: 1170)
        let second = London.instant(WritingFixture.day("2026-10-25"), minute: 90) + ElapsedMinutes(60)
        #expect(span(night, second) == "Sat 24 Oct 19:30 to Sun 25 Oct 01:30 (after the clocks go back)")
        #expect(span(night, night + ElapsedMinutes(270)) == "Sat 24 Oct 19:30 to 24:00")
    }

    @Test func longPeriodsAreCutIntoFourWeeks() {
        let page = Self.page(
            WritingFixture.output(
                WritingFixture.scenario(days: 42, people: WritingFixture.people(8), rules: [])))
        #expect(page.contains("Emergency department, Mon 19 Oct to Sun 15 Nov"))
        #expect(page.contains("Emergency department, Mon 16 Nov to Sun 29 Nov"))
    }

    @Test func aStripIsShortWhereTheCheckerSaysSo() throws {
        let output = WritingFixture.output
        let page = RotaPage(output)
        for cover in page.cover {
            let gaps = output.gaps.filter { $0.rule == cover.rule.id && $0.measure == .heads }
            let short = cover.days.flatMap(\.hours).compactMap(\.self).filter { $0.missing > 0 }
            #expect(short.isEmpty == gaps.isEmpty)
            #expect(short.map(\.missing).max() == gaps.map(\.missing).max())
        }
        let autumn = try #require(page.cover[0].days.first { $0.day == WritingFixture.day("2026-10-25") })
        #expect(autumn.hours.count == 25)
        #expect([autumn.clock(1), autumn.clock(2)] == [ClockTime(minute: 60), ClockTime(minute: 60)])
    }

    private static func page(_ output: RotaOutput) -> String { RotaPage(output).html.source }

    /// Every tag that is opened is closed, in order, and every attribute is quoted.
    private static func expectWellFormed(_ page: String) throws {
        let parser = XMLParser(data: Data(page.utf8))
        #expect(parser.parse(), "line \(parser.lineNumber): \(String(describing: parser.parserError))")
    }
}
