import Extracts
import Foundation
import PlainText
import Roster
import Testing

@testable import MusterFiles

@Suite("Importing exports")
struct TrustImportTests {
    private static let rosters = URL(filePath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "Rosters")
    private static let badFolders: [String] = {
        let found = try? FileManager.default.contentsOfDirectory(
            atPath: rosters.appending(path: "bad-trust").path)
        return (found ?? []).filter { !$0.hasPrefix(".") }.sorted()
    }()
    private static let now = London.instant(Day(ordinal: 20_413), minute: 390)

    private static func text(_ folder: URL, _ name: String) -> String? {
        (try? String(contentsOf: folder.appending(path: name), encoding: .utf8))?
            .trimmingCharacters(in: .newlines)
    }

    @Test("The bad folders are there")
    func present() { #expect(Self.badFolders.count >= 32) }

    @Test("A bad folder gives exactly its lines; a bad row stops nothing else", arguments: badFolders)
    func bad(name: String) throws {
        let folder = Self.rosters.appending(path: "bad-trust/\(name)")
        if let expected = Self.text(folder, "expected.txt") {
            let faults = #expect(throws: Faults.self) { try TrustImport.read(folder, now: Self.now) }
            #expect(faults?.description == expected)
        } else {
            let (rejected, leftOut) = (Self.text(folder, "rejected.txt"), Self.text(folder, "left-out.txt"))
            #expect(rejected != nil || leftOut != nil)
            let read = try TrustImport.read(folder, now: Self.now)
            #expect(read.rejections.map(\.description).joined(separator: "\n") == rejected ?? "")
            #expect(read.leftOut.map(\.description).joined(separator: "\n") == leftOut ?? "")
            #expect(read.extracts.duties?.rows.first?.duty.person == "101")
            #expect(read.extracts.sources.allSatisfy { $0.read == $0.count.accepted + $0.rejected.count })
        }
    }

    @Test(
        "Whoever is absent for a reason that no code explains is absent all the same, and the reason is not kept"
    )
    func absenceOfNoClass() throws {
        let folder = Self.rosters.appending(path: "bad-trust/medical-reason")
        let leave = try #require(try TrustImport.read(folder, now: Self.now).extracts.leave)
        #expect(leave.rows.map(\.leave.person) == ["102"])
        #expect(leave.rows.map(\.leave.kind) == [.other])
        #expect(leave.source.count.rejected == 1)
        #expect(leave.source.rejected.allSatisfy { !$0.reason.contains("Migraine") })
    }

    @Test("An absence without a last day lasts until further notice")
    func openAbsence() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "open-\(UUID())")
        defer { try? FileManager.default.removeItem(at: folder) }
        try FileManager.default.copyItem(
            at: Self.rosters.appending(path: "bad-trust/medical-reason"), to: folder)
        try Data("No,From,To,Type\n102,24/11/2025,,AL\n".utf8).write(
            to: folder.appending(path: "absence.csv"))
        let leave = try #require(try TrustImport.read(folder, now: Self.now).extracts.leave)
        let one = try #require(leave.rows.first?.leave)
        #expect(leave.source.rejected.isEmpty && one.first == Day("2025-11-24"))
        #expect(one.contains(one.first.advanced(by: 400)))
    }

    @Test("A request that is called booked and names nobody is kept, as one that names nobody")
    func bookedByNobody() throws {
        let copy = FileManager.default.temporaryDirectory.appending(path: "muster-\(UUID())")
        try FileManager.default.copyItem(at: Self.rosters.appending(path: "demo-trust"), to: copy)
        defer { try? FileManager.default.removeItem(at: copy) }
        let file = copy.appending(path: "Bank Requests.csv")
        let text = try String(contentsOf: file, encoding: .utf8)
        try text.replacing("Filled,BK101,", with: "Filled,,").write(
            to: file, atomically: true, encoding: .utf8)
        let bookings = try #require(try TrustImport.read(copy, now: Self.now).extracts.bookings)
        #expect(bookings.source.rejected.isEmpty)
        #expect(bookings.rows.filter(\.isBookedByNobody).map(\.request.id).contains("R70001"))
    }

    @Test(
        "Who released a request is a role that the trust names; anything else is left out, and the request stands"
    )
    func releasedBy() throws {
        let folder = Self.rosters.appending(path: "bad-trust/released-by-a-person")
        let bookings = try #require(try TrustImport.read(folder, now: Self.now).extracts.bookings)
        #expect(bookings.rows.map(\.request.releasedBy) == [nil, "bank desk", "head of nursing", nil])
        #expect(bookings.rows.allSatisfy { $0.request.released != nil && $0.request.step == .own })
        #expect(bookings.source.rejected.isEmpty)
    }

    @Test(
        "Who may fill several roles is given the usual one of the grade, or none: what is covered is not guessed"
    )
    func rolesOfDuties() throws {
        let folder = Self.rosters.appending(path: "bad-trust/role-of-several")
        let duties = try #require(try TrustImport.read(folder, now: Self.now).extracts.duties)
        #expect(duties.rows.map(\.duty.person) == ["101", "103"])
        #expect(duties.rows.map(\.duty.role) == ["rn", "frail"])
    }

    @Test("Whoever may not do a role, by markers or by the roles that they do, is no cover in it")
    func rolesNotAllowed() throws {
        let copy = FileManager.default.temporaryDirectory.appending(path: "muster-\(UUID())")
        try FileManager.default.copyItem(at: Self.rosters.appending(path: "demo-trust"), to: copy)
        defer { try? FileManager.default.removeItem(at: copy) }
        func inCharge() throws -> (duties: Int, reasons: Set<String>) {
            let duties = try #require(try TrustImport.read(copy, now: Self.now).extracts.duties)
            let own = duties.rows.filter { $0.duty.person == "20000002" && $0.duty.role == "charge" }
            return (own.count, Set(duties.source.rejected.map(\.reason)))
        }
        let before = try inCharge()
        #expect(before.duties > 0)
        let file = copy.appending(path: "Staff in Post.csv")
        let text = try String(contentsOf: file, encoding: .utf8)
        let row = "20000002,ED,Band 7,AfC Full,37.5,,"
        #expect(text.contains("\(row),,"))
        for (fields, reason) in [
            (",NQN,", "a role that nobody marked newly-qualified may fill"),
            ("RN,,", "none of the person's roles"),
        ] {
            try text.replacing("\(row),,", with: "\(row)\(fields)").write(
                to: file, atomically: true, encoding: .utf8)
            let after = try inCharge()
            #expect(after.duties == 0)
            let added = after.reasons.subtracting(before.reasons)
            #expect(added.count == 1 && added.first?.contains(reason) == true, "\(added)")
        }
    }

    @Test("A night that is begun late begins after midnight, and covers no earlier night")
    func lateStart() throws {
        let copy = FileManager.default.temporaryDirectory.appending(path: "muster-\(UUID())")
        try FileManager.default.copyItem(
            at: Self.rosters.appending(path: "bad-trust/duty-of-no-time"), to: copy)
        defer { try? FileManager.default.removeItem(at: copy) }
        try Data("No,Date,Unit,Shift,Start,End\n101,21/11/2025,ASH,N,00:30,08:00\n".utf8)
            .write(to: copy.appending(path: "roster.csv"))
        let duty = try #require(try TrustImport.read(copy, now: Self.now).extracts.duties?.rows.first?.duty)
        #expect(duty.day.description == "2025-11-21")
        #expect(duty.start.description.hasPrefix("2025-11-22T00:30"))
        #expect(duty.end.description.hasPrefix("2025-11-22T08:00"))
    }

    @Test("Why somebody is away, or a shift is to be filled, is never repeated")
    func unquoted() throws {
        for (name, word) in [("medical-reason", "Migraine"), ("medical-reason-of-a-request", "Anxiety")] {
            let read = try TrustImport.read(Self.rosters.appending(path: "bad-trust/\(name)"), now: Self.now)
            #expect(read.rejections.count == 1)
            for fault in read.rejections {
                #expect(!"\(fault)".contains(word))
                #expect(fault.value == nil && fault.suggestion == nil)
                #expect(fault.accepted?.contains("sickness") == true)
            }
            #expect(!read.extracts.sources.flatMap(\.rejected).contains { $0.reason.contains(word) })
        }
    }

    @Test(
        "A unit whose row is rejected stops nothing: who refers to it makes no mistake, and nothing is asked of it"
    )
    func rejectedUnit() throws {
        let extracts = try TrustImport.read(
            Self.rosters.appending(path: "bad-trust/unit-of-no-site"), now: Self.now
        ).extracts
        #expect(extracts.units?.rows.map(\.unit.id) == ["ASH"])
        #expect(extracts.units?.source.rejected.map(\.unit) == ["OAK"])
        // Somebody who also works there is not lost to their own unit.
        #expect(extracts.people?.rows.map(\.person.id) == ["101"])
        #expect(extracts.people?.rows.first?.person.otherUnits.isEmpty == true)
        #expect(extracts.definitions.coverRules.isEmpty)
        // Left empty, these would mean every unit.
        #expect(extracts.definitions.shiftTypes.first { $0.id == "OD" }?.units == ["OAK"])
        #expect(extracts.policy.recipients.last?.units == ["OAK"])
    }

    @Test("An export in Windows-1252 reads as it was written, if the mapping says so")
    func windows() throws {
        let folder = Self.rosters.appending(path: "bad-trust/in-windows-1252")
        let units = try TrustImport.read(folder, now: Self.now).extracts.units
        #expect(units?.rows.map(\.unit.name) == ["Ash ward", "Café ward"])
    }

    @Test("A missing required field is named, whichever it is", arguments: ExtractKind.allCases)
    func unmapped(kind: ExtractKind) throws {
        for field in ExportFields[kind].required {
            let kept = ExportFields[kind].required.filter { $0 != field }.map { "\($0): X" }
            let exports = ([.units, .people, .duties] + [kind]).reduce(into: [:]) { $0[$1] = "" }
            let text =
                "muster: 1\nexports:\n"
                + exports.keys.sorted().map { one in
                    let columns = one == kind ? kept : ExportFields[one].required.map { "\($0): X" }
                    return
                        "  \(one.rawValue): { file: a.csv, columns: { \(columns.joined(separator: ", ")) } }\n"
                }.joined()
            let faults = FaultList()
            let source = SourceFile(Data(text.utf8), name: "mapping.yaml", faults: faults)
            _ = YAMLCursor(source, faults: faults).flatMap(MappingFile.init)
            #expect(faults.count == 1)
            #expect(faults.sorted.first?.problem == "lacks the required key \(field)")
        }
    }

    @Test("Every field and every table of codes is described in IMPORTING.md")
    func described() throws {
        let text = try String(contentsOf: Self.rosters.appending(path: "IMPORTING.md"), encoding: .utf8)
        for kind in ExtractKind.allCases {
            let line = try #require(
                text.split(separator: "\n").first { $0.hasPrefix("| `\(kind.rawValue)` | **") })
            for field in ExportFields[kind].required { #expect(line.contains("**`\(field)`**")) }
            for field in ExportFields[kind].optional { #expect(line.contains(" `\(field)`")) }
        }
        for domain in MappingFile.domains { #expect(text.contains("`\(domain)`")) }
    }

    @Test("What was read of the demo trust, as its systems wrote it")
    func demo() throws {
        let read = try TrustImport.read(Self.rosters.appending(path: "demo-trust"), now: Self.now)
        let counts = Dictionary(uniqueKeysWithValues: read.extracts.sources.map { ($0.kind, $0.count) })
        #expect(counts[.units]?.read == 11)
        #expect(counts[.people]?.rejected == 1)
        #expect(counts[.skills]?.rejected == 1)
        #expect(
            counts[.duties]?.reasons == [
                "end is empty": 1, "has 6 cells": 1, "person is nobody of the staff list": 1,
            ])
        #expect(counts[.leave]?.rejected == 0)
        #expect(counts[.bookings]?.rejected == 0)
        #expect(
            counts.values.allSatisfy { $0.extractedAt == London.instant(Day(ordinal: 20_413), minute: 340) })
        // The bank names no shift, and wards by codes of its own: both are found.
        let booked = try #require(read.extracts.bookings?.rows.first { $0.request.state == .booked })
        #expect(
            ["LD", "N", "CE", "CL", "DE", "DL", "DN", "FD", "C", "VD", "VE"].contains(
                booked.request.shift.text))
        #expect(booked.person != nil)
        #expect(read.extracts.policy.recipients.map(\.isInside) == [true, true, false])
        #expect(read.extracts.policy.days(from: Day(ordinal: 20_413)) == 4)
    }

    @Test("A rest day is a row and no duty")
    func restDay() throws {
        let read = try TrustImport.read(Self.rosters.appending(path: "demo-trust"), now: Self.now)
        let duties = try #require(read.extracts.duties)
        #expect(duties.source.count.accepted == duties.rows.count + 1)
    }

    @Test("No name of a person is read")
    func names() throws {
        let read = try TrustImport.read(Self.rosters.appending(path: "demo-trust"), now: Self.now)
        #expect(read.extracts.people?.rows.allSatisfy { $0.person.name == $0.person.id.text } == true)
    }

    @Test("The time that is given goes before the mapping's")
    func extractedAt() throws {
        let given = Self.now - ElapsedMinutes(hours: 3)
        let read = try TrustImport.read(
            Self.rosters.appending(path: "demo-trust"), extractedAt: given, now: Self.now)
        #expect(read.extracts.sources.allSatisfy { $0.extractedAt == given })
    }

    @Test("The time of an extract can be the one at which its file was written, if the mapping says so")
    func modified() throws {
        let copy = FileManager.default.temporaryDirectory.appending(path: "muster-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: copy) }
        try FileManager.default.copyItem(
            at: Self.rosters.appending(path: "bad-trust/no-time-of-extract"), to: copy)
        let mapping = copy.appending(path: "mapping.yaml")
        try (String(contentsOf: mapping, encoding: .utf8) + "extracted: modified\n").write(
            to: mapping, atomically: true, encoding: .utf8)
        for (index, name) in ["units.csv", "staff.csv", "roster.csv", "absence.csv", "template.csv"]
            .enumerated()
        {
            let date = Date(timeIntervalSince1970: Double(Self.now.minutes - index) * 60 + 30)
            try FileManager.default.setAttributes(
                [.modificationDate: date], ofItemAtPath: copy.appending(path: name).path)
        }
        let sources = try TrustImport.read(copy, now: Self.now).extracts.sources
        #expect(sources.map { (Self.now - $0.extractedAt).count } == [0, 1, 2, 3, 4])
        #expect(sources.allSatisfy { $0.isTimeOfFile })
    }

    @Test("The reading changes with the mapping and not with the exports")
    func reading() throws {
        let copy = FileManager.default.temporaryDirectory.appending(path: "muster-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: copy) }
        try FileManager.default.copyItem(
            at: Self.rosters.appending(path: "bad-trust/unknown-person"), to: copy)
        func append(_ text: String, to name: String) throws {
            let file = copy.appending(path: name)
            try (String(contentsOf: file, encoding: .utf8) + text).write(
                to: file, atomically: true, encoding: .utf8)
        }
        let first = try TrustImport.read(copy, now: Self.now)
        try append("101,22/11/2025,ASH,N,19:30,08:00\n", to: "roster.csv")
        let second = try TrustImport.read(copy, now: Self.now)
        #expect(second.reading == first.reading)
        #expect(second.extracts.duties?.source.sha256 != first.extracts.duties?.source.sha256)
        try append("# another word\n", to: "mapping.yaml")
        #expect(try TrustImport.read(copy, now: Self.now).reading != first.reading)
    }
}
