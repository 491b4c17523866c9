/// Collects faults while reading goes on, so that all of them come out in one run.
///
///     let faults = FaultList()
///     let people = Table(file, required: ["id", "name"], faults: faults)
///     …
///     try faults.throwIfAny()
///
/// It is a class because every table, row and cursor of a run adds to the same one. It stays on one thread.
public final class FaultList {
    private var found: [Fault] = []
    private var seen: Set<Fault> = []

    public init() {}

    public var isEmpty: Bool { found.isEmpty }

    public var count: Int { found.count }

    /// All faults by file, line and column.
    ///
    /// - Complexity: O(n log n) in the number of faults.
    public var sorted: [Fault] { found.sorted() }

    /// The faults that were added after the first so many, in the order in which they were found.
    public func added(after count: Int) -> ArraySlice<Fault> { found[count...] }

    /// Adds a fault, once: the same fault found again by a second reader is not repeated.
    public func add(_ fault: Fault) {
        if seen.insert(fault).inserted { found.append(fault) }
    }

    public func add(contentsOf faults: some Sequence<Fault>) {
        faults.forEach(add)
    }

    /// What a reading of its own gives; nil, with its faults added, if it has any.
    public func collecting<Value>(_ read: () throws(Faults) -> Value) -> Value? {
        do {
            return try read()
        } catch {
            add(contentsOf: error.faults)
            return nil
        }
    }

    /// Ends the reading: throws everything that was found, or nothing if there is nothing.
    public func throwIfAny() throws(Faults) {
        if let faults = Faults(found) { throw faults }
    }
}

/// What was wrong in a reading: at least one fault, ordered by file, line and column.
public struct Faults: Error, Hashable, Sendable {
    public let faults: [Fault]

    /// - Returns: nil if `faults` is empty.
    public init?(_ faults: some Sequence<Fault>) {
        let sorted = faults.sorted()
        guard !sorted.isEmpty else { return nil }
        self.faults = sorted
    }

    public init(_ fault: Fault) {
        faults = [fault]
    }
}

extension Faults: CustomStringConvertible {
    /// One fault a line.
    public var description: String {
        faults.map(\.description).joined(separator: "\n")
    }
}
