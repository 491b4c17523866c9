import Roster

/// Something about the data that a reader of the report must know. It names files, lines and units, never a person.
public struct Finding: Hashable, Sendable, Codable {
    /// The checks that the extracts go through before anything is reported.
    public enum Check: String, CaseIterable, Hashable, Sendable, Codable {
        /// There is no extract of a kind that a report cannot do without.
        case missingExtract = "missing-extract"
        /// There is no unit list, or no unit in it.
        case noUnits = "no-units"
        /// The data are older than the policy allows, or from the future.
        case staleExtract = "stale-extract"
        /// The newest import failed, and the data are those of the one before.
        case failedImport = "failed-import"
        /// Rows were rejected for a reason that no other check names.
        case rejectedRows = "rejected-rows"
        /// The same row twice.
        case duplicate
        /// A person on two duties at once.
        case overlap
        /// A duty without a start or an end.
        case missingTimes = "missing-times"
        /// A person on leave and on duty.
        case onLeaveAndOnDuty = "on-leave-and-on-duty"
        /// A unit that is closed and asks for people or has people on duty.
        case closedUnit = "closed-unit"
        case unknownGrade = "unknown-grade"
        case unknownSkill = "unknown-skill"
        /// The rota is not, or only partly, approved.
        case notApproved = "not-approved"
        /// What the template asks for does not fit the budgeted hours.
        case templateAgainstBudget = "template-against-budget"
        /// A request is called booked, and nobody is named who comes.
        case bookedByNobody = "booked-by-nobody"
        /// Another organisation counts on somebody from here, and nobody is named who goes.
        case lentByNobody = "lent-by-nobody"
        /// A booking is called off, and the rota still shows its duty.
        case calledOff = "called-off"
        /// Stated hours do not fit start, end and break.
        case hours = "hours"
        /// A unit of the list that no duty and no requirement names.
        case notIncluded = "not-included"
        /// People are on duty in a unit, and nothing says how many it needs.
        case noRequirement = "no-requirement"
        /// The template asked for a role before and does not any more, or people are on duty in a role that nothing asks
        /// for.
        case roleNotAsked = "role-not-asked"
        /// A unit asks for people, and no extract has a duty there, or none from some day on.
        case noDuties = "no-duties"
        /// A unit whose rotas Muster publishes has none for some of the days, or the exports hold no duty of any unit.
        case noRota = "no-rota"
        /// Rows tell of units that are not in the unit list.
        case unknownUnit = "unknown-unit"
        /// An extract holds far less than the one before, or units have gone from the list.
        case shrunk
        /// Duties that Muster published and duties that were imported tell of the same unit and days.
        case twoSources = "two-sources"
    }

    public enum Severity: String, CaseIterable, Hashable, Sendable, Codable, Comparable {
        /// Worth knowing; no doubt about the figures.
        case note
        /// Lowers the confidence in the units it touches.
        case warning
        /// No valid report can be made.
        case fatal

        public static func < (left: Self, right: Self) -> Bool { left.rank < right.rank }

        private var rank: Int {
            switch self {
            case .note: 0
            case .warning: 1
            case .fatal: 2
            }
        }
    }

    /// A row of an export.
    public struct RowReference: Hashable, Sendable, Codable, Comparable {
        public let file: String
        /// From 1.
        public let line: Int

        public init(file: String, line: Int) {
            self.file = file
            self.line = line
        }

        public static func < (left: Self, right: Self) -> Bool {
            (left.file, left.line) < (right.file, right.line)
        }
    }

    public let check: Check
    public let severity: Severity
    /// Units in whose figures it makes confidence lower; empty if it touches none or all.
    public let units: Set<Unit.ID>
    /// One plain sentence for people who read the report.
    public let sentence: String
    /// The first rows that it was found in.
    public let rows: [RowReference]

    public init(
        check: Check, severity: Severity, units: Set<Unit.ID> = [], sentence: String,
        rows: [RowReference] = []
    ) {
        self.check = check
        self.severity = severity
        self.units = units
        self.sentence = sentence
        self.rows = rows
    }
}

extension Finding: Comparable {
    /// The worst first, then by check and sentence.
    public static func < (left: Finding, right: Finding) -> Bool {
        if left.severity != right.severity { return left.severity > right.severity }
        return (left.check.rawValue, left.sentence, left.rows.first?.line ?? 0)
            < (right.check.rawValue, right.sentence, right.rows.first?.line ?? 0)
    }
}
