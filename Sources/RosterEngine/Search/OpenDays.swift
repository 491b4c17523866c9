/// Days of the period on which lines may change: some weeks together, or several parts of it.
///
/// Parts that are far apart let hours and weekends move from one to the other, which weeks that hang together cannot.
struct OpenDays: Sendable {
    private let isOpen: [Bool]
    let count: Int

    init(_ parts: [Range<Int>], of dayCount: Int) {
        var isOpen = Array(repeating: false, count: dayCount)
        for day in parts.joined() { isOpen[day] = true }
        self.isOpen = isOpen
        count = isOpen.count { $0 }
    }

    /// Parts of a length at random places.
    init(
        random parts: Int, ofLength length: Int, of dayCount: Int, _ random: inout RandomSource
    ) {
        let length = min(length, dayCount)
        var ranges: [Range<Int>] = []
        for _ in 0..<parts {
            let first = Int.random(in: 0...(dayCount - length), using: &random)
            ranges.append(first..<(first + length))
        }
        self.init(ranges, of: dayCount)
    }

    /// The parts, in order, those that touch as one.
    var parts: [Range<Int>] {
        var parts: [Range<Int>] = []
        for day in isOpen.indices where isOpen[day] {
            if let last = parts.last, last.upperBound == day {
                parts[parts.count - 1] = last.lowerBound..<(day + 1)
            } else {
                parts.append(day..<(day + 1))
            }
        }
        return parts
    }

    @inline(__always) func contains(_ day: Int) -> Bool { isOpen[day] }
}
