import MusterFiles
import Roster
import SystemPool

/// The forms by which people raise, review and close risks.
struct RiskForms {
    let view: SystemView
    let visitor: Visitor

    private static let scale = (1...5).map { (String($0), String($0)) }
    private static let owners = JobRole.allCases.filter { $0 != .muster && $0 != .administrator }.map {
        ($0.rawValue, $0.words)
    }
    static let likelihood = "Likelihood, 1 rare to 5 almost certain"
    static let impact = "Impact, 1 negligible to 5 catastrophic"

    /// Review and closing of one row.
    func changing(_ risk: RiskRow) -> HTML {
        let review = "w-\(risk.id.text)"
        let close = "x-\(risk.id.text)"
        let indemnities = Agreement.Indemnity.allCases.map { ($0.rawValue, $0.words) }
        let shared = risk.sharedWith.map(\.text).joined(separator: ", ")
        return """
            \(Form.folded(
                "Review", id: review, action: "/risks/\(risk.id.text)/review", button: "Save review",
                """
                \(Form.hidden("seen", "\(risk.reviews.count)"))\
                \(Form.select("likelihood", Self.likelihood, id: review, options: Self.scale, chosen: "\(risk.likelihood)"))\
                \(Form.select("impact", Self.impact, id: review, options: Self.scale, chosen: "\(risk.impact)"))\
                \(Form.select("owner", "Owner", id: review, options: Self.owners, chosen: risk.owner.rawValue))\
                \(Form.text(.shared, id: review, value: shared))\
                \(Form.select("indemnity", "Indemnity", id: review, options: indemnities, chosen: risk.indemnity.rawValue))\
                \(Form.text(.mitigation, id: review, value: risk.mitigation?.text ?? ""))\
                \(Form.text(.potential, id: review, value: "\(risk.potentialHarms)"))\
                \(Form.text(.actual, id: review, value: "\(risk.actualHarms)"))\
                \(Form.signature(visitor, id: review))
                """))\
            \(Form.folded(
                "Close", id: close, action: "/risks/\(risk.id.text)/close", button: "Close the risk",
                Form.signature(visitor, id: close)))
            """
    }

    /// A row that a person raises, for a site of an organisation that they act for.
    var raising: HTML {
        let sites = view.picture.organisations.filter { visitor.covers($0.id.text) }.flatMap { organisation in
            (organisation.push?.sites ?? []).map { site in
                ("\(organisation.id)/\(site.id)", "\(site.name), \(organisation.member.organisation.name)")
            }
        }
        guard visitor.may(.act), !sites.isEmpty else { return "" }
        let id = "raise"
        let groups = StaffGroup.allCases.map { ($0.rawValue, $0.words) }
        let start = String(view.now.description.prefix(16))
        let end = String((view.now + ElapsedMinutes(hours: 24)).description.prefix(16))
        return Form.folded(
            "Raise a risk", id: id, action: "/risks", button: "Raise the risk",
            """
            \(Form.select("site", "Site", id: id, options: sites))\
            \(Form.select("group", "Staff group", id: id, options: groups))\
            \(Form.text(.cause, id: id))\
            \(Form.text(.start, id: id, value: start))\
            \(Form.text(.end, id: id, value: end))\
            \(Form.select("likelihood", Self.likelihood, id: id, options: Self.scale, chosen: "3"))\
            \(Form.select("impact", Self.impact, id: id, options: Self.scale, chosen: "3"))\
            \(Form.select("owner", "Owner", id: id, options: Self.owners))\
            \(Form.signature(visitor, id: id))
            """)
    }
}
