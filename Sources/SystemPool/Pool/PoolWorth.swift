import LinearProgram
import Roster

/// What one more hour, or one training, would be worth, by the duals of the shortage and by solving again.
///
/// It reads the programme while that minimises the shortage. A training is solved in a programme of its own, because gaps
/// are then cut into other slices.
struct PoolWorth {
    let programme: PoolProgramme
    let choice: PoolChoice
    /// What the shortage cannot go below.
    let bound: Int

    private var instance: PoolInstance { programme.instance }
    private var layout: PoolLayout { programme.layout }
    private var now: Standing {
        let value = layout.value(of: choice, in: instance)
        return Standing(
            hard: value.hard, shortage: PoolProgramme.Reached(objective: value.shortage, bound: bound))
    }

    /// What the first two levels came to.
    struct Standing: Sendable {
        let hard: Int
        let shortage: PoolProgramme.Reached

        init(hard: Int, shortage: PoolProgramme.Reached) {
            (self.hard, self.shortage) = (hard, shortage)
        }

        /// Nil if it is not proven that no more hard cover could be met.
        init?(_ search: PoolSearch, _ shortage: PoolProgramme.Reached) {
            guard search.results.allSatisfy({ $0.level != .hardMinutes || $0.isProven }) else { return nil }
            let programme = search.programme
            hard = programme.layout.value(of: search.choice, in: programme.instance).hard
            self.shortage = shortage
        }
    }

    /// What a change brings: hard cover first.
    struct Gain: Sendable {
        let hardHours: Double
        /// In weighted hours.
        let risk: Double
    }

    /// Where one more head would meet most hard cover, and then lower risk most.
    func hours(confirming count: Int) throws(LinearProgramError) -> [HourWorth] {
        _ = try programme.relax()
        let duals = programme.duals
        let heads = layout.value(of: choice, in: instance).heads
        let worths = instance.gaps.map { gap -> (gap: PoolGap, hard: Double, perHour: Double) in
            let slices = layout.gapSlices[gap.index]
            let vacancy = gap.vacancy
            // Nobody could come: the first head is worth all that it is needed for.
            let worth = slices.isEmpty ? Self.loneWorth(gap).risk : slices.reduce(0) { $0 + duals[$1.row] }
            return (
                gap, hardHours(in: gap, from: vacancy.start.minutes, to: vacancy.end.minutes, heads),
                worth / Self.length(gap)
            )
        }.sorted { ($1.hard, $1.perHour, $0.gap.index) < ($0.hard, $0.perHour, $1.gap.index) }
            .prefix { $0.hard > 0 || $0.perHour > 1e-9 }
        let confirmed = try solvedAgain(with: worths.prefix(count).map(\.gap))
        let result = worths.prefix(max(count, 10)).enumerated().map { place, worth in
            let gain = place < count ? confirmed[place] : nil
            return HourWorth(
                vacancy: worth.gap.key, hardHours: gain?.hardHours ?? worth.hard, perHour: worth.perHour,
                confirmedPerHour: gain.map { $0.risk / Self.length(worth.gap) })
        }
        // A dual may promise more than whole people can keep.
        return result.sorted {
            ($1.hardHours, $1.confirmedPerHour ?? $1.perHour, $0.vacancy)
                < ($0.hardHours, $0.confirmedPerHour ?? $0.perHour, $1.vacancy)
        }
    }

    private static func length(_ gap: PoolGap) -> Double {
        Double(gap.vacancy.end.minutes - gap.vacancy.start.minutes) / 60
    }

    /// Hours of hard cover in a gap, of those between two times, that are not met and that one head more would meet.
    private func hardHours(in gap: PoolGap, from start: Int, to end: Int, _ heads: [Int]) -> Double {
        guard gap.vacancy.isHard else { return 0 }
        let slices = layout.gapSlices[gap.index]
        if slices.isEmpty { return Double(end - start) / 60 }
        let minutes = slices.reduce(0) { sum, slice in
            let isOpen = heads[slice.row] < slice.capacity
            return isOpen ? sum + max(0, min(end, slice.end) - max(start, slice.start)) : sum
        }
        return Double(minutes) / 60
    }

    /// What it brings if one head more is there; nil where that was not proven to within one per cent.
    private func solvedAgain(with gaps: [PoolGap]) throws(LinearProgramError) -> [Gain?] {
        let shares = programme.shares
        var bounds: [(bound: Int, shares: [PoolRounding.Share])?] = []
        for gap in gaps {
            // Nothing that is hard changes: the same programme, with one head less to come, from where it stands.
            let isSame = !gap.vacancy.isHard && !layout.gapSlices[gap.index].isEmpty
            bounds.append(isSame ? try programme.bound(withOneLessIn: gap.index) : nil)
        }
        let (instance, layout, choice, now, known) = (instance, layout, choice, now, bounds)
        return try inParallel(gaps.count) { place throws(LinearProgramError) in
            let gap = gaps[place]
            // Nobody can come, so that nothing else changes.
            if layout.gapSlices[gap.index].isEmpty { return Self.loneWorth(gap) }
            guard gap.vacancy.isHard else {
                guard let (bound, shares) = known[place] else { return nil }
                var search = try PoolSearch(
                    instance.needingOneLess(in: gap.index), from: choice, known: shares)
                let reached = search.shortage(downTo: Self.enough(now.shortage, bound))
                return Self.gain(
                    from: now,
                    to: Standing(
                        hard: now.hard, shortage: .init(objective: reached, bound: min(bound, reached))))
            }
            var search = try PoolSearch(
                instance.needingOneLess(in: gap.index), from: choice, known: shares)
            let reached = try search.hardAndShortage()
            return Standing(search, reached).flatMap { Self.gain(from: now, to: $0) }
        }
    }

    /// What the first head of a gap is worth to which nobody can come.
    private static func loneWorth(_ gap: PoolGap) -> Gain {
        let vacancy = gap.vacancy
        let minutes = vacancy.end.minutes - vacancy.start.minutes
        return Gain(
            hardHours: vacancy.isHard ? Double(minutes) / 60 : 0,
            risk: Double(minutes * vacancy.risk * (vacancy.need.first ?? 0)) / Double(PoolValue.hour))
    }

    /// What is better in a changed system; nil unless the risk is proven to within one per cent.
    static func gain(from now: Standing, to then: Standing) -> Gain? {
        let gain = now.shortage.objective - then.shortage.objective
        let doubt =
            now.shortage.objective - now.shortage.bound + then.shortage.objective - then.shortage.bound
        guard doubt * 100 <= abs(gain) else { return nil }
        return Gain(
            hardHours: Double(now.hard - then.hard) / 60, risk: Double(gain) / Double(PoolValue.hour))
    }

    /// The most shortage at which the gain is proven to within one per cent.
    private static func enough(_ now: PoolProgramme.Reached, _ bound: Int) -> Int {
        bound + max(0, (now.objective - bound - 100 * (now.objective - now.bound)) / 101)
    }

    // MARK: - Trainings

    /// One training of one person, and the duties that it would open under each of their offers.
    private struct Training {
        let worth: TrainingWorth
        let giver: Int
        let opened: [Int: [PoolArc]]
    }

    /// Which single training would lower risk most: people for whom nothing but it stands against a gap.
    func training(confirming count: Int) throws(LinearProgramError) -> [TrainingWorth] {
        _ = try programme.relax()
        let duals = programme.duals
        let heads = layout.value(of: choice, in: instance).heads
        var found: [Training] = []
        for (giver, offers) in programme.givers.enumerated() {
            // A training is the person's, whichever of their offers it helps.
            var opened: [TrainingWorth.Subject: [Int: [PoolArc]]] = [:]
            for offer in offers {
                for gap in instance.gaps {
                    guard let (subject, arc) = instance.rules.oneTraining(instance.offers[offer], gap) else {
                        continue
                    }
                    opened[subject, default: [:]][offer, default: []].append(arc)
                }
            }
            found += opened.compactMap { subject, arcs in
                estimate(subject, arcs, duals, heads).map { Training(worth: $0, giver: giver, opened: arcs) }
            }
        }
        found.sort {
            ($1.worth.hardHours, $1.worth.estimate, $0.worth.offer, "\($0.worth.subject)")
                < ($0.worth.hardHours, $0.worth.estimate, $1.worth.offer, "\($1.worth.subject)")
        }
        let confirmed = try solvedAgain(after: Array(found.prefix(count)))
        let result = found.prefix(max(count, 10)).enumerated().map { place, one in
            one.worth.confirmed(place < count ? confirmed[place] : nil)
        }
        return result.sorted {
            ($1.hardHours, $1.confirmed ?? $1.estimate, $0.offer, "\($0.subject)")
                < ($0.hardHours, $0.confirmed ?? $0.estimate, $1.offer, "\($1.subject)")
        }
    }

    /// By the duals; nil if it is worth nothing. A giver gives once, so that the best of their offers counts alone.
    private func estimate(
        _ subject: TrainingWorth.Subject, _ opened: [Int: [PoolArc]], _ duals: [Double], _ heads: [Int]
    ) -> TrainingWorth? {
        // Where the best set has none of the new duties, the training is not what it rests on.
        let gains = opened.sorted { $0.key < $1.key }.map { offer, new in
            (offer: instance.offers[offer], best: gain(of: instance.offers[offer], new, duals, heads))
        }.filter { !$0.best.useful.isEmpty }
        guard
            let most = gains.max(by: {
                ($0.best.gain.hardHours, $0.best.gain.risk) < ($1.best.gain.hardHours, $1.best.gain.risk)
            }), most.best.gain.hardHours > 0 || most.best.gain.risk > 1e-9, let person = most.offer.source
        else { return nil }
        let unlocked = Set(
            opened.values.joined().filter { profit(of: $0, duals) > 1e-9 || hardHours($0, heads) > 0 }.map(
                \.gap)
        )
        return TrainingWorth(
            offer: most.offer.key, person: person, subject: subject,
            unlocked: unlocked.map { instance.gaps[$0].key }.sorted(),
            together: most.best.useful.map { instance.gaps[$0.gap].key }.sorted(),
            hardHours: most.best.gain.hardHours, estimate: most.best.gain.risk, confirmed: nil)
    }

    /// The best set with the new duties, less what the giver is worth now: hard cover first.
    private func gain(of offer: PoolOffer, _ new: [PoolArc], _ duals: [Double], _ heads: [Int]) -> (
        gain: Gain, useful: [PoolArc]
    ) {
        // Only what one person can do, of all that the training would let them.
        let known = instance.arcs[offer.index].count
        let duties = (instance.arcs[offer.index] + new).enumerated().map { place, arc in
            let isNew = place >= known
            return (
                arc: arc, isNew: isNew, hard: isNew ? hardHours(arc, heads) : 0,
                risk: profit(of: arc, duals) + lendingPrice(of: arc, by: offer, duals)
            )
        }.sorted { ($0.arc.start, $0.arc.end, $0.arc.gap) < ($1.arc.start, $1.arc.end, $1.arc.gap) }
        let sets = DutySets(
            arcs: duties.map(\.arc), rest: offer.offer.restMinutes, remaining: offer.remaining)
        let best = sets.best(DutyProfits(duties.map { $0.risk + Self.beforeRisk * $0.hard })) { _ in 0 }
        let chosen = best.arcs.map { duties[$0] }
        return (
            Gain(
                hardHours: chosen.reduce(0) { $0 + $1.hard },
                risk: chosen.reduce(duals[offer.giver]) { $0 + $1.risk }),
            chosen.filter(\.isNew).map(\.arc)
        )
    }

    /// An hour of hard cover in weighted hours: more than any set can lower risk by.
    private static let beforeRisk = 1e6

    private func hardHours(_ arc: PoolArc, _ heads: [Int]) -> Double {
        hardHours(in: instance.gaps[arc.gap], from: arc.start, to: arc.end, heads)
    }

    /// What a duty is worth to its gap.
    private func profit(of arc: PoolArc, _ duals: [Double]) -> Double {
        let slices = layout.gapSlices[arc.gap]
        if slices.isEmpty {
            let vacancy = instance.gaps[arc.gap].vacancy
            return Double((arc.end - arc.start) * vacancy.risk * (vacancy.need.first ?? 0))
                / Double(PoolValue.hour)
        }
        return slices.reduce(0) {
            arc.start <= $1.start && $1.end <= arc.end ? $0 + duals[$1.row] : $0
        }
    }

    /// What lines ask for the head that a duty takes from them: nought or less. Where nobody else may leave they lose what
    /// their first head is worth.
    private func lendingPrice(of arc: PoolArc, by offer: PoolOffer, _ duals: [Double]) -> Double {
        offer.lines.reduce(0) { sum, line in
            let away = layout.lineSlices[line.index].filter { slice in
                slice.row < layout.sharedRowCount && slice.start < arc.returns && arc.leaves < slice.end
            }
            let shared = away.reduce(sum) { $0 + duals[$1.row] }
            guard !line.isOwnGap else { return shared }
            let lone = line.line.stretches.reduce(0) { loss, stretch in
                let (start, end) = (
                    max(arc.leaves, stretch.start.minutes), min(arc.returns, stretch.end.minutes)
                )
                let counted = away.reduce(0) { $0 + max(0, min(end, $1.end) - max(start, $1.start)) }
                return loss + max(0, end - start - counted) * (stretch.loss.first ?? 0)
            }
            return shared - Double(lone * line.line.risk) / Double(PoolValue.hour)
        }
    }

    /// What it brings if a person could do further duties; nil where that was not proven to within one per cent.
    private func solvedAgain(after trainings: [Training]) throws(LinearProgramError) -> [Gain?] {
        let (instance, choice, now, shares) = (instance, choice, now, programme.shares)
        let givers = programme.givers
        return try inParallel(trainings.count) { place throws(LinearProgramError) in
            let training = trainings[place]
            let trained = training.opened.reduce(instance) { $0.adding($1.value, to: $1.key) }
            // The duties of their offers are numbered anew.
            let own = Set(givers[training.giver])
            let trial = PoolChoice(parts: choice.parts.filter { !own.contains($0.offer) })
            var search = try PoolSearch(
                trained, from: trial, known: shares.filter { !own.contains($0.part.offer) })
            let reached = try search.hardAndShortage()
            return Standing(search, reached).flatMap { Self.gain(from: now, to: $0) }
        }
    }
}
