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
    private let tokenFile: NamedFile?
    private let caFile: NamedFile?

    /// The variable of the environment that may hold the token.
    public static let tokenVariable = "MUSTER_PUSH_TOKEN"

    private static let accepted =
        "an address such as https://system.ics.example; http only to localhost, 127.0.0.1 or [::1]"

    /// Reads the settings, without the files that they name.
    ///
    /// - Throws: `Faults`, all at once.
    public init(_ url: URL) throws(Faults) {
        self = try SettingsFile.read(
            url, required: ["server"], optional: ["token-file", "ca-file", "timeout-seconds"]
        ) { Self($0, folder: url.deletingLastPathComponent()) }
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
        self.tokenFile = tokenFile.map {
            NamedFile(
                $0, at: Place(file: "--token-file"),
                in: URL(filePath: FileManager.default.currentDirectoryPath))
        }
        caFile = nil
        timeout = 60
    }

    private init?(_ settings: YAMLMapping, folder: URL) {
        let server = settings["server"]?.value(accepted: Self.accepted) { Self.address($0) }
        let timeout = settings["timeout-seconds"].map { $0.integer(in: 2...600) } ?? 60
        tokenFile = settings["token-file"].flatMap { NamedFile($0, in: folder) }
        caFile = settings["ca-file"].flatMap { NamedFile($0, in: folder) }
        guard let server, let timeout else { return nil }
        self.server = server
        self.timeout = timeout
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
            caFile: try caFile?.path(), timeout: timeout)
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
        return try tokenFile.secret("token", where: Self.isToken)
    }

    /// Anything else could end the header that it goes into.
    private static func isToken(_ text: String) -> Bool {
        !text.isEmpty && text.utf8.count <= 200 && text.utf8.allSatisfy { (33...126).contains($0) }
    }
}
