import Extracts
import Foundation
import MusterStore
import Roster
import SystemFeed
import SystemPool

extension LendingTerms {
    /// The agreement under which this organisation tells its system anything.
    ///
    /// - Parameter file: Where it stands, for the refusal.
    /// - Throws: ``LoanRefusal/noDataSharing(file:)``.
    public func dataSharingAgreement(in file: String) throws(LoanRefusal) -> String {
        guard let dataSharing else { throw .noDataSharing(file: file) }
        return dataSharing
    }
}

extension MusterStore {
    /// What this organisation shows its system now, made from the store.
    ///
    /// Its extract time is the time at which it is made, since two may be made from the same data: of a booking in between,
    /// or of what has passed. How old the data are is in its figures; data that are too old to report from make none.
    ///
    /// - Parameter isCurrent: Whether calls were pulled down since that time. What is not known to be so still is not said
    ///   to be allowed for: a call may have been taken back, and confirmed anew with somebody else.
    /// - Throws: ``LoanRefusal/nothingKnown(path:)``, ``LoanRefusal/noValidData(path:_:)``,
    ///   ``LoanRefusal/unsendable(path:_:)``, `StoreError`.
    public func ownPush(
        _ terms: LendingTerms, days: Int = 3, at now: Instant, isCurrent: Bool = true
    ) throws -> OrganisationPush {
        guard let picture = try picture(on: now.day, days: days, at: now) else {
            throw LoanRefusal.nothingKnown(path: path)
        }
        guard picture.fatal.isEmpty else {
            throw LoanRefusal.noValidData(path: path, picture.fatal.map(\.sentence))
        }
        let lent = try loans().filter(\.isLive)
        let under = Set(lent.map(\.call))
        let taken = Set(try calls().filter { under.contains($0.id) }.compactMap { $0.loan?.offer })
        let feed = SystemFeed(
            picture, terms: terms, key: Array(try pseudonymKey()), lent: lent.map(\.away), taken: taken,
            at: now)
        let unsendable = feed.unsendable()
        guard unsendable.isEmpty else { throw LoanRefusal.unsendable(path: path, unsendable) }
        return feed.push(includes: try included(isCurrent ? lent : [], picture.requests, terms.organisation))
    }

    /// Confirmed calls that the store allows for: people who are recorded as lent, and visitors who are booked here or in
    /// the rota that was imported.
    private func included(_ lent: [LoanRecord], _ requests: [Request], _ own: Organisation.ID) throws
        -> [AidRequest.ID]
    {
        let bookings = try bookings().filter(\.isLive).map(\.request.duty)
        let given = Set(lent.map(\.call))
        let calls = try calls().filter(\.state.isBooked)
        let received = calls.filter { $0.asking == own }
        let booked = Set(received.filter { bookings.contains(where: $0.isWorked) }.map(\.id))
        let told = requests.visitors(of: received.filter { !booked.contains($0.id) })
        return calls.map(\.id).filter { given.contains($0) || booked.contains($0) || told.contains($0) }
    }
}
