import Foundation

/// What each kind of neighbourhood brought for its work, of late more than long ago.
struct NeighbourhoodYields: Sendable {
    private struct Record {
        var gain = 0.0
        var work = 0.0
        /// All that it has taken.
        var spent = 0.0
        /// How often it was begun and has not ended.
        var underWay = 0
        /// Of the people at whom it might look; fewer after it has taken too long.
        var share = 1.0
        var isTried = false
        /// What the first use took; nil before it has ended.
        var trial: Double?
    }

    private var records = Array(repeating: Record(), count: Neighbourhood.allCases.count)
    private var turns = 0

    /// The share of all work that goes at most into trying kinds for the first time, the dearest last.
    private static let trials = 0.15
    /// The work that one neighbourhood may take at first, in nanoseconds as they are counted, before it is given up.
    private static let mostWork = 4e9
    /// The share of all work so far that one neighbourhood may take later.
    private static let growth = 0.05
    /// After so much work as much is looked at at once as at first, after twice as much twice as much.
    private static let widening = 200e9

    /// The work that one neighbourhood may take before it is given up: the longer the search, the more, as what little
    /// takes brings less and less.
    var mostWork: Double { max(Self.mostWork, Self.growth * spent) }

    /// After so much more work of a kind what it brought before counts a third: one that takes little is judged by many
    /// uses, one that takes much by few, and none by one.
    private var memory: Double { mostWork / 2 }

    /// How many times as much may be looked at as at first.
    var reach: Double { max(1, spent / Self.widening) }

    mutating func note(_ part: Neighbourhood, gain: Double, work: Double) {
        var record = records[part.rawValue]
        record.spent += work
        record.underWay -= 1
        record.trial = record.trial ?? work
        let isCut = work > 0.9 * mostWork
        if isCut {
            record.share *= 0.5
        } else if work < mostWork / 4 {
            record.share = min(1, record.share * 1.25)
        }
        // What was cut short says nothing of what fewer people bring.
        if gain > 0 || !isCut {
            let kept = exp(-work / memory)
            record.gain = record.gain * kept + gain
            record.work = record.work * kept + work
        }
        records[part.rawValue] = record
    }

    /// The share of the people at whom a kind might look that it takes no longer for than it may.
    func share(_ part: Neighbourhood) -> Double { records[part.rawValue].share }

    /// The kind to use next: the one that brought most for its work, now and then one that is untried, the cheapest
    /// first, and every third time the one that has had the least of the work so far, if that is next to nothing.
    mutating func next() -> Neighbourhood {
        let kind = choice
        records[kind.rawValue].isTried = true
        records[kind.rawValue].underWay += 1
        turns += 1
        return kind
    }

    private var choice: Neighbourhood {
        let kinds = Neighbourhood.allCases
        let tried = kinds.filter { records[$0.rawValue].isTried }
        if tried.count < kinds.count, isTimeToTry(after: tried) { return kinds[tried.count] }
        let free = tried.filter(isFree)
        let behind = free.min { claimed($0) / least($0) < claimed($1) / least($1) } ?? .usual
        if turns % 3 == 0, claimed(behind) < least(behind) * spent { return behind }
        return free.max { rate($0) < rate($1) } ?? .usual
    }

    /// The share of all work that each kind has at least, as it may bring more than it did: where rows cost most much is
    /// to be had, but not every time.
    private func least(_ part: Neighbourhood) -> Double { part == .dearestAndWeek ? 0.1 : 0.015 }

    /// There is one dearest place only.
    private func isFree(_ part: Neighbourhood) -> Bool {
        part != .dearestAndWeek || records[part.rawValue].underWay == 0
    }

    private var spent: Double { records.reduce(0) { $0 + $1.spent } }

    /// What a kind has taken, and takes while its result is not in.
    private func claimed(_ part: Neighbourhood) -> Double {
        let record = records[part.rawValue]
        return record.spent + (record.trial ?? mostWork) * Double(record.underWay)
    }

    /// The first kinds are tried at once, each other when the one before has ended and is a small share of the work.
    private func isTimeToTry(after tried: [Neighbourhood]) -> Bool {
        guard tried.count >= 3 else { return true }
        let trials = tried.dropFirst(3).map { records[$0.rawValue].trial }
        guard trials.allSatisfy({ $0 != nil }) else { return false }
        return trials.reduce(1e8) { $0 + ($1 ?? 0) } < Self.trials * spent
    }

    /// A kind whose result is not in yet counts as bringing nothing.
    private func rate(_ part: Neighbourhood) -> Double {
        records[part.rawValue].gain / max(1, records[part.rawValue].work)
    }
}
