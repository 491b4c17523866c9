import Foundation
import PlainText

/// The mail settings, `mail.yaml`: which server, who sends, and where the password is. It holds no secret itself.
///
///     server: smtp.trust.example
///     security: starttls            # or tls
///     port: 587                     # default 587 for starttls, 465 for tls
///     from: staffing.report@trust.example
///     user: staffing.report         # leave out if the server wants no login
///     password-file: smtp-password  # or leave out and set MUSTER_SMTP_PASSWORD
///     ca-file: own-ca.pem           # leave out to trust the system's certificates
///     timeout-seconds: 60
///
/// Files are relative to the settings' own folder.
public struct MailFile: Sendable {
    public let from: EmailAddress
    private let host: String
    private let port: Int
    private let security: MailServer.Security
    private let timeout: Int
    private let caFile: NamedFile?
    private let user: User?
    private let passwordFile: NamedFile?

    /// Who logs in, and where that stands, for faults that show only when it is used.
    private struct User {
        let name: String
        let place: Place
    }

    /// The variable of the environment that may hold the password.
    public static let passwordVariable = "MUSTER_SMTP_PASSWORD"

    /// Reads the settings, without the files that they name.
    ///
    /// - Throws: `Faults`, all at once.
    public init(_ url: URL) throws(Faults) {
        self = try SettingsFile.read(
            url, required: ["server", "from"],
            optional: ["port", "security", "user", "password-file", "ca-file", "timeout-seconds"]
        ) { Self($0, folder: url.deletingLastPathComponent()) }
    }

    private init?(_ settings: YAMLMapping, folder: URL) {
        let security =
            settings["security"].map {
                $0.choice(
                    Dictionary(uniqueKeysWithValues: MailServer.Security.allCases.map { ($0.rawValue, $0) }))
            } ?? .startTLS
        let host = settings["server"]?.value(accepted: "a host name such as smtp.trust.example") {
            // A host name has the form of the right side of an address.
            (try? EmailAddress("any@\($0)"))?.domain
        }
        let from = settings["from"]?.value(accepted: "an address such as staffing.report@trust.example") {
            try? EmailAddress($0)
        }
        let port = settings["port"].map { $0.integer(in: 1...65_535) } ?? (security == .tls ? 465 : 587)
        let timeout = settings["timeout-seconds"].map { $0.integer(in: 2...600) } ?? 60
        user = settings["user"].flatMap { cursor in
            cursor.text().map { User(name: $0, place: cursor.place) }
        }
        passwordFile = settings["password-file"].flatMap { NamedFile($0, in: folder) }
        caFile = settings["ca-file"].flatMap { NamedFile($0, in: folder) }
        if passwordFile != nil, user == nil {
            settings["password-file"]?.fault("stands without a user", accepted: "a user beside it")
        }
        guard let security, let host, let from, let port, let timeout else { return nil }
        self.security = security
        self.host = host
        self.from = from
        self.port = port
        self.timeout = timeout
    }

    // MARK: - The server, with what the settings name

    /// Reads the password, and looks for the certificates.
    ///
    /// - Throws: `Faults`.
    public func server(environment: [String: String]) throws(Faults) -> MailServer {
        MailServer(
            host: host, port: port, security: security, login: try login(environment),
            caFile: try caFile?.path(), timeout: timeout)
    }

    private func login(_ environment: [String: String]) throws(Faults) -> MailServer.Login? {
        guard let user else { return nil }
        if let passwordFile {
            return MailServer.Login(
                user: user.name, password: try passwordFile.secret("password") { !$0.isEmpty })
        }
        guard let password = environment[Self.passwordVariable], !password.isEmpty else {
            throw Faults(
                Fault(
                    at: user.place, value: user.name, "has no password",
                    accepted:
                        "a password-file beside it, or the password in the variable \(Self.passwordVariable)")
            )
        }
        return MailServer.Login(user: user.name, password: password)
    }
}
