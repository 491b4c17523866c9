import Foundation
import Roster
import SystemPool
import Testing

@testable import MusterWeb

/// Who sees what, by every byte of every address.
@Suite struct SightTests {
    static let addresses = [
        "/", "/overview", "/pool", "/aid", "/escalation", "/situation", "/risks", "/virtual-wards", "/public",
        "/administration",
        "/organisations/NS1", "/organisations/NS2", "/gaps/NS1/V-NS1", "/gaps/NS2/V-NS2",
    ]

    private func bytes(_ live: LiveServer, _ headers: [String: String]) async throws -> String {
        var all = ""
        for address in Self.addresses { all += try await live.get(address, headers).text }
        return all
    }

    @Test func aSystemCoordinatorSeesEveryOrganisation() async throws {
        try await LiveServer.with { live in
            try await live.fill()
            let all = try await bytes(live, try live.bearer(.systemCoordinator))
            for text in [
                "unit of NS1", "unit of NS2", "412 of 450 h", "29 of 40 beds", "Hard: frailty in-reach",
            ] {
                #expect(all.contains(text), "\(text)")
            }
            #expect(try await live.get("/administration", try live.bearer(.systemCoordinator)).status == 403)
        }
    }

    @Test func noMarkupOfOurOwnIsShownAsText() async throws {
        try await LiveServer.with { live in
            try await live.fill()
            let all = try await bytes(live, try live.bearer(.administrator))
            #expect(!all.contains("&lt;") && !all.contains("HTML(source"))
        }
    }

    @Test(arguments: [AccessRole.organisationViewer, .organisationManager])
    func anOrganisationSeesNothingOfAnother(role: AccessRole) async throws {
        try await LiveServer.with { live in
            try await live.fill()
            let headers = try live.bearer(role, "NS2")
            let all = try await bytes(live, headers)
            #expect(all.contains("unit of NS2"))
            // Of NS1 it sees the public board, and the suggestion by which it would lend to NS1.
            #expect(
                !all.contains("O-NS1") && !all.contains("/organisations/NS1") && !all.contains("/gaps/NS1"))
            for address in ["/organisations/NS1", "/gaps/NS1/V-NS1", "/organisations/none"] {
                let answer = try await live.get(address, headers)
                #expect(answer.status == 404)
                #expect(!answer.text.contains("NS1"))
            }
        }
    }

    @Test func anybodySeesThePublicBoardAlone() async throws {
        try await LiveServer.with { live in
            try await live.fill()
            for headers in [[:], try live.bearer(.everybody)] {
                for address in Self.addresses where address != "/" && address != "/public" {
                    #expect(try await live.get(address, headers).status == 401, "\(address)")
                }
                let board = try await live.get("/public", headers)
                #expect(board.status == 200)
                #expect(board.text.contains("fewer than 5"))
                for text in ["unit of", "site of", "V-NS", "O-NS", "p-0123", "412", "450"] {
                    #expect(!board.text.contains(text), "\(text)")
                }
            }
        }
    }

    @Test func everyDenialIsAudited() async throws {
        try await LiveServer.with { live in
            let booking = "/api/v1/bookings/\(try await live.booking())"
            _ = try await live.get("/overview")
            _ = try await live.get("/organisations/NS1", try live.bearer(.organisationViewer, "NS2"))
            _ = try await live.get("/administration", try live.bearer(.organisationManager, "NS2"))
            _ = try await live.get("/overview", ["Authorization": "Bearer nonsense"])
            _ = try await live.post("/aid", form: [:], try live.bearer(.organisationViewer, "NS2"))
            // Whose booking it is not is told what is told of one that is not there, and the try stands in the audit.
            let stranger = try live.bearer(.organisationViewer, "NS3")
            let hidden = try await live.get(booking, stranger)
            let absent = try await live.get("/api/v1/bookings/aid-99", stranger)
            #expect(hidden.status == 404 && absent.status == 404 && hidden.text == absent.text)
            for side in ["NS1", "NS2"] {
                #expect(try await live.get(booking, try live.bearer(.organisationViewer, side)).status == 200)
            }
            let audit = try live.records.systemAudit(limit: 99).filter { $0.action == .denied }
            #expect(audit.count == 6)
            #expect(audit.count { $0.subject.hasPrefix("GET \(booking) by ") } == 1)
            #expect(audit.map { $0.subject.prefix { $0 != "b" } }.contains { $0.hasPrefix("POST /aid") })
        }
    }

    @Test func aCallThatIsOpenAnewShowsNobodyElseWhoOfferedBefore() async throws {
        try await LiveServer.with { live in
            let (receiver, lender, call) = try await live.asked()
            _ = try await lender.send("/aid/\(call)/offer", ["offer": "NS2/O-NS2", "reason": "two to spare"])
            _ = try await receiver.send("/aid/\(call)/decline", ["reason": "found elsewhere"])
            func events(_ organisation: String) async throws -> String {
                let viewer = try live.bearer(.organisationViewer, organisation)
                return try await live.get("/aid", viewer).text + live.get("/api/v1/aid", viewer).text
            }
            for reason in ["two to spare", "found elsewhere"] {
                #expect(try await events("NS1").contains(reason))
                #expect(try await !events("NS3").contains(reason), "\(reason)")
            }
            #expect(try await events("NS3").contains(call))
            #expect(try await events("NS2").contains("two to spare"))
            #expect(try await !events("NS2").contains("found elsewhere"))
        }
    }
}
