import Roster

/// All gaps and offers of a picture, and which offer could do what.
struct PoolInstance: Sendable {
    let picture: SystemPicture
    let rules: PoolRules
    private(set) var gaps: [PoolGap]
    let offers: [PoolOffer]
    let lines: [PoolLine]
    /// For each offer, the duties that it could do, by start.
    private(set) var arcs: [[PoolArc]] = []
    /// For each gap, how many offers each rule stops, in the order of ``BindingRule``.
    private(set) var stoppedByGap: [[Int]] = []
    /// For each offer, how many gaps each rule puts out of its reach.
    private(set) var stoppedByOffer: [[Int]] = []
    let giverCount: Int
    /// Organisations whose data are too old or missing.
    let leftOut: [Organisation.ID]

    /// - Parameter isJudging: without, no duties are sought: for who asks about one offer.
    /// - Complexity: O(gaps × offers).
    init(_ picture: SystemPicture, isJudging: Bool = true) {
        self.picture = picture
        rules = PoolRules(
            system: picture.system, unclearSites: picture.sharedSites,
            earliestLeave: isJudging ? picture.at.minutes : nil)
        let fresh = picture.organisations.filter { $0.freshness == .fresh }
        leftOut = picture.leftOut
        let places = Dictionary(
            picture.organisations.enumerated().map { ($0.element.id, $0.offset) }
        ) { first, _ in first }
        var gaps: [PoolGap] = []
        var offers: [PoolOffer] = []
        var lines: [PoolLine] = []
        var givers: [String: Int] = [:]
        for organisation in fresh {
            let place = places[organisation.id] ?? 0
            for vacancy in organisation.vacancies where vacancy.end > picture.at {
                gaps.append(
                    PoolGap(
                        index: gaps.count, receiver: organisation.id, receiverIndex: place,
                        vacancy: vacancy.left(at: picture.at)))
            }
            let included = organisation.push?.allowances
            let lent = picture.aid.filter { request in
                // A promise of which nothing came is over with its time, and what was worked long ago is known to whoever
                // sent data since, whatever these include.
                request.loan?.lender == organisation.id
                    && (request.state.isPromised && request.need.end > picture.at
                        || request.state.isBooked && included?.holds(request) != true
                            && request.need.end > picture.at - Self.memory)
            }
            // Whoever is promised is still there as far as the picture goes, and is not there to be lent once more.
            let promised = lent.filter(\.state.isPromised)
            var known: [CoverLine.ID: PoolLine] = [:]
            for line in organisation.cover {
                let one = PoolLine(
                    index: lines.count, organisationIndex: place,
                    line: line.less(promised.compactMap { $0.absence(from: line.id) }))
                known[line.id] = one
                lines.append(one)
            }
            let first = offers.count
            for offer in organisation.isScoredAsLender ? organisation.offers : [] {
                let mine = lent.filter {
                    $0.loan?.offer == offer.id
                        || $0.loan?.source.person == offer.person && offer.person != nil
                }
                let name = offer.person.map { "\(organisation.id) \($0)" } ?? "\(organisation.id)/\(offer.id)"
                let giver = givers[name] ?? givers.count
                givers[name] = giver
                offers.append(
                    PoolOffer(
                        index: offers.count, lender: organisation.id, offer: offer, giver: giver,
                        remaining: offer.remainingMinutes
                            - mine.reduce(0) { $0 + $1.minutes },
                        booked: mine.map {
                            let travel = $0.loan?.travelMinutes ?? 0
                            return ($0.need.start.minutes - travel, $0.need.end.minutes + travel)
                        }, calls: offer.recentCalls + mine.count,
                        lines: offer.releasedFrom.compactMap { known[$0] }))
            }
            let own = OwnGaps(organisation: organisation, rules: rules, at: picture.at)
            for gap in own.found(among: Array(offers[first...])) {
                let line = PoolLine(
                    index: lines.count, organisationIndex: place, line: gap.line, isOwnGap: true)
                lines.append(line)
                for number in gap.offers { offers[first + number].lines.append(line) }
            }
        }
        self.gaps = gaps
        self.offers = offers
        self.lines = lines
        giverCount = givers.count
        if isJudging { judge() }
    }

    private mutating func judge() {
        let ruleCount = BindingRule.allCases.count
        stoppedByGap = Array(repeating: Array(repeating: 0, count: ruleCount), count: gaps.count)
        stoppedByOffer = Array(repeating: Array(repeating: 0, count: ruleCount), count: offers.count)
        let (offers, gaps, rules) = (offers, gaps, rules)
        // By blocks, so that little is held at once.
        for start in stride(from: 0, to: offers.count, by: Self.block) {
            let count = min(Self.block, offers.count - start)
            let judged = inParallel(count) { number in
                let offer = offers[start + number]
                return gaps.map { rules.judge(offer, $0) }
            }
            for (offer, results) in zip(offers[start..<start + count], judged) {
                var mine: [PoolArc] = []
                for (gap, result) in results.enumerated() {
                    switch result {
                    case .success(let arc): mine.append(arc)
                    case .failure(let rule):
                        stoppedByGap[gap][rule.place] += 1
                        stoppedByOffer[offer.index][rule.place] += 1
                    }
                }
                arcs.append(mine.sorted { ($0.start, $0.end, $0.gap) < ($1.start, $1.end, $1.gap) })
            }
        }
    }

    /// How long after its end a booking that its lender's data do not hold still binds.
    private static let memory = ElapsedMinutes(hours: 7 * 24)

    /// How many offers are judged before their results are counted.
    private static let block = 256

    /// As if one head more were there for the whole of a gap.
    func needingOneLess(in index: Int) -> PoolInstance {
        var copy = self
        let gap = gaps[index]
        copy.gaps[index] = PoolGap(
            index: index, receiver: gap.receiver, receiverIndex: gap.receiverIndex,
            vacancy: gap.vacancy.needingOneLess)
        return copy
    }

    /// With further duties for one offer, such as after a training.
    func adding(_ new: [PoolArc], to offer: Int) -> PoolInstance {
        var copy = self
        copy.arcs[offer] = (arcs[offer] + new).sorted {
            ($0.start, $0.end, $0.gap) < ($1.start, $1.end, $1.gap)
        }
        return copy
    }
}

extension Offer {
    var person: Pseudonym? { source.person }
}

extension Offer.Source {
    var person: Pseudonym? { if case .person(let person) = self { person } else { nil } }
}

extension BindingRule: Error {}

extension BindingRule {
    /// Its place among ``allCases``: looked up by name it would take longer than to judge an offer.
    var place: Int {
        switch self {
        case .sameOrganisation: 0
        case .strikeCover: 1
        case .staffGroup: 2
        case .grade: 3
        case .window: 4
        case .siteUnclear: 5
        case .reach: 6
        case .dutyLength: 7
        case .hours: 8
        case .rest: 9
        case .skill: 10
        case .induction: 11
        case .agreement: 12
        case .consent: 13
        case .lenderCover: 14
        case .filled: 15
        case .betterElsewhere: 16
        case .notWorthIt: 17
        case .noOffer: 18
        case .noGap: 19
        case .staleData: 20
        case .offerGone: 21
        }
    }
}
