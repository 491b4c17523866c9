import Dispatch
import LinearProgram
import Synchronization

/// Does things at once that do not depend on each other, with linear programmes of their own if any; each result stands in
/// its place, so that it does not matter which is ready first.
///
/// - Throws: What the first of them threw.
func inParallel<Value: Sendable, Failure: Error>(
    _ count: Int, _ work: @Sendable (Int) throws(Failure) -> Value
) throws(Failure) -> [Value] {
    let results = Mutex([Result<Value, Failure>?](repeating: nil, count: count))
    DispatchQueue.concurrentPerform(iterations: count) { index in
        let result: Result<Value, Failure>
        do throws(Failure) {
            result = .success(try work(index))
        } catch {
            result = .failure(error)
        }
        results.withLock { $0[index] = result }
        LinearProgram.freeIdleThreadEnvironment()
    }
    var values: [Value] = []
    for result in results.withLock({ $0 }) { if let result { values.append(try result.get()) } }
    return values
}
