import Extracts
import PlainText
import Roster

/// Reads the exports of a folder one after the other: each refers to those before.
struct ExportReader {
    let mapping: MappingFile
    var folder: OpenFolder
    let extractedAt: MappingFile.ExtractTime?
    let now: Instant

    /// Why rows of the other exports were rejected.
    private(set) var rejections: [Fault] = []
    private(set) var leftOut: [Fault] = []
    /// Why rows of the unit list were rejected, to which everything else refers.
    private(set) var rejectedUnits: [Fault] = []
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
    ///
    /// A unit whose row was rejected is there all the same: whoever refers to it makes no mistake.
    mutating func readUnits(of trust: RosterFile) -> Definitions<Unit> {
        let what = "a unit of the unit list"
        guard let table = open(.units) else { return Definitions(what) }
        let reader = UnitsExport(mapping: mapping, trust: trust)
        units = keep(table.extract(unit: reader.unitID, key: { $0.unit.id }, reader.row))
        swap(&rejectedUnits, &rejections)
        guard let units else { return Definitions(what) }
        let others = units.source.rejected.map(\.unit)
        var definitions = Definitions(
            what, units.rows.map(\.unit), isComplete: others.allSatisfy { $0 != nil }
        ) { $0.id }
        for unit in others.compactMap(\.self) { definitions.admit(unit) }
        return definitions
    }

    /// - Parameter cascade: how the trust releases gaps.
    mutating func read(_ trust: RosterFile, cascade: [CascadeStep]) {
        let codes = TrustCodes(mapping: mapping, trust: trust, cascade: cascade)
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

    private mutating func keep<Row>(_ read: ExportReading<Row>?) -> Extract<Row>? {
        rejections += read?.rejections ?? []
        leftOut += read?.leftOut ?? []
        return read?.extract
    }
}
