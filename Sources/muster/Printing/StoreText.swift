import MusterFiles
import MusterStore
import Roster

/// What the store holds, in words for a terminal.
enum StoreText {
    static func history(_ contents: StoreContents, style: Style) -> String {
        let critical = contents.open.filter(\.isCriticalVacancy)
        let parts = [
            critical.isEmpty
                ? [style.good("No critical vacancy.")]
                : [style.bad("Critical vacancies")] + critical.map { "  \(vacancy($0))" },
            [style.bold("Rotas")] + contents.versions.map { "  \(version($0))" },
            ["Soft gaps of published rotas that are open: \(contents.open.count - critical.count)"],
            [style.bold("Bookings")] + contents.bookings.map { "  \(booking($0))" },
            [style.bold("Audit (unchanged; last hash \(contents.hash.prefix(16)))")]
                + contents.audit.map { "  \(entry($0))" },
        ]
        return parts.flatMap(\.self).joined(separator: "\n")
    }

    /// `senior@2026-11-12T20:30: Thu 12 Nov 20:30 to Fri 13 Nov 08:00, 1 missing (accepted by R. Cole: …)`.
    static func vacancy(_ record: GapRecord) -> String {
        let missing = record.remaining.map { left in
            let amount =
                record.gap.measure == .heads
                ? "\(left.missing) missing" : "\(decimal(Double(left.missing) / 60)) h missing"
            return "\(span(left.start, left.end)), \(amount)"
        }
        let word = record.acceptance.map { " (accepted by \($0.person): \($0.reason))" } ?? ""
        return "\(record.gap.id): \(missing.joined(separator: "; "))\(word)"
    }

    /// `Booking 7: n-017 (bank) on nurses@2026-11-14T19:30, Sat 14 Nov 19:30 to Sun 15 Nov 08:00`.
    static func booking(_ record: BookingRecord) -> String {
        let duty = record.request.duty
        return "Booking \(record.id): \(duty.person) (\(record.request.origin)) on \(record.request.gap), "
            + "\(span(duty.start, duty.end))\(record.isLive ? "" : ", cancelled")"
    }

    private static func version(_ version: RotaVersion) -> String {
        "Rota \(version.id): version \(version.version), \(version.state.rawValue), \(version.scenario), "
            + "\(version.period.first) to \(version.period.last), \(version.run.status.name)"
    }

    private static func entry(_ entry: AuditEntry) -> String {
        "\(entry.at) \(entry.who): \(entry.what.rawValue) \(entry.subject)"
            + (entry.why.isEmpty ? "" : ", because: \(entry.why)")
    }
}
