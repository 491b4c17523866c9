/// One line that somebody wrote, such as the reason for a step.
///
/// It is refused if it looks as if it named or described a person: an email address, a number of seven digits or more
/// in a row, a title before a name, a date of birth, a postcode, or why somebody is off. That is a net with holes, so every
/// page that asks for a remark also says: name nobody.
public struct Remark: Hashable, Sendable, Codable, CustomStringConvertible {
    public let text: String

    /// The most characters.
    public static let limit = 300

    /// What is wrong with a text.
    public enum Refusal: String, Error, CaseIterable, Hashable, Sendable, Codable, CustomStringConvertible {
        case empty, tooLong, severalLines, address, number, title, birth, home, absence

        public var description: String {
            switch self {
            case .empty: "is empty; give a reason in one line"
            case .tooLong: "is longer than \(Remark.limit) characters"
            case .severalLines: "holds a line end or another control character; give one line"
            case .address: "holds an email address; name nobody"
            case .number: "holds a number of seven digits or more; give no telephone or staff number"
            case .title: "seems to name a person; name nobody, say the role"
            case .birth: "seems to hold a date of birth; write other dates as 2027-01-12"
            case .home: "holds a postcode; say the site"
            case .absence: "says why somebody is off; across organisations they are just unavailable"
            }
        }
    }

    public init(_ text: String) throws(Refusal) {
        let line = try Self.line(text)
        guard line.firstMatch(of: Self.birth) == nil, line.firstMatch(of: /(?i:\bbirth(?:day)?\b)/) == nil
        else {
            throw .birth
        }
        guard line.firstMatch(of: Self.postcode) == nil else { throw .home }
        guard line.firstMatch(of: Self.absence) == nil else { throw .absence }
        self.text = line
    }

    private static var birth: some RegexComponent {
        /(?i:\b(?:born|d\.?o\.?b)\b)|\b\d{1,2}[.\/-]\d{1,2}[.\/-](?:19|20)\d\d\b|\b(?:19\d\d|200\d)-\d\d-\d\d\b/
    }

    private static var postcode: some RegexComponent {
        /\b(?:GIR 0AA|[A-Z]{1,2}\d[A-Z\d]? ?\d[ABD-HJLNP-UW-Z]{2})\b/
    }

    /// Wards are called after what they treat, so a word alone is nothing: that it keeps somebody away is.
    private static var absence: some RegexComponent {
        #/
        (?ix: ^ (?: ill | sick | unwell | covid | flu | injured ) [.!]? $
            | \b (?: sickness | pregnant | miscarr\w+
            | (?: maternity | paternity | parental | sick | compassionate | bereavement | carer'?s ) [\s-] (?: leave | absence | note | pay )
            | (?: off | in | is | are | was | were | be | been | called | phoned | rang | reported | gone ) \s (?: sick | unwell | injured )
            | (?: is | are | was | were | fell | taken | been ) \s ill
            | (?: off | away | absent | out | sick | ill | down ) \s with \s (?: a \s )? (?: covid | flu | stress | norovirus | anxiety | depression | cancer | cold | back | bad )
            ) \b )
        /#
    }

    /// The name of a place as one organisation takes it from another: 1 to 60 characters that seem to name no person; nil for
    /// anything else.
    public static func placeName(_ text: String) -> String? {
        // There are birth centres, and wards that are called after what they treat.
        text.count <= 60 && text.firstMatch(of: birth) == nil ? try? line(text) : nil
    }

    /// One line without an address, a long number or a title: fit for the name of a place too.
    ///
    /// - Returns: The text without space around it.
    static func line(_ text: String) throws(Refusal) -> String {
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
        guard !holdsLongNumber(trimmed) else { throw .number }
        guard
            trimmed.firstMatch(
                of: /(?i:\b(?:mr|mrs|ms|miss|mx|dr|prof|professor|nurse|sister)\.?) [A-Z][a-z]/) == nil
        else { throw .title }
        return trimmed
    }

    /// Spaces and hyphens do not hide a telephone number; a date as 2026-01-12 is none.
    private static func holdsLongNumber(_ text: String) -> Bool {
        let withoutDates = text.replacing(/\b\d{4}-\d\d-\d\d\b/, with: "date")
        return withoutDates.firstMatch(of: /\d(?:[\s-]?\d){6}/) != nil
    }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        do {
            // What was kept before the rules became stricter is read all the same.
            text = try Self.line(container.decode(String.self))
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
