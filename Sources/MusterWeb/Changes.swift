import Hummingbird
import ServiceLifecycle

/// Tells open pages that something has changed: server-sent events, each the number of the newest revision.
actor Changes {
    /// Open pages at one time; those above it are as new as their last load.
    static let limit = 2_000
    /// How many ticks a line is repeated after: it keeps proxies from closing a quiet connection, finds those that
    /// have gone, and tells a page what it missed.
    static let beat = 50

    private struct Listener {
        let continuation: AsyncStream<String>.Continuation
        /// Whether whoever listens may still: a token can be revoked, and a session end, while a page is open.
        let isLetIn: @Sendable () -> Bool
    }

    /// Empty while nothing was told.
    private(set) var version = ""
    private var listeners: [Int: Listener] = [:]
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
        guard ticks % Self.beat == 0 else { return }
        for (number, listener) in listeners where !listener.isLetIn() {
            listener.continuation.finish()
            listeners[number] = nil
        }
        if !version.isEmpty { tell() }
    }

    /// How many listen.
    var count: Int { listeners.count }

    /// Ends every open stream, so that the server can stop.
    func finish() {
        isOver = true
        for listener in listeners.values { listener.continuation.finish() }
        listeners = [:]
    }

    /// The newest version, and each one after it; nil if too many listen already.
    ///
    /// - Parameter isLetIn: Whether the stream may go on; asked at each beat.
    func listen(while isLetIn: @escaping @Sendable () -> Bool = { true }) -> AsyncStream<String>? {
        guard listeners.count < Self.limit, !isOver else { return nil }
        let (stream, continuation) = AsyncStream.makeStream(
            of: String.self, bufferingPolicy: .bufferingNewest(1))
        let number = next
        next += 1
        listeners[number] = Listener(continuation: continuation, isLetIn: isLetIn)
        continuation.onTermination = { _ in Task { await self.forget(number) } }
        if !version.isEmpty { continuation.yield(event) }
        return stream
    }

    private func tell() { for listener in listeners.values { listener.continuation.yield(event) } }

    private var event: String { "event: revision\ndata: \(version)\n\n" }

    private func forget(_ number: Int) { listeners[number] = nil }
}

extension Changes {
    nonisolated func response(while isLetIn: @escaping @Sendable () -> Bool = { true }) async -> Response {
        guard let stream = await listen(while: isLetIn) else {
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
