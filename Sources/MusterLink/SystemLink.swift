import CCurl
import Foundation

/// Asks a system's server over HTTPS through libcurl, one request at a time, with the organisation's token.
///
/// No redirect is followed: the token is for this server alone.
public struct SystemLink: Sendable {
    public struct Answer: Hashable, Sendable {
        public let status: Int
        public let body: Data

        public init(status: Int, body: Data) {
            self.status = status
            self.body = body
        }
    }

    let server: URL
    private let token: String
    private let caFile: String?
    /// Seconds.
    private let timeout: Int

    init(server: URL, token: String, caFile: String?, timeout: Int) {
        self.server = server
        self.token = token
        self.caFile = caFile
        self.timeout = timeout
    }

    /// More than this is no answer of a Muster system.
    static let byteLimit = 64_000_000

    private static let library: CURLcode = curl_global_init(Int(CURL_GLOBAL_DEFAULT))

    /// Sends one request and waits for the whole answer.
    ///
    /// - Parameter body: JSON to post; nil asks with GET.
    /// - Throws: ``LinkError/unreachable(server:why:)``.
    public func ask(_ path: String, body: Data? = nil) throws(LinkError) -> Answer {
        guard Self.library == CURLE_OK, let handle = curl_easy_init() else {
            throw .unreachable(server: server.absoluteString, why: "libcurl could not be started")
        }
        defer { curl_easy_cleanup(handle) }
        let headers = curl_slist_append(
            curl_slist_append(
                curl_slist_append(nil, "Authorization: Bearer \(token)"), "Content-Type: application/json"),
            // libcurl would wait a second for leave to send a large body.
            "Expect:")
        defer { curl_slist_free_all(headers) }
        let receiver = Receiver()
        // What went wrong, in libcurl's words, which never hold the token.
        var words = [CChar](repeating: 0, count: Int(CURL_ERROR_SIZE))
        let bytes = body.map { Array($0) } ?? []
        let result = words.withUnsafeMutableBufferPointer { words in
            bytes.withUnsafeBytes { bytes in
                let report = words.baseAddress
                var all: [Setting] = settings(path) + receiver.settings
                all.append { curl_set_list($0, CURLOPT_HTTPHEADER, headers) }
                all.append { curl_set_pointer($0, CURLOPT_ERRORBUFFER, report) }
                if body != nil {
                    let start = bytes.baseAddress.map { UnsafeMutableRawPointer(mutating: $0) }
                    all.append { curl_set_long($0, CURLOPT_POST, 1) }
                    let count = bytes.count
                    all.append { curl_set_long($0, CURLOPT_POSTFIELDSIZE, count) }
                    all.append { curl_set_pointer($0, CURLOPT_POSTFIELDS, start) }
                }
                for set in all {
                    let result = set(handle)
                    if result != CURLE_OK { return result }
                }
                return withExtendedLifetime(receiver) { curl_easy_perform(handle) }
            }
        }
        guard result == CURLE_OK else {
            let said = String(decoding: words.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
            throw .unreachable(
                server: server.absoluteString,
                why: said.isEmpty ? String(cString: curl_easy_strerror(result)) : said)
        }
        var code = 0
        curl_get_long(handle, CURLINFO_RESPONSE_CODE, &code)
        return Answer(status: code, body: receiver.body)
    }

    private typealias Setting = (UnsafeMutableRawPointer) -> CURLcode

    private func settings(_ path: String) -> [Setting] {
        [
            { curl_set_text($0, CURLOPT_URL, server.absoluteString + path) },
            { curl_set_text($0, CURLOPT_PROTOCOLS_STR, "https,http") },
            { curl_set_long($0, CURLOPT_FOLLOWLOCATION, 0) },
            // What goes to this machine goes past any proxy.
            { curl_set_text($0, CURLOPT_NOPROXY, "localhost,127.0.0.1,::1") },
            { curl_set_long($0, CURLOPT_SSLVERSION, Int(CURL_SSLVERSION_TLSv1_2)) },
            { curl_set_long($0, CURLOPT_SSL_VERIFYPEER, 1) },
            { curl_set_long($0, CURLOPT_SSL_VERIFYHOST, 2) },
            { handle in
                guard let caFile else { return CURLE_OK }
                // Its certificates alone are trusted, not the system's beside them.
                curl_set_text(handle, CURLOPT_CAPATH, nil)
                return curl_set_text(handle, CURLOPT_CAINFO, caFile)
            },
            // Timeouts without SIGALRM.
            { curl_set_long($0, CURLOPT_NOSIGNAL, 1) },
            { curl_set_long($0, CURLOPT_CONNECTTIMEOUT, max(1, timeout / 2)) },
            { curl_set_long($0, CURLOPT_TIMEOUT, timeout) },
        ]
    }
}

/// Takes what the server answers. It is a class because libcurl calls back into it.
private final class Receiver {
    private(set) var body = Data()

    /// The callback holds this object without owning it; it must outlive the transfer.
    var settings: [(UnsafeMutableRawPointer) -> CURLcode] {
        let me = Unmanaged.passUnretained(self).toOpaque()
        return [
            { curl_set_pointer($0, CURLOPT_WRITEDATA, me) },
            { handle in
                curl_set_function(handle, CURLOPT_WRITEFUNCTION) { buffer, size, count, me in
                    guard let buffer, let me else { return 0 }
                    return Unmanaged<Receiver>.fromOpaque(me).takeUnretainedValue().take(
                        UnsafeRawBufferPointer(start: buffer, count: size * count))
                }
            },
        ]
    }

    /// Fewer than were given ends the transfer.
    private func take(_ bytes: UnsafeRawBufferPointer) -> Int {
        guard body.count + bytes.count <= SystemLink.byteLimit else { return 0 }
        body.append(contentsOf: bytes)
        return bytes.count
    }
}
