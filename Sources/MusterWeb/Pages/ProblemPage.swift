import Hummingbird
import MusterFiles

/// What a person sees of a problem.
struct ProblemPage {
    private let problem: Problem

    init(_ problem: Problem) { self.problem = problem }

    /// Nothing that somebody wrote is lost because something was wrong. What does not fit any more, since others have changed
    /// things meanwhile, is shown, and sent from the page as it is now.
    private var refused: HTML {
        guard let refused = problem.refused else { return "" }
        if problem.status == .badRequest {
            return """
                \(Form.again(refused.sent, to: refused.action, problem.visitor))
                <p><a href="\(refused.page)">Leave it, and go back</a></p>
                """
        }
        let typed = refused.sent.compactMap { one in
            Form.Field(rawValue: one.name).map { "<dt>\($0.label)</dt><dd>\(one.text)</dd>" as HTML }
        }
        return """
            <p><a class="button" href="\(refused.page)">Look at it as it is now</a></p>
            \(when(!typed.isEmpty, "<p>This is what you wrote:</p><dl>\(typed)</dl>"))
            """
    }

    var response: Response {
        let next: HTML =
            problem.status == .unauthorized
            ? "<p><a class=\"button\" href=\"/sign-in\">Sign in</a></p>"
            : problem.refused == nil ? "<p><a href=\"/\">Go to the first page</a></p>" : ""
        let title = problem.refused == nil ? problem.title : "Error: \(problem.title)"
        let faults = problem.faults.map { "<li>\($0)</li>" as HTML }
        let list: HTML = faults.isEmpty ? "" : "<ul>\(faults)</ul>"
        let page = Page(
            title: title, content: "<p class=\"lead\">\(problem.detail)</p>\(list)\(refused)\(next)")
        var response = page.response(for: problem.visitor)
        response.status = problem.status
        response.headers.append(contentsOf: problem.headers)
        return response
    }
}
