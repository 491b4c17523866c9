import MusterFiles
import Roster
import SystemPool

/// The parts of a form.
enum Form {
    /// Proves that the form came from a page of this session.
    static func key(_ visitor: Visitor) -> HTML {
        visitor.formKey.map { "<input type=\"hidden\" name=\"key\" value=\"\($0)\">" } ?? ""
    }

    static func hidden(_ name: String, _ value: String) -> HTML {
        "<input type=\"hidden\" name=\"\(name)\" value=\"\(value)\">"
    }

    /// In which role somebody acts, and why.
    ///
    /// - Parameter id: Tells the fields of one form on a page from those of another.
    static func signature(_ visitor: Visitor, id: String) -> HTML {
        """
        \(key(visitor))
        \(select("role", "Your role", id: id, options: JobRole.roles(of: visitor).map { ($0.rawValue, $0.words) }))
        \(text(.reason, id: id))
        """
    }

    /// A field into which something is typed; it is known by its name wherever it stands.
    enum Field: String, CaseIterable {
        case cause, grades, skills, start, end, heads, shared, mitigation, potential, actual, framework,
            reason

        var label: String {
            switch self {
            case .cause: "What may happen and why; name nobody"
            case .grades: "Grades that may come, by code, with commas between"
            case .skills: "Skills needed, by code, with commas between"
            case .heads: "How many"
            case .start: "From"
            case .end: "Until"
            case .shared: "Shared with, by code, with commas between"
            case .mitigation: "Mitigation; name nobody"
            case .potential: "Potential harms so far"
            case .actual: "Actual harms so far"
            case .framework: "Framework"
            case .reason: "Why, in one line; name nobody"
            }
        }

        fileprivate var type: String {
            switch self {
            case .start, .end: "datetime-local"
            case .potential, .actual, .heads: "number"
            case .cause, .grades, .skills, .shared, .mitigation, .framework, .reason: "text"
            }
        }

        fileprivate var isRequired: Bool {
            [.cause, .grades, .start, .end, .heads, .framework, .reason].contains(self)
        }
    }

    static func text(_ field: Field, id: String, value: String = "") -> HTML {
        let name = field.rawValue
        return """
            <div class="field"><label for="\(id)-\(name)">\(field.label)</label>\
            <input id="\(id)-\(name)" name="\(name)" type="\(field.type)" value="\(value)" autocomplete="off" \
            maxlength="\(Remark.limit)"\(field.isRequired ? " required" : "")></div>
            """
    }

    /// A form that was refused, to be put right: what was typed can be changed, what was chosen stays as it was.
    static func again(_ sent: [(name: String, text: String)], to action: String, _ visitor: Visitor) -> HTML {
        let typed = Field.allCases.compactMap { field in
            sent.first { $0.name == field.rawValue }.map { (field, $0.text) }
        }
        let chosen = sent.filter { Field(rawValue: $0.name) == nil }
        return """
            <form class="act" method="post" action="\(action)">\(key(visitor))\(chosen.map { hidden($0.name, $0.text) })\
            \(typed.map { text($0.0, id: "again", value: $0.1) })<button class="main">Send again</button></form>
            """
    }

    static func select(
        _ name: String, _ label: String, id: String, options: [(value: String, words: String)],
        chosen: String = ""
    ) -> HTML {
        let options = options.map { option in
            "<option value=\"\(option.value)\"\(option.value == chosen ? " selected" : "")>\(option.words)</option>"
                as HTML
        }
        return """
            <div class="field"><label for="\(id)-\(name)">\(label)</label>\
            <select id="\(id)-\(name)" name="\(name)">\(options)</select></div>
            """
    }

    /// A form that is shut until somebody wants it.
    static func folded(_ summary: String, id: String, action: String, button: String, _ fields: HTML) -> HTML
    {
        """
        <details id="\(id)"><summary>\(summary)</summary><form class="act" method="post" action="\(action)">\(fields)\
        <button class="main">\(button)</button></form></details>
        """
    }
}

extension JobRole {
    /// Roles in which a visitor may act.
    static func roles(of visitor: Visitor) -> [JobRole] {
        let system: Set<JobRole> = [.systemCoordinator, .poolCoordinator, .directorOnCall]
        let others: Set<JobRole> = [.muster, .administrator, .systemCoordinator]
        return allCases.filter { visitor.seesWholeSystem ? system.contains($0) : !others.contains($0) }
    }
}
