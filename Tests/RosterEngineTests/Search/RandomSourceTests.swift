import Testing

@testable import RosterEngine

@Suite struct RandomSourceTests {
    /// The first numbers of SplitMix64 from 0, as its authors' reference code gives them.
    @Test func isSplitMix64() {
        var random = RandomSource(seed: 0)
        #expect(random.next() == 0xE220_A839_7B1D_CDAF)
        #expect(random.next() == 0x6E78_9E6A_A1B9_65F4)
    }

    @Test func streamsDifferAndRepeat() {
        func first(_ stream: Int) -> UInt64 {
            var random = RandomSource(seed: 4, stream: stream)
            return random.next()
        }
        #expect(Set((0..<1000).map(first)).count == 1000)
        #expect(first(3) == first(3))
    }
}
