import Roster
import Synchronization

/// Of what is refused to whom nobody knows, so much has a row of the audit each minute, and the rest is counted: a flood
/// must not fill the disk, nor hide the others.
final class Denials: Sendable {
    private struct Window {
        var minute: Instant
        var count: Int
    }

    static let limit = 60

    private let tally: ConnectionTally
    private let window = Mutex<Window?>(nil)

    init(tally: ConnectionTally) { self.tally = tally }

    /// Whether one more has a row of its own; if not, it is counted.
    func isWritten(at now: Instant) -> Bool {
        let count = window.withLock { window in
            var known = window.flatMap { $0.minute == now ? $0 : nil } ?? Window(minute: now, count: 0)
            known.count += 1
            window = known
            return known.count
        }
        if count > Self.limit { tally.count(.denied) }
        return count <= Self.limit
    }
}
