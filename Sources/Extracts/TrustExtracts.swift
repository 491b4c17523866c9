import Roster
import RulePack

/// The latest extract of each kind that one trust's systems gave, read and mapped: what a picture is made from.
public struct TrustExtracts: Sendable {
    public internal(set) var definitions: TrustDefinitions
    public var policy: ReportPolicy
    public var units: Extract<UnitRow>?
    public var people: Extract<PersonRow>?
    public var skills: Extract<SkillRow>?
    public var duties: Extract<DutyRow>?
    public var leave: Extract<LeaveRow>?
    public var bookings: Extract<BookingRow>?
    public var requirements: Extract<RequirementRow>?
    /// What the extracts before these held.
    public var before = EarlierExtracts()
    /// The newest import, if it failed; these extracts are then those of an earlier one.
    public var failedImport: FailedImport?

    public init(
        definitions: TrustDefinitions, policy: ReportPolicy = ReportPolicy(), units: Extract<UnitRow>? = nil,
        people: Extract<PersonRow>? = nil, skills: Extract<SkillRow>? = nil,
        duties: Extract<DutyRow>? = nil, leave: Extract<LeaveRow>? = nil,
        bookings: Extract<BookingRow>? = nil, requirements: Extract<RequirementRow>? = nil
    ) {
        self.definitions = definitions
        self.policy = policy
        self.units = units
        self.people = people
        self.skills = skills
        self.duties = duties
        self.leave = leave
        self.bookings = bookings
        self.requirements = requirements
    }

    /// Where each extract came from and what was rejected, by kind.
    public var sources: [ExtractSource] {
        [
            units?.source, people?.source, skills?.source, duties?.source, leave?.source, bookings?.source,
            requirements?.source,
        ].compactMap { $0 }
    }
}

/// What the fullest extracts of the days before held: an export that broke off holds less.
public struct EarlierExtracts: Hashable, Sendable {
    /// Rows that were accepted, of kinds that have an earlier extract.
    public var accepted: [ExtractKind: Int]
    /// The unit list; nil if there is none.
    public var units: [Unit]?
    /// The template; nil if there is none.
    public var requirements: [RequirementRow]?

    public init(
        accepted: [ExtractKind: Int] = [:], units: [Unit]? = nil, requirements: [RequirementRow]? = nil
    ) {
        self.accepted = accepted
        self.units = units
        self.requirements = requirements
    }
}

/// What the exports take for granted: `trust.yaml`, in the words of a roster.
public struct TrustDefinitions: Hashable, Sendable, Codable {
    public let name: String
    /// The first is the trust itself.
    public let organisations: [Organisation]
    public let sites: [Site]
    public let grades: [Grade]
    public let skills: [Skill]
    public let roles: [Role]
    public let contracts: [Contract]
    public let shiftTypes: [ShiftType]
    /// Rules that no export holds, such as hard cover.
    public let coverRules: [CoverRule]
    public let rules: RuleBook

    public init(
        name: String, organisations: [Organisation], sites: [Site], grades: [Grade], skills: [Skill],
        roles: [Role], contracts: [Contract], shiftTypes: [ShiftType], coverRules: [CoverRule],
        rules: RuleBook
    ) {
        self.name = name
        self.organisations = organisations
        self.sites = sites
        self.grades = grades
        self.skills = skills
        self.roles = roles
        self.contracts = contracts
        self.shiftTypes = shiftTypes
        self.coverRules = coverRules
        self.rules = rules
    }
}

/// One export of one kind, as it was read.
public struct Extract<Row: Sendable>: Sendable {
    public let source: ExtractSource
    public let rows: [Row]

    public init(source: ExtractSource, rows: [Row]) {
        self.source = source
        self.rows = rows
    }
}

/// Where an extract came from, and what could not be taken over.
public struct ExtractSource: Hashable, Sendable {
    public let kind: ExtractKind
    public let file: String
    /// Of the file's bytes, in hexadecimal.
    public let sha256: String
    public let extractedAt: Instant
    /// The time is that at which the file was written, which a copy of old bytes renews: then the same bytes are no
    /// newer for it.
    public let isTimeOfFile: Bool
    /// Rows below the header.
    public let read: Int
    public let rejected: [RejectedRow]

    public init(
        kind: ExtractKind, file: String, sha256: String, extractedAt: Instant, isTimeOfFile: Bool = false,
        read: Int, rejected: [RejectedRow]
    ) {
        self.kind = kind
        self.file = file
        self.sha256 = sha256
        self.extractedAt = extractedAt
        self.isTimeOfFile = isTimeOfFile
        self.read = read
        self.rejected = rejected
    }

    /// Nil for a row that no file holds.
    func reference(_ line: Int) -> Finding.RowReference? {
        line > 0 ? Finding.RowReference(file: file, line: line) : nil
    }

    public var count: ExtractCount {
        ExtractCount(
            kind: kind, file: file, extractedAt: extractedAt, read: read, accepted: read - rejected.count,
            rejected: rejected.count,
            reasons: rejected.reduce(into: [:]) { $0[$1.reason, default: 0] += 1 })
    }
}

/// A row that could not be taken over. It keeps no value: that may name a person.
public struct RejectedRow: Hashable, Sendable, Codable {
    public let line: Int
    /// Which check it fails.
    public let check: Finding.Check
    /// The unit that it tells of, if that can be read.
    public let unit: Unit.ID?
    /// The field and what is wrong with it: `start is empty`.
    public let reason: String

    public init(line: Int, check: Finding.Check, unit: Unit.ID?, reason: String) {
        self.line = line
        self.check = check
        self.unit = unit
        self.reason = reason
    }
}
