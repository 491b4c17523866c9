import Foundation
import HTTPTypes
import Hummingbird
import MusterFiles

extension Response {
    static func html(_ html: HTML, status: HTTPResponse.Status = .ok) -> Response {
        bytes(Array(html.source.utf8), type: "text/html; charset=utf-8", status: status)
    }

    /// Keys in snake case, as in a push.
    static func json(
        _ value: some Encodable, type: String = "application/json", status: HTTPResponse.Status = .ok
    ) throws -> Response {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        encoder.keyEncodingStrategy = .convertToSnakeCase
        return bytes(Array(try encoder.encode(value)), type: type, status: status)
    }

    /// See other: what a form answers when it is done.
    static func to(_ path: String) -> Response { Response(status: .seeOther, headers: [.location: path]) }

    /// The tag is a hash of the bytes, so it is the same exactly as long as they are.
    static func bytes(_ bytes: [UInt8], type: String, status: HTTPResponse.Status) -> Response {
        var headers: HTTPFields = [.contentType: type]
        if status == .ok { headers[.eTag] = "\"\(sha256(bytes).prefix(32))\"" }
        return Response(
            status: status, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
    }

    /// Without its body if whoever asks has the same already.
    func unlessKnown(to request: Request) -> Response {
        guard let tag = headers[.eTag], let known = request.headers[.ifNoneMatch] else { return self }
        let tags = known.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }
        guard tags.contains("*") || tags.contains(where: { $0.trimmingPrefix("W/") == tag }) else {
            return self
        }
        return Response(status: .notModified, headers: [.eTag: tag])
    }
}
