import PlainText
import Roster
import SystemPool

/// `system.yaml`: who belongs to the system, under which agreements they lend, and when it escalates.
struct SystemFile {
    let system: HealthSystem

    init?(_ root: YAMLCursor, _ faults: FaultList) {
        guard
            let entry = root.mapping(
                required: ["muster", "system", "organisations"],
                optional: ["agreements", "escalation", "limits"])
        else { return nil }
        _ = entry["muster"]?.scalar(accepted: "1")?.choice(
            ["1": 1], of: "a version of the system format that this program reads")
        let head = entry["system"]?.mapping(required: ["id", "name"])
        let (id, name) = (head?["id"]?.identifier(), head?["name"]?.text())
        let members = entry["organisations"]?.list()?.compactMap(Self.member) ?? []
        let agreements = entry["agreements"]?.list()?.compactMap(Self.agreement) ?? []
        let points = entry["escalation"]?.list()?.compactMap(Self.point) ?? []
        let limits = entry["limits"].map(Self.limits) ?? AgeLimits()
        guard let id, let name, faults.isEmpty else { return nil }
        system = HealthSystem(
            id: HealthSystem.ID(id), name: name, members: members, agreements: agreements,
            escalation: EscalationPlan(points: points), limits: limits)
        for fault in system.faults { faults.add(Fault(at: root.place, fault)) }
    }

    private static func member(_ cursor: YAMLCursor) -> Member? {
        guard let entry = cursor.mapping(required: ["id", "name", "kind"], optional: ["mailbox"]) else {
            return nil
        }
        let (id, name) = (entry["id"]?.identifier(), entry["name"]?.text())
        let kind: Member.Kind? = entry["kind"]?.scalar(accepted: "a kind")?.choice(
            of: "a kind of organisation")
        let mailbox = entry["mailbox"]?.scalar(accepted: "a mailbox")?.mailbox()
        guard let id, let name, let kind else { return nil }
        return Member(
            organisation: Organisation(id: Organisation.ID(id), name: name), kind: kind, mailbox: mailbox)
    }

    private static func agreement(_ cursor: YAMLCursor) -> Agreement? {
        guard
            let entry = cursor.mapping(
                required: ["id", "name", "parties", "from", "cost", "indemnity"],
                optional: ["until", "groups", "rates"])
        else { return nil }
        let (id, name) = (entry["id"]?.identifier(), entry["name"]?.text())
        let parties = entry["parties"]?.list()?.compactMap { $0.identifier() } ?? []
        let groups: [StaffGroup]? = entry["groups"]?.list()?.compactMap {
            $0.scalar(accepted: "a staff group")?.choice(of: "a staff group")
        }
        let (from, until) = (entry["from"]?.day(), entry["until"]?.day())
        let cost: Agreement.CostOwner? = entry["cost"]?.scalar(accepted: "who pays")?.choice(of: "who pays")
        let indemnity: Agreement.Indemnity? = entry["indemnity"]?.scalar(accepted: "an indemnity")?.choice(
            of: "an indemnity")
        let rates = entry["rates"]?.entries()?.compactMap { grade, pounds -> Agreement.Rate? in
            let grade = grade.identifier()
            let rate = pounds.decimal(in: 0...1_000)
            guard let grade, let rate else { return nil }
            return Agreement.Rate(grade: Grade.ID(grade), pencePerHour: Int((rate * 100).rounded()))
        }
        guard let id, let name, let from, let cost, let indemnity else { return nil }
        if let until, until < from {
            entry["until"]?.fault("lies before from", accepted: "\(from) or a later date")
        }
        return Agreement(
            id: Agreement.ID(id), name: name, parties: Set(parties.map { Organisation.ID($0) }),
            staffGroups: Set(groups ?? StaffGroup.allCases), from: from, until: until, costOwner: cost,
            indemnity: indemnity, rates: rates ?? [])
    }

    private static func limits(_ cursor: YAMLCursor) -> AgeLimits {
        let usual = AgeLimits()
        let entry = cursor.mapping(required: [], optional: ["rota-hours", "metric-hours", "opel-hours"])
        func hours(_ key: String, _ usual: ElapsedMinutes) -> ElapsedMinutes {
            entry?[key]?.integer(in: 1...168).map { ElapsedMinutes(hours: $0) } ?? usual
        }
        return AgeLimits(
            rota: hours("rota-hours", usual.rota), metrics: hours("metric-hours", usual.metrics),
            opel: hours("opel-hours", usual.opel))
    }

    private static func point(_ cursor: YAMLCursor) -> EscalationPoint? {
        guard
            let entry = cursor.mapping(
                required: ["id", "level", "name", "needed", "expires-hours", "conditions"],
                optional: ["actions"])
        else { return nil }
        let (id, name) = (entry["id"]?.identifier(), entry["name"]?.text())
        let (level, needed) = (entry["level"]?.integer(in: 1...4), entry["needed"]?.integer(in: 2...20))
        let expires = entry["expires-hours"]?.integer(in: 1...168)
        let listed = entry["conditions"]?.list()
        let conditions = listed?.compactMap(condition) ?? []
        let actions = entry["actions"]?.list()?.compactMap(action) ?? []
        guard let id, let name, let level, let needed, let expires else { return nil }
        let point = EscalationPoint(
            id: EscalationPoint.ID(id), level: level, name: name, conditions: conditions, needed: needed,
            expiresAfter: ElapsedMinutes(hours: expires), actions: actions)
        // A condition that could not be read has its own fault: what the others measure is not all.
        if let weakness = point.weakness, listed?.count == conditions.count {
            entry["conditions"]?.fault("of \(id): it \(weakness)", accepted: point.acceptedConditions)
        }
        return point
    }

    private static func condition(_ cursor: YAMLCursor) -> EscalationPoint.Condition? {
        guard let entry = cursor.mapping(required: ["figure"], optional: ["at-least", "at-most"]) else {
            return nil
        }
        let figures = Dictionary(Figure.all.map { ($0.text, $0) }) { first, _ in first }
        let figure = entry["figure"]?.choice(figures, of: "a figure")
        let (least, most) = (
            entry["at-least"]?.decimal(in: 0...1_000_000), entry["at-most"]?.decimal(in: 0...1_000_000)
        )
        guard (least == nil) != (most == nil) else {
            cursor.fault("states no limit, or two", accepted: "at-least or at-most")
            return nil
        }
        guard let figure, let threshold = least ?? most else { return nil }
        return EscalationPoint.Condition(
            figure: figure, side: least == nil ? .atMost : .atLeast, threshold: threshold)
    }

    private static func action(_ cursor: YAMLCursor) -> ActionCard? {
        guard let entry = cursor.mapping(required: ["id", "action", "owner", "due-minutes"]) else {
            return nil
        }
        let (id, action) = (entry["id"]?.identifier(), entry["action"]?.text())
        let owner: JobRole? = entry["owner"]?.scalar(accepted: "a role")?.choice(of: "a role")
        let due = entry["due-minutes"]?.integer(in: 1...10_080)
        guard let id, let action, let owner, let due else { return nil }
        return ActionCard(
            id: ActionCard.ID(id), action: action, owner: owner, dueWithin: ElapsedMinutes(due))
    }
}
