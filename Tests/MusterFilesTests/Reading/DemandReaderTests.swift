import Foundation
import PlainText
import Roster
import Testing

@testable import MusterFiles

@Suite("Rows of demand.csv")
struct DemandReaderTests {
    static let mistakes = [
        Mistake(
            "no subject", in: "demand.csv",
            "daily,00:00,24:00,,rn,",
            becomes: "daily,00:00,24:00,,,",
            gives: """
                demand.csv:5: column 1 (day): "daily" comes without a rule or a stream; accepted: either a \
                rule, or a unit and a stream
                """),
        Mistake(
            "rule and stream", in: "demand.csv",
            "daily,00:00,24:00,,rn,",
            becomes: "daily,00:00,24:00,ED,rn,resus",
            gives: """
                demand.csv:5: column 1 (day): "daily" comes with rule and unit and stream; accepted: \
                either a rule, or a unit and a stream
                """),
        Mistake(
            "rule nobody defines", in: "demand.csv",
            "2026-11-06,20:00,22:00,,rn",
            becomes: "2026-11-06,20:00,22:00,,rm",
            gives: """
                demand.csv:7: column 5 (rule): "rm" is not a cover rule of this roster; accepted: \
                agency-cap, frailty, night, rn, senior. Did you mean "rn"?
                """),
        Mistake(
            "rule that asks for heads", in: "demand.csv",
            adding: "daily,08:00,09:00,,night,,3,,,",
            gives: """
                demand.csv:8: column 5 (rule): "night" is a cover rule that does not ask demand.csv; \
                accepted: a rule with demand: true in roster.yaml
                """),
        Mistake(
            "unknown stream", in: "demand.csv",
            adding: "daily,08:00,09:00,ED,,majors,3,,,",
            gives: """
                demand.csv:8: column 6 (stream): "majors" is not a stream whose minutes an arrivals rule \
                of ED states; accepted: minors, resus. Did you mean "minors"?
                """),
        Mistake(
            "unknown day", in: "demand.csv",
            "fri,18:00",
            becomes: "friday,18:00",
            gives: """
                demand.csv:6: column 1 (day): "friday" is not a day; accepted: a date of the period, mon, \
                tue, wed, thu, fri, sat, sun, weekday, weekend, daily
                """),
        Mistake(
            "date outside the period", in: "demand.csv",
            "2026-11-06,20:00",
            becomes: "2026-11-16,20:00",
            gives: """
                demand.csv:7: column 1 (day): "2026-11-16" lies outside the period; accepted: a date from \
                2026-11-02 to 2026-11-15
                """),
        Mistake(
            "closed unit", in: "demand.csv",
            adding: "2026-11-15,20:00,22:00,,rn,,6,,,",
            gives: """
                demand.csv:8: column 1 (day): "2026-11-15" is a day on which the unit ED is closed; \
                accepted: a day on which it is open
                """),
        Mistake(
            "negative value", in: "demand.csv",
            ",rn,,6,",
            becomes: ",rn,,-6,",
            gives: """
                demand.csv:7: column 7 (value): "-6" is out of range; accepted: a number from 0 to 10000
                """),
        Mistake(
            "quantiles that fall", in: "demand.csv",
            "5,4,5,7",
            becomes: "5,4,7,5",
            gives: """
                demand.csv:6: column 10 (q90): "5" is less than the quantile before it; accepted: at least \
                as much: quantiles never fall
                """),
        Mistake(
            "quantiles of arrivals", in: "demand.csv",
            "resus,24,,,",
            becomes: "resus,24,20,,",
            gives: """
                demand.csv:2: column 8 (q10): "20" is a quantile of arrivals; accepted: quantiles only in \
                rows on a rule
                """),
        Mistake(
            "25:00", in: "demand.csv",
            "fri,18:00,24:00",
            becomes: "fri,18:00,25:00",
            gives: """
                demand.csv:6: column 3 (to): "25:00" is not a time of day; accepted: a time from 00:00 to \
                24:00, such as 20:00
                """),
        Mistake(
            "stream that nobody asks for", in: "demand.csv",
            adding: "daily,08:00,09:00,SDEC,,majors,3,,,",
            gives: """
                demand.csv:8: column 6 (stream): "majors" is a stream, and no rule of SDEC asks for \
                arrivals; accepted: a rule instead
                """),
    ]

    @Test("Each mistake gives its one message", arguments: mistakes)
    func mistake(_ mistake: Mistake) throws { try mistake.check() }
}
