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
    /// refuses, and stands if it is not known whether it does. The same again is no harm.
    ///
    /// - Parameters:
    ///   - named: Who goes; nil for whoever has the pseudonym of the offer.
    ///   - wasAsked: Whether it is stated that who goes for a unit was asked and has agreed. Without it they have to be among
    ///     those who have agreed for that day.
    ///   - who: For the store's audit. The system hears the role alone.
    /// - Returns: The call as it is then, and who goes.
    /// - Throws: ``LoanRefusal``, ``LinkError``, ``UnsettledLoan``, `StoreError`.
    public func confirm(
        _ id: AidRequest.ID, person named: Person.ID?, wasAsked: Bool = false, by who: String, role: JobRole,
        reason: Remark
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
        let key = Array(try store.pseudonymKey())
        let stated = wasAsked ? "; whoever goes was asked and has agreed, states the \(role.words)" : ""
        let person = try store.keepLoan(under: call, by: who, reason: reason.text + stated, at: now) {
            picture, others in
            try check(
                call, loan, named: named ?? kept?.person, wasAsked: wasAsked, in: picture, others, key)
        }
        // Confirmed on the system's page already: only who goes was not known here.
        guard call.state == .accepted else { return (call, person) }
        do {
            let confirmed = try exchange.take(.confirm, of: call, role: role, reason: reason)
            try store.keepCalls([confirmed], at: now)
            return (confirmed, person)
        } catch let error as LinkError {
            guard case .refused = error else {
                throw UnsettledLoan(call: id, person: person, cause: error)
            }
            // An earlier try of which nothing was heard may have been taken since.
            _ = try? exchange.pullCalls()
            if let known = try store.calls().first(where: { $0.id == id }), known.state == .confirmed,
                known.loan == loan
            {
                return (known, person)
            }
            try store.cancelLoan(under: id, reason: "the system refused the confirmation", at: now)
            throw error
        }
    }

    /// Who goes, after the organisation's own rota was asked.
    private func check(
        _ call: AidRequest, _ loan: AidRequest.Loan, named: Person.ID?, wasAsked: Bool,
        in picture: Picture?, _ others: [AwayDuty], _ key: [UInt8]
    ) throws -> Person.ID {
        guard let picture else { throw LoanRefusal.nothingKnown(path: store.path) }
        guard picture.fatal.isEmpty else {
            throw LoanRefusal.noValidData(path: store.path, picture.fatal.map(\.sentence))
        }
        let person = try person(for: call, loan, named: named, in: picture, key)
        let away = AwayDuty(
            person: person, start: call.need.start, end: call.need.end, travelMinutes: loan.travelMinutes)
        let obstacles =
            dissent(of: person, from: loan, on: call.need.start.day, wasAsked: wasAsked)
            + stranger(person, call) + call.shortcomings(of: person, in: picture)
            + terms.lapses(of: person, until: call.need.end)
            + LendingCheck(picture, lent: others).obstacles(to: away)
        guard obstacles.isEmpty else { throw LoanRefusal.unlawful(call, obstacles) }
        return person
    }

    /// Who was offered may have changed their mind since. A unit offers a head without a name, so that of whoever is named
    /// now somebody has to say that they were asked.
    private func dissent(
        of person: Person.ID, from loan: AidRequest.Loan, on day: Day, wasAsked: Bool
    ) -> [String] {
        guard !terms.agrees(person, on: day) else { return [] }
        switch loan.source {
        case .person: return ["\(person) has not agreed to be lent on \(day)"]
        case .surplus:
            return wasAsked
                ? []
                : [
                    "That \(person) has agreed to be lent on \(day) is not known. Ask them; then say so with --agreed, or "
                        + "name them under people in lending.yaml"
                ]
        }
    }

    /// Of a unit's head everybody was inducted who could be named then; whoever is named now may be another.
    private func stranger(_ person: Person.ID, _ call: AidRequest) -> [String] {
        guard case .surplus? = call.loan?.source, call.need.needsInduction,
            !terms.inducted(person).contains(call.need.site)
        else { return [] }
        return ["No induction of \(person) at \(call.need.site) is known"]
    }

    private func person(
        for call: AidRequest, _ loan: AidRequest.Loan, named: Person.ID?, in picture: Picture, _ key: [UInt8]
    ) throws -> Person.ID {
        guard case .person(let pseudonym) = loan.source else {
            guard let named else { throw LoanRefusal.personNeeded(call.id) }
            return named
        }
        let found = picture.scenario.people.first { Pseudonym(of: $0.id, key: key) == pseudonym }?.id
        guard let found else { throw LoanRefusal.personNeeded(call.id) }
        guard named == nil || named == found else {
            throw LoanRefusal.otherPerson(call.id, named ?? found)
        }
        return found
    }
}

extension AidRequest {
    /// What was asked for and offered that a person is not or has not, one sentence each; empty if nothing is missing.
    fileprivate func shortcomings(of id: Person.ID, in picture: Picture) -> [String] {
        // That they are none of the organisation's is said by the check of its rota.
        guard let person = picture.scenario.person(id) else { return [] }
        var sentences: [String] = []
        if !need.grades.contains(person.grade) {
            let asked = need.grades.map(\.text).joined(separator: " or ")
            sentences.append("\(id) is of grade \(person.grade), and \(asked) is asked for")
        }
        if let group = picture.scenario.grade(person.grade)?.staffGroup, !need.staffGroup.takes(group) {
            sentences.append("\(id) is not of the staff group \(need.staffGroup.rawValue)")
        }
        let last = (need.end - ElapsedMinutes(1)).day
        sentences += need.skills.filter { skill in
            !person.competencies.contains {
                $0.skill == skill && $0.isValid(from: need.start.day, through: last, at: need.site)
            }
        }.map { "\(id) does not hold \($0) through \(last)" }
        if case .surplus(let unit)? = loan?.source,
            !picture.rota.duties.contains(where: {
                $0.person == id && $0.unit == unit && $0.start < need.end && need.start < $0.end
            })
        {
            sentences.append("\(id) has no duty in \(unit) at that time")
        }
        return sentences
    }
}
