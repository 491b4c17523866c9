import Roster
import SystemPool

// How the system's records are said, on pages and in a terminal.

/// `just now`, `12 minutes ago`, `3 hours ago`, `2 days ago`.
package func ago(_ age: ElapsedMinutes) -> String {
    switch age.count {
    case ..<1: "just now"
    case ..<120: "\(counted(age.count, "minute")) ago"
    case ..<2880: "\(age.count / 60) hours ago"
    default: "\(age.count / 1440) days ago"
    }
}

/// `38 hours`, `7.5 hours` of that many person-minutes.
package func personHours(_ minutes: Int) -> String {
    personHours(hours: (Double(minutes) / 6).rounded() / 10)
}

/// The same of hours as they were sent.
package func personHours(hours: Double) -> String {
    let text = decimal(hours)
    return text == "1" ? "1 hour" : "\(text) hours"
}

/// `, of which 10 hours are promised and nobody is named yet`; empty of none.
package func promised(_ minutes: Int) -> String {
    minutes > 0 ? ", of which \(personHours(minutes)) are promised and nobody is named yet" : ""
}

/// `£1,204`.
package func pounds(_ pence: Int) -> String { "£\(grouped((pence + 50) / 100))" }

/// `Wed 14 Jan 07:30`.
package func moment(_ instant: Instant) -> String { "\(instant.day.brief) \(instant.clock)" }

extension OpelEntry {
    /// When, and by whom: `entered Tue 12 Jan 06:30 by the director on call`.
    package var entered: String { "entered \(moment(at)) by the \(by.words)" }
}

extension EscalationState {
    /// `Staffing level 2: Pressure; level 3 cannot be ruled out`. Never less than is so.
    package var words: String {
        let doubt = undecided.map { "level \($0.point.level) cannot be ruled out" }
        guard let point else {
            return doubt.map { "Staffing level not known: \($0)" } ?? "No staffing level reached"
        }
        let under = underSince.map { "; its figures have been under its point since \(moment($0))" } ?? ""
        return "Staffing level \(point.level): \(point.name)\(under)" + (doubt.map { "; \($0)" } ?? "")
    }
}

extension EndedLevel {
    /// `its figures were under its point`.
    package var reasonWords: String {
        switch why {
        case .expired: "it expired: its figures were not known to reach it any more"
        case .backUnder: "its figures were under its point"
        case .higherLevel: "a higher level was reached"
        case .stoodDown: "stood down\(byWhom)"
        case .takenOut: "its point was taken out of the plan\(byWhom)"
        }
    }

    private var byWhom: String {
        "\(by.map { " by the \($0.role.words)" } ?? "")\(reason.map { ": \($0.text)" } ?? "")"
    }

    /// `first action after 25 minutes`.
    package var actionWords: String {
        timeToAction.map { "first action after \(counted($0.count, "minute"))" } ?? "no action was done"
    }
}

extension StaffGroup {
    /// As the desks say it.
    package var words: String {
        switch self {
        case .medical: "doctor"
        case .registered: "registered nurse"
        case .unregistered: "support worker"
        case .therapy: "therapist"
        case .other: "other staff"
        }
    }
}

extension CoverPurpose {
    package var words: String {
        switch self {
        case .general: "cover"
        case .seniorDecisionMaker: "senior decision maker"
        case .frailtyInReach: "frailty in-reach"
        }
    }
}

extension Agreement.Indemnity {
    package var words: String {
        switch self {
        case .receiverScheme: "the receiving organisation's clinical negligence scheme"
        case .lenderScheme: "the lending organisation's clinical negligence scheme"
        case .other: "as the agreement says"
        }
    }
}

extension Offer.Source {
    /// `p-3fa9c2d1`, `one of Ward 4`.
    package func words(_ names: Names, of organisation: Organisation.ID) -> String {
        switch self {
        case .person(let pseudonym): pseudonym.text
        case .surplus(let unit): "one of \(names.unit(unit, of: organisation))"
        }
    }
}

extension Vacancy {
    /// `2 registered nurses, B5 or B6 with ivs`.
    package var asked: String {
        let grades = grades.map(\.text).joined(separator: " or ")
        let skills = skills.isEmpty ? "" : " with \(skills.map(\.text).joined(separator: " and "))"
        let group = missing == 1 || staffGroup == .other ? staffGroup.words : staffGroup.words + "s"
        return "\(missing) \(group)\(grades.isEmpty ? "" : ", \(grades)")\(skills)"
    }
}

extension AidRequest.State {
    /// What it means for the gap.
    package var words: String {
        switch self {
        case .requested: "asked for; nobody has offered yet"
        case .offered: "offered; the asking organisation has to accept"
        case .accepted: "accepted; the lender has to check again and confirm. The gap is still open"
        case .confirmed: "confirmed: the gap is closed once the lender's data say who goes"
        case .declined: "declined"
        case .withdrawn: "withdrawn"
        case .completed: "completed"
        }
    }

    /// - Parameter isSettled: Whether the lender's data say who goes; until they do, whoever is booked is only promised.
    package func words(isSettled: Bool) -> String {
        guard self == .confirmed else { return words }
        return isSettled
            ? "confirmed: the gap is closed"
            : "promised: the gap counts as open until the lender's data say who goes"
    }
}

extension PoolSolution.Level {
    package var words: String {
        switch self {
        case .hardMinutes: "Person-minutes missing in hard gaps"
        case .shortage: "The system's expected shortage, weighed by risk"
        case .worstOff: "The worst-off organisation's risk"
        case .settled: "The expected shortage with the worst-off organisation lifted"
        case .burden: "Travel and repeated calls on the same people, to close these hours of these gaps"
        }
    }
}

extension PoolSolution.Result {
    /// `proven best`, or `within 0.4 % of the best: nobody can go below 1,652`.
    package var proof: String {
        if isProven { return "proven best" }
        let limit = "nobody can go below \(grouped(bound))"
        // Rounded up, so that it is no nearer than it says.
        let tenths = (1000 * Double(objective - bound) / Double(max(1, bound))).rounded(.up)
        return tenths < 100
            ? "within \(decimal(tenths / 10)) % of the best: \(limit)" : "not proven best, \(limit)"
    }
}

extension Figure {
    package var words: String { text.replacing("-", with: " ").capitalisedFirst }
}

extension [UnreadableRisk] {
    /// `2 rows cannot be read: risk-4, risk-9. What the audit …`; nil if there are none.
    package var words: String? {
        guard !isEmpty else { return nil }
        return
            "\(counted(count, "row").capitalisedFirst) cannot be read: \(map(\.id.text).joined(separator: ", ")). What the "
            + "audit tells of them still holds; raise them anew if they stand."
    }
}

extension [UnreadableAid] {
    /// `1 call cannot be read: aid-4. …`; nil if there are none.
    package var words: String? {
        guard !isEmpty else { return nil }
        return
            "\(counted(count, "call").capitalisedFirst) cannot be read: \(map(\.id.text).joined(separator: ", ")). Nothing counts "
            + "as covered by \(count == 1 ? "it" : "them"), and whoever may lend under \(count == 1 ? "it" : "them") lends nobody until "
            + "their data say who is away. Ask both sides who goes; the audit tells of each step."
    }
}

extension String {
    /// `No gaps` from `no gaps`.
    package var capitalisedFirst: String { prefix(1).uppercased() + dropFirst() }
}

extension RiskRow {
    /// `Ward 4, Harbour General`; the site alone where it is not about a unit.
    package func place(_ names: Names) -> String {
        unit.map { names.place($0, site, of: organisation) } ?? names.site(site, of: organisation)
    }
}

extension [RiskRow] {
    /// The highest score first, then the soonest.
    package var inOrder: [RiskRow] {
        sorted { (-$0.score, $0.start, $0.id) < (-$1.score, $1.start, $1.id) }
    }
}
