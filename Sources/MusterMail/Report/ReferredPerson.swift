import LookForward
import MusterStore
import Roster

/// Somebody for whom a reference such as `7K2M-9QXD` stands in a message.
///
/// It is told to whoever may open the organisation's store, and stands in no message.
public struct ReferredPerson: Hashable, Sendable {
    public let reference: PersonReference
    /// The number by which the organisation's own systems know them.
    public let person: Person.ID
    public let grade: String
    public let unit: String
}

/// The store knows nobody for whom a reference stands.
public struct UnknownReference: Error, Hashable, Sendable, CustomStringConvertible {
    public let reference: String
    public let path: String

    public var description: String {
        "\(path): nobody of the staff has the reference \(reference). A reference is eight letters and digits, such "
            + "as 7K2M-9QXD: copy it from the message, and give --date the day of its issue."
    }
}

extension DailyReport {
    /// For whom a reference stands; nearly always one person, as it is made of forty bits of their number's hash.
    ///
    /// - Parameter reference: As it stands in the message; small letters and other places for the hyphen are read too.
    /// - Throws: ``UnknownReference``, ``NothingImported``, `StoreError`.
    public func people(with reference: String) throws -> [ReferredPerson] {
        let picture = try picture(days: 1)
        let asked = Self.letters(reference)
        let found = picture.scenario.people.compactMap { person -> ReferredPerson? in
            let reference = PersonReference(person.id, in: person.organisation)
            guard Self.letters(reference.description) == asked else { return nil }
            return ReferredPerson(
                reference: reference, person: person.id,
                grade: picture.scenario.grade(person.grade)?.name ?? person.grade.text,
                unit: picture.scenario.unit(person.unit)?.name ?? person.unit.text)
        }
        if found.isEmpty { throw UnknownReference(reference: reference, path: path) }
        return found
    }

    private static func letters(_ reference: String) -> String {
        reference.uppercased().filter { $0.isLetter || $0.isNumber }
    }
}
