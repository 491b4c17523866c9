import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import Roster
import SystemPool

/// What a form sent, after it has proved that it came from one of our own pages.
struct SubmittedForm {
    private let fields: [String: String]
    /// Whether a program sent it through the API, and no page.
    let isOfProgram: Bool

    /// Bytes; the longest form has a reason of a few sentences.
    static let limit = 16 * 1024
    /// Characters of one field.
    static let longest = 2000

    /// - Parameter visitor: Whose session's key the form must carry; nil for the sign-in form, before there is one.
    init(_ request: Request, from visitor: Visitor?) async throws {
        guard request.headers[.contentType]?.hasPrefix("application/x-www-form-urlencoded") == true else {
            throw Problem(
                status: .unsupportedMediaType, title: "Not a form",
                detail: "Only a form of these pages is taken here.")
        }
        guard Self.isFromOurPages(request) else {
            throw Problem.forbidden("The form was sent from another site. Nothing was changed.")
        }
        let body = String(buffer: try await request.wholeBody(upTo: Self.limit))
        guard let fields = try? URLEncodedFormDecoder().decode([String: String].self, from: body) else {
            throw Problem.badRequest("The form could not be read. Nothing was changed.")
        }
        self.fields = fields
        isOfProgram = false
        guard let visitor else { return }
        guard let key = visitor.formKey, equalInConstantTime(fields["key"] ?? "", key) else {
            throw Problem.forbidden(
                "The form was not made by a page of this session. Load the page again and send it from there."
            )
        }
    }

    /// What a program sent as one flat JSON object.
    ///
    /// - Parameter visitor: Must have sent a token: a browser's session is no proof of who wrote the object.
    init(json request: Request, from visitor: Visitor) async throws {
        guard request.headers[.contentType]?.hasPrefix("application/json") == true else {
            throw Problem(
                status: .unsupportedMediaType, title: "Not JSON",
                detail: "A step is sent as application/json.")
        }
        try visitor.requireToken()
        let body = Data(buffer: try await request.wholeBody(upTo: Self.limit))
        guard let fields = try? JSONDecoder().decode([String: String].self, from: body) else {
            throw Problem.badRequest(
                "The body is not one JSON object whose values are text. Nothing was changed.")
        }
        if let fault = RepeatedKeys.faults(in: body).first {
            throw Problem.badRequest(
                "\(fault). Nothing was changed.", audited: "A field stands there twice. Nothing was changed.")
        }
        self.fields = fields
        isOfProgram = true
    }

    /// What was typed, on one line or several but without other control characters; empty if nothing was.
    subscript(_ name: String) -> String {
        get throws {
            let text = (fields[name] ?? "").trimmingCharacters(in: .whitespacesAndNewlines)
            guard text.count <= Self.longest else {
                throw Problem.badRequest(
                    "\(name) is longer than \(Self.longest) characters. Nothing was changed.")
            }
            let isPlain = text.unicodeScalars.allSatisfy {
                $0.properties.generalCategory != .control || $0 == "\n" || $0 == "\r"
            }
            guard isPlain else {
                throw Problem.badRequest("\(name) has control characters. Nothing was changed.")
            }
            return text
        }
    }

    /// A time as it is sent: by a program with its offset, by a browser on the wall clock of London; nil if it is none.
    func time(_ text: String) -> Instant? {
        let time = isOfProgram ? Instant(text) : Self.wallClock(text)
        return time.flatMap { CheckedTime.isTime($0) ? $0 : nil }
    }

    private static func wallClock(_ text: String) -> Instant? {
        let parts = text.split(separator: "T")
        guard parts.count == 2, let day = Day(String(parts[0])),
            let clock = ClockTime(String(parts[1].prefix(5)))
        else { return nil }
        return London.instant(day, clock)
    }

    func has(_ name: String) -> Bool { fields[name] != nil }

    /// What a person typed or chose, by the name of the field, to be put right if it is refused.
    var sent: [(name: String, text: String)] {
        fields.filter { $0.key != "key" }.sorted { $0.key < $1.key }
            .map { ($0.key, String($0.value.prefix(Self.longest))) }
    }

    /// What was typed, which must not be empty.
    func required(_ name: String, _ what: String) throws -> String {
        let text = try self[name]
        guard !text.isEmpty else { throw Problem.badRequest("Say \(what). Nothing was changed.") }
        return text
    }

    /// Browsers say where a form comes from; programs that do not are held by the key alone.
    private static func isFromOurPages(_ request: Request) -> Bool {
        if let site = request.headers[.fetchSite], site != "same-origin", site != "none" { return false }
        guard let origin = request.headers[.origin], let host = request.head.authority else { return true }
        return origin == "https://\(host)" || origin == "http://\(host)"
    }
}

extension Visitor {
    /// Ends the request of a program unless it sent a token: any page could have had a browser send what is no form.
    func requireToken() throws {
        guard formKey == nil else {
            throw Problem.forbidden("Send the token as Authorization: Bearer. Nothing was changed.")
        }
    }
}

extension Request {
    /// All that was sent. What is too large is refused by what the head says, before anybody waits for it.
    func wholeBody(upTo limit: Int) async throws -> ByteBuffer {
        if let length = headers[.contentLength].flatMap(Int.init), length > limit { throw Problem.tooLarge }
        do {
            return try await body.collect(upTo: limit)
        } catch is NIOTooManyBytesError {
            throw Problem.tooLarge
        } catch {
            throw Problem.badRequest(
                "The connection broke off, or took too long, before all was sent. Nothing was changed.")
        }
    }
}
