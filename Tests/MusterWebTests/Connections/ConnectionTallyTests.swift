import Roster
import SystemPool
import Testing

@testable import MusterWeb

@Suite struct ConnectionTallyTests {
    private let limits = ConnectionLimits()
    private let start = Instant(minutes: 100)

    @Test func aThousandAreOneRowOnceTheMinuteHasPassed() {
        let tally = ConnectionTally()
        for _ in 1...1_000 { tally.count(.silent) }
        tally.count(.malformed)
        #expect(tally.drain(at: start, limits: limits) == nil)
        tally.count(.silent)
        #expect(
            tally.drain(at: start + ElapsedMinutes(1), limits: limits)
                == "1001 closed: no whole request within 30 s; 1 refused: no HTTP, or broken off")
        #expect(tally.drain(at: start + ElapsedMinutes(2), isLast: true, limits: limits) == nil)
    }

    @Test func whatIsLeftWhenTheServerStopsIsTold() {
        let tally = ConnectionTally()
        tally.count(.full)
        #expect(
            tally.drain(at: start, isLast: true, limits: limits) == "all 4096 places taken, 1 times")
    }

    @Test func aProbeOfTheNetworkIsNoEventAndAFloodIsOne() {
        let tally = ConnectionTally()
        for _ in 1..<ConnectionTally.flood { tally.count(.left) }
        #expect(tally.drain(at: start, isLast: true, limits: limits) == nil)
        for _ in 1...ConnectionTally.flood { tally.count(.left) }
        #expect(tally.drain(at: start, isLast: true, limits: limits) == "100 left without a request")
    }

    @Test func theLastPlaceIsCountedEachTimeThatItIsTaken() {
        let tally = ConnectionTally()
        var limits = limits
        limits.most = 2
        var ceiling = ConnectionCeiling(most: limits.most, tally: tally)
        ceiling.connectionOpened()
        #expect(ceiling.isAcceptingNewConnections())
        for _ in 1...3 {
            ceiling.connectionOpened()
            #expect(!ceiling.isAcceptingNewConnections())
            ceiling.connectionClosed()
            #expect(ceiling.isAcceptingNewConnections())
        }
        #expect(tally.drain(at: start, isLast: true, limits: limits) == "all 2 places taken, 3 times")
    }

    @Test func theRowIsInTheAudit() async throws {
        try await LiveServer.with { live in
            let tally = ConnectionTally()
            let audit = ConnectionAudit(
                tally: tally, limits: ConnectionLimits(), records: live.records, now: { live.clock.now })
            tally.count(.notTaken)
            audit.write()
            #expect(try live.denials() == 0)
            live.clock.advance(minutes: 1)
            audit.write()
            audit.write()
            let row = try #require(try live.records.systemAudit(limit: 1).first)
            #expect(try live.denials() == 1)
            #expect(row.action == .denied && row.subject == "connections")
            #expect(row.reason == "1 closed: the answer was not taken within 120 s")
        }
    }
}
