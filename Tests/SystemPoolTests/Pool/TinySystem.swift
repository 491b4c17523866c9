import Roster

@testable import SystemPool

/// Small invented systems on a grid of half hours, made so that every rule binds now and then.
struct TinySystem {
    static let noon = London.instant(Day(ordinal: 20_465), minute: 720)
    static let sites: [Site.ID] = ["A1", "B1", "C1"]
    static let organisations: [Organisation.ID] = ["AA", "BB", "CC"]

    var random: RandomNumbers
    /// The most gaps, and the most offers, of one organisation.
    private let most: Int
    /// Whether an organisation offers one person alone, time and again.
    private let isOnePerson: Bool

    init(seed: UInt64, most: Int = 2, isOnePerson: Bool = false) {
        random = RandomNumbers(seed: seed)
        self.most = most
        self.isOnePerson = isOnePerson
    }

    /// Half hours after noon.
    static func at(_ halves: Int) -> Instant { noon + ElapsedMinutes(30 * halves) }

    static func system(_ agreements: [Agreement]) -> HealthSystem {
        HealthSystem(
            id: "tiny", name: "Tiny",
            members: organisations.map {
                Member(organisation: Organisation(id: $0, name: "Organisation \($0)"), kind: .acute)
            }, agreements: agreements)
    }

    mutating func picture() -> SystemPicture {
        var parties = Set(Self.organisations)
        if random.one(in: 5) { parties.remove(Self.organisations[random.below(3)]) }
        let agreement = Agreement(
            id: "moU", name: "Sharing", parties: parties,
            staffGroups: random.one(in: 12) ? [.medical] : Set(StaffGroup.allCases),
            from: Day(ordinal: 20_000), until: random.one(in: 10) ? Self.noon.day : nil)
        let pushes = Self.organisations.indices.map { index in
            KeptPush(push: push(index), receivedAt: Self.noon)
        }
        return SystemPicture.assemble(Self.system([agreement]), pushes: pushes, at: Self.noon)
    }

    private mutating func push(_ index: Int) -> OrganisationPush {
        let name = Self.organisations[index].text
        let lines = [
            CoverLine(
                id: "line", site: Self.sites[index], unit: Unit.ID("U\(index)"), staffGroup: .registered,
                risk: 1 + random.below(2), stretches: stretches())
        ]
        let vacancies = (0..<random.below(most + 1)).map { number in vacancy(number, index) }
        let offers = (0..<random.below(most + 1)).map { number in offer(number, index, name) }
        return OrganisationPush(
            organisation: Self.organisations[index], extractedAt: Self.noon, first: Self.noon.day, days: 4,
            vacancies: vacancies, cover: lines, offers: offers)
    }

    private mutating func stretches() -> [CoverLine.Stretch] {
        var start = -40
        return (0..<4).map { _ in
            let end = start + 20 + 4 * random.below(12)
            defer { start = random.one(in: 6) ? end + 4 : end }
            let keep = random.below(2)
            return CoverLine.Stretch(
                start: Self.at(start), end: Self.at(end), present: keep + random.below(3), keep: keep,
                loss: random.one(in: 2) ? [] : [10 * random.below(4), 40 + 10 * random.below(6)])
        }
    }

    private mutating func vacancy(_ number: Int, _ index: Int) -> Vacancy {
        // Now and then it has begun.
        let start = 4 * random.below(32) - 6
        let missing = 1 + random.below(2)
        var need = Array(repeating: 100, count: missing)
        if random.one(in: 2) { need = [100, 70, 30].prefix(missing).map { $0 } + [20] }
        if random.one(in: 12) { need = Array(repeating: 0, count: missing) }
        return Vacancy(
            id: Vacancy.ID("v\(number)"), site: Self.sites[index], unit: Unit.ID("U\(index)"),
            staffGroup: random.one(in: 10) ? .medical : random.one(in: 6) ? .other : .registered,
            grades: random.one(in: 6) ? ["B6"] : ["B5", "B6"], skills: random.one(in: 4) ? ["iv"] : [],
            start: Self.at(start), end: Self.at(start + [8, 16, 24, 26][random.below(4)]), missing: missing,
            need: need, isHard: random.one(in: 4), belowMinimum: random.one(in: 6) ? 1 : 0,
            risk: [1, 2, 5][random.below(3)],
            reason: random.one(in: 10) ? .industrialAction : .vacancy, needsInduction: !random.one(in: 3),
            breakMinutes: 30 * random.below(3))
    }

    private static func person(_ number: Int) -> Offer.Source {
        guard let pseudonym = Pseudonym("p-0000000\(number)") else { fatalError("a digit makes a pseudonym") }
        return .person(pseudonym)
    }

    private mutating func offer(_ number: Int, _ index: Int, _ name: String) -> Offer {
        let isSurplus = random.one(in: 4)
        let isOnDuty = isSurplus || random.one(in: 4)
        let start = 2 * random.below(40)
        return Offer(
            id: Offer.ID("o\(number)"),
            source: isSurplus
                ? .surplus(Unit.ID("U\(index)"))
                : Self.person(random.one(in: 5) || isOnePerson ? 0 : 1 + number),
            staffGroup: .registered, grade: random.one(in: 2) ? "B5" : "B6",
            skills: random.one(in: 2)
                ? [
                    Offer.Skill(
                        id: "iv", expiry: random.one(in: 2) ? Self.at(40).day : nil,
                        sites: random.one(in: 4) ? [Self.sites[index]] : nil)
                ] : [],
            inducted: Self.sites.filter { _ in !random.one(in: 5) },
            agreement: random.one(in: 15) ? "none" : "moU",
            hasConsented: !random.one(in: 10), earliestStart: Self.at(start - 4),
            latestEnd: Self.at(start + 30 + 2 * random.below(50)),
            remainingMinutes: 60 * (6 + random.below(30)),
            restMinutes: isSurplus ? 0 : 660, longestDuty: random.one(in: 5) ? 600 : 780,
            travel: Self.sites.filter { _ in !random.one(in: 8) }.map {
                Offer.Travel(site: $0, minutes: 10 * random.below(8))
            }, recentCalls: random.below(3), releasedFrom: isOnDuty ? ["line"] : [])
    }
}

/// A generator of numbers that are the same everywhere (SplitMix64).
struct RandomNumbers {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var word = state
        word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
        word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
        return word ^ (word >> 31)
    }

    mutating func below(_ limit: Int) -> Int { Int(next() % UInt64(limit)) }
    mutating func one(in chances: Int) -> Bool { below(chances) == 0 }
}
