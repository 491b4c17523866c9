import Extracts
import Foundation
import LookForward
import MusterStore
import Roster
import Testing

@testable import MusterMail

@Suite("The report as a message")
struct ReportMailTests {
    private static let all = InventedReport.whole
    private static let none = InventedReport.report(gaps: [], isSound: true)

    private func text(_ report: ShortageReport) -> String { ReportText.compose(report, for: "Staff bank") }
    private func page(_ report: ShortageReport) -> String { ReportPage.compose(report, for: "Staff bank") }
    /// Without line breaks, which fall anywhere in the text.
    private func flat(_ text: String) -> String {
        text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }

    @Test("The subject has counts and dates")
    func subject() {
        #expect(
            Self.all.subject == "Staffing look forward Fri 21 to Sun 23 Nov: 2 shifts short, 1 critical")
        #expect(Self.none.subject == "Staffing look forward Fri 21 to Sun 23 Nov: nothing short")
    }

    @Test("Without valid data, or with units of which nothing is known, no version sounds safe")
    func neverSafer() throws {
        let blind = InventedReport.report(gaps: [], notIncluded: [InventedReport.closedWard])
        #expect(
            blind.subject
                == "Staffing look forward Fri 21 to Sun 23 Nov: no gap known, data in doubt, 1 unit without data"
        )
        let invalid = InventedReport.report(
            gaps: [], status: .noValidReport(reasons: ["The data are of Monday."]))
        #expect(invalid.subject == "Staffing look forward Fri 21 to Sun 23 Nov: NO VALID REPORT")
        for version in [text(blind), page(blind)] {
            #expect(flat(version).contains("nothing is known of 1 unit"))
            #expect(version.contains("Discharge lounge"))
            #expect(!version.contains("Nothing to do"))
        }
        for version in [text(invalid), page(invalid)] {
            #expect(version.contains("The data are of Monday."))
            #expect(flat(version).contains("does not say that shifts are covered"))
            #expect(!version.contains("Nothing to do"))
            #expect(!flat(version).contains("nothing short"))
        }
        #expect(GapTable.attachment(invalid) == nil)
        // A spreadsheet takes a file without the mark for Windows-1252, and garbles names.
        let attached = try #require(GapTable.attachment(InventedReport.whole)).csv
        #expect(attached == "\u{FEFF}" + GapTable.csv(InventedReport.whole))
    }

    @Test("That nothing says how many are needed in some role stands in the subject")
    func partlyUnknown() {
        var report = Self.all
        report.validation.failures.append(
            Validation.Failure(
                check: .roleNotAsked, severity: .warning, places: [InventedReport.closedWard],
                sentence: "Discharge lounge: rows are lost", rows: 0))
        #expect(report.subject.hasSuffix("2 shifts short, 1 critical, 1 unit partly unknown"))
    }

    @Test("A day without a rota shows no nought")
    func withoutRota() {
        var report = Self.all
        let entry = UnitWithoutRota(place: InventedReport.closedWard, day: InventedReport.days[2])
        report.withoutRota = [entry]
        report.headlines[2] = Headline(day: entry.day, unitsWithoutRota: 1)
        #expect(report.subject.hasSuffix("2 shifts short, 1 critical, 1 unit without a rota on some days"))
        let text = text(report)
        #expect(text.contains("Sun 23 Nov\n  Units without a rota: 1\n"))
        #expect(text.contains("- Discharge lounge: Sun 23 Nov"))
        let page = page(report)
        #expect(page.components(separatedBy: "<td>none known</td>").count == 7)
        #expect(flat(page).contains("Discharge lounge: Sun 23 Nov"))
    }

    @Test(
        "A gap that is no longer asked for, or of which nothing is known any more, is told, and not as closed"
    )
    func gone() throws {
        var report = Self.all
        let gap = try #require(report.change?.closed.first)
        report.change?.closed = []
        report.change?.noLongerAsked = [gap]
        report.change?.noLongerKnown = [gap, gap]
        for version in [text(report), page(report)] {
            #expect(
                flat(version).contains(
                    "Since the issue of Thu 20 Nov: 1 new, 1 no longer asked for, 2 not known any more."))
            #expect(
                flat(version).lowercased().contains("not known any more: may be short as in the last issue"))
            #expect(
                flat(version).lowercased().contains("no longer asked for, and not filled"))
            #expect(!flat(version).lowercased().contains("closed since"))
        }
    }

    @Test("That nothing is short is said in words, and in doubt that it is not known")
    func nothing() {
        let doubtful = InventedReport.report(gaps: [])
        #expect(doubtful.subject.hasSuffix("no gap known, data in doubt"))
        for (sound, doubt) in [(text(Self.none), text(doubtful)), (page(Self.none), page(doubtful))] {
            #expect(flat(sound).contains("Every check of the data that could forbid saying so passed."))
            #expect(flat(doubt).contains("Call no shift covered before you have looked at"))
            #expect(!sound.contains("&lt;") && !doubt.contains("&lt;"), "no tag is shown as text")
        }
    }

    @Test("Both versions tell of each gap what a bank desk needs")
    func gaps() {
        let needed = [
            "Senior decision maker", "Fri 21 Nov 22:00 to Sat 22 Nov 08:00 (Night), starts in 15 hours",
            "1 missing: 1 needed, 0 planned; 10 hours short, 100%", "Consultant or ST4 or above",
            "Due but not released: Framework agency, tier 1 (medical director, since Thu 20 Nov 22:00)",
            "Next: Off framework (break glass) (executive director on call, at Fri 21 Nov 10:00)",
            "Offered Thu 20 Nov 16:05 by bank desk", "ed.rota@northgate.example", "ED.senior.2200",
            "leaves Ward B at 102%", "57.5 h needed, 46 h there: 11.5 h short, more than 8 h", "Critical",
            "Red flag", "Since the issue of Thu 20 Nov: 1 new, 1 closed.",
            "Data from 5.45am on Friday 21 November.",
            "27%", "1,204 rows read", "Of 1 gap named for days up to Thu 20 Nov: 1 filled.",
            "Named short: 11.5 hours. Came short of these: no hours.",
            "Filled, all or in part, by: own staff and bank 1.",
        ]
        for words in needed {
            #expect(flat(text(Self.all)).lowercased().contains(words.lowercased()), "text: \(words)")
            #expect(flat(page(Self.all)).lowercased().contains(words.lowercased()), "page: \(words)")
        }
    }

    @Test("The heading says in what order the gaps stand, as what matters to a recipient may be less urgent")
    func order() {
        var first = InventedReport.nurse
        first.isPriority = true
        let ordered = InventedReport.report(gaps: [InventedReport.senior, first])
        let words = "critical first, then your priorities"
        for (plain, prioritised) in [(text(Self.all), text(ordered)), (page(Self.all), page(ordered))] {
            #expect(plain.lowercased().contains("2 gaps, the most urgent first"))
            #expect(!plain.lowercased().contains(words))
            #expect(flat(prioritised).lowercased().contains(words))
        }
    }

    @Test("Where people are referred to, it is said what a reference is and how to look it up")
    func references() {
        let without = InventedReport.report(gaps: [InventedReport.senior])
        for (with, without) in [(text(Self.all), text(without)), (page(Self.all), page(without))] {
            #expect(flat(with).contains("A reference such as P-31 stands for one member of staff"))
            #expect(flat(with).contains("muster report --who P-31"))
            #expect(!flat(without).contains("A reference such as"))
        }
    }

    @Test("Of one gap nobody is told why somebody is away")
    func reason() {
        for reason in [ReportedGap.Reason.sickness, .annual, .parental, .unavailable] {
            var gap = InventedReport.nurse
            gap.reason = reason
            var report = InventedReport.report(gaps: [gap])
            report.unavailability = []
            for version in [text(report), page(report), GapTable.csv(report)] {
                #expect(version.lowercased().contains("unavailable"))
                #expect(
                    !version.contains("sick") && !version.contains("leave,") && !version.contains("parental"))
            }
        }
    }

    @Test("Hundreds of gaps: a list, the first in full, all of them in the file, and the text says so")
    func many() {
        let gaps = (1...250).map { number in
            var gap = InventedReport.nurse
            gap.id = ReportedGap.ID("WA.nurse.\(number)")
            return gap
        }
        let report = InventedReport.report(gaps: gaps)
        for version in [text(report), page(report)] {
            #expect(flat(version).contains("50 more gaps are told of in full in the attached file."))
            #expect(flat(version).contains("230 more gaps are told of in full in the attached file."))
        }
        #expect(GapTable.csv(report).split(separator: "\r\n").count == 251)
    }

    @Test("Hundreds of units: the worst, and how many more")
    func manyUnits() {
        var report = InventedReport.whole
        report.unavailability = Array(repeating: report.unavailability[0], count: 300)
        report.validation.failures = Array(repeating: report.validation.failures[0], count: 100)
        for version in [text(report), page(report)] {
            #expect(flat(version).contains("260 more units with less away"))
            #expect(flat(version).contains("60 more"))
        }
    }

    @Test("A unit's name cannot become markup, a header or a formula")
    func hostile() throws {
        var gap = InventedReport.nurse
        gap.place.name = "=1+1<script>\r\nBcc: x@y.example"
        let report: ShortageReport = InventedReport.report(gaps: [gap])
        #expect(!page(report).contains("<script>"))
        #expect(GapTable.csv(report).contains("\"'=1+1<script>"))
        let mail = try ReportMail(
            report, edition: "morning", to: InventedReport.inside, from: EmailAddress("report@x.example"))
        let headers = String(decoding: mail.message.bytes, as: UTF8.self).components(separatedBy: "\r\n\r\n")[
            0]
        #expect(!headers.contains("Bcc"))
    }

    @Test("The Message-ID is that of organisation, day, edition and recipient, and of nothing else")
    func messageID() {
        func id(_ key: ReportIssue.Key, _ recipient: Recipient.ID) -> String {
            ReportMail.messageID(key, recipient: recipient, domain: "x.example")
        }
        func key(_ organisation: Organisation.ID, _ day: Int, _ edition: String, _ valid: Bool)
            -> ReportIssue.Key
        {
            ReportIssue.Key(
                organisation: organisation, date: InventedReport.friday.advanced(by: day), edition: edition,
                isValid: valid)
        }
        let base = key("X1N", 0, "morning", true)
        #expect(id(base, "bank") == id(base, "bank"))
        #expect(id(base, "bank").wholeMatch(of: /look-forward\.20251121\.[0-9a-f]{32}@x\.example/) != nil)
        let others = [
            id(base, "bank2"), id(key("X1M", 0, "morning", true), "bank"),
            id(key("X1N", 1, "morning", true), "bank"),
            id(key("X1N", 0, "morning2", true), "bank"),
            id(key("X1N", 0, "morning", false), "bank"),
            id(key("X1", 0, "Nmorning", true), "bank"),
        ]
        #expect(Set(others + [id(base, "bank")]).count == others.count + 1)
    }

    @Test("The message that anybody may see tells in none of its parts whose it is")
    func anonymisedMessage() throws {
        func parts(_ message: Message) -> String {
            [
                String(decoding: message.bytes.prefix(1000), as: UTF8.self), message.subject, message.text,
                message.html, message.attachment?.name ?? "", message.attachment?.csv ?? "",
            ].joined(separator: "\n")
        }
        let known = try ReportMail(
            Self.all, edition: "morning", to: InventedReport.inside,
            from: EmailAddress("report@northgate.example"))
        let mail = try ReportMail(anonymised: Self.all, edition: "morning")
        for word in ["northgate", "Northgate", "X1N", "Ward A", "ED.senior", "ed.rota", "Emergency"] {
            #expect(parts(known.message).contains(word), "it is there to be found: \(word)")
            #expect(!parts(mail.message).contains(word), "\(word)")
        }
        #expect(mail.message.from.text == "look-forward@muster.invalid")
        #expect(mail.message.to == mail.message.from)
        #expect(mail.message.messageID.hasSuffix("@muster.invalid"))
        #expect(!parts(mail.message).contains("(,"))

        // A hash of an organisation's code would tell the code to whoever tries the few thousand that there are.
        var other = Self.all
        other.organisation = Organisation(id: "X9Q", name: "Another trust")
        let same = try ReportMail(anonymised: other, edition: "morning")
        #expect(same.message.messageID == mail.message.messageID)
    }

    @Test("Who is not told is left out of the release steps, with the comma")
    func nobodyReleases() {
        var gap = InventedReport.senior
        for index in gap.cascade.events.indices { gap.cascade.events[index].authoriser = "" }
        #expect(
            GapWords(gap).cascade == [
                "Open: Own part-timers and bank since Wed 19 Nov 08:00",
                "Due but not released: Framework agency, tier 1 (since Thu 20 Nov 22:00)",
                "Next: Off framework (break glass) (at Fri 21 Nov 10:00)",
            ])
    }

    @Test("An issue that was kept is read back as it was")
    func stored() throws {
        let issue = ReportIssue(
            key: Self.all.issueKey(edition: "morning"), generated: Self.all.generated,
            report: try Self.all.stored())
        #expect(try ShortageReport(issue) == Self.all)
    }

    @Test("Times in sentences are written in the NHS style")
    func times() {
        let minutes = [0, 5, 60, 390, 720, 725, 1110, 1439]
        #expect(
            minutes.map(Times.clock)
                == ["midnight", "12.05am", "1am", "6.30am", "midday", "12.05pm", "6.30pm", "11.59pm"])
        #expect(Times.brief([Day(ordinal: 20422), Day(ordinal: 20423)]) == "Sun 30 Nov to Mon 1 Dec")
        #expect(
            Times.long([Day(ordinal: 20453), Day(ordinal: 20454)])
                == "Wednesday 31 December 2025 to Thursday 1 January 2026")
    }
}
