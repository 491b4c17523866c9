import Roster
import RosterCheck

/// What `muster check --json` prints.
struct CheckRecord: Encodable {
    let roster: String
    let from: Day
    let to: Day
    /// `lawful` or `breaches`.
    let verdict: String
    let breaches: [Breach]
    let warnings: [Breach]
    let gaps: [GapEntry]
    let hardGaps: Int
    let softGaps: Int
    let hardGapMinutes: Int
    let belowMinimumMinutes: Int
    let breakExposures: [BreakExposure]
    let quality: Quality

    init(_ scenario: Scenario, _ report: CheckReport) {
        roster = scenario.name
        from = scenario.period.first
        to = scenario.period.last
        verdict = report.isLawful ? "lawful" : "breaches"
        breaches = report.breaches
        warnings = report.warnings
        gaps = report.gaps.map(GapEntry.init)
        hardGaps = report.hardGaps.count
        softGaps = report.gaps.count - report.hardGaps.count
        hardGapMinutes = report.level1
        belowMinimumMinutes = report.level2
        breakExposures = report.breakExposures
        quality = report.quality
    }
}

/// A gap with the columns of `gaps.csv`.
struct GapEntry: Encodable {
    let id: Gap.ID
    let severity: String
    let rule: CoverRule.ID
    let unit: Unit.ID
    let start: Instant
    let end: Instant
    let required: Int
    let planned: Int
    let missing: Int
    let hours: Double
    let measure: String

    init(_ gap: Gap) {
        id = gap.id
        severity = gap.severity.name
        rule = gap.rule
        unit = gap.unit
        start = gap.start
        end = gap.end
        required = gap.required
        planned = gap.planned
        missing = gap.missing
        hours = gap.missingHours
        measure = gap.measure.rawValue
    }
}
