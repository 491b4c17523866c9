import Foundation
import PlainText

/// The mail settings, `mail.yaml`: which server, who sends, and where the password is. It holds no secret itself.
///
///     server: smtp.trust.example
///     security: starttls            # or tls
///     port: 587                     # default 587 for starttls, 465 for tls
///     from: staffing.report@trust.example
///     user: staffing.report         # leave out if the server wants no login
///     password_file: smtp-password  # or leave out and set MUSTER_SMTP_PASSWORD
///     ca_file: own-ca.pem           # leave out to trust the system's certificates
///     timeout_seconds: 60
///
/// Files are relative to the settings' own folder.
public struct MailFile: Hashable, Sendable {
    public let from: EmailAddress
    public let server: MailServer

    /// The variable of the environment that may hold the password.
    public static let passwordVariable = "MUSTER_SMTP_PASSWORD"

    /// - Throws: `Faults`, all at once.
    public init(_ url: URL, environment: [String: String]) throws(Faults) {
        let faults = FaultList()
        let name = url.lastPathComponent
        var read: MailFile?
        if let file = SourceFile(at: url, name: name, faults: faults),
            let root = YAMLCursor(file, faults: faults),
            let settings = root.mapping(
                required: ["server", "from"],
                optional: [
                    "port", "security", "user", "password_file", "ca_file", "timeout_seconds",
                ])
        {
            read = Self(settings, folder: url.deletingLastPathComponent(), environment, faults)
        }
        try faults.throwIfAny()
        guard let read else { throw Faults(Fault(at: Place(file: name), "cannot be read")) }
        self = read
    }

    private init?(
        _ settings: YAMLMapping, folder: URL, _ environment: [String: String], _ faults: FaultList
    ) {
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
        let timeout = settings["timeout_seconds"].map { $0.integer(in: 2...600) } ?? 60
        let caFile = Self.readable(settings["ca_file"], in: folder)
        let login = Self.login(settings, folder: folder, environment, faults)
        guard let security, let host, let from, let port, let timeout else { return nil }
        self.from = from
        server = MailServer(
            host: host, port: port, security: security, login: login, caFile: caFile, timeout: timeout)
    }

    private static func readable(_ setting: YAMLCursor?, in folder: URL) -> String? {
        guard let setting, let name = setting.text() else { return nil }
        let path = URL(filePath: name, relativeTo: folder).path
        guard FileManager.default.isReadableFile(atPath: path) else {
            setting.fault("cannot be read", accepted: "a file that this user may read")
            return nil
        }
        return path
    }

    private static func login(
        _ settings: YAMLMapping, folder: URL, _ environment: [String: String], _ faults: FaultList
    ) -> MailServer.Login? {
        guard let setting = settings["user"] else {
            settings["password_file"]?.fault("stands without a user", accepted: "a user beside it")
            return nil
        }
        guard let user = setting.text() else { return nil }
        if let file = settings["password_file"] {
            return password(file, in: folder).map { MailServer.Login(user: user, password: $0) }
        }
        guard let password = environment[passwordVariable], !password.isEmpty else {
            setting.fault(
                "has no password",
                accepted: "a password_file beside it, or the password in the variable \(passwordVariable)")
            return nil
        }
        return MailServer.Login(user: user, password: password)
    }

    /// The first line of the file, which must be kept from other users.
    private static func password(_ setting: YAMLCursor, in folder: URL) -> String? {
        guard let path = readable(setting, in: folder) else { return nil }
        let mode = (try? FileManager.default.attributesOfItem(atPath: path)[.posixPermissions]) as? Int ?? 0
        guard mode & 0o007 == 0 else {
            setting.fault(
                "can be read by every user of this machine", accepted: "a file with mode 600 or 640")
            return nil
        }
        let text = (try? String(contentsOfFile: path, encoding: .utf8)) ?? ""
        let line = text.prefix { !$0.isNewline }
        guard !line.isEmpty else {
            setting.fault("is empty", accepted: "a file whose first line is the password")
            return nil
        }
        return String(line)
    }
}
