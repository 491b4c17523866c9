import Extracts
import Foundation
import PlainText
import Roster
import RulePack

/// A folder of another system's exports, read: what of it can be taken over, and what cannot and why.
public struct TrustImport: Sendable {
    public let url: URL
    public let extracts: TrustExtracts
    /// Why rows were rejected, by file and line; those of the unit list first, from which others follow. They may quote
    /// what stands in the row, but never why somebody is away.
    public let rejections: [Fault]
    /// Why values were left out of rows that were taken over without them, by file and line.
    public let leftOut: [Fault]
    /// Every file that was read, in the order of reading.
    public let inputHashes: [InputHash]

    /// One fingerprint of everything that decides what the exports' bytes mean.
    public var reading: String {
        let exports = Set(extracts.sources.map(\.file))
        let others = inputHashes.filter { !exports.contains($0.file) }.map { "\($0.file) \($0.sha256)" }
        return InputHash(file: "", bytes: Data(others.sorted().joined(separator: "\n").utf8)).sha256
    }

    /// Reads `mapping.yaml`, `trust.yaml`, `report.yaml` if there is one, and the exports that the mapping names.
    ///
    /// - Parameters:
    ///   - extractedAt: when the exports were made; goes before what `mapping.yaml` says, but not before a column
    ///     that says it for each row.
    ///   - now: no export was made later; decides which rules are in force if nothing says when they were made.
    /// - Throws: everything that is wrong with the files themselves. A row that cannot be read is rejected and stops
    ///   nothing.
    public static func read(_ url: URL, extractedAt: Instant? = nil, now: Instant) throws(Faults)
        -> TrustImport
    {
        let faults = FaultList()
        let read = OpenFolder(url, names: .exports, faults: faults).flatMap { folder in
            var folder = folder
            return Self.init(&folder, extractedAt: extractedAt, now: now)
        }
        try faults.throwIfAny()
        guard let read else {
            throw Faults(Fault(at: Place(file: url.lastPathComponent), "could not be read"))
        }
        return read
    }

    private init?(_ folder: inout OpenFolder, extractedAt: Instant?, now: Instant) {
        let faults = folder.faults
        let mapping = folder.file("mapping.yaml").flatMap { YAMLCursor($0, faults: faults) }.flatMap(
            MappingFile.init)
        let trust = folder.file("trust.yaml").flatMap { YAMLCursor($0, faults: faults) }
        guard let mapping, let trust else { return nil }
        let time = extractedAt.map { .fixed($0) } ?? mapping.extracted
        var exports = ExportReader(mapping: mapping, folder: folder, extractedAt: time, now: now)
        let roster = RosterFile(trust: trust, on: time.day(now)) { exports.readUnits(of: $0) }
        // Faults of their own: they must not hide that no row of an export can be read.
        let faultsOfReport = FaultList()
        let policy = exports.folder.file("report.yaml", isOptional: true)
            .flatMap { YAMLCursor($0, faults: faultsOfReport) }
            .flatMap { ReportFile($0, roster: roster)?.policy }
        exports.read(roster, cascade: (policy ?? ReportPolicy()).cascade)
        faults.add(contentsOf: faultsOfReport.sorted)
        folder = exports.folder
        let rules = RuleSection(&folder, roster: roster)
        guard faults.isEmpty, let ruleBook = rules.ruleBook else {
            faults.add(contentsOf: exports.rejectedUnits)
            return nil
        }
        url = folder.url
        extracts = exports.extracts(
            TrustDefinitions(
                name: roster.name, organisations: roster.organisations.values, sites: roster.sites.values,
                grades: roster.grades.values, skills: roster.skills.values, roles: roster.roles.values,
                contracts: roster.contracts.contracts.values, shiftTypes: roster.shifts.values,
                // Of a unit whose row was rejected nothing is known: that nobody is there would be untrue.
                coverRules: roster.cover.rules.values.filter { roster.units[$0.unit] != nil },
                rules: ruleBook),
            policy: policy ?? ReportPolicy())
        rejections = exports.rejectedUnits + exports.rejections.sorted()
        leftOut = exports.leftOut.sorted()
        inputHashes = folder.hashes
    }
}

extension MappingFile.ExtractTime? {
    /// The day on which it is decided which rules are in force.
    fileprivate func day(_ now: Instant) -> Day {
        if case .fixed(let time) = self { time.day } else { now.day }
    }
}
