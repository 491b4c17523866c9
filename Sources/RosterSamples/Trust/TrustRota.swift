import Roster

/// Who works when in one team of a sample trust: day by day, whoever has had least of their hours goes next.
///
/// It is no good rota. It keeps eleven hours of rest, three long shifts in a row at most, two days off after nights,
/// one weekend in two or three off, 42 hours a week and the contract's four weeks, and leaves short what then cannot be filled.
struct TrustRota {
    struct Member {
        let id: String
        let band: String
        let hours: Double
        let leave: [(days: ClosedRange<Day>, kind: String)]

        func isAway(on day: Day) -> Bool { leave.contains { $0.days.contains(day) } }
    }
    struct Shift {
        let member: Int
        let day: Day
        let need: TrustTeam.Need
    }
    struct Gap {
        let day: Day
        let need: TrustTeam.Need
    }

    private(set) var members: [Member] = []
    private(set) var shifts: [Shift] = []
    private(set) var gaps: [Gap] = []
    /// One weekend off in so many: two for doctors, three for the others.
    private let cycle: Int
    /// Teams do not all have the same weekends off.
    private let phase: Int

    /// - Parameters:
    ///   - first: the number of the first member in the staff list.
    ///   - surplus: in so many of a hundred days one more than needed comes by day.
    init(
        _ team: TrustTeam, days: ClosedRange<Day>, firstNumber first: Int, surplus: Int,
        random: inout SplitMix64
    ) {
        cycle = team.terms == "AfC Full" ? 3 : 2
        phase = first
        for index in 0..<team.people {
            members.append(
                Member(
                    id: "\(20_000_000 + first + index)", band: team.bands[index % team.bands.count],
                    hours: team.hours[index % team.hours.count],
                    leave: Self.leave(index + first, days, &random)))
        }
        var states = members.map { _ in State() }
        for day in days {
            // Weeks that begin on different days spread the hours, or every Sunday would be short.
            for index in states.indices {
                if (day.ordinal + index) % 7 == 0 { states[index].week = 0 }
                if (day.ordinal + index) % 28 == 0 { states[index].month = 0 }
            }
            for need in team.needs.sorted(by: { $0.isNight && !$1.isNight }) {
                if need.weekdaysOnly, day.weekday >= .saturday { continue }
                let extra = !need.isNight && random.chance(percent: surplus) ? 1 : 0
                for place in 0..<(need.heads + extra) {
                    if let member = next(need, on: day, states) {
                        states[member].work(need, on: day)
                        shifts.append(Shift(member: member, day: day, need: need))
                    } else if place < need.heads {
                        gaps.append(Gap(day: day, need: need))
                    }
                }
            }
        }
    }

    /// A week of leave in seven, and some sickness.
    private static func leave(
        _ index: Int, _ days: ClosedRange<Day>, _ random: inout SplitMix64
    ) -> [(days: ClosedRange<Day>, kind: String)] {
        var leave: [(days: ClosedRange<Day>, kind: String)] = []
        let mondays = days.filter { $0.weekday == .monday }
        for (week, monday) in mondays.enumerated() {
            if (week + index) % 7 == 3 {
                leave.append((monday...monday.advanced(by: 6), "Annual Leave"))
            } else if random.chance(percent: 6) {
                let first = monday.advanced(by: random.below(5))
                leave.append((first...first.advanced(by: 1 + random.below(3)), "Sickness"))
            } else if random.chance(percent: 2) {
                let day = monday.advanced(by: random.below(5))
                leave.append((day...day, "Study Leave"))
            }
        }
        return leave
    }

    private struct State {
        var worked = 0
        var week = 0
        var month = 0
        /// In minutes since the first day.
        var freeFrom = Int.min
        var run = 0
        var last: Day?
        var wasNight = false

        func isFree(for need: TrustTeam.Need, on day: Day) -> Bool {
            guard day.ordinal * 1440 + need.start >= freeFrom else { return false }
            guard let last else { return true }
            let gap = last.distance(to: day)
            if gap < 1 { return false }
            if wasNight, !need.isNight { return gap > 3 }
            if wasNight, gap > 1 { return gap > 3 }
            return gap > 2 || (gap == 1 && run < 3) || (gap == 2 && run < 3)
        }

        mutating func work(_ need: TrustTeam.Need, on day: Day) {
            run = last.map { $0.distance(to: day) == 1 } == true ? run + 1 : 1
            worked += need.paid
            week += need.paid
            month += need.paid
            freeFrom = day.ordinal * 1440 + need.start + need.length + 660
            last = day
            wasNight = need.isNight
        }
    }

    /// A night of Friday ends on Saturday.
    private func isWeekend(_ need: TrustTeam.Need, _ day: Day) -> Bool {
        day.weekday >= .saturday || (day.weekday == .friday && need.isNight)
    }

    private func next(_ need: TrustTeam.Need, on day: Day, _ states: [State]) -> Int? {
        var best: (index: Int, share: Double)?
        for (index, state) in states.enumerated() {
            guard state.isFree(for: need, on: day), !members[index].isAway(on: day),
                state.week + need.paid <= 2520,
                Double(state.month + need.paid) <= members[index].hours * 240 + 180,
                !isWeekend(need, day) || (day.monday.ordinal / 7 + index + phase) % cycle < cycle - 1
            else { continue }
            let share = Double(state.worked) / members[index].hours
            if best.map({ share < $0.share }) ?? true { best = (index, share) }
        }
        return best?.index
    }
}
