import Roster

/// Turns what was chosen into suggestions with their reasons.
struct PoolReport {
    private let instance: PoolInstance
    private let layout: PoolLayout
    private let choice: PoolChoice
    private let results: [PoolSolution.Result]
    private let value: PoolValue
    /// The slice of each row.
    private let slices: [Int: PoolLayout.Slice]
    private let lendingRows: Set<Int>
    private let busy: Set<Int>
    /// By gap, the lawful duties.
    private let lawful: [[(offer: PoolOffer, arc: Int)]]

    init(instance: PoolInstance, search: PoolSearch) {
        self.instance = instance
        layout = search.programme.layout
        choice = search.choice
        results = search.results
        value = layout.value(of: choice, in: instance)
        let all = Array(layout.gapSlices.joined()) + layout.lineSlices.joined()
        slices = Dictionary(all.map { ($0.row, $0) }) { first, _ in first }
        lendingRows = Set(layout.lineSlices.joined().map(\.row))
        busy = Set(choice.parts.map { instance.offers[$0.offer].giver })
        var lawful = Array(repeating: [(offer: PoolOffer, arc: Int)](), count: instance.gaps.count)
        for offer in instance.offers {
            for (index, arc) in instance.arcs[offer.index].enumerated() {
                lawful[arc.gap].append((offer, index))
            }
        }
        self.lawful = lawful
    }

    func solution(hours: [HourWorth], training: [TrainingWorth]) -> PoolSolution {
        // Where nothing is known nothing is reached, and nothing proven.
        let isKnown = instance.leftOut.count < instance.picture.organisations.count
        return PoolSolution(
            suggestions: suggestions(), results: isKnown ? results : [], organisations: organisations(),
            hours: hours, training: training, openVacancies: openVacancies(), unusedOffers: unusedOffers(),
            leftOut: instance.leftOut, outcome: isKnown ? PoolOutcome(value, instance, layout) : nil)
    }

    // MARK: Suggestions

    /// What one part of the choice changes, all others being there.
    private struct Gain {
        let part: PoolChoice.Part
        var hard = 0
        /// By organisation; above zero where risk falls.
        var cost: [Int: Int] = [:]
        var burden = 0

        var risk: Int { cost.values.reduce(0, +) }
    }

    private func gain(_ part: PoolChoice.Part) -> Gain {
        var gain = Gain(part: part)
        for (number, arc) in part.arcs.enumerated() {
            gain.burden += instance.burden(of: part.offer, arc, number)
        }
        for row in layout.rows(of: part) {
            guard let slice = slices[Int(row)], let head = head(value.heads[slice.row], in: slice) else {
                continue
            }
            let sign = lendingRows.contains(slice.row) ? -1 : 1
            gain.hard += head.hard
            gain.cost[head.organisation, default: 0] += sign * head.cost
        }
        return gain
    }

    /// The group to which the last of so many heads belongs; nil if it is of no use.
    private func head(_ number: Int, in slice: PoolLayout.Slice) -> PoolLayout.Heads? {
        var before = 0
        for group in layout.heads[slice.heads] {
            before += group.count
            if number <= before { return group }
        }
        return nil
    }

    private func suggestions() -> [Suggestion] {
        let gains = choice.parts.map(gain).sorted {
            (-$0.hard, -$0.risk, $0.burden, $0.part.offer) < (-$1.hard, -$1.risk, $1.burden, $1.part.offer)
        }
        var heads = Array(repeating: 0, count: layout.rowCount)
        return gains.enumerated().map { place, gain in
            let before = heads
            for row in layout.rows(of: gain.part) { heads[Int(row)] += 1 }
            return suggestion(gain, rank: place + 1, before: before, after: heads)
        }
    }

    private func suggestion(_ gain: Gain, rank: Int, before: [Int], after: [Int]) -> Suggestion {
        let offer = instance.offers[gain.part.offer]
        let arcs = gain.part.arcs.map { instance.arcs[offer.index][$0] }
        let moves = arcs.map { arc -> Suggestion.Move in
            let gap = instance.gaps[arc.gap]
            return Suggestion.Move(
                vacancy: gap.key, site: gap.vacancy.site, unit: gap.vacancy.unit,
                start: Instant(minutes: arc.start), end: Instant(minutes: arc.end),
                isHard: gap.vacancy.isHard,
                travelMinutes: arc.travel, missingBefore: missing(gap, before),
                missingAfter: missing(gap, after))
        }
        let agreement = instance.picture.system.agreement(offer.offer.agreement)
        let minutes = arcs.reduce(0) { $0 + $1.work }
        let rate = agreement?.rates.first { $0.grade == offer.offer.grade }?.pencePerHour
        return Suggestion(
            id: Suggestion.ID("\(offer.lender)-\(offer.offer.id)"), rank: rank, offer: offer.key,
            source: offer.offer.source, grade: offer.offer.grade, moves: moves,
            lenderEffects: arcs.flatMap { effects(offer, $0, before: before, after: after) },
            lenderGaps: lenderGaps(offer, arcs),
            changes: gain.cost.sorted { $0.key < $1.key }.map { place, fall in
                let now = Double(value.cost[place]) / Double(PoolValue.hour)
                return Suggestion.Change(
                    organisation: instance.picture.organisations[place].id,
                    before: now + Double(fall) / Double(PoolValue.hour), after: now)
            }, agreement: offer.offer.agreement, costOwner: agreement?.costOwner ?? .receiver,
            indemnity: agreement?.indemnity ?? .other, costPence: rate.map { ($0 * minutes + 30) / 60 },
            why: why(gain, moves))
    }

    /// Person-minutes missing in a gap when so many heads have come.
    private func missing(_ gap: PoolGap, _ heads: [Int]) -> Int {
        guard !layout.gapSlices[gap.index].isEmpty else { return gap.vacancy.minutes }
        return layout.gapSlices[gap.index].reduce(0) {
            $0 + max(0, gap.vacancy.missing - heads[$1.row]) * ($1.end - $1.start)
        }
    }

    private func effects(_ offer: PoolOffer, _ arc: PoolArc, before: [Int], after: [Int])
        -> [Suggestion.LenderEffect]
    {
        offer.lines.filter { !$0.isOwnGap }.compactMap { line in
            let away = layout.lineSlices[line.index].filter {
                arc.leaves <= $0.start && $0.end <= arc.returns
            }
            let tight = away.min {
                ($0.capacity - after[$0.row], $0.start) < ($1.capacity - after[$1.row], $1.start)
            }
            guard let tight,
                let stretch = line.line.stretches.first(where: {
                    $0.start.minutes <= tight.start && tight.end <= $0.end.minutes
                })
            else { return nil }
            return Suggestion.LenderEffect(
                line: line.line.id, unit: line.line.unit, start: Instant(minutes: arc.leaves),
                end: Instant(minutes: arc.returns), presentBefore: stretch.present - before[tight.row],
                presentAfter: stretch.present - after[tight.row], keep: stretch.keep)
        }
    }

    private func lenderGaps(_ offer: PoolOffer, _ arcs: [PoolArc]) -> [VacancyKey] {
        let open = instance.picture.organisation(offer.lender)?.vacancies ?? []
        return open.filter { vacancy in
            arcs.contains { $0.leaves < vacancy.end.minutes && vacancy.start.minutes < $0.returns }
                && instance.rules.fits(offer.offer, vacancy)
        }.map { VacancyKey(offer.lender, $0.id) }
    }

    private func why(_ gain: Gain, _ moves: [Suggestion.Move]) -> String {
        let hours = Self.hours(abs(gain.risk), PoolValue.hour)
        let travel = moves.reduce(0) { $0 + 2 * $1.travelMinutes }
        // Hard cover comes before all risk, so that closing it may cost elsewhere.
        let first =
            gain.hard > 0
            ? "Closes \(Self.hours(gain.hard, 60)) h of hard cover and \(gain.risk < 0 ? "raises" : "lowers")"
            : gain.risk < 0 ? "Raises" : "Lowers"
        let calls = instance.offers[gain.part.offer].calls
        let times = calls == 1 ? "once" : "\(calls) times"
        let again = calls > 0 ? ", lent \(times) already (last 28 days and bookings ahead)" : ""
        return
            "\(first) the system's risk by \(hours) weighted hours, for \(travel) minutes of travel\(again)."
    }

    /// `12.5`, of a number of parts of an hour.
    private static func hours(_ parts: Int, _ hour: Int) -> String {
        let tenths = (Double(parts) * 10 / Double(hour)).rounded()
        return tenths.truncatingRemainder(dividingBy: 10) == 0
            ? "\(Int(tenths / 10))" : "\(tenths / 10)"
    }

    // MARK: Organisations

    private func organisations() -> [OrganisationRisk] {
        let nothing = layout.value(of: PoolChoice(), in: instance)
        let none = Array(repeating: 0, count: layout.rowCount)
        return instance.picture.organisations.indices.compactMap { place in
            let organisation = instance.picture.organisations[place]
            guard organisation.freshness == .fresh else { return nil }
            let mine = instance.gaps.filter { $0.receiverIndex == place }
            func hours(_ heads: [Int]) -> Double { Double(mine.reduce(0) { $0 + missing($1, heads) }) / 60 }
            return OrganisationRisk(
                organisation: organisation.id, hoursMissingBefore: hours(none),
                hoursMissingAfter: hours(value.heads),
                riskBefore: Double(nothing.cost[place]) / Double(PoolValue.hour),
                riskAfter: Double(value.cost[place]) / Double(PoolValue.hour))
        }
    }

    // MARK: What is not suggested

    private func openVacancies() -> [OpenVacancy] {
        let open = instance.gaps.compactMap { gap -> OpenVacancy? in
            let left = missing(gap, value.heads)
            guard left > 0 else { return nil }
            let stopped = zip(BindingRule.allCases, instance.stoppedByGap[gap.index]).filter { $0.1 > 0 }
            return OpenVacancy(
                vacancy: gap.key, minutesMissing: left, rule: rule(gap),
                stopped: stopped.map { OpenVacancy.Count(rule: $0.0, offers: $0.1) })
        }
        let now = instance.picture.at
        let unscored = instance.picture.organisations.filter { $0.freshness == .stale }.flatMap {
            organisation in
            organisation.vacancies.filter { now < $0.end }.map {
                OpenVacancy(
                    vacancy: VacancyKey(organisation.id, $0.id), minutesMissing: $0.left(at: now).minutes,
                    rule: .staleData, stopped: [])
            }
        }
        return open + unscored
    }

    private func rule(_ gap: PoolGap) -> BindingRule {
        // Who covers no hour that is missing still does not come into it.
        let lawful = lawful[gap.index].filter { offer, arc in
            layout.needRows[offer.index][arc].contains(where: isOpen)
        }
        guard !lawful.isEmpty else { return nearest(instance.stoppedByGap[gap.index]) ?? .noOffer }
        return lawful.contains { isFree($0.0) && hasRoom($0.0, $0.1) }
            ? .notWorthIt : lawful.contains { isFree($0.0) } ? .lenderCover : .betterElsewhere
    }

    private func unusedOffers() -> [UnusedOffer] {
        let used = Set(choice.parts.map(\.offer))
        let unused = instance.offers.filter { !used.contains($0.index) }.map { offer in
            UnusedOffer(offer: offer.key, rule: rule(offer))
        }
        let unscored = instance.picture.organisations.filter { !$0.isScoredAsLender }.flatMap {
            organisation in
            organisation.offers.map { UnusedOffer(offer: OfferKey(organisation.id, $0.id), rule: .staleData) }
        }
        return unused + unscored
    }

    private func rule(_ offer: PoolOffer) -> BindingRule {
        let arcs = instance.arcs[offer.index]
        guard !arcs.isEmpty else { return nearest(instance.stoppedByOffer[offer.index]) ?? .noGap }
        let open = arcs.indices.filter { arc in
            layout.needRows[offer.index][arc].contains(where: isOpen)
        }
        if open.isEmpty { return .filled }
        if !isFree(offer) { return .betterElsewhere }
        return open.contains { hasRoom(offer, $0) } ? .notWorthIt : .lenderCover
    }

    /// Whether the giver gives nothing yet.
    private func isFree(_ offer: PoolOffer) -> Bool {
        !busy.contains(offer.giver)
    }

    private func hasRoom(_ offer: PoolOffer, _ arc: Int) -> Bool {
        layout.lendRows[offer.index][arc].allSatisfy(isOpen)
    }

    /// Whether one more could come, or go, for that while.
    private func isOpen(_ row: Int32) -> Bool {
        slices[Int(row)].map { value.heads[$0.row] < $0.capacity } ?? false
    }

    /// The hard rule that was tried last among those that stop anything: the nearest to being kept; nil if they never come
    /// together, at that time or elsewhere.
    private func nearest(_ stopped: [Int]) -> BindingRule? {
        let rule = zip(BindingRule.allCases, stopped).reversed().first { $0.1 > 0 }?.0
        return rule == .window || rule == .sameOrganisation ? nil : rule
    }
}
