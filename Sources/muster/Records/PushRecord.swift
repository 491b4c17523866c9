import MusterLink
import MusterStore
import Roster
import SystemPool

/// What `muster push --json` prints.
struct PushRecord: Encodable {
    let sent: [QueueEntry]
    let waiting: [QueueEntry]
    /// Calls that are new here or have gone a step further.
    let pulled: [AidRequest]
    /// Every call that is known and not over.
    let open: [AidRequest]
    /// Calls that are confirmed and under which nobody is named who goes from here.
    let lackPerson: [AidRequest.ID]
    /// Calls of this organisation that are confirmed and under which nobody is booked here.
    let lackVisitor: [AidRequest.ID]
    /// Bookings here of people who were to come and do not: their gaps are open again.
    let cancelled: [BookingEntry]
    /// Why no new push could be made.
    let fault: String?
    /// Why calls could not be pulled down.
    let error: String?

    init(
        sent: [SentPush], waiting: [QueuedPush], pulled: [AidRequest], calls: [AidRequest],
        lackPerson: [AidRequest], lackVisitor: [AidRequest], cancelled: [BookingRecord], fault: String?,
        error: LinkError?
    ) {
        self.sent = sent.map { QueueEntry($0.push, warnings: $0.warnings) }
        self.waiting = waiting.map { QueueEntry($0) }
        self.pulled = pulled
        open = calls.filter { !$0.state.isOver }
        self.lackPerson = lackPerson.map(\.id)
        self.lackVisitor = lackVisitor.map(\.id)
        self.fault = fault
        self.cancelled = cancelled.map { BookingEntry($0) }
        self.error = error.map { "\($0)" }
    }
}

/// A push, and what became of it.
struct QueueEntry: Encodable {
    let organisation: Organisation.ID
    let extractedAt: Instant
    let state: String
    let attempts: Int
    let answer: String
    let hash: String
    let dataSharing: String?
    /// What the system says is to be put right, a sentence each; empty unless it was sent now.
    let warnings: [String]

    init(_ push: QueuedPush, warnings: [String] = []) {
        organisation = push.organisation
        extractedAt = push.extractedAt
        state = push.state.rawValue
        attempts = push.attempts
        answer = push.answer
        hash = push.hash
        dataSharing = push.dataSharing
        self.warnings = warnings
    }
}

/// What `muster aid list --json` prints.
struct AidListRecord: Encodable {
    let calls: [AidRequest]
    let loans: [Loan]
    /// Calls that are confirmed and under which nobody is named who goes from here.
    let lackPerson: [AidRequest.ID]
    /// Calls of this organisation that are confirmed and under which nobody is booked here.
    let lackVisitor: [AidRequest.ID]

    /// Within the organisation: it says who goes.
    struct Loan: Encodable {
        let call: AidRequest.ID
        let person: Person.ID
        let receiver: Organisation.ID
        let start: Instant
        let end: Instant
        let recorded: Instant
        let told: Instant?
        let cancelled: Instant?
    }

    init(
        calls: [AidRequest], loans: [LoanRecord], lackPerson: [AidRequest], lackVisitor: [AidRequest]
    ) {
        self.calls = calls
        self.lackPerson = lackPerson.map(\.id)
        self.lackVisitor = lackVisitor.map(\.id)
        self.loans = loans.map {
            Loan(
                call: $0.call, person: $0.person, receiver: $0.receiver, start: $0.start, end: $0.end,
                recorded: $0.recordedAt, told: $0.toldAt, cancelled: $0.cancelledAt)
        }
    }
}

/// What `muster aid confirm --json` prints.
struct LoanEntry: Encodable {
    let call: AidRequest
    let person: Person.ID
    /// What the mail server said; nil if nobody was told.
    let told: String?
}
