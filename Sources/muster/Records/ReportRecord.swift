import LookForward
import MusterMail
import MusterStore
import Roster

/// The report as `--json` prints it: what a script asks first, then all of it.
struct ReportRecord: Encodable {
    let status: String
    /// Why there is no valid report.
    let reasons: [String]
    let subject: String
    let statement: String
    let organisation: String
    let date: Day
    let days: [Day]
    let gaps: Int
    let hardGaps: Int
    let redFlags: Int
    let shiftsShort: Int
    let hoursShort: Double
    let unknownUnits: Int
    let report: ShortageReport
    /// Written by `--dry-run`.
    let files: [String]?
    /// Kept and sent by `--send`: those of this issue, and how many of all were accepted now.
    let messages: [OutboxRecord]?
    let sent: Int?
    /// Of earlier issues, given up by `--send`.
    let expired: [OutboxRecord]?
    /// Recipients for whom no message could be made, and why.
    let unusable: [String]?

    init(_ report: ShortageReport, files: [String] = [], unusable: [UnusableRecipient] = []) {
        self.init(
            report, files: files.isEmpty ? nil : files, messages: nil, sent: nil, expired: nil,
            unusable: unusable)
    }

    init(
        _ report: ShortageReport, messages: [OutboxMessage], sent: Int, expired: [OutboxMessage],
        unusable: [UnusableRecipient]
    ) {
        self.init(
            report, files: nil, messages: messages.map(OutboxRecord.init), sent: sent,
            expired: expired.map(OutboxRecord.init), unusable: unusable)
    }

    private init(
        _ report: ShortageReport, files: [String]?, messages: [OutboxRecord]?, sent: Int?,
        expired: [OutboxRecord]?, unusable: [UnusableRecipient]
    ) {
        self.unusable = unusable.isEmpty ? nil : unusable.map(\.description)
        self.report = report
        self.files = files
        self.messages = messages
        self.sent = sent
        self.expired = expired
        if case .noValidReport(let reasons) = report.status {
            self.reasons = reasons
        } else {
            reasons = []
        }
        status = report.isValid ? "report" : "no valid report"
        subject = report.subject
        statement = report.statement
        organisation = report.organisation.id.text
        date = report.issued
        days = report.days
        gaps = report.gaps.count
        hardGaps = report.hardGaps.count
        redFlags = report.redFlags.count
        shiftsShort = report.shiftsShort
        hoursShort = report.headlines.reduce(Shortage()) { $0 + $1.total }.hours
        unknownUnits = report.unknownUnits
    }
}
