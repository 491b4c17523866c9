import ArgumentParser
import Extracts
import Foundation
import LookForward
import MusterFiles
import MusterStore
import Roster
import RosterSamples

/// `muster-bench trusts`: what it costs to import and look at the exports of trusts of growing size.
struct Trusts: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Measure importing, validating and reporting on trusts of growing size.",
        discussion: """
            A process a trust, on one thread. Prints a table, and writes it as trusts.md to --output if given. 500 \
            units are about 22,000 people and 205,000 duties.
            """)

    @Option(help: ArgumentHelp("How many units; once for each trust.", valueName: "N"))
    var units = [5, 50, 100, 200, 500]

    @Option(help: ArgumentHelp("The seed of the samples.", valueName: "K"))
    var seed: UInt64 = 1

    @Option(help: ArgumentHelp("Where trusts.md goes.", valueName: "DIR"), completion: .directory)
    var output: String?

    @Option(
        help: ArgumentHelp("The date to put on the table, such as 2026-11-02.", valueName: "D"),
        transform: MeasureOptions.date)
    var date: Day

    func validate() throws {
        guard units.allSatisfy((5...500).contains) else { throw ValidationError("--units must be 5 to 500.") }
    }

    func run() throws {
        var figures: [TrustFigures] = []
        for count in units { figures.append(try ChildProcess.measure(["run-trust", "\(count)", "\(seed)"])) }
        let page = TrustTable(figures: figures, conditions: try .now(date: date.description)).text
        print(page)
        if let output {
            let folder = URL(filePath: output)
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            try Data((page + "\n").utf8).write(to: folder.appending(path: "trusts.md"), options: .atomic)
        }
    }
}

/// Measures one trust in this process, for ``Trusts``: so memory is that of the trust alone.
struct RunTrust: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "run-trust", shouldDisplay: false)

    @Argument var units: Int
    @Argument var seed: UInt64

    func run() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "muster-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        try NewFolder.write(SampleTrust.generate(units: units, seed: seed), to: folder)
        try FileHandle.standardOutput.write(contentsOf: JSONEncoder.oneLine.encode(TrustFigures(folder)))
    }
}

/// What one process measured on one trust.
struct TrustFigures: Codable {
    let units: Int
    let people: Int
    let duties: Int
    /// Of all exports together.
    let megabytes: Double
    /// Of user and system mode, as all that follow.
    let secondsToRead: Double
    let secondsToKeep: Double
    /// Reading the store, validating and putting the picture together.
    let secondsToPicture: Double
    /// The whole report from the picture: gaps, ways to close them, the choice among those.
    let secondsToReport: Double
    let findings: Int
    let gaps: Int
    /// The largest resident set of the process, making the sample included.
    let peakMegabytes: Double
}

extension TrustFigures {
    init(_ folder: URL) throws {
        func measure(_ work: () throws -> Void) rethrows -> Double {
            let began = ResourceUsage.ofThisProcess.cpuSeconds
            try work()
            return ResourceUsage.ofThisProcess.cpuSeconds - began
        }
        let now = London.instant(SampleTrust.defaultDay, minute: 390)
        var read: TrustImport?
        let reading = try measure { read = try TrustImport.read(folder, now: now) }
        guard let read else { throw BenchmarkError.failed(cases: [folder.path]) }
        let store = try MusterStore(path: folder.appending(path: "store.sqlite").path, creating: true)
        let keeping = try measure {
            _ = try store.keep(read.extracts, reading: read.reading, by: "muster-bench", at: now)
        }
        var picture: Picture?
        let picturing = try measure {
            picture = try store.picture(on: SampleTrust.defaultDay, days: 3, at: now)
        }
        var report: ShortageReport?
        let reporting = try measure {
            report = try picture.map { try LookForward.report(on: $0, at: now) }
        }
        let megabytes = try read.extracts.sources.map(\.file).reduce(0.0) { total, name in
            let file = folder.appending(path: name).path
            let size = try FileManager.default.attributesOfItem(atPath: file)[.size] as? Int
            return total + Double(size ?? 0) / 1_000_000
        }
        let usage = ResourceUsage.ofThisProcess
        self.init(
            units: read.extracts.units?.rows.count ?? 0, people: read.extracts.people?.rows.count ?? 0,
            duties: read.extracts.duties?.rows.count ?? 0, megabytes: megabytes,
            secondsToRead: reading, secondsToKeep: keeping, secondsToPicture: picturing,
            secondsToReport: reporting,
            findings: picture?.findings.count ?? 0, gaps: report?.gaps.count ?? 0,
            peakMegabytes: usage.peakMegabytes)
    }
}

/// Measurements of trusts as a page of Markdown.
struct TrustTable {
    let figures: [TrustFigures]
    let conditions: Conditions

    var text: String {
        let rows = figures.map { one in
            [
                "\(one.units)", "\(one.people)", "\(one.duties)", fixed(one.megabytes, 1),
                fixed(one.secondsToRead, 2), fixed(one.secondsToKeep, 2), fixed(one.secondsToPicture, 2),
                fixed(one.secondsToReport, 2),
                fixed(
                    one.secondsToRead + one.secondsToKeep + one.secondsToPicture + one.secondsToReport, 2),
                "\(one.findings)", "\(one.gaps)", fixed(one.peakMegabytes, 0),
            ]
        }
        let header = [
            "units", "people", "duties", "MB of CSV", "read s", "keep s", "picture s", "report s", "in all s",
            "findings", "gaps", "peak MB",
        ]
        let table = ([header, header.map { _ in "---:" }] + rows).map { "| \($0.joined(separator: " | ")) |" }
        return """
            # Trusts of growing size

            Written by `muster-bench trusts`, a process a trust, on one thread, in CPU seconds. *read*: from the exports to values, \
            every row checked; *keep*: into the store, in one transaction; *picture*: from the store to what a report \
            is made from, validated; *report*: gaps, lawful ways to close each, the choice among those; \
            *peak*: the largest resident set, making the sample included.

            - Machine: \(conditions.machine)
            - Date: \(conditions.date), commit `\(conditions.commit)`
            - Command: `\(conditions.command)`

            \(table.joined(separator: "\n"))
            """
    }
}
