import HTTPTypes
import Hummingbird

/// Why a request was not done: a page for people, `application/problem+json` (RFC 9457) for programs.
struct Problem: Error, Sendable {
    let status: HTTPResponse.Status
    /// What it is, in a few words: `Not signed in`.
    let title: String
    /// What happened and what to do next.
    let detail: String
    var headers: HTTPFields = [:]
    /// Whether it belongs into the audit: somebody asked for what they may not.
    var isDenial = false
    /// What the audit says instead of ``detail``, where that repeats what was sent: by mistake it can be personal, and the audit
    /// stays.
    var audited: String?
    /// One line each, for whoever has to mend what was sent.
    var faults: [String] = []
    /// Who asked, so that the page is in their frame.
    var visitor = Visitor.anybody
    /// The form that was refused: what was sent, where to, and the page on which such forms stand.
    var refused: (sent: [(name: String, text: String)], action: String, page: String)?

    static let notFound = Problem(
        status: .notFound, title: "Page not found",
        detail: "There is nothing at this address, or it is not among the organisations that you may see.")

    /// What may not be seen looks like what does not exist; that somebody tried it is known.
    static let hidden = Problem(
        status: notFound.status, title: notFound.title, detail: notFound.detail, isDenial: true)

    static let notSignedIn = Problem(
        status: .unauthorized, title: "Not signed in",
        detail: "Sign in with a token, or send it as Authorization: Bearer.",
        headers: [.wwwAuthenticate: "Bearer realm=\"muster\""], isDenial: true)

    static func forbidden(_ detail: String) -> Problem {
        Problem(status: .forbidden, title: "Not allowed", detail: detail, isDenial: true)
    }

    static func badRequest(_ detail: String, audited: String? = nil) -> Problem {
        var problem = Problem(status: .badRequest, title: "Not understood", detail: detail)
        problem.audited = audited
        return problem
    }

    static func notAllowed(_ method: HTTPRequest.Method, allowed: [String]) -> Problem {
        let isForm = allowed == ["POST"] && method == .get
        return Problem(
            status: .methodNotAllowed, title: "Not in this way",
            detail: isForm
                ? "This address takes what a form sends, and shows nothing. Nothing was changed."
                : "This address takes \(allowed.joined(separator: " and ")), not \(method.rawValue). Nothing was changed.",
            headers: [.allow: allowed.joined(separator: ", ")])
    }

    static let notWorkedOut = Problem(
        status: .serviceUnavailable, title: "Not worked out yet",
        detail: "What helps most is being worked out from the latest data. Ask again in some seconds.",
        headers: [.retryAfter: "5"])

    static let tooLarge = Problem(
        status: .contentTooLarge, title: "Too large",
        detail: "The request is larger than this address takes. Nothing was changed.")

    /// What stands for an error that no handler turned into a problem. Its own text stays here: it may hold paths.
    init(_ error: any Error) {
        switch error {
        case let problem as Problem: self = problem
        case let error as HTTPError where error.status == .notFound: self = .notFound
        case let error as HTTPError where error.status == .contentTooLarge: self = .tooLarge
        case let error as any HTTPResponseError where error.status.code < 500:
            self.init(
                status: error.status, title: error.status.reasonPhrase,
                detail: "The request could not be read.")
        default:
            self.init(
                status: .internalServerError, title: "Something went wrong",
                detail: "The server could not do this; it is in the server's log. "
                    + "Look whether anything was changed before you try again.")
        }
    }

    init(
        status: HTTPResponse.Status, title: String, detail: String, headers: HTTPFields = [:],
        isDenial: Bool = false,
        faults: [String] = []
    ) {
        self.status = status
        self.title = title
        self.detail = detail
        self.headers = headers
        self.isDenial = isDenial
        self.faults = faults
    }

    private struct Document: Encodable {
        let title: String
        let status: Int
        let detail: String
        let faults: [String]?
    }

    func json() throws -> Response {
        var response = try Response.json(
            Document(
                title: title, status: status.code, detail: detail, faults: faults.isEmpty ? nil : faults),
            type: "application/problem+json", status: status)
        response.headers.append(contentsOf: headers)
        return response
    }
}
