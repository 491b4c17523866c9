import MusterFiles
import MusterStore
import Roster
import SystemPool

/// Pushes and calls in words for a terminal.
enum PushText {
    static func text(_ record: PushRecord, style: Style) -> String {
        let sent = record.sent.flatMap { entry in
            let state = entry.state == "taken" ? style.good(entry.state) : style.bad(entry.state)
            return ["\(entry.organisation) \(entry.extractedAt): \(state), \(entry.answer)"]
                + entry.warnings.map { "  \(style.bad("To put right")): \($0)" }
        }
        let waiting =
            record.waiting.isEmpty
            ? []
            : [
                style.bad("\(counted(record.waiting.count, "push", "pushes")) waiting")
                    + ": `muster push --waiting` tries again."
            ]
        let calls = record.open.map { call($0, isNew: record.pulled.contains($0), style: style) }
        return
            ((record.fault.map { [style.bad("No new push"), $0] } ?? [])
            + (sent.isEmpty ? ["Nothing had to be sent."] : sent) + waiting
            + (record.error.map { [style.bad($0)] } ?? [])
            + record.cancelled.map { booking in
                style.bad("\(booking.person) does not come")
                    + ": booking \(booking.booking) is cancelled and \(booking.gap) is open again. Send that with `muster push`."
            }
            + lacking(record.lackPerson, style) + notBooked(record.lackVisitor, style)
            + style.section("Calls for aid", calls, none: "none is open")).joined(separator: "\n")
    }

    static func calls(_ record: AidListRecord, style: Style) -> String {
        let loans = record.loans.map { loan in
            let state =
                loan.cancelled.map { "cancelled \(moment($0))" }
                ?? loan.told.map { "told \(moment($0))" } ?? "not told yet"
            return
                "  \(loan.call)  \(loan.person) to \(loan.receiver), \(span(loan.start, loan.end)): \(state)"
        }
        return
            (lacking(record.lackPerson, style) + notBooked(record.lackVisitor, style)
            + style.section(
                "Calls for aid", record.calls.map { call($0, isNew: false, style: style) }, none: "none")
            + style.section("Who goes", loans, none: "nobody")).joined(separator: "\n")
    }

    private static func lacking(_ calls: [AidRequest.ID], _ style: Style) -> [String] {
        calls.map { call in
            style.bad("\(call) is confirmed, and nobody is named who goes")
                + ": `muster aid confirm \(call)`, with --person and --agreed if nobody in particular was offered."
        }
    }

    private static func notBooked(_ calls: [AidRequest.ID], _ style: Style) -> [String] {
        calls.map { call in
            style.bad("\(call) is confirmed, and nobody is booked here: the gap is open in your rota")
                + ", closed in the system. `muster aid receive \(call)` books who comes; if nobody does, withdraw the "
                + "call on the page Mutual aid."
        }
    }

    private static func call(_ call: AidRequest, isNew: Bool, style: Style) -> String {
        let lender = call.loan.map { ", \($0.lender) lends" } ?? ""
        return
            "  \(style.bold(call.id.text))  \(call.asking) asks for a \(call.need.staffGroup.words) in "
            + "\(call.need.unit), \(span(call.need.start, call.need.end))\(lender): \(call.state.words)"
            + (isNew ? " (new)" : "")
    }
}
