import Extracts
import MusterStore
import Roster
import SystemPool

extension [Request] {
    /// Of confirmed calls, those whose visitor an imported rota shows: bookings of mutual aid in the unit at that time.
    ///
    /// Each booking stands for one call. Which of several it is nobody can tell, and need not: to whoever receives, one
    /// head is as good as another.
    func visitors(of calls: [AidRequest]) -> Set<AidRequest.ID> {
        var left = filter { $0.state == .booked && $0.origin == MusterStore.mutualAid && !$0.namesNobody }
        var told: Set<AidRequest.ID> = []
        for call in calls.sorted(by: { ($0.need.start, $0.id) < ($1.need.start, $1.id) }) {
            let need = call.need
            func together(_ request: Request) -> Int {
                (Swift.min(request.end, need.end) - Swift.max(request.start, need.start)).count
            }
            let fitting = left.indices.filter { left[$0].unit == need.unit && together(left[$0]) > 0 }
            guard let best = fitting.max(by: { together(left[$0]) < together(left[$1]) }) else { continue }
            told.insert(call.id)
            left.remove(at: best)
        }
        return told
    }
}

extension MusterStore {
    /// Confirmed calls of this organisation for which, as far as the store and the rota that was imported last tell, nobody
    /// is booked: the system counts their gaps as closed, the rota does not.
    ///
    /// - Throws: `StoreError`.
    public func callsToReceive(at now: Instant) throws -> [AidRequest] {
        let lacking = try callsLackingVisitor(at: now)
        guard let last = lacking.map(\.need.end.day).max() else { return [] }
        let picture = try picture(on: now.day, days: now.day.distance(to: last) + 1, at: now)
        let told = (picture?.requests ?? []).visitors(of: lacking)
        return lacking.filter { !told.contains($0.id) }
    }
}
