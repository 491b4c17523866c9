import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import Roster
import SystemPool

/// The system view: pages, API and live updates over one system store.
public struct SystemServer: Sendable {
    private let access: AccessStore
    let watch: SystemWatch
    private let gate: Gate
    private let now: @Sendable () -> Instant
    private let limits: ConnectionLimits
    private let audit: ConnectionAudit

    /// - Parameters:
    ///   - now: The time that pages are as of.
    ///   - solve: Works out the suggestions; it may take seconds.
    public init(
        records: any SystemRecords, access: AccessStore, now: @escaping @Sendable () -> Instant,
        solve: @escaping @Sendable (SystemPicture) throws -> PoolSolution
    ) throws {
        try self.init(records: records, access: access, now: now, limits: ConnectionLimits(), solve: solve)
    }

    init(
        records: any SystemRecords, access: AccessStore, now: @escaping @Sendable () -> Instant,
        limits: ConnectionLimits, solve: @escaping @Sendable (SystemPicture) throws -> PoolSolution
    ) throws {
        self.access = access
        self.now = now
        self.limits = limits
        audit = ConnectionAudit(tally: ConnectionTally(), limits: limits, records: records, now: now)
        watch = try SystemWatch(records: records, now: now, solve: solve)
        gate = Gate(
            access: access, records: records, attempts: Attempts(), denials: Denials(tally: audit.tally),
            now: now)
    }

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
                    additionalChannelHandlers: [ConnectionWatch(limits: limits, tally: audit.tally)],
                    idleTimeout: .seconds(limits.idleSeconds),
                    httpDecoderConfiguration: .init(
                        maxHeaderFieldSize: 8 * 1024, maxHeaderListSize: 16 * 1024, maxHeaderFieldCount: 100))
            ),
            configuration: .init(
                address: .hostname("127.0.0.1", port: port), serverName: "muster",
                availableConnectionsDelegate: ConnectionCeiling(most: limits.most, tally: audit.tally)),
            services: [watch, audit],
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
        let plain = Router(context: WebContext.self, options: .autoGenerateHeadEndpoints)
        addRoutes(to: plain)
        router.add(middleware: AllowedMethods(of: plain))
        addRoutes(to: router)
        return router
    }

    /// What stands behind the gate.
    private func addRoutes(to router: Router<WebContext>) {
        router.get("/events") { request, context in
            try context.require(.see)
            return await watch.changes.response { gate.letsIn(context.visitor, of: request) }
        }
        router.get("/events/public") { _, _ in await watch.boardChanges.response() }
        SignIn(access: access, gate: gate).add(to: router)
        Pages(watch: watch, access: access, now: now).add(to: router)
        Actions(watch: watch, now: now).add(to: router)
        PushEndpoint(watch: watch, now: now).add(to: router)
        API(watch: watch).add(to: router)
    }
}
