/// A piece of text from a file, a CSV cell or a YAML scalar, that knows where it stands.
///
/// Every reading gives the value or adds one fault to the list and gives nil. The text is read as it is written:
/// `06:30` is no number and `no` is text when text is asked for.
public struct Scalar {
    /// The text as found, without white space around it.
    public let text: String
    public let place: Place
    let faults: FaultList
    /// Whether its faults leave the text out.
    private let isUnquoted: Bool

    package init(_ text: String, at place: Place, faults: FaultList) {
        self.init(text, at: place, faults: faults, isUnquoted: false)
    }

    private init(_ text: String, at place: Place, faults: FaultList, isUnquoted: Bool) {
        self.text = text
        self.place = place
        self.faults = faults
        self.isUnquoted = isUnquoted
    }

    /// The same value, whose faults say where it stands and not what it is: it may tell of somebody's health, or name
    /// somebody.
    public var unquoted: Scalar { Scalar(text, at: place, faults: faults, isUnquoted: true) }

    /// The same value, whose faults go into another list.
    public func reporting(to faults: FaultList) -> Scalar {
        Scalar(text, at: place, faults: faults, isUnquoted: isUnquoted)
    }

    /// Adds a fault about this value.
    public func fault(_ problem: String, accepted: String? = nil, suggestion: String? = nil) {
        // What is nearest to a text says nearly what it is.
        faults.add(
            Fault(
                at: place, value: isUnquoted ? nil : text, problem, accepted: accepted,
                suggestion: isUnquoted ? nil : suggestion))
    }

    /// Any value that a closure can make of the text.
    ///
    /// - Parameter accepted: what the closure accepts, in words: `a time of day such as 07:30`.
    public func value<Value>(accepted: String, _ parse: (String) -> Value?) -> Value? {
        if let value = parse(text) { return value }
        fault("is not accepted here", accepted: accepted)
        return nil
    }

    /// A whole number in decimal digits.
    public func integer(in range: ClosedRange<Int>) -> Int? {
        let accepted = "a whole number from \(range.lowerBound) to \(range.upperBound)"
        guard text.isPlainNumber, let number = Int(text) else {
            fault("is not a whole number", accepted: accepted)
            return nil
        }
        guard range.contains(number) else {
            fault("is out of range", accepted: accepted)
            return nil
        }
        return number
    }

    /// A number with a decimal point, such as `37.5`; no exponent, infinity or NaN.
    public func decimal(in range: ClosedRange<Double>) -> Double? {
        let accepted = "a number from \(range.lowerBound.plain) to \(range.upperBound.plain)"
        guard text.isPlainNumber, let number = Double(text), number.isFinite else {
            fault("is not a number", accepted: accepted)
            return nil
        }
        guard range.contains(number) else {
            fault("is out of range", accepted: accepted)
            return nil
        }
        return number
    }

    /// `true` or `yes`, `false` or `no`, in any case.
    public func boolean() -> Bool? {
        switch text.lowercased() {
        case "true", "yes": return true
        case "false", "no": return false
        default:
            fault("is neither true nor false", accepted: "true, yes, false, no")
            return nil
        }
    }

    /// A date of the Gregorian calendar, written `2026-10-25`.
    public func date() -> YearMonthDay? {
        if let date = YearMonthDay(text) { return date }
        fault("is not a date", accepted: "a date as year-month-day, such as 2026-10-25")
        return nil
    }

    /// One of a few names.
    public func choice<Value>(_ choices: [String: Value], of what: String = "one of the accepted values")
        -> Value?
    {
        if let value = choices[text] { return value }
        let names = choices.keys.sorted()
        fault(
            "is not \(what)", accepted: names.listed(),
            suggestion: nearestName(to: text, among: names))
        return nil
    }

    /// One case of an enumeration of names.
    public func choice<Value>(
        _ type: Value.Type = Value.self, of what: String = "one of the accepted values"
    ) -> Value? where Value: RawRepresentable & CaseIterable, Value.RawValue == String {
        let pairs = Value.allCases.map { ($0.rawValue, $0) }
        return choice(Dictionary(pairs, uniquingKeysWith: { first, _ in first }), of: what)
    }

    /// An id: up to 64 letters and digits of any script, with `.`, `_` and `-` inside.
    ///
    /// An id that begins with `=`, `+`, `-` or `@` is refused because a spreadsheet would run it as a formula.
    public func identifier() -> String? {
        guard text.unicodeScalars.count <= 64 else {
            fault("is longer than 64 characters", accepted: acceptedIdentifier)
            return nil
        }
        guard let first = text.unicodeScalars.first, first.isLetterOrDigit else {
            let isFormula = text.first.map { "=+-@".contains($0) } ?? false
            let problem =
                isFormula
                ? "begins with a sign that a spreadsheet would run as a formula"
                : "does not begin with a letter or a digit"
            fault(problem, accepted: acceptedIdentifier)
            return nil
        }
        guard text.unicodeScalars.allSatisfy({ $0.isLetterOrDigit || $0.isIdentifierMark }) else {
            fault("is not an id", accepted: acceptedIdentifier)
            return nil
        }
        return text
    }

    private var acceptedIdentifier: String {
        "an id of at most 64 letters, digits, \".\", \"_\" or \"-\" that begins with a letter or a digit"
    }

    /// The parts between separators, each a value of its own; empty parts are left out.
    public func list(separator: Character = ";") -> [Scalar] {
        text.split(separator: separator).compactMap { part in
            let trimmed = part.trimmed
            return trimmed.isEmpty
                ? nil : Scalar(trimmed, at: place, faults: faults, isUnquoted: isUnquoted)
        }
    }
}

/// A date as it is written, known to exist in the Gregorian calendar.
public struct YearMonthDay: Hashable, Sendable {
    public let year: Int
    public let month: Int
    public let day: Int

    /// Reads `yyyy-mm-dd`, years 1900 to 9999.
    public init?(_ text: String) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.map(\.utf8.count) == [4, 2, 2],
            parts.allSatisfy({ $0.utf8.allSatisfy { (48...57).contains($0) } })
        else { return nil }
        let numbers = parts.compactMap { Int($0) }
        guard numbers.count == 3 else { return nil }
        (year, month, day) = (numbers[0], numbers[1], numbers[2])
        guard year >= 1900, (1...12).contains(month), (1...Self.days(in: month, of: year)).contains(day)
        else { return nil }
    }

    private static func days(in month: Int, of year: Int) -> Int {
        switch month {
        case 4, 6, 9, 11: 30
        case 2: year.isMultiple(of: 4) && (!year.isMultiple(of: 100) || year.isMultiple(of: 400)) ? 29 : 28
        default: 31
        }
    }
}

extension Sequence<String> {
    /// `a, b, c`; only the first 30 of a long list.
    package func listed() -> String {
        let names = Array(self)
        let shown = names.prefix(30).joined(separator: ", ")
        return names.count > 30 ? "\(shown) … (\(names.count) in all)" : shown
    }
}

extension String {
    /// ASCII digits with at most a minus in front and a decimal point inside: what people mean by a number.
    fileprivate var isPlainNumber: Bool {
        let digits = hasPrefix("-") ? dropFirst() : self[...]
        guard let first = digits.utf8.first, let last = digits.utf8.last, first != 46, last != 46 else {
            return false
        }
        return digits.utf8.allSatisfy { (48...57).contains($0) || $0 == 46 }
    }
}

extension Unicode.Scalar {
    fileprivate var isLetterOrDigit: Bool {
        properties.isAlphabetic || properties.numericType == .decimal
    }

    fileprivate var isIdentifierMark: Bool {
        self == "." || self == "_" || self == "-" || properties.generalCategory == .nonspacingMark
    }
}

extension StringProtocol {
    /// Without the white space around it.
    package var trimmed: String {
        guard let start = firstIndex(where: { !$0.isWhitespace }),
            let end = lastIndex(where: { !$0.isWhitespace })
        else { return "" }
        return String(self[start...end])
    }
}

extension Double {
    /// `80` rather than `80.0`.
    fileprivate var plain: String { Int(exactly: self).map(String.init) ?? String(self) }
}
