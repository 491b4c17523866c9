import Foundation
import PlainText
import Testing

@testable import MusterMail

@Suite("Mail settings")
struct MailFileTests {
    private let folder = FileManager.default.temporaryDirectory.appending(path: "muster-mail-\(UUID())")

    private func file(_ text: String) throws -> URL {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let url = folder.appending(path: "mail.yaml")
        try text.write(to: url, atomically: true, encoding: .utf8)
        return url
    }

    private func remove() { try? FileManager.default.removeItem(at: folder) }

    private static let least = "server: smtp.trust.example\nfrom: report@trust.example\n"

    @Test("The least that is needed: STARTTLS on port 587, without a login")
    func least() throws {
        defer { remove() }
        let server = try MailFile(file(Self.least)).server(environment: [:])
        #expect(
            server
                == MailServer(
                    host: "smtp.trust.example", port: 587, security: .startTLS, login: nil, caFile: nil,
                    timeout: 60))
        #expect(server.url == "smtp://smtp.trust.example:587")
        let tls = try MailFile(file(Self.least + "security: tls\n")).server(environment: [:])
        #expect(tls.url == "smtps://smtp.trust.example:465")
    }

    @Test("All faults come at once, each with its line")
    func faults() throws {
        defer { remove() }
        let text = "server: two words\nfrom: nobody\nport: 0\nsecurity: none\npassword: secret\n"
        let faults = try #require(throws: Faults.self) { _ = try MailFile(file(text)) }
        #expect(faults.faults.map(\.place.line) == [1, 2, 3, 4, 5])
    }

    @Test("The password comes from a file of its own or from the environment, and is never described")
    func password() throws {
        defer { remove() }
        let text = Self.least + "user: staffing\n"
        #expect(throws: Faults.self) { try MailFile(file(text)).server(environment: [:]) }
        let server = try MailFile(file(text)).server(environment: [MailFile.passwordVariable: "hush"])
        #expect(server.login?.password == "hush")
        #expect(!"\(server)".contains("hush"))
        let secret = folder.appending(path: "secret")
        try "hush\nsecond line\n".write(to: secret, atomically: true, encoding: .utf8)
        let settings = try file(text + "password-file: secret\n")
        let manager = FileManager.default
        try manager.setAttributes([.posixPermissions: 0o644], ofItemAtPath: secret.path)
        let fault = #expect(throws: Faults.self) { try MailFile(settings).server(environment: [:]) }
        #expect(fault?.description.contains("every user") == true)
        #expect(fault?.description.contains("hush") == false)
        try manager.setAttributes([.posixPermissions: 0o600], ofItemAtPath: secret.path)
        #expect(try MailFile(settings).server(environment: [:]).login?.password == "hush")
    }

    @Test("A CA file that cannot be read is a fault, not a reason to trust the system's")
    func caFile() throws {
        defer { remove() }
        let settings = try file(Self.least + "ca-file: nowhere.pem\n")
        #expect(throws: Faults.self) { try MailFile(settings).server(environment: [:]) }
    }
}
