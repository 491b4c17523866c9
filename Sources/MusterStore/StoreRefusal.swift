import Roster

/// A step that the store refuses because it would make a promise untrue. Nothing is changed by it.
public enum StoreRefusal: Error, Hashable, Sendable, CustomStringConvertible {
    /// Who did it, or why, was left empty.
    case unsaid(field: String)
    case unknownRota(RotaVersion.ID)
    case unknownBooking(BookingRecord.ID)
    case unknownGap(Gap.ID, open: [Gap.ID])
    /// A rota with two gaps of one id cannot be kept: an acceptance or a booking would not know which it means.
    case repeatedGap(Gap.ID)
    /// Only drafts are published.
    case notADraft(RotaVersion.ID, RotaState)
    /// The folder speaks of other units or another period than the rota.
    case otherScenario(rota: RotaVersion.ID, its: String, given: String)
    /// Another rota is published for some of the same units and days, but not only for those.
    case overlapsPublished(RotaVersion.ID, other: RotaVersion.ID, its: String)
    /// Duties of people who are lent at that time, one sentence each.
    case rosteredWhileLent(RotaVersion.ID, [String])
    /// What the independent checker found, one sentence each.
    case breaches(RotaVersion.ID, [String])
    case hardGapsOpen(RotaVersion.ID, [Gap])
    /// These were accepted although the rota has no such open hard gap.
    case nothingToAccept(RotaVersion.ID, [Gap.ID])
    case nothingPublished(scenario: String)
    case gapClosed(Gap.ID)
    case doubleBooked(BookingRecord)
    /// What stands in the way of the person, one sentence each.
    case notLawful(Person.ID, Gap.ID, [String])
    case doesNotCover(Person.ID, Gap.ID)
    /// Somebody who is not in the folder, without word of when their own organisation finds them free.
    case notVouchedFor(Person.ID)
    /// Somebody who was to be lent is booked or lent at that time already, one sentence each.
    case elsewhere(Person.ID, [String])
    case alreadyCancelled(BookingRecord.ID)
    case noMessage(OutboxMessage.ID)
    /// A message that the server has is not sent again.
    case alreadyAccepted(OutboxMessage.ID)
    /// Nobody gets an older report after a newer one.
    case replaced(OutboxMessage.ID, by: OutboxMessage.ID)
    /// What no server has taken over cannot have come back.
    case notAccepted(OutboxMessage.ID)
    /// An extract is never changed once it was kept.
    case otherPush(Organisation.ID, extractedAt: Instant)

    public var description: String {
        switch self {
        case .unsaid(let field):
            "The \(field) is missing. Say it: the audit keeps who did what, when and why."
        case .unknownRota(let id):
            "There is no rota \(id) in this store. `muster history` lists those that there are."
        case .unknownBooking(let id):
            "There is no booking \(id) in this store. `muster history` lists those that there are."
        case .unknownGap(let id, let open):
            "The published rota has no gap \(id). Open gaps: \(Self.list(open))."
        case .repeatedGap(let id):
            "The rota has more than one gap \(id). Nothing was saved; report this with the folder."
        case .notADraft(let id, let state):
            "Rota \(id) is \(state.rawValue). Only a draft can be published: solve again to make one."
        case .otherScenario(let id, let its, let given):
            "Rota \(id) is for \(its), but the folder is for \(given). Give the folder that it was made from."
        case .overlapsPublished(let id, let other, let its):
            "Rota \(id) cannot be published: rota \(other), published for \(its), shares some of its units and "
                + "days. Solve for all of those units and days, so that one rota replaces the other."
        case .rosteredWhileLent(let id, let sentences):
            "Rota \(id) cannot be published, because people on duty are lent at that time:"
                + Self.lines(sentences)
                + "\nSolve again with `muster solve --store`, which keeps them off, or take them off pinned duties and "
                + "bookings. To keep somebody at home, withdraw the call on the page Mutual aid and `muster push`."
        case .breaches(let id, let sentences):
            "Rota \(id) cannot be published, because it breaks \(Self.count(sentences, "rule")):"
                + Self.lines(sentences) + "\nPut the folder right and solve again."
        case .hardGapsOpen(let id, let gaps):
            "Rota \(id) cannot be published with \(Self.count(gaps, "hard gap")) open:"
                + Self.lines(gaps.map(Self.sentence))
                + "\nClose them, or have a named person accept each with a reason."
        case .nothingToAccept(let id, let gaps):
            "Rota \(id) has no open hard gap \(Self.list(gaps)). Accept only those that are open."
        case .nothingPublished(let scenario):
            "No rota is published for \(scenario). Publish one first."
        case .gapClosed(let id):
            "Gap \(id) is already closed by bookings. Cancel one of them first, or book another gap."
        case .doubleBooked(let booking):
            "\(booking.request.duty.person) is already booked from \(booking.request.duty.start) to \(booking.request.duty.end) "
                + "(booking \(booking.id)). Book somebody else, or cancel that one first."
        case .notLawful(let person, let gap, let sentences):
            "\(person) cannot be booked on \(gap):" + Self.lines(sentences) + "\nBook somebody else."
        case .doesNotCover(let person, let gap):
            "A booking of \(person) on this duty would not close any part of \(gap): the duty lies at another "
                + "time, or the person in this role does not count for it. Change the duty, or the person."
        case .notVouchedFor(let person):
            "\(person) is not in the folder. Say from when to when their own organisation has checked that "
                + "they are free and rested, and which skills it confirms."
        case .elsewhere(let person, let sentences):
            "\(person) is not free then any more:" + Self.lines(sentences)
        case .alreadyCancelled(let id):
            "Booking \(id) was cancelled before. Nothing is left to do."
        case .noMessage(let id):
            "There is no message \(id) in this outbox. `muster outbox list` lists those that there are."
        case .alreadyAccepted(let id):
            "Message \(id) was accepted by the mail server; it is not sent twice. For a new issue on the same day, "
                + "name another edition with `muster report --edition`."
        case .replaced(let id, let newer):
            "Message \(id) is of an older report than message \(newer) to the same recipient, so it is not sent any more. "
                + "`muster outbox retry \(newer)` sends the newer one, if the mail server has not got it."
        case .notAccepted(let id):
            "Message \(id) is not with the mail server, so it cannot have come back. `muster outbox show \(id)` says "
                + "what became of it."
        case .otherPush(let id, let at):
            "A push of \(id) with the extract time \(at) was kept before, with other contents. An extract is never "
                + "changed: push a new one with its own time."
        }
    }

    private static func sentence(_ gap: Gap) -> String {
        "\(gap.id): \(gap.missing) of \(gap.required) missing from \(gap.start) to \(gap.end)"
    }

    private static func count<Value>(_ values: [Value], _ word: String) -> String {
        values.count == 1 ? "1 \(word)" : "\(values.count) \(word)s"
    }

    private static func lines(_ sentences: [String]) -> String {
        sentences.map { "\n  - \($0)" }.joined()
    }

    private static func list(_ ids: [Gap.ID]) -> String {
        ids.isEmpty ? "none" : ids.map(\.text).joined(separator: ", ")
    }
}
