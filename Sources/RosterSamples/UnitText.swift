/// The parts of `roster.yaml` that a kind of unit needs.
struct UnitText {
    let grades: String
    let skills: String
    let roles: String
    let shifts: String
}

/// What wards and emergency departments share.
enum NursingText {
    static let text = UnitText(
        grades: """
              - { id: B6, name: "Charge nurse, band 6", group: registered }
              - { id: B5, name: "Staff nurse, band 5", group: registered }
              - { id: B3, name: "Senior support worker, band 3", group: unregistered }
              - { id: B2, name: "Support worker, band 2", group: unregistered }
            """,
        skills: """
              - { id: in-charge, name: "Nurse in charge of a shift" }
              - { id: iv, name: "Intravenous medicines" }
            """,
        roles: """
              - { id: charge, name: "Nurse in charge", group: registered, grades: [B6], skills: [in-charge], barred: [newly-qualified] }
              - { id: rn, name: "Registered nurse", group: registered, grades: [B5], substitutes: [B6] }
              - { id: hcsw, name: "Support worker", group: unregistered, grades: [B2, B3] }
            """,
        shifts: """
              - { id: LD, name: "Long day", start: 07:30, end: 20:00, breaks: [30, 30], roles: [charge, rn, hcsw] }
              - { id: N, name: "Night", start: 19:30, end: 08:00, breaks: [30, 30], roles: [charge, rn, hcsw] }
            """)

    static func cover(_ unit: SampleUnit) -> [String] {
        [
            """
              # A nurse in charge at every hour.
              - id: \(unit.prefix)-in-charge
                name: "Nurse in charge"
                unit: \(unit.id)
                who: { roles: [charge], skills: [in-charge] }
                from: 07:30
                to: 07:30
                heads: { minimum: 0, target: 1, maximum: 2 }
                risk: 2
            """,
            """
              # Of all nurses and support workers present, at least so many per cent are registered.
              - id: \(unit.prefix)-skill-mix
                name: "Registered share"
                unit: \(unit.id)
                who: { roles: [charge, rn] }
                from: 07:30
                to: 07:30
                at-least: { percent: 50, of: { roles: [charge, rn, hcsw] } }
            """,
        ]
    }
}

extension UnitKind {
    /// What this kind needs beyond the nursing that it shares with others.
    var text: UnitText {
        switch self {
        case .ward:
            UnitText(grades: "", skills: "", roles: "", shifts: "")
        case .emergencyDepartment:
            UnitText(
                grades: """
                      - { id: ST4, name: "Specialty registrar, ST4 and above", group: medical }
                      - { id: ACP, name: "Advanced clinical practitioner, band 8a", group: registered }
                      - { id: B7, name: "Specialist nurse, band 7", group: registered }
                    """,
                skills: """
                      - { id: senior-decision-maker, name: "Senior decision maker, able to lead the department" }
                      - { id: frailty, name: "Frailty practitioner (comprehensive geriatric assessment)" }
                    """,
                roles: """
                      - { id: senior, name: "Senior doctor", group: medical, grades: [ST4], skills: [senior-decision-maker] }
                      - { id: frailty, name: "Frailty practitioner", group: registered, grades: [ACP, B7], skills: [frailty] }
                    """,
                shifts: """
                      - { id: DE, name: "Doctor early", start: 08:00, end: 18:00, breaks: [30, 30], paid: 10, working: 10, roles: [senior] }
                      - { id: DL, name: "Doctor late", start: 14:00, end: 00:00, breaks: [30, 30], paid: 10, working: 10, roles: [senior] }
                      - { id: DN, name: "Doctor night", start: 22:00, end: 08:30, breaks: [30, 30], paid: 10.5, working: 10.5, roles: [senior] }
                      - { id: FD, name: "Frailty long day", start: 08:00, end: 20:00, breaks: [30, 30], roles: [frailty] }
                      - { id: FE, name: "Frailty early", start: 08:00, end: 16:00, breaks: [30], roles: [frailty] }
                    """)
        case .virtualWard:
            UnitText(
                grades: """
                      - { id: CON, name: "Consultant physician", group: medical }
                      - { id: GP, name: "General practitioner", group: medical }
                      - { id: ACP, name: "Advanced clinical practitioner, band 8a", group: registered }
                      - { id: B6, name: "Community nurse, band 6", group: registered }
                      - { id: B3, name: "Support worker, band 3", group: unregistered }
                    """,
                skills: """
                      - { id: virtual-ward-lead, name: "Clinical lead of a virtual ward" }
                      - { id: prescriber, name: "Independent prescriber" }
                    """,
                roles: """
                      # Led by a consultant or a general practitioner; an advanced practitioner cannot take this role.
                      - { id: lead, name: "Clinical lead", group: medical, grades: [CON, GP], skills: [virtual-ward-lead] }
                      - { id: practitioner, name: "Advanced practitioner", group: registered, grades: [ACP], skills: [prescriber] }
                      - { id: nurse, name: "Virtual ward nurse", group: registered, grades: [B6], substitutes: [ACP] }
                      - { id: support, name: "Support worker", group: unregistered, grades: [B3] }
                    """,
                shifts: """
                      - { id: C, name: "Lead's day", start: 09:00, end: 17:00, breaks: [30], paid: 8, working: 8, roles: [lead] }
                      - { id: LD, name: "Long day", start: 08:00, end: 20:00, breaks: [30, 30], roles: [nurse, practitioner] }
                      - { id: S, name: "Early", start: 08:00, end: 16:00, breaks: [30], roles: [nurse, support] }
                    """)
        }
    }

    /// Cover rules of a unit that say their own heads.
    func cover(_ unit: SampleUnit) -> [String] {
        switch self {
        case .ward:
            return NursingText.cover(unit)
        case .emergencyDepartment:
            var rules = [
                """
                  # Always hard: solved before anything else. Heads each hour: arrivals × minutes ÷ (60 × productive share).
                  - id: \(unit.prefix)-senior
                    name: "Senior decision maker, every hour"
                    purpose: senior-decision-maker
                    unit: \(unit.id)
                    who: { roles: [senior], skills: [senior-decision-maker] }
                    from: 08:00
                    to: 08:00
                    arrivals: { floor: 1, minutes: { majors: 11 }, productive-share: 0.7 }
                """
            ]
            if teams(people: unit.people).contains(where: { $0.team.id == Team.frailty.id }) {
                rules.append(
                    """
                      # Always hard: a qualified practitioner for the whole window, every day, and 70 hours a week.
                      - id: \(unit.prefix)-frailty
                        name: "Frailty in-reach"
                        purpose: frailty-in-reach
                        unit: \(unit.id)
                        who: { roles: [frailty], skills: [frailty] }
                        from: 08:00
                        to: 20:00
                        heads: { minimum: 1, target: 1 }
                        weekly-hours: 70
                    """)
            }
            return rules + NursingText.cover(unit)
        case .virtualWard:
            return [
                """
                  # Hard: solved before anything else.
                  - id: \(unit.prefix)-lead
                    name: "Clinical lead, 09:00 to 17:00 every day"
                    unit: \(unit.id)
                    who: { roles: [lead], skills: [virtual-ward-lead] }
                    from: 09:00
                    to: 17:00
                    heads: { minimum: 1, target: 1 }
                    hard: true
                """
            ]
        }
    }
}
