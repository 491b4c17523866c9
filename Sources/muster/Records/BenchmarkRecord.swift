import Roster

/// What `muster benchmark --json` prints. Keys in alphabetical order; what is not known is `null`.
struct BenchmarkRecord: Encodable {
    let instance: String
    let status: String
    let objective: Double?
    let bound: Double?
    let gap: Double?
    let lawful: Bool
    let seconds: Double
    let secondsToFirst: Double
    let secondsToBest: Double
    let iterations: Int
    let seed: UInt64
    let threads: Int

    init(instance: String, run: Run, isLawful: Bool) {
        self.instance = instance
        status = run.status.name
        objective = run.levels.last?.objective
        bound = run.levels.last?.bound
        gap = run.levels.last?.gap
        lawful = isLawful
        seconds = run.seconds
        secondsToFirst = run.secondsToFirst
        secondsToBest = run.secondsToBest
        iterations = run.iterations
        seed = run.seed
        threads = run.threads
    }

    enum Key: String, CodingKey {
        case instance, status, objective, bound, gap, lawful, seconds, secondsToFirst, secondsToBest
        case iterations, seed, threads
    }

    /// Written by hand so that what is not known is there as `null`.
    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        try container.encode(instance, forKey: .instance)
        try container.encode(status, forKey: .status)
        try container.encode(objective, forKey: .objective)
        try container.encode(bound, forKey: .bound)
        try container.encode(gap, forKey: .gap)
        try container.encode(lawful, forKey: .lawful)
        try container.encode(seconds, forKey: .seconds)
        try container.encode(secondsToFirst, forKey: .secondsToFirst)
        try container.encode(secondsToBest, forKey: .secondsToBest)
        try container.encode(iterations, forKey: .iterations)
        try container.encode(seed, forKey: .seed)
        try container.encode(threads, forKey: .threads)
    }
}
