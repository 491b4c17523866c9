import HTTPTypes
import Hummingbird

/// A file that belongs to the pages. Its name holds its hash, so that browsers may keep it for ever.
struct StaticFile: Sendable {
    let path: String
    private let type: String
    private let bytes: [UInt8]

    static let style = StaticFile("style", "css", "text/css; charset=utf-8", PackageResources.style_css)
    static let live = StaticFile("live", "js", "text/javascript; charset=utf-8", PackageResources.live_js)

    private init(_ name: String, _ ending: String, _ type: String, _ bytes: [UInt8]) {
        path = "/static/\(name)-\(sha256(bytes).prefix(12)).\(ending)"
        self.type = type
        self.bytes = bytes
    }

    var response: Response {
        Response(
            status: .ok,
            headers: [.contentType: type, .cacheControl: "public, max-age=31536000, immutable"],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
    }
}
