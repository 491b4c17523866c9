import HTTPTypes
import Hummingbird

/// Answers a method that an address does not take with those that it does: the address is there, and saying that it is
/// not would send whoever asks looking elsewhere.
struct AllowedMethods: RouterMiddleware {
    typealias Context = WebContext

    /// The parts of an address, nil for one that can be anything, and its methods.
    private struct Route {
        let parts: [Substring?]
        let methods: [HTTPRequest.Method]

        func takes(_ path: [Substring]) -> Bool {
            parts.count == path.count && zip(parts, path).allSatisfy { $0 == nil || $0 == $1 }
        }
    }

    private let routes: [Route]

    init(of router: Router<WebContext>) {
        routes = Dictionary(grouping: router.routes, by: \.path.description).map { path, routes in
            let methods = routes.map(\.method)
            return Route(
                parts: path.split(separator: "/").map { $0.hasPrefix("{") ? nil : $0 },
                // The router answers it as a GET without its body, and does not list it.
                methods: methods + (methods.contains(.get) ? [.head] : []))
        }
    }

    func handle(
        _ request: Request, context: WebContext, next: (Request, WebContext) async throws -> Response
    ) async throws -> Response {
        let path = request.uri.path.split(separator: "/")
        let allowed = routes.filter { $0.takes(path) }.flatMap(\.methods)
        guard allowed.isEmpty || allowed.contains(request.method) else {
            throw Problem.notAllowed(request.method, allowed: allowed.map(\.rawValue).sorted())
        }
        return try await next(request, context)
    }
}
