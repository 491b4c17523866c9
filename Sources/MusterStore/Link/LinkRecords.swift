import Foundation
import Roster
import SystemPool

/// A push of this organisation, kept before it is sent.
public struct QueuedPush: Hashable, Sendable {
    public enum State: String, CaseIterable, Hashable, Sendable {
        /// Not sent yet, or not with an answer that counts.
        case waiting
        /// The system knows it.
        case taken
        /// The system knew a newer one already.
        case older
        /// The system will never take it as it is.
        case refused
    }

    public let organisation: Organisation.ID
    public let extractedAt: Instant
    /// SHA-256 of its bytes, in hexadecimal.
    public let hash: String
    public let state: State
    public let keptAt: Instant
    /// The data sharing agreement under which it goes; nil for one that was kept before that was asked for.
    public let dataSharing: String?
    public let attempts: Int
    public let triedAt: Instant?
    /// What the system said to the last attempt, or why it could not be asked.
    public let answer: String
}

/// Somebody of this organisation who goes to another under a confirmed call.
public struct LoanRecord: Hashable, Sendable {
    public let call: AidRequest.ID
    public let person: Person.ID
    public let receiver: Organisation.ID
    public let start: Instant
    public let end: Instant
    /// One way.
    public let travelMinutes: Int
    public let recordedAt: Instant
    /// When the receiving organisation was told who comes; nil if it was not.
    public let toldAt: Instant?
    /// When the call was withdrawn; nil while it stands.
    public let cancelledAt: Instant?

    public var isLive: Bool { cancelledAt == nil }

    public var away: AwayDuty {
        AwayDuty(person: person, start: start, end: end, travelMinutes: travelMinutes)
    }
}

extension AidRequest {
    /// Whether a duty here is that of whoever comes.
    public func isWorked(by duty: Duty) -> Bool {
        duty.person == visitor && duty.start < need.end && need.start < duty.end
    }

    /// By whom a booking at the receiving organisation is known: the pseudonym, or for nobody in particular the call.
    public var visitor: Person.ID {
        if case .person(let pseudonym)? = loan?.source { return Person.ID(pseudonym.text) }
        return Person.ID(id.text)
    }
}
