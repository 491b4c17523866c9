import Roster

/// A gap that an organisation shows to the others: demand, and nobody in it.
public struct Vacancy: Hashable, Sendable, Codable {
    public typealias ID = Identifier<Vacancy>

    /// Why there is nobody. Absence is just `unavailable`: its class never leaves the organisation.
    public enum Reason: String, CaseIterable, Hashable, Sendable, Codable {
        case vacancy, unavailable, acuity, escalation, other
        case enhancedCare = "enhanced-care"
        /// Never filled from another organisation.
        case industrialAction = "industrial-action"
    }

    /// Unique in its organisation and the same from push to push; see ``SystemID`` for the whole system.
    public let id: ID
    public let site: Site.ID
    public let unit: Unit.ID
    /// Of a gap that several professions may fill ``StaffGroup/other``; its grades say which.
    public let staffGroup: StaffGroup
    /// Grades that may fill it.
    public let grades: [Grade.ID]
    /// Skills that whoever comes must hold, in date for the whole duty.
    public let skills: [Skill.ID]
    public private(set) var start: Instant
    public let end: Instant
    /// Heads missing: the gap.
    public private(set) var missing: Int
    /// For each further head, how probable it is that they are needed, in per cent, never rising: `[100, 100, 40]` for
    /// two who are missing for sure and a third in 40 of 100 cases. At least as long as ``missing``; nobody is called for
    /// those beyond, for whom there is no place in the rota.
    public private(set) var need: [Int]
    public let isHard: Bool
    /// How many of the heads missing the unit is below its minimum by.
    public let belowMinimum: Int
    public let purpose: CoverPurpose
    /// What an hour missing weighs, 1 for an ordinary nurse hour on a ward; up to 100.
    public let risk: Int
    public let reason: Reason
    /// Whether only those may come who have been inducted at the site.
    public let needsInduction: Bool
    /// Minutes of a duty here that are a break and do not count as work.
    public private(set) var breakMinutes: Int

    public init(
        id: ID, site: Site.ID, unit: Unit.ID, staffGroup: StaffGroup, grades: [Grade.ID],
        skills: [Skill.ID] = [], start: Instant, end: Instant, missing: Int, need: [Int]? = nil,
        isHard: Bool = false, belowMinimum: Int = 0, purpose: CoverPurpose = .general, risk: Int = 1,
        reason: Reason = .vacancy,
        needsInduction: Bool = true, breakMinutes: Int = 0
    ) {
        self.id = id
        self.site = site
        self.unit = unit
        self.staffGroup = staffGroup
        self.grades = grades
        self.skills = skills
        self.start = start
        self.end = end
        self.missing = missing
        self.need = need ?? Array(repeating: 100, count: missing)
        self.isHard = isHard
        self.belowMinimum = belowMinimum
        self.purpose = purpose
        self.risk = risk
        self.reason = reason
        self.needsInduction = needsInduction
        self.breakMinutes = breakMinutes
    }

    /// For how many heads the organisation's own people are kept.
    var keptHeads: Int { isHard ? missing : belowMinimum }
    public var isStrikeCover: Bool { reason == .industrialAction }
    /// Person-minutes missing.
    public var minutes: Int { missing * (end - start).count }
    /// Person-minutes missing between two times.
    public func minutes(from: Instant, to: Instant) -> Int {
        missing * max(0, (min(end, to) - max(start, from)).count)
    }
    /// What of it lies ahead, under its own id; whoever comes for that has no break of a whole duty.
    func left(at now: Instant) -> Vacancy {
        guard start < now else { return self }
        var left = self
        left.start = min(now, end)
        left.breakMinutes = 0
        return left
    }
    /// As if one head more were there all the while; nobody may be missing then.
    var needingOneLess: Vacancy {
        var less = self
        less.missing -= 1
        less.need.removeFirst()
        return less
    }
    public var workingMinutes: Int { (end - start).count - breakMinutes }
}

/// Something that an organisation numbered itself, named for the whole system: `NS1/rn-0412`.
public struct SystemID<Kind>: Hashable, Comparable, Sendable, Codable, CustomStringConvertible {
    public let organisation: Organisation.ID
    public let id: Identifier<Kind>

    public init(_ organisation: Organisation.ID, _ id: Identifier<Kind>) {
        self.organisation = organisation
        self.id = id
    }

    /// Reads `NS1/rn-0412`; nil for anything else.
    public init?(_ text: some StringProtocol) {
        let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, CheckedCode.isCode(parts[0]), CheckedCode.isCode(parts[1]) else { return nil }
        self.init(Organisation.ID(String(parts[0])), Identifier(String(parts[1])))
    }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let id = Self(try container.decode(String.self)) else {
            throw DecodingError.dataCorruptedError(
                in: container, debugDescription: "not ORGANISATION/ID in letters, digits and . _ : @ -")
        }
        self = id
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }

    public var description: String { "\(organisation)/\(id)" }
    public static func < (left: Self, right: Self) -> Bool {
        (left.organisation, left.id) < (right.organisation, right.id)
    }
}

public typealias VacancyKey = SystemID<Vacancy>
public typealias OfferKey = SystemID<Offer>

/// What an id that crosses between organisations may look like.
public enum CheckedCode {
    public static let accepted =
        "1 to 64 of A-Z a-z 0-9 . _ : @ -, beginning with a letter or a digit, and no email address or telephone number"

    /// Fit for a path of a URL, a file name and a spreadsheet cell; without spaces. A person's address or number is none: it
    /// would go to every organisation.
    public static func isCode(_ text: some StringProtocol) -> Bool { problem(of: text) == nil }

    /// Why a text is no code, as a phrase that follows it: `reads as a telephone number`; nil if it is one.
    public static func problem(of text: some StringProtocol) -> String? {
        guard let first = text.utf8.first else { return "is empty" }
        guard text.utf8.count <= 64 else { return "is longer than 64 letters, digits and signs" }
        guard text.utf8.allSatisfy({ isLetterOrDigit($0) || "._:@-".utf8.contains($0) }) else {
            return "has other letters or signs than A-Z a-z 0-9 . _ : @ -"
        }
        guard isLetterOrDigit(first) else { return "does not begin with a letter or a digit" }
        if isAddress(text) { return "reads as an email address" }
        return isTelephoneNumber(text) ? "reads as a telephone number" : nil
    }

    /// `RULE@2027-01-12T07:30` is none: what stands after the sign ends in letters after a full stop.
    private static func isAddress(_ text: some StringProtocol) -> Bool {
        guard text.utf8.contains(UInt8(ascii: "@")) else { return false }
        return String(text).wholeMatch(of: /.+@(?:[A-Za-z0-9-]+\.)+[A-Za-z]{2,}/) != nil
    }

    /// Of this country: ten or eleven digits, of which the first is 0 and the second as in use, whatever stands between
    /// them. A number that is filled up with noughts is none.
    private static func isTelephoneNumber(_ text: some StringProtocol) -> Bool {
        let first = Array(text.utf8.prefix(2))
        guard first.count == 2, first[0] == UInt8(ascii: "0"), "1235789".utf8.contains(first[1]) else {
            return false
        }
        let digits = text.utf8.filter { (48...57).contains($0) }.count
        return (10...11).contains(digits) && text.utf8.allSatisfy { !isLetterOrDigit($0) || $0 < 58 }
    }

    private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
        switch byte {
        case 48...57, 65...90, 97...122: true
        default: false
        }
    }
}

extension Vacancy.ID {
    /// The id of the part that begins so many minutes after the gap. What begins with the gap has the gap's, so that
    /// bookings and risks find it.
    public func part(after minutes: Int) -> Self { minutes == 0 ? self : Self("\(text).\(minutes)") }

    /// Whether it is of that gap or of a part of it.
    public func isPart(of gap: Self) -> Bool {
        guard text.hasPrefix(gap.text) else { return false }
        return text.dropFirst(gap.text.count).wholeMatch(of: /(\.\d+)*/) != nil
    }

    /// The rule that asks for it, where the id is a rule and a local time, `RULE@YYYY-MM-DDTHH:MM`, as in the rosters of
    /// Muster, with its length in minutes where several begin then, `RULE@YYYY-MM-DDTHH:MM-360`; nil for any other id.
    public var rule: Substring? {
        text.wholeMatch(of: /(.+)@\d{4}-\d{2}-\d{2}T\d{2}:\d{2}b?(-\d+)?(\.\d+)*/)?.1
    }
}

extension StaffGroup {
    /// Whether somebody of a group may come where this one is asked for: ``other`` asks for several professions together.
    public func takes(_ group: StaffGroup) -> Bool { self == group || self == .other }
}
