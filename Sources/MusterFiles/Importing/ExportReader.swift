import Extracts
import PlainText
import Roster

/// Reads the exports of a folder one after the other: each refers to those before.
struct ExportReader {
    let mapping: MappingFile
    var folder: OpenFolder
    let extractedAt: MappingFile.ExtractTime?
    let now: Instant

    private(set) var rejections: [Fault] = []
    private var units: Extract<UnitRow>?
    private var people: Extract<PersonRow>?
    private var skills: Extract<SkillRow>?
    private var duties: Extract<DutyRow>?
    private var leave: Extract<LeaveRow>?
    private var bookings: Extract<BookingRow>?
    private var requirements: Extract<RequirementRow>?

    init(mapping: MappingFile, folder: OpenFolder, extractedAt: MappingFile.ExtractTime?, now: Instant) {
        self.mapping = mapping
        self.folder = folder
        self.extractedAt = extractedAt
        self.now = now
    }

    /// The unit list, for what refers to units in `trust.yaml`.
    mutating func readUnits(of trust: RosterFile) -> Definitions<Unit> {
        guard let table = open(.units) else { return Definitions("a unit of the unit list") }
        let reader = UnitsExport(mapping: mapping, trust: trust)
        units = keep(table.extract(unit: reader.unitID, key: { $0.unit.id }, reader.row))
        return Definitions("a unit of the unit list", units?.rows.map(\.unit) ?? []) { $0.id }
    }

    mutating func read(_ trust: RosterFile) {
        let codes = TrustCodes(mapping: mapping, trust: trust)
        if let table = open(.people) {
            let reader = PeopleExport(codes: codes, trust: trust)
            people = keep(
                table.extract(unit: { codes.unit(of: $0) }, key: { $0.person.id }, reader.row))
        }
        let staff = Dictionary(people?.rows.map { ($0.person.id.text, $0.person) } ?? []) { first, _ in first
        }
        if let table = open(.skills) {
            let reader = SkillsExport(codes: codes, staff: staff)
            skills = keep(table.extract(unit: reader.unit, reader.row))
        }
        if let table = open(.duties) {
            let reader = DutiesExport(codes: codes, trust: trust, staff: staff)
            duties = keep(table.extract(unit: { codes.unit(of: $0) }, reader.row))
        }
        if let table = open(.leave) {
            let reader = LeaveExport(codes: codes, staff: staff)
            leave = keep(table.extract(unit: reader.unit, keepsRejected: true, reader.row))
        }
        if let table = open(.bookings) {
            let reader = BookingsExport(codes: codes, trust: trust, staff: staff)
            bookings = keep(
                table.extract(unit: { codes.unit(of: $0) }, key: { $0.request.id }, reader.row))
        }
        if let table = open(.requirements) {
            let reader = RequirementsExport(codes: codes)
            requirements = keep(
                table.extract(unit: { codes.unit(of: $0) }, key: \.subject, reader.row))
        }
    }

    func extracts(_ definitions: TrustDefinitions, policy: ReportPolicy) -> TrustExtracts {
        TrustExtracts(
            definitions: definitions, policy: policy, units: units, people: people, skills: skills,
            duties: duties, leave: leave, bookings: bookings, requirements: requirements)
    }

    private mutating func open(_ kind: ExtractKind) -> ExportTable? {
        mapping.exports[kind].flatMap {
            ExportTable($0, in: &folder, extractedAt: extractedAt, now: now, faults: folder.faults)
        }
    }

    private mutating func keep<Row>(_ read: (extract: Extract<Row>, faults: [Fault])?) -> Extract<Row>? {
        rejections += read?.faults ?? []
        return read?.extract
    }
}
