import Extracts
import Foundation
import MusterStore
import Roster
import SystemFeed
import SystemPool

/// The lender's last word on a call that was accepted: its own rota is asked again, then the system is told.
public struct LoanConfirmation {
    private let store: MusterStore
    private let exchange: SystemExchange
    private let terms: LendingTerms
    private let now: Instant

    public init(store: MusterStore, exchange: SystemExchange, terms: LendingTerms, now: Instant) {
        self.store = store
        self.exchange = exchange
        self.terms = terms
        self.now = now
    }

    /// Confirms, and keeps that the person goes.
    ///
    /// The loan is kept before the system is told, so that nothing is lost in between; it is taken back if the system
    /// refuses. The same again is no harm.
    ///
    /// - Parameters:
    ///   - named: Who goes; nil for whoever has the pseudonym of the offer.
    ///   - who: For the store's audit. The system hears the role alone.
    /// - Returns: The call as it is then, and who goes.
    /// - Throws: ``LoanRefusal``, ``LinkError``, `StoreError`.
    public func confirm(
        _ id: AidRequest.ID, person named: Person.ID?, by who: String, role: JobRole, reason: Remark
    ) throws -> (call: AidRequest, person: Person.ID) {
        _ = try exchange.pullCalls()
        let known = try store.calls()
        guard let call = known.first(where: { $0.id == id }) else {
            throw LoanRefusal.unknownCall(id, known: known.map(\.id))
        }
        guard let loan = call.loan, loan.lender == terms.organisation else {
            throw LoanRefusal.notTheLender(id)
        }
        let kept = try store.loans().first { $0.call == id && $0.isLive }
        if let kept, call.state == .confirmed, named == nil || named == kept.person {
            return (call, kept.person)
        }
        guard call.state == .accepted || call.state == .confirmed else {
            throw LoanRefusal.notInState(id, call.state, needed: .accepted)
        }
        let person = try check(call, loan, named: named ?? kept?.person)
        try store.keepLoan(of: person, under: call, by: who, reason: reason.text, at: now)
        // Confirmed on the system's page already: only who goes was not known here.
        guard call.state == .accepted else { return (call, person) }
        do {
            let confirmed = try exchange.take(.confirm, of: id, role: role, reason: reason)
            try store.keepCalls([confirmed], at: now)
            return (confirmed, person)
        } catch let error as LinkError {
            if case .refused = error {
                try store.cancelLoan(under: id, reason: "the system refused the confirmation", at: now)
            }
            throw error
        }
    }

    /// Who goes, after the organisation's own rota was asked.
    private func check(_ call: AidRequest, _ loan: AidRequest.Loan, named: Person.ID?) throws -> Person.ID {
        // The days on both sides are looked at too.
        let day = call.need.start.day
        guard
            let picture = try store.picture(
                on: min(day, now.day), days: 1 + max(2, now.day.distance(to: day) + 1), at: now)
        else { throw LoanRefusal.nothingKnown(path: store.path) }
        let person = try person(for: call, loan, named: named, in: picture)
        let others = try store.loans().filter { $0.isLive && $0.call != call.id }.map(\.away)
        let away = AwayDuty(
            person: person, start: call.need.start, end: call.need.end, travelMinutes: loan.travelMinutes)
        let obstacles = LendingCheck(picture, lent: others).obstacles(to: away)
        guard obstacles.isEmpty else { throw LoanRefusal.unlawful(call.id, obstacles) }
        return person
    }

    private func person(
        for call: AidRequest, _ loan: AidRequest.Loan, named: Person.ID?, in picture: Picture
    ) throws -> Person.ID {
        guard case .person(let pseudonym) = loan.source else {
            guard let named else { throw LoanRefusal.personNeeded(call.id) }
            return named
        }
        let key = Array(try store.pseudonymKey())
        let found = picture.scenario.people.first { Pseudonym(of: $0.id, key: key) == pseudonym }?.id
        guard let found else { throw LoanRefusal.personNeeded(call.id) }
        guard named == nil || named == found else {
            throw LoanRefusal.otherPerson(call.id, named ?? found)
        }
        return found
    }
}
