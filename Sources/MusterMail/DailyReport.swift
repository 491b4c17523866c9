import Extracts
import Foundation
import LookForward
import MusterStore
import Roster
import SystemPool

/// The store knows of no organisation to report on.
public struct NothingImported: Error, Hashable, Sendable, CustomStringConvertible {
    public let path: String

    public var description: String {
        "\(path): nothing was imported into this store or published for these days, so there is nothing to report on and nobody to tell. "
            + "Read a trust's exports with `muster import FOLDER --store \(path)`, or publish a rota, first."
    }
}

/// Makes a day's report from what a store holds: the extracts, and the issues before.
public struct DailyReport: Sendable {
    private let store: MusterStore
    private let date: Day
    public let now: Instant
    public let policy: ReportPolicy

    /// How far back an issue can lie and still be compared with, or learned from.
    private static let memory = 7

    /// - Parameters:
    ///   - date: The day of the issue, the first of those that are reported on.
    ///   - asOf: When it is made; nil means now, or the issue time of a day that has passed.
    ///   - clock: What time it is.
    /// - Throws: `StoreError`.
    public init(_ store: MusterStore, on date: Day, asOf: Instant?, clock: Instant) throws {
        self.store = store
        self.date = date
        // Rotas that Muster published need no import; without one the usual policy holds.
        policy = try store.policy(at: asOf ?? clock) ?? ReportPolicy()
        now = asOf ?? (date < clock.day ? London.instant(date, policy.issueTime) : clock)
    }

    /// It is compared with the last issue before it, yesterday's or an earlier edition of the day, that was sent: that is
    /// what recipients know. Only if none was is it compared with one that was shown.
    ///
    /// - Parameters:
    ///   - days: How many; nil means what the policy says for that weekday.
    ///   - edition: Which issue of the day it is.
    /// - Throws: ``NothingImported``, `StoreError`, and what ``LookForward`` throws.
    public func make(days: Int?, edition: String) throws -> ShortageReport {
        let window = days ?? policy.days(from: date)
        let picture = try picture(days: window)
        let earlier = try store.issues(from: date.advanced(by: -Self.memory), before: date)
            .map(ShortageReport.init)
        return try LookForward.report(
            on: picture, previous: try previous(to: edition), learning: try learning(from: earlier), at: now)
    }

    private func previous(to edition: String) throws -> ShortageReport? {
        for isAddressed in [true, false] {
            let last = try store.issues(
                from: date.advanced(by: -Self.memory), before: date.advanced(by: 1), isAddressed: isAddressed
            ).last { $0.key.date < date || $0.key.edition != edition && $0.generated < now }
            if let last { return try ShortageReport(last) }
        }
        return nil
    }

    /// What the store knows of the day of the issue and those that follow.
    ///
    /// - Throws: ``NothingImported``, `StoreError`.
    func picture(days: Int) throws -> Picture {
        guard let picture = try known(on: date, days: days) else {
            throw NothingImported(path: store.path)
        }
        return picture
    }

    /// Nobody is counted here who is lent.
    private func known(on day: Day, days: Int) throws -> Picture? {
        try store.picture(on: day, days: days, at: now)?.lending(
            store.loans().filter(\.isLive).map(\.away)
        ).noting(store.callsLackingPerson(at: now).map(\.lacksPerson))
    }

    var path: String { store.path }

    /// Remembers an issue that is shown and not sent, so that the next one can say what has changed.
    ///
    /// One that is made before or after its day is a preview or a look back, and no issue.
    public func remember(_ report: ShortageReport, edition: String) throws {
        guard report.issued == now.day else { return }
        try store.keep(try report.issue(edition: edition))
    }

    /// How good the issues up to this day have been.
    public func review() throws -> Review {
        let issues = try store.issues(from: Day(ordinal: 0), before: date).map(ShortageReport.init)
        let recent = issues.filter { $0.issued >= date.advanced(by: -Self.memory) }
        return Review(issues.compactMap(\.learning) + [try learning(from: recent)].compactMap(\.self))
    }

    /// What became of the gaps of the days since the last issue; it has told of those before.
    private func learning(from issues: [ShortageReport]) throws -> Learning? {
        guard let last = issues.last?.issued, last < date,
            let known = try known(on: last, days: last.distance(to: date))
        else { return nil }
        return Learning(issues: issues, known: known)
    }
}

extension AidRequest {
    /// Until somebody is named, nobody is taken off the rota at home either.
    fileprivate var lacksPerson: Finding {
        var unit: Roster.Unit.ID?
        if case .surplus(let surplus)? = loan?.source { unit = surplus }
        return Finding(
            check: .lentByNobody, severity: .warning, units: Set([unit].compactMap { $0 }),
            sentence:
                "\(asking) counts on somebody from here from \(need.start.day.spoken) \(need.start.clock) to "
                + "\(need.end.clock) (\(id)), and nobody is named who goes: until somebody is, they count as being here "
                + "as well. Name them with `muster aid confirm \(id)`.")
    }
}
