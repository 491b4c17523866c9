import Roster
import Testing

@testable import SystemPool

@Suite("Staffing levels")
struct EscalationReadingTests {
    private static let card = ActionCard(
        id: "huddle", action: "Hold a huddle", owner: .siteManager, dueWithin: ElapsedMinutes(60))

    private static func point(
        _ level: Int = 2, _ conditions: [(Figure, Double)], needed: Int = 2
    ) -> EscalationPoint {
        EscalationPoint(
            id: EscalationPoint.ID("p\(level)"), level: level, name: "Level \(level)",
            conditions: conditions.map { .init(figure: $0.0, side: .atLeast, threshold: $0.1) },
            needed: needed, expiresAfter: ElapsedMinutes(hours: 8), actions: [card])
    }

    private static func metric(_ name: Metric.Name, _ value: Double, at hours: Int = 0) -> Metric {
        Metric(name: name, value: value, measuredAt: TwoTrusts.at(hours))
    }

    private func reading(_ trusts: TwoTrusts) throws -> EscalationReading {
        let picture = trusts.picture
        return EscalationReading(picture, try #require(picture.organisation("AA")))
    }

    /// Two figures of which both, or one, or none are at their point.
    private static func trusts(redFlags: Double, unavailability: Double) -> TwoTrusts {
        var trusts = TwoTrusts()
        trusts.points = [point(2, [(.metric(.redFlags), 1), (.metric(.unavailability), 24)])]
        trusts.metrics = [metric(.redFlags, redFlags), metric(.unavailability, unavailability)]
        return trusts
    }

    @Test("A level is reached by several figures at once, and by none of them alone")
    func several() throws {
        #expect(
            try reading(Self.trusts(redFlags: 1, unavailability: 24)).step(after: nil).standing?.point == "p2"
        )
        #expect(try reading(Self.trusts(redFlags: 9, unavailability: 23)).step(after: nil).standing == nil)
        #expect(try reading(Self.trusts(redFlags: 0, unavailability: 99)).step(after: nil).standing == nil)
    }

    /// Points of which every condition is met by the figures below.
    private static let onOneQuantity = [
        point(2, [(.metric(.redFlags), 1), (.metric(.redFlags), 2)]),
        point(2, [(.metric(.redFlags), 1), (.metric(.unavailability), 24)], needed: 1),
        point(2, [(.gapHours, 5), (.gapPercent, 0.5)]),
        point(2, [(.gapHours, 5), (.metric(.registeredRequired), 1), (.metric(.medicalFilled), 1)]),
        point(2, [(.virtualWardOccupancy, 80), (.metric(.virtualWardOccupied), 30)]),
        point(2, [(.metric(.potentialHarms), 1), (.metric(.actualHarms), 1)]),
        point(3, [(.gapHours, 5), (.gapPercent, 0.5), (.metric(.redFlags), 1)], needed: 3),
    ]

    @Test(
        "A point that rests on one quantity, however many figures tell it, is refused by the system, and never reached",
        arguments: onOneQuantity)
    func oneQuantity(_ point: EscalationPoint) throws {
        var trusts = TwoTrusts()
        trusts.metrics = [
            (.redFlags, 9), (.unavailability, 30), (.registeredRequired, 100), (.medicalFilled, 20),
            (.virtualWardBeds, 40), (.virtualWardOccupied, 38), (.potentialHarms, 2), (.actualHarms, 2),
        ].map { Self.metric($0, $1) }
        trusts.points = [point]
        #expect(trusts.system.faults.count == 1)
        #expect(try reading(trusts).step(after: nil).standing == nil)
        let evidence = try reading(trusts).state(nil, opel: nil).evidence
        #expect(evidence.allSatisfy { $0.verdict == .met }, "the figures are to be met: \(evidence)")
    }

    @Test("Two figures of one quantity count once towards a point that others can reach")
    func oneQuantityAmongOthers() throws {
        var trusts = TwoTrusts()
        trusts.points = [Self.point(2, [(.gapHours, 5), (.gapPercent, 0.5), (.metric(.redFlags), 1)])]
        trusts.metrics = [Self.metric(.registeredRequired, 100), Self.metric(.redFlags, 0)]
        #expect(trusts.system.faults.isEmpty)
        #expect(!trusts.points[0].measuresEachOnce)
        #expect(try reading(trusts).step(after: nil).standing == nil)
        trusts.metrics[1] = Self.metric(.redFlags, 1)
        #expect(try reading(trusts).step(after: nil).standing?.point == "p2")
    }

    @Test("Every family is one that a figure measures, and every figure that is told has one")
    func families() {
        #expect(Set(Figure.all.map(\.family)) == Set(Figure.Family.allCases))
    }

    @Test("The highest level that is reached counts, with its actions due from when it began")
    func highest() throws {
        var trusts = Self.trusts(redFlags: 3, unavailability: 30)
        trusts.points.append(Self.point(3, [(.metric(.redFlags), 3), (.gapHours, 12)]))
        let reading = try reading(trusts)
        let standing = try #require(reading.step(after: nil).standing)
        #expect(standing.point == "p3")
        let state = reading.state(standing, opel: nil)
        #expect(state.level == 3)
        #expect(state.actions.map(\.due) == [TwoTrusts.at(1)])
        #expect(state.evidence.map(\.verdict) == [.met, .met])
        #expect(!state.actions[0].isOverdue(at: TwoTrusts.at(1)))
        #expect(state.actions[0].isOverdue(at: TwoTrusts.at(2)))
    }

    @Test("Stale figures are not scored: a level stands on until it expires, and then is not known")
    func expires() throws {
        var trusts = Self.trusts(redFlags: 1, unavailability: 24)
        let first = try #require(try reading(trusts).step(after: nil).standing)
        // Metrics are stale after four hours, the level expires after eight.
        trusts.now = TwoTrusts.at(7)
        #expect(try reading(trusts).step(after: first).standing == first)
        trusts.now = TwoTrusts.at(8)
        let reading = try reading(trusts)
        #expect(reading.step(after: first).standing == nil)
        let state = reading.state(nil, opel: nil)
        #expect(state.isUncertain)
        #expect(state.evidence.map(\.verdict) == [.stale, .stale])
    }

    /// A level as it is after some readings: each of red flags, the hour and minute of the extract, and of when it is read.
    private func standing(_ readings: (flags: Double, extracted: Int, now: Int)...) throws -> (
        standing: EscalationStanding?, ended: [EndedLevel]
    ) {
        try readings.reduce((nil, [])) { before, reading in
            var trusts = Self.trusts(redFlags: reading.flags, unavailability: 24)
            trusts.extractedAt = TwoTrusts.noon + ElapsedMinutes(reading.extracted)
            trusts.metrics = trusts.metrics.map {
                Metric(name: $0.name, value: $0.value, measuredAt: trusts.extractedAt)
            }
            trusts.now = TwoTrusts.noon + ElapsedMinutes(reading.now)
            let step = try self.reading(trusts).step(after: before.standing)
            return (step.standing, before.ended + [step.ended].compactMap(\.self))
        }
    }

    @Test("A figure that dips under its point for one reading ends no level, and that it is under is said")
    func dips() throws {
        let dip = try standing((1, 0, 0), (0, 60, 61))
        #expect(dip.standing?.since == TwoTrusts.noon && dip.ended.isEmpty)
        #expect(dip.standing?.underSince == TwoTrusts.noon + ElapsedMinutes(61))
        var trusts = Self.trusts(redFlags: 0, unavailability: 24)
        trusts.now = TwoTrusts.noon + ElapsedMinutes(61)
        let state = try reading(trusts).state(dip.standing, opel: nil)
        #expect(state.level == 2 && state.underSince == dip.standing?.underSince && state.mayStandDown)
        // However often the same data are read, they are one reading; so are data that are hardly newer.
        let again = try standing((1, 0, 0), (0, 60, 61), (0, 60, 75), (0, 75, 76))
        #expect(again.standing == dip.standing && again.ended.isEmpty)
        // Back at its point, it is the same level since the beginning, and the next dip is counted anew.
        let back = try standing((1, 0, 0), (0, 60, 61), (1, 120, 121))
        #expect(back.standing?.since == TwoTrusts.noon && back.standing?.underSince == nil)
        let next = try standing((1, 0, 0), (0, 60, 61), (1, 120, 121), (0, 180, 181))
        #expect(next.standing?.since == TwoTrusts.noon && next.ended.isEmpty)
    }

    @Test(
        "Figures that are sent again are no second reading, and unknown ones break no level and start no count"
    )
    func sameFigures() throws {
        let first = try #require(
            try reading(Self.trusts(redFlags: 1, unavailability: 24)).step(after: nil).standing)
        var slip = Self.trusts(redFlags: 0, unavailability: 24)
        slip.now = TwoTrusts.at(1)
        slip.extractedAt = TwoTrusts.at(1)
        slip.metrics = slip.metrics.map {
            Metric(name: $0.name, value: $0.value, measuredAt: TwoTrusts.at(1))
        }
        let under = try #require(try reading(slip).step(after: first).standing)
        #expect(under.underSince == TwoTrusts.at(1))
        slip.now = TwoTrusts.at(2)
        slip.extractedAt = TwoTrusts.at(2)
        #expect(try reading(slip).step(after: under).standing == under)
        // Too old to tell after four hours: neither under its point nor to be stood down.
        slip.now = TwoTrusts.at(7)
        let unknown = try #require(try reading(slip).step(after: under).standing)
        #expect(unknown.point == "p2" && unknown.underSince == nil)
        #expect(try !reading(slip).state(unknown, opel: nil).mayStandDown)
    }

    @Test("A level ends when a second, newer reading is under its point, and says how it ended")
    func ends() throws {
        let after = try standing((1, 0, 0), (0, 60, 61), (0, 120, 121))
        #expect(after.standing == nil)
        let ended = try #require(after.ended.first)
        #expect(ended.why == .backUnder && ended.level == 2 && ended.since == TwoTrusts.noon)
        #expect(ended.ended == TwoTrusts.noon + ElapsedMinutes(121) && ended.timeToAction == nil)
        let expired = try standing((1, 0, 0), (1, 0, 490))
        #expect(expired.standing == nil && expired.ended.map(\.why) == [.expired])
        #expect(expired.ended.map(\.ended) == [TwoTrusts.at(8)], "not when somebody looked")
    }

    @Test("The time to action is from the beginning of the level to the first action that was done")
    func timeToAction() throws {
        let reading = try reading(Self.trusts(redFlags: 1, unavailability: 24))
        var standing = try #require(reading.step(after: nil).standing)
        #expect(reading.state(standing, opel: nil).timeToAction == nil)
        standing.done = [
            .init(
                card: "huddle", at: TwoTrusts.noon + ElapsedMinutes(25),
                by: Actor(organisation: "AA", role: .siteManager))
        ]
        #expect(reading.state(standing, opel: nil).timeToAction == ElapsedMinutes(25))
        // It is known of a level that has ended as well.
        var late = Self.trusts(redFlags: 1, unavailability: 24)
        late.now = TwoTrusts.at(8)
        #expect(try self.reading(late).step(after: standing).ended?.timeToAction == ElapsedMinutes(25))
    }

    @Test(
        "Of several points of one level the one that stands goes on; what was done stays done while any level stands"
    )
    func change() throws {
        var trusts = Self.trusts(redFlags: 1, unavailability: 24)
        var other = Self.point(2, [(.metric(.unavailability), 24), (.gapHours, 1)])
        other = EscalationPoint(
            id: "first", level: 2, name: "First", conditions: other.conditions, needed: 2,
            expiresAfter: other.expiresAfter, actions: [])
        trusts.points.insert(other, at: 0)
        trusts.vacancies = []
        var standing = try #require(try reading(trusts).step(after: nil).standing)
        #expect(standing.point == "p2")
        standing.done = [
            .init(card: "huddle", at: TwoTrusts.noon, by: Actor(organisation: "AA", role: .siteManager))
        ]
        trusts.vacancies = [TwoTrusts.vacancy()]
        #expect(try reading(trusts).step(after: standing).standing == standing)
        trusts.points.append(
            EscalationPoint(
                id: "p3", level: 3, name: "Level 3",
                conditions: [
                    .init(figure: .gapHours, side: .atLeast, threshold: 1),
                    .init(figure: .metric(.redFlags), side: .atLeast, threshold: 1),
                ], needed: 2, expiresAfter: ElapsedMinutes(hours: 8), actions: []))
        trusts.now = TwoTrusts.at(1)
        let higher = try #require(try reading(trusts).step(after: standing).standing)
        #expect(higher.point == "p3" && higher.done == standing.done)
        #expect(try reading(trusts).step(after: standing).ended?.why == .higherLevel)
        trusts.vacancies = []
        trusts.now = TwoTrusts.at(2)
        let under = try #require(try reading(trusts).step(after: higher).standing)
        #expect(under.point == "p3" && under.underSince == TwoTrusts.at(2))
        trusts.now = TwoTrusts.at(3)
        trusts.extractedAt = TwoTrusts.at(3)
        let back = try reading(trusts).step(after: under).standing
        #expect(back?.point == "p2" && back?.done == standing.done)
        // What is longer ago than a level stands has to be done anew.
        trusts.now = TwoTrusts.at(9)
        trusts.extractedAt = TwoTrusts.at(9)
        trusts.metrics = [Self.metric(.redFlags, 1, at: 9), Self.metric(.unavailability, 24, at: 9)]
        #expect(try reading(trusts).step(after: higher).standing?.done.isEmpty == true)
        trusts.now = TwoTrusts.at(2)
        trusts.extractedAt = TwoTrusts.noon
        trusts.metrics = [Self.metric(.redFlags, 1), Self.metric(.unavailability, 24)]
        // It was done before this level began anew, and so says nothing of how soon that was acted upon.
        let state = try reading(trusts).state(back, opel: nil)
        #expect(state.actions.map(\.done) == [TwoTrusts.noon] && state.timeToAction == nil)
    }

    @Test("Of a gap only what lies in the next 24 hours counts as missing in them")
    func clipped() throws {
        var trusts = TwoTrusts()
        trusts.vacancies = [
            TwoTrusts.vacancy("begun", from: -6, to: 6), TwoTrusts.vacancy("whole", from: 6, to: 18),
            TwoTrusts.vacancy("beyond", from: 18, to: 30), TwoTrusts.vacancy("later", from: 30, to: 42),
        ]
        #expect(try reading(trusts).reading(of: .gapHours)?.value == 24)
        trusts.metrics = [Self.metric(.registeredRequired, 24)]
        #expect(try reading(trusts).reading(of: .gapPercent)?.value == 100)
    }

    @Test("OPEL is what was entered last, by anybody, and grows stale; it is no figure of ours")
    func opel() throws {
        var trusts = Self.trusts(redFlags: 0, unavailability: 0)
        trusts.opel = OpelEntry(level: 2, framework: "2024-26", at: TwoTrusts.at(-2), by: .siteManager)
        let entered = OpelEntry(level: 4, framework: "2024-26", at: TwoTrusts.at(-1), by: .directorOnCall)
        let state = try reading(trusts).state(nil, opel: entered)
        #expect(state.opel == entered && !state.isOpelStale)
        #expect(state.level == 0)
        trusts.now = TwoTrusts.at(12)
        #expect(try reading(trusts).state(nil, opel: entered).isOpelStale)
    }

    @Test("Gap hours are those of the next 24 hours, and gap per cent is of the hours required")
    func figures() throws {
        var trusts = TwoTrusts()
        trusts.vacancies = [TwoTrusts.vacancy(), TwoTrusts.vacancy("later", from: 30, to: 42)]
        #expect(try reading(trusts).reading(of: .gapHours)?.value == 12)
        #expect(try reading(trusts).reading(of: .gapPercent) == nil)
        trusts.metrics = [Self.metric(.registeredRequired, 48)]
        #expect(try reading(trusts).reading(of: .gapPercent)?.value == 25)
        // Nobody told what is required of a group that is short: a share of the others' hours would be another figure.
        trusts.vacancies.append(TwoTrusts.vacancy("hca", group: .unregistered))
        #expect(try reading(trusts).reading(of: .gapPercent) == nil)
        trusts.metrics.append(Self.metric(.unregisteredRequired, 48))
        #expect(try reading(trusts).reading(of: .gapPercent)?.value == 25)
        // Of several professions: their hours are among those that are told, and the gap is not lost.
        trusts.vacancies.append(TwoTrusts.vacancy("frailty", group: .other))
        #expect(try reading(trusts).reading(of: .gapPercent)?.value == 37.5)
        #expect(try reading(trusts).reading(of: .hardGaps)?.value == 0)
        trusts.metrics = [Self.metric(.virtualWardBeds, 40), Self.metric(.virtualWardOccupied, 32)]
        #expect(try reading(trusts).reading(of: .virtualWardOccupancy)?.value == 80)
    }

    @Test("A share of next to nothing is a number that can be written, and a share of nothing is not known")
    func shareOfNothing() throws {
        var trusts = TwoTrusts()
        let figures: [(Metric.Name, Figure)] = [
            (.virtualWardBeds, .virtualWardOccupancy), (.registeredRequired, .gapPercent),
        ]
        for (whole, figure) in figures {
            trusts.metrics = [Self.metric(whole, 1e-307), Self.metric(.virtualWardOccupied, 32)]
            #expect(try reading(trusts).reading(of: figure)?.value.isFinite == true)
            trusts.metrics[0] = Self.metric(whole, 0)
            #expect(try reading(trusts).reading(of: figure) == nil)
        }
    }

    @Test("However often a point names a figure, it counts once")
    func repeatedFigure() throws {
        var trusts = Self.trusts(redFlags: 9, unavailability: 23)
        trusts.points = [
            Self.point(2, [(.metric(.redFlags), 1), (.metric(.redFlags), 3), (.metric(.unavailability), 24)])
        ]
        #expect(trusts.system.faults.isEmpty)
        #expect(try reading(trusts).step(after: nil).standing == nil)
        trusts.metrics[1] = Self.metric(.unavailability, 24)
        #expect(try reading(trusts).step(after: nil).standing?.point == "p2")
    }

    @Test("What cannot be ruled out above the level that stands is said, with its figures")
    func undecided() throws {
        var trusts = Self.trusts(redFlags: 3, unavailability: 30)
        trusts.points.append(Self.point(3, [(.metric(.redFlags), 3), (.metric(.ambulanceHandover), 60)]))
        let reading = try reading(trusts)
        let state = reading.state(reading.step(after: nil).standing, opel: nil)
        #expect(state.level == 2 && state.isUncertain)
        #expect(state.undecided?.point.level == 3)
        #expect(state.undecided?.evidence.map(\.verdict) == [.met, .missing])
        trusts.metrics.append(Self.metric(.ambulanceHandover, 20))
        let known = try self.reading(trusts)
        #expect(known.state(known.step(after: nil).standing, opel: nil).undecided == nil)
    }

    @Test("Where nothing is known of a unit, no number of gaps says that a level is not reached")
    func unknownUnits() throws {
        var trusts = Self.trusts(redFlags: 1, unavailability: 0)
        trusts.points = [Self.point(2, [(.metric(.redFlags), 1), (.hardGaps, 1)])]
        func verdict(_ side: EscalationPoint.Condition.Side, _ figure: Figure) throws
            -> EscalationState.Evidence.Verdict?
        {
            var point = Self.point(2, [(.metric(.redFlags), 1)])
            point = EscalationPoint(
                id: point.id, level: 2, name: "",
                conditions: point.conditions + [
                    .init(figure: figure, side: side, threshold: 1)
                ], needed: 2, expiresAfter: point.expiresAfter)
            trusts.points = [point]
            let reading = try reading(trusts)
            return reading.state(nil, opel: nil).evidence.last?.verdict
        }
        trusts.vacancies = []
        #expect(try verdict(.atLeast, .hardGaps) == .notMet)
        trusts.unknown = [TwoTrusts.noon.day.advanced(by: 2)]
        #expect(try verdict(.atLeast, .hardGaps) == .notMet, "it is beyond the next 24 hours")
        trusts.unknown = [TwoTrusts.noon.day.advanced(by: 1)]
        #expect(try verdict(.atLeast, .hardGaps) == .partial)
        #expect(try verdict(.atMost, .hardGaps) == .partial)
        #expect(try reading(trusts).state(nil, opel: nil).isUncertain)
        // One red flag is told, so that there are no fewer.
        #expect(try verdict(.atMost, .metric(.redFlags)) == .partial)
        trusts.vacancies = ["one", "two"].map { TwoTrusts.vacancy($0, isHard: true) }
        #expect(try verdict(.atLeast, .hardGaps) == .met)
        #expect(try verdict(.atMost, .hardGaps) == .notMet)
        #expect(try verdict(.atLeast, .metric(.redFlags)) == .met)
        trusts.metrics.append(Self.metric(.registeredFilled, 400))
        #expect(try verdict(.atLeast, .metric(.registeredFilled)) == .partial)
        // Days that the push is not about are unknown: it is of three days.
        trusts.unknown = []
        #expect(try verdict(.atLeast, .metric(.registeredFilled)) == .met)
        trusts.now = TwoTrusts.noon + ElapsedMinutes(hours: 48)
        trusts.extractedAt = trusts.now
        trusts.vacancies = []
        #expect(try verdict(.atLeast, .hardGaps) == .partial)
    }
}
