import Roster

@testable import SystemPool

/// Tries everything, half hour by half hour, and shares no code with the programme: rules and costs are written here
/// anew from what they mean.
struct BruteForce {
    struct Duty {
        let organisation: Int
        let vacancy: Int
        let start: Int
        let end: Int
        let work: Int
        let travel: Int
    }
    /// What one person, or one surplus, could do.
    struct Option {
        let lender: Int
        let offer: Offer
        let duties: [Duty]
    }
    struct Best: Equatable {
        let hard: Int
        let shortage: Int
        let worst: Int
        let final: Int
        let burden: Int
    }

    let picture: SystemPicture
    /// For each giver, everything that they could do, nothing included.
    private(set) var givers: [[Option?]] = []

    init(_ picture: SystemPicture) {
        self.picture = picture
        var byGiver: [String: [Option?]] = [:]
        for (lender, organisation) in picture.organisations.enumerated() {
            for offer in organisation.offers {
                let key: String =
                    switch offer.source {
                    case .person(let person): "\(lender) \(person)"
                    case .surplus: "\(lender) offer \(offer.id)"
                    }
                byGiver[key, default: [nil]] += sets(of: offer, from: lender).map {
                    Option(lender: lender, offer: offer, duties: $0)
                }
            }
        }
        givers = byGiver.sorted { $0.key < $1.key }.map(\.value)
    }

    var size: Int { givers.reduce(1) { min(10_000_000, $0 * $1.count) } }

    private func sets(of offer: Offer, from lender: Int) -> [[Duty]] {
        var possible: [Duty] = []
        for (index, receiver) in picture.organisations.enumerated() where index != lender {
            for (number, vacancy) in receiver.vacancies.enumerated() {
                if let duty = duty(offer, lender, vacancy, index, number) { possible.append(duty) }
            }
        }
        return (1..<(1 << possible.count)).map { mask in
            possible.indices.filter { mask >> $0 & 1 == 1 }.map { possible[$0] }
        }.filter { set in
            guard set.reduce(0, { $0 + $1.work }) <= offer.remainingMinutes else { return false }
            for one in set.indices {
                for two in set.indices where one != two {
                    let (first, second) = (set[one], set[two])
                    if first.start > second.start { continue }
                    let rest = second.start - second.travel - first.end - first.travel
                    if rest < offer.restMinutes { return false }
                }
            }
            return true
        }
    }

    private func duty(_ offer: Offer, _ lender: Int, _ vacancy: Vacancy, _ receiver: Int, _ number: Int)
        -> Duty?
    {
        guard vacancy.reason != .industrialAction, offer.hasConsented,
            [offer.staffGroup, .other].contains(vacancy.staffGroup), vacancy.grades.contains(offer.grade),
            let travel = offer.travel.first(where: { $0.site == vacancy.site })?.minutes
        else { return nil }
        // Of a gap that has begun only what is left of it counts.
        let first = max(vacancy.start, picture.at).minutes
        var start = first
        var end = vacancy.end.minutes
        while start - travel < max(offer.earliestStart, picture.at).minutes { start += 30 }
        while end + travel > offer.latestEnd.minutes { end -= 30 }
        let whole = start == vacancy.start.minutes && end == vacancy.end.minutes
        guard end > start, whole || end - start >= 240, end - start <= offer.longestDuty else { return nil }
        let last = Instant(minutes: end).day
        for skill in vacancy.skills {
            guard Self.holds(offer, skill, last, vacancy.site) else { return nil }
        }
        if vacancy.needsInduction, !offer.inducted.contains(vacancy.site) { return nil }
        let (from, to) = (picture.organisations[lender].id, picture.organisations[receiver].id)
        guard let agreement = picture.system.agreements.first(where: { $0.id == offer.agreement }),
            agreement.parties.isSuperset(of: [from, to]), agreement.staffGroups.contains(offer.staffGroup),
            agreement.from <= Instant(minutes: start).day, last <= agreement.until ?? last
        else { return nil }
        for line in offer.releasedFrom {
            guard let cover = picture.organisations[lender].cover.first(where: { $0.id == line }) else {
                return nil
            }
            for minute in stride(from: start - travel, to: end + travel, by: 10) {
                guard let stretch = Self.stretch(cover, minute), stretch.present > stretch.keep else {
                    return nil
                }
            }
        }
        let work = end - start - (whole ? vacancy.breakMinutes : 0)
        guard work <= offer.remainingMinutes else { return nil }
        return Duty(
            organisation: receiver, vacancy: number, start: start, end: end, work: work, travel: travel)
    }

    private static func holds(_ offer: Offer, _ skill: Skill.ID, _ last: Day, _ site: Site.ID) -> Bool {
        offer.skills.contains {
            $0.id == skill && last <= $0.expiry ?? last
                && ($0.sites == nil || $0.sites?.contains(site) == true)
        }
    }

    private static func stretch(_ line: CoverLine, _ minute: Int) -> CoverLine.Stretch? {
        line.stretches.first { $0.start.minutes <= minute && minute < $0.end.minutes }
    }

    struct Value {
        var hard = 0
        var costs: [Int]
        var burden = 0
    }

    /// Nil if a lender would fall below what it must keep.
    func value(of options: [Option]) -> Value? {
        var value = Value(costs: Array(repeating: 0, count: picture.organisations.count))
        for (index, organisation) in picture.organisations.enumerated() {
            for (number, vacancy) in organisation.vacancies.enumerated() {
                let coming = options.flatMap(\.duties).filter {
                    $0.organisation == index && $0.vacancy == number
                }
                let first = max(vacancy.start, picture.at).minutes
                for minute in stride(from: first, to: vacancy.end.minutes, by: 30) {
                    let there = coming.count { $0.start <= minute && minute < $0.end }
                    for (head, percent) in vacancy.need.enumerated()
                    where head >= there && head < vacancy.missing {
                        value.costs[index] += 30 * vacancy.risk * percent
                        if vacancy.isHard { value.hard += 30 }
                    }
                }
            }
            for line in organisation.cover {
                let away = options.filter { $0.lender == index && $0.offer.releasedFrom.contains(line.id) }
                    .flatMap(\.duties)
                guard let first = away.map({ $0.start - $0.travel }).min(),
                    let last = away.map({ $0.end + $0.travel }).max()
                else { continue }
                for minute in stride(from: first, to: last, by: 10) {
                    let gone = away.count { $0.start - $0.travel <= minute && minute < $0.end + $0.travel }
                    guard gone > 0 else { continue }
                    guard let stretch = Self.stretch(line, minute), stretch.present - gone >= stretch.keep
                    else { return nil }
                    for head in 0..<gone where !stretch.loss.isEmpty {
                        value.costs[index] +=
                            10 * line.risk * (head < stretch.loss.count ? stretch.loss[head] : 100)
                    }
                }
            }
        }
        if picture.organisations.indices.contains(where: { strips($0, options) }) { return nil }
        for option in options {
            for (number, duty) in option.duties.enumerated() {
                value.burden += 2 * duty.travel
                if case .person = option.offer.source {
                    value.burden += 60 * (option.offer.recentCalls + number)
                }
            }
        }
        return value
    }

    /// Whether more people are away than a lender can spare of those who could fill a gap in hard or minimum cover of its own, at any time
    /// while it lasts or so near to it that they could not rest.
    private func strips(_ lender: Int, _ options: [Option]) -> Bool {
        let organisation = picture.organisations[lender]
        func able(_ gap: Vacancy) -> [Offer] {
            organisation.offers.filter { offer in
                let start = max(gap.start, picture.at)
                let there = min(gap.end, offer.latestEnd).minutes - max(start, offer.earliestStart).minutes
                let least = min(240, gap.end.minutes - gap.start.minutes)
                return [offer.staffGroup, .other].contains(gap.staffGroup) && gap.grades.contains(offer.grade)
                    && there >= least && offer.remainingMinutes >= least
                    && gap.skills.allSatisfy { Self.holds(offer, $0, gap.end.day, gap.site) }
            }
        }
        func kept(_ gap: Vacancy) -> Int { gap.isHard ? gap.missing : gap.belowMinimum }
        func giver(_ offer: Offer) -> String {
            if case .person(let person) = offer.source { "\(person)" } else { "offer \(offer.id)" }
        }
        let gaps = organisation.vacancies.filter { kept($0) > 0 }
        return gaps.contains { gap in
            let mine = able(gap)
            let people = Set(mine.map(giver))
            let rivals = gaps.filter { other in
                other.start < gap.end && gap.start < other.end
                    && able(other).contains { offer in mine.contains { $0.id == offer.id } }
            }
            let rest = mine.map(\.restMinutes).max() ?? 0
            let first = max(gap.start, picture.at).minutes
            func isTooFew(_ people: Set<String>, _ needed: Int, _ rest: Int) -> Bool {
                let away = options.filter { option in
                    option.lender == lender && people.contains(giver(option.offer))
                        && option.duties.contains {
                            $0.start - $0.travel < gap.end.minutes + rest
                                && first - rest < $0.end + $0.travel
                        }
                }
                return Set(away.map { giver($0.offer) }).count > max(0, people.count - needed)
            }
            let together = rivals.flatMap(able)
            // All gaps of a tiny organisation are in one unit.
            return isTooFew(people, kept(gap), rest)
                || rivals.count > 1
                    && isTooFew(
                        Set(together.map(giver)), rivals.map(kept).max() ?? 0,
                        together.map(\.restMinutes).max() ?? 0)
        }
    }

    /// - Parameter allowance: by how many per cent the shortage may rise for the worst-off organisation.
    func best(allowance: Int = 2) -> Best {
        var values: [(hard: Int, shortage: Int, worst: Int, burden: Int)] = []
        func extend(_ giver: Int, _ options: [Option]) {
            guard giver < givers.count else {
                guard let value = value(of: options) else { return }
                let worst = (value.costs.max() ?? 0) + 5_999
                values.append((value.hard, value.costs.reduce(0, +), worst / 6_000, value.burden))
                return
            }
            for option in givers[giver] { extend(giver + 1, options + (option.map { [$0] } ?? [])) }
        }
        extend(0, [])
        let hard = values.map(\.hard).min() ?? 0
        values = values.filter { $0.hard == hard }
        let shortage = values.map(\.shortage).min() ?? 0
        values = values.filter { $0.shortage <= shortage + shortage * allowance / 100 }
        let worst = values.map(\.worst).min() ?? 0
        values = values.filter { $0.worst == worst }
        // As it was, or else in whole weighted hours, but never beyond the allowance.
        let lowest = values.map(\.shortage).min() ?? 0
        let final =
            lowest == shortage
            ? lowest : min(shortage + shortage * allowance / 100, (lowest + 5_999) / 6_000 * 6_000)
        let burden = values.filter { $0.shortage <= final }.map(\.burden).min() ?? 0
        return Best(hard: hard, shortage: shortage, worst: worst, final: final, burden: burden)
    }

    // MARK: Who goes

    /// Minute by minute, how many needed heads come to each gap, and what each line loses.
    private func cover(_ options: [Option]) -> (there: [String: Int], lost: [String: Int]) {
        var (there, gone, lost): ([String: Int], [String: Int], [String: Int]) = ([:], [:], [:])
        for option in options {
            for duty in option.duties {
                for minute in stride(from: duty.start, to: duty.end, by: 10) {
                    there["\(duty.organisation) \(duty.vacancy) \(minute)", default: 0] += 1
                }
                for line in option.offer.releasedFrom {
                    for minute in stride(from: duty.start - duty.travel, to: duty.end + duty.travel, by: 10) {
                        let key = "\(option.lender) \(line) \(minute)"
                        gone[key, default: 0] += 1
                        let cover = picture.organisations[option.lender].cover.first { $0.id == line }
                        let loss = cover.flatMap { Self.stretch($0, minute) }?.loss ?? []
                        let head = (gone[key] ?? 1) - 1
                        lost[key, default: 0] += loss.isEmpty ? 0 : head < loss.count ? loss[head] : 100
                    }
                }
            }
        }
        for (index, organisation) in picture.organisations.enumerated() {
            for (number, vacancy) in organisation.vacancies.enumerated() {
                let useful = vacancy.need.prefix(vacancy.missing).count { $0 > 0 || vacancy.isHard }
                for minute in stride(from: vacancy.start.minutes, to: vacancy.end.minutes, by: 10) {
                    let key = "\(index) \(number) \(minute)"
                    there[key] = min(there[key] ?? 0, useful)
                }
            }
        }
        return (there, lost)
    }

    /// The least travel and calls of all who close at least what these options close, while no line loses more.
    func leastBurden(closing options: [Option]) -> Int {
        let held = cover(options)
        var least = Int.max
        func extend(_ giver: Int, _ options: [Option]) {
            guard giver < givers.count else {
                guard let value = value(of: options), value.burden < least else { return }
                let cover = cover(options)
                guard held.there.allSatisfy({ cover.there[$0.key] ?? 0 >= $0.value }),
                    cover.lost.allSatisfy({ $0.value <= held.lost[$0.key] ?? 0 })
                else { return }
                least = value.burden
                return
            }
            for option in givers[giver] { extend(giver + 1, options + (option.map { [$0] } ?? [])) }
        }
        extend(0, [])
        return least
    }
}
