import Roster
import RosterSamples
import SystemPool

/// An invented system of any size, for measurements: ten organisations short of people who could help one another.
///
/// For 2,000 gaps: 500 units on 100 sites, 20,000 people behind the cover lines, 3,000 offers. A unit has a cover line
/// of registered nurses over three days, of whom some are to spare now and then. Three of four offers are people who
/// are off duty; the others are heads of units that have one to spare. An offer reaches the sites of the other
/// organisations in an order of its own, as many as hold no more than ``mostChoices`` gaps for it.
struct SampleSystem {
    static let noon = London.instant(Day(ordinal: 20_830), minute: 720)
    private static let organisations = 10
    private static let skills: [Skill.ID] = ["iv", "triage", "als", "frailty"]
    /// The most gaps that one offer may close.
    fileprivate static let mostChoices = 20

    let gaps: Int
    private var random: SplitMix64

    init(gaps: Int, seed: UInt64) {
        self.gaps = gaps
        random = SplitMix64(seed: seed)
    }

    var units: Int { max(Self.organisations, gaps / 4) }
    var offers: Int { gaps * 3 / 2 }
    var people: Int { units * 40 }
    /// A site has some 20 gaps at most: so the share of sites that an offer reaches comes near to the most gaps.
    private var sitesEach: Int { max(5, gaps / (20 * Self.organisations)) }

    /// - Complexity: O(gaps × offers) a round; each round takes the sites from those with too many gaps by their share.
    mutating func picture() -> SystemPicture {
        var pushes = (0..<Self.organisations).map { push($0) }
        while true {
            let picture = Self.picture(pushes)
            let wide = Dictionary(SystemPool.choices(picture).filter { $0.value > Self.mostChoices }) {
                first, _ in first
            }
            guard !wide.isEmpty else { return picture }
            pushes = pushes.map { $0.reachingFewer(than: wide) }
        }
    }

    private static func picture(_ pushes: [OrganisationPush]) -> SystemPicture {
        let members = (0..<organisations).map {
            Member(organisation: Organisation(id: code($0), name: "Invented trust \($0)"), kind: .acute)
        }
        let agreement = Agreement(
            id: "sharing", name: "Sharing", parties: Set(members.map(\.id)), from: Day(ordinal: 20_000))
        let system = HealthSystem(id: "sample", name: "Sample", members: members, agreements: [agreement])
        return SystemPicture.assemble(
            system, pushes: pushes.map { KeptPush(push: $0, receivedAt: noon) }, at: noon)
    }

    private static func code(_ index: Int) -> Organisation.ID { Organisation.ID("ORG\(index)") }
    private static func site(_ index: Int, of organisation: Int) -> Site.ID {
        Site.ID("ORG\(organisation)-S\(index)")
    }
    private static func unit(_ index: Int) -> Unit.ID { Unit.ID("U\(index)") }
    private func site(ofUnit index: Int, _ organisation: Int) -> Site.ID {
        Self.site(index % sitesEach, of: organisation)
    }

    /// A share of so many things for one of the organisations; the first have the rest.
    private static func share(_ all: Int, _ organisation: Int) -> Int {
        all / organisations + (organisation < all % organisations ? 1 : 0)
    }

    private mutating func push(_ organisation: Int) -> OrganisationPush {
        let units = Self.share(self.units, organisation)
        return OrganisationPush(
            organisation: Self.code(organisation), extractedAt: Self.noon, first: Self.noon.day, days: 4,
            sites: (0..<sitesEach).map {
                OrganisationPush.Place(id: Self.site($0, of: organisation), name: "Site \($0)")
            },
            units: (0..<units).map {
                OrganisationPush.Ward(
                    id: Self.unit($0), name: "Ward \($0)", site: site(ofUnit: $0, organisation))
            },
            vacancies: (0..<Self.share(gaps, organisation)).map { vacancy($0, organisation, units) },
            cover: (0..<units).map { line($0, organisation) },
            offers: (0..<Self.share(offers, organisation)).map { offer($0, organisation, units) })
    }

    /// Days from 07:30 to 20:00 and nights from 19:30 to 08:00, for three days.
    private static func shift(_ slot: Int) -> (start: Instant, end: Instant) {
        let start = noon + ElapsedMinutes(450 + 720 * slot)
        return (start, start + ElapsedMinutes(750))
    }

    private mutating func vacancy(_ number: Int, _ organisation: Int, _ units: Int) -> Vacancy {
        let unit = random.below(units)
        let shift = Self.shift(random.below(6))
        let isHard = random.below(20) == 0
        let missing = random.below(5) == 0 ? 2 : 1
        // Some organisations are worse off than others.
        let risk = isHard ? 5 : 1 + random.below(3) + (organisation < 3 ? 1 : 0)
        return Vacancy(
            id: Vacancy.ID("g\(number)"), site: site(ofUnit: unit, organisation), unit: Self.unit(unit),
            staffGroup: .registered, grades: random.below(3) == 0 ? ["B6"] : ["B5", "B6"],
            skills: random.below(2) == 0 ? [Self.skills[random.below(Self.skills.count)]] : [],
            start: shift.start, end: shift.end, missing: missing,
            need: Array(repeating: 100, count: missing) + [20 + 10 * random.below(5)], isHard: isHard,
            purpose: isHard ? .frailtyInReach : .general, risk: risk,
            needsInduction: random.below(3) == 0, breakMinutes: 60)
    }

    private mutating func line(_ unit: Int, _ organisation: Int) -> CoverLine {
        CoverLine(
            id: CoverLine.ID("l\(unit)"), site: site(ofUnit: unit, organisation), unit: Self.unit(unit),
            staffGroup: .registered,
            stretches: (-2..<8).map { slot in
                let start = Self.shift(slot).start
                let keep = 3 + random.below(3)
                return CoverLine.Stretch(
                    start: start, end: start + ElapsedMinutes(720), present: keep + random.below(3),
                    keep: keep, loss: [10 * random.below(5), 60 + 10 * random.below(4)])
            })
    }

    private mutating func offer(_ number: Int, _ organisation: Int, _ units: Int) -> Offer {
        let isOnDuty = random.below(4) == 0
        let unit = random.below(units)
        let first = random.below(5)
        let slots = isOnDuty ? 1 : 2 + random.below(3)
        let from = Self.shift(first).start + ElapsedMinutes(-60)
        let away = travel(from: organisation)
        let digits = String(number * 7 + 1_000_000, radix: 10)
        let person = Pseudonym("p-\(organisation)\(digits)")
        return Offer(
            id: Offer.ID("o\(number)"),
            source: isOnDuty
                ? .surplus(Self.unit(unit))
                : person.map(Offer.Source.person)
                    ?? .surplus(Self.unit(unit)),
            staffGroup: .registered, grade: random.below(3) == 0 ? "B6" : "B5",
            skills: Self.skills.filter { _ in random.below(3) > 0 }.map { Offer.Skill(id: $0) },
            inducted: away.filter { _ in random.below(4) > 0 }.map(\.site), agreement: "sharing",
            hasConsented: true, earliestStart: from,
            latestEnd: from + ElapsedMinutes(720 * slots + 180),
            remainingMinutes: isOnDuty ? 750 : 60 * (11 + random.below(27)),
            restMinutes: isOnDuty ? 0 : 660, longestDuty: 780,
            travel: away, recentCalls: random.below(4),
            releasedFrom: isOnDuty ? [CoverLine.ID("l\(unit)")] : [])
    }

    /// The sites of all other organisations, in an order of chance.
    private mutating func travel(from organisation: Int) -> [Offer.Travel] {
        var sites: [Site.ID] = []
        for other in 0..<Self.organisations where other != organisation {
            for index in 0..<sitesEach { sites.append(Self.site(index, of: other)) }
        }
        for place in sites.indices { sites.swapAt(place, place + random.below(sites.count - place)) }
        return sites.map { Offer.Travel(site: $0, minutes: 10 + 5 * random.below(9)) }
    }
}

extension OrganisationPush {
    /// With offers reaching fewer sites, by how many gaps they have more than the sample's most.
    fileprivate func reachingFewer(than wide: [OfferKey: Int]) -> OrganisationPush {
        OrganisationPush(
            organisation: organisation, extractedAt: extractedAt, first: first, days: days, sites: self.sites,
            units: units, vacancies: vacancies, cover: cover,
            offers: offers.map { offer in
                guard let choices = wide[OfferKey(organisation, offer.id)] else { return offer }
                // One site fewer at least, so that it ends.
                let reached = min(
                    offer.travel.count - 1, offer.travel.count * SampleSystem.mostChoices / choices + 1)
                return Offer(
                    id: offer.id, source: offer.source, staffGroup: offer.staffGroup, grade: offer.grade,
                    skills: offer.skills, inducted: offer.inducted, agreement: offer.agreement,
                    hasConsented: offer.hasConsented, earliestStart: offer.earliestStart,
                    latestEnd: offer.latestEnd, remainingMinutes: offer.remainingMinutes,
                    restMinutes: offer.restMinutes, longestDuty: offer.longestDuty,
                    travel: Array(offer.travel.prefix(reached)), recentCalls: offer.recentCalls,
                    releasedFrom: offer.releasedFrom)
            })
    }
}
