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
    private var now: PoolProgramme.Reached {
        PoolProgramme.Reached(objective: layout.value(of: choice, in: instance).shortage, bound: bound)
    }

    /// Where one more head would lower risk most.
    func hours(confirming count: Int) throws(LinearProgramError) -> [HourWorth] {
        _ = try programme.relax()
        let duals = programme.duals
        let worths = instance.gaps.map { gap -> (gap: PoolGap, perHour: Double) in
            let hours = Double(gap.vacancy.end.minutes - gap.vacancy.start.minutes) / 60
            let slices = layout.gapSlices[gap.index]
            // Nobody could come: the first head is worth all that it is needed for.
            let worth =
                slices.isEmpty
                ? Self.loneWorth(gap)
                : slices.reduce(0) { $0 + duals[$1.row] }
            return (gap, worth / hours)
        }.sorted { ($1.perHour, $0.gap.index) < ($0.perHour, $1.gap.index) }.prefix { $0.perHour > 1e-9 }
        let confirmed = try solvedAgain(with: worths.prefix(count).map(\.gap))
        let result = worths.prefix(max(count, 10)).enumerated().map { place, worth in
            HourWorth(
                vacancy: worth.gap.key, perHour: worth.perHour,
                confirmedPerHour: place < count ? confirmed[place] : nil)
        }
        // A dual may promise more than whole people can keep.
        return result.sorted {
            ($1.confirmedPerHour ?? $1.perHour, $0.vacancy) < ($0.confirmedPerHour ?? $0.perHour, $1.vacancy)
        }
    }

    /// By how much the shortage falls for each hour if one head more is there; nil where that was not proven to within
    /// one per cent.
    private func solvedAgain(with gaps: [PoolGap]) throws(LinearProgramError) -> [Double?] {
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
            let hours = Double(gap.vacancy.end.minutes - gap.vacancy.start.minutes) / 60
            // Nobody can come, so that nothing else changes.
            if layout.gapSlices[gap.index].isEmpty { return Self.loneWorth(gap) / hours }
            guard gap.vacancy.isHard else {
                guard let (bound, shares) = known[place] else { return nil }
                var search = try PoolSearch(
                    instance.needingOneLess(in: gap.index), from: choice, known: shares)
                let reached = search.shortage(downTo: Self.enough(now, bound))
                return Self.gain(from: now, to: .init(objective: reached, bound: min(bound, reached))).map {
                    $0 / hours
                }
            }
            var search = try PoolSearch(
                instance.needingOneLess(in: gap.index), from: choice, known: shares)
            let reached = try search.hardAndShortage()
            return Self.gain(from: now, to: reached).map { $0 / hours }
        }
    }

    /// What the first head of a gap is worth, in weighted hours.
    private static func loneWorth(_ gap: PoolGap) -> Double {
        let minutes = gap.vacancy.end.minutes - gap.vacancy.start.minutes
        return Double(minutes * gap.vacancy.risk * (gap.vacancy.need.first ?? 0)) / Double(PoolValue.hour)
    }

    /// By how much the shortage is less in a changed system, in weighted hours; nil unless that is proven to within one
    /// per cent.
    static func gain(from now: PoolProgramme.Reached, to then: PoolProgramme.Reached) -> Double? {
        let gain = now.objective - then.objective
        let doubt = now.objective - now.bound + then.objective - then.bound
        return doubt * 100 <= gain ? Double(gain) / Double(PoolValue.hour) : nil
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
                estimate(subject, arcs, duals).map { Training(worth: $0, giver: giver, opened: arcs) }
            }
        }
        found.sort {
            ($1.worth.estimate, $0.worth.offer, "\($0.worth.subject)")
                < ($0.worth.estimate, $1.worth.offer, "\($1.worth.subject)")
        }
        let confirmed = try solvedAgain(after: Array(found.prefix(count)))
        let result = found.prefix(max(count, 10)).enumerated().map { place, one in
            one.worth.confirmed(place < count ? confirmed[place] : nil)
        }
        return result.sorted {
            ($1.confirmed ?? $1.estimate, $0.offer, "\($0.subject)")
                < ($0.confirmed ?? $0.estimate, $1.offer, "\($1.subject)")
        }
    }

    /// By the duals; nil if it is worth nothing. A giver gives once, so that the best of their offers counts alone.
    private func estimate(_ subject: TrainingWorth.Subject, _ opened: [Int: [PoolArc]], _ duals: [Double])
        -> TrainingWorth?
    {
        // Where the best set has none of the new duties, the training is not what it rests on.
        let gains = opened.sorted { $0.key < $1.key }.map { offer, new in
            (offer: instance.offers[offer], best: gain(of: instance.offers[offer], new, duals))
        }.filter { !$0.best.useful.isEmpty }
        guard let most = gains.max(by: { $0.best.gain < $1.best.gain }), most.best.gain > 1e-9,
            let person = most.offer.source
        else { return nil }
        let unlocked = Set(opened.values.joined().filter { profit(of: $0, duals) > 1e-9 }.map(\.gap))
        return TrainingWorth(
            offer: most.offer.key, person: person, subject: subject,
            unlocked: unlocked.map { instance.gaps[$0].key }.sorted(),
            together: most.best.useful.map { instance.gaps[$0.gap].key }.sorted(),
            estimate: most.best.gain, confirmed: nil)
    }

    /// The best set with the new duties, less what the giver is worth now.
    private func gain(of offer: PoolOffer, _ new: [PoolArc], _ duals: [Double]) -> (
        gain: Double, useful: [PoolArc]
    ) {
        let all = instance.arcs[offer.index] + new
        let profits = all.map { profit(of: $0, duals) + lendingDuals(of: $0, by: offer, duals) }
        let order = all.indices.sorted {
            (all[$0].start, all[$0].end, all[$0].gap) < (all[$1].start, all[$1].end, all[$1].gap)
        }
        let sets = DutySets(
            arcs: order.map { all[$0] }, rest: offer.offer.restMinutes, remaining: offer.remaining)
        let best = sets.best(DutyProfits(order.map { profits[$0] })) { _ in 0 }
        // Only what one person can do, of all that the training would let them.
        let known = instance.arcs[offer.index].count
        let useful = best.arcs.map { order[$0] }.filter { $0 >= known }.map { all[$0] }
        return (best.profit + duals[offer.giver], useful)
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

    /// What lines ask for the head that a duty takes from them: nought or less.
    private func lendingDuals(of arc: PoolArc, by offer: PoolOffer, _ duals: [Double]) -> Double {
        offer.lines.reduce(0) { sum, line in
            layout.lineSlices[line.index].reduce(sum) { sum, slice in
                guard slice.row < layout.sharedRowCount else { return sum }
                let isAway =
                    line.isOwnGap
                    ? slice.start < arc.returns && arc.leaves < slice.end
                    : arc.leaves <= slice.start && slice.end <= arc.returns
                return isAway ? sum + duals[slice.row] : sum
            }
        }
    }

    /// By how much the shortage falls if a person could do further duties; nil where that was not proven to within one
    /// per cent.
    private func solvedAgain(after trainings: [Training]) throws(LinearProgramError) -> [Double?] {
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
            return Self.gain(from: now, to: reached)
        }
    }
}
