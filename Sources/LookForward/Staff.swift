import CCrypto
import Extracts
import Roster
import RosterCheck

/// Everybody who could close a gap, found by where they can be rostered.
struct Staff {
    let scenario: Scenario
    private let picture: Picture
    /// Of every person, by start: worked in the weeks before, rostered now, and after.
    private let duties: [Person.ID: [Duty]]
    /// Of people who may or may not be at work.
    private let doubtful: [Person.ID: [Duty]]
    /// Paid minutes worked, rostered and credited for leave, by Monday week.
    private let paid: [Person.ID: [Day: Int]]
    private let leave: [Person.ID: [Leave]]
    /// People by unit in which they may be rostered, each list by id.
    private let byUnit: [Unit.ID: [Person]]

    init(_ picture: Picture) {
        self.picture = picture
        scenario = picture.scenario
        duties = Dictionary(grouping: picture.rota.duties + picture.following, by: \.person)
        doubtful = Dictionary(grouping: picture.doubtful, by: \.person)
        leave = Dictionary(grouping: scenario.leave, by: \.person)
        paid = Self.paidByWeek(picture)
        var byUnit: [Unit.ID: [Person]] = [:]
        for person in scenario.people.sorted(by: { $0.id < $1.id }) {
            byUnit[person.unit, default: []].append(person)
            for unit in person.otherUnits where unit != person.unit {
                byUnit[unit, default: []].append(person)
            }
        }
        self.byUnit = byUnit
    }

    func rostered(in unit: Unit.ID) -> [Person] { byUnit[unit] ?? [] }
    func duties(of person: Person.ID) -> [Duty] { duties[person] ?? [] }

    /// Free as far as a glance tells: employed, on an agreed working day, not on leave and not at work then, and not of
    /// a unit whose rota of these days is missing. The checker is asked about the rest.
    func seemsFree(_ person: Person, for shape: Duty) -> Bool {
        person.isEmployed(on: shape.day)
            && picture.hasRota(
                of: person.unit, on: shape.day.advanced(by: -1)...shape.end.day.advanced(by: 1))
            && (person.workingDays.isEmpty || person.workingDays.contains(shape.day.weekday))
            && !(leave[person.id] ?? []).contains { $0.contains(shape.day) }
            && !((duties[person.id] ?? []) + (doubtful[person.id] ?? [])).contains {
                $0.start < shape.end && shape.start < $0.end
            }
    }

    /// Whether it is known who else works in the unit during a duty.
    func isRotaKnown(during duty: Duty) -> Bool {
        picture.hasRota(of: duty.unit, on: duty.start.day...duty.end.day)
    }

    func isAway(_ person: Person.ID, on day: Day) -> Bool {
        (leave[person] ?? []).contains { $0.contains(day) }
    }

    /// Paid minutes in the Monday week of a day: worked, rostered and credited for leave.
    func paid(_ person: Person.ID, inWeekOf day: Day) -> Int { paid[person]?[day.monday] ?? 0 }

    private static func paidByWeek(_ picture: Picture) -> [Person.ID: [Day: Int]] {
        var paid: [Person.ID: [Day: Int]] = [:]
        for duty in picture.rota.duties + picture.following {
            paid[duty.person, default: [:]][duty.day.monday, default: 0] += duty.paid.count
        }
        for duty in picture.scenario.history {
            paid[duty.person, default: [:]][duty.start.day.monday, default: 0] += duty.paid.count
        }
        for leave in picture.scenario.leave {
            guard let person = picture.scenario.person(leave.person) else { continue }
            for monday in picture.window.mondays {
                let credit = leave.credit(
                    paidPerWeek: person.paidPerWeek, in: Period(first: monday, days: 7))
                paid[leave.person, default: [:]][monday, default: 0] += credit.count
            }
        }
        return paid
    }
}

/// A reference to a person that says nothing to anybody outside their organisation, such as `7K2M-9QXD`.
///
/// It is the same from issue to issue. Whoever knows the organisation's staff numbers could work it out, so it is a
/// pseudonym and no secret: it never leaves the organisation.
public struct PersonReference: Hashable, Sendable, CustomStringConvertible {
    public let description: String

    public init(_ person: Person.ID, in organisation: Organisation.ID) {
        let bytes = Array("muster \(organisation) \(person)".utf8)
        var digest = [UInt8](repeating: 0, count: Int(SHA256_DIGEST_LENGTH))
        _ = SHA256(bytes, bytes.count, &digest)
        // Crockford's letters: none that is easily misheard or misread.
        let letters = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ")
        let text = digest.prefix(8).map { letters[Int($0 & 31)] }
        description = String(text.prefix(4)) + "-" + String(text.suffix(4))
    }
}
