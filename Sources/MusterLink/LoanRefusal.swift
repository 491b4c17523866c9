import Roster
import SystemFeed
import SystemPool

/// Why a loan is not confirmed, or somebody who comes is not booked. Nothing is changed then.
public enum LoanRefusal: Error, Hashable, Sendable, CustomStringConvertible {
    case unknownCall(AidRequest.ID, known: [AidRequest.ID])
    case notInState(AidRequest.ID, AidRequest.State, needed: AidRequest.State)
    case notTheLender(AidRequest.ID)
    case notTheReceiver(AidRequest.ID)
    /// Nobody here has the pseudonym of the offer, or the offer was of nobody in particular.
    case personNeeded(AidRequest.ID)
    /// The offer was of somebody else.
    case otherPerson(AidRequest.ID, Person.ID)
    /// What stands against it by the organisation's own rota as it is now, one sentence each.
    case unlawful(AidRequest, [String])
    /// The call is for no gap, or for one that the published rota does not have open.
    case noGap(AidRequest.ID, open: [Gap.ID])
    case noShift(AidRequest.ID)
    /// Whoever comes is there from then to then only.
    case longerThanCall(AidRequest.ID, shift: ShiftType.ID, from: Instant, to: Instant)
    case nothingKnown(path: String)
    /// The data of the store are such that nothing may be said from them, for these reasons.
    case noValidData(path: String, [String])
    /// What the system takes under no code: without it open gaps would stay untold.
    case unsendable(path: String, [Unsendable])
    /// Nothing goes to another organisation without an agreement to share data.
    case noDataSharing(file: String)

    public var description: String {
        switch self {
        case .unknownCall(let id, let known):
            "There is no call \(id) in this store. `muster push` pulls them down; known: "
                + (known.isEmpty ? "none" : known.map(\.text).joined(separator: ", ")) + "."
        case .notInState(let id, let state, let needed):
            "Call \(id) is \(state.rawValue); it has to be \(needed.rawValue) for this."
        case .notTheLender(let id): "Call \(id) is not for this organisation to confirm: another lends."
        case .notTheReceiver(let id): "Call \(id) is not of this organisation: nobody comes here under it."
        case .personNeeded(let id):
            "The offer behind \(id) names nobody who can be found here: say with --person who goes."
        case .otherPerson(let id, let person):
            "The offer behind \(id) was of somebody else than \(person). Decline the call and offer anew."
        case .unlawful(let call, let sentences):
            "Call \(call.id) cannot be confirmed:" + sentences.map { "\n  - \($0)" }.joined() + "\n"
                + Self.wayOut(of: call)
        case .noGap(let id, let open):
            "Call \(id) is for no gap that the published rota has open. Open gaps: "
                + (open.isEmpty ? "none" : open.map(\.text).joined(separator: ", ")) + "."
        case .noShift(let id):
            "No shift of the roster has the times of \(id). Say with --shift on which one they are booked."
        case .longerThanCall(let id, let shift, let start, let end):
            "Under \(id) somebody comes from \(start) to \(end), and \(shift) is longer: its other hours would count as "
                + "covered. Say with --shift one of at most those times, or add one to the roster."
        case .nothingKnown(let path):
            "\(path): nothing was imported into this store or published for these days, so nobody can be checked."
        case .noValidData(let path, let reasons):
            "\(path): the data are not fit to lend anybody by, or to say who is short:"
                + reasons.map { "\n  - \($0)" }.joined()
                + "\n\(Self.waitingGoes)"
        case .unsendable(let path, let things):
            "\(path): no push can be made, for these are no ids that the system takes:"
                + things.map { "\n  - \($0)" }.joined()
                + "\nWithout them it would not hear of gaps that are open. Give each another id, of "
                + "\(CheckedCode.accepted): in the unit list, trust.yaml or roster.yaml; `codes` in mapping.yaml "
                + "says what other exports call it. Then import, or publish, again. \(Self.waitingGoes)"
        case .noDataSharing(let file):
            "\(file) names no data sharing agreement, so nothing was sent. That is the agreement by which the organisations "
                + "of a system tell one another gaps, offers and figures; one to share staff does not stand for it. Write "
                + "its reference there, such as `data-sharing: DSA-2026-014`: whoever is responsible for information "
                + "governance has it."
        }
    }

    private static let waitingGoes =
        "`muster push --waiting` still sends what waits, and pulls calls down."

    /// What is left to do with a call under which its person cannot go.
    private static func wayOut(of call: AidRequest) -> String {
        let end =
            call.state == .confirmed
            ? "Withdraw it on the page Mutual aid at once: the system counts its gap as closed"
            : "Decline it on the page Mutual aid"
        guard case .surplus? = call.loan?.source else { return end + "." }
        return end + ", or say with --person who else of the unit goes."
    }
}

/// Whether the system took a confirmation is not known: nobody answered, or a server in trouble.
public struct UnsettledLoan: Error, Hashable, Sendable, CustomStringConvertible {
    public let call: AidRequest.ID
    public let person: Person.ID
    public let cause: LinkError

    public var description: String {
        "Whether \(call) is confirmed is not known: \(cause.incident). \(person) stays recorded as lent. The same "
            + "command again settles it."
    }
}
