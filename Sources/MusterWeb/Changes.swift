import Hummingbird
import ServiceLifecycle

/// Tells open pages that something has changed: server-sent events, each the number of the newest revision.
actor Changes {
    /// Open pages at one time; those above it are as new as their last load.
    static let limit = 2_000
    /// How many ticks a line is repeated after: it keeps proxies from closing a quiet connection, finds those that
    /// have gone, and tells a page what it missed.
    private static let beat = 50

    /// Empty while nothing was told.
    private(set) var version = ""
    private var listeners: [Int: AsyncStream<String>.Continuation] = [:]
    private var next = 0
    private var ticks = 0
    private var isOver = false

    func changed(to version: String) {
        guard version != self.version else { return }
        self.version = version
        tell()
    }

    func tick() {
        ticks += 1
        if ticks % Self.beat == 0, !version.isEmpty { tell() }
    }

    /// Ends every open stream, so that the server can stop.
    func finish() {
        isOver = true
        for listener in listeners.values { listener.finish() }
        listeners = [:]
    }

    /// The newest version, and each one after it; nil if too many listen already.
    func listen() -> AsyncStream<String>? {
        guard listeners.count < Self.limit, !isOver else { return nil }
        let (stream, continuation) = AsyncStream.makeStream(
            of: String.self, bufferingPolicy: .bufferingNewest(1))
        let number = next
        next += 1
        listeners[number] = continuation
        continuation.onTermination = { _ in Task { await self.forget(number) } }
        if !version.isEmpty { continuation.yield(event) }
        return stream
    }

    private func tell() { for listener in listeners.values { listener.yield(event) } }

    private var event: String { "event: revision\ndata: \(version)\n\n" }

    private func forget(_ number: Int) { listeners[number] = nil }
}

extension Changes {
    nonisolated func response() async -> Response {
        guard let stream = await listen() else {
            return Response(status: .serviceUnavailable, headers: [.retryAfter: "60"])
        }
        return Response(
            status: .ok,
            headers: [
                .contentType: "text/event-stream", .cacheControl: "no-store", .accelBuffering: "no",
            ],
            body: ResponseBody { writer in
                // The server waits for its requests before anything else is told to stop, so an open page must not wait
                // to be told.
                for await event in stream.cancelOnGracefulShutdown() {
                    try await writer.write(ByteBuffer(string: event))
                }
                try await writer.finish(nil)
            })
    }
}
