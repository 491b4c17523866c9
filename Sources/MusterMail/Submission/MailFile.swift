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
    private let caFile: Setting?
    private let user: Setting?
    private let passwordFile: Setting?
    private let folder: URL

    /// A value and where it stands, for faults that show only when it is used.
    private struct Setting {
        let text: String
        let place: Place
    }

    /// The variable of the environment that may hold the password.
    public static let passwordVariable = "MUSTER_SMTP_PASSWORD"

    /// Reads the settings, without the files that they name.
    ///
    /// - Throws: `Faults`, all at once.
    public init(_ url: URL) throws(Faults) {
        let faults = FaultList()
        let name = url.lastPathComponent
        var read: MailFile?
        if let file = SourceFile(at: url, name: name, faults: faults),
            let root = YAMLCursor(file, faults: faults),
            let settings = root.mapping(
                required: ["server", "from"],
                optional: [
                    "port", "security", "user", "password-file", "ca-file", "timeout-seconds",
                ])
        {
            read = Self(settings, folder: url.deletingLastPathComponent())
        }
        try faults.throwIfAny()
        guard let read else { throw Faults(Fault(at: Place(file: name), "cannot be read")) }
        self = read
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
        func setting(_ key: String) -> Setting? {
            settings[key].flatMap { cursor in cursor.text().map { Setting(text: $0, place: cursor.place) } }
        }
        user = setting("user")
        passwordFile = setting("password-file")
        caFile = setting("ca-file")
        if passwordFile != nil, user == nil {
            settings["password-file"]?.fault("stands without a user", accepted: "a user beside it")
        }
        guard let security, let host, let from, let port, let timeout else { return nil }
        self.security = security
        self.host = host
        self.from = from
        self.port = port
        self.timeout = timeout
        self.folder = folder
    }

    // MARK: - The server, with what the settings name

    /// Reads the password, and looks for the certificates.
    ///
    /// - Throws: `Faults`.
    public func server(environment: [String: String]) throws(Faults) -> MailServer {
        MailServer(
            host: host, port: port, security: security, login: try login(environment),
            caFile: try caFile.map { setting throws(Faults) in try readable(setting) }, timeout: timeout)
    }

    private func login(_ environment: [String: String]) throws(Faults) -> MailServer.Login? {
        guard let user else { return nil }
        if let passwordFile {
            return MailServer.Login(user: user.text, password: try password(passwordFile))
        }
        guard let password = environment[Self.passwordVariable], !password.isEmpty else {
            throw Self.fault(
                user, "has no password",
                accepted:
                    "a password-file beside it, or the password in the variable \(Self.passwordVariable)")
        }
        return MailServer.Login(user: user.text, password: password)
    }

    /// The first line of the file, which must be kept from other users.
    private func password(_ setting: Setting) throws(Faults) -> String {
        let path = try readable(setting)
        let mode = (try? FileManager.default.attributesOfItem(atPath: path)[.posixPermissions]) as? Int ?? 0
        guard mode & 0o007 == 0 else {
            throw Self.fault(
                setting, "can be read by every user of this machine", accepted: "a file with mode 600 or 640")
        }
        let text = (try? String(contentsOfFile: path, encoding: .utf8)) ?? ""
        let line = text.prefix { !$0.isNewline }
        guard !line.isEmpty else {
            throw Self.fault(setting, "is empty", accepted: "a file whose first line is the password")
        }
        return String(line)
    }

    private func readable(_ setting: Setting) throws(Faults) -> String {
        let path = URL(filePath: setting.text, relativeTo: folder).path
        guard FileManager.default.isReadableFile(atPath: path) else {
            throw Self.fault(setting, "cannot be read", accepted: "a file that this user may read")
        }
        return path
    }

    private static func fault(_ setting: Setting, _ problem: String, accepted: String) -> Faults {
        Faults(Fault(at: setting.place, value: setting.text, problem, accepted: accepted))
    }
}
