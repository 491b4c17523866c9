import MusterFiles
import Roster

/// What `muster review --json` prints.
struct ReviewEntry: Encodable {
    let from: Day
    let to: Day
    let forecasts: [Forecast]
    let staffing: [Staffing]
    let notJudged: [String]

    struct Forecast: Encodable {
        let series: String
        let days: Int
        let forecast: Double
        let actual: Double
        let biasPercent: Double
        let inside80: Double
    }

    struct Staffing: Encodable {
        let rule: String
        let hours: Int
        let underHours: Int
        let overHours: Int
        let underPersonHours: Double
        let overPersonHours: Double
        let lookAgain: [Advice]
    }

    struct Advice: Encodable {
        let weekday: String
        let hour: Int
        let times: Int
        let of: Int
        let missing: Double
    }

    init(_ review: StaffingReview) {
        from = review.period.first
        to = review.period.last
        forecasts = review.forecasts.map {
            Forecast(
                series: $0.series.description, days: $0.days, forecast: $0.forecast, actual: $0.actual,
                biasPercent: $0.biasPercent, inside80: $0.inside)
        }
        staffing = review.staffing.map { row in
            Staffing(
                rule: row.rule.id.text, hours: row.hours, underHours: row.underHours,
                overHours: row.overHours,
                underPersonHours: row.under, overPersonHours: row.over,
                lookAgain: row.advice.map {
                    Advice(
                        weekday: $0.weekday.short, hour: $0.hour, times: $0.times, of: $0.of,
                        missing: $0.missing)
                })
        }
        notJudged = review.notJudged
    }
}
