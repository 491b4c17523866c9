import Foundation
import Roster

extension OrganisationPush {
    /// The most bytes of a push.
    public static let byteLimit = 16_000_000

    enum Limit {
        static let sites = 500
        static let units = 5_000
        static let vacancies = 10_000
        static let lines = 10_000
        static let stretches = 500
        static let offers = 20_000
        static let metrics = 5_000
        static let bookings = 20_000
        static let few = 100
        static let heads = 50
        static let days = 14
    }

    /// The one text for one push: keys in alphabetical order and in snake case.
    public func json() throws -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        encoder.keyEncodingStrategy = .convertToSnakeCase
        return try encoder.encode(self)
    }

    /// Reads a push and finds every fault at once.
    ///
    /// - Complexity: Linear in the bytes.
    public static func read(_ bytes: Data) throws(PushFaults) -> OrganisationPush {
        guard bytes.count <= byteLimit else {
            throw PushFaults([
                PushFault(pointer: "", "has \(bytes.count) bytes", accepted: "at most \(byteLimit)")
            ])
        }
        let value: JSONValue
        do {
            value = try JSONDecoder().decode(JSONValue.self, from: bytes)
        } catch {
            throw PushFaults([PushFault(pointer: "", "is not JSON", accepted: "one object in UTF-8")])
        }
        let repeated = RepeatedKeys.faults(in: bytes)
        guard repeated.isEmpty else { throw PushFaults(repeated) }
        let list = PushFaultList()
        guard let push = PushReader(list).push(value), list.faults.isEmpty else {
            throw PushFaults(list.faults)
        }
        return push
    }
}
