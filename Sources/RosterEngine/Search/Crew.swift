import Foundation
import LinearProgram

/// Threads that work on jobs, each with a pricer of its own; results are asked for by the number of the job.
///
/// - Note: ``submit(_:)`` and ``take()`` belong to the thread that made the crew.
final class Crew<Result: Sendable> {
    typealias Job = @Sendable (Pricer) -> Result

    private let desk = Desk()
    private let problem: Problem
    private let threads: Int
    private var submitted = 0
    /// With one thread, jobs are done when they are asked for.
    private var waiting: [Int: Job] = [:]
    private lazy var own = Pricer(problem)

    init(_ problem: Problem, threads: Int) {
        self.problem = problem
        self.threads = max(1, threads)
    }

    deinit { desk.close() }

    /// Hands a job in; its number, from 0.
    @discardableResult
    func submit(_ job: @escaping Job) -> Int {
        defer { submitted += 1 }
        guard threads > 1 else {
            waiting[submitted] = job
            return submitted
        }
        // As many threads as there have ever been jobs at once, and no more than allowed.
        if submitted < threads { hire() }
        desk.add(job)
        return submitted
    }

    /// The result of a job, once; waits for it.
    func take(_ number: Int) -> Result {
        if let job = waiting.removeValue(forKey: number) { return job(own) }
        precondition(threads > 1 && number < submitted, "each job's result is taken once")
        return desk.result(number)
    }

    private func hire() {
        let (desk, problem) = (desk, problem)
        let thread = Thread {
            let pricer = Pricer(problem)
            while let (index, job) = desk.next() { desk.put(job(pricer), index) }
            LinearProgram.freeThreadEnvironment()
        }
        thread.stackSize = 8 << 20
        thread.start()
    }

    /// Where jobs lie until a thread takes them, and results until they are asked for.
    private final class Desk: @unchecked Sendable {
        private let condition = NSCondition()
        private var jobs: [(index: Int, job: Job)] = []
        private var results: [Int: Result] = [:]
        private var count = 0
        private var isClosed = false

        func add(_ job: @escaping Job) {
            condition.withLock {
                jobs.append((count, job))
                count += 1
                condition.broadcast()
            }
        }

        /// Waits for a job; nil once the desk is closed.
        func next() -> (index: Int, job: Job)? {
            condition.withLock {
                while jobs.isEmpty, !isClosed { condition.wait() }
                return isClosed ? nil : jobs.removeFirst()
            }
        }

        func put(_ result: Result, _ index: Int) {
            condition.withLock {
                results[index] = result
                condition.broadcast()
            }
        }

        func result(_ index: Int) -> Result {
            condition.withLock {
                while true {
                    if let result = results.removeValue(forKey: index) { return result }
                    condition.wait()
                }
            }
        }

        func close() {
            condition.withLock {
                isClosed = true
                condition.broadcast()
            }
        }
    }
}
