import Roster

/// What `muster new FOLDER --template NAME` can start from: a small roster, made by the generator, that explains
/// itself and can be solved as it is.
public enum RosterTemplate: String, CaseIterable, Sendable {
    case ward
    case emergencyDepartment = "emergency-department"
    case virtualWard = "virtual-ward"

    /// What is in it, in one line for a help text.
    public var summary: String {
        switch self {
        case .ward: "a ward of 24 nurses and support workers, day and night"
        case .emergencyDepartment: "an emergency department of 36: senior doctors, nursing, frailty team"
        case .virtualWard: "a virtual ward of 14, 08:00 to 20:00 every day"
        }
    }

    /// The contents of each file by its name, for four weeks from a Monday.
    ///
    /// - Precondition: `first` is a Monday.
    public func files(first: Day = SampleRoster.defaultFirst) -> [String: String] {
        precondition(first.weekday == .monday, "a roster starts on a Monday")
        let unit =
            switch self {
            case .ward: SampleUnit(id: "ELM", name: "Elm ward", kind: .ward, people: 24)
            case .emergencyDepartment:
                SampleUnit(id: "ED", name: "Emergency department", kind: .emergencyDepartment, people: 36)
            case .virtualWard: SampleUnit(id: "VW", name: "Virtual ward", kind: .virtualWard, people: 14)
            }
        return SampleRoster.files(
            name: "\(unit.name) (invented people and organisation)", units: [unit],
            period: Period(first: first, days: 28), seed: 1)
    }
}
