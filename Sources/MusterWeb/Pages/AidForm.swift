import Hummingbird
import MusterFiles
import Roster
import SystemPool

/// The form that asks for help for which no gap was sent: a unit of one's own, when, whom, and how many.
struct AidForm {
    let view: SystemView
    let visitor: Visitor

    static let path: RouterPath = "/aid/ask"
    /// Heads of one form: each is a call, which somebody answers by itself.
    static let heads = 1...20

    /// The units for which a visitor may ask.
    private var places: [(key: SystemID<Roster.Unit>, site: Site.ID)] {
        view.picture.organisations.filter { visitor.covers($0.id.text) }.flatMap { organisation in
            (organisation.push?.units ?? []).map { (SystemID(organisation.id, $0.id), $0.site) }
        }
    }

    var html: HTML {
        let places = places
        guard visitor.may(.act), !places.isEmpty else { return "" }
        let isOne = Set(places.map(\.key.organisation)).count == 1
        let options = places.map { key, site in
            let place = view.names.place(key.id, site, of: key.organisation)
            let name = isOne ? "" : ", \(view.names.organisation(key.organisation))"
            return (value: key.description, words: "\(place)\(name)")
        }
        let id = "ask"
        let groups = StaffGroup.allCases.map { ($0.rawValue, $0.words) }
        let start = String((view.now + ElapsedMinutes(hours: 1)).description.prefix(16))
        let end = String((view.now + ElapsedMinutes(hours: 9)).description.prefix(16))
        return Form.folded(
            "Ask for help where no gap was sent", id: id, action: Self.path.description, button: "Ask",
            """
            \(Form.select(Part.unit.rawValue, Part.unit.label, id: id, options: options))\
            \(Form.select(Part.group.rawValue, Part.group.label, id: id, options: groups))\
            \(Form.text(.grades, id: id))\
            \(Form.text(.skills, id: id))\
            \(Form.text(.start, id: id, value: start))\
            \(Form.text(.end, id: id, value: end))\
            \(Form.text(.heads, id: id, value: "1"))\
            \(Form.signature(visitor, id: id))
            """)
    }

    /// What is asked for, by its name in a form and in the API.
    private enum Part: String {
        case unit, grades, skills, start, end, heads
        case group = "staff_group"

        var label: String {
            switch self {
            case .unit: "Unit"
            case .group: "Staff group"
            case .grades: "Grades"
            case .skills: "Skills"
            case .start: Form.Field.start.label
            case .end: Form.Field.end.label
            case .heads: Form.Field.heads.label
            }
        }
    }

    /// What somebody asks for, on the page or through the API.
    ///
    /// - Throws: ``Problem`` with a line for each fault, by the name that whoever sent it knows.
    func read(_ form: SubmittedForm) throws -> (
        organisation: Organisation.ID, need: AidRequest.Need, heads: Int
    ) {
        var faults: [String] = []
        func name(_ part: Part) -> String { form.isOfProgram ? part.rawValue : part.label }
        func refuse(_ part: Part, _ fault: String) { faults.append("\(name(part)): \(fault)") }
        func read<Value>(_ part: Part, _ fault: String, _ value: (String) -> Value?) throws -> Value? {
            if let value = value(try form[part.rawValue]) { return value }
            refuse(part, fault)
            return nil
        }
        let place = try read(.unit, "choose one of your own.") { text in
            places.first { $0.key.description == text }
        }
        let group = try read(.group, "choose one.", StaffGroup.init)
        let grades = try read(.grades, "each is \(CheckedCode.accepted); at least one.") {
            // Whom no grade is named for nobody could be offered.
            Self.codes($0).flatMap { $0.isEmpty ? nil : $0 }
        }
        let skills = try read(.skills, "each is \(CheckedCode.accepted).", Self.codes)
        let example = "a time such as 2027-01-12T22:00\(form.isOfProgram ? "+00:00" : "")."
        let start = try read(.start, example, form.time)
        let end = try read(.end, example, form.time)
        if let start, let end, end <= start { refuse(.end, "a time after \(name(.start)).") }
        if let start, let end, end - start > AidRequest.Need.longest {
            refuse(.end, "at most 24 hours after \(name(.start)).")
        }
        if let end, end <= view.now { refuse(.end, "a time that is not over.") }
        let heads = try read(.heads, "\(Self.heads.lowerBound) to \(Self.heads.upperBound).") {
            Int($0).flatMap { Self.heads.contains($0) ? $0 : nil }
        }
        let reason = try form["reason"]
        do throws(Remark.Refusal) {
            _ = try Remark(reason)
        } catch {
            faults.append("The reason \(error).")
        }
        guard faults.isEmpty, let place, let group, let grades, let skills, let start, let end, let heads
        else {
            throw Problem(
                status: .badRequest, title: "Not understood", detail: "Put this right. Nothing was changed.",
                faults: faults)
        }
        let need = AidRequest.Need(
            vacancy: nil, site: place.site, unit: place.key.id, staffGroup: group,
            grades: grades.map { Grade.ID($0) }, skills: skills.map { Skill.ID($0) },
            start: max(start, view.now), end: end, isHard: false)
        return (place.key.organisation, need, heads)
    }

    /// Codes between commas or spaces; nil if one of them is none.
    private static func codes(_ text: String) -> [String]? {
        let codes = text.split { $0 == "," || $0.isWhitespace }.map(String.init)
        return codes.allSatisfy(CheckedCode.isCode) ? codes : nil
    }
}
