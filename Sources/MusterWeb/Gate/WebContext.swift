import Foundation
import Hummingbird
import NIOCore

/// What travels with a request: above all, who asks.
struct WebContext: RequestContext {
    var coreContext: CoreRequestContextStorage
    var visitor = Visitor.anybody
    /// The other end of the connection.
    let peer: String?

    init(source: Source) {
        coreContext = .init(source: source)
        peer = source.channel.remoteAddress?.ipAddress
    }

    /// Whom failed attempts are counted against: the other end, or, when that is a proxy on this machine, whom the
    /// proxy names last.
    func address(_ request: Request) -> String {
        let peer = peer ?? "local"
        guard peer == "local" || peer == "::1" || peer.hasPrefix("127.") else { return peer }
        let named = request.headers[values: .forwardedFor].last?.split(separator: ",").last
        return named.map { $0.trimmingCharacters(in: .whitespaces) } ?? peer
    }
}
