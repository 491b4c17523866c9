/// The mail server that takes messages over, and how it is known to be the right one.
///
/// There is no way without TLS and no way to leave its certificate unchecked.
public struct MailServer: Hashable, Sendable {
    public enum Security: String, CaseIterable, Hashable, Sendable {
        /// Plain until the server has agreed to TLS, before anything is said (port 587).
        case startTLS = "starttls"
        /// TLS from the first byte (port 465).
        case tls
    }

    /// Somebody who may send. The password is never printed.
    public struct Login: Hashable, Sendable, CustomStringConvertible {
        public let user: String
        let password: String

        public init(user: String, password: String) {
            self.user = user
            self.password = password
        }

        public var description: String { user }
    }

    public let host: String
    public let port: Int
    public let security: Security
    public let login: Login?
    /// Certificates to trust in the place of the system's, in PEM.
    public let caFile: String?
    /// The most seconds for one message, and half of it for a server that says nothing.
    public let timeout: Int

    public init(
        host: String, port: Int, security: Security, login: Login?, caFile: String?, timeout: Int
    ) {
        self.host = host
        self.port = port
        self.security = security
        self.login = login
        self.caFile = caFile
        self.timeout = timeout
    }

    var url: String { "\(security == .tls ? "smtps" : "smtp")://\(host):\(port)" }
}
