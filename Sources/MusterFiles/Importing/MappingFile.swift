import Extracts
import PlainText
import Roster

/// `mapping.yaml`: which files a trust's systems export, what their columns are called, how they write dates, and
/// what their codes mean.
struct MappingFile {
    /// How one export is read.
    struct Export {
        let kind: ExtractKind
        let file: String
        let encoding: SourceFile.Encoding
        let format: ExportFormat
        /// The column of each field that is mapped.
        let columns: [String: String]
        /// The same value for every row, for what the file does not say.
        let fixed: [String: Scalar]
        /// The column that says when a row was true.
        let extracted: String?
    }

    private(set) var exports: [ExtractKind: Export] = [:]
    /// What tells when the exports were made, where no column does.
    enum ExtractTime {
        /// All at one time that never changes: for sets that are kept.
        case fixed(Instant)
        /// Each when its file was last written.
        case modified
    }

    private(set) var extracted: ExtractTime?
    /// Tables of codes, by domain; read when it is known what they may mean.
    private(set) var codes: [String: YAMLCursor] = [:]

    static let domains = [
        "units", "sites", "grades", "roles", "skills", "contracts", "markers", "shifts", "periods", "leave",
        "states", "approvals", "origins", "steps", "authorisers", "reasons", "days",
    ]

    init?(_ root: YAMLCursor) {
        guard
            let sections = root.mapping(
                required: ["muster", "exports"], optional: ["dates", "encoding", "extracted", "codes"])
        else { return nil }
        _ = sections["muster"]?.scalar(accepted: "1")?.choice(
            ["1": 1], of: "a version of the mapping format that this program reads")
        let dates = sections["dates"].flatMap(Self.dates) ?? .iso
        let encoding = sections["encoding"].flatMap(Self.encoding) ?? .utf8
        extracted = sections["extracted"]?.scalar(accepted: "modified, or a time").flatMap { scalar in
            scalar.text == "modified" ? .modified : scalar.instant().map { .fixed($0) }
        }
        let needed: [ExtractKind] = [.units, .people, .duties]
        let others = ExtractKind.allCases.filter { !needed.contains($0) }
        if let exports = sections["exports"]?.mapping(
            required: needed.map(\.rawValue), optional: others.map(\.rawValue))
        {
            for kind in ExtractKind.allCases {
                if let entry = exports[kind.rawValue], let export = Self.export(kind, entry, dates, encoding)
                {
                    self.exports[kind] = export
                }
            }
        }
        if let tables = sections["codes"]?.mapping(required: [], optional: Self.domains) {
            for domain in Self.domains { codes[domain] = tables[domain] }
        }
    }

    private static func dates(_ cursor: YAMLCursor) -> ExportFormat.DateOrder? {
        cursor.scalar(accepted: ExportFormat.DateOrder.iso.rawValue)?.choice(of: "a way to write dates")
    }

    private static func encoding(_ cursor: YAMLCursor) -> SourceFile.Encoding? {
        cursor.scalar(accepted: SourceFile.Encoding.utf8.rawValue)?.choice(of: "an encoding")
    }

    private static func export(
        _ kind: ExtractKind, _ cursor: YAMLCursor, _ dates: ExportFormat.DateOrder,
        _ encoding: SourceFile.Encoding
    ) -> Export? {
        guard
            let entry = cursor.mapping(
                required: ["file", "columns"], optional: ["dates", "encoding", "fixed", "extracted"])
        else { return nil }
        let fields = ExportFields[kind]
        var fixed: [String: Scalar] = [:]
        if let values = entry["fixed"]?.mapping(required: [], optional: fields.all) {
            for field in fields.all { fixed[field] = values[field]?.scalar(accepted: "a value") }
        }
        let required = fields.required.filter { fixed[$0] == nil }
        let optional = fields.all.filter { !required.contains($0) }
        guard let mapped = entry["columns"]?.mapping(required: required, optional: optional),
            let file = entry["file"]?.text()
        else { return nil }
        var columns: [String: String] = [:]
        for field in fields.all where fixed[field] == nil { columns[field] = mapped[field]?.text() }
        guard !file.contains("/"), !file.hasPrefix(".") else {
            entry["file"]?.fault(
                "is not the name of a file in this folder", accepted: "a name such as Duties.csv")
            return nil
        }
        return Export(
            kind: kind, file: file, encoding: entry["encoding"].flatMap(Self.encoding) ?? encoding,
            format: ExportFormat(dates: entry["dates"].flatMap(Self.dates) ?? dates), columns: columns,
            fixed: fixed, extracted: entry["extracted"]?.text())
    }
}
