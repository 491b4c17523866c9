import Foundation
import MusterStore
import Roster
import SystemPool

/// A push that was tried, as it is kept now, and what the system says is to be put right about it, a sentence each.
public struct SentPush: Hashable, Sendable {
    public let push: QueuedPush
    public let warnings: [String]

    public init(push: QueuedPush, warnings: [String] = []) {
        self.push = push
        self.warnings = warnings
    }
}

/// What passes between an organisation's store and its system: pushes go up, calls and bookings come down.
public struct SystemExchange: Sendable {
    private let store: MusterStore
    private let ask: @Sendable (_ path: String, _ body: Data?) throws(LinkError) -> SystemLink.Answer
    private let now: @Sendable () -> Instant

    /// - Parameter now: The clock.
    public init(store: MusterStore, link: SystemLink, now: @escaping @Sendable () -> Instant) {
        self.init(store: store, now: now) { path, body throws(LinkError) in try link.ask(path, body: body) }
    }

    init(
        store: MusterStore, now: @escaping @Sendable () -> Instant,
        ask: @escaping @Sendable (_ path: String, _ body: Data?) throws(LinkError) -> SystemLink.Answer
    ) {
        self.store = store
        self.now = now
        self.ask = ask
    }

    // MARK: - Up

    /// Sends every push that waits, the oldest first. Each answer is kept as soon as it is there.
    ///
    /// - Returns: What became of each; one that still waits was not taken, and neither were those behind it.
    /// - Throws: `StoreError`.
    public func sendWaiting() throws -> [SentPush] {
        var tried: [SentPush] = []
        for (push, bytes) in try store.waitingPushes() {
            let outcome = outcome(of: bytes)
            try store.record(outcome.state, answer: outcome.answer, of: push, at: now())
            tried.append(SentPush(push: push, warnings: outcome.warnings))
            if outcome.state == .waiting { break }
        }
        let after = try store.queuedPushes()
        return tried.compactMap { one in
            after.first {
                $0.organisation == one.push.organisation && $0.extractedAt == one.push.extractedAt
            }.map { SentPush(push: $0, warnings: one.warnings) }
        }
    }

    /// What an attempt came to.
    private struct Attempt {
        let state: QueuedPush.State
        let answer: String
        var warnings: [String] = []
    }

    private func outcome(of bytes: Data) -> Attempt {
        let answer: SystemLink.Answer
        do throws(LinkError) {
            answer = try ask("/api/v1/pushes", bytes)
        } catch {
            return Attempt(state: .waiting, answer: "\(error)")
        }
        switch answer.status {
        case 200, 201:
            return Attempt(
                state: .taken, answer: answer.status == 201 ? "taken" : "known already",
                warnings: Receipt.warnings(answer))
        case 409 where Problem(answer)?.title == "Older than what is here":
            return Attempt(state: .older, answer: "a newer extract is there already")
        // Not allowed is for good as well: one for another organisation would keep all behind it waiting.
        case 400, 403, 409, 413, 415, 422: return Attempt(state: .refused, answer: Self.said(answer))
        // Not signed in, too many, or a server in trouble: that passes, or can be put right.
        default: return Attempt(state: .waiting, answer: "\(answer.status): \(Self.said(answer))")
        }
    }

    // MARK: - Down

    /// Pulls the calls for aid that the token lets be seen, and keeps them.
    ///
    /// A call of another that goes on and is shown no more is a third's now: it was taken back, and somebody else offered.
    /// One that the system itself cannot read stays as it is known here. One's own are always shown; a list without them is of a system that does not know them, or for another's token, and
    /// nothing is forgotten for its sake.
    ///
    /// - Returns: Those that are new or have gone a step further.
    /// - Throws: ``LinkError``, `StoreError`.
    public func pullCalls() throws -> [AidRequest] {
        var (calls, unreadable) = try listedCalls()
        // What moves from page to page meanwhile can be missed once.
        func gone() throws -> [AidRequest] {
            try store.callsGoingOn(besides: calls, at: now()).filter { !unreadable.contains($0.id) }
        }
        if !(try gone()).isEmpty { (calls, unreadable) = try listedCalls() }
        let gone = try gone()
        let own = try store.organisationsPushed()
        if let lost = gone.first(where: { own.contains($0.asking) }) {
            throw LinkError.unreadable(
                server: "The server",
                why:
                    "it does not show \(lost.id), which \(lost.asking) asked for: is the token another organisation's?"
            )
        }
        return try store.keepCalls(calls, forgetting: gone.map(\.id), at: now())
    }

    private func listedCalls() throws -> (calls: [AidRequest], unreadable: Set<AidRequest.ID>) {
        var calls: [AidRequest] = []
        var unreadable: Set<AidRequest.ID> = []
        var page = 1
        while true {
            let list: CallList = try fetch("/api/v1/aid?page=\(page)&size=200")
            calls += list.items
            unreadable.formUnion(list.unreadable ?? [])
            guard page < list.pages else { return (calls, unreadable) }
            page += 1
        }
    }

    /// Takes one step of a call, which the system refuses if that is not as it is known here.
    ///
    /// - Throws: ``LinkError``. After any other than ``LinkError/refused(status:said:)`` it may have been taken.
    public func take(_ step: AidStep, of call: AidRequest, role: JobRole, reason: Remark)
        throws(LinkError) -> AidRequest
    {
        let fields = ["role": role.rawValue, "reason": reason.text, "seen": call.standing]
        let body = try? JSONEncoder().encode(fields)
        let answer = try ask("/api/v1/aid/\(call.id)/\(step.rawValue)", body ?? Data("{}".utf8))
        return try Self.read(answer)
    }

    private struct CallList: Decodable {
        let items: [AidRequest]
        let pages: Int
        /// Nil from a server that never shows a list without them.
        let unreadable: [AidRequest.ID]?
    }

    private func fetch<Value: Decodable>(_ path: String) throws(LinkError) -> Value {
        try Self.read(try ask(path, nil))
    }

    private static func read<Value: Decodable>(_ answer: SystemLink.Answer) throws(LinkError) -> Value {
        switch answer.status {
        case 200...299: break
        case 400...499: throw .refused(status: answer.status, said: said(answer))
        default: throw .failed(status: answer.status, said: said(answer))
        }
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        do {
            return try decoder.decode(Value.self, from: answer.body)
        } catch {
            throw .unreadable(server: "The server", why: "\(error)")
        }
    }

    /// What the system answers to a push that it takes: what is to be put right about it all the same.
    private struct Receipt: Decodable {
        let warnings: [String]?

        static func warnings(_ answer: SystemLink.Answer) -> [String] {
            let receipt = try? JSONDecoder().decode(Self.self, from: answer.body)
            return (receipt?.warnings ?? []).map(SystemExchange.line)
        }
    }

    /// A problem as RFC 9457 has it.
    private struct Problem: Decodable {
        let title: String?
        let detail: String?
        let faults: [String]?

        init?(_ answer: SystemLink.Answer) {
            guard let problem = try? JSONDecoder().decode(Self.self, from: answer.body) else { return nil }
            self = problem
        }
    }

    /// What the server says, on one line and not too long.
    private static func said(_ answer: SystemLink.Answer) -> String {
        let problem = Problem(answer)
        let text =
            ([problem?.detail ?? problem?.title ?? ""] + (problem?.faults ?? []).prefix(5))
            .filter { !$0.isEmpty }.joined(separator: " ")
        return line(text.isEmpty ? "no reason given" : text)
    }

    /// As it may be printed.
    private static func line(_ text: String) -> String {
        String(
            text.unicodeScalars.map { $0.properties.generalCategory == .control ? " " : Character($0) }
                .prefix(1_000))
    }
}
