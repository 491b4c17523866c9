import Extracts
import Foundation
import Roster
import Testing

@testable import LookForward

/// No name, number, class or place reaches anybody who may not see it: the JSON of each cut is searched, byte by byte.
@Suite struct CutTests {
    /// A trust in which everything that must stay hidden has a word of its own.
    private func trust() -> Trust {
        var trust = Trust()
        trust.ask(3)
        trust.ask(2, of: Trust.support, in: "WARD-B")
        trust.ask(2, in: "WARD-C", from: "19:30", to: "08:00")
        trust.ask(1, of: Trust.senior, in: "WARD-B", days: [.monday], purpose: .seniorDecisionMaker)
        for index in 0..<30 {
            let unit: Roster.Unit.ID = ["WARD-A", "WARD-B", "WARD-C"][index % 3]
            trust.hire(
                "staff-48213\(index)", grade: index % 4 == 0 ? "B2" : "B5", unit: unit,
                also: ["WARD-A", "WARD-B"],
                hours: 30)
            if index < 12 {
                trust.away(Person.ID("staff-48213\(index)"), index < 6 ? .sickness : .parental, days: 3)
            }
        }
        trust.hire("staff-48213999", unit: "WARD-B", also: ["WARD-A"])
        trust.work("staff-48213999", in: "WARD-B")
        trust.people = trust.people.map { person in
            Person(
                id: person.id, name: "Xylophone Zebedee \(person.id)", organisation: person.organisation,
                unit: person.unit, otherUnits: person.otherUnits, grade: person.grade,
                contract: person.contract,
                paidPerWeek: person.paidPerWeek)
        }
        trust.requests = [
            Request(
                id: "r", unit: "WARD-A", day: Trust.monday, shift: "LD", role: "rn",
                start: Trust.at("2026-11-02 07:30"), end: Trust.at("2026-11-02 20:00"), state: .open,
                step: .own, released: Trust.at("2026-11-01 09:00"), releasedBy: "Sister Quicksilver",
                reason: .sickness)
        ]
        trust.findings = [
            Finding(
                check: .overlap, severity: .warning, units: ["WARD-A", "WARD-B"],
                sentence: "Two duties at once in Ward B", rows: [.init(file: "secret-file.csv", line: 9)])
        ]
        trust.counts = [
            ExtractCount(
                kind: .leave, file: "secret-file.csv", extractedAt: Trust.at("2026-11-02 05:00"), read: 9,
                accepted: 8, rejected: 1, reasons: ["reason migraine is unknown": 1])
        ]
        trust.facts = ["WARD-A": UnitFacts(mailbox: "ward.a@example.nhs.uk")]
        trust.policy = ReportPolicy(contact: "bank.desk@example.nhs.uk")
        return trust
    }

    private func recipient(
        inside: Bool, organisations: Set<Organisation.ID> = [], units: Set<Roster.Unit.ID> = [],
        groups: Set<StaffGroup> = [], priorityUnits: [Roster.Unit.ID] = [], priorityGroups: [StaffGroup] = []
    ) -> Recipient {
        Recipient(
            id: "desk", name: "Desk", mailbox: "desk@example.nhs.uk", isInside: inside,
            organisations: organisations, units: units, groups: groups, priorityUnits: priorityUnits,
            priorityGroups: priorityGroups)
    }

    private func everything() throws -> (Trust, ShortageReport) {
        let trust = trust()
        let before = try trust.report()
        let learning = Learning(issues: [before], known: trust.picture)
        return (trust, try trust.report(previous: before, learning: learning))
    }

    @Test func noCutHoldsANameOrANumberOfAnybody() throws {
        let (trust, report) = try everything()
        #expect(!report.ways.isEmpty)
        let cuts = [
            report, report.cut(for: recipient(inside: true)),
            report.cut(for: recipient(inside: false, organisations: ["TR1"])),
            report.cut(for: recipient(inside: false, units: ["WARD-A"])), report.anonymised(),
        ]
        for cut in cuts {
            let json = try cut.json
            for person in trust.people {
                #expect(!json.contains(person.name))
                #expect(!json.contains(person.id.text))
            }
            #expect(!json.contains("Zebedee"))
        }
    }

    /// What a file says of why a row was rejected, and who released a request, are checked on the way in; outside they
    /// are not needed, and so they do not go there in any case.
    @Test func whatWasReadFromAFileStaysInside() throws {
        let (_, report) = try everything()
        let outside = [
            report.cut(for: recipient(inside: false, organisations: ["TR1"])),
            report.cut(for: recipient(inside: false, units: ["WARD-A"])), report.anonymised(),
        ]
        for word in ["migraine", "Quicksilver"] {
            #expect(
                try report.cut(for: recipient(inside: true)).json.contains(word), "it is there to be found")
            for cut in outside { #expect(!(try cut.json.contains(word)), "\(word)") }
        }
        #expect(outside.allSatisfy { $0.gaps.contains { !$0.tried.isEmpty } })
    }

    @Test func outsideThereAreNoClassesAndNoReferencesToPeople() throws {
        let (trust, report) = try everything()
        for cut in [
            report.cut(for: recipient(inside: false, organisations: ["TR1"])), report.anonymised(),
        ] {
            let json = try cut.json
            for word in ["sickness", "annual", "parental", "study", "special", "secret-file"] {
                #expect(!json.contains(word), "\(word)")
            }
            for person in trust.people {
                #expect(!json.contains(PersonReference(person.id, in: "TR1").description))
            }
        }
        let inside = try report.cut(for: recipient(inside: true)).json
        #expect(inside.contains("sickness"))
        #expect(trust.people.contains { inside.contains(PersonReference($0.id, in: "TR1").description) })
    }

    @Test func outsideNobodyLearnsHowOthersStaffTheirWards() throws {
        let (_, report) = try everything()
        let cut = report.cut(for: recipient(inside: false, organisations: ["TR1"]))
        #expect(cut.gaps.count == report.gaps.count)
        #expect(cut.gaps.flatMap(\.options).allSatisfy { $0.isRelease && $0.step >= .collaborative })
        #expect(cut.gaps.allSatisfy { $0.minutesLeft == $0.minutesShort && $0.optionsLeftOut == 0 })
    }

    @Test func onlyTheirUnitsAndStaffGroupsAreInACut() throws {
        let (_, report) = try everything()
        let cut = report.cut(for: recipient(inside: true, units: ["WARD-A"], groups: [.registered]))
        #expect(!cut.gaps.isEmpty)
        #expect(cut.gaps.allSatisfy { $0.place.unit == "WARD-A" && $0.staffGroup == .registered })
        #expect(cut.unavailability.allSatisfy { $0.place.unit == "WARD-A" })
        #expect(cut.shortages.allSatisfy { $0.place.unit == "WARD-A" })
        #expect(cut.headlines.reduce(0) { $0 + $1.unregistered.shifts } == 0)
        #expect(cut.headlines.reduce(0) { $0 + $1.medical.shifts } == 0)
        #expect(cut.headlines.reduce(0) { $0 + $1.registered.shifts } > 0)
        #expect(cut.headlines.reduce(0) { $0 + $1.hardGaps } == 0)
        #expect(cut.validation.failures.flatMap(\.places).allSatisfy { $0.unit == "WARD-A" })
        let outside = report.cut(for: recipient(inside: false, units: ["WARD-A"]))
        let json = try outside.json
        #expect(!json.contains("WARD-B") && !json.contains("Ward B"))
        #expect(!json.contains("WARD-C") && !json.contains("Ward C"))
    }

    @Test func unavailabilityIsOfTheStaffGroupsOfTheRecipient() throws {
        var trust = Trust()
        for index in 0..<10 {
            trust.hire("nurse-\(index)")
            trust.hire("support-\(index)", grade: "B2")
            if index < 5 { trust.away(Person.ID("support-\(index)"), days: 3) }
        }
        trust.hire("doctor", grade: "CON", unit: "WARD-B")
        let report = try trust.report()
        func blocks(_ groups: Set<StaffGroup>) -> [String] {
            report.cut(for: recipient(inside: true, groups: groups)).unavailability.map {
                "\($0.place.unit) \($0.staffGroup?.rawValue ?? "all") \($0.percent ?? -1)"
            }.sorted()
        }
        #expect(blocks([]) == ["WARD-A all 25", "WARD-B all 0"])
        #expect(blocks([.medical]) == ["WARD-B medical 0"])
        #expect(blocks([.registered, .unregistered]) == ["WARD-A registered 0", "WARD-A unregistered 50"])
        #expect(report.cut(for: recipient(inside: true)).unavailabilityByGroup == nil)
        // That one of a few is above what is allowed would say who is away.
        trust.away("doctor", days: 3)
        let outside = try trust.report().cut(
            for: recipient(inside: false, organisations: ["TR1"], groups: [.medical])
        ).unavailability
        #expect(outside.map(\.people) == [nil])
        #expect(outside.map(\.percent) == [nil] && outside.map(\.isSpike) == [false])
        #expect(report.anonymised().unavailabilityByGroup == nil)
    }

    @Test func whoIsOutsideAndNamesNothingSeesNothing() throws {
        let (_, report) = try everything()
        let cut = report.cut(for: recipient(inside: false))
        #expect(cut.gaps.isEmpty && cut.unavailability.isEmpty && cut.shortages.isEmpty)
        #expect(report.cut(for: recipient(inside: false, organisations: ["TR2"])).gaps.isEmpty)
    }

    @Test func theSumOfCutsIsTheWhole() throws {
        let (_, report) = try everything()
        let cuts = ["WARD-A", "WARD-B", "WARD-C"].map {
            report.cut(for: recipient(inside: true, units: [Roster.Unit.ID($0)]))
        }
        #expect(cuts.reduce(0) { $0 + $1.gaps.count } == report.gaps.count)
        #expect(cuts.reduce(0) { $0 + $1.shiftsShort } == report.shiftsShort)
    }

    @Test func prioritiesComeFirstAndNeverBeforeAHardGap() throws {
        let (_, report) = try everything()
        let cut = report.cut(
            for: recipient(
                inside: true, priorityUnits: ["WARD-C", "WARD-A"], priorityGroups: [.unregistered]))
        #expect(cut.gaps.first?.isHard == true)
        let soft = cut.gaps.filter { !$0.isHard }.map(\.place.unit.text)
        #expect(
            soft
                == soft.sorted {
                    ["WARD-C", "WARD-A", "WARD-B"].firstIndex(of: $0)! < ["WARD-C", "WARD-A", "WARD-B"]
                        .firstIndex(of: $1)!
                })
        #expect(
            cut.gaps.filter(\.isPriority).allSatisfy {
                $0.place.unit != "WARD-B" || $0.staffGroup == .unregistered
            })
    }

    @Test func anEmptyCutDoesNotSayThatUnknownUnitsAreCovered() throws {
        var trust = Trust()
        trust.ask(1, in: "WARD-B")
        trust.notIncluded = ["WARD-A"]
        let cut = try trust.report().cut(for: recipient(inside: true, units: ["WARD-A"]))
        #expect(cut.gaps.isEmpty)
        #expect(cut.statement.contains("Nothing is known of 1 unit"))
    }

    @Test func aUnitOfAnotherOrganisationThatIsNotKnownReachesWhoWatchesThatOrganisation() throws {
        var trust = Trust()
        trust.units[2] = Unit(id: "WARD-C", name: "Ward C", site: "HILL", organisation: "TR2")
        trust.notIncluded = ["WARD-C"]
        trust.findings = [
            Finding(
                check: .notIncluded, severity: .warning, units: ["WARD-C"],
                sentence: "Ward C is in no extract")
        ]
        let watcher = Recipient(
            id: "watcher", name: "Watcher", mailbox: "w@example.org", isInside: false, organisations: ["TR2"])
        let cut = try trust.report().cut(for: watcher)
        #expect(cut.notIncluded.map(\.unit) == ["WARD-C"])
        #expect(cut.validation.unknown.map(\.unit) == ["WARD-C"])
        #expect(cut.validation.failures.count == 1)
        #expect(!cut.hasNothingToDo)
    }

    @Test func noValidReportStaysThatInEveryCut() throws {
        var trust = trust()
        trust.findings.append(
            Finding(check: .missingExtract, severity: .fatal, sentence: "secret-file.csv is missing"))
        let report = try trust.report()
        for cut in [
            report.cut(for: recipient(inside: true)),
            report.cut(for: recipient(inside: false, units: ["WARD-A"])),
            report.anonymised(),
        ] {
            #expect(!cut.isValid)
            #expect(!cut.hasNothingToDo)
            #expect(cut.statement.hasPrefix("No valid report"))
        }
        #expect(!(try report.anonymised().json.contains("secret-file")))
    }

    @Test func theAnonymousReportNamesNoPlace() throws {
        let (_, report) = try everything()
        let anonymous = report.anonymised()
        let json = try anonymous.json
        for word in [
            "WARD", "Ward A", "Ward B", "Ward C", "TR1", "Invented", "Main site", "Hill site", "MAIN", "HILL",
            "example.nhs.uk", "ward manager", "matron", "director", "Long day", "Registered nurse",
        ] {
            #expect(!json.contains(word), "\(word)")
        }
        #expect(anonymous.gaps.count == report.gaps.count)
        #expect(anonymous.headlines == report.headlines)
        #expect(anonymous.gaps.map(\.minutesShort) == report.gaps.map(\.minutesShort))
        #expect(Set(anonymous.gaps.map(\.id)).count == report.gaps.count)
        // The same unit is the same everywhere.
        let names = zip(report.gaps, anonymous.gaps).map { ($0.place.unit, $1.place.unit) }
        #expect(Set(names.map { "\($0.0) \($0.1)" }).count == Set(names.map(\.0)).count)
        #expect(anonymous.unavailability.allSatisfy { $0.people != nil || $0.percent == nil })
    }

    @Test func aReportSurvivesItsJSON() throws {
        let (_, report) = try everything()
        let back = try JSONDecoder().decode(ShortageReport.self, from: try JSONEncoder().encode(report))
        #expect(back == report)
    }
}
