import Foundation
import HTTPTypes
import Hummingbird
import Roster
import SystemPool

/// Finds out who asks, and lets through only what that visitor may. Every denial is audited, and everything else that
/// was to change something and did not.
struct Gate: RouterMiddleware {
    typealias Context = WebContext

    let access: AccessStore
    let records: any SystemRecords
    let attempts: Attempts
    let denials: Denials
    let now: @Sendable () -> Instant

    static let cookie = "__Host-muster"

    func handle(
        _ request: Request, context: WebContext, next: (Request, WebContext) async throws -> Response
    ) async throws -> Response {
        var context = context
        context.visitor = try identify(request, context)
        do {
            var response = try await next(request, context)
            if context.visitor.formKey != nil { response.isKeptNowhere() }
            return response
        } catch {
            var problem = Problem(error)
            problem.visitor = context.visitor
            if problem.isDenial || request.method != .get && request.method != .head || request.leadsOut {
                let isKnown = context.visitor.token != nil
                if isKnown || denials.isWritten(.nobody, at: now()) {
                    try audit(
                        request, context, who: context.visitor, why: problem.audited ?? problem.detail)
                }
            }
            // What went wrong in here is for the log, in its own words.
            throw problem.status.code >= 500 ? error : problem
        }
    }

    private func identify(_ request: Request, _ context: WebContext) throws -> Visitor {
        if let text = request.headers[.authorization] {
            return Visitor(try token(request, context, text: text.dropFirst("Bearer ".count), from: text))
        }
        guard let secret = session(request), let holder = try access.holder(of: secret, at: now()) else {
            return .anybody
        }
        return Visitor(holder, formKey: secret.hash(salt: "form"))
    }

    private func session(_ request: Request) -> Secret? {
        guard let cookie = request.cookies[Self.cookie]?.value, AccessToken.isHexadecimal(cookie, digits: 64)
        else { return nil }
        return Secret(text: cookie)
    }

    /// Whether whoever was let in with a request still would be, for what is answered as long as they are.
    func letsIn(_ visitor: Visitor, of request: Request) -> Bool {
        do {
            guard visitor.formKey == nil else {
                return try session(request).flatMap { try access.holder(of: $0, at: now()) } != nil
            }
            return try visitor.token.map { try access.isValid($0, at: now()) } ?? false
        } catch {
            // What cannot be read lets nobody in; a page asks again, and is told then.
            return false
        }
    }

    private func token(
        _ request: Request, _ context: WebContext, text: Substring, from header: String
    ) throws -> TokenRecord {
        guard header.hasPrefix("Bearer ") else { throw try refuse(request, context, "Only Bearer is known.") }
        return try admit(String(text), request, context)
    }

    /// The token that was sent, if it is valid; an address that has failed too often waits before it may guess again.
    ///
    /// A valid token never waits: many share an address, and whoever fails there must not shut the others out.
    func admit(_ text: String, _ request: Request, _ context: WebContext) throws -> TokenRecord {
        if let token = AccessToken(text), let record = try access.admit(token, at: now()) { return record }
        let address = context.address(request)
        if let seconds = attempts.wait(address, at: .now) {
            throw try refuse(
                request, context, "Too many failed attempts: wait \(seconds) seconds.", wait: seconds)
        }
        attempts.failed(address, at: .now)
        throw try refuse(request, context, "This token is unknown, has expired or was revoked.")
    }

    /// Audits what happens before anybody is known.
    private func refuse(
        _ request: Request, _ context: WebContext, _ detail: String, wait seconds: Int? = nil
    ) throws -> Problem {
        if denials.isWritten(.guess, at: now()) {
            try audit(request, context, who: .anybody, why: detail)
        }
        guard let seconds else {
            return Problem(
                status: .unauthorized, title: "Not signed in", detail: detail,
                headers: [.wwwAuthenticate: "Bearer realm=\"muster\", error=\"invalid_token\""])
        }
        return Problem(
            status: .tooManyRequests, title: "Too many attempts", detail: detail,
            headers: [.retryAfter: String(seconds)])
    }

    private func audit(_ request: Request, _ context: WebContext, who: Visitor, why: String) throws {
        // A path of any length must not cut off who it was.
        let path = String(String.UnicodeScalarView(request.uri.path.unicodeScalars.prefix(100)))
        try records.recordDenial(
            token: who.token, of: "\(request.method) \(path) by \(who.name), \(context.address(request))",
            why: why,
            at: now())
    }
}

extension Request {
    /// Whether the path is none that a page of ours links to, but one that tries to lead to files.
    fileprivate var leadsOut: Bool {
        let path = uri.path.removingPercentEncoding ?? "\0"
        return path.contains("..") || path.contains("//") || path.contains("/.")
            || path.unicodeScalars.contains { $0 == "\\" || $0.properties.generalCategory == .control }
    }
}

extension WebContext {
    /// Ends the request unless this visitor may do that.
    func require(_ permission: Permission) throws {
        guard !visitor.may(permission) else { return }
        if visitor.role == .everybody { throw Problem.notSignedIn }
        throw Problem.forbidden("Your role, \(visitor.role.name), does not allow it.")
    }

    /// Ends the request unless this visitor may do that for that organisation. What may not be seen looks like what
    /// does not exist.
    func require(_ permission: Permission, for organisation: String) throws {
        try require(permission)
        guard visitor.covers(organisation) else {
            throw permission == .see
                ? Problem.hidden
                : Problem.forbidden("Your token is not for that organisation.")
        }
    }
}
