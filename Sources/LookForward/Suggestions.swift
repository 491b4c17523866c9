import Extracts
import GapMatching
import LinearProgram
import Roster
import RosterCheck

/// Chooses among the offers for all gaps together, and lets the checker count what is left.
struct Suggestions {
    /// Offers that were chosen, once for each gap that they close a part of.
    private(set) var chosen: [ReportedGap.ID: [ClosingOffer]] = [:]
    /// Person-minutes that the checker still misses when all that is chosen is done.
    private(set) var left: [ReportedGap.ID: Int] = [:]
    /// Who is lent, by the unit that lends.
    private(set) var lent: [Unit.ID: [ClosingOffer]] = [:]

    private let gaps: [NamedGap]
    private let gapsByUnit: [Unit.ID: [NamedGap]]
    private let cover: RotaCover
    private let check: RosterCheck
    private let naming: GapNaming
    private let now: Instant

    init(
        gaps: [NamedGap], offers: [ClosingOffer], cover: RotaCover, check: RosterCheck, naming: GapNaming,
        now: Instant
    ) throws(LinearProgramError) {
        self.gaps = gaps
        self.cover = cover
        self.check = check
        self.naming = naming
        self.now = now
        gapsByUnit = Dictionary(grouping: gaps, by: \.rule.unit)
        left = Dictionary(gaps.map { ($0.id, $0.minutes) }) { first, _ in first }
        let weekly = Set(gaps.filter { $0.measure == .weeklyMinutes }.map(\.id))
        var bundles = bundles(of: offers.filter { !weekly.contains($0.gap) })
        // A stock holds what each rule of a lender can spare. Rules that bind otherwise, such as shares, are seen
        // only when the checker counts: whoever would do harm is left where they are, and the choice made again.
        while true {
            let picked = try match(bundles)
            let harmful = harmful(picked)
            guard !harmful.isEmpty else {
                settle(picked + forWeeks(offers.filter { weekly.contains($0.gap) }, besides: picked))
                return
            }
            bundles.removeAll { harmful.contains($0.id) }
        }
    }

    /// What one giver does, whole or not at all: one offer, or several that are lawful together.
    private struct Bundle {
        let id: Offer.ID
        let offers: [ClosingOffer]
    }

    private func bundles(of offers: [ClosingOffer]) -> [Bundle] {
        var bundles = offers.enumerated().map { Bundle(id: Offer.ID("\($0.offset)"), offers: [$0.element]) }
        for (_, mine) in Dictionary(grouping: bundles, by: { $0.offers[0].giver }).sorted(by: {
            $0.key < $1.key
        })
        where mine.count > 1 {
            // In an order of its own for each person, so that not all sets begin with the same gap.
            let turn =
                mine[0].offers[0].person.id.text.utf8.reduce(0) { ($0 &* 31 &+ Int($1)) & 0xFFFF }
                % mine.count
            bundles += sets(of: Array(mine[turn...] + mine[..<turn]))
        }
        return bundles
    }

    /// Duties of one person that are lawful together: pairs, and threes made of lawful pairs. People who could take
    /// more shifts than that in a few days should not.
    ///
    /// Of duties at the same time in several places, each set takes one. A few sets for the same times let the matching
    /// put people where others are not.
    private func sets(of single: [Bundle]) -> [Bundle] {
        let slots = Dictionary(grouping: single.filter { $0.offers[0].duty != nil }) { $0.offers[0].start }
            .sorted { $0.key < $1.key }.prefix(Self.slots).map(\.value)
        var lawful: Set<[Int]> = []
        var found: [Bundle] = []
        for size in 2...3 {
            for times in Self.choices(of: size, from: slots.count)
            where size == 2
                || Self.choices(of: 2, from: 3).allSatisfy({ lawful.contains($0.map { times[$0] }) })
            {
                let variants = times.map { slots[$0].count }.max().map { min($0, Self.variants) } ?? 0
                for variant in 0..<variants {
                    let bundles = times.map { slots[$0][variant % slots[$0].count] }
                    let offers = bundles.flatMap(\.offers)
                    guard check.breaches(taking: offers.compactMap(\.duty)).isEmpty else { break }
                    lawful.insert(times)
                    found.append(
                        Bundle(id: Offer.ID(bundles.map(\.id.text).joined(separator: "+")), offers: offers))
                }
            }
        }
        return found
    }

    /// Starts of shifts that are combined for each person, and sets for the same starts.
    private static let slots = 4
    private static let variants = 4

    /// All ascending choices of so many indices.
    private static func choices(of size: Int, from count: Int) -> [[Int]] {
        guard size > 0 else { return [[]] }
        guard size <= count else { return [] }
        return choices(of: size, from: count - 1)
            + choices(of: size - 1, from: count - 1).map { $0 + [count - 1] }
    }

    /// Everything that an offer covers: its gap, and gaps of other rules of the unit that the same person meets.
    /// Nobody satisfies two hard rules at once.
    private func covers(of offer: ClosingOffer) -> [(gap: NamedGap, cover: Offer.Cover)] {
        let work = offer.work
        return (gapsByUnit[work.unit] ?? []).filter { gap in
            gap.measure == .heads
                && (gap.id == offer.gap
                    || !gap.isHard && gap.start < offer.end && offer.start < gap.end
                        && cover.counts(work, for: gap.rule))
        }.map {
            ($0, Offer.Cover(gap: OpenGap.ID($0.id.text), start: offer.start, end: offer.end))
        }
    }

    private func match(_ bundles: [Bundle]) throws(LinearProgramError) -> [Bundle] {
        let room = LenderRoom(bundles.flatMap(\.offers))
        let matching = try GapMatching.match(
            gaps: gaps.filter { $0.measure == .heads }.map { $0.open(from: now) },
            offers: bundles.map { bundle in
                Offer(
                    id: bundle.id, giver: Offer.Giver(bundle.offers[0].giver),
                    covers: bundle.offers.flatMap { covers(of: $0).map(\.cover) },
                    step: bundle.offers[0].step.rank, cost: bundle.offers.reduce(0) { $0 + $1.cost },
                    draws: room.draws(of: bundle.offers))
            },
            stocks: room.stocks)
        let ids = Set(matching.chosen)
        return bundles.filter { ids.contains($0.id) }
    }

    /// Those of a choice that take part in harm: they lend from a unit that has a gap which is new or worse when
    /// everything chosen is done, or send people where a hard rule is worse for it.
    private func harmful(_ picked: [Bundle]) -> Set<Offer.ID> {
        let changes = Changes(picked.flatMap(\.offers))
        var lenders: Set<Unit.ID> = []
        var receivers: Set<Unit.ID> = []
        for unit in changes.units {
            let worse = worsened(unit, changes)
            if !worse.isEmpty, changes.removed[unit] != nil { lenders.insert(unit) }
            if worse.contains(where: \.isHard) { receivers.insert(unit) }
        }
        return Set(
            picked.filter { bundle in
                bundle.offers.contains { offer in
                    offer.lender.map(lenders.contains) ?? false || receivers.contains(offer.unit)
                }
            }.map(\.id))
    }

    /// What is added for weekly minimums that the choice leaves open: one by one, whoever has not been chosen yet. A
    /// week asks for hours and not for heads at a time, so that it is not in the programme.
    private func forWeeks(_ offers: [ClosingOffer], besides picked: [Bundle]) -> [Bundle] {
        var people = Set(picked.flatMap { $0.offers.map(\.person.id) })
        var added: [Bundle] = []
        for (index, offer) in offers.enumerated() where !people.contains(offer.person.id) {
            let before = missing(offer, picked + added)
            let bundle = Bundle(id: Offer.ID("week \(index)"), offers: [offer])
            guard before > 0, missing(offer, picked + added + [bundle]) < before,
                harmful(picked + added + [bundle]).isEmpty
            else { continue }
            added.append(bundle)
            people.insert(offer.person.id)
        }
        return added
    }

    /// What is missing of an offer's gap when all of these are taken.
    private func missing(_ offer: ClosingOffer, _ picked: [Bundle]) -> Int {
        after(offer.unit, Changes(picked.flatMap(\.offers))).first { $0.id == offer.gap }?.minutes ?? 0
    }

    /// Gaps of a unit that are new, or of which more is missing than before.
    private func worsened(_ unit: Unit.ID, _ changes: Changes) -> [NamedGap] {
        let before = minutes(naming.named(cover.gaps(in: unit)))
        return after(unit, changes).filter { $0.minutes > before[$0.id] ?? 0 }
    }

    private func after(_ unit: Unit.ID, _ changes: Changes) -> [NamedGap] {
        naming.named(
            cover.gaps(in: unit, adding: changes.added[unit] ?? [], removing: changes.removed[unit] ?? []))
    }

    private mutating func settle(_ picked: [Bundle]) {
        let offers = picked.flatMap(\.offers)
        let changes = Changes(offers)
        for offer in offers { if let lender = offer.lender { lent[lender, default: []].append(offer) } }
        var shares: [Unit.ID: [NamedGap]] = [:]
        for unit in changes.units {
            let after = minutes(after(unit, changes).map { $0.ahead(of: now) })
            for gap in gapsByUnit[unit] ?? [] { left[gap.id] = after[gap.id] ?? 0 }
            shares[unit] = worsened(unit, changes)
        }
        for offer in offers {
            // A needed person is not sent home for the sake of a soft share, but it is said.
            let missed = (shares[offer.unit] ?? []).filter { $0.start < offer.end && offer.start < $0.end }
            for gap in covers(of: offer).map(\.gap) + weeksServed(by: offer) {
                let minutes =
                    gap.measure == .weeklyMinutes
                    ? min(
                        gap.minutes,
                        gap.openHours(cover, from: now).minutesCovered(from: offer.start, to: offer.end))
                    : gap.minutesCovered(from: offer.start, to: offer.end)
                chosen[gap.id, default: []].append(
                    offer.serving(
                        gap.id, minutes: minutes, missing: missed.map(\.rule.name),
                        besides: offer.lender.flatMap { lent[$0] } ?? []))
            }
        }
    }

    /// Weekly minimums of the unit of which less is missing for it.
    private func weeksServed(by offer: ClosingOffer) -> [NamedGap] {
        (gapsByUnit[offer.unit] ?? []).filter {
            $0.measure == .weeklyMinutes && left[$0.id] ?? 0 < $0.minutes
                && cover.counts(offer.work, for: $0.rule)
        }
    }

    /// Other ways for a gap, each with what it does to a lender beside all that is chosen for other gaps.
    func others(_ offers: [ClosingOffer], for gap: ReportedGap.ID) -> [ClosingOffer] {
        let here = Set((chosen[gap] ?? []).map(\.giver))
        return offers.map { offer in
            guard let lender = offer.lender, let lent = lent[lender] else { return offer }
            return offer.serving(
                gap, minutes: offer.minutesClosed, missing: [],
                besides: lent.filter { !here.contains($0.giver) })
        }
    }

    private func minutes(_ gaps: [NamedGap]) -> [ReportedGap.ID: Int] {
        Dictionary(gaps.map { ($0.id, $0.minutes) }) { first, _ in first }
    }
}
