import Foundation
import LinearProgram
import Synchronization

/// Threads that share out the numbered tasks of a round. Each keeps a pricer of its own.
final class Crew {
    private let problem: Problem
    private let threads: Int
    private let pricers: [Pricer]

    init(_ problem: Problem, threads: Int) {
        self.problem = problem
        self.threads = max(1, threads)
        pricers = (0..<self.threads).map { _ in Pricer(problem) }
    }

    /// Runs `body` for each task and returns the results in the order of the tasks.
    func run<Result: Sendable>(
        _ count: Int, _ body: @escaping @Sendable (Int, Pricer) -> Result
    ) -> [Result] {
        if threads == 1 || count <= 1 { return (0..<count).map { body($0, pricers[0]) } }
        let next = Atomic<Int>(0)
        let results = Mutex<[Int: Result]>([:])
        // Each iteration takes one pricer and keeps it, so no two threads ever share one.
        let shared = Unshared(pricers)
        DispatchQueue.concurrentPerform(iterations: min(threads, count)) { worker in
            let pricer = shared.values[worker]
            while true {
                let index = next.add(1, ordering: .relaxed).oldValue
                guard index < count else { break }
                let result = body(index, pricer)
                results.withLock { $0[index] = result }
            }
            LinearProgram.freeThreadEnvironment()
        }
        return results.withLock { found in (0..<count).compactMap { found[$0] } }
    }

    /// Pricers handed to threads one each.
    private struct Unshared: @unchecked Sendable {
        let values: [Pricer]
        init(_ values: [Pricer]) { self.values = values }
    }
}
