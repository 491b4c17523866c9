import Foundation
import MusterStore
import Roster
import Synchronization
import SystemPool

@testable import MusterLink

/// A system's server that gives these answers one after the other, and notes what it was asked.
final class ScriptedServer: Sendable {
    typealias Said = Result<SystemLink.Answer, LinkError>

    let asked = Mutex<[(path: String, body: Data?)]>([])
    private let answers: Mutex<[Said]>

    init(_ answers: [Said]) { self.answers = Mutex(answers) }

    private func answer(_ path: String, _ body: Data?) throws(LinkError) -> SystemLink.Answer {
        asked.withLock { $0.append((path, body)) }
        let next = answers.withLock { $0.isEmpty ? nil : $0.removeFirst() }
        guard let next else { throw .unreachable(server: "test", why: "asked once too often") }
        return try next.get()
    }

    func exchange(with store: MusterStore, at now: Instant) -> SystemExchange {
        SystemExchange(store: store, now: { now }) { path, body throws(LinkError) in
            try self.answer(path, body)
        }
    }

    var paths: [String] { asked.withLock { $0.map(\.path) } }

    static func says(_ status: Int, _ text: String = "{}") -> Said {
        .success(SystemLink.Answer(status: status, body: Data(text.utf8)))
    }

    /// One call, as the system tells of it.
    static func tells(_ call: AidRequest) throws -> Said {
        .success(SystemLink.Answer(status: 200, body: try encoder.encode(call)))
    }

    /// The one page of all calls that are seen, beside which these cannot be read.
    static func lists(_ calls: [AidRequest], unreadable: [AidRequest.ID]? = nil) throws -> Said {
        .success(
            SystemLink.Answer(
                status: 200,
                body: try encoder.encode(Page(items: calls, page: 1, pages: 1, unreadable: unreadable))))
    }

    static let silence = Said.failure(.unreachable(server: "https://system.example", why: "no route"))

    private struct Page: Encodable {
        let items: [AidRequest]
        let page: Int
        let pages: Int
        let unreadable: [AidRequest.ID]?
    }

    private static var encoder: JSONEncoder {
        let encoder = JSONEncoder()
        encoder.keyEncodingStrategy = .convertToSnakeCase
        return encoder
    }
}
