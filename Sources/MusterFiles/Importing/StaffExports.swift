import Extracts
import PlainText
import Roster

/// The unit list.
struct UnitsExport {
    private let sites: CodeTable<Site.ID>
    private let approvals: CodeTable<UnitFacts.Approval>
    /// The id of a unit by the code that the exports have for it.
    private let ownIDs: [String: String]
    private let trust: RosterFile

    init(mapping: MappingFile, trust: RosterFile) {
        self.trust = trust
        sites = CodeTable("a site", trust.sites, mapping.codes["sites"]) { $0.id }
        approvals = CodeTable("a state of approval", codes: mapping.codes["approvals"])
        // Here a code is renamed; whether what it stands for is a unit, only this list can say.
        var ownIDs: [String: String] = [:]
        for (code, meaning) in mapping.codes["units"]?.entries() ?? [] {
            ownIDs[code.text] = meaning.identifier()
        }
        self.ownIDs = ownIDs
    }

    func unitID(_ row: ExportRow) -> Unit.ID? { row.optional("id").map { id($0.text) } }

    private func id(_ text: String) -> Unit.ID { Unit.ID(ownIDs[text] ?? text) }

    func row(_ row: ExportRow) -> UnitRow? {
        let written = row.required("id", accepted: "an id")
        if let written, ownIDs[written.text] == nil { _ = written.identifier() }
        let name = row.required("name", accepted: "the unit's name")?.text
        let site = sites(row.required("site", accepted: "a site")).flatMap { trust.sites[$0] }
        let from = row.optionalDay("closed-from")
        let to = row.optionalDay("closed-to")
        if let from, let to, to < from {
            row.fault("closed-to", "lies before the closure begins", accepted: "\(from) or a later date")
        }
        let approval = row.optional("approval").flatMap { approvals($0) } ?? .unknown
        let refreshed = row.optional("refreshed").flatMap(row.export.format.instant)
        let headroom = row.optional("headroom")?.decimal(in: 0...60)
        let budget = row.optional("budget-hours")?.hours(in: 0...100_000).map { PaidMinutes($0) }
        let mailbox = row.optional("mailbox")?.mailbox()
        guard let written, let name, let site else { return nil }
        let closed =
            from.map { first in [first...max(first, to ?? Day(ordinal: first.ordinal + 3650))] } ?? []
        return UnitRow(
            line: row.line,
            unit: Unit(
                id: id(written.text), name: name, site: site.id, organisation: site.organisation,
                closed: closed),
            approval: approval, refreshed: refreshed, headroom: headroom, budgetedPerWeek: budget,
            mailbox: mailbox)
    }
}

/// The staff list. Names stay where they are: nothing here needs them.
struct PeopleExport {
    let codes: TrustCodes
    let trust: RosterFile

    func row(_ row: ExportRow) -> PersonRow? {
        let id = row.required("id", accepted: "an id")?.identifier()
        let unit = codes.units(row.required("unit", accepted: "a unit"))
        let grade = codes.grades(row.required("grade", accepted: "a grade"))
        let contract = codes.contracts(row.required("contract", accepted: "a contract"))
        let hours = row.required("hours", accepted: "hours a week")?.hours(in: 0...80)
        let others = Set((row.dispensable("other-units")?.list() ?? []).compactMap { codes.units($0) })
        let roles = Set(row.list("roles").compactMap { codes.roles($0) })
        let markers = Set(row.list("markers").compactMap { codes.markers($0) })
        let optedOut = row.optional("opt-out")?.boolean() ?? false
        let starts = row.optionalDay("starts")
        let leaves = row.optionalDay("leaves")
        guard let id, let unit, let home = trust.units[unit], let grade, let contract, let hours else {
            return nil
        }
        return PersonRow(
            line: row.line,
            person: Person(
                id: Person.ID(id), name: id, organisation: home.organisation, unit: unit, otherUnits: others,
                grade: grade, contract: contract, paidPerWeek: PaidMinutes(hours), optedOut: optedOut,
                roles: roles, markers: markers, starts: starts, leaves: leaves))
    }
}

/// Skills and when they expire.
struct SkillsExport {
    let codes: TrustCodes
    let staff: [String: Person]

    func unit(_ row: ExportRow) -> Unit.ID? { row.optional("person").flatMap { staff[$0.text]?.unit } }

    func row(_ row: ExportRow) -> SkillRow? {
        let person = row.person(in: staff)
        let skill = codes.skills(row.required("skill", accepted: "a skill"))
        let from = row.optionalDay("from")
        let expiry = row.optionalDay("expiry")
        if let from, let expiry, expiry < from {
            row.fault("expiry", "lies before the skill begins", accepted: "\(from) or a later date")
        }
        guard let person, let skill else { return nil }
        return SkillRow(
            line: row.line, person: person.id,
            competency: Competency(skill: skill, from: from ?? Day(ordinal: 0), expiry: expiry))
    }
}

/// Absences by class; no export's medical reason is read. One without a last day lasts until further notice.
///
/// A row whose class is not known is rejected, and yet whoever it is about is away on these days: to leave that out would
/// count them as there.
struct LeaveExport {
    let codes: TrustCodes
    let staff: [String: Person]

    func unit(_ row: ExportRow) -> Unit.ID? { row.optional("person").flatMap { staff[$0.text]?.unit } }

    func row(_ row: ExportRow) -> LeaveRow? {
        let person = row.person(in: staff)
        let first = row.day("from")
        let last = row.optional("to") == nil ? first?.advanced(by: Self.untilFurtherNotice) : row.day("to")
        let kind = codes.leave(row.required("class", accepted: "a class of absence"))
        guard let person, let first, let last else { return nil }
        guard first <= last, first.distance(to: last) <= Self.untilFurtherNotice else {
            row.fault(
                "to", "lies before the absence begins or ten years after it",
                accepted: "\(first) or a later date, or nothing while it lasts")
            return nil
        }
        return LeaveRow(
            line: row.line, leave: Leave(person: person.id, first: first, last: last, kind: kind ?? .other))
    }

    /// Ten years, in days: longer than any horizon.
    private static let untilFurtherNotice = 3_659
}

extension ExportRow {
    /// Somebody of the staff list.
    func person(in staff: [String: Person]) -> Person? {
        guard let scalar = required("person", accepted: "an id of the staff list") else { return nil }
        if let person = staff[scalar.text] { return person }
        // No suggestion: with twenty thousand numbers some other is always near.
        scalar.fault("is nobody of the staff list", accepted: "an id of the staff list")
        return nil
    }
}

extension Scalar {
    /// One address to which mail can be sent: with the domain of an organisation, and without the rarer marks.
    func mailbox() -> String? {
        guard text.isEmailAddress, text.drop(while: { $0 != "@" }).contains("."),
            text.unicodeScalars.allSatisfy(\.properties.isMailboxLetter)
        else {
            fault("is not a mailbox", accepted: "one address such as staff.bank@northgate.example")
            return nil
        }
        return text
    }
}

extension Unicode.Scalar.Properties {
    fileprivate var isMailboxLetter: Bool {
        switch generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .decimalNumber: true
        default: ["HYPHEN-MINUS", "FULL STOP", "LOW LINE", "PLUS SIGN", "COMMERCIAL AT"].contains(name)
        }
    }
}
