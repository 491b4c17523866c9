import Roster
import RulePack

/// A scenario in flat arrays and plain integers: what the search works on.
///
/// Costs are integers in sixtieths of a point of level 3, so that weights an hour become weights a minute.
struct Problem: Sendable {
    let scenario: Scenario
    let days: [DayFacts]
    let rows: [CoverRow]
    let weeks: [CoverWeek]
    let people: [PersonModel]
    let graphs: [LineGraph]
    /// People and rows that share nobody with the others, solved apart; people ascending.
    let components: [Component]
    /// The rows of each component, those that always move together as one.
    let groups: [[RowGroup]]
    /// By component: level 3 of every rota is a multiple of it.
    let costGrids: [Int64]
    /// Nil where the graphs themselves do.
    var loose: LooseLines?

    var dayCount: Int { days.count }

    /// Whole lines of somebody in the component take long to price, so that parts of the period come first.
    func isLong(_ component: Int) -> Bool {
        dayCount >= 2 * 28
            && components[component].people.contains {
                graphs[people[$0].graph].nodeCount * people[$0].hours.steps > 500_000
            }
    }

    /// Column generation on the whole component ends in reasonable time; elsewhere ``Ascent`` gives the bound.
    func isRootable(_ component: Int) -> Bool {
        !isLong(component) || components[component].people.count * dayCount <= 20_000
    }
}

/// A part of the problem that shares no person and no cover row with the rest.
struct Component: Sendable {
    let people: [Int]
    let rows: [Int]
    let weeks: [Int]
}

/// Covered time that a rule needs in a Monday week, on level 1 if hard and level 2 otherwise.
struct CoverWeek: Sendable {
    let rule: Int
    let monday: Day
    /// Minutes that must be covered, less what is covered already.
    let minutes: Int
    let hard: Bool
    /// Rows whose interval counts once when anybody is there.
    let rows: [Int]
    /// The rule's windows alone hold enough hours: where they are all covered, so is the week.
    let isImplied: Bool
}

/// One way to spend a day.
struct Slot: Sendable {
    /// Kind of duty in the person's graph; 0 is a day off.
    let kind: UInt16
    let shift: ShiftType?
    let unit: Unit.ID
    let role: Role.ID
    let source: DutySource
    /// Set if the duty's times are its own rather than its shift type's.
    let fixed: Duty?

    static let off = Slot(kind: 0, shift: nil, unit: "", role: "", source: .solved, fixed: nil)
}

/// One person's choices: for each day and slot what is allowed, what it costs, what it covers.
///
/// Index of day d and slot s: `d * slots.count + s`. Slot 0 is a day off.
struct PersonModel: Sendable {
    let person: Person
    let graph: Int
    let root: Int32
    let slots: [Slot]
    let allowed: [Bool]
    /// Cells that no rota may choose because of what others do; bounds are reckoned as if it could. Empty if
    /// there are none.
    var reserved: Set<Int> = []
    let cost: [Int64]
    let paid: [Int32]
    let night: [Bool]
    /// Wishes refused by spending the day so.
    let refused: [UInt8]
    /// What those cost, a part of `cost`.
    let wishCost: [Int64]
    /// `coverStart[i] ..< coverStart[i + 1]` index `coverRow` and `coverUnits`.
    let coverStart: [Int32]
    let coverRow: [Int32]
    /// What a presence adds to the row's value: 1 for heads, hundredths for shares.
    let coverUnits: [Int32]
    /// The convex totals other than hours.
    let counters: [Counter]
    let hours: HoursLedger
    let path: PathContext
    /// Weekends of duty in the period at most; nil if no rule says so.
    let mostWeekends: Int?

    /// Kinds of duty in the person's graph, a day off included.
    let kindCount: Int

    func index(_ day: Int, _ slot: Int) -> Int { day * slots.count + slot }

    func cover(_ index: Int) -> Range<Int> { Int(coverStart[index])..<Int(coverStart[index + 1]) }
}

/// What is counted along a line and has a convex cost of its own. Paid minutes are priced in the table, the
/// others by a row each in the master.
enum CounterKind: Int, CaseIterable, Sendable {
    case paid, nights, weekends, refused
}

/// A convex, piecewise linear cost of a total, in sixtieths of a point.
struct Counter: Sendable {
    struct Kink: Sendable {
        /// From this total on …
        let from: Int
        /// … each further unit costs this much.
        let slope: Int64
    }

    let kind: CounterKind
    /// Below this each missing unit costs `underSlope`.
    let floor: Int
    let underSlope: Int64
    /// Ascending in both.
    let kinks: [Kink]

    func cost(_ total: Int) -> Int64 {
        var sum = Int64(max(0, floor - total)) * underSlope
        for (index, kink) in kinks.enumerated() where total > kink.from {
            let end = index + 1 < kinks.count ? min(total, kinks[index + 1].from) : total
            sum += Int64(end - kink.from) * kink.slope
        }
        return sum
    }
}

/// A cover rule over an interval in which neither what it asks for nor who can be there changes.
struct CoverRow: Sendable {
    enum Shape: Sendable {
        /// Value: heads.
        case heads
        /// Value: hundredths of a head above the share (or below the cap).
        case share
    }

    let rule: Int
    let start: Int
    let end: Int
    let shape: Shape
    let hard: Bool
    /// Below it, level 1 if hard and level 2 otherwise.
    let minimum: Int
    /// Below it something is missing, whether or not that has a minimum.
    let target: Int
    /// What is there before anybody is rostered, or before anybody in this part of the rota is.
    var base: Int
    /// Cost on level 3 of each head missing, the last one first: the slope from `kneeTop − 1` to `kneeTop`.
    let shortageSlopes: [Int64]
    /// Heads at which shortage stops costing.
    let kneeTop: Int
    /// Heads above which surplus costs, and how much each.
    let surplusFrom: Int
    let surplusSlope: Int64

    var minutes: Int { end - start }

    /// Person-minutes below the minimum.
    func missing(_ value: Int) -> Int {
        shape == .heads ? max(0, minimum - value) * minutes : 0
    }

    func cost(_ value: Int) -> Int64 {
        switch shape {
        case .heads:
            var sum = Int64(max(0, value - surplusFrom)) * surplusSlope
            var missing = kneeTop - value
            var index = 0
            while missing > 0, index < shortageSlopes.count {
                sum += shortageSlopes[index]
                index += 1
                missing -= 1
            }
            if missing > 0, let last = shortageSlopes.last { sum += Int64(missing) * last }
            return sum
        case .share:
            // Rounded up: what a line through whole heads says is a bound.
            return (Int64(max(0, -value)) * surplusSlope + 99) / 100
        }
    }
}
