import Roster
import SystemPool
import Testing

@testable import MusterWeb

/// Figures that no push may hold any more can still be in a store, and those at the ends of their ranges can come at any
/// time: whatever they are, one organisation's figures take no page from the others.
@Suite("Figures at the ends of their ranges")
struct ExtremeFiguresTests {
    /// What one figure is, and all the others.
    private static let pairs: [(one: End, others: End)] = [(.least, .most), (.most, .least)]

    enum End: CaseIterable {
        case lowest, most, least

        func value(of name: Metric.Name) -> Double {
            switch self {
            case .lowest: name.range.lowerBound
            case .most: name.range.upperBound
            case .least: .leastNonzeroMagnitude
            }
        }
    }

    private static func push(_ minute: Int, _ end: (Metric.Name) -> End) -> OrganisationPush {
        let at = SampleSystem.now + ElapsedMinutes(minute)
        let plain = SampleSystem.push("NS1", at: at)
        return OrganisationPush(
            organisation: "NS1", extractedAt: at, first: at.day, sites: plain.sites, units: plain.units,
            vacancies: plain.vacancies, offers: plain.offers,
            metrics: Metric.Name.allCases.flatMap { name in
                [nil, at.day].map { day in
                    Metric(name: name, day: day, value: end(name).value(of: name), measuredAt: at)
                }
            })
    }

    @Test("Every page and every answer of the API is given")
    func everything() async throws {
        try await LiveServer.with { live in
            try await live.fill()
            await live.suggested()
            let paths = live.server.router().routes.filter { $0.method == .get }.map { "\($0.path)" }
                .filter { !$0.hasPrefix("/events") && !$0.contains("{booking}") }
                .map {
                    $0.replacing("{organisation}", with: "NS1").replacing("{gap}", with: "V-NS1")
                        .replacing("{vacancy}", with: "V-NS1")
                }
            #expect(paths.contains("/virtual-wards") && paths.contains("/api/v1/escalation"))
            let cases =
                End.allCases.map { end in { _ in end } }
                + Metric.Name.allCases.flatMap { name in
                    Self.pairs.map { pair in { $0 == name ? pair.one : pair.others } }
                } as [(Metric.Name) -> End]
            for (minute, figures) in cases.enumerated() {
                live.clock.advance(minutes: 1)
                _ = try live.records.receive(
                    Self.push(minute + 1, figures), by: Actor(organisation: "NS1", role: .muster),
                    at: live.clock.now)
                try await live.server.watch.refresh()
                let headers = try live.bearer(.administrator)
                for path in paths {
                    let answer = try await live.get(path, headers)
                    #expect((200..<400).contains(answer.status), "\(path), case \(minute): \(answer.text)")
                }
            }
        }
    }

    @Test("A share of next to nothing is said, not counted out of reach")
    func shares() async throws {
        try await LiveServer.with { live in
            _ = try live.records.receive(
                Self.push(0) { $0 == .virtualWardBeds || $0 == .registeredRequired ? .least : .most },
                by: Actor(organisation: "NS1", role: .muster), at: live.clock.now)
            try await live.server.watch.refresh()
            let headers = try live.bearer(.systemCoordinator)
            let wards = try await live.get("/virtual-wards", headers)
            #expect(wards.status == 200 && wards.text.contains("More than its beds"))
            #expect(try await live.get("/overview", headers).status == 200)
        }
    }
}
