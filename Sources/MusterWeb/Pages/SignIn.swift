import HTTPTypes
import Hummingbird
import MusterFiles
import Roster

/// Signing in with a token, and out.
struct SignIn: Sendable {
    let access: AccessStore
    let gate: Gate

    func add(to router: Router<WebContext>) {
        router.get("/sign-in") { _, context in page(context.visitor) }
        router.post("/sign-in") { request, context in try await signIn(request, context) }
        router.post("/sign-out") { request, context in try await signOut(request, context) }
    }

    private func page(_ visitor: Visitor, problem: Problem? = nil) -> Response {
        let notice: HTML =
            problem.map {
                """
                <div class="notice bad" role="alert"><h2>\($0.title)</h2><p>\($0.detail)</p></div>
                """
            } ?? ""
        let page = Page(
            title: "Sign in",
            content: """
                \(notice)
                <form method="post" action="/sign-in">
                <div class="field"><label for="token">Token</label>
                <p class="hint" id="token-hint">It begins with muster_ and was shown once, when it was made. \
                Whoever runs this server makes tokens.</p>
                <input id="token" name="token" type="password" autocomplete="current-password" required \
                aria-describedby="token-hint" spellcheck="false"></div>
                <button class="main">Sign in</button>
                </form>
                <p>Without a token there is the <a href="/public">public board</a>.</p>
                """)
        var response = page.response(for: visitor)
        if let problem {
            response.status = problem.status
            response.headers.append(contentsOf: problem.headers)
        }
        return response
    }

    private func signIn(_ request: Request, _ context: WebContext) async throws -> Response {
        let form = try await SubmittedForm(request, from: nil)
        let token = try form["token"]
        let record: TokenRecord
        do {
            record = try gate.admit(token, request, context)
        } catch let problem as Problem {
            return page(context.visitor, problem: problem)
        }
        let secret = try access.openSession(record, at: gate.now())
        return .settingCookie(secret.text, then: "/")
    }

    private func signOut(_ request: Request, _ context: WebContext) async throws -> Response {
        _ = try await SubmittedForm(request, from: context.visitor)
        if let cookie = request.cookies[Gate.cookie]?.value {
            try access.closeSession(Secret(text: cookie), at: gate.now())
        }
        return .settingCookie("", maxAge: 0, then: "/public")
    }
}

extension Response {
    fileprivate static func settingCookie(_ value: String, maxAge: Int? = nil, then path: String) -> Response
    {
        var response = Response.to(path)
        let cookie = Cookie(
            name: Gate.cookie, value: value, maxAge: maxAge, path: "/", secure: true, httpOnly: true,
            sameSite: .lax)
        response.headers[values: .setCookie] = [cookie.description]
        return response
    }
}
