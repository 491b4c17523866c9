import Foundation
import RosterEngine
import Synchronization
import Testing

@testable import muster

@Suite("Interrupt")
struct InterruptTests {
    private final class Left: Sendable {
        let signals = Mutex<[Int32]>([])
    }

    @Test("The first signal asks the work in hand to stop, the second leaves")
    func twice() {
        let left = Left()
        let interrupt = Interrupt { number in left.signals.withLock { $0.append(number) } }
        let stop = Stop(seconds: nil)
        interrupt.stops(stop)
        #expect(!stop.wasAsked)
        interrupt.receive(SIGINT)
        #expect(stop.wasAsked)
        #expect(left.signals.withLock { $0 } == [])
        interrupt.receive(SIGTERM)
        #expect(left.signals.withLock { $0 } == [SIGTERM])
    }

    @Test("What is begun after a signal is stopped at once")
    func later() {
        let interrupt = Interrupt { _ in }
        interrupt.receive(SIGINT)
        let stop = Stop(seconds: nil)
        interrupt.stops(stop)
        #expect(stop.wasAsked)
    }

    @Test("What must be done whole gives its value and its error")
    func undisturbed() {
        let interrupt = Interrupt { _ in }
        #expect(interrupt.undisturbed { 7 } == 7)
        #expect(throws: NoRota.self) { try interrupt.undisturbed { throw NoRota() } }
    }
}
