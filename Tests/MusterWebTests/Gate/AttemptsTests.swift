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

    @Test func addressesBeyondTheMostWaitTogether() {
        let attempts = Attempts()
        let now = ContinuousClock.now
        for number in 1...Attempts.addresses { attempts.failed("\(number)", at: now) }
        for number in 1...Attempts.limit { attempts.failed("new \(number)", at: now) }
        #expect(attempts.wait("new again", at: now) == 301)
        #expect(attempts.wait("1", at: now) == nil)
    }
}
