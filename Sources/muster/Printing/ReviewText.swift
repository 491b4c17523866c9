import LookForward
import MusterFiles
import Roster

/// How good the reports have been, in words for a terminal.
enum ReviewText {
    static func text(_ review: Review, style: Style) -> String {
        guard let first = review.first, let last = review.last else {
            return
                "No issue before this day has named a gap whose day has passed: there is nothing to judge yet."
        }
        let lines = [
            style.bold("Gaps named for \(first.spoken) to \(last.spoken): \(review.named)"),
            "False, nothing was short: \(review.falseGaps)\(percent(review.falsePercent))",
            "How it ended is not known: \(review.unknown)", "Short, but never named: \(review.missed)",
            "Truly short of the hours named: \(hours(review))",
            "Acted upon before an issue named them: \(review.actedBefore)",
            "From the issue to the first action, half of the others: \(action(review))",
            "Nobody is known to have acted: \(review.withoutAction)",
        ]
        let filled = review.filledBy.sorted { $0.key < $1.key }.map { "  \($0.key): \($0.value)" }
        return
            (lines + style.section("Filled, by notice", review.fills.map(fill), none: "none")
            + style.section("Filled by", filled, none: "not known")).joined(separator: "\n")
    }

    private static func fill(_ fill: Review.Fill) -> String {
        let real = fill.filled + fill.partly + fill.unfilled
        return "  \(name(fill.lead)): \(fill.filled) of \(real) filled\(percent(fill.percent)), "
            + "\(fill.partly) in part; of the hours\(percent(fill.percentOfMinutes, "nothing known"))"
    }

    private static func hours(_ review: Review) -> String {
        let named = review.fills.reduce(0) { $0 + $1.minutesNamed } + review.minutesFalse
        let left = review.fills.reduce(0) { $0 + $1.minutesNamed - $1.minutesFilled }
        return "\(tenths(left)) h of \(tenths(named)) h"
    }

    private static func tenths(_ minutes: Int) -> String { decimal((Double(minutes) / 6).rounded() / 10) }

    private static func name(_ lead: Review.Lead) -> String {
        switch lead {
        case .atOnce: "under 4 hours"
        case .sameDay: "4 to 24 hours"
        case .nextDay: "24 to 48 hours"
        case .earlier: "48 hours or more"
        }
    }

    private static func action(_ review: Review) -> String {
        guard let minutes = review.medianMinutesToAction else { return "not known" }
        return "within \(tenths(minutes)) hours"
    }

    private static func percent(_ percent: Int?, _ none: String = "") -> String {
        percent.map { " \($0)%" } ?? (none.isEmpty ? "" : " \(none)")
    }
}
