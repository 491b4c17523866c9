import Roster

/// The number under which the store keeps a record.
public struct RecordNumber<Record>: Hashable, Comparable, Sendable, Codable, CustomStringConvertible {
    public let value: Int64

    public init(_ value: Int64) { self.value = value }

    public var description: String { String(value) }
    public static func < (left: Self, right: Self) -> Bool { left.value < right.value }
}

/// What a run hands over to be kept.
public struct SolvedRota: Sendable {
    public let scenario: Scenario
    /// SHA-256 of each input file in hexadecimal, by file name.
    public let inputs: [String: String]
    /// Identifier and version of each rule pack in force.
    public let packs: [String: String]
    /// The version of Muster that made it.
    public let program: String
    public let run: Run
    public let rota: Rota
    public let gaps: [Gap]

    public init(
        scenario: Scenario, inputs: [String: String], packs: [String: String], program: String, run: Run,
        rota: Rota, gaps: [Gap]
    ) {
        self.scenario = scenario
        self.inputs = inputs
        self.packs = packs
        self.program = program
        self.run = run
        self.rota = rota
        self.gaps = gaps
    }
}

/// How far a rota has come. It only moves forward.
public enum RotaState: String, CaseIterable, Hashable, Sendable, Codable {
    case draft, published, superseded
}

/// One version of the rota of a scenario, and the run that made it.
public struct RotaVersion: Hashable, Sendable {
    public typealias ID = RecordNumber<RotaVersion>
    public let id: ID
    public let scenario: String
    public let units: Set<Unit.ID>
    public let period: Period
    /// 1, 2, 3 … among the rotas for these units and this period.
    public let version: Int
    public let state: RotaState
    public let saved: Instant
    public let published: Instant?
    public let superseded: Instant?
    public let run: Run
    /// See ``SolvedRota/inputs``, ``SolvedRota/packs`` and ``SolvedRota/program``.
    public let inputs: [String: String]
    public let packs: [String: String]
    public let program: String
}

/// A named person's word that a hard gap is known and carried.
public struct Acceptance: Hashable, Sendable {
    public let person: String
    public let reason: String

    public init(person: String, reason: String) {
        self.person = person
        self.reason = reason
    }
}

/// What of a gap is still missing, over one interval in which the number does not change.
public struct Shortfall: Hashable, Sendable {
    public let start: Instant
    public let end: Instant
    public let missing: Int
}

/// A gap of a rota and what became of it.
public struct GapRecord: Hashable, Sendable {
    public enum State: String, CaseIterable, Hashable, Sendable {
        case open
        /// A named person carries it; until it is booked it is a critical vacancy.
        case accepted
        /// Live bookings cover all of it.
        case booked
    }

    public let rota: RotaVersion.ID
    public let gap: Gap
    public let acceptance: Acceptance?
    /// Live bookings that cover some of it.
    public let bookings: [BookingRecord.ID]
    /// What is still missing, in order of time; empty once bookings cover all of it.
    public let remaining: [Shortfall]

    public var state: State {
        if remaining.isEmpty { return .booked }
        return acceptance == nil ? .open : .accepted
    }

    /// Hard, and not closed: the first thing that anybody must see, whoever accepted it.
    public var isCriticalVacancy: Bool { gap.severity == .hard && !remaining.isEmpty }
}

/// What is to be booked.
public struct BookingRequest: Hashable, Sendable {
    /// When somebody's own organisation has found them free, rested on both sides.
    public struct Window: Hashable, Sendable {
        public let from: Instant
        public let until: Instant

        public init(from: Instant, until: Instant) {
            self.from = from
            self.until = until
        }
    }

    public let gap: Gap.ID
    /// Who comes, by name here or by pseudonym from elsewhere, when, where and as what.
    public let duty: Duty
    /// Skills confirmed to be in date, for somebody who is not in the folder.
    public let skills: Set<Skill.ID>
    /// Where the person comes from: `bank`, `agency`, `mutual-aid`.
    public let origin: String
    /// Needed for somebody who is not in the folder, whose other duties only their own organisation knows.
    public let vouchedFor: Window?

    public init(
        gap: Gap.ID, duty: Duty, skills: Set<Skill.ID> = [], origin: String, vouchedFor: Window? = nil
    ) {
        self.gap = gap
        self.duty = duty
        self.skills = skills
        self.origin = origin
        self.vouchedFor = vouchedFor
    }

    func on(_ gap: Gap.ID) -> BookingRequest {
        BookingRequest(gap: gap, duty: duty, skills: skills, origin: origin, vouchedFor: vouchedFor)
    }
}

/// A confirmed booking.
public struct BookingRecord: Hashable, Sendable {
    public typealias ID = RecordNumber<BookingRecord>
    public let id: ID
    public let request: BookingRequest
    public let booked: Instant
    public let cancelled: Instant?

    public var isLive: Bool { cancelled == nil }
}

/// Who did what, when and why.
public struct AuditEntry: Hashable, Sendable {
    public enum Action: String, CaseIterable, Hashable, Sendable {
        case save, publish, supersede, accept, book, cancel, `import`, lend
    }

    /// 1, 2, 3 …
    public let number: Int64
    public let at: Instant
    public let who: String
    public let what: Action
    /// `rota 3`, `booking 7`, `gap senior@2026-11-03T22:00 of rota 3`.
    public let subject: String
    public let why: String
    /// What else is worth knowing, in one line.
    public let detail: String
    /// SHA-256, in hexadecimal, of this row and the hash of the one before.
    public let hash: String
}
