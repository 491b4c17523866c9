import CCurl
import Foundation
import MusterStore

/// Hands one message to a mail server.
public protocol Submission: Sendable {
    /// Blocks until there is a verdict; every failure is one.
    func submit(_ bytes: Data, from: EmailAddress, to: EmailAddress) -> Delivery
}

/// Submission by SMTP (RFC 6409) through libcurl, one connection a message.
public struct SMTPSubmission: Submission {
    private let server: MailServer

    public init(_ server: MailServer) { self.server = server }

    private static let library: CURLcode = curl_global_init(Int(CURL_GLOBAL_DEFAULT))

    public func submit(_ bytes: Data, from: EmailAddress, to: EmailAddress) -> Delivery {
        guard Self.library == CURLE_OK, let handle = curl_easy_init(),
            let recipients = curl_slist_append(nil, to.text)
        else { return Delivery(.unreachable, reply: "libcurl could not be started") }
        defer {
            curl_easy_cleanup(handle)
            curl_slist_free_all(recipients)
        }
        let dialogue = Dialogue(bytes)
        // What went wrong, in libcurl's words, which never hold the password.
        var words = [CChar](repeating: 0, count: Int(CURL_ERROR_SIZE))
        return words.withUnsafeMutableBufferPointer { words in
            let buffer = words.baseAddress
            var settings = self.settings + dialogue.settings
            settings.append { curl_set_text($0, CURLOPT_MAIL_FROM, from.text) }
            settings.append { curl_set_list($0, CURLOPT_MAIL_RCPT, recipients) }
            settings.append { curl_set_pointer($0, CURLOPT_ERRORBUFFER, buffer) }
            for set in settings {
                let result = set(handle)
                guard result == CURLE_OK else {
                    let reason = String(cString: curl_easy_strerror(result))
                    return Delivery(.unreachable, reply: "libcurl refuses a setting: \(reason)")
                }
            }
            let result = withExtendedLifetime(dialogue) { curl_easy_perform(handle) }
            var code = 0
            curl_get_long(handle, CURLINFO_RESPONSE_CODE, &code)
            let said = buffer.map { String(cString: $0) } ?? ""
            return dialogue.delivery(
                result, code: code, said: said.isEmpty ? String(cString: curl_easy_strerror(result)) : said)
        }
    }

    private typealias Setting = (UnsafeMutableRawPointer) -> CURLcode

    private var settings: [Setting] {
        [
            { curl_set_text($0, CURLOPT_URL, server.url) },
            { curl_set_text($0, CURLOPT_PROTOCOLS_STR, "smtp,smtps") },
            // A proxy in the environment is meant for web pages.
            { curl_set_text($0, CURLOPT_PROXY, "") },
            { curl_set_long($0, CURLOPT_USE_SSL, Int(CURLUSESSL_ALL.rawValue)) },
            { curl_set_long($0, CURLOPT_SSLVERSION, Int(CURL_SSLVERSION_TLSv1_2)) },
            { curl_set_long($0, CURLOPT_SSL_VERIFYPEER, 1) },
            { curl_set_long($0, CURLOPT_SSL_VERIFYHOST, 2) },
            { handle in
                guard let caFile = server.caFile else { return CURLE_OK }
                // Its certificates alone are trusted, not the system's beside them.
                curl_set_text(handle, CURLOPT_CAPATH, nil)
                return curl_set_text(handle, CURLOPT_CAINFO, caFile)
            },
            { handle in
                guard let login = server.login else { return CURLE_OK }
                curl_set_text(handle, CURLOPT_USERNAME, login.user)
                return curl_set_text(handle, CURLOPT_PASSWORD, login.password)
            },
            // Timeouts without SIGALRM.
            { curl_set_long($0, CURLOPT_NOSIGNAL, 1) },
            { curl_set_long($0, CURLOPT_CONNECTTIMEOUT, max(1, server.timeout / 2)) },
            { curl_set_long($0, CURLOPT_SERVER_RESPONSE_TIMEOUT, max(1, server.timeout / 2)) },
            { curl_set_long($0, CURLOPT_TIMEOUT, server.timeout) },
        ]
    }
}

/// What is said to the server, and how far it came. It is a class because libcurl calls back into it.
private final class Dialogue {
    private let bytes: Data
    private var sent = 0
    /// Whether libcurl has asked for more after the last byte: from then on the end of the message may be out.
    private var hasEnded = false
    private var lastReply = ""

    init(_ bytes: Data) { self.bytes = bytes }

    /// The callbacks hold this object without owning it; it must outlive the transfer.
    var settings: [(UnsafeMutableRawPointer) -> CURLcode] {
        let me = Unmanaged.passUnretained(self).toOpaque()
        return [
            { curl_set_long($0, CURLOPT_UPLOAD, 1) },
            { curl_set_pointer($0, CURLOPT_READDATA, me) },
            { handle in
                curl_set_function(handle, CURLOPT_READFUNCTION) { buffer, size, count, me in
                    guard let buffer, let me else { return 0 }
                    return Unmanaged<Dialogue>.fromOpaque(me).takeUnretainedValue().read(
                        into: buffer, size * count)
                }
            },
            { curl_set_pointer($0, CURLOPT_HEADERDATA, me) },
            { handle in
                curl_set_function(handle, CURLOPT_HEADERFUNCTION) { buffer, size, count, me in
                    guard let buffer, let me else { return 0 }
                    Unmanaged<Dialogue>.fromOpaque(me).takeUnretainedValue()
                        .hear(UnsafeRawBufferPointer(start: buffer, count: size * count))
                    return size * count
                }
            },
        ]
    }

    private func read(into buffer: UnsafeMutablePointer<CChar>, _ room: Int) -> Int {
        let count = min(room, bytes.count - sent)
        guard count > 0 else {
            hasEnded = true
            return 0
        }
        bytes.copyBytes(
            to: UnsafeMutableRawBufferPointer(start: buffer, count: count), from: sent..<(sent + count))
        sent += count
        return count
    }

    private func hear(_ line: UnsafeRawBufferPointer) {
        lastReply = String(String(decoding: line.prefix(500), as: UTF8.self).filter { !$0.isNewline })
    }

    /// - Parameter code: The last reply code of the server, 0 if there was none.
    func delivery(_ result: CURLcode, code: Int, said: String) -> Delivery {
        let verdict = verdict(result, code: code)
        // A refusal is told best by the server itself, everything else by libcurl.
        let isRefusal = (400...599).contains(code) && lastReply.hasPrefix("\(code)")
        return Delivery(
            verdict, code: code == 0 ? nil : code,
            reply: verdict == .accepted || isRefusal ? lastReply : said)
    }

    private func verdict(_ result: CURLcode, code: Int) -> Verdict {
        switch result {
        case CURLE_OK: return .accepted
        case CURLE_LOGIN_DENIED: return (400...499).contains(code) ? .refusedForNow : .authenticationFailed
        case CURLE_USE_SSL_FAILED, CURLE_SSL_CONNECT_ERROR, CURLE_PEER_FAILED_VERIFICATION,
            CURLE_SSL_CACERT_BADFILE, CURLE_SSL_CERTPROBLEM, CURLE_SSL_CIPHER, CURLE_SSL_ISSUER_ERROR,
            CURLE_SSL_ENGINE_INITFAILED:
            return .tlsFailed
        case CURLE_COULDNT_RESOLVE_HOST, CURLE_COULDNT_RESOLVE_PROXY, CURLE_COULDNT_CONNECT:
            return .unreachable
        case CURLE_OPERATION_TIMEDOUT: return hasEnded ? .timedOutAtTheEnd : .timedOut
        default:
            if (400...499).contains(code) { return .refusedForNow }
            if (500...599).contains(code) { return .refused }
            return hasEnded ? .droppedAtTheEnd : .dropped
        }
    }
}
