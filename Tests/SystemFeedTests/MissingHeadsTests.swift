import Extracts
import Roster
import RosterCheck
import SystemPool
import Testing

@testable import SystemFeed

@Suite("Missing heads, each told once")
struct MissingHeadsTests {
    private static let nurses = Counted(roles: ["rn", "charge"])
    private static let skilled = Counted(roles: ["rn", "charge"], skills: ["iv"])

    /// `RULE start-end × heads`, of the first day.
    private func told(_ shortage: InventedShortage, at now: String? = nil) -> [String] {
        shortage.feed(at: now).vacancies().filter { $0.start.day == InventedShortage.monday }
            .map { "\($0.id.rule ?? "") \($0.start.clock)-\($0.end.clock) × \($0.missing)" }.sorted()
    }

    @Test(
        "Of rules that count the same people the one with a minimum is told, and a narrower one before both")
    func nested() {
        let shortage = InventedShortage([
            .asking("forecast", 2, risk: 2), .asking("least", 3, least: 1, risk: 3),
            .asking("iv", 1, of: Self.skilled), .asking("lead", 1, of: Counted(roles: ["charge"])),
        ])
        // Two rules that only overlap stay two; both fill a place of the wider ones, of which the most is three.
        #expect(
            told(shortage) == [
                "iv 07:30-20:00 × 1", "lead 07:30-20:00 × 1", "least 07:30-20:00 × 1",
            ])
        let vacancies = shortage.feed().vacancies()
        // Whoever fills a place of several weighs as the weightiest.
        #expect(vacancies.allSatisfy { $0.risk == 3 })
        #expect(vacancies.first { $0.id.rule == "iv" }?.skills == ["iv"])
    }

    @Test("What more people are missing for than for a rule of the same people is told beside it")
    func beyond() {
        let rules: [CoverRule] = [
            .asking("wish", 3, risk: 2), .asking("least", 1, least: 1, from: "10:00", to: "16:00", risk: 3),
        ]
        #expect(told(InventedShortage(rules)) == ["least 07:30-20:00 × 1", "wish 07:30-20:00 × 2"])
        #expect(InventedShortage(rules).feed().vacancies().prefix(2).map(\.risk) == [3, 2])
    }

    @Test(
        "A hard head fills the places of wider rules, but whoever could fill it needs nothing that others ask for"
    )
    func hard() {
        let hard = CoverRule.asking("hard", 1, hard: true)
        #expect(
            told(InventedShortage([hard, .asking("soft", 2)])) == [
                "hard 07:30-20:00 × 1", "soft 07:30-20:00 × 1",
            ])
        #expect(
            told(InventedShortage([hard, .asking("iv", 1, of: Self.skilled)])) == [
                "hard 07:30-20:00 × 1", "iv 07:30-20:00 × 1",
            ])
        // Nobody is counted for two hard rules unless the roster says so.
        let other = CoverRule.asking("other", 1, hard: true)
        #expect(told(InventedShortage([hard, other])).count == 2)
        let sharing = CoverRule.asking("other", 1, hard: true, sharing: ["hard"])
        #expect(told(InventedShortage([hard, sharing])) == ["hard 07:30-20:00 × 1"])
    }

    /// Two are asked for, and somebody is there from 14:00 to 15:30.
    private func layered() -> InventedShortage {
        var shortage = InventedShortage([.asking("least", 2, least: 2, from: "08:00", to: "19:30")], days: 1)
        shortage.hire("here")
        shortage.work(
            "here", from: InventedWard.at("2026-11-02 14:00"), to: InventedWard.at("2026-11-02 15:30"))
        return shortage
    }

    @Test("Missing heads are cut into layers, not where their number changes")
    func layers() {
        let vacancies = layered().feed().vacancies()
        #expect(
            told(layered()) == [
                "least 08:00-14:00 × 1", "least 08:00-19:30 × 1", "least 15:30-19:30 × 1",
            ])
        #expect(
            Set(vacancies.map(\.id.text)) == [
                "least@2026-11-02T08:00", "least@2026-11-02T08:00-360", "least@2026-11-02T15:30",
            ])
        #expect(
            vacancies.first { $0.id == "least@2026-11-02T08:00" }?.end == InventedWard.at("2026-11-02 19:30"))
        // While time goes by nothing is called otherwise.
        #expect(Set(layered().feed(at: "2026-11-02 09:00").vacancies().map(\.id)) == Set(vacancies.map(\.id)))
    }

    @Test("Who is booked for a part shrinks what is missing, by just that")
    func booked() {
        var shortage = layered()
        shortage.hire("booked")
        shortage.work(
            "booked", from: InventedWard.at("2026-11-02 08:00"), to: InventedWard.at("2026-11-02 14:00"))
        #expect(told(shortage) == ["least 08:00-19:30 × 1", "least 15:30-19:30 × 1"])
        shortage.hire("also")
        shortage.work(
            "also", from: InventedWard.at("2026-11-02 15:30"), to: InventedWard.at("2026-11-02 19:30"))
        #expect(told(shortage) == ["least 08:00-19:30 × 1"])
    }

    @Test("A night that runs over the hour at which the rule's window begins anew is one gap")
    func overWindow() {
        var shortage = InventedShortage([.asking("least", 1, from: "07:30", to: "07:30")])
        shortage.hire("days")
        for day in ["2026-11-02", "2026-11-03"] {
            shortage.work("days", from: InventedWard.at("\(day) 08:00"), to: InventedWard.at("\(day) 19:30"))
        }
        #expect(told(shortage).last == "least 19:30-08:00 × 1")
    }

    @Test(
        "How probable it is that a head is needed is told with its layer, and what is beyond with the deepest alone"
    )
    func need() throws {
        let monday = InventedShortage.monday
        func row(_ from: Int, _ to: Int, _ heads: [Double]) -> DemandRow {
            let points = zip([0.25, 0.5, 0.75, 0.9], heads).map {
                DemandDistribution.Point(probability: $0, heads: $1)
            }
            return DemandRow(
                subject: .rule("forecast"), start: London.instant(monday, minute: from),
                end: London.instant(monday, minute: to), value: heads[1],
                quantiles: DemandDistribution(points))
        }
        let rule = CoverRule(
            id: "forecast", name: "Forecast", unit: "A", counted: Self.nurses,
            from: InventedWard.clock("08:00"),
            to: InventedWard.clock("18:00"), requirement: .demand)
        let shortage = InventedShortage(
            [rule], days: 1, demand: [row(480, 720, [1, 2, 3, 3]), row(720, 1080, [0, 1, 1, 1])])
        let vacancies = shortage.feed().vacancies()
        #expect(vacancies.map(\.missing) == [1, 2])
        let (long, short) = (try #require(vacancies.first), try #require(vacancies.last))
        #expect(long.id == "forecast@2026-11-02T08:00" && (long.end - long.start).count == 600)
        #expect(short.id == "forecast@2026-11-02T08:00-240" && (short.end - short.start).count == 240)
        // The first head: surely needed for four hours, and by the second forecast for six.
        func chance(_ head: Double, _ row: DemandRow) -> Double {
            let forecast = row.quantiles
            return (forecast?.expectedShortage(heads: head - 1) ?? 0)
                - (forecast?.expectedShortage(heads: head) ?? 0)
        }
        let rows = shortage.scenario.demand
        let first = (chance(1, rows[0]) * 240 + chance(1, rows[1]) * 360) / 6
        #expect(long.need == [Int(first.rounded())])
        #expect(short.need == (2...6).map { Int((100 * chance(Double($0), rows[0])).rounded()) })
        #expect(short.need[0] < 100 && short.need[1] > 0)
    }

    @Test("Strike cover fills no place that is no strike cover, for nobody is asked for it")
    func strike() {
        var ward = InventedWard()
        ward.ask(1)
        ward.ask(1, from: "07:30", skills: ["iv"])
        let rules = ward.rules
        ward.rules = [
            rules[0],
            CoverRule(
                id: "struck", name: "Struck", unit: "A", counted: Counted(roles: ["hca"]),
                from: rules[0].from,
                to: rules[0].to, requirement: rules[0].requirement),
            CoverRule(
                id: "anybody", name: "Anybody", unit: "A", counted: Counted(roles: ["hca", "rn"]),
                from: rules[0].from, to: rules[0].to, requirement: .heads(minimum: 0, target: 2, maximum: nil)
            ),
        ]
        func told() -> [String] {
            ward.feed().vacancies().filter { $0.start.day == InventedWard.monday }.map { $0.id.rule ?? "" }
                .map(
                    String.init
                ).sorted()
        }
        #expect(told() == ["A.0730", "struck"])
        ward.policy = ReportPolicy(industrialAction: [
            IndustrialAction(first: InventedWard.monday, last: InventedWard.monday, groups: [.unregistered])
        ])
        #expect(told() == ["A.0730", "anybody", "struck"])
    }

    @Test(
        "Rules by chance: whoever fills all vacancies meets all rules, and no fewer are asked for than any misses",
        arguments: 0..<60)
    func nothingHidden(seed: Int) throws {
        var dice = Dice(seed)
        let rules = (0..<Int.random(in: 1...5, using: &dice)).map { number in
            CoverRule.asking(
                CoverRule.ID("rule-\(number)"), Int.random(in: 1...3, using: &dice),
                least: Int.random(in: 0...1, using: &dice),
                of: Counted(
                    roles: dice.some(of: ["rn", "charge"]), skills: dice.isOne(in: 3) ? ["iv"] : [],
                    grades: dice.isOne(in: 4) ? ["B6"] : [], markers: dice.isOne(in: 6) ? ["new"] : []),
                from: ["07:30", "08:00", "10:00", "19:30"].randomElement(using: &dice) ?? "07:30",
                to: ["07:30", "13:30", "20:00", "22:00"].randomElement(using: &dice) ?? "20:00",
                hard: dice.isOne(in: 5), sharing: dice.isOne(in: 3) ? ["rule-0"] : [])
        }
        var shortage = InventedShortage(rules)
        for number in 0..<Int.random(in: 0...5, using: &dice) {
            let id = Person.ID("nurse-\(number)")
            shortage.hire(id, grade: dice.isOne(in: 2) ? "B5" : "B6", skills: dice.some(of: ["iv", "lead"]))
            let start = London.instant(
                InventedShortage.monday, minute: 30 * Int.random(in: 0...80, using: &dice))
            shortage.work(
                id, from: start, to: start + ElapsedMinutes(30 * Int.random(in: 4...25, using: &dice)))
        }
        try check(shortage, &dice)
    }

    @Test(
        "Rosters that ship with Muster, with people on duty by chance: nothing is hidden there either",
        arguments: [
            "acute-ward", "emergency-department", "impossible-night", "urgent-response", "clock-change",
        ])
    func shipped(name: String) throws {
        var dice = Dice(name.count)
        try check(try InventedShortage(shipped: name, onDuty: 45, &dice), &dice)
    }

    private func check(_ shortage: InventedShortage, _ dice: inout Dice) throws {
        let vacancies = shortage.feed().vacancies()
        let ids = Set(vacancies.map(\.id))
        #expect(ids.count == vacancies.count)
        for vacancy in vacancies {
            #expect(
                CheckedCode.isCode(vacancy.id.text) && (1...780).contains((vacancy.end - vacancy.start).count)
            )
            #expect(vacancy.need.count >= vacancy.missing)
            #expect(zip(vacancy.need, vacancy.need.dropFirst()).allSatisfy { $0 >= $1 })
            for other in vacancies where other.id != vacancy.id && vacancy.id.isPart(of: other.id) {
                #expect(other.end <= vacancy.start || vacancy.end <= other.start)
            }
        }
        for gap in shortage.gaps() {
            let cuts = Set([gap.start] + vacancies.flatMap { [$0.start, $0.end] }).filter {
                gap.start <= $0 && $0 < gap.end
            }
            for time in cuts {
                let heads = vacancies.filter { $0.unit == gap.unit && $0.start <= time && time < $0.end }
                #expect(heads.reduce(0) { $0 + $1.missing } >= gap.missing, "\(gap.id) at \(time)")
            }
        }
        var filled = shortage
        for vacancy in vacancies { filled.fill(vacancy, heads: vacancy.missing, &dice) }
        #expect(filled.gaps().map(\.id) == [])
    }

    @Test(
        "A layer keeps its id and its times while another is filled, save one that began with it",
        arguments: 0..<30)
    func stable(seed: Int) throws {
        var dice = Dice(seed)
        var shortage = InventedShortage([.asking("least", 4)], days: 1)
        for number in 0..<4 {
            let id = Person.ID("nurse-\(number)")
            shortage.hire(id)
            let start = London.instant(
                InventedShortage.monday, minute: 450 + 30 * Int.random(in: 0...24, using: &dice))
            shortage.work(
                id, from: start, to: start + ElapsedMinutes(30 * Int.random(in: 1...12, using: &dice)))
        }
        let before = shortage.feed().vacancies()
        guard let one = before.randomElement(using: &dice) else { return }
        shortage.fill(one, &dice)
        let after = Dictionary(shortage.feed().vacancies().map { ($0.id, $0) }) { $1 }
        #expect(
            after.values.reduce(0) { $0 + $1.minutes } == before.reduce(0) { $0 + $1.minutes }
                - (one.end - one.start).count)
        for vacancy in before where vacancy.id != one.id && vacancy.start != one.start {
            #expect(after[vacancy.id] == vacancy)
        }
        if one.missing > 1 { #expect(after[one.id]?.missing == one.missing - 1) }
    }

    @Test("Required and filled hours of nested rules are of the most at a time, and not of the sum")
    func hours() {
        var shortage = InventedShortage(
            [
                .asking("wish", 3), .asking("least", 2, least: 2, from: "07:30", to: "13:30"),
                .asking("lead", 1, of: Counted(roles: ["charge"]), from: "07:30", to: "19:30"),
                .asking("rest", 3, of: Counted(roles: ["rn"]), from: "07:30", to: "08:30"),
            ], days: 1)
        func told(_ name: Metric.Name) -> Double? {
            shortage.feed().push().metrics.first { $0.name == name }?.value
        }
        // Three for 12.5 h; from 07:30 to 08:30 one in charge and three besides.
        #expect(told(.registeredRequired) == 38.5)
        #expect(told(.registeredFilled) == 0)
        shortage.hire("here")
        shortage.work(
            "here", from: InventedWard.at("2026-11-02 08:30"), to: InventedWard.at("2026-11-02 18:30"))
        #expect(told(.registeredFilled) == 10)
    }
}
