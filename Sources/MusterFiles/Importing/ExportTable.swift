import Extracts
import Foundation
import PlainText
import Roster

/// An export while it is read: its rows by field, and which of them are rejected.
///
/// A row is rejected if reading it adds a fault; the others stand. A fault of the file itself, such as a column that
/// is not there, goes to the faults that stop the import.
struct ExportTable {
    let export: MappingFile.Export
    private let rows: [Row]
    private let sha256: String
    private let extractedAt: Instant?
    private let isTimeOfFile: Bool
    private let now: Instant
    private let rowFaults: FaultList
    private let valueFaults = FaultList()
    private let fileFaults: FaultList

    /// - Parameters:
    ///   - extractedAt: when the exports were made, where no column says so.
    ///   - now: no export was made later than this.
    ///   - faults: of the file and the mapping.
    init?(
        _ export: MappingFile.Export, in folder: inout OpenFolder, extractedAt: MappingFile.ExtractTime?,
        now: Instant, faults: FaultList
    ) {
        self.export = export
        switch extractedAt {
        case .fixed(let time): (self.extractedAt, isTimeOfFile) = (time, false)
        case .modified: (self.extractedAt, isTimeOfFile) = (folder.modified(export.file), true)
        case nil: (self.extractedAt, isTimeOfFile) = (nil, false)
        }
        self.now = now
        fileFaults = faults
        rowFaults = FaultList()
        let before = faults.count
        let source = folder.file(export.file, encoding: export.encoding, faultsOfLines: rowFaults)
        guard let source, faults.count == before else { return nil }
        guard !source.isCutShort else {
            faults.add(contentsOf: rowFaults.sorted.prefix(1))
            faults.add(
                Fault(
                    at: Place(file: export.file),
                    "has too many lines that are not \(export.encoding.rawValue)",
                    accepted: "UTF-8, or encoding: windows-1252 in mapping.yaml"))
            return nil
        }
        sha256 = folder.hashes.last?.sha256 ?? ""
        let columns = ExportFields[export.kind].all.compactMap { export.columns[$0] }
        let others = [export.extracted].compactMap { $0 }
        rows =
            Table(
                source, required: Array(Set(columns + others)).sorted(), ignoringOthers: true, faults: faults,
                rowFaults: rowFaults
            ).rows
        guard faults.count == before else { return nil }
    }

    /// Reads every row; what `body` gives nil for is left out.
    ///
    /// - Parameters:
    ///   - unit: the unit that a rejected row tells of.
    ///   - key: what may stand in the file once: of two rows with the same key the second is rejected.
    ///   - keepsRejected: what could be read of a rejected row stands all the same.
    /// - Returns: nil if there is nothing to go on, which is a fault.
    func extract<Value: Sendable>(
        unit: (ExportRow) -> Roster.Unit.ID?, key: ((Value) -> AnyHashable)? = nil,
        keepsRejected: Bool = false, _ body: (ExportRow) -> Value?
    ) -> ExportReading<Value>? {
        var rejected = unreadable()
        let read = rows.count + rejected.count
        var values: [Value] = []
        var times: [Instant] = []
        values.reserveCapacity(rows.count)
        var lines: [AnyHashable: Int] = [:]
        for row in rows {
            let before = rowFaults.count
            let reader = ExportRow(row: row, export: export, valueFaults: valueFaults)
            let time = export.extracted.flatMap { row.required($0, accepted: "a day and a time") }.flatMap(
                export.format.instant)
            let value = body(reader)
            if let value, let key = key?(value), let first = lines.updateValue(row.line, forKey: key) {
                lines[key] = first
                rowFaults.add(
                    Fault(
                        at: Place(file: export.file, line: row.line), Self.isRepeated,
                        accepted: "each once; first in line \(first)"))
            }
            if let fault = rowFaults.added(after: before).first {
                let quiet = rowFaults.count
                let place = unit(reader)
                assert(rowFaults.count == quiet, "finding the unit of a rejected row adds no fault")
                rejected.append(reject(fault, line: row.line, unit: place))
                if keepsRejected, let value { values.append(value) }
            } else if let value {
                values.append(value)
            }
            if let time { times.append(time) }
        }
        guard let extractedAt = timeOfExtract(latest: times.max()) else { return nil }
        if isHopeless(read: read, rejected: rejected.count) {
            // After another fault this may be but what follows from it.
            if fileFaults.isEmpty {
                fileFaults.add(contentsOf: rowFaults.sorted.prefix(20))
                fileFaults.add(
                    Fault(
                        at: Place(file: export.file), "has no row that can be read, of \(read)",
                        accepted: "rows as mapping.yaml says"))
            }
            return nil
        }
        let source = ExtractSource(
            kind: export.kind, file: export.file, sha256: sha256, extractedAt: extractedAt,
            isTimeOfFile: isTimeOfFile && times.isEmpty, read: read,
            rejected: rejected.sorted { $0.line < $1.line })
        return ExportReading(
            extract: Extract(source: source, rows: values), rejections: rowFaults.sorted,
            leftOut: valueFaults.sorted)
    }

    private static var isRepeated: String { "tells again of what an earlier row tells" }

    /// When the export was made; nil, with a fault, if nothing says so or that time is still to come.
    private func timeOfExtract(latest: Instant?) -> Instant? {
        let place = Place(file: export.file)
        guard let time = latest ?? extractedAt else {
            fileFaults.add(
                Fault(
                    at: place, "does not say when it was made",
                    accepted: "--extracted-at, or extracted: modified or a time in mapping.yaml"))
            return nil
        }
        guard time <= now else {
            fileFaults.add(
                Fault(
                    at: place, value: "\(time)", "is a time in the future",
                    accepted: "when the export was made: it would keep every newer one out until then"))
            return nil
        }
        return time
    }

    /// A file of which no row can be read is not what the mapping says: taken over, it would look like an empty one.
    /// A few rows may all be wrong by themselves, but there is nothing to go on without units, people and duties.
    private func isHopeless(read: Int, rejected: Int) -> Bool {
        guard read > 0, read == rejected else { return false }
        return read >= 10 || [.units, .people, .duties].contains(export.kind)
    }

    /// Records that are no rows at all.
    private func unreadable() -> [RejectedRow] {
        rowFaults.sorted.compactMap { fault in
            fault.place.line.map { reject(fault, line: $0, unit: nil) }
        }
    }

    private func reject(_ fault: Fault, line: Int, unit: Roster.Unit.ID?) -> RejectedRow {
        var field: String?
        if case .field(_, let name) = fault.place.column {
            field = export.columns.first { $0.value == name }?.key
        }
        let reason = [field, fault.problem].compactMap { $0 }.joined(separator: " ")
        return RejectedRow(line: line, check: check(field, fault), unit: unit, reason: reason)
    }

    private func check(_ field: String?, _ fault: Fault) -> Finding.Check {
        switch field {
        case nil where fault.problem == Self.isRepeated: .duplicate
        case "start", "end": .missingTimes
        case "grade": .unknownGrade
        case "skill", "skills": .unknownSkill
        case "unit": .unknownUnit
        default: .rejectedRows
        }
    }
}

/// What was read of an export.
struct ExportReading<Value: Sendable> {
    let extract: Extract<Value>
    /// Why rows were rejected.
    let rejections: [Fault]
    /// Why values were left out of rows that stand without them.
    let leftOut: [Fault]
}

/// One row of an export, by field.
struct ExportRow {
    let row: Row
    let export: MappingFile.Export
    fileprivate let valueFaults: FaultList

    var line: Int { row.line }

    /// The cell; nil without a fault if it is empty or not mapped.
    func optional(_ field: String) -> Scalar? {
        quoting(field, export.columns[field].map { row.optional($0) } ?? export.fixed[field])
    }

    /// The cell; an empty one is a fault.
    func required(_ field: String, accepted: String = "a value") -> Scalar? {
        quoting(
            field, export.columns[field].map { row.required($0, accepted: accepted) } ?? export.fixed[field])
    }

    /// The cell of a field without which the row is as true: one that cannot be read is told of and left out.
    func dispensable(_ field: String) -> Scalar? { optional(field)?.reporting(to: valueFaults) }

    private func quoting(_ field: String, _ scalar: Scalar?) -> Scalar? {
        ExportFields.isUnquoted(field, of: export.kind) ? scalar?.unquoted : scalar
    }

    /// The parts of a cell between semicolons.
    func list(_ field: String) -> [Scalar] { optional(field)?.list() ?? [] }

    func isMapped(_ field: String) -> Bool { export.columns[field] != nil || export.fixed[field] != nil }

    func fault(_ field: String, _ problem: String, accepted: String) {
        if let column = export.columns[field] {
            row.fault(column, problem, accepted: accepted)
        } else {
            export.fixed[field]?.fault(problem, accepted: accepted)
        }
    }

    func day(_ field: String) -> Day? {
        required(field, accepted: "a date such as \(export.format.dates.example)").flatMap(export.format.day)
    }

    func optionalDay(_ field: String) -> Day? { optional(field).flatMap(export.format.day) }
}
