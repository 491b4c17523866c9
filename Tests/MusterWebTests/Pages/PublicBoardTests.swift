import Foundation
import Roster
import SystemPool
import Testing

@testable import MusterWeb

/// What anybody can fetch must be the same, byte for byte, whether a small number is 0, 1, 2, 3 or 4.
@Suite struct PublicBoardTests {
    /// Where a number of people, beds or gaps gets in, and the first that may be told from smaller ones.
    enum Count: CaseIterable, CustomTestStringConvertible {
        case gaps, patients, beds, peopleNeeded

        func push(_ number: Int) -> OrganisationPush {
            let model = SampleSystem.push("NS1")
            let now = SampleSystem.now
            let vacancies = (0..<number).map { index in
                Vacancy(
                    id: .init("V-\(index)"), site: "S-NS1", unit: "U-NS1", staffGroup: .registered,
                    grades: ["B5"], skills: [], start: now + ElapsedMinutes(60),
                    end: now + ElapsedMinutes(540),
                    missing: 1, isHard: false, purpose: .general, needsInduction: false)
            }
            let value = Double(number)
            func metrics(_ pairs: KeyValuePairs<Metric.Name, Double>) -> [Metric] {
                pairs.map {
                    Metric(
                        name: $0.key,
                        day: $0.key == .registeredRequired || $0.key == .registeredFilled ? now.day : nil,
                        value: $0.value, measuredAt: now)
                }
            }
            let sent: [Metric] =
                switch self {
                case .gaps: []
                case .patients: metrics([.virtualWardBeds: 40, .virtualWardOccupied: value])
                case .beds: metrics([.virtualWardBeds: value, .virtualWardOccupied: 20])
                case .peopleNeeded: metrics([.registeredRequired: 7.5 * value, .registeredFilled: 7.5])
                }
            return OrganisationPush(
                organisation: "NS1", extractedAt: now, first: now.day, sites: model.sites, units: model.units,
                vacancies: self == .gaps ? vacancies : [], metrics: sent)
        }

        var testDescription: String { "\(self)" }
    }

    /// All that anybody can fetch, the tags by which a copy is known and the stream of revisions included.
    private func everything(_ push: OrganisationPush) async throws -> [String] {
        let seen = Seen()
        try await LiveServer.with { live in
            #expect(try await live.push(push, live.bearer(.organisationManager, "NS1")).status == 201)
            for headers in [[:], try live.bearer(.everybody)] {
                for path in [
                    "/", "/public", "/api/v1/public", "/api/v1/openapi.json", "/sign-in", "/overview",
                    "/pool",
                    "/organisations/NS1", "/virtual-wards", "/api/v1/vacancies", "/api/v1/organisations",
                    "/events",
                    StaticFile.style.path, StaticFile.live.path,
                ] {
                    let answer = try await live.get(path, headers)
                    let tag = answer.header("ETag") ?? ""
                    await seen.add("\(path) \(answer.status) \(tag) \(answer.text)")
                }
            }
            let stream = try #require(await live.server.watch.boardChanges.listen())
            await seen.add(await stream.first { _ in true } ?? "")
        }
        return await seen.all
    }

    private actor Seen {
        private(set) var all: [String] = []
        func add(_ text: String) { all.append(text) }
    }

    @Test(arguments: Count.allCases) func smallNumbersAreNotToldApart(_ count: Count) async throws {
        let none = try await everything(count.push(0))
        #expect(
            none.contains { $0.hasPrefix("/public 200") } && none.last?.hasPrefix("event: revision") == true)
        for number in 1...4 {
            #expect(try await everything(count.push(number)) == none, "\(number)")
        }
        let many = try await everything(count.push(5))
        for path in ["/public", "/api/v1/public"] {
            let (few, more) = (
                none.first { $0.hasPrefix("\(path) ") }, many.first { $0.hasPrefix("\(path) ") }
            )
            #expect(few != more, "\(path)")
        }
        #expect(none.last != many.last)
    }

    /// Of NS1, by day: per cent of the hours needed that are filled.
    private func filled(_ metrics: [Metric]) -> [Int?] {
        let now = SampleSystem.now
        let push = OrganisationPush(
            organisation: "NS1", extractedAt: now, first: now.day, sites: SampleSystem.push("NS1").sites,
            units: SampleSystem.push("NS1").units, metrics: metrics)
        let picture = SystemPicture.assemble(
            SampleSystem.system, pushes: [KeptPush(push: push, receivedAt: now)], at: now)
        let view = SystemView(picture: picture, escalation: [], risks: [], ledger: AidLedger(entries: []))
        return PublicEntry(picture.organisations[0], view).days.map(\.filled)
    }

    private func staffing(
        _ group: (Metric.Name, Metric.Name), _ hours: (Double, Double), on day: Int = 0, age: Int = 0
    ) -> [Metric] {
        let now = SampleSystem.now
        return [(group.0, hours.0), (group.1, hours.1)].map {
            Metric(
                name: $0.0, day: now.day.advanced(by: day), value: $0.1, measuredAt: now - ElapsedMinutes(age)
            )
        }
    }

    private let doctors = (Metric.Name.medicalRequired, Metric.Name.medicalFilled)
    private let nurses = (Metric.Name.registeredRequired, Metric.Name.registeredFilled)

    /// A surplus of one group is not the cover of another.
    @Test func aGroupThatIsMissingIsNotHiddenByAnother() {
        #expect(filled(staffing(nurses, (100, 200)) + staffing(doctors, (100, 0)))[0] == 50)
        #expect(filled(staffing(nurses, (100, 100)) + staffing(doctors, (100, 80)))[0] == 90)
        #expect(filled(staffing(nurses, (100, 200)))[0] == 100)
        // Never better than it is.
        #expect(filled(staffing(nurses, (1000, 999)))[0] == 95)
    }

    /// A share about fewer groups than are sent would say that the others are filled as well.
    @Test func aShareIsOfEveryGroupThatIsSent() {
        let nurses = staffing(nurses, (100, 100)) + staffing(nurses, (100, 100), on: 1)
        let old = SampleSystem.system.limits.metrics.count + 1
        #expect(filled(nurses) == [100, 100, nil])
        #expect(filled(nurses + staffing(doctors, (100, 100), age: old)) == [nil, nil, nil])
        // Of today doctors are not told, and tomorrow they are.
        #expect(filled(nurses + staffing(doctors, (100, 100), on: 1)) == [nil, 100, nil])
        #expect(filled(nurses + staffing(doctors, (100, 100)).dropLast()) == [nil, nil, nil])
        // None are asked for.
        #expect(filled(nurses + staffing(doctors, (0, 0)) + staffing(doctors, (0, 0), on: 1))[1] == 100)
    }

    @Test func theBoardHearsOfNothingThatItDoesNotShow() async throws {
        try await LiveServer.with { live in
            try await live.fill()
            let watch = live.server.watch
            let (board, system) = await (watch.boardChanges.version, watch.changes.version)
            let vacancy = try #require(watch.view.vacancy(VacancyKey("NS1", "V-NS1")))
            let form = ["vacancy": "NS1/\(vacancy.id)", "role": "bank-desk", "reason": "short tonight"]
            let headers = try live.bearer(.organisationManager, "NS1").merging(
                ["Content-Type": "application/json"]) { own, _ in own }
            let asked = try await live.send("POST", "/api/v1/aid", headers, body: JSONEncoder().encode(form))
            #expect(asked.status == 201, "\(asked.text)")
            #expect(await watch.boardChanges.version == board)
            #expect(await watch.changes.version != system)
        }
    }
}
