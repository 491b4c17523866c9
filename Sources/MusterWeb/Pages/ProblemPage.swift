import Hummingbird
import MusterFiles

/// What a person sees of a problem.
struct ProblemPage {
    private let problem: Problem

    init(_ problem: Problem) { self.problem = problem }

    var response: Response {
        let next: HTML =
            problem.status == .unauthorized
            ? "<p><a class=\"button\" href=\"/sign-in\">Sign in</a></p>"
            : "<p><a href=\"/\">Go to the first page</a></p>"
        let page = Page(title: problem.title, content: "<p class=\"lead\">\(problem.detail)</p>\(next)")
        var response = page.response(for: problem.visitor)
        response.status = problem.status
        response.headers.append(contentsOf: problem.headers)
        return response
    }
}
