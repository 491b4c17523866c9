import Hummingbird
import MusterFiles

/// What a person sees of a problem.
struct ProblemPage {
    private let problem: Problem

    init(_ problem: Problem) { self.problem = problem }

    /// Nothing that somebody wrote is lost because something else was wrong.
    private var typed: HTML {
        guard let refused = problem.refused else { return "" }
        let fields = refused.typed.map { "<dt>\($0.name)</dt><dd>\($0.text)</dd>" as HTML }
        return """
            <p>Go back with your browser, put it right and send it again; or \
            <a href="\(refused.page)">load the page anew</a>. This is what you sent:</p><dl>\(fields)</dl>
            """
    }

    var response: Response {
        let next: HTML =
            problem.status == .unauthorized
            ? "<p><a class=\"button\" href=\"/sign-in\">Sign in</a></p>"
            : problem.refused == nil ? "<p><a href=\"/\">Go to the first page</a></p>" : ""
        let title = problem.refused == nil ? problem.title : "Error: \(problem.title)"
        let page = Page(title: title, content: "<p class=\"lead\">\(problem.detail)</p>\(typed)\(next)")
        var response = page.response(for: problem.visitor)
        response.status = problem.status
        response.headers.append(contentsOf: problem.headers)
        return response
    }
}
