import Foundation
import Hummingbird
import Logging
import Roster
import ServiceLifecycle
import Synchronization
import SystemPool

/// Keeps the view up to date: with what is written here, with what another process writes to the same store, and
/// with the time, since data age.
final class SystemWatch: Service {
    let records: any SystemRecords
    let changes = Changes()
    /// Apart from those who are signed in, so that anybody neither learns when something changes that they may not see
    /// nor takes their places.
    let boardChanges = Changes()
    private let now: @Sendable () -> Instant
    private let solve: @Sendable (SystemPicture) throws -> PoolSolution
    private let state: Mutex<State>
    private let logger = Logger(label: "muster-server")

    private struct State {
        var view: SystemView
        /// What the suggestions were last worked out for.
        var solved: SystemPicture?
        var isSolving = false

        /// Levels and risks change nothing for the suggestions, and a minute does not either while all can still leave in time.
        var isSolved: Bool {
            guard let solved else { return false }
            let moves = view.solution?.suggestions.flatMap(\.moves) ?? []
            return solved.organisations == view.picture.organisations && solved.aid == view.picture.aid
                && view.picture.at - solved.at < SystemWatch.solutionAge
                && moves.allSatisfy { $0.leaves >= view.picture.at }
        }
    }

    /// How often the store is asked whether anything has changed: what is pushed is on open pages within a second.
    private static let interval = Duration.milliseconds(300)

    /// After this the suggestions are worked out again in any case, since gaps begin and pass.
    private static let solutionAge = ElapsedMinutes(30)

    init(
        records: any SystemRecords, now: @escaping @Sendable () -> Instant,
        solve: @escaping @Sendable (SystemPicture) throws -> PoolSolution
    ) throws {
        self.records = records
        self.now = now
        self.solve = solve
        try records.refreshRisks(at: now())
        let view = try Self.load(records, at: now())
        state = Mutex(State(view: view))
        tell(of: view.damage)
    }

    var view: SystemView { state.withLock { $0.view } }

    func run() async throws {
        await tell()
        await beginSolving()
        try? await cancelWhenGracefulShutdown {
            while true {
                try await Task.sleep(for: Self.interval)
                await self.follow()
                await self.changes.tick()
                await self.boardChanges.tick()
            }
        }
        await changes.finish()
        await boardChanges.finish()
    }

    /// Brings the view up to date after a step. The step is done and stays so, whatever comes of this: what fails is
    /// logged and tried again at the next tick.
    func follow() async {
        do {
            try await refresh()
        } catch {
            logger.error("The store could not be read: \(error)")
        }
    }

    /// Reads the records anew if they or the minute have changed.
    func refresh() async throws {
        let old = view.picture
        let revision = try records.revision()
        guard revision != old.revision || now() != old.at else { return }
        try await Self.aside { [records, now] in
            // Risks follow what is known, so they are brought up to date whenever that has changed.
            if revision != old.revision { try records.refreshRisks(at: now()) }
            let fresh = try Self.load(records, at: now())
            let told = Set(self.view.damage)
            self.tell(of: fresh.damage.filter { !told.contains($0) })
            self.state.withLock { state in
                guard fresh.picture.revision >= state.view.picture.revision else { return }
                let old = state.view
                state.view = fresh
                state.view.solution = old.solution
                state.view.solutionAt = old.solutionAt
                state.view.solutions = old.solutions
                state.view.isSolving = !state.isSolved
            }
        }
        await tell()
        await beginSolving()
    }

    private static func load(_ records: any SystemRecords, at now: Instant) throws -> SystemView {
        let escalation = try records.escalation(at: now)
        return SystemView(
            picture: try records.picture(at: now), escalation: escalation,
            risks: try records.risks(includingClosed: false),
            unreadableRisks: try records.unreadableRisks(), ledger: try records.aidLedger(),
            raised: try records.callsRaised(since: now - SystemView.raisedFor))
    }

    /// Each once, when it is first left out of the view.
    private func tell(of damage: [String]) {
        for part in damage {
            logger.error("The store holds what cannot be read, and the view goes on without: \(part)")
        }
    }

    private func tell() async {
        let view = view
        await changes.changed(to: view.version)
        await boardChanges.changed(to: PublicBoard(view: view).version)
    }

    // MARK: - Suggestions

    /// One at a time; what changes meanwhile is solved for next.
    private func beginSolving() async {
        let picture: SystemPicture? = state.withLock { state in
            guard !state.isSolving, !state.isSolved else { return nil }
            state.isSolving = true
            return state.view.picture
        }
        guard let picture else { return }
        Task { await self.workOut(picture) }
    }

    private func workOut(_ picture: SystemPicture) async {
        var solution: PoolSolution?
        do {
            solution = try await Self.aside { [solve] in try solve(picture) }
        } catch {
            logger.error("The suggestions could not be worked out: \(error)")
        }
        state.withLock { state in
            state.isSolving = false
            state.solved = picture
            state.view.solution = solution
            state.view.solutionAt = picture.at
            state.view.solutions += 1
            state.view.isSolving = !state.isSolved
        }
        await tell()
        await beginSolving()
    }

    /// Off the few threads that answer requests: reading takes milliseconds, taking a push many, and solving seconds.
    static func aside<Value: Sendable>(_ work: @escaping @Sendable () throws -> Value) async throws
        -> Value
    {
        try await withCheckedThrowingContinuation { continuation in
            DispatchQueue.global(qos: .utility).async { continuation.resume(with: Result(catching: work)) }
        }
    }
}
