/// Where something stands in a file, as a person would look it up.
public struct Place: Hashable, Sendable {
    /// The column, in the way that the kind of file is counted.
    public enum Column: Hashable, Sendable {
        /// A YAML file: the character in the line, from 1, and the key whose value stands there.
        case character(Int, key: String?)
        /// A file that is not text there: the byte in the line, from 1.
        case byte(Int)
        /// A CSV file: the field in the row, from 1, and its name in the header.
        case field(Int, name: String)
    }

    /// The file's name as the user gave it, relative to the roster folder.
    public var file: String
    /// The line, from 1; nil if the fault is the whole file's.
    public var line: Int?
    public var column: Column?

    public init(file: String, line: Int? = nil, column: Column? = nil) {
        self.file = file
        self.line = line
        self.column = column
    }
}

extension Place: CustomStringConvertible {
    /// `people.csv:12: column 6 (grade)`, `roster.yaml:12:8: start`.
    public var description: String {
        let start = line.map { "\(file):\($0)" } ?? file
        return switch column {
        case nil: start
        case .character(let character, nil): "\(start):\(character)"
        case .character(let character, let key?): "\(start):\(character): \(key)"
        case .byte(let byte): "\(start): byte \(byte)"
        case .field(let number, let name): "\(start): column \(number) (\(name))"
        }
    }
}

/// One thing wrong in one file: where, what was found, what is wrong with it and what would be accepted.
///
/// Its description is one line:
///
///     people.csv:12: column 6 (grade): "B55" is not a grade of this roster; accepted: B2, B3, B5. Did you mean "B5"?
public struct Fault: Error, Hashable, Sendable {
    public var place: Place
    /// The value as found, escaped and shortened to about 60 characters; nil if nothing was found.
    public let value: String?
    /// What is wrong, as a phrase that follows the value: `is not a grade of this roster`.
    public var problem: String
    /// What would be accepted: `B2, B3, B5`.
    public var accepted: String?
    /// The accepted value nearest to the one found, if one is near.
    public var suggestion: String?

    public init(
        at place: Place, value: String? = nil, _ problem: String, accepted: String? = nil,
        suggestion: String? = nil
    ) {
        self.place = place
        self.value = value.map { $0.shortened() }
        self.problem = problem
        self.accepted = accepted
        self.suggestion = suggestion
    }
}

extension Fault: CustomStringConvertible {
    public var description: String {
        var line = "\(place): "
        if let value { line += "\"\(value)\" " }
        line += problem
        if let accepted { line += "; accepted: \(accepted)" }
        if let suggestion { line += ". Did you mean \"\(suggestion)\"?" }
        return line
    }
}

extension Fault: Comparable {
    /// By file, line and column, so that a list of faults reads like the files.
    public static func < (left: Fault, right: Fault) -> Bool {
        left.position == right.position
            ? left.description < right.description : left.position < right.position
    }

    private var position: (String, Int, Int) {
        let column =
            switch place.column {
            case nil: 0
            case .character(let number, _), .byte(let number), .field(let number, _): number
            }
        return (place.file, place.line ?? 0, column)
    }
}

/// A fault as the flat record that `--json` prints.
public struct FaultRecord: Encodable, Hashable, Sendable {
    public let file: String
    public let line: Int?
    /// The character (YAML), field (CSV) or byte, from 1.
    public let column: Int?
    /// The CSV column's name or the YAML key.
    public let field: String?
    public let value: String?
    public let problem: String
    public let accepted: String?
    public let suggestion: String?
    /// The whole fault as one line of text.
    public let message: String

    public init(_ fault: Fault) {
        file = fault.place.file
        line = fault.place.line
        (column, field) =
            switch fault.place.column {
            case nil: (nil, nil)
            case .character(let number, let key): (number, key)
            case .byte(let number): (number, nil)
            case .field(let number, let name): (number, name)
            }
        value = fault.value
        problem = fault.problem
        accepted = fault.accepted
        suggestion = fault.suggestion
        message = fault.description
    }
}

extension String {
    /// At most about `limit` characters with control characters escaped, so that it fits and cannot spoil a terminal.
    func shortened(to limit: Int = 60) -> String {
        var short = ""
        for (count, scalar) in unicodeScalars.enumerated() {
            guard count < limit else { return short + "…" }
            switch scalar {
            case "\n": short += "\\n"
            case "\t": short += "\\t"
            case "\r": short += "\\r"
            case _ where scalar.properties.generalCategory.isInvisible:
                short += "\\u{\(String(scalar.value, radix: 16, uppercase: true))}"
            default: short.unicodeScalars.append(scalar)
            }
        }
        return short
    }
}

extension Unicode.GeneralCategory {
    /// Controls, formats (marks of direction and of byte order among them), private characters, line separators.
    fileprivate var isInvisible: Bool {
        switch self {
        case .control, .format, .privateUse, .lineSeparator, .paragraphSeparator: true
        default: false
        }
    }
}
