import Testing

@testable import MusterWeb

@Suite struct AttemptsTests {
    @Test func anAddressWaitsAfterTenFailuresAndAnotherDoesNot() {
        let attempts = Attempts()
        let now = ContinuousClock.now
        for _ in 1..<Attempts.limit { attempts.failed("one", at: now) }
        #expect(attempts.wait("one", at: now) == nil)
        attempts.failed("one", at: now)
        #expect(attempts.wait("one", at: now) == 301 && attempts.wait("two", at: now) == nil)
        #expect(attempts.wait("one", at: now + Attempts.length) == nil)
    }

    @Test func ofAnIPv6AddressTheFirstHalfCounts() {
        let attempts = Attempts()
        let now = ContinuousClock.now
        for number in 1...Attempts.limit { attempts.failed("2001:db8:1:2::\(number)", at: now) }
        #expect(attempts.wait("2001:db8:1:2:ffff::9", at: now) != nil)
        #expect(attempts.wait("2001:db8:1:3::1", at: now) == nil)
        for _ in 1...Attempts.limit { attempts.failed("::ffff:192.0.2.1", at: now) }
        #expect(
            attempts.wait("192.0.2.1", at: now) != nil && attempts.wait("::ffff:192.0.2.2", at: now) == nil)
    }

    @Test func addressesBeyondTheMostWaitTogether() {
        let attempts = Attempts()
        let now = ContinuousClock.now
        for number in 1...Attempts.addresses { attempts.failed("\(number)", at: now) }
        for number in 1...Attempts.limit { attempts.failed("new \(number)", at: now) }
        #expect(attempts.wait("new again", at: now) == 301)
        #expect(attempts.wait("1", at: now) == nil)
    }
}
