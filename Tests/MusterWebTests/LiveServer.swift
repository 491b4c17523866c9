import Foundation
import Hummingbird
import Logging
import MusterStore
import Roster
import ServiceLifecycle
import Synchronization
import SystemPool

@testable import MusterWeb

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

/// A server on loopback with a store of its own, for as long as one test.
struct LiveServer: Sendable {
    let port: Int
    let server: SystemServer
    let access: AccessStore
    let records: SystemStore
    let clock: TestClock
    private let session = URLSession(
        configuration: .withoutMemory, delegate: NoRedirects(), delegateQueue: nil)

    static func with(
        solve: @escaping @Sendable (SystemPicture) throws -> PoolSolution = { SampleSystem.solution($0) },
        _ body: @Sendable (LiveServer) async throws -> Void
    ) async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "muster-web-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let clock = TestClock()
        let access = try AccessStore(path: folder.appending(path: "system.access.sqlite").path)
        let records = try SystemStore(path: folder.appending(path: "system.sqlite").path, creating: true)
        try records.configure(SampleSystem.system, by: .muster, reason: try Remark("test"), at: clock.now)
        let server = try SystemServer(
            records: records, access: access, now: { clock.now }, solve: solve)
        let (ports, ready) = AsyncStream.makeStream(of: Int.self)
        try await withThrowingTaskGroup(of: Void.self) { group in
            let services = ServiceGroup(
                services: [server.application { ready.yield($0) }], logger: Logger(label: "test"))
            group.addTask { try await services.run() }
            guard let port = await ports.first(where: { _ in true }) else { throw CancellationError() }
            let live = LiveServer(port: port, server: server, access: access, records: records, clock: clock)
            do {
                try await body(live)
            } catch {
                await services.triggerGracefulShutdown()
                throw error
            }
            await services.triggerGracefulShutdown()
            try await group.waitForAll()
        }
    }

    func token(_ role: AccessRole, _ organisations: String...) throws -> String {
        try access.createToken(
            label: "Test desk", role: role, organisations: organisations, expires: clock.now + .init(60),
            by: "test",
            at: clock.now
        ).description
    }

    /// Signs in as a browser does; the cookie to send from then on.
    func signIn(_ token: String) async throws -> String {
        let answer = try await post("/sign-in", form: ["token": token])
        return String((answer.header("Set-Cookie") ?? "").prefix { $0 != ";" })
    }

    func get(_ path: String, _ headers: [String: String] = [:]) async throws -> Answer {
        try await send("GET", path, headers, body: nil)
    }

    func bearer(_ role: AccessRole, _ organisations: String...) throws -> [String: String] {
        let token = try access.createToken(
            label: "Test desk", role: role, organisations: organisations, expires: clock.now + .init(60),
            by: "test",
            at: clock.now)
        return ["Authorization": "Bearer \(token)"]
    }

    /// Sends a push as an organisation's own program does.
    func push(_ push: OrganisationPush, _ headers: [String: String]) async throws -> Answer {
        let type = ["Content-Type": "application/json"]
        return try await send(
            "POST", "/api/v1/pushes", headers.merging(type) { own, _ in own }, body: try push.json())
    }

    func post(_ path: String, form: [String: String], _ headers: [String: String] = [:]) async throws
        -> Answer
    {
        let allowed = CharacterSet.alphanumerics
        let body = form.map { key, value in
            "\(key)=\(value.addingPercentEncoding(withAllowedCharacters: allowed) ?? "")"
        }.joined(separator: "&")
        let type = ["Content-Type": "application/x-www-form-urlencoded"]
        return try await send("POST", path, headers.merging(type) { own, _ in own }, body: Data(body.utf8))
    }

    func send(_ method: String, _ path: String, _ headers: [String: String], body: Data?) async throws
        -> Answer
    {
        guard let url = URL(string: "http://127.0.0.1:\(port)\(path)") else { throw URLError(.badURL) }
        var request = URLRequest(url: url)
        request.httpMethod = method
        request.httpBody = body
        for (name, value) in headers { request.setValue(value, forHTTPHeaderField: name) }
        let (data, response) = try await session.data(for: request)
        guard let response = response as? HTTPURLResponse else { throw URLError(.badServerResponse) }
        return Answer(
            status: response.statusCode, text: String(decoding: data, as: UTF8.self), response: response)
    }
}

struct Answer: @unchecked Sendable {
    let status: Int
    let text: String
    let response: HTTPURLResponse

    func header(_ name: String) -> String? { response.value(forHTTPHeaderField: name) }
}

/// A clock that stands until a test moves it.
final class TestClock: Sendable {
    private let minutes = Mutex(Instant("2026-01-14T07:30Z")?.minutes ?? 0)
    var now: Instant { Instant(minutes: minutes.withLock { $0 }) }
    func advance(minutes count: Int) { minutes.withLock { $0 += count } }
}

extension URLSessionConfiguration {
    fileprivate static var withoutMemory: URLSessionConfiguration {
        let configuration = URLSessionConfiguration.ephemeral
        configuration.httpCookieStorage = nil
        configuration.httpShouldSetCookies = false
        configuration.urlCache = nil
        return configuration
    }
}

private final class NoRedirects: NSObject, URLSessionTaskDelegate {
    func urlSession(
        _ session: URLSession, task: URLSessionTask, willPerformHTTPRedirection response: HTTPURLResponse,
        newRequest request: URLRequest, completionHandler: @escaping @Sendable (URLRequest?) -> Void
    ) {
        completionHandler(nil)
    }
}
