/// One thing wrong in a push: where, what was found, and what would be accepted.
public struct PushFault: Error, Hashable, Sendable, Codable, CustomStringConvertible {
    /// Where it stands, as a JSON pointer (RFC 6901) of fields that are known: `/vacancies/3/end`. Empty for the whole.
    public let pointer: String
    /// The value as found, shortened, or the field that is unknown or stands there twice; nil if nothing was found or it is
    /// not a plain value.
    public let value: String?
    /// A phrase that follows the value: `is not a skill that …`.
    public let problem: String
    public let accepted: String?

    public init(pointer: String, value: String? = nil, _ problem: String, accepted: String? = nil) {
        self.pointer = pointer
        self.value = value
        self.problem = problem
        self.accepted = accepted
    }

    /// `/vacancies/3/end: "2026-13-01" is not a time; accepted: 2026-01-12T07:30+00:00`.
    public var description: String {
        words(value.map { "\"\($0)\" " } ?? "")
    }

    /// The same without what was found, which by mistake can be personal.
    public var withoutValue: String { words("") }

    private func words(_ found: String) -> String {
        let wanted = accepted.map { "; accepted: \($0)" } ?? ""
        return "\(pointer.isEmpty ? "/" : pointer): \(found)\(problem)\(wanted)"
    }
}

/// What was wrong in a push: at least one fault, in the order of the file.
public struct PushFaults: Error, Hashable, Sendable, Codable, CustomStringConvertible {
    /// The most that are listed.
    public static let limit = 100

    public let faults: [PushFault]
    /// How many there are beyond those listed.
    public let more: Int

    public init(_ faults: [PushFault]) {
        self.faults = Array(faults.prefix(Self.limit))
        more = max(0, faults.count - Self.limit)
    }

    /// One fault a line.
    public var description: String {
        (faults.map(\.description) + (more > 0 ? ["and \(more) more"] : [])).joined(separator: "\n")
    }
}
