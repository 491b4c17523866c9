import Foundation
import MusterFiles
import MusterStore
import Roster
import SystemPool
import Testing

/// The commands on a system say what they know, whatever the figures are that an older version once took into the store.
@Suite("Figures at the ends of their ranges, on the command line")
struct ExtremeFiguresTests {
    private static let folder = Rosters.path("north-star-ics")
    private static let at = "2027-01-12T07:30Z"

    @Test(
        "Every command answers, as text and as JSON",
        arguments: ["lowest", "most", "least", "wholes least, parts most"])
    func answers(figures: String) async throws {
        let scratch = try Scratch()
        defer { scratch.remove() }
        let path = scratch.path("system.sqlite")
        let store = try SystemStore(path: path, creating: true)
        let read = try SystemFolder.read(URL(filePath: Self.folder))
        let now = try #require(Instant(Self.at))
        try store.configure(read.system, by: .muster, reason: try Remark("taken over"), at: now)
        for push in read.pushes {
            let metrics = Metric.Name.allCases.flatMap { name in
                [nil, now.day].map { day in
                    Metric(
                        name: name, day: day, value: Self.value(figures, of: name),
                        measuredAt: push.extractedAt)
                }
            }
            let extreme = OrganisationPush(
                organisation: push.organisation, extractedAt: push.extractedAt, first: push.first,
                days: push.days, sites: push.sites, units: push.units, vacancies: push.vacancies,
                cover: push.cover, offers: push.offers, metrics: metrics)
            _ = try store.receive(
                extreme, by: Actor(organisation: push.organisation, role: .muster), at: now)
        }
        for command in ["pool", "escalation", "risks", "call"] {
            for format in [[], ["--json"]] {
                let result = try await Program.run([command, path, "--at", Self.at] + format)
                #expect([0, 2, 3].contains(result.code), "\(command) \(format): \(result.messages)")
                #expect(!result.output.isEmpty)
            }
        }
    }

    private static func value(_ figures: String, of name: Metric.Name) -> Double {
        switch figures {
        case "lowest": name.range.lowerBound
        case "most": name.range.upperBound
        case "least": .leastNonzeroMagnitude
        default:
            name == .virtualWardBeds || name.rawValue.hasSuffix("-required-hours")
                ? .leastNonzeroMagnitude : name.range.upperBound
        }
    }
}
