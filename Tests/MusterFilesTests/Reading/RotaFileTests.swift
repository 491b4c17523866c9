import Foundation
import PlainText
import Roster
import Testing

@testable import MusterFiles

@Suite("A rota to be checked")
struct RotaFileTests {
    private func read(_ text: String) throws -> Rota {
        let scenario = try FolderFixture.good.read().scenario
        var folder = FolderFixture()
        folder["rota.csv"] = text
        return try folder.withFolder {
            try RotaFile.read($0.appending(path: "rota.csv"), scenario: scenario)
        }
    }

    private func faults(_ text: String) throws -> [String] {
        do {
            _ = try read(text)
            return []
        } catch let faults as Faults {
            return faults.faults.map(\.description)
        }
    }

    @Test("As Muster writes it")
    func own() throws {
        let rota = try read(
            """
            person,date,unit,shift,role,start,end,paid_minutes,source
            P1,2026-11-05,ED,N,senior,2026-11-05T20:00+00:00,2026-11-06T08:00+00:00,660,pinned
            X-17,2026-11-03,ED,N,rn,2026-11-03T19:30+00:00,2026-11-04T08:00+00:00,690,booking

            """)
        #expect(rota.duties.map(\.person) == ["X-17", "P1"])
        #expect(rota.duties.map(\.source) == [.booking, .pinned])
        #expect(rota.duties.map(\.paid) == [PaidMinutes(690), PaidMinutes(660)])
    }

    @Test("As a hand writes it: the unit and the times are the person's and the shift's")
    func byHand() throws {
        let rota = try read("person,date,shift,role\nP3,2026-11-06,LD,rn\n")
        let duty = try #require(rota.duties.first)
        #expect(duty.unit == "ED")
        #expect(duty.start.description == "2026-11-06T07:30+00:00")
        #expect(duty.paid == PaidMinutes(690))
        #expect(duty.source == .imported)
        #expect(rota.period == Period(first: day("2026-11-02"), days: 14))
    }

    @Test("All faults in one run")
    func mistakes() throws {
        #expect(
            try faults(
                """
                person,date,shift,role,unit,source
                P9,2026-11-06,LD,rn,,solved
                P3,2026-12-06,LD,rn,,solved
                P3,2026-11-06,LL,rn,,solved
                P3,2026-11-06,LD,rm,,solved
                P3,2026-11-06,LD,rn,EF,solved
                P3,2026-11-06,LD,rn,,guessed

                """) == [
                    """
                    rota.csv:2: column 1 (person): "P9" is not the id of a person in people.csv; accepted: P1, P2, \
                    P3, X-17. Did you mean "P1"?
                    """,
                    """
                    rota.csv:3: column 2 (date): "2026-12-06" lies outside the period; accepted: a date from \
                    2026-11-02 to 2026-11-15
                    """,
                    """
                    rota.csv:4: column 3 (shift): "LL" is not a shift of this roster; accepted: LD, N, OC, ST. Did \
                    you mean "LD"?
                    """,
                    """
                    rota.csv:5: column 4 (role): "rm" is not a role of this roster; accepted: charge, frail, rn, \
                    senior. Did you mean "rn"?
                    """,
                    """
                    rota.csv:6: column 5 (unit): "EF" is not a unit of this roster; accepted: ED, SDEC. Did you \
                    mean "ED"?
                    """,
                    """
                    rota.csv:7: column 6 (source): "guessed" is not a source of duties; accepted: booking, imported, \
                    pinned, published, solved
                    """,
                ])
    }

    @Test("A pseudonym in a rota says where it works")
    func pseudonym() throws {
        #expect(
            try faults("person,date,shift,role\nX-17,2026-11-03,N,rn\n") == [
                "rota.csv:2: column 1 (person): \"X-17\" has no home unit; accepted: a unit in the column unit"
            ])
    }

    @Test("A rota that is not there")
    func missing() throws {
        let scenario = try FolderFixture.small().read().scenario
        #expect(throws: Faults.self) {
            try RotaFile.read(URL(filePath: "/nowhere/rota.csv"), scenario: scenario)
        }
    }
}
