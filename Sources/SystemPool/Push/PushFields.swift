import Roster

/// Collects the faults of one push. It is a class because every field adds to the same list; it stays on one thread.
final class PushFaultList {
    private(set) var faults: [PushFault] = []

    func add(_ pointer: String, _ value: String? = nil, _ problem: String, accepted: String? = nil) {
        faults.append(PushFault(pointer: pointer, value: value.map(Self.short), problem, accepted: accepted))
    }

    /// At most 40 characters, control characters made visible.
    private static func short(_ text: String) -> String {
        let scalars = text.unicodeScalars.prefix(40).map { scalar in
            switch scalar.properties.generalCategory {
            case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse:
                "\\u{\(String(scalar.value, radix: 16))}"
            default: String(scalar)
            }
        }
        return scalars.joined() + (text.unicodeScalars.count > 40 ? "…" : "")
    }
}

/// The fields of one JSON object. Each reading adds a fault and returns nil if the field is not as it should be.
struct PushFields {
    let fields: [String: JSONValue]
    let pointer: String
    let list: PushFaultList

    /// Nil, with a fault, if it is no object; keys that nobody knows are faults too.
    init?(_ value: JSONValue, at pointer: String, keys: [String], _ list: PushFaultList) {
        guard case .object(let fields) = value else {
            list.add(pointer, value.plain, "is not an object")
            return nil
        }
        self.fields = fields
        self.pointer = pointer
        self.list = list
        for key in fields.keys.sorted() where !keys.contains(key) {
            list.add(pointer, key, "is not a known field", accepted: keys.joined(separator: ", "))
        }
    }

    static func escaped(_ key: String) -> String {
        String(key.prefix(40)).replacing("~", with: "~0").replacing("/", with: "~1")
    }

    func at(_ key: String) -> String { "\(pointer)/\(key)" }

    func fault(_ key: String, _ value: String? = nil, _ problem: String, accepted: String? = nil) {
        list.add(at(key), value, problem, accepted: accepted)
    }

    /// Nil, without a fault, for a field that is missing or null.
    func value(_ key: String) -> JSONValue? {
        switch fields[key] {
        case nil, .null: nil
        case let value: value
        }
    }

    private func required(_ key: String) -> JSONValue? {
        if let value = value(key) { return value }
        fault(key, nil, "is missing")
        return nil
    }

    /// Reads a text through `parse`.
    func text<Value>(_ key: String, accepted: String, _ parse: (String) -> Value?) -> Value? {
        guard let value = required(key) else { return nil }
        return Self.parsed(value, at(key), accepted, list, parse)
    }

    private static func parsed<Value>(
        _ value: JSONValue, _ pointer: String, _ accepted: String, _ list: PushFaultList,
        _ parse: (String) -> Value?
    ) -> Value? {
        if case .text(let text) = value, let read = parse(text) { return read }
        list.add(pointer, value.plain, "does not fit", accepted: accepted)
        return nil
    }

    func code<Kind>(_ key: String, of kind: Kind.Type = Kind.self) -> Identifier<Kind>? {
        text(key, accepted: CheckedCode.accepted, Self.code)
    }

    private static func code<Kind>(_ text: String) -> Identifier<Kind>? {
        CheckedCode.isCode(text) ? Identifier(text) : nil
    }

    func codes<Kind>(_ key: String, limit: Int, of kind: Kind.Type = Kind.self) -> [Identifier<Kind>] {
        items(key, limit: limit) { value, pointer in
            Self.parsed(value, pointer, CheckedCode.accepted, list, Self.code)
        }
    }

    func word<Word: RawRepresentable & CaseIterable>(_ key: String, or standard: Word? = nil) -> Word?
    where Word.RawValue == String {
        if let standard, value(key) == nil { return standard }
        return text(key, accepted: Word.allCases.map(\.rawValue).joined(separator: ", ")) {
            Word(rawValue: $0)
        }
    }

    /// The name of a place.
    func label(_ key: String) -> String? {
        text(
            key, accepted: "the name of a place in 1 to 60 characters, which names no person",
            Remark.placeName)
    }

    func instant(_ key: String) -> Instant? {
        text(key, accepted: "\(CheckedTime.accepted) with its offset, as 2026-01-12T07:30+00:00") { text in
            Instant(text).flatMap { CheckedTime.isTime($0) ? $0 : nil }
        }
    }

    private static let dayAccepted = "a date, as 2026-01-12"

    func day(_ key: String) -> Day? { text(key, accepted: Self.dayAccepted) { Day($0) } }

    func days(_ key: String, limit: Int) -> [Day] {
        items(key, limit: limit) { value, pointer in
            Self.parsed(value, pointer, Self.dayAccepted, list) { Day($0) }
        }
    }

    func int(_ key: String, _ range: ClosedRange<Int>, or standard: Int? = nil) -> Int? {
        if let standard, value(key) == nil { return standard }
        guard let value = required(key) else { return nil }
        return Self.int(value, at(key), range, list)
    }

    private static func int(
        _ value: JSONValue, _ pointer: String, _ range: ClosedRange<Int>, _ list: PushFaultList
    ) -> Int? {
        if case .number(let number) = value, let whole = Int(exactly: number), range.contains(whole) {
            return whole
        }
        list.add(
            pointer, value.plain, "does not fit",
            accepted: "a whole number from \(range.lowerBound) to \(range.upperBound)")
        return nil
    }

    func ints(_ key: String, limit: Int, _ range: ClosedRange<Int>) -> [Int] {
        items(key, limit: limit) { value, pointer in Self.int(value, pointer, range, list) }
    }

    func number(_ key: String) -> Double? {
        guard let value = required(key) else { return nil }
        if case .number(let number) = value, number.isFinite { return number }
        fault(key, value.plain, "is not a number")
        return nil
    }

    func flag(_ key: String, or standard: Bool? = nil) -> Bool? {
        if let standard, value(key) == nil { return standard }
        guard let value = required(key) else { return nil }
        if case .flag(let flag) = value { return flag }
        fault(key, value.plain, "does not fit", accepted: "true, false")
        return nil
    }

    /// The items of a list that could be read; a list that is missing is empty.
    func items<Value>(_ key: String, limit: Int, _ read: (JSONValue, String) -> Value?) -> [Value] {
        guard let value = value(key) else { return [] }
        guard case .list(let items) = value else {
            fault(key, value.plain, "is not a list")
            return []
        }
        guard items.count <= limit else {
            fault(key, nil, "has \(items.count) items", accepted: "at most \(limit)")
            return []
        }
        return items.enumerated().compactMap { read($0.element, "\(at(key))/\($0.offset)") }
    }
}
