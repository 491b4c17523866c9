import Roster

/// The rows of the exports of a sample trust, before they are text.
struct TrustContent {
    let units: [TrustUnit]
    /// The first day of the report.
    let day: Day
    /// Rows by file, as cells.
    var staff: [[String]] = []
    var competencies: [[String]] = []
    var roster: [[String]] = []
    var absence: [[String]] = []
    var requests: [[String]] = []
    private(set) var templates: [[String]] = []
    private(set) var unitRows: [[String]] = []
    private var random: SplitMix64

    /// When the exports were made: the morning of the first day.
    var extracted: String { "\(day)T05:40" }

    init(units: [TrustUnit], seed: UInt64, day: Day) {
        self.units = units
        self.day = day
        random = SplitMix64(seed: seed)
        let days = day.advanced(by: -18)...day.advanced(by: 16)
        for unit in units {
            for team in unit.teams { add(team, of: unit, days: days) }
            addBank(of: unit)
            addTemplate(of: unit)
        }
        for unit in units { addRow(of: unit) }
    }

    private mutating func add(_ team: TrustTeam, of unit: TrustUnit, days: ClosedRange<Day>) {
        let rota = TrustRota(
            team, days: days, firstNumber: staff.count + 1, surplus: team.role == "RN" ? unit.surplus : 0,
            random: &random)
        for (index, member) in rota.members.enumerated() {
            let marker = member.band == "Band 5" && index % 5 == 4 ? "NQN" : ""
            let floats = unit.surplus > 0 || index % 3 == 0 ? neighbours(of: unit) : []
            let roles = ["FRAIL", "VW LEAD"].contains(team.role) ? team.role : ""
            staff.append([
                member.id, unit.code, member.band, team.terms, Self.number(member.hours),
                floats.joined(separator: ";"), roles, marker, "4\(1000 + staff.count % 9000)",
            ])
            for skill in team.skills { addSkill(skill, of: member.id, index) }
            if team.role == "RN", index % 3 == 0 { addSkill("In Charge", of: member.id, index) }
            for absent in member.leave {
                absence.append([
                    member.id, Self.slashed(absent.days.lowerBound), Self.slashed(absent.days.upperBound),
                    absent.kind,
                ])
            }
        }
        for shift in rota.shifts {
            roster.append([
                rota.members[shift.member].id, Self.slashed(shift.day), unit.code, shift.need.code,
                Self.clock(shift.need.start), Self.clock(shift.need.end), team.role,
                Self.number(Double(shift.need.paid) / 60),
            ])
        }
        for gap in rota.gaps { ask(gap, team, unit) }
    }

    /// Skills that run out next year, now and then one that has.
    private mutating func addSkill(_ skill: String, of person: String, _ index: Int) {
        let expiry = index % 11 == 7 ? day.advanced(by: -20) : day.advanced(by: 200 + index * 7)
        competencies.append([person, skill, Self.slashed(day.advanced(by: -400)), Self.slashed(expiry)])
    }

    /// A request to the bank for most gaps; half of them are filled.
    private mutating func ask(_ gap: TrustRota.Gap, _ team: TrustTeam, _ unit: TrustUnit) {
        guard gap.day >= day.advanced(by: -2), random.chance(percent: 70) else { return }
        let isMedical = team.terms != "AfC Full"
        let isFilled = random.chance(percent: 50)
        let agency = random.chance(percent: 25)
        // The evening before the exports at the latest.
        let released = min(gap.day.advanced(by: -(2 + random.below(6))), day.advanced(by: -1))
        let stage = agency ? "Agency" : random.chance(percent: 30) ? "Collab" : "Own Bank"
        requests.append([
            "R\(70_000 + requests.count)", "NGT-\(unit.code)", "\(gap.day)", Self.clock(gap.need.start),
            Self.clock(gap.need.end), team.role,
            isFilled ? "Filled" : random.chance(percent: 60) ? "Open" : "Offered",
            isFilled ? "\(agency ? "AG" : "BK")\(100 + requests.count)" : "",
            isFilled ? team.skills.joined(separator: ";") : "", agency ? "Agency" : "Bank", stage,
            "\(released) 14:05", isMedical ? "medical staffing" : "matron",
            random.chance(percent: 50) ? "Vacancy" : "Sickness",
        ])
    }

    /// Own bank staff, who owe no hours.
    private mutating func addBank(of unit: TrustUnit) {
        guard unit.teams.contains(where: { $0.role == "RN" }) else { return }
        for band in ["Band 5", "Band 2"] {
            staff.append([
                "\(90_000_000 + staff.count)", unit.code, band, "Bank", "0",
                neighbours(of: unit).joined(separator: ";"), "", "", "4\(1000 + staff.count % 9000)",
            ])
        }
    }

    /// The other wards of the site, the next few.
    private func neighbours(of unit: TrustUnit) -> [String] {
        guard unit.teams.contains(where: { $0.role == "RN" }) else { return [] }
        let near = units.filter { other in
            other.site == unit.site && other.code != unit.code && other.teams.contains { $0.role == "RN" }
        }
        guard near.count > 4, let place = units.firstIndex(where: { $0.code == unit.code }) else {
            return near.map(\.code)
        }
        return (0..<4).map { near[(place + $0) % near.count].code }
    }

    private mutating func addTemplate(of unit: TrustUnit) {
        if unit.isClosed {
            templates.append([unit.code, "Daily", "Day", "RN", "2"])
            templates.append([unit.code, "Daily", "Night", "RN", "2"])
        }
        for team in unit.teams {
            for need in team.needs {
                guard let period = need.period else { continue }
                templates.append([unit.code, "Daily", period, team.role, "\(need.heads)"])
            }
        }
    }

    private mutating func addRow(of unit: TrustUnit) {
        let hours = unit.teams.flatMap(\.needs).filter { $0.period != nil }.reduce(0) { total, need in
            total + need.heads * 7 * need.paid / 60
        }
        let refreshed = London.instant(day, minute: 340) - ElapsedMinutes(hours: unit.age)
        unitRows.append([
            unit.code, unit.name, unit.site, unit.isClosed ? Self.slashed(day.advanced(by: -60)) : "",
            unit.isClosed ? Self.slashed(day.advanced(by: 40)) : "", unit.status,
            "\(Self.slashed(refreshed.day)) \(refreshed.clock)", unit.teams.isEmpty ? "" : "22",
            hours > 0 && !unit.name.hasPrefix("Emergency") ? "\(hours * unit.budget / 100)" : "",
            "\(unit.code.lowercased()).rota@northgate.example", "CC\(5000 + unitRows.count)",
        ])
    }

    // MARK: - How other systems write

    static func slashed(_ day: Day) -> String {
        "\(two(day.dayOfMonth))/\(two(day.month))/\(day.year)"
    }

    static func clock(_ minute: Int) -> String { "\(two(minute / 60 % 24)):\(two(minute % 60))" }

    static func number(_ value: Double) -> String {
        value == value.rounded() ? "\(Int(value))" : "\(value)"
    }

    private static func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
}
