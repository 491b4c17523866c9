import Roster

/// What a unit of a sample roster does, and so which teams it has.
enum UnitKind: Sendable {
    case ward
    case emergencyDepartment
    case virtualWard

    /// Below this an emergency department's nurses would be too few.
    static let smallestEmergencyDepartment = 24
    private static let smallestWithFrailty = 30

    /// The teams that share out so many people, and how many each gets.
    ///
    /// An emergency department needs 8 senior doctors to keep every hour covered through leave and one weekend in
    /// two, and 4 frailty practitioners for every day from 08:00 to 20:00.
    func teams(people: Int) -> [(team: Team, people: Int)] {
        switch self {
        case .ward:
            let support = people * 3 / 10
            return [(.nurses, people - support), (.support, support)]
        case .emergencyDepartment:
            let seniors = max(8, people / 4)
            let frailty = people >= Self.smallestWithFrailty ? 4 : 0
            let nursing = people - seniors - frailty
            let support = nursing * 3 / 10
            return [
                (.seniors, seniors), (.frailty, frailty), (.nurses, nursing - support), (.support, support),
            ].filter { $0.people > 0 }
        case .virtualWard:
            let support = max(2, people / 7)
            return [(.leads, 4), (.virtualNurses, people - 4 - support), (.virtualSupport, support)]
        }
    }
}

/// One unit of a sample roster.
struct SampleUnit: Sendable {
    /// Such as `U03`; in small letters it begins the ids of its people and cover rules.
    let id: String
    let name: String
    let kind: UnitKind
    let people: Int

    var prefix: String { id.lowercased() }

    /// Units of about 30 people; every third is an emergency department if it is large enough, the first among them.
    static func sharing(people: Int) -> [SampleUnit] {
        let count = max(1, (people + 15) / 30)
        return (0..<count).map { index in
            let size = people / count + (index < people % count ? 1 : 0)
            let isEmergency = index % 3 == 0 && size >= UnitKind.smallestEmergencyDepartment
            let number = index < 9 ? "0\(index + 1)" : "\(index + 1)"
            return SampleUnit(
                id: "U\(number)", name: isEmergency ? "Emergency department \(number)" : "Ward \(number)",
                kind: isEmergency ? .emergencyDepartment : .ward, people: size)
        }
    }
}

extension Team {
    /// Heads that each slot needs, by weekday from Monday: the team's hours shared out over slots and days.
    ///
    /// - Parameter hours: paid hours that the team has in an average week, leave taken off.
    func demand(hours: Double) -> [[Int]] {
        var heads = slots.map { _ in Array(repeating: 0, count: 7) }
        var left = hours
        func add(_ slot: Int, on weekday: Int) -> Bool {
            guard slots[slot].paidHours <= left else { return false }
            heads[slot][weekday] += 1
            left -= slots[slot].paidHours
            return true
        }
        for slot in slots.indices where slots[slot].isDaily {
            for weekday in 0..<7 { _ = add(slot, on: weekday) }
        }
        // Mondays and the days around the weekend are the busy ones.
        let busiest = growsOnWeekdays ? [0, 4, 3, 1, 2] : [0, 4, 5, 6, 3, 1, 2]
        var grew = true
        while grew {
            grew = false
            for slot in cycle {
                for weekday in busiest where add(slot, on: weekday) { grew = true }
            }
        }
        return heads
    }
}
