import MusterMail
import Roster

/// Somebody for whom a reference in a message stands, as `muster report --who` tells of them.
struct ReferredPersonRecord: Encodable {
    let reference: String
    let person: Person.ID
    let grade: String
    let unit: String

    init(_ person: ReferredPerson) {
        reference = person.reference.description
        self.person = person.person
        grade = person.grade
        unit = person.unit
    }

    var sentence: String { "\(reference) is staff number \(person): \(grade), \(unit)." }
}
