import Foundation
import HTTPTypes
import Hummingbird
import Roster
import SystemPool

/// `POST /api/v1/pushes`: an organisation sends what it knows. A push is taken whole or not at all, and touches no
/// other organisation's data.
struct PushEndpoint: Sendable {
    let watch: SystemWatch
    let now: @Sendable () -> Instant

    func add(to router: Router<WebContext>) {
        router.post("/api/v1/pushes") { request, context in
            try context.require(.push)
            return try await take(request, context)
        }
    }

    private func take(_ request: Request, _ context: WebContext) async throws -> Response {
        guard request.headers[.contentType]?.hasPrefix("application/json") == true else {
            throw Problem(
                status: .unsupportedMediaType, title: "Not JSON",
                detail: "A push is sent as application/json.")
        }
        try context.visitor.requireToken()
        let push = try await read(request)
        try context.require(.push, for: push.organisation.text)
        let sender = Actor(organisation: push.organisation, role: .muster, token: context.visitor.token)
        let receipt = try await SystemWatch.aside { [watch, now] in
            try Problem.translating {
                try watch.records.receive(push, by: sender, at: now())
            }
        }
        switch receipt.result {
        case .taken:
            await watch.follow()
            return try .json(receipt, status: .created)
        case .repeated: return try .json(receipt)
        case .older:
            throw Problem(
                status: .conflict, title: "Older than what is here",
                detail: "A newer extract of \(push.organisation) is here already. Nothing was changed.")
        }
    }

    private func read(_ request: Request) async throws -> OrganisationPush {
        let bytes = try await request.wholeBody(upTo: OrganisationPush.byteLimit)
        return try await SystemWatch.aside {
            do throws(PushFaults) {
                return try OrganisationPush.read(Data(bytes.readableBytesView))
            } catch {
                var problem = Problem(
                    status: .unprocessableContent, title: "Faults in the push",
                    detail: "Nothing of this push was taken.",
                    faults: error.faults.map(\.description))
                if let first = error.faults.first {
                    problem.audited = "\(problem.detail) First fault: \(first.withoutValue)"
                }
                throw problem
            }
        }
    }
}
