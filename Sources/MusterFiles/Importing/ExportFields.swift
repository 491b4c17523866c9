import Extracts

/// What can be read of an export of each kind: the names by which `mapping.yaml` maps columns.
struct ExportFields {
    let required: [String]
    let optional: [String]

    var all: [String] { required + optional }

    /// Whether no message repeats what a cell holds: a class or a reason may be a diagnosis, and where a role is meant
    /// to stand there may be a name.
    static func isUnquoted(_ field: String, of kind: ExtractKind) -> Bool {
        switch kind {
        case .leave: field == "class"
        case .bookings: field == "reason" || field == "released-by"
        case .units, .people, .skills, .duties, .requirements: false
        }
    }

    static subscript(_ kind: ExtractKind) -> ExportFields {
        switch kind {
        case .units:
            ExportFields(
                required: ["id", "name", "site"],
                optional: [
                    "closed-from", "closed-to", "approval", "refreshed", "headroom", "budget-hours",
                    "mailbox",
                ])
        case .people:
            ExportFields(
                required: ["id", "unit", "grade", "contract", "hours"],
                optional: ["other-units", "roles", "markers", "opt-out", "starts", "leaves"])
        case .skills:
            ExportFields(required: ["person", "skill"], optional: ["from", "expiry"])
        case .duties:
            ExportFields(
                required: ["person", "date", "unit"], optional: ["shift", "start", "end", "role", "hours"])
        case .leave:
            ExportFields(required: ["person", "from", "to", "class"], optional: [])
        case .bookings:
            ExportFields(
                required: ["id", "unit", "date", "role", "state"],
                optional: [
                    "shift", "start", "end", "person", "skills", "origin", "step", "released", "released-by",
                    "reason",
                ])
        case .requirements:
            ExportFields(
                required: ["unit", "period", "role", "heads"], optional: ["minimum", "day", "date"])
        }
    }
}
