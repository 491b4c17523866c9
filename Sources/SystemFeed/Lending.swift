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
        let surplus = self.surplus(agreement)
        return (people + surplus.offers, surplus.lines)
    }

    // MARK: - Volunteers who are off duty

    /// Shifts with which a person is tried: a long day and a night.
    private static let trials = [(from: 450, to: 1_200), (from: 1_170, to: 1_920)]

    /// One offer for each run of days on which the person could lawfully go, with the hours that could be worked in
    /// them together.
    private func volunteers(_ volunteer: LendingTerms.Volunteer, _ agreement: Agreement.ID) -> [Offer] {
        guard let person = scenario.person(volunteer.person),
            let group = scenario.grade(person.grade)?.staffGroup, CheckedCode.isCode(person.grade.text)
        else { return [] }
        let farthest = terms.travel.map(\.minutes).max() ?? 0
        let days = picture.window.days.filter { day in volunteer.until.map { day <= $0 } ?? true }
        var runs: [[AwayDuty]] = []
        var lastDay: Day?
        for day in days {
            let lawful = Self.trials.map { trial in
                AwayDuty(
                    person: person.id, start: London.instant(day, minute: trial.from),
                    end: London.instant(day, minute: trial.to), travelMinutes: farthest)
            }.filter { $0.start > feed.now && isFree(person, $0) && check.obstacles(to: $0).isEmpty }
            guard !lawful.isEmpty else { continue }
            if let last = lastDay, last.advanced(by: 1) == day, isFree(person, from: runs.last, to: lawful) {
                runs[runs.count - 1] += lawful
            } else {
                runs.append(lawful)
            }
            lastDay = day
        }
        let pseudonym = Pseudonym(of: person.id, key: feed.key)
        return runs.enumerated().compactMap { number, run -> Offer? in
            guard let first = run.first, let last = run.max(by: { $0.end < $1.end }) else { return nil }
            return Offer(
                id: Offer.ID("\(pseudonym.text)-\(number + 1)"), source: .person(pseudonym),
                staffGroup: group, grade: person.grade, skills: skills(of: person, on: first.start.day),
                inducted: volunteer.inducted, agreement: agreement, hasConsented: true,
                earliestStart: first.leaves, latestEnd: last.returns, remainingMinutes: together(run),
                travel: terms.travel, recentCalls: feed.lent.count { $0.person == person.id })
        }
    }

    /// Nothing at home lies in the way of a duty, as far as there is a rota that would tell.
    private func isFree(_ person: Person, _ away: AwayDuty) -> Bool {
        picture.hasRota(
            of: person.unit, on: away.leaves.day.advanced(by: -1)...away.returns.day.advanced(by: 1))
            && !(picture.rota.duties + picture.following).contains {
                $0.person == person.id && $0.start < away.returns && away.leaves < $0.end
            }
    }

    /// Nothing at home lies between two runs.
    private func isFree(_ person: Person, from run: [AwayDuty]?, to next: [AwayDuty]) -> Bool {
        guard let before = run?.last, let after = next.first else { return true }
        return !(picture.rota.duties + picture.following).contains {
            $0.person == person.id && before.end <= $0.start && $0.end <= after.start
        }
    }

    /// Minutes that could be worked in a run with rest in between, tried one after the other.
    private func together(_ run: [AwayDuty]) -> Int {
        var taken: [AwayDuty] = []
        for away in run {
            let check = LendingCheck(picture, lent: feed.lent + taken)
            if check.obstacles(to: away).isEmpty { taken.append(away) }
        }
        return taken.reduce(0) { $0 + ($1.end - $1.start).count }
    }

    private func skills(of person: Person, on day: Day) -> [Offer.Skill] {
        person.competencies.filter { $0.from <= day && day <= ($0.expiry ?? day) }
            .filter { CheckedCode.isCode($0.skill.text) }
            .map { Offer.Skill(id: $0.skill, expiry: $0.expiry) }
            .sorted { $0.id < $1.id }
    }

    // MARK: - Who is on duty and to spare

    private func surplus(_ agreement: Agreement.ID) -> (offers: [Offer], lines: [CoverLine]) {
        var offers: [Offer] = []
        var rooms: [CoverRule.ID: [Spare.Room]] = [:]
        let duties = picture.rota.duties.filter { duty in
            duty.source != .booking && duty.start > feed.now
                && picture.hasRota(of: duty.unit, on: duty.start.day...duty.end.day)
        }
        let alike = Dictionary(grouping: duties) { Shape($0, scenario) }
        for (shape, duties) in alike.sorted(by: { $0.key < $1.key }) {
            guard let duty = duties.min(by: { $0.person < $1.person }),
                let person = scenario.person(duty.person),
                let group = scenario.grade(person.grade)?.staffGroup,
                let spare = feed.cover.spare(duty, from: duty.start, to: duty.end).first(where: {
                    $0.start == duty.start && $0.end == duty.end
                }),
                let heads = spare.rooms.map(\.heads).min(), heads > 0,
                [shape.unit.text, shape.grade.text].allSatisfy(CheckedCode.isCode)
            else { continue }
            let rules = Set(spare.rooms.map(\.rule))
            for room in spare.rooms { rooms[room.rule, default: []].append(room) }
            offers += (0..<min(heads, duties.count)).map { number in
                Offer(
                    id: Offer.ID("\(shape.unit)-\(shape.grade)-\(duty.start.minutes)-\(number + 1)"),
                    source: .surplus(shape.unit), staffGroup: group, grade: shape.grade,
                    skills: [], agreement: agreement, hasConsented: true, earliestStart: duty.start,
                    latestEnd: duty.end, remainingMinutes: (duty.end - duty.start).count, restMinutes: 0,
                    travel: terms.travel,
                    releasedFrom: rules.map { CoverLine.ID($0.text) }.sorted())
            }
        }
        return (offers, rooms.sorted { $0.key < $1.key }.compactMap { line(of: $0.key, $0.value) })
    }

    /// Duties that the system need not tell apart.
    private struct Shape: Hashable, Comparable {
        let unit: Unit.ID
        let start: Instant
        let end: Instant
        let grade: Grade.ID
        let role: Role.ID

        init(_ duty: Duty, _ scenario: Scenario) {
            unit = duty.unit
            start = duty.start
            end = duty.end
            grade = scenario.person(duty.person)?.grade ?? ""
            role = duty.role
        }

        static func < (left: Self, right: Self) -> Bool {
            (left.unit, left.start, left.end, left.grade, left.role)
                < (right.unit, right.start, right.end, right.grade, right.role)
        }
    }

    /// Who is present by one rule, and what it must keep, where somebody is to spare.
    private func line(of id: CoverRule.ID, _ rooms: [Spare.Room]) -> CoverLine? {
        guard let rule = scenario.coverRule(id), let unit = scenario.unit(rule.unit),
            CheckedCode.isCode(id.text)
        else { return nil }
        let points = Set(rooms.flatMap { [$0.start, $0.end] }).sorted()
        let stretches = zip(points, points.dropFirst()).compactMap { start, end in
            rooms.first { $0.start <= start && end <= $0.end }.map {
                CoverLine.Stretch(start: start, end: end, present: $0.planned, keep: $0.required)
            }
        }
        return CoverLine(
            id: CoverLine.ID(id.text), site: unit.site, unit: unit.id, staffGroup: feed.staffGroup(of: rule),
            risk: min(100, max(1, rule.risk)), stretches: stretches)
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
