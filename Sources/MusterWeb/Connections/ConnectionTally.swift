import Roster
import Synchronization

/// Counts what never became a request, and what was asked by nobody known and denied beyond ``Denials/limit``, so that a thousand idle connections are one row of the audit.
final class ConnectionTally: Sendable {
    enum Event: CaseIterable, Hashable {
        /// The server closed it: nothing whole was asked in time.
        case silent
        /// The other end left without having asked anything, as a probe of the network does.
        case left
        /// What was sent is no HTTP, or a head that breaks off.
        case malformed
        /// The answer was not taken in time.
        case notTaken
        /// It took the last place.
        case full
        /// It was refused to whom nobody knows, as many were in that minute.
        case denied
    }

    private struct State {
        var counts: [Event: Int] = [:]
        /// Nil while nothing is counted.
        var since: Instant?
    }

    /// Fewer that leave by themselves in a minute are no event: they held nothing.
    static let flood = 100

    private let state = Mutex(State())

    func count(_ event: Event) { state.withLock { $0.counts[event, default: 0] += 1 } }

    /// What to audit of the minute that has passed, in words; nil if there is nothing yet.
    ///
    /// - Parameter isLast: Whether nothing follows, so that what is counted is told now.
    func drain(at now: Instant, isLast: Bool = false, limits: ConnectionLimits) -> String? {
        let counts: [Event: Int] = state.withLock { state in
            guard !state.counts.isEmpty else { return [:] }
            let since = state.since ?? now
            state.since = since
            guard isLast || now > since else { return [:] }
            defer { state = State() }
            return state.counts
        }
        let words = Event.allCases.compactMap { event -> String? in
            guard let count = counts[event], event != .left || count >= Self.flood else { return nil }
            return event.words(count, limits)
        }
        return words.isEmpty ? nil : words.joined(separator: "; ")
    }
}

extension ConnectionTally.Event {
    fileprivate func words(_ count: Int, _ limits: ConnectionLimits) -> String {
        switch self {
        case .silent: "\(count) closed: no whole request within \(limits.idleSeconds) s"
        case .left: "\(count) left without a request"
        case .malformed: "\(count) refused: no HTTP, or broken off"
        case .notTaken: "\(count) closed: the answer was not taken within \(limits.wholeSeconds) s"
        case .denied: "\(count) more requests of nobody known denied"
        case .full: "all \(limits.most) places taken, \(count) times"
        }
    }
}
