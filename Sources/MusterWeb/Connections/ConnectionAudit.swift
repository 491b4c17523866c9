import Logging
import Roster
import ServiceLifecycle
import SystemPool

/// Writes into the audit, at most once a minute, what never became a request.
struct ConnectionAudit: Service {
    let tally: ConnectionTally
    let limits: ConnectionLimits
    let records: any SystemRecords
    let now: @Sendable () -> Instant

    func run() async throws {
        try? await cancelWhenGracefulShutdown {
            while true {
                try await Task.sleep(for: .seconds(1))
                write()
            }
        }
        write(isLast: true)
    }

    func write(isLast: Bool = false) {
        guard let words = tally.drain(at: now(), isLast: isLast, limits: limits) else { return }
        do {
            try records.recordDenial(token: nil, of: "connections", why: words, at: now())
        } catch {
            Logger(label: "muster-server").error("The audit of connections could not be written: \(error)")
        }
    }
}
