import Extracts
import LookForward
import Roster

@testable import MusterMail

/// A report on three days in November, of an invented trust.
enum InventedReport {
    /// Friday 21 November 2025.
    static let friday = Day(ordinal: 20_413)
    static let days = [friday, friday.advanced(by: 1), friday.advanced(by: 2)]
    static let wardA = UnitLabel(
        unit: "WA", name: "Ward A – Care of older people", site: "Northgate General", organisation: "X1N")
    static let emergency = UnitLabel(
        unit: "ED", name: "Emergency department", site: "Northgate General", organisation: "X1N")
    static let closedWard = UnitLabel(
        unit: "WX", name: "Discharge lounge", site: "Northgate General", organisation: "X1N")

    static let inside = Recipient(
        id: "bank-nursing", name: "Northgate staff bank", mailbox: "staff.bank@northgate.example",
        isInside: true)

    static func at(_ text: String) -> Instant { Instant("\(text)+00:00") ?? Instant(minutes: 0) }

    static let senior = ReportedGap(
        id: "ED.senior.2200", rule: "ED.senior", place: emergency, organisation: "X1N", day: friday,
        shift: "Night",
        start: at("2025-11-21T22:00"), end: at("2025-11-22T08:00"), staffGroup: .medical,
        role: "Senior decision maker", grades: ["Consultant", "ST4 or above"], required: 1, planned: 0,
        missing: 1, minutesShort: 600, minutesRequired: 600, percent: 100, isHard: true,
        purpose: .seniorDecisionMaker,
        severity: .hard, minutesToStart: 930,
        cascade: Cascade(events: [
            Cascade.Event(
                step: .own, name: "Own part-timers and bank", at: at("2025-11-19T08:00"),
                authoriser: "rota co-ordinator", state: .released),
            Cascade.Event(
                step: .agency, name: "Framework agency, tier 1", at: at("2025-11-20T22:00"),
                authoriser: "medical director", state: .due),
            Cascade.Event(
                step: .breakGlass, name: "Off framework (break glass)", at: at("2025-11-21T10:00"),
                authoriser: "executive director on call", state: .planned),
        ]), tried: [Attempt(step: .own, state: "offered", at: at("2025-11-20T16:05"), by: "bank desk")],
        minutesLeft: 600, owner: "ed.rota@northgate.example", trend: .same)

    static let nurse = ReportedGap(
        id: "WA.nurse.0730", rule: "WA.nurse", place: wardA, organisation: "X1N", day: friday,
        shift: "Long day",
        start: at("2025-11-21T07:30"), end: at("2025-11-21T20:00"), staffGroup: .registered,
        role: "Registered nurse", grades: ["Band 5", "Band 6"], skills: ["Intravenous medicines"],
        required: 5, planned: 4, booked: ["bank": 1], missing: 1, minutesShort: 690, minutesRequired: 3450,
        percent: 20,
        severity: .belowMinimum,
        redFlag: RedFlag(
            tests: [.shortfall], arithmetic: "57.5 h needed, 46 h there: 11.5 h short, more than 8 h"),
        minutesToStart: 60, reason: .sickness,
        options: [
            ClosingOption(
                id: "1", step: .float, sentence: "Move 1 registered nurse from Ward B, 07:30 to 13:30",
                start: at("2025-11-21T07:30"), end: at("2025-11-21T13:30"), minutesClosed: 360,
                sideEffect: "leaves Ward B at 102%", isSuggested: true),
            ClosingOption(
                id: "2", step: .own, sentence: "Ask an own part-timer, 13:30 to 20:00", reference: "P-31",
                start: at("2025-11-21T13:30"), end: at("2025-11-21T20:00"), minutesClosed: 330,
                isSuggested: true),
            ClosingOption(
                id: "3", step: .own, sentence: "Ask an own part-timer, 07:30 to 20:00", reference: "P-77",
                start: at("2025-11-21T07:30"), end: at("2025-11-21T20:00"), minutesClosed: 690),
        ], optionsLeftOut: 4, minutesLeft: 0, owner: "ward.a@northgate.example", confidence: .lowered,
        trend: .new)

    static let whole = report(gaps: [senior, nurse])

    static func report(
        gaps: [ReportedGap], notIncluded: [UnitLabel] = [], status: ShortageReport.Status = .report,
        isSound: Bool = false
    ) -> ShortageReport {
        let isValid = status == .report
        return ShortageReport(
            organisation: Organisation(id: "X1N", name: "Northgate Demonstration Trust"), issued: friday,
            days: days, generated: at("2025-11-21T06:30"), dataTime: at("2025-11-21T05:45"),
            nextIssue: at("2025-11-22T06:30"), status: status,
            statement: gaps.isEmpty
                ? "No shift is short."
                : "2 shifts short, 21.5 hours. 1 critical gap: nobody is planned for it.",
            headlines: isValid ? days.map { headline($0, gaps) } : [],
            change: isValid
                ? Change(
                    since: friday.advanced(by: -1), new: gaps.isEmpty ? [] : ["WA.nurse.0730"],
                    closed: [
                        ClosedGap(
                            id: "WA.hca.1930", place: wardA, organisation: "X1N", day: friday, shift: "Night",
                            role: "Health care assistant", staffGroup: .unregistered, minutes: 690,
                            isHard: false)
                    ]) : nil,
            gaps: gaps,
            unavailability: isValid
                ? [
                    Unavailability(
                        place: wardA, percent: 27, headroom: 22, people: 12,
                        shares: [
                            .init(kinds: [.annual], percent: 15, people: 7),
                            .init(kinds: [.sickness, .study], percent: 12, people: 5),
                        ],
                        isSpike: true, returning: nil),
                    Unavailability(place: emergency, percent: 19, headroom: 22, people: 9),
                ] : [],
            validation: Validation(
                counts: [
                    ExtractCount(
                        kind: .duties, file: "duties.csv", extractedAt: at("2025-11-21T05:45"), read: 1204,
                        accepted: 1201, rejected: 3, reasons: ["unknown grade": 3])
                ],
                failures: isSound
                    ? []
                    : [
                        Validation.Failure(
                            check: .unknownGrade, severity: .warning, places: [wardA],
                            sentence: "3 duties have a grade that the list of grades does not know.", rows: 3)
                    ], lowered: isSound ? [] : [wardA]),
            notIncluded: notIncluded,
            learning: Learning(
                day: friday.advanced(by: -1),
                ended: [
                    .init(
                        gap: ClosedGap(
                            id: "old", place: wardA, organisation: "X1N", day: friday.advanced(by: -1),
                            shift: "Night",
                            role: "Registered nurse", staffGroup: .registered, minutes: 690, isHard: false),
                        outcome: .filled, step: .own, minutesLeft: 0, leadMinutes: 800)
                ]))
    }

    private static func headline(_ day: Day, _ gaps: [ReportedGap]) -> Headline {
        let here = gaps.filter { $0.day == day }
        func short(_ group: StaffGroup) -> Shortage {
            here.filter { $0.staffGroup == group }
                .reduce(Shortage()) { $0 + Shortage(shifts: $1.missing, minutes: $1.minutesShort) }
        }
        return Headline(
            day: day, registered: short(.registered), unregistered: short(.unregistered),
            medical: short(.medical), hardGaps: here.count(where: \.isHard),
            redFlags: here.count { $0.redFlag != nil })
    }
}
