/// All lawful sets of duties of a system in flat arrays, each with the rows that it changes.
struct DutyTable {
    private(set) var parts: [PoolChoice.Part] = []
    private(set) var givers: [Int32] = []
    /// What the last level counts: travel and calls.
    private(set) var burdens: [Double] = []
    private var rowStarts: [Int32] = [0]
    private var rows: [Int32] = []
    private var giverStarts: [Int32]
    private var takerStarts: [Int32]
    private var takers: [Int32] = []
    private var places: [PoolChoice.Part: Int] = [:]
    /// Whether no offer has more sets than are kept.
    private(set) var isComplete = true

    /// The most sets of one offer. Offers with more have those of fewer duties only.
    static let mostSets = 2_000

    /// - Complexity: O(sets × duties of a set).
    init(_ instance: PoolInstance, _ layout: PoolLayout, givers offersOfGivers: [[Int]]) {
        giverStarts = [0]
        takerStarts = []
        for (giver, offers) in offersOfGivers.enumerated() {
            for offer in offers where !instance.arcs[offer].isEmpty {
                let sets = instance.sets(offer).shortest(Self.mostSets)
                isComplete = isComplete && sets.isAll
                for arcs in sets.found {
                    givers.append(Int32(giver))
                    let part = PoolChoice.Part(offer: offer, arcs: arcs)
                    parts.append(part)
                    burdens.append(
                        Double(
                            arcs.enumerated().reduce(0) {
                                $0 + instance.burden(of: offer, $1.element, $1.offset)
                            }))
                    rows += layout.rows(of: part)
                    rowStarts.append(Int32(rows.count))
                }
            }
            giverStarts.append(Int32(parts.count))
        }
        index(rowCount: layout.rowCount)
    }

    /// Some of another table's sets.
    init(_ table: DutyTable, keeping isKept: (Int) -> Bool) {
        giverStarts = [0]
        takerStarts = []
        isComplete = false
        for giver in 0..<table.giverStarts.count - 1 {
            for set in table.sets(ofGiver: giver) where isKept(set) {
                givers.append(Int32(giver))
                parts.append(table.parts[set])
                burdens.append(table.burdens[set])
                rows += table.rows(of: set)
                rowStarts.append(Int32(rows.count))
            }
            giverStarts.append(Int32(parts.count))
        }
        index(rowCount: table.takerStarts.count - 1)
    }

    private mutating func index(rowCount: Int) {
        places = Dictionary(uniqueKeysWithValues: zip(parts, parts.indices))
        var counts = Array(repeating: Int32(0), count: rowCount + 1)
        for row in rows { counts[Int(row) + 1] += 1 }
        for row in 0..<rowCount { counts[row + 1] += counts[row] }
        takerStarts = counts
        takers = Array(repeating: 0, count: rows.count)
        for set in parts.indices {
            for row in rows[Int(rowStarts[set])..<Int(rowStarts[set + 1])] {
                takers[Int(counts[Int(row)])] = Int32(set)
                counts[Int(row)] += 1
            }
        }
    }

    /// The rows in which a set adds a head, ascending and each once.
    func rows(of set: Int) -> ArraySlice<Int32> { rows[Int(rowStarts[set])..<Int(rowStarts[set + 1])] }

    /// Places of a set's rows for ``row(_:)``.
    func range(of set: Int) -> Range<Int> { Int(rowStarts[set])..<Int(rowStarts[set + 1]) }

    func row(_ place: Int) -> Int { Int(rows[place]) }

    /// Where a set stands; nil if it is none of the table's.
    func set(of part: PoolChoice.Part) -> Int? { places[part] }

    func sets(ofGiver giver: Int) -> Range<Int> { Int(giverStarts[giver])..<Int(giverStarts[giver + 1]) }

    /// The sets that add a head to a row.
    func takers(of row: Int) -> ArraySlice<Int32> {
        takers[Int(takerStarts[row])..<Int(takerStarts[row + 1])]
    }
}
