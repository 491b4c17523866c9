import Extracts
import Roster

extension Cascade {
    /// When one gap is, or was, released to each step, and by whom.
    ///
    /// Industrial action closes every step that brings in people from elsewhere: temporary staff may not be
    /// supplied to do the work of those on strike.
    ///
    /// - Parameter isStruck: It is a day of industrial action: see ``NamedGap/isStruck(by:_:from:)``.
    init(
        _ gap: NamedGap, policy: ReportPolicy, requests: [Request], isStruck: Bool, at now: Instant
    ) {
        let strike = isStruck || requests.contains { $0.reason == .industrialAction }
        // What is dated later than this report has not happened yet, and what is filled was for somebody else.
        let live = requests.filter { $0.isOut && $0.released ?? now <= now }
        let furthest = live.compactMap(\.step).max()
        let events = policy.cascade.enumerated().map { index, step -> Event in
            let time = step.lead.map { gap.frame.start - $0 }
            let request = live.filter { $0.step == step.level }.min { $0.id < $1.id }
            if strike, step.level.bringsInOthers {
                return Event(
                    step: step.level, name: step.name, at: time, authoriser: step.authoriser, state: .blocked,
                    note: "not during industrial action")
            }
            let isDue = time.map { $0 <= now } ?? true
            let isFirst = !policy.cascade[..<index].contains { $0.level == step.level }
            // Tiers of a step share its level. Of one that was released early the first is open; the others are from
            // their own times on.
            if isFirst && request != nil || isDue && furthest.map({ step.level <= $0 }) ?? false {
                let opened = isDue ? time : nil
                return Event(
                    step: step.level, name: step.name,
                    at: isFirst
                        ? request?.released ?? opened : [request?.released, time].compactMap(\.self).max(),
                    authoriser: request?.releasedBy ?? step.authoriser, state: .released)
            }
            return Event(
                step: step.level, name: step.name, at: time, authoriser: step.authoriser,
                state: isDue ? .due : .planned,
                note: step.level == .breakGlass ? "needs a reason of patient safety" : "")
        }
        self.init(events: events, isIndustrialAction: strike)
    }
}

extension CascadeStep.Level {
    /// People come from outside the organisation.
    var bringsInOthers: Bool { self >= .collaborative }
}

extension Attempt {
    init(_ request: Request) {
        self.init(
            step: request.step,
            state: request.words,
            at: request.released,
            by: request.releasedBy ?? "")
    }
}

extension Request {
    /// Somebody is still looked for: it was authorised, and nobody comes by it.
    var isOut: Bool {
        switch state {
        case .open, .offered, .didNotAttend: true
        case .booked: namesNobody
        case .draft, .pendingAuthorisation, .cancelled: false
        }
    }

    /// Somebody is named who comes by it.
    var isFilled: Bool { state == .booked && !namesNobody }

    fileprivate var words: String {
        if namesNobody { return "booked, but nobody is named" }
        return state == .pendingAuthorisation ? "awaiting authorisation" : state.rawValue
    }

    /// It was made for this gap: the same place and role, and most of its time in the shift.
    func concerns(_ gap: NamedGap) -> Bool {
        guard unit == gap.rule.unit, gap.rule.counted.roles.isEmpty || gap.rule.counted.roles.contains(role)
        else { return false }
        let shared = min(end, gap.frame.end) - max(start, gap.frame.start)
        return shared.count * 2 > (end - start).count
    }
}
