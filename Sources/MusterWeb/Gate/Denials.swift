import Roster
import Synchronization

/// Of what is refused to whom nobody knows, so much has a row of the audit each minute, and the rest is counted: a flood
/// must not fill the disk, nor hide the others.
final class Denials: Sendable {
    enum Kind: CaseIterable {
        /// A page was asked for without a token.
        case nobody
        /// A token was sent that is none.
        case guess
    }

    private struct Window {
        var minute: Instant
        var count: Int
    }

    static let limit = 60

    private let tally: ConnectionTally
    private let windows = Mutex<[Kind: Window]>([:])

    init(tally: ConnectionTally) { self.tally = tally }

    /// Whether one more has a row of its own; if not, it is counted.
    func isWritten(_ kind: Kind, at now: Instant) -> Bool {
        let count = windows.withLock { windows in
            var window =
                windows[kind].flatMap { $0.minute == now ? $0 : nil } ?? Window(minute: now, count: 0)
            window.count += 1
            windows[kind] = window
            return window.count
        }
        if count > Self.limit { tally.count(.denied) }
        return count <= Self.limit
    }
}
