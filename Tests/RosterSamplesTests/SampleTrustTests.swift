import Foundation
import Testing

@testable import RosterSamples

@Suite("Sample trusts")
struct SampleTrustTests {
    private static let demo = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "Rosters/demo-trust")

    /// After a change that is meant: `swift run muster-bench sample-trust Rosters/demo-trust`, into a folder that
    /// does not exist yet.
    @Test("Rosters/demo-trust is what the generator makes, byte for byte")
    func committed() throws {
        for (name, text) in SampleTrust.demo() {
            #expect(
                try String(contentsOf: Self.demo.appending(path: name), encoding: .utf8) == text, "\(name)")
        }
    }

    @Test("The same arguments give the same files, another seed others")
    func seeds() {
        #expect(SampleTrust.generate(units: 5, seed: 3) == SampleTrust.generate(units: 5, seed: 3))
        #expect(SampleTrust.generate(units: 5, seed: 3) != SampleTrust.generate(units: 5, seed: 4))
    }

    @Test("About forty people a unit")
    func size() {
        let rows =
            SampleTrust.generate(units: 50, seed: 1)["Staff in Post.csv"]?.split(separator: "\n").count ?? 0
        #expect((1750...2500).contains(rows - 1))
    }

    @Test("Everybody is invented, and says so")
    func invented() {
        #expect(SampleTrust.demo()["trust.yaml"]?.contains("invented") == true)
        #expect(SampleTrust.demo().values.allSatisfy { !$0.contains("nhs.net") && !$0.contains("nhs.uk") })
    }
}
