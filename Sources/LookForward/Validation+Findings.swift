import Extracts
import Roster

extension Validation {
    init(_ picture: Picture, confidence: (Unit.ID) -> Confidence, places: (Unit.ID) -> UnitLabel) {
        let units = (picture.scenario.units + picture.unitsGone).map(\.id)
        self.init(
            counts: picture.counts,
            failures: picture.findings.map { finding in
                Failure(
                    check: finding.check, severity: finding.severity,
                    places: finding.units.sorted().map(places),
                    sentence: finding.sentence, rows: finding.rows.count)
            },
            lowered: units.filter { confidence($0) == .lowered }.map(places),
            unknown: units.filter { confidence($0) == .none }.map(places))
    }
}
