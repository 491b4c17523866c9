import Foundation
import Roster
import Testing

@testable import SystemPool

@Suite("Reading a push")
struct PushReaderTests {
    /// The JSON of ``TwoTrusts``' pushes, with some text put in the place of other.
    private static func changed(
        _ push: OrganisationPush, _ old: String, _ new: String
    ) throws -> Data {
        let text = String(decoding: try push.json(), as: UTF8.self)
        #expect(text.contains(old))
        return Data(text.replacing(old, with: new).utf8)
    }

    @Test("What is written is read back, byte for byte the same when written again")
    func roundTrip() throws {
        var trusts = TwoTrusts()
        trusts.cover = [TwoTrusts.line(present: 4, keep: 3)]
        trusts.metrics = [Metric(name: .redFlags, value: 2, measuredAt: TwoTrusts.noon)]
        trusts.opel = OpelEntry(level: 3, framework: "2024-26", at: TwoTrusts.noon, by: .siteManager)
        for push in [trusts.asking, trusts.lending] {
            let bytes = try push.json()
            let read = try OrganisationPush.read(bytes)
            #expect(read == push)
            #expect(try read.json() == bytes)
        }
    }

    @Test("Every fault comes at once, each with its place and what is accepted")
    func faults() throws {
        let bytes = Data(
            #"{"schema":2,"organisation":"A A","extracted_at":"yesterday","first":"2026-13-01","days":0,"tea":1}"#
                .utf8)
        let faults = try #require(#expect(throws: PushFaults.self) { try OrganisationPush.read(bytes) })
        #expect(
            Set(faults.faults.map(\.pointer)) == [
                "/schema", "/organisation", "/extracted_at", "/first", "/days", "",
            ])
        #expect(faults.faults.filter { $0.value != "tea" }.allSatisfy { $0.accepted != nil })
    }

    @Test(
        "A name cannot be put in the place of a pseudonym, and a code cannot hold markup or SQL",
        arguments: [
            ("p-12345678", "Ada Example"), ("p-12345678", "p-adaexamp"), ("p-12345678", "p-1234"),
            ("\"one\"", "\"<script>\""), ("\"one\"", "\"a' OR 1=1\""), ("\"one\"", "\"../../etc\""),
            ("\"one\"", "\"a\\r\\nX: y\""),
        ])
    func names(old: String, new: String) throws {
        let bytes = try Self.changed(TwoTrusts().lending, old, new)
        #expect(throws: PushFaults.self) { try OrganisationPush.read(bytes) }
    }

    @Test("A field that no push has is refused, such as one about a person")
    func unknownFields() throws {
        for field in ["name", "date_of_birth", "phone", "sickness", "home"] {
            let bytes = try Self.changed(TwoTrusts().lending, "\"grade\":", "\"\(field)\":\"x\",\"grade\":")
            let faults = #expect(throws: PushFaults.self) { try OrganisationPush.read(bytes) }
            #expect(
                faults?.faults.contains { $0.pointer.hasPrefix("/offers/0") && $0.value == field } == true)
        }
    }

    @Test(
        "A time that no rota is about is refused where it stands, also one that could not be read back",
        arguments: [
            "9999-12-31T23:59-14:00", "0001-01-01T00:00+14:00", "9999-12-31T23:59Z", "2200-01-01T00:00Z",
            "1999-12-31T23:59Z", "1846-01-01T00:00Z",
        ])
    func absurdTimes(time: String) throws {
        let push = TwoTrusts().lending
        for field in ["latest_end", "extracted_at"] {
            let known = field == "latest_end" ? push.offers[0].latestEnd : push.extractedAt
            let bytes = try Self.changed(push, "\"\(field)\":\"\(known)\"", "\"\(field)\":\"\(time)\"")
            let faults = #expect(throws: PushFaults.self) { try OrganisationPush.read(bytes) }
            let fault = faults?.faults.first { $0.pointer.hasSuffix("/\(field)") }
            #expect(fault?.value == time && fault?.accepted?.contains("2000 to 2199") == true)
        }
    }

    @Test(
        "The first and the last time that a push may name are read",
        arguments: ["2000-01-01T00:00+00:00", "2199-12-31T23:59+00:00"])
    func farTimes(time: String) throws {
        let push = TwoTrusts().lending
        let bytes = try Self.changed(
            push, "\"extracted_at\":\"\(push.extractedAt)\"", "\"extracted_at\":\"\(time)\"")
        #expect(try OrganisationPush.read(bytes).extractedAt == Instant(time))
    }

    @Test(
        "What is not one JSON object, too large or too deep is refused whole",
        arguments: [
            "", "[]", "null", "{", "{\"schema\":1,}", String(repeating: "[", count: 100_000), "\u{0}",
        ])
    func malformed(text: String) {
        #expect(throws: PushFaults.self) { try OrganisationPush.read(Data(text.utf8)) }
    }

    @Test(
        "A field that stands there twice is refused where it stands, however it is written, and is no other's field",
        arguments: [
            (#"{"schema":1,"days":3,"schema":1}"#, ["/schema"]),
            (#"{"units":[{"id":"A"},{"id":"B","name":"x","id":"C"}]}"#, ["/units/1/id"]),
            (#"{"a":{"b":[[1,2],{"c":1,"\u0063":2}]},"a":0}"#, ["/a/b/1/c", "/a"]),
            (#"{"a":"a","b":"\"b\":,{","c":["c","c"],"d":{"a":1}}"#, []),
            (#"[{"a":1},{"a":1}]"#, []), (#""a""#, []), ("", []), (#"{"a"#, []),
        ])
    func repeated(text: String, paths: [String]) {
        #expect(RepeatedKeys.faults(in: Data(text.utf8)).map(\.value) == paths)
    }

    @Test("A push in which a field comes twice is refused whole, also where both say the same")
    func repeatedInPush() throws {
        let bytes = try Self.changed(TwoTrusts().asking, "\"is_hard\":", "\"missing\":1,\"is_hard\":")
        let faults = #expect(throws: PushFaults.self) { try OrganisationPush.read(bytes) }
        #expect(faults?.faults.map(\.value) == ["/vacancies/0/missing"])
        #expect(faults?.description.contains("stands there twice; accepted: each field once") == true)
    }

    @Test("What is told without values holds nothing that was sent, whatever it was")
    func withoutValues() throws {
        for (old, new) in [
            ("\"grade\":", "\"Zebedee\":\"x\",\"grade\":"),
            ("\"grade\":", "\"Zebedee\":{\"Zebedee\":[],\"Zebedee\":1},\"grade\":"),
            ("p-12345678", "Zebedee"), ("B5", "Zebedee Quill"),
        ] {
            let bytes = try Self.changed(TwoTrusts().lending, old, new)
            let faults = try #require(#expect(throws: PushFaults.self) { try OrganisationPush.read(bytes) })
            #expect(faults.description.contains("Zebedee"))
            #expect(faults.faults.allSatisfy { !$0.withoutValue.contains("Zebedee") }, "\(new)")
        }
    }

    @Test("The name of a place is not a person's, with a date of birth or without")
    func places() {
        for name in ["Ward 7", "Birth Centre", "Day unit 12", "Hospital at home, DH1"] {
            #expect(Remark.placeName(name) == name)
        }
        for name in [
            "Ash ward born 1971-03-04", "Bed of 04/03/1971", "Ward, dob unknown", "Dr Example's ward",
            "a@b.org",
        ] {
            #expect(Remark.placeName(name) == nil, "\(name)")
        }
    }

    @Test("A figure is taken at both ends of its range, and no share of it can be out of reach")
    func figures() throws {
        func faults(_ name: Metric.Name, _ value: String) throws -> [PushFault] {
            var trusts = TwoTrusts()
            trusts.metrics = [Metric(name: name, value: 7, measuredAt: TwoTrusts.noon)]
            let bytes = try Self.changed(trusts.asking, "\"value\":7", "\"value\":\(value)")
            do throws(PushFaults) {
                _ = try OrganisationPush.read(bytes)
                return []
            } catch {
                return error.faults
            }
        }
        for name in Metric.Name.allCases {
            let range = name.range
            for value in [range.lowerBound, range.upperBound] {
                #expect(try faults(name, "\(value)").isEmpty, "\(name) \(value)")
            }
            for value in [range.lowerBound - 1, range.upperBound + 1, Double.leastNonzeroMagnitude, 1e-300] {
                let found = try faults(name, "\(value)")
                #expect(found.map(\.pointer) == ["/metrics/0/value"], "\(name) \(value)")
                #expect(found.first?.accepted == name.accepted)
            }
            #expect(try faults(name, "1.5").isEmpty != name.isCount || name.range.upperBound < 1.5)
        }
        #expect(try faults(.registeredRequired, "0.01").isEmpty)
        #expect(try !faults(.registeredRequired, "0.009").isEmpty)
        #expect(Metric.Name.virtualWardBeds.accepted == "a whole number from 0 to 1000000")
        #expect(Metric.Name.agencyShare.accepted == "0, or a number from 0.01 to 1000")
    }

    @Test("More bytes than a push may have are not read")
    func oversized() {
        let bytes = Data(repeating: 32, count: OrganisationPush.byteLimit + 1)
        let faults = #expect(throws: PushFaults.self) { try OrganisationPush.read(bytes) }
        #expect(faults?.faults.first?.problem.contains("bytes") == true)
    }

    @Test(
        "Two gaps of one id, a gap in a unit that is not there, and too little rest for a person are faults")
    func consistency() throws {
        var twice = TwoTrusts()
        twice.vacancies = [TwoTrusts.vacancy(), TwoTrusts.vacancy()]
        #expect(throws: PushFaults.self) { try OrganisationPush.read(twice.asking.json()) }
        let elsewhere = try Self.changed(
            TwoTrusts().asking, "\"unit\":\"AU\"", "\"unit\":\"XX\"")
        #expect(throws: PushFaults.self) { try OrganisationPush.read(elsewhere) }
        var parts = TwoTrusts()
        parts.vacancies = [TwoTrusts.vacancy("icu"), TwoTrusts.vacancy("icu.1")]
        let faults = #expect(throws: PushFaults.self) { try OrganisationPush.read(parts.asking.json()) }
        #expect(faults?.faults.map(\.pointer) == ["/vacancies/1/id"])
        parts.vacancies[1] = TwoTrusts.vacancy("icu.1", from: 20, to: 22)
        #expect(try OrganisationPush.read(parts.asking.json()) == parts.asking)
        let long = try Self.changed(TwoTrusts().lending, "\"longest_duty\":780", "\"longest_duty\":781")
        #expect(throws: PushFaults.self) { try OrganisationPush.read(long) }
        let tired = try Self.changed(TwoTrusts().lending, "\"rest_minutes\":660", "\"rest_minutes\":600")
        #expect(throws: PushFaults.self) { try OrganisationPush.read(tired) }
    }
}

@Suite("The night when the clocks go back")
struct AutumnPushTests {
    @Test(
        "A duty of 24 hours on the wall is taken, and one of more is not", arguments: [(0, true), (1, false)])
    func longest(minutes: Int, isTaken: Bool) throws {
        let start = London.instant(try #require(Day(year: 2027, month: 10, day: 30)), minute: 540)
        var trusts = TwoTrusts()
        trusts.extractedAt = start
        trusts.vacancies = [
            Vacancy(
                id: "call", site: "A1", unit: "AU", staffGroup: .medical, grades: ["SpR"], start: start,
                end: start + ElapsedMinutes(1_500 + minutes), missing: 1)
        ]
        let push = OrganisationPush(
            organisation: "AA", extractedAt: start, first: start.day, sites: trusts.asking.sites,
            units: trusts.asking.units, vacancies: trusts.vacancies)
        #expect((try? OrganisationPush.read(push.json())) == (isTaken ? push : nil))
    }
}

@Suite("Parts of a gap")
struct VacancyPartTests {
    @Test("A part is known by the gap's id and when it begins, also a part of a part; nothing else is one")
    func parts() {
        let gap: Vacancy.ID = "OAK.nurse.0730@2026-11-10T07:30"
        #expect(gap.part(after: 0) == gap)
        #expect(gap.part(after: 120) == "OAK.nurse.0730@2026-11-10T07:30.120")
        for part in [gap, gap.part(after: 120), gap.part(after: 120).part(after: 60)] {
            #expect(part.isPart(of: gap))
        }
        for other in ["OAK.nurse.0730@2026-11-10T07:305", "OAK.nurse", "\(gap).", "\(gap).1a", "\(gap)~120"] {
            #expect(!Vacancy.ID(other).isPart(of: gap), "\(other)")
        }
    }

    @Test("Gaps of a rule that begin together are told apart by length, and are no parts")
    func lengths() {
        let gap: Vacancy.ID = "OAK.nurse.0730@2026-11-10T07:30"
        let shorter: Vacancy.ID = "OAK.nurse.0730@2026-11-10T07:30-360"
        #expect(!shorter.isPart(of: gap) && !gap.isPart(of: shorter))
        for id in [gap, shorter, shorter.part(after: 120)] { #expect(id.rule == "OAK.nurse.0730") }
        #expect(Vacancy.ID("OAK.nurse.0730@2026-11-10T07:30-x").rule == nil)
    }
}
