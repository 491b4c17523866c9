import DemandForecast
import Roster

/// What the expected arrivals ask of senior decision makers, by the minutes that `roster.yaml` states. `muster solve`
/// reckons it anew from `demand.csv`; here it is to be seen beforehand.
package struct SeniorNeed: Sendable {
    package let rule: CoverRule.ID
    /// What is done, in one line.
    package let arithmetic: String
    /// The hour of the most, in whole heads, and the work then in heads.
    package let peak: (day: Day, clock: ClockTime, heads: Int, work: Double)

    /// One for each rule of the folder that reckons from arrivals and asks for anybody.
    static func all(_ output: ForecastOutput) -> [SeniorNeed] {
        output.folder.coverRules.compactMap { rule in
            guard case .arrivals(let formula) = rule.requirement else { return nil }
            return SeniorNeed(rule, formula, output)
        }
    }

    private init?(_ rule: CoverRule, _ formula: SeniorFormula, _ output: ForecastOutput) {
        let asked = output.folder.asked(rule.id)
        let hours = (0..<output.period.dayCount * 24).filter { asked[$0] }
        let parts = output.forecast.series.filter { $0.id.unit == rule.unit }.map { series in
            let streams = formula.minutesByStream.filter { series.id.answers(to: $0.key) }
            return (series: series, minutes: streams.values.reduce(0, +))
        }
        func work(_ hour: Int) -> Double {
            parts.reduce(0) { $0 + $1.series.hourMeans[hour] * $1.minutes } / 60 / formula.productiveShare
        }
        guard let most = hours.max(by: { work($0) < work($1) }) else { return nil }
        self.rule = rule.id
        let terms = formula.minutesByStream.sorted { $0.key < $1.key }.map {
            "\($0.key) × \(decimal($0.value)) min"
        }
        arithmetic =
            "(\(terms.joined(separator: " + "))) ÷ 60 ÷ \(decimal(formula.productiveShare)) productive, expected arrivals, "
            + "in whole heads, at least \(formula.floor)"
        peak = (
            output.period.first.advanced(by: most / 24), ClockTime(minute: most % 24 * 60),
            max(formula.floor, Int((work(most) - 1e-9).rounded(.up))), work(most)
        )
    }

    /// `most on Mon 2 Nov at 10:00: 1 (0.4 of work)`.
    package var sentence: String {
        "most on \(peak.day.brief) at \(peak.clock): \(peak.heads) (\(decimal((peak.work * 100).rounded() / 100)) of work)"
    }
}
