import Synchronization

/// Tells the search when to stop: at a deadline, or when somebody asks. Shared by all threads.
public final class Stop: Sendable {
    private let asked = Atomic<Bool>(false)
    private let start: ContinuousClock.Instant
    private let seconds: Double?
    private let outer: Stop?

    /// - Parameters:
    ///   - seconds: nil for no limit.
    ///   - outer: a stop that ends this one too, for a search inside another piece of work.
    public init(seconds: Double?, within outer: Stop? = nil) {
        start = ContinuousClock.now
        self.seconds = seconds
        self.outer = outer
    }

    /// Ends the search at its next look; the best rota so far is kept. Safe to call from a signal's handler
    /// that runs on a queue.
    public func ask() { asked.store(true, ordering: .relaxed) }

    public var wasAsked: Bool { asked.load(ordering: .relaxed) || (outer?.wasAsked ?? false) }

    public var elapsed: Double {
        let duration = ContinuousClock.now - start
        return Double(duration.components.seconds) + Double(duration.components.attoseconds) / 1e18
    }

    /// Seconds left; infinite without a limit.
    var remaining: Double {
        if wasAsked { return 0 }
        return min(seconds.map { max(0, $0 - elapsed) } ?? .infinity, outer?.remaining ?? .infinity)
    }

    /// The deadline has passed, or somebody asked.
    public var isDue: Bool { remaining <= 0 }
}
