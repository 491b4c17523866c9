import Foundation
import PlainText
import Roster
import Testing

@testable import MusterFiles

@Suite("surge.yaml")
struct WhatIfFileTests {
    private func read(_ text: String) throws -> WhatIf {
        var folder = FolderFixture.good
        folder["surge.yaml"] = "muster: 1\nname: Surge\n" + text
        return try folder.withFolder { url in
            try WhatIfFile.read(url.appending(path: "surge.yaml"), scenario: RosterFolder.read(url).scenario)
        }
    }

    @Test("Every key is read")
    func good() throws {
        let found = try read(
            "demand: 20\nsickness: 12\nclosed: [{ unit: SDEC, from: 2026-11-03, to: 2026-11-05 }]\nlost: 2\nseed: 9\n"
        )
        let closure = WhatIf.Closure(
            unit: "SDEC", first: try #require(Day("2026-11-03")), last: try #require(Day("2026-11-05")))
        #expect(
            found
                == WhatIf(
                    name: "Surge", demandPercent: 20, sicknessPercent: 12, closures: [closure],
                    lost: .count(2), seed: 9))
        #expect(try read("lost: [P1, P3]\n").lost == .named(["P1", "P3"]))
    }

    @Test(
        "Mistakes are faults",
        arguments: [
            ("demand: lots\n", "\"lots\" is not a number"),
            ("sickness: 120\n", "\"120\" is out of range"),
            ("lost: 3\n", "\"3\" is out of range"),
            ("lost: [P9]\n", "\"P9\" is not a person of this roster"),
            (
                "closed: [{ unit: WARD, from: 2026-11-03, to: 2026-11-05 }]\n",
                "\"WARD\" is not a unit of this roster"
            ),
            ("closed: [{ unit: ED, from: 2026-11-05, to: 2026-11-03 }]\n", "\"2026-11-03\" lies before from"),
            ("sicknes: 12\n", "\"sicknes\" is no key of this mapping"),
        ])
    func bad(text: String, message: String) throws {
        let faults = #expect(throws: Faults.self) { try read(text) }
        #expect(faults?.description.contains(message) == true)
    }
}
