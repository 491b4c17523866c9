import Roster

/// A person of a sample roster.
struct SamplePerson {
    let id: String
    let name: String
    let grade: String
    let hours: Double
    let isNewlyQualified: Bool
}

/// The people of one team in one unit, with their leave, past and wishes.
struct SampleStaff {
    let unit: SampleUnit
    let team: Team
    let people: [SamplePerson]
    private(set) var leave: [(person: String, days: ClosedRange<Day>, kind: String)] = []
    private(set) var studyDays: [(person: String, day: Day)] = []
    private(set) var wishes: [(person: String, day: Day, wanted: String, strength: Int, isBid: Bool)] = []
    private let period: Period

    /// - Parameter firstName: how many people have a name already.
    init(
        _ team: Team, of unit: SampleUnit, people count: Int, firstName: Int, period: Period,
        random: inout SplitMix64
    ) {
        self.unit = unit
        self.team = team
        self.period = period
        people = (0..<count).map { index in
            let grade = team.grades[index % team.grades.count]
            return SamplePerson(
                id: "\(unit.prefix)-\(team.prefix)-\(index < 9 ? "0" : "")\(index + 1)",
                name: InventedName.name(firstName + index), grade: grade,
                hours: team.weeklyHours[index % team.weeklyHours.count],
                isNewlyQualified: grade == "B5" && index % 4 == 3)
        }
        for index in people.indices {
            takeLeave(index, random: &random)
            study(index, random: &random)
            wish(index, random: &random)
        }
    }

    /// Paid hours in an average week, leave and study taken off. Leave credits a fifth of the week each weekday.
    var netWeeklyHours: Double {
        let gross = people.reduce(0) { $0 + $1.hours }
        let hours = Dictionary(uniqueKeysWithValues: people.map { ($0.id, $0.hours) })
        let away = leave.reduce(0.0) { sum, leave in
            let weekdays = leave.days.filter { $0.weekday < .saturday && period.contains($0) }.count
            return sum + (hours[leave.person] ?? 0) * Double(weekdays) / 5
        }
        let studied = Double(studyDays.count) * 7.5
        return gross - (away + studied) * 7 / Double(period.dayCount)
    }

    /// A week in seven, dealt out evenly over the team, and a day or two of sickness now and then.
    private mutating func takeLeave(_ index: Int, random: inout SplitMix64) {
        for (week, monday) in period.mondays.enumerated() {
            if (week + index) % 7 == 3 {
                leave.append((people[index].id, monday...monday.advanced(by: 6), "annual"))
            } else if random.chance(percent: 6) {
                let first = monday.advanced(by: random.below(4))
                leave.append((people[index].id, first...first.advanced(by: random.below(2)), "sickness"))
            }
        }
    }

    /// Every tenth person has a pinned study day in every fourth week.
    private mutating func study(_ index: Int, random: inout SplitMix64) {
        guard index % 10 == 4 else { return }
        for monday in period.mondays where period.first.distance(to: monday) % 28 == 7 {
            let day = monday.advanced(by: random.below(4))
            if period.contains(day), !isAway(people[index].id, on: day) {
                studyDays.append((people[index].id, day))
            }
        }
    }

    /// About five wishes in eight weeks.
    private mutating func wish(_ index: Int, random: inout SplitMix64) {
        let person = people[index].id
        for day in period.days where random.chance(percent: 9) {
            guard !isAway(person, on: day), !studyDays.contains(where: { $0 == (person, day) }) else {
                continue
            }
            let strength = 1 + random.below(5)
            let shift = random.pick(team.wishes)
            let kind = random.below(100)
            let wanted = kind < 65 ? "off" : kind < 85 ? shift : "not \(shift)"
            wishes.append((person, day, wanted, strength, kind >= 65 && kind < 75))
        }
    }

    private func isAway(_ person: String, on day: Day) -> Bool {
        leave.contains { $0.person == person && $0.days.contains(day) }
    }

    /// The two weeks before the period, by pattern, up to the hours of the contract.
    var history: [Duty] {
        let monday = period.first.advanced(by: -14)
        return people.enumerated().flatMap { index, person in
            var left = PaidMinutes(Int(person.hours * 60) * 2 + 360)
            return team.past[index % team.past.count].enumerated().compactMap { offset, letter -> Duty? in
                guard let shift = team.pastShifts[letter], shift.paid <= left else { return nil }
                left = left - shift.paid
                return Duty(
                    person: Person.ID(person.id), day: monday.advanced(by: offset), unit: Unit.ID(unit.id),
                    shift: shift, role: Role.ID(team.role), source: .published)
            }
        }
    }
}

/// Names that nobody has.
enum InventedName {
    private static let given = [
        "Alma", "Bram", "Chidi", "Dara", "Efua", "Farid", "Grace", "Hana", "Idris", "Joan", "Kofi", "Leila",
        "Mateo", "Nadia", "Owen", "Priya", "Quentin", "Rosa", "Samir", "Tara", "Uma", "Viktor", "Wanda",
        "Xin",
        "Yusuf", "Zofia", "Aled", "Bea", "Cyrus", "Dilys", "Emeka", "Freya", "Gita", "Hugo", "Imani", "Jonas",
        "Keiko", "Lowri", "Marek", "Ngozi", "Olga", "Pavel", "Ruth", "Sanjay", "Thandi", "Umar", "Vera",
        "Winston", "Yara", "Zain",
    ]
    private static let family = [
        "Testwell", "Sampleton", "Mockridge", "Examplar", "Demoyo", "Placeholm", "Dummett", "Inventi",
        "Fauxley",
        "Protobi", "Specimen", "Shiftwell", "Trialby", "Pretendi", "Modelski", "Fictus", "Standinwa",
        "Notareal", "Imaginar",
    ]

    /// Different for the first 950 numbers, and with a second family name after that.
    static func name(_ number: Int) -> String {
        let first = given[number % given.count]
        let last = family[number % family.count]
        let round = number / (given.count * family.count)
        return round == 0 ? "\(first) \(last)" : "\(first) \(last)-\(family[(number + round) % family.count])"
    }
}
