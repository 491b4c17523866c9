import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import Roster
import SystemPool

/// The system view: pages, API and live updates over one system store.
public struct SystemServer: Sendable {
    private let access: AccessStore
    private let watch: SystemWatch
    private let gate: Gate
    private let now: @Sendable () -> Instant

    /// - Parameters:
    ///   - now: The time that pages are as of.
    ///   - solve: Works out the suggestions; it may take seconds.
    public init(
        records: any SystemRecords, access: AccessStore, now: @escaping @Sendable () -> Instant,
        solve: @escaping @Sendable (SystemPicture) throws -> PoolSolution
    ) throws {
        self.access = access
        self.now = now
        watch = try SystemWatch(records: records, now: now, solve: solve)
        gate = Gate(access: access, records: records, attempts: Attempts(), now: now)
    }

    /// Connections at one time; more wait to be accepted.
    static let connections = 4_096
    /// Seconds after which a connection that asks nothing is closed.
    static let idleSeconds: Int64 = 30

    /// Serves until the process is told to stop; then what is under way is finished.
    ///
    /// - Parameter ready: Called with the port when connections are taken.
    public func run(port: Int, ready: @escaping @Sendable (Int) -> Void) async throws {
        try await application(port: port, ready: ready).runService()
    }

    func application(port: Int = 0, ready: @escaping @Sendable (Int) -> Void = { _ in })
        -> some ApplicationProtocol
    {
        var logger = Logger(label: "muster-server")
        logger.logLevel = .warning
        return Application(
            router: router(),
            server: .http1(
                configuration: .init(
                    idleTimeout: .seconds(Self.idleSeconds),
                    httpDecoderConfiguration: .init(
                        maxHeaderFieldSize: 8 * 1024, maxHeaderListSize: 16 * 1024, maxHeaderFieldCount: 100))
            ),
            configuration: .init(
                address: .hostname("127.0.0.1", port: port), serverName: "muster",
                availableConnectionsDelegate: .maximum(Self.connections, logger: logger)),
            services: [watch],
            onServerRunning: { channel in ready(channel.localAddress?.port ?? port) },
            logger: logger)
    }

    func router() -> Router<WebContext> {
        let router = Router(context: WebContext.self, options: .autoGenerateHeadEndpoints)
        router.add(middleware: AnswerMiddleware { problem, _ in ProblemPage(problem).response })
        for file in [StaticFile.style, .live] {
            router.get(RouterPath(file.path)) { _, _ in file.response }
        }
        router.get("/favicon.ico") { _, _ in Response(status: .noContent) }
        router.add(middleware: gate)
        router.get("/events") { _, _ in await watch.changes.response() }
        SignIn(access: access, gate: gate).add(to: router)
        Pages(watch: watch, access: access, now: now).add(to: router)
        Actions(watch: watch, now: now).add(to: router)
        PushEndpoint(watch: watch, now: now).add(to: router)
        API(watch: watch).add(to: router)
        return router
    }
}
