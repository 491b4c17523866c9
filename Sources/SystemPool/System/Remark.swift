/// One line that somebody wrote, such as the reason for a step.
///
/// It is refused if it looks as if it named or described a person: an email address, a number of seven digits or more
/// in a row, or a title before a name. That is a net with holes, so every page that asks for a remark also says: name
/// nobody.
public struct Remark: Hashable, Sendable, Codable, CustomStringConvertible {
    public let text: String

    /// The most characters.
    public static let limit = 300

    /// What is wrong with a text.
    public enum Refusal: String, Error, CaseIterable, Hashable, Sendable, Codable, CustomStringConvertible {
        case empty, tooLong, severalLines, address, number, title

        public var description: String {
            switch self {
            case .empty: "is empty; give a reason in one line"
            case .tooLong: "is longer than \(Remark.limit) characters"
            case .severalLines: "holds a line end or another control character; give one line"
            case .address: "holds an email address; name nobody"
            case .number: "holds a number of seven digits or more; give no telephone or staff number"
            case .title: "seems to name a person; name nobody, say the role"
            }
        }
    }

    public init(_ text: String) throws(Refusal) {
        let trimmed = String(
            text.drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
        guard !trimmed.isEmpty else { throw .empty }
        guard trimmed.count <= Self.limit else { throw .tooLong }
        guard
            !trimmed.unicodeScalars.contains(where: {
                [.control, .format, .lineSeparator, .paragraphSeparator, .privateUse].contains(
                    $0.properties.generalCategory)
            })
        else { throw .severalLines }
        guard !trimmed.contains("@") else { throw .address }
        guard !Self.holdsLongNumber(trimmed) else { throw .number }
        guard
            trimmed.firstMatch(
                of: /(?i:\b(?:mr|mrs|ms|miss|mx|dr|prof|professor|nurse|sister)\.?) [A-Z][a-z]/) == nil
        else { throw .title }
        self.text = trimmed
    }

    /// Spaces and hyphens do not hide a telephone number; a date as 2026-01-12 is none.
    private static func holdsLongNumber(_ text: String) -> Bool {
        let withoutDates = text.replacing(/\b\d{4}-\d\d-\d\d\b/, with: "date")
        return withoutDates.firstMatch(of: /\d(?:[ -]?\d){6}/) != nil
    }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        do {
            self = try Remark(container.decode(String.self))
        } catch let refusal as Refusal {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "the remark \(refusal)")
        }
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(text)
    }

    public var description: String { text }
}
