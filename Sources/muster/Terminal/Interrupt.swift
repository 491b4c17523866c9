import Dispatch
import Foundation
import RosterEngine
import Synchronization

/// Ctrl-C and SIGTERM: the first asks the work in hand to stop, which keeps its best rota; the second ends the
/// process.
final class Interrupt: Sendable {
    private struct State {
        var count = 0
        var inHand: Stop?
    }

    private let state = Mutex(State())
    private let leave: @Sendable (Int32) -> Void

    /// - Parameter leave: ends the process at once; it is given the signal's number.
    init(leave: @escaping @Sendable (Int32) -> Void = { _exit(128 + $0) }) { self.leave = leave }

    /// Hears the two signals from now on, for as long as the process lives.
    func listen() {
        for number in [SIGINT, SIGTERM] {
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
            // The handler holds the source, which would end with its last reference.
            source.setEventHandler { [source] in
                _ = source
                self.receive(number)
            }
            source.resume()
        }
    }

    func receive(_ number: Int32) {
        state.withLock { state in
            state.count += 1
            guard state.count == 1 else { return leave(number) }
            state.inHand?.ask()
            Console.note(
                "Stopping. The best rota so far is kept; interrupt again to leave at once without it.")
        }
    }

    /// From now on a signal stops this, which is stopped at once if there was one before.
    func stops(_ stop: Stop) {
        state.withLock { state in
            state.inHand = stop
            if state.count > 0 { stop.ask() }
        }
    }

    /// Runs what must be done whole: a signal that arrives meanwhile is heard afterwards.
    func undisturbed<Value>(_ body: () throws -> Value) rethrows -> Value {
        try state.withLock { _ in try body() }
    }
}
