import Foundation
import Roster
import RulePack

/// What `run.json` holds, and what `muster solve --json` prints: keys in alphabetical order, the same in every
/// run. Numbers that are not known are `null`.
///
/// | key | meaning |
/// | --- | --- |
/// | `roster`, `from`, `to` | name and period of the roster |
/// | `status` | one of the five final statuses, in words |
/// | `objective`, `bound`, `gap` | of level 3; the gap is (objective − bound) / max(1, abs(objective)) |
/// | `levels` | the same for each level, and whether it is proven; level 1 is in person-minutes of hard cover |
/// | `objective_by_part` | what level 3 is made of: `shortage`, `wishes`, `nights`, … |
/// | `hard_gaps`, `soft_gaps` | number of gaps open; their rows are in `gaps.csv` |
/// | `hard_gap_minutes` | person-minutes of hard cover missing |
/// | `checker` | `verdict` is `lawful` or `breaches`; how many breaches, and warnings of soft rules |
/// | `seconds`, `seconds_to_first`, `seconds_to_best` | of the search |
/// | `iterations`, `seed`, `threads` | what replays it |
/// | `duties`, `people` | size of the rota |
/// | `rule_packs` | id and version of each rule pack |
/// | `input_hashes` | SHA-256 of each input file |
/// | `version` | of Muster |
public struct RunRecord: Encodable, Sendable {
    let output: RotaOutput

    enum Key: String, CodingKey {
        case roster, from, to, status, objective, bound, gap, levels, checker, seconds, iterations, seed
        case threads, duties, people, version
        case objectiveByPart = "objective_by_part"
        case hardGaps = "hard_gaps"
        case softGaps = "soft_gaps"
        case hardGapMinutes = "hard_gap_minutes"
        case secondsToFirst = "seconds_to_first"
        case secondsToBest = "seconds_to_best"
        case rulePacks = "rule_packs"
        case inputHashes = "input_hashes"
    }

    public func encode(to encoder: any Encoder) throws {
        let run = output.run
        let last = run.levels.last
        var container = encoder.container(keyedBy: Key.self)
        try container.encode(output.scenario.name, forKey: .roster)
        try container.encode(output.rota.period.first, forKey: .from)
        try container.encode(output.rota.period.last, forKey: .to)
        try container.encode(run.status.name, forKey: .status)
        try container.encode(known(last?.objective), forKey: .objective)
        try container.encode(known(last?.bound), forKey: .bound)
        try container.encode(known(last?.gap), forKey: .gap)
        try container.encode(run.levels.map(Level.init), forKey: .levels)
        try container.encode(run.parts.mapValues(known), forKey: .objectiveByPart)
        try container.encode(output.hardGaps.count, forKey: .hardGaps)
        try container.encode(output.softGaps.count, forKey: .softGaps)
        try container.encode(output.report.level1, forKey: .hardGapMinutes)
        try container.encode(Checker(output), forKey: .checker)
        try container.encode(known(run.seconds), forKey: .seconds)
        try container.encode(known(run.secondsToFirst), forKey: .secondsToFirst)
        try container.encode(known(run.secondsToBest), forKey: .secondsToBest)
        try container.encode(run.iterations, forKey: .iterations)
        try container.encode(run.seed, forKey: .seed)
        try container.encode(run.threads, forKey: .threads)
        try container.encode(output.rota.duties.count, forKey: .duties)
        try container.encode(output.scenario.people.count, forKey: .people)
        try container.encode(output.rules.packs.map(Pack.init), forKey: .rulePacks)
        try container.encode(output.inputHashes, forKey: .inputHashes)
        try container.encode(output.version, forKey: .version)
    }

    private struct Level: Encodable {
        let level: LevelResult

        init(_ level: LevelResult) { self.level = level }

        enum Key: String, CodingKey { case level, objective, bound, gap, proven }

        func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: Key.self)
            try container.encode(level.level, forKey: .level)
            try container.encode(known(level.objective), forKey: .objective)
            try container.encode(known(level.bound), forKey: .bound)
            try container.encode(known(level.gap), forKey: .gap)
            try container.encode(level.proven, forKey: .proven)
        }
    }

    private struct Checker: Encodable {
        let verdict: String
        let breaches: Int
        let warnings: Int

        init(_ output: RotaOutput) {
            verdict = output.report.isLawful ? "lawful" : "breaches"
            breaches = output.report.breaches.count
            warnings = output.report.warnings.count
        }
    }

    private struct Pack: Encodable {
        let id: String
        let version: String

        init(_ pack: RulePack) {
            id = pack.id
            version = pack.version
        }
    }
}

/// JSON has no infinity.
private func known(_ number: Double?) -> Double? {
    number.flatMap { $0.isFinite ? $0 : nil }
}

extension RotaOutput {
    public var record: RunRecord { RunRecord(output: self) }

    /// `run.json`: see ``RunRecord``.
    public var runJSON: Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        guard let data = try? encoder.encode(record) else {
            preconditionFailure("a run record holds finite numbers and text only")
        }
        return data + Data("\n".utf8)
    }
}
