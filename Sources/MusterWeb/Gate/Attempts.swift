import Foundation
import Synchronization

/// Counts failed sign-ins: ten from one address within five minutes, and that address waits. Of an IPv6 address the first
/// half counts: who has one has all that begin with it.
final class Attempts: Sendable {
    private struct Window {
        var started: ContinuousClock.Instant
        var failures: Int
    }

    static let limit = 10
    static let length = Duration.seconds(300)
    /// More addresses than this are not told apart, so that a flood cannot fill the memory.
    static let addresses = 10_000

    private let windows = Mutex<[String: Window]>([:])

    /// Seconds to wait before this address may try again; nil if it may.
    func wait(_ address: String, at now: ContinuousClock.Instant) -> Int? {
        windows.withLock { windows in
            guard let window = windows[Self.key(address, in: windows)], window.failures >= Self.limit else {
                return nil
            }
            let left = Self.length - (now - window.started)
            return left > .zero ? Int(left.components.seconds) + 1 : nil
        }
    }

    func failed(_ address: String, at now: ContinuousClock.Instant) {
        windows.withLock { windows in
            if windows.count >= Self.addresses {
                windows = windows.filter { now - $0.value.started < Self.length }
            }
            let key = Self.key(address, in: windows)
            var window = windows[key] ?? Window(started: now, failures: 0)
            if now - window.started >= Self.length { window = Window(started: now, failures: 0) }
            window.failures += 1
            windows[key] = window
        }
    }

    private static func key(_ address: String, in windows: [String: Window]) -> String {
        let address = network(of: address)
        return windows.count >= addresses && windows[address] == nil ? "others" : address
    }

    private static func network(of address: String) -> String {
        var parsed = in6_addr()
        guard inet_pton(AF_INET6, address, &parsed) == 1 else { return address }
        let bytes = withUnsafeBytes(of: &parsed) { Array($0) }
        // An IPv4 address that is written as one of IPv6 is that address.
        let isMapped = bytes.prefix(10).allSatisfy { $0 == 0 } && bytes[10] == 255 && bytes[11] == 255
        return isMapped
            ? bytes[12...].map(String.init).joined(separator: ".") : hexadecimal(Array(bytes[..<8]))
    }
}
