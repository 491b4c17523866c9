import Roster

/// A part of the day for which a team provides people, and the shift that fills it.
struct Slot: Sendable {
    /// Ends the id of its cover rule: `day`.
    let id: String
    /// Ends the name of its cover rule: `day`.
    let name: String
    let from: String
    let to: String
    let paidHours: Double
    /// Whether it gets a head on each day of the week before any slot gets a second.
    var isDaily = true
}

/// People of a unit who cover the same work: what they are, what they work and how their past looks.
struct Team: Sendable {
    /// Ends the ids of its cover rules, such as `nurses`, and begins their names.
    let id: String
    let name: String
    /// Begins the id of each person after the unit: `n`.
    let prefix: String
    let contract: String
    /// Dealt out to the members in turn.
    let weeklyHours: [Double]
    let grades: [String]
    /// Skills of every member of a grade.
    let skills: [String: [String]]
    /// Roles named for a person whose grade does not say it all.
    var roles = ""
    /// Counts for the team's cover, as in `roster.yaml`.
    let counted: String
    /// The role in which a study day stands.
    let role: String
    let slots: [Slot]
    /// Which slot gets the next head on each day, over and over, until the hours are used.
    let cycle: [Int]
    /// Whether heads beyond the daily ones come on Monday to Friday only.
    var growsOnWeekdays = false
    let risk: Int
    /// Two lawful weeks before the period, a letter a day; dealt out to the members in turn.
    let past: [String]
    let pastShifts: [Character: ShiftType]
    /// Shifts that a person may wish for.
    let wishes: [String]
}

extension Team {
    private static let longDay = shift("LD", "07:30", "20:00", breaks: 60)
    private static let night = shift("N", "19:30", "08:00", breaks: 60)
    private static let nursingPast = [
        "DD--D---NN----", "--NN---D--DD--", "D---DDD--DD---", "-DD-D-----D-DD", "---NNN----DD--",
        "DD-D-------NNN", "-DD--D-DD--D--", "D-DD----DD-D--",
    ]
    private static let nursingSlots = [
        Slot(id: "day", name: "day", from: "07:30", to: "19:30", paidHours: 11.5),
        Slot(id: "night", name: "night", from: "19:30", to: "07:30", paidHours: 11.5),
    ]

    static let nurses = Team(
        id: "nurses", name: "Registered nurses", prefix: "n", contract: "AFC",
        weeklyHours: [37.5, 37.5, 30, 37.5, 34.5, 37.5, 23, 37.5],
        grades: ["B6", "B5", "B6", "B5", "B5"],
        skills: ["B6": ["in-charge", "iv"], "B5": ["iv"]],
        counted: "{ roles: [charge, rn] }", role: "rn", slots: nursingSlots, cycle: [0, 1, 0, 0, 1], risk: 2,
        past: nursingPast, pastShifts: ["D": longDay, "N": night], wishes: ["LD", "N"])

    static let support = Team(
        id: "support", name: "Support workers", prefix: "h", contract: "AFC",
        weeklyHours: [37.5, 30, 37.5, 34.5, 37.5, 23], grades: ["B3", "B2"], skills: [:],
        counted: "{ roles: [hcsw] }", role: "hcsw", slots: nursingSlots, cycle: [0, 1, 0, 0, 1], risk: 1,
        past: nursingPast, pastShifts: ["D": longDay, "N": night], wishes: ["LD", "N"])

    static let seniors = Team(
        id: "seniors", name: "Senior doctors", prefix: "s", contract: "RESIDENT",
        weeklyHours: [44, 46, 40, 45, 36, 44], grades: ["ST4"],
        skills: ["ST4": ["senior-decision-maker"]],
        counted: "{ roles: [senior] }", role: "senior",
        slots: [
            Slot(id: "early", name: "early", from: "08:00", to: "14:00", paidHours: 10),
            Slot(id: "late", name: "late", from: "18:00", to: "22:00", paidHours: 10),
            Slot(id: "night", name: "night", from: "22:00", to: "08:00", paidHours: 10.5),
        ],
        cycle: [0, 1, 2, 1, 0, 1], growsOnWeekdays: true, risk: 3,
        past: [
            "EEEE----LLL---", "LLLL---EEE-E--", "-NNNN----EEEE-", "EE--EEE--EE---", "EEE----EE--LLL",
            "EEE-------NNNN", "----NNN--EEE--", "EEEEE--EEEE---",
        ],
        pastShifts: [
            "E": shift("DE", "08:00", "18:00"), "L": shift("DL", "14:00", "00:00"),
            "N": shift("DN", "22:00", "08:30"),
        ],
        wishes: ["DE", "DL", "DN"])

    static let frailty = Team(
        id: "frailty", name: "Frailty practitioners", prefix: "f", contract: "AFC",
        weeklyHours: [37.5, 37.5, 30, 37.5], grades: ["ACP", "B7"],
        skills: ["ACP": ["frailty"], "B7": ["frailty"]], counted: "{ roles: [frailty] }", role: "frailty",
        slots: [
            Slot(id: "long", name: "long day", from: "08:00", to: "20:00", paidHours: 11),
            Slot(
                id: "second", name: "second, midday", from: "10:00", to: "16:00", paidHours: 7.5,
                isDaily: false),
        ],
        cycle: [1, 1, 0], growsOnWeekdays: true, risk: 2,
        past: ["DD--D--DD-D---", "--DDD---DDD---", "D--D-DD--D----", "-DD----D----DD"],
        pastShifts: ["D": shift("FD", "08:00", "20:00", breaks: 60)], wishes: ["FD", "FE"])

    static let leads = Team(
        id: "leads", name: "Clinical leads", prefix: "l", contract: "CONSULTANT",
        weeklyHours: [20, 20, 18, 16], grades: ["CON", "CON", "CON", "GP"],
        skills: ["CON": ["virtual-ward-lead"], "GP": ["virtual-ward-lead"]],
        counted: "{ roles: [lead] }", role: "lead",
        slots: [Slot(id: "day", name: "day", from: "09:00", to: "17:00", paidHours: 8)], cycle: [0],
        growsOnWeekdays: true, risk: 2,
        past: ["E--EE----E--EE", "-EE----EE-----", "E---E----EE---", "--E--EE-----E-"],
        pastShifts: ["E": shift("C", "09:00", "17:00")], wishes: ["C"])

    static let virtualNurses = Team(
        id: "team", name: "Nurses and practitioners", prefix: "n", contract: "AFC",
        weeklyHours: [37.5, 37.5, 30, 37.5, 30, 37.5, 30], grades: ["ACP", "B6", "B6"],
        skills: ["ACP": ["prescriber"]], counted: "{ roles: [nurse, practitioner] }", role: "nurse",
        slots: [
            Slot(id: "whole", name: "08:00 to 20:00", from: "08:00", to: "20:00", paidHours: 11),
            Slot(id: "midday", name: "midday", from: "10:00", to: "16:00", paidHours: 7.5, isDaily: false),
        ],
        cycle: [0, 0, 1], growsOnWeekdays: true, risk: 2,
        past: ["D--D-----DD-D-", "-DD--DD--D----", "DD--D----D--DD", "--DD---DD--D--", "D-D-D---D-DD--"],
        pastShifts: ["D": shift("LD", "08:00", "20:00", breaks: 60)], wishes: ["LD", "S"])

    static let virtualSupport = Team(
        id: "support", name: "Support workers", prefix: "h", contract: "AFC", weeklyHours: [37.5, 30],
        grades: ["B3"], skills: [:], counted: "{ roles: [support] }", role: "support",
        slots: [Slot(id: "day", name: "day", from: "08:00", to: "16:00", paidHours: 7.5)], cycle: [0],
        growsOnWeekdays: true, risk: 1, past: ["EEEEE--EEEE---", "EE---EE--EE---"],
        pastShifts: ["E": shift("S", "08:00", "16:00", breaks: 30)], wishes: ["S"])

    /// A shift of the past; breaks of doctors are paid and stay out.
    private static func shift(_ id: ShiftType.ID, _ start: String, _ end: String, breaks: Int = 0)
        -> ShiftType
    {
        ShiftType(
            id: id, name: id.text, start: ClockTime(start) ?? ClockTime(minute: 0),
            end: ClockTime(end) ?? ClockTime(minute: 0),
            breaks: breaks == 0 ? [] : [ElapsedMinutes(breaks)])
    }
}
