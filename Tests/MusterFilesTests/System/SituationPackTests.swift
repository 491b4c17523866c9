import Foundation
import Roster
import SystemPool
import Testing

@testable import MusterFiles

@Suite("The situation on one page")
struct SituationPackTests {
    private static let northStar = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../../../Rosters/north-star-ics").standardizedFileURL

    /// How things stand so long after the pushes came; with `stale`, as if the data of one were too old as well.
    private func pack(hours: Int = 0, stale: Organisation.ID? = nil) throws -> SituationPack {
        let folder = try SystemFolder.read(Self.northStar)
        let sent = try #require(folder.pushes.map(\.extractedAt).max())
        let now = sent + ElapsedMinutes(hours: hours)
        let whole = SystemSnapshot(folder.system, pushes: folder.pushes, at: now)
        let picture = SystemPicture(
            system: folder.system, at: whole.picture.at,
            organisations: whole.picture.organisations.map { one in
                OrganisationPicture(
                    member: one.member, push: one.push, receivedAt: one.receivedAt,
                    freshness: one.id == stale ? .stale : one.freshness, vacancies: one.vacancies,
                    cover: one.cover)
            })
        return SituationPack(
            snapshot: SystemSnapshot(
                picture: picture, escalation: whole.escalation,
                risks: RiskRegister(picture, history: []).refreshed([]), ledger: whole.ledger),
            solution: PoolSolution(suggestions: [], results: [], organisations: []),
            by: Actor(organisation: nil, role: .systemCoordinator), reason: nil)
    }

    @Test("Where all data are too old, no list says that there is nothing: nothing was judged")
    func nothingJudged() throws {
        let pack = try pack(hours: 14)
        let none = pack.sections.filter(\.lines.isEmpty)
        #expect(
            Set(none.map(\.title)) == [
                "Worst gaps, now and ahead", "Moves that would help most", "Mutual aid", "Actions to do",
                "Highest risks",
            ])
        for section in none where section.title != "Mutual aid" {
            #expect(
                section.none == "Nothing was judged: of all 5 organisations the data are too old.",
                "\(section.title)")
        }
        #expect(
            pack.headline.hasPrefix("Nothing is judged, since nobody's data are up to date. By data that"))
        #expect(pack.headline.contains("19 gaps in the next 24 hours, 214.5 hours missing; 2 of them hard."))
    }

    @Test("The headline tells what is short by data that are up to date from what is by older ones")
    func freshAndStale() throws {
        #expect(try !pack().headline.contains("too old"))
        let headline = try pack(stale: "NS2").headline
        let parts = headline.components(separatedBy: "By data that are too old to be judged: ")
        #expect(parts.count == 2)
        // Both hard gaps are Harbour's.
        #expect(parts.first?.contains("none is hard") == true, "\(headline)")
        #expect(parts.last?.contains("of them hard") == true, "\(headline)")
        #expect(parts.last?.contains("Nothing up to date is known of Harbour General Hospital") == true)
    }

    @Test("A list that is empty for those who are judged names whose data are too old")
    func someJudged() throws {
        let moves = try #require(try pack(stale: "NS2").sections.first { $0.title.hasPrefix("Moves") })
        let told = "Nothing was judged of Harbour General Hospital: the data are too old."
        #expect(moves.none == "No lawful move would lower risk. \(told)")
        let all = try #require(try pack().sections.first { $0.title.hasPrefix("Moves") })
        #expect(all.none == "No lawful move would lower risk.")
    }
}
