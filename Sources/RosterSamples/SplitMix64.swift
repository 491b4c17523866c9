/// A small generator of pseudo-random numbers whose sequence is fixed for good by its seed.
///
/// SplitMix64: G. Steele, D. Lea and C. Flood, "Fast Splittable Pseudorandom Number Generators" (OOPSLA 2014). The
/// standard library promises no fixed mapping from a generator to a range or a shuffle, so these are written out:
/// a sample roster stays the same, byte for byte, on every machine and with every compiler.
package struct SplitMix64 {
    private var state: UInt64

    package init(seed: UInt64) { state = seed }

    package mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// A number from 0 to `bound` − 1; its bias for such small bounds is below one in 10¹⁵.
    package mutating func below(_ bound: Int) -> Int { Int(next() % UInt64(bound)) }

    /// True in so many of a hundred cases.
    package mutating func chance(percent: Int) -> Bool { below(100) < percent }

    /// - Precondition: the list is not empty.
    package mutating func pick<Element>(_ list: [Element]) -> Element { list[below(list.count)] }
}
