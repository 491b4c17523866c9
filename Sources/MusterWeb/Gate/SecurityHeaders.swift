import HTTPTypes
import Hummingbird

/// Turns errors into answers, and sends with every answer what a browser must not do with it.
struct AnswerMiddleware: RouterMiddleware {
    typealias Context = WebContext

    let problemPage: @Sendable (Problem, Request) -> Response

    func handle(
        _ request: Request, context: WebContext, next: (Request, WebContext) async throws -> Response
    ) async throws -> Response {
        var response: Response
        do {
            response = try await next(request, context)
        } catch {
            let problem = Problem(error)
            // That something is not worked out yet is no fault of the server.
            if problem.status.code >= 500, problem.status != .serviceUnavailable {
                context.logger.error("\(request.method) \(request.uri.path): \(error)")
            }
            response = request.isForPrograms ? try problem.json() : problemPage(problem, request)
            if problem.visitor.formKey != nil { response.isKeptNowhere() }
        }
        for field in Self.fields where response.headers[field.name] == nil { response.headers.append(field) }
        return response
    }

    /// No script and no style but our own files, nothing framed, nothing guessed, nothing kept by others.
    private static let fields: HTTPFields = [
        .contentSecurityPolicy:
            "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self'; "
            + "form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
        .xContentTypeOptions: "nosniff",
        .referrerPolicy: "same-origin",
        .strictTransportSecurity: "max-age=31536000",
        .crossOriginOpenerPolicy: "same-origin",
        .crossOriginResourcePolicy: "same-origin",
        .cacheControl: "private, no-cache",
    ]
}

extension Response {
    /// For whoever has signed in with a browser: many share one, and after signing out Back must show nobody what was seen.
    mutating func isKeptNowhere() { headers[.cacheControl] = "no-store" }
}

extension Request {
    /// Whether the one who asks reads JSON rather than pages.
    var isForPrograms: Bool { uri.path.hasPrefix("/api/") || uri.path.hasPrefix("/events") }
}

extension HTTPField.Name {
    static let forwardedFor = HTTPField.Name("X-Forwarded-For") ?? .cookie
    static let referrerPolicy = HTTPField.Name("Referrer-Policy") ?? .cookie
    static let crossOriginOpenerPolicy = HTTPField.Name("Cross-Origin-Opener-Policy") ?? .cookie
    static let link = HTTPField.Name("Link") ?? .cookie
    /// Tells a proxy to hold nothing back of a stream.
    static let accelBuffering = HTTPField.Name("X-Accel-Buffering") ?? .cookie
    static let fetchSite = HTTPField.Name("Sec-Fetch-Site") ?? .cookie
}
