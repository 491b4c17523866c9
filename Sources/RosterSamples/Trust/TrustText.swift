/// The YAML files of a sample trust.
enum TrustText {
    static func mapping(extracted: String, units: [String]) -> String {
        """
        # How the exports of this trust are read: which column is which, how dates are written, what codes mean.
        # The left side is Muster's name, the right side the export's. Columns that nobody names are not read.
        muster: 1
        # Day first. yyyy-mm-dd, dd/mm/yyyy, dd.mm.yyyy, dd-mm-yyyy, dd-mmm-yyyy or yyyymmdd; an export may differ.
        dates: dd/mm/yyyy
        # When these exports were made, since they never change. For files that come each morning: modified.
        extracted: \(extracted)

        exports:
          units:
            file: Units.csv
            columns:
              id: Unit Code
              name: Unit Description
              site: Site
              closed-from: Closed From
              closed-to: Closed To
              approval: Roster Status
              refreshed: Last Refreshed
              headroom: Headroom %
              budget-hours: Budget Hrs/Wk
              mailbox: Unit Mailbox
          people:
            file: Staff in Post.csv
            columns: { id: Staff No, unit: Owning Unit, grade: Band, contract: Terms, hours: Contracted Hrs, other-units: Also Works, roles: Job Roles, markers: Flags }
          skills:
            file: Competencies.csv
            columns: { person: Staff No, skill: Competency, from: Achieved, expiry: Expires }
          duties:
            file: Roster.csv
            columns: { person: Staff No, date: Duty Date, unit: Unit, shift: Shift, start: Start, end: End, role: Duty Role, hours: Worked Hrs }
          leave:
            file: Absence.csv
            columns: { person: Staff No, from: First Day, to: Last Day, class: Absence Type }
          # The bank's system writes dates with the year first and has ward codes of its own. It names no shift:
          # that is found by its times.
          bookings:
            file: Bank Requests.csv
            dates: yyyy-mm-dd
            columns: { id: Request Ref, unit: Ward, date: Shift Date, start: Start Time, end: End Time, role: Assignment, state: Status, person: Worker Ref, skills: Confirmed Skills, origin: Filled By, step: Release Stage, released: Released, released-by: Released By, reason: Reason }
          requirements:
            file: Templates.csv
            columns: { unit: Unit, day: Days, period: Period, role: Role, heads: Required }

        codes:
          units:
        \(units.map { "    NGT-\($0): \($0)" }.joined(separator: "\n"))
          sites: { NG-MAIN: MAIN, NG-EAST: EAST, MS-HUB: HUB }
          approvals: { Approved: approved, Partially Approved: partial, Draft: not-approved }
          grades: { Band 2: B2, Band 3: B3, Band 5: B5, Band 6: B6, Band 7: B7, Consultant: CON, ST4+: ST4, ST1-3: ST3 }
          contracts: { AfC Full: AFC, Bank: BANK, Consultant 2003: CONSULTANT, Resident 2016: RESIDENT }
          markers: { NQN: newly-qualified }
          roles: { NIC: charge, RN: rn, HCA: hcsw, ED CON: consultant, ED REG: senior, ED SHO: doctor, FRAIL: frailty, VW LEAD: lead, VW RN: nurse }
          skills: { In Charge: in-charge, SDM: senior-decision-maker, Frailty CGA: frailty, VW Lead: virtual-ward-lead }
          # What stands for several shifts is decided by the unit; what stands for off is no duty.
          shifts: { LD*: LD, NT: N, D: CE, L: CL, ED-D: DE, ED-L: DL, ED-N: DN, FR: FD, VC: C, VL: VD, VE: VE, RD: off }
          # Which part of the day a line of the template is about. The times in which two shifts hand over are left
          # out: both are there, and neither would be missed.
          periods:
            Day: 08:00-19:30
            Night: 20:00-07:30
            Cons Early: 08:00-14:00
            Cons Late: 18:00-24:00
            Doc Day: 08:30-16:00
            Doc Late: 18:00-22:00
            Doc Night: 02:00-08:00
            VW Day: 08:00-20:00
            VW Early: 08:00-16:00
          leave: { Annual Leave: annual, Sickness: sickness, Study Leave: study, Parental: parental }
          states: { Open: open, Offered: offered, Filled: booked, Cancelled: cancelled, DNA: did-not-attend }
          origins: { Bank: bank, Agency: agency }
          steps: { Own Bank: own, Collab: collaborative, Agency: agency }
          # Who released a request, beside the roles of report.yaml's cascade. Messages repeat it: what is neither, such as
          # a name, is left out.
          authorisers: { medical staffing: medical staffing }
          reasons: { Vacancy: vacancy, Sickness: sickness, Strike: industrial-action }
          days: { Daily: daily }

        """
    }

    static func trust(name: String, units: [TrustUnit]) -> String {
        let departments = units.filter { unit in unit.teams.contains { $0.role == "ED REG" } }.map(\.code)
        let virtual = units.filter { unit in unit.teams.contains { $0.role == "VW LEAD" } }.map(\.code)
        return """
            # What the exports take for granted, in the words of roster.yaml. Every name and organisation is invented.
            muster: 1
            name: "\(name)"

            # The first is the trust itself.
            organisations:
              - { id: NORTHGATE, name: "Northgate Hospitals (invented)" }
              - { id: MOORSIDE, name: "Moorside Community Care (invented)" }
            sites:
              - { id: MAIN, name: "Northgate General (invented)", organisation: NORTHGATE }
              - { id: EAST, name: "Northgate East (invented)", organisation: NORTHGATE }
              - { id: HUB, name: "Moorside hub (invented)", organisation: MOORSIDE }

            grades:
              - { id: CON, name: "Consultant", group: medical }
              - { id: ST4, name: "Specialty registrar, ST4 and above", group: medical }
              - { id: SAS, name: "Specialty doctor or specialist", group: medical }
              - { id: ST3, name: "Specialty trainee, ST1 to ST3", group: medical }
              - { id: FY2, name: "Foundation doctor, year 2", group: medical }
              - { id: ACP, name: "Advanced clinical practitioner, band 8a", group: registered }
              - { id: B7, name: "Senior charge nurse, band 7", group: registered }
              - { id: B6, name: "Charge nurse, band 6", group: registered }
              - { id: B5, name: "Staff nurse, band 5", group: registered }
              - { id: B3, name: "Senior support worker, band 3", group: unregistered }
              - { id: B2, name: "Support worker, band 2", group: unregistered }
            skills:
              - { id: senior-decision-maker, name: "Senior decision maker, able to lead the department" }
              - { id: frailty, name: "Frailty practitioner (comprehensive geriatric assessment)" }
              - { id: in-charge, name: "Nurse in charge of a shift" }
              - { id: virtual-ward-lead, name: "Clinical lead of a virtual ward" }
            markers: [newly-qualified]
            roles:
              - { id: consultant, name: "Emergency consultant", group: medical, grades: [CON], skills: [senior-decision-maker] }
              - { id: senior, name: "Senior doctor", group: medical, grades: [ST4, SAS], skills: [senior-decision-maker] }
              - { id: doctor, name: "Emergency doctor", group: medical, grades: [FY2, ST3] }
              - { id: charge, name: "Nurse in charge", group: registered, grades: [B6], substitutes: [B5, B7], skills: [in-charge], barred: [newly-qualified] }
              - { id: rn, name: "Registered nurse", group: registered, grades: [B5], substitutes: [B6, B7] }
              - { id: hcsw, name: "Support worker", group: unregistered, grades: [B2, B3] }
              - { id: frailty, name: "Frailty practitioner", group: registered, grades: [ACP], substitutes: [B7], skills: [frailty] }
              - { id: lead, name: "Clinical lead of the virtual ward", group: medical, grades: [CON], skills: [virtual-ward-lead] }
              - { id: nurse, name: "Virtual ward nurse", group: registered, grades: [B6], substitutes: [B5] }

            contracts:
              - { id: AFC, name: "Agenda for Change", rules: [working-time, agenda-for-change] }
              - { id: BANK, name: "Own bank", rules: [working-time], hours-owed: false }
              - { id: CONSULTANT, name: "Consultant, 2003 contract", rules: [working-time-compensatory, consultants] }
              - { id: RESIDENT, name: "Resident doctor, 2016 terms", rules: [working-time-compensatory, resident-doctors] }

            shifts:
              - { id: LD, name: "Long day", start: 07:30, end: 20:00, breaks: [30, 30], roles: [charge, rn, hcsw] }
              - { id: N, name: "Night", start: 19:30, end: 08:00, breaks: [30, 30], roles: [charge, rn, hcsw] }
              - { id: CE, name: "Consultant early", start: 08:00, end: 18:00, breaks: [30, 30], paid: 10, working: 10, roles: [consultant] }
              - { id: CL, name: "Consultant late", start: 14:00, end: 00:00, breaks: [30, 30], paid: 10, working: 10, roles: [consultant] }
              - { id: DE, name: "Doctor early", start: 08:00, end: 18:00, breaks: [30, 30], paid: 10, working: 10, roles: [senior, doctor] }
              - { id: DL, name: "Doctor late", start: 16:00, end: 02:00, breaks: [30, 30], paid: 10, working: 10, roles: [senior, doctor] }
              - { id: DN, name: "Doctor night", start: 22:00, end: 08:30, breaks: [30, 30], paid: 10.5, working: 10.5, roles: [senior, doctor] }
              - { id: FD, name: "Frailty long day", start: 08:00, end: 20:00, breaks: [30, 30], roles: [frailty] }
              - { id: C, name: "Lead's day", start: 09:00, end: 17:00, breaks: [30], paid: 8, working: 8, roles: [lead] }
              - { id: VD, name: "Virtual ward long day", start: 08:00, end: 20:00, breaks: [30, 30], roles: [nurse] }
              - { id: VE, name: "Virtual ward early", start: 08:00, end: 16:00, breaks: [30], roles: [hcsw, nurse] }

            # Cover that no export holds. These are hard: solved, and reported, before anything else.
            cover:
            \((departments.map(departmentCover) + virtual.map(virtualCover)).joined(separator: "\n"))

            """
    }

    private static func departmentCover(_ code: String) -> String {
        """
          - id: \(code).senior
            name: "Senior decision maker, every hour"
            purpose: senior-decision-maker
            unit: \(code)
            who: { roles: [consultant, senior], skills: [senior-decision-maker] }
            from: 08:00
            to: 08:00
            heads: { minimum: 1 }
          - id: \(code).frailty
            name: "Frailty in-reach, 08:00 to 20:00"
            purpose: frailty-in-reach
            unit: \(code)
            who: { roles: [frailty], skills: [frailty] }
            from: 08:00
            to: 20:00
            heads: { minimum: 1 }
            weekly-hours: 70
        """
    }

    private static func virtualCover(_ code: String) -> String {
        """
          - id: \(code).lead
            name: "Clinical lead, 09:00 to 17:00"
            unit: \(code)
            who: { roles: [lead], skills: [virtual-ward-lead] }
            from: 09:00
            to: 17:00
            heads: { minimum: 1 }
            hard: true
        """
    }

    static func report(units: [TrustUnit]) -> String {
        let first = units.first?.code ?? "ED"
        let virtual = units.first { unit in unit.teams.contains { $0.role == "VW LEAD" } }?.code ?? first
        return """
            # How the look-forward report is made and who gets which part of it. All mailboxes are role mailboxes.
            muster: 1
            days: 3
            # Friday's issue carries Monday.
            friday-days: 4
            issue-time: 06:30
            # Duties, leave and bookings that are older say nothing about today.
            staleness-hours: 24
            headroom: 22
            budget-tolerance: 10
            contact: roster.team@northgate.example

            # How gaps are released: how long before the shift, and who may do it. Never a person's name.
            cascade:
              - { step: float, name: "Move within the site", authoriser: site manager }
              - { step: own, name: "Own part-timers and bank", authoriser: ward manager }
              - { step: collaborative, name: "Collaborative bank", lead-hours: 336, authoriser: matron }
              - { step: agency, name: "Framework agency, tier 1", lead-hours: 168, authoriser: head of nursing }
              - { step: agency, name: "Framework agency, tier 2", lead-hours: 72, authoriser: head of nursing }
              - { step: agency, name: "Framework agency, tier 3", lead-hours: 48, authoriser: head of nursing }
              - { step: break-glass, name: "Off framework (break glass)", lead-hours: 24, authoriser: executive director on call }
            industrial-action:
              - { from: 2025-11-24, to: 2025-11-25, groups: [medical] }

            recipients:
              - id: northgate-bank
                name: "Northgate staff bank"
                mailbox: staff.bank@northgate.example
                inside: true
                organisations: [NORTHGATE]
                priority-units: [\(first)]
                priority-groups: [medical, registered]
              - id: medical-staffing
                name: "Medical staffing"
                mailbox: medical.staffing@northgate.example
                inside: true
                groups: [medical]
                priority-units: [\(first)]
              - id: collaborative-bank
                name: "Collaborative bank"
                mailbox: collaborative.bank@sharedbank.example
                inside: false
                organisations: [NORTHGATE, MOORSIDE]
                groups: [registered, unregistered]
                priority-units: [\(first), \(virtual)]

            """
    }
}
