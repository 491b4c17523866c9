import Foundation
import Roster
import SystemPool
import Testing

@testable import MusterWeb

@Suite struct APITests {
    private struct Document: Decodable {
        let openapi: String
        let paths: [String: [String: Operation]]

        struct Operation: Decodable {
            let security: [[String: [String]]]?
        }
    }

    @Test func everyDocumentedPathIsServedToThoseWhoMay() async throws {
        try await LiveServer.with { live in
            try await live.fill()
            await live.solved()
            let text = try await live.get("/api/v1/openapi.json").text
            let document = try JSONDecoder().decode(Document.self, from: Data(text.utf8))
            #expect(document.openapi.hasPrefix("3.1"))
            let documented = document.paths.flatMap { path, operations in
                operations.keys.map { "\($0.uppercased()) \(path)" }
            }
            // HEAD goes with every GET.
            let served = live.server.router().routes.filter { $0.method != .head }.map { route in
                "\(route.method) \(route.path)"
            }.filter { $0.contains("/api/") }
            #expect(Set(served) == Set(documented))
            let headers = try live.bearer(.systemCoordinator)
            for (path, operations) in document.paths {
                guard let get = operations["get"] else { continue }
                if path.contains("{booking}") { continue }
                let address = path.replacing("{organisation}", with: "NS1").replacing(
                    "{vacancy}", with: "V-NS1")
                #expect(try await live.get(address, headers).status == 200, "\(path)")
                #expect(try await live.get(address).status == (get.security == nil ? 401 : 200), "\(path)")
            }
        }
    }

    /// No suggestion, and no gap that stays open, is an answer only once they have been worked out.
    @Test func whatIsNotWorkedOutIsNoEmptyList() async throws {
        struct Failed: Error {}
        try await LiveServer.with(solve: { _ in throw Failed() }) { live in
            try await live.fill()
            let headers = try live.bearer(.systemCoordinator)
            for list in ["suggestions", "open-vacancies", "unused-offers", "hours", "training", "solution"] {
                let answer = try await live.get("/api/v1/\(list)", headers)
                #expect(answer.status == 503 && answer.header("Retry-After") == "5")
                #expect(answer.header("Content-Type") == "application/problem+json")
            }
        }
        try await LiveServer.with { live in
            try await live.fill()
            await live.solved()
            let headers = try live.bearer(.systemCoordinator)
            let then = live.clock.now
            #expect(try await live.get("/api/v1/suggestions", headers).status == 200)
            // As of the data from which they were worked out, whatever the time is.
            live.clock.advance(minutes: 3)
            try await live.server.watch.refresh()
            #expect(try await live.get("/api/v1/suggestions", headers).text.contains("\"as_of\":\"\(then)\""))
            #expect(try await !live.get("/api/v1/vacancies", headers).text.contains("\"as_of\":\"\(then)\""))
        }
    }

    /// A program can tell that nothing helps from that nothing is known.
    @Test func whoIsLeftOutStandsBesideWhatIsWorkedOut() async throws {
        try await LiveServer.with(solve: { try SystemPool.suggest($0) }) { live in
            try await live.fill()
            await live.suggested()
            let headers = try live.bearer(.systemCoordinator)
            for list in [
                "suggestions", "open-vacancies", "vacancies", "heat", "unused-offers", "hours", "training",
                "solution",
            ] {
                let text = try await live.get("/api/v1/\(list)", headers).text
                #expect(text.contains("\"left_out\":[\"NS3\"]"), "\(list)")
            }
            #expect(try await !live.get("/api/v1/aid", headers).text.contains("left_out"))
        }
    }

    @Test func aListComesInPages() async throws {
        try await LiveServer.with { live in
            try await live.fill()
            let headers = try live.bearer(.systemCoordinator)
            let first = try await live.get("/api/v1/vacancies?size=1", headers)
            #expect(first.text.contains("\"total\":2") && first.text.contains("NS1/V-NS1"))
            #expect(!first.text.contains("NS2/V-NS2"))
            #expect(first.header("Link") == "</api/v1/vacancies?page=2&size=1>; rel=\"next\"")
            let second = try await live.get("/api/v1/vacancies?size=1&page=2", headers)
            #expect(second.text.contains("NS2/V-NS2"))
            for query in ["size=0", "size=201", "page=0", "page=x"] {
                #expect(try await live.get("/api/v1/vacancies?\(query)", headers).status == 400)
            }
        }
    }

    @Test func whatIsKnownIsNotSentAgain() async throws {
        try await LiveServer.with { live in
            try await live.fill()
            // What is being worked out would change the overview meanwhile.
            await live.suggested()
            var headers = try live.bearer(.systemCoordinator)
            for path in ["/api/v1/vacancies", "/overview", "/api/v1/public"] {
                headers["If-None-Match"] = nil
                let tag = try #require(try await live.get(path, headers).header("ETag"))
                headers["If-None-Match"] = tag
                let again = try await live.get(path, headers)
                #expect(again.status == 304, "\(path)")
                #expect(again.text.isEmpty)
            }
            live.clock.advance(minutes: 20)
            _ = try await live.push(
                SampleSystem.push("NS1", at: live.clock.now), try live.bearer(.organisationManager, "NS1"))
            #expect(try await live.get("/api/v1/public", headers).status == 200)
        }
    }

    @Test func anOrganisationReadsItsOwnAlone() async throws {
        try await LiveServer.with { live in
            try await live.fill()
            await live.suggested()
            let headers = try live.bearer(.organisationViewer, "NS2")
            for list in [
                "organisations", "vacancies", "offers", "escalation", "risks", "heat", "open-vacancies",
                "solution", "ledger",
            ] {
                let text = try await live.get("/api/v1/\(list)", headers).text
                #expect(text.contains("NS2"), "\(list)")
                // Its own offers may name sites of others within reach; nothing else does.
                #expect(!text.replacing("S-NS1", with: "").contains("NS1"), "\(list): \(text)")
            }
            #expect(try await live.get("/api/v1/vacancies/NS1/V-NS1", headers).status == 404)
        }
    }

    /// What stands on the pages beside the lists: as much of it for each, and with a tag by which it is known.
    @Test func whatThePagesSayBesideTheirListsIsThere() async throws {
        try await LiveServer.with { live in
            let call = try await live.booking()
            try live.records.recordCall(
                by: Actor(organisation: "NS2", role: .matron, token: "0123456789ab"),
                reason: try Remark("Two hard gaps tonight"), at: live.clock.now)
            try await live.server.watch.refresh()
            func read(_ list: String, _ headers: [String: String]) async throws -> String {
                let answer = try await live.get("/api/v1/\(list)", headers)
                #expect(answer.status == 200 && answer.header("ETag") != nil, "\(list)")
                return answer.text
            }
            let (whole, lender, other) = (
                try live.bearer(.systemCoordinator), try live.bearer(.organisationViewer, "NS2"),
                try live.bearer(.organisationViewer, "NS3")
            )
            let given =
                "{\"given\":1,\"given_minutes\":720,\"organisation\":\"NS2\",\"received\":0,\"received_minutes\":0}"
            for (headers, total) in [(whole, 3), (lender, 1), (other, 1)] {
                let ledger = try await read("ledger", headers)
                #expect(ledger.contains("\"total\":\(total)"))
                #expect(ledger.contains(given) == (total == 3 || headers == lender))
            }
            for headers in [whole, lender, other] {
                let raised = try await read("raised-calls", headers)
                #expect(raised.contains("\"by\":{\"organisation\":\"NS2\",\"role\":\"matron\"}"))
                #expect(raised.contains("Two hard gaps tonight") && !raised.contains("0123456789ab"))
            }
            let effect = "{\"call\":\"\(call)\",\"lines\":[],\"missing_minutes\":0}"
            #expect(try await read("loan-effects", lender).contains(effect))
            #expect(try await !read("loan-effects", other).contains(effect))
        }
    }

    /// Of the solution, whoever sees a part has neither its proof nor what others come to.
    @Test func theSolutionIsOfWhatMayBeSeen() async throws {
        try await LiveServer.with { live in
            try await live.fill()
            await live.suggested()
            let (whole, own) = (
                try live.bearer(.systemCoordinator), try live.bearer(.organisationViewer, "NS2")
            )
            let all = try await live.get("/api/v1/solution", whole).text
            #expect(all.contains("\"is_proven\":true") && all.contains("\"level\":\"hard-minutes\""))
            #expect(all.contains("\"organisation\":\"NS1\""))
            let part = try await live.get("/api/v1/solution", own).text
            #expect(part.contains("\"levels\":[]") && part.contains("\"is_proven\":false"))
            #expect(part.contains("\"organisation\":\"NS2\"") && !part.contains("NS1"))
            #expect(try await live.get("/api/v1/hours", whole).text.contains("\"per_hour\":2"))
            #expect(try await live.get("/api/v1/hours", own).text.contains("\"total\":0"))
            // How many gaps a training opens, and not which of another organisation.
            let training = try await live.get("/api/v1/training", own).text
            #expect(training.contains("\"skill\":\"ivs\"") && training.contains("\"unlocked\":1"))
            #expect(!training.contains("NS1"))
        }
    }
}
