import Extracts
import PlainText
import Roster

/// `report.yaml`: how the trust reports and escalates, and who gets which cut.
struct ReportFile {
    let policy: ReportPolicy

    init?(_ root: YAMLCursor, roster: RosterFile) {
        guard
            let entry = root.mapping(
                required: ["muster", "recipients"],
                optional: [
                    "days", "friday-days", "issue-time", "staleness-hours", "headroom", "budget-tolerance",
                    "cascade", "industrial-action", "contact",
                ])
        else { return nil }
        _ = entry["muster"]?.scalar(accepted: "1")?.choice(
            ["1": 1], of: "a version of the report format that this program reads")
        let usual = ReportPolicy()
        let recipients = Definitions<Recipient>(
            "a recipient", from: entry["recipients"], required: ["mailbox", "inside"],
            optional: ["name", "organisations", "units", "groups", "priority-units", "priority-groups"]
        ) { Self.recipient($0, $1, roster) }
        policy = ReportPolicy(
            days: entry["days"]?.integer(in: 1...14) ?? usual.days,
            fridayDays: entry["friday-days"]?.integer(in: 1...14),
            issueTime: entry["issue-time"]?.clock() ?? usual.issueTime,
            staleness: entry["staleness-hours"]?.hours(in: 1...336).map { ElapsedMinutes($0) }
                ?? usual.staleness,
            headroom: entry["headroom"]?.decimal(in: 0...60) ?? usual.headroom,
            budgetTolerance: entry["budget-tolerance"]?.decimal(in: 0...100) ?? usual.budgetTolerance,
            cascade: entry["cascade"]?.list()?.compactMap(Self.step) ?? usual.cascade,
            industrialAction: entry["industrial-action"]?.list()?.compactMap(Self.action) ?? [],
            recipients: recipients.values,
            contact: entry["contact"]?.scalar(accepted: "a mailbox")?.mailbox())
    }

    private static func recipient(
        _ id: Recipient.ID, _ entry: YAMLMapping, _ roster: RosterFile
    ) -> Recipient? {
        let name = entry["name"]?.text() ?? id.text
        let mailbox = entry["mailbox"]?.scalar(accepted: "a mailbox")?.mailbox()
        let isInside = entry["inside"]?.boolean()
        let organisations = roster.organisations.references(entry["organisations"])
        let units = roster.units.references(entry["units"])
        let groups = entry["groups"]?.groups() ?? []
        if isInside == false, organisations.isEmpty, units.isEmpty {
            entry["id"]?.fault(
                "is outside and does not say what it may see", accepted: "units or organisations")
        }
        let isInSight = units.contains {
            roster.units[$0].map { organisations.contains($0.organisation) } ?? true
        }
        if !organisations.isEmpty, !units.isEmpty, !isInSight {
            entry["units"]?.fault(
                "are all of organisations that it may not see, so it would see nothing",
                accepted: "units of \(organisations.sorted().map(\.text).joined(separator: ", "))")
        }
        let priorities = entry["priority-units"]?.list()?.compactMap { $0.scalar(accepted: "an id") } ?? []
        guard let mailbox, let isInside else { return nil }
        return Recipient(
            id: id, name: name, mailbox: mailbox, isInside: isInside, organisations: organisations,
            units: units, groups: Set(groups),
            priorityUnits: priorities.compactMap { roster.units.reference($0) },
            priorityGroups: entry["priority-groups"]?.groups() ?? [])
    }

    private static func step(_ cursor: YAMLCursor) -> CascadeStep? {
        guard
            let entry = cursor.mapping(
                required: ["step", "authoriser"], optional: ["name", "lead-hours"])
        else { return nil }
        let level: CascadeStep.Level? = entry["step"]?.scalar(accepted: "a step")?.choice(of: "a step")
        let authoriser = entry["authoriser"]?.text()
        let lead = entry["lead-hours"]?.hours(in: 0...2000).map { ElapsedMinutes($0) }
        guard let level, let authoriser else { return nil }
        return CascadeStep(
            level: level, name: entry["name"]?.text() ?? level.rawValue, lead: lead, authoriser: authoriser)
    }

    private static func action(_ cursor: YAMLCursor) -> IndustrialAction? {
        guard let entry = cursor.mapping(required: ["from", "to"], optional: ["groups"]) else { return nil }
        let first = entry["from"]?.day()
        let last = entry["to"]?.day()
        let groups = entry["groups"]?.groups() ?? []
        guard let first, let last else { return nil }
        guard first <= last else {
            entry["to"]?.fault("lies before from", accepted: "\(first) or a later date")
            return nil
        }
        return IndustrialAction(first: first, last: last, groups: Set(groups))
    }
}

extension YAMLCursor {
    fileprivate func groups() -> [StaffGroup] {
        list()?.compactMap { $0.scalar(accepted: "a staff group")?.choice(of: "a staff group") } ?? []
    }
}
