import PlainText
import Roster

/// `preferences.csv`: who would like what.
///
/// A wish for a weekday stands for each such day of the period on which the person has no wish by date.
struct PreferencesFile {
    private(set) var preferences: [Preference] = []

    private struct Wish {
        let row: Row
        let person: Person.ID
        let days: [Day]
        let isByDate: Bool
        let wanted: Wanted
        let strength: Int
        let isBid: Bool
    }

    init(_ folder: inout OpenFolder, roster: RosterFile, people: Definitions<Person>) {
        let table = folder.table(
            "preferences.csv", required: ["person", "wanted", "strength"],
            optional: ["date", "weekday", "bid"])
        let wishes = (table?.rows ?? []).compactMap { Self.wish($0, roster: roster, people: people) }
        let byDate = wishes.filter(\.isByDate)
        let dated = Set(byDate.flatMap { wish in wish.days.map { PersonDay(person: wish.person, day: $0) } })
        for group in [byDate, wishes.filter { !$0.isByDate }] { Self.refuseContradictions(group) }
        for wish in wishes {
            for day in wish.days
            where wish.isByDate || !dated.contains(PersonDay(person: wish.person, day: day)) {
                preferences.append(
                    Preference(
                        person: wish.person, day: day, wanted: wish.wanted, strength: wish.strength,
                        isBid: wish.isBid))
            }
        }
    }

    private static func wish(_ row: Row, roster: RosterFile, people: Definitions<Person>) -> Wish? {
        let person = people.reference(row.required("person", accepted: "an id"))
        let date = row.optional("date")
        let weekday = row.optional("weekday")
        let wanted = row.required("wanted", accepted: "off, any, a shift, or not and a shift").flatMap {
            Self.wanted($0, shifts: roster.shifts)
        }
        let strength = row.integer("strength", in: 1...5)
        let isBid = row.optional("bid")?.boolean() ?? false
        guard (date == nil) != (weekday == nil) else {
            row.fault(
                "person", date == nil ? "has a wish for no day" : "has a date and a weekday",
                accepted: "either a date or a weekday")
            return nil
        }
        let day = date?.day(in: roster.period)
        let named = weekday?.weekday()
        guard let person, let wanted, let strength, let period = roster.period else { return nil }
        let days = day.map { [$0] } ?? period.days.filter { $0.weekday == named }
        return Wish(
            row: row, person: person, days: days, isByDate: date != nil, wanted: wanted,
            strength: strength, isBid: isBid)
    }

    private static func wanted(_ scalar: Scalar, shifts: Definitions<ShiftType>) -> Wanted? {
        switch scalar.text {
        case "off": return .off
        case "any": return .anyShift
        default: break
        }
        let words = scalar.list(separator: " ")
        guard words.count == 2, words[0].text == "not" else {
            return shifts.reference(scalar).map(Wanted.shift)
        }
        return shifts.reference(words[1]).map(Wanted.avoid)
    }

    /// Nobody wishes the same twice, or to be off and at work.
    private static func refuseContradictions(_ wishes: [Wish]) {
        var earlier: [PersonDay: [Wish]] = [:]
        for wish in wishes {
            for day in wish.days {
                let key = PersonDay(person: wish.person, day: day)
                if let other = earlier[key]?.first(where: { $0.wanted.excludes(wish.wanted) }) {
                    let verb = other.wanted == wish.wanted ? "repeats" : "contradicts"
                    wish.row.fault(
                        "wanted", "\(verb) the wish of \(wish.person) in line \(other.row.line)",
                        accepted: "one wish for a day")
                }
                earlier[key, default: []].append(wish)
            }
        }
    }
}

private struct PersonDay: Hashable {
    let person: Person.ID
    let day: Day
}

extension Wanted {
    fileprivate func excludes(_ other: Wanted) -> Bool {
        switch (self, other) {
        case (.off, .anyShift), (.off, .shift), (.anyShift, .off), (.shift, .off): true
        default: self == other
        }
    }
}
