import Dispatch
import Foundation
import RosterEngine
import Synchronization

/// Ctrl-C and SIGTERM: the first asks a search to stop, which keeps its best rota; the second ends the process.
final class Interrupt {
    private let sources: [any DispatchSourceSignal]
    private let signals: Signals

    private final class Signals: Sendable {
        private let count = Mutex(0)

        func receive(_ number: Int32, stop: Stop) {
            count.withLock { count in
                count += 1
                guard count == 1 else { _exit(128 + number) }
                stop.ask()
            }
            Console.note(
                "Stopping. The best rota so far is kept; interrupt again to leave at once without it.")
        }

        func hold<Value, Failure: Error>(_ body: () throws(Failure) -> Value) throws(Failure) -> Value {
            try count.withLock { _ throws(Failure) in try body() }
        }
    }

    init(stop: Stop) {
        let signals = Signals()
        self.signals = signals
        sources = [SIGINT, SIGTERM].map { number in
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
            source.setEventHandler { signals.receive(number, stop: stop) }
            source.resume()
            return source
        }
    }

    /// Runs what must be done whole: a signal that arrives meanwhile is heard afterwards.
    func undisturbed<Value, Failure: Error>(_ body: () throws(Failure) -> Value) throws(Failure) -> Value {
        try signals.hold(body)
    }
}
