import Foundation
import MusterFiles
import Roster

/// A period that has passed, on one screen.
struct ReviewPeriodText {
    let name: String
    let review: StaffingReview
    let style: Style

    var text: String {
        let period = review.period
        return
            ([style.bold("\(name): review of \(period.first.brief) to \(period.last.spoken)"), ""]
            + style.section("Forecast against what came, a day", forecasts, none: "no counts")
            + style.section("People against what came", staffing, none: "no rota to judge")
            + style.section("Look at these levels again", advice, none: "none stands out")
            + style.section("Not judged", review.notJudged.map { "  \($0)" }, none: "nothing"))
            .joined(separator: "\n")
    }

    private var forecasts: [String] {
        let width = review.forecasts.map { $0.series.description.count }.max() ?? 0
        return review.forecasts.map { row in
            let name = row.series.description.padding(toLength: width, withPad: " ", startingAt: 0)
            return
                "  \(name)  expected \(decimal(tenths(row.forecast))), came \(decimal(tenths(row.actual))) "
                + "(\(miss(row.biasPercent))); \(decimal(tenths(row.inside * 100))) % of "
                + "\(counted(row.days, "day")) inside the 80 % band  \(sparkline(row.actuals))"
        }
    }

    private func miss(_ percent: Double) -> String {
        let size = decimal(tenths(abs(percent)))
        return percent < 0 ? "\(size) % too few expected" : "\(size) % too many expected"
    }

    private var staffing: [String] {
        review.staffing.map { row in
            "  \(row.rule.id): short in \(row.underHours) of \(counted(row.hours, "hour")) "
                + "(\(decimal(tenths(row.under))) person-hours), people to spare in \(row.overHours) "
                + "(\(decimal(tenths(row.over))) person-hours)"
        }
    }

    private var advice: [String] {
        review.staffing.flatMap { row in
            let more = row.advice.count - Self.mostAdvice
            return row.advice.prefix(Self.mostAdvice).map { advice in
                let heads = decimal(tenths(abs(advice.missing)))
                let what = advice.missing > 0 ? "\(heads) too few" : "\(heads) to spare"
                let clock = ClockTime(minute: advice.hour * 60)
                return "  \(row.rule.id), \(advice.weekday.short) \(clock): \(what), "
                    + "\(advice.times) of \(advice.of) times"
            }
                + (more > 0
                    ? ["  \(row.rule.id): and \(counted(more, "more hour")) of the week (--json has all)"]
                    : [])
        }
    }

    /// Of each rule, the worst first.
    private static let mostAdvice = 6

    private func tenths(_ number: Double) -> Double { (number * 10).rounded() / 10 }
}
