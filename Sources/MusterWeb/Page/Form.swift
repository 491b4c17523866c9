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
        \(text("reason", "Why, in one line; name nobody", id: id, required: true))
        """
    }

    static func text(
        _ name: String, _ label: String, id: String, type: String = "text", value: String = "",
        required: Bool = false
    ) -> HTML {
        """
        <div class="field"><label for="\(id)-\(name)">\(label)</label>\
        <input id="\(id)-\(name)" name="\(name)" type="\(type)" value="\(value)" autocomplete="off" \
        maxlength="\(Remark.limit)"\(required ? " required" : "")></div>
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
