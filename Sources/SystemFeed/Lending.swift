import CCrypto
import Extracts
import Roster
import RosterCheck
import SystemPool

/// Whom an organisation offers: volunteers who are off duty, and who is on duty where more are present than are asked
/// for. Each has been tried against its own rota.
struct Lending {
    private let feed: SystemFeed
    private let check: LendingCheck
    private var picture: Picture { feed.picture }
    private var scenario: Scenario { picture.scenario }
    private var terms: LendingTerms { feed.terms }

    init(_ feed: SystemFeed) {
        self.feed = feed
        check = LendingCheck(feed.picture, lent: feed.lent)
    }

    func offers() -> (offers: [Offer], lines: [CoverLine]) {
        guard let agreement = terms.agreement, !terms.travel.isEmpty else { return ([], []) }
        let people = terms.volunteers.flatMap { volunteers($0, agreement) }
        guard terms.lendsSurplus else { return (people, []) }
        let surplus = Surplus(feed).offers(under: agreement)
        return (people + surplus.offers, surplus.lines)
    }

    // MARK: - Volunteers who are off duty

    /// A shift with which a person is tried; in minutes after midnight of the day on which it begins.
    private struct Trial {
        let name: String
        let from: Int
        let to: Int

        func away(_ person: Person.ID, on day: Day, travelMinutes: Int) -> AwayDuty {
            AwayDuty(
                person: person, start: London.instant(day, minute: from),
                end: London.instant(day, minute: to),
                travelMinutes: travelMinutes)
        }
    }

    private static let trials = [
        Trial(name: "day", from: 450, to: 1_200), Trial(name: "night", from: 1_170, to: 1_920),
    ]

    /// One offer for each shift for which the person could lawfully go: what lies between two of them was not tried.
    private func volunteers(_ volunteer: LendingTerms.Volunteer, _ agreement: Agreement.ID) -> [Offer] {
        guard let person = scenario.person(volunteer.person),
            let group = scenario.grade(person.grade)?.staffGroup, CheckedCode.isCode(person.grade.text)
        else { return [] }
        let farthest = terms.travel.map(\.minutes).max() ?? 0
        let pseudonym = Pseudonym(of: person.id, key: feed.key)
        let lawful = picture.window.days.filter { day in volunteer.until.map { day <= $0 } ?? true }
            .flatMap { day in
                Self.trials.map { trial in
                    (
                        id: Offer.ID("\(pseudonym)-\(day)-\(trial.name)"),
                        away: trial.away(person.id, on: day, travelMinutes: farthest)
                    )
                }
            }.filter {
                $0.away.start > feed.now && isFree(person, $0.away)
                    && terms.lapses(of: person.id, until: $0.away.end).isEmpty
                    && check.obstacles(to: $0.away).isEmpty
            }
        let rest = restMinutes(lawful.map(\.away))
        return lawful.map { id, away in
            Offer(
                id: id, source: .person(pseudonym), staffGroup: group, grade: person.grade,
                skills: feed.skills(of: person, on: away.start.day), inducted: volunteer.inducted,
                agreement: agreement, hasConsented: true, earliestStart: away.leaves, latestEnd: away.returns,
                remainingMinutes: (away.end - away.start).count, restMinutes: rest, travel: terms.travel,
                recentCalls: recentCalls(person.id))
        }
    }

    /// The longest rest, in minutes, and the most calls that a push may say.
    private static let longestRest = 7 * 24 * 60
    private static let mostCalls = 100

    /// Each shift was tried alone, so whoever is called for one is called for no other, as if the rest after it were
    /// longer than all of them: the next push knows of the first.
    private func restMinutes(_ tried: [AwayDuty]) -> Int {
        guard let first = tried.map(\.leaves).min(), let last = tried.map(\.returns).max() else { return 660 }
        return min(Self.longestRest, max(660, (last - first).count))
    }

    /// How often they were lent in the last 28 days or are booked to be.
    private func recentCalls(_ person: Person.ID) -> Int {
        let since = feed.now - ElapsedMinutes(hours: 28 * 24)
        return min(
            Self.mostCalls,
            feed.lent.count { $0.person == person && since < $0.start })
    }

    /// Nothing at home lies in the way of a duty, as far as there is a rota that would tell.
    private func isFree(_ person: Person, _ away: AwayDuty) -> Bool {
        picture.hasRota(
            of: person.unit, on: away.leaves.day.advanced(by: -1)...away.returns.day.advanced(by: 1))
            && !(picture.rota.duties + picture.following + picture.doubtful).contains {
                $0.person == person.id && $0.start < away.returns && away.leaves < $0.end
            }
    }

}

extension SystemFeed {
    /// Those at home and those within reach.
    var sites: [Site.ID] {
        Set(terms.travel.map(\.site)).union(scenario.sites.map(\.id)).filter { CheckedCode.isCode($0.text) }
            .sorted()
    }

    /// What somebody holds on a day, and where if that is not at every site within reach and at home: a gap at home may ask
    /// for what is valid there alone.
    func skills(of person: Person, on day: Day) -> [Offer.Skill] {
        let all = sites
        return person.competencies.filter { competency in
            CheckedCode.isCode(competency.skill.text) && competency.from <= day
                && day <= (competency.expiry ?? day)
        }.compactMap { competency in
            let held = competency.sites.isEmpty ? all : all.filter(competency.sites.contains)
            return held.isEmpty
                ? nil
                : Offer.Skill(
                    id: competency.skill, expiry: competency.expiry, sites: held == all ? nil : held)
        }.sorted { ($0.id, $0.sites?.first?.text ?? "") < ($1.id, $1.sites?.first?.text ?? "") }
    }
}

extension LendingTerms {
    /// Sites at which somebody was inducted, as far as is known.
    public func inducted(_ person: Person.ID) -> [Site.ID] {
        volunteers.filter { $0.person == person }.flatMap(\.inducted)
    }
}

extension Pseudonym {
    /// HMAC-SHA256 (RFC 2104) of the id under the organisation's key: the same person has the same pseudonym, and
    /// nobody without the key can tell who it is.
    public init(of person: Person.ID, key: [UInt8]) {
        let digits = Array("0123456789abcdef")
        var number = 0
        while true {
            let message = Array("\(number) \(person)".utf8)
            var mac = [UInt8](repeating: 0, count: Int(EVP_MAX_MD_SIZE))
            var length: UInt32 = 0
            _ = HMAC(EVP_sha256(), key, Int32(key.count), message, message.count, &mac, &length)
            let text = mac.prefix(8).map { "\(digits[Int($0 >> 4)])\(digits[Int($0 & 15)])" }.joined()
            // Letters alone could spell a word; that is as good as never.
            if let pseudonym = Pseudonym("p-\(text)") {
                self = pseudonym
                return
            }
            number += 1
        }
    }
}
