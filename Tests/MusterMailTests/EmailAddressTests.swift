import Testing

@testable import MusterMail

@Suite("Email addresses")
struct EmailAddressTests {
    @Test(
        "Plain addresses are taken as they are",
        arguments: ["bank.desk@trust.example", "a+b@x", "rota_1@nhs.trust.example", "o'neill@localhost"])
    func plain(text: String) throws {
        #expect(try EmailAddress(text).text == text)
    }

    @Test(
        "What could end a line, begin a command or name nobody is refused",
        arguments: [
            "", "nobody", "@trust.example", "desk@", "a b@trust.example",
            "desk@trust.example\r\nRCPT TO:<x@y>",
            "desk@trust.example\n", "\rdesk@trust.example", "<desk@trust.example>", "desk@trust..example",
            ".desk@trust.example", "desk@-trust.example", "desk@trust.example,x@y", "desk@trust@example",
            "dësk@trust.example", "desk@tr\u{0}ust.example", "\"a b\"@trust.example",
        ])
    func refused(text: String) {
        let error = #expect(throws: MessageError.self) { try EmailAddress(text) }
        #expect(error == .address(text))
        #expect(error?.description.contains { $0.isNewline } == false)
    }
}
