import Foundation
import Roster
import SystemPool
import Testing

@testable import MusterWeb

/// What organisations send is text, never markup, wherever it is shown.
@Suite struct InjectionTests {
    @Test(arguments: [
        "<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "'; DROP TABLE token; --",
    ])
    func textStaysText(marker: String) async throws {
        try await LiveServer.with { live in
            for organisation in ["NS1", "NS2"] {
                let answer = try await live.push(
                    SampleSystem.push(.init(organisation), marker: marker),
                    try live.bearer(.organisationManager, organisation))
                #expect(answer.status == 201, "\(answer.text)")
            }
            let headers = try live.bearer(.administrator)
            for address in SightTests.addresses {
                let text = try await live.get(address, headers).text
                #expect(!text.contains("<script>alert") && !text.contains("<img"), "\(address)")
            }
        }
    }
}
