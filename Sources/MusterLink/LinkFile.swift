import Foundation
import PlainText
import Roster

/// Where a system's server is and with which token it is asked: `push.yaml`. It holds no secret itself.
///
///     server: https://system.ics.example   # http only to this machine
///     token-file: push-token               # or leave out and set MUSTER_PUSH_TOKEN
///     ca-file: own-ca.pem                  # leave out to trust the system's certificates
///     timeout-seconds: 60
///
/// Files are relative to the settings' own folder.
public struct LinkFile: Sendable {
    private let server: URL
    private let timeout: Int
    private let tokenFile: Setting?
    private let caFile: Setting?
    private let folder: URL

    /// A value and where it stands, for faults that show only when it is used.
    private struct Setting {
        let text: String
        let place: Place
    }

    /// The variable of the environment that may hold the token.
    public static let tokenVariable = "MUSTER_PUSH_TOKEN"

    private static let accepted =
        "an address such as https://system.ics.example; http only to localhost, 127.0.0.1 or [::1]"

    /// Reads the settings, without the files that they name.
    ///
    /// - Throws: `Faults`, all at once.
    public init(_ url: URL) throws(Faults) {
        let faults = FaultList()
        let name = url.lastPathComponent
        var read: LinkFile?
        if let file = SourceFile(at: url, name: name, faults: faults),
            let root = YAMLCursor(file, faults: faults),
            let settings = root.mapping(
                required: ["server"], optional: ["token-file", "ca-file", "timeout-seconds"])
        {
            read = Self(settings, folder: url.deletingLastPathComponent())
        }
        try faults.throwIfAny()
        guard let read else { throw Faults(Fault(at: Place(file: name), "cannot be read")) }
        self = read
    }

    /// For an address alone, with the token in the environment.
    ///
    /// - Throws: `Faults` if the address is none that is asked.
    public init(address: String, tokenFile: String? = nil) throws(Faults) {
        guard let server = Self.address(address) else {
            throw Faults(
                Fault(
                    at: Place(file: "--to"), value: address, "is no address of a system's server",
                    accepted: Self.accepted))
        }
        self.server = server
        self.tokenFile = tokenFile.map { Setting(text: $0, place: Place(file: "--token-file")) }
        caFile = nil
        timeout = 60
        folder = URL(filePath: FileManager.default.currentDirectoryPath)
    }

    private init?(_ settings: YAMLMapping, folder: URL) {
        let server = settings["server"]?.value(accepted: Self.accepted) { Self.address($0) }
        let timeout = settings["timeout-seconds"].map { $0.integer(in: 2...600) } ?? 60
        func setting(_ key: String) -> Setting? {
            settings[key].flatMap { cursor in cursor.text().map { Setting(text: $0, place: cursor.place) } }
        }
        tokenFile = setting("token-file")
        caFile = setting("ca-file")
        guard let server, let timeout else { return nil }
        self.server = server
        self.timeout = timeout
        self.folder = folder
    }

    /// A server's address without anything behind it. A token goes in the clear to this machine only.
    static func address(_ text: String) -> URL? {
        guard let parts = URLComponents(string: text), let host = parts.host, !host.isEmpty,
            parts.user == nil, parts.password == nil, parts.query == nil, parts.fragment == nil,
            parts.path.isEmpty || parts.path == "/"
        else { return nil }
        let isHere = ["localhost", "127.0.0.1", "[::1]", "::1"].contains(host.lowercased())
        guard parts.scheme == "https" || (parts.scheme == "http" && isHere) else { return nil }
        var bare = parts
        bare.path = ""
        return bare.url
    }

    /// Reads the token, and looks for the certificates.
    ///
    /// - Throws: `Faults`.
    public func link(environment: [String: String]) throws(Faults) -> SystemLink {
        SystemLink(
            server: server, token: try token(environment),
            caFile: try caFile.map { setting throws(Faults) in try readable(setting) }, timeout: timeout)
    }

    private func token(_ environment: [String: String]) throws(Faults) -> String {
        guard let tokenFile else {
            guard let token = environment[Self.tokenVariable], Self.isToken(token) else {
                throw Faults(
                    Fault(
                        at: Place(file: Self.tokenVariable), "holds no token",
                        accepted: "the token of an organisation manager there, or a token-file in push.yaml"))
            }
            return token
        }
        let path = try readable(tokenFile)
        let mode = (try? FileManager.default.attributesOfItem(atPath: path)[.posixPermissions]) as? Int ?? 0
        guard mode & 0o007 == 0 else {
            throw Self.fault(
                tokenFile, "can be read by every user of this machine",
                accepted: "a file with mode 600 or 640")
        }
        let text = (try? String(contentsOfFile: path, encoding: .utf8)) ?? ""
        let line = String(text.prefix { !$0.isNewline })
        guard Self.isToken(line) else {
            throw Self.fault(
                tokenFile, "holds no token", accepted: "a file whose first line is the token")
        }
        return line
    }

    /// Anything else could end the header that it goes into.
    private static func isToken(_ text: String) -> Bool {
        !text.isEmpty && text.utf8.count <= 200 && text.utf8.allSatisfy { (33...126).contains($0) }
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
