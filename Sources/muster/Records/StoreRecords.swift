import MusterStore
import Roster

/// A rota of the store.
struct RotaEntry: Encodable {
    let rota: Int64
    let version: Int
    let state: String
    let roster: String
    let from: Day
    let to: Day
    let status: String
    let saved: Instant
    let published: Instant?
    let superseded: Instant?
    /// Gaps that no booking closes; left out where they were not asked for.
    let open: [OpenGapEntry]?

    init(_ version: RotaVersion, open: [GapRecord]? = nil) {
        rota = version.id.value
        self.version = version.version
        state = version.state.rawValue
        roster = version.scenario
        from = version.period.first
        to = version.period.last
        status = version.run.status.name
        saved = version.saved
        published = version.published
        superseded = version.superseded
        self.open = open?.map(OpenGapEntry.init)
    }
}

/// A gap of a published rota that bookings have not closed.
struct OpenGapEntry: Encodable {
    let gap: GapEntry
    let state: String
    let isCriticalVacancy: Bool
    let acceptedBy: String?
    let acceptedBecause: String?
    let remaining: [Stretch]

    struct Stretch: Encodable {
        let start: Instant
        let end: Instant
        let missing: Int
    }

    init(_ record: GapRecord) {
        gap = GapEntry(record.gap)
        state = record.state.rawValue
        isCriticalVacancy = record.isCriticalVacancy
        acceptedBy = record.acceptance?.person
        acceptedBecause = record.acceptance?.reason
        remaining = record.remaining.map { Stretch(start: $0.start, end: $0.end, missing: $0.missing) }
    }
}

/// A booking, and what is left of its gap.
struct BookingEntry: Encodable {
    let booking: Int64
    let gap: Gap.ID
    let person: Person.ID
    let unit: Unit.ID
    let shift: ShiftType.ID
    let role: Role.ID
    let start: Instant
    let end: Instant
    let origin: String
    let booked: Instant
    let cancelled: Instant?
    /// Left out if nothing is open, or if it was not asked for.
    let open: OpenGapEntry?

    init(_ record: BookingRecord, gap: GapRecord? = nil) {
        let duty = record.request.duty
        booking = record.id.value
        self.gap = record.request.gap
        person = duty.person
        unit = duty.unit
        shift = duty.shift
        role = duty.role
        start = duty.start
        end = duty.end
        origin = record.request.origin
        booked = record.booked
        cancelled = record.cancelled
        open = gap.map(OpenGapEntry.init)
    }
}

/// What `muster history --json` prints.
struct HistoryRecord: Encodable {
    let rotas: [RotaEntry]
    let open: [OpenGapEntry]
    let bookings: [BookingEntry]
    let audit: [Entry]
    let auditHash: String

    struct Entry: Encodable {
        let number: Int64
        let at: Instant
        let who: String
        let what: String
        let subject: String
        let why: String
        let detail: String
        let hash: String
    }

    init(_ contents: StoreContents) {
        rotas = contents.versions.map { RotaEntry($0) }
        open = contents.open.map(OpenGapEntry.init)
        bookings = contents.bookings.map { BookingEntry($0) }
        audit = contents.audit.map { entry in
            Entry(
                number: entry.number, at: entry.at, who: entry.who, what: entry.what.rawValue,
                subject: entry.subject, why: entry.why, detail: entry.detail, hash: entry.hash)
        }
        auditHash = contents.hash
    }
}
