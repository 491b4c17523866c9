import Yams

/// A place in a YAML file that is being read: a mapping, a list or a scalar.
///
///     guard let root = YAMLCursor(file, faults: faults),
///         let roster = root.mapping(required: ["period", "shift_types"], optional: ["name"])
///     else { return }
///     let name = roster["name"]?.text()
///     for item in roster["shift_types"]?.list() ?? [] {
///         guard let shift = item.mapping(required: ["id", "start"], optional: ["on_site"]) else { continue }
///         let id = shift["id"]?.identifier()
///         let start = shift["start"]?.value(accepted: "a time of day such as 07:30") { TimeOfDay($0) }
///         let onSite = shift["on_site"]?.boolean() ?? true
///         …
///     }
///
/// Reading continues after a fault: a reading that fails adds its fault and gives nil. Scalars are read from their
/// source text (see `Scalar`), so none of YAML 1.1's surprises happen. A mapping is always opened with all the keys
/// that it accepts, so an unknown key cannot slip through.
public struct YAMLCursor {
    public let place: Place
    private let node: Node
    private let faults: FaultList

    /// Reads a file of one YAML document.
    ///
    /// - Returns: nil, with faults, if the file is not text, not YAML or empty.
    public init?(_ source: SourceFile, faults: FaultList) {
        guard let root = YAMLDocument(source, faults: faults)?.root else { return nil }
        self.init(root, key: nil, file: source.name, faults: faults)
    }

    fileprivate init(_ node: Node, key: String?, file: String, faults: FaultList) {
        place = Place(
            file: file, line: node.mark?.line, column: node.mark.map { .character($0.column, key: key) })
        self.node = node
        self.faults = faults
    }

    /// Adds a fault about this value.
    public func fault(_ problem: String, accepted: String? = nil, suggestion: String? = nil) {
        faults.add(
            Fault(at: place, value: node.scalar?.string, problem, accepted: accepted, suggestion: suggestion))
    }

    /// Opens a mapping with all its keys: an unknown key or a required one that is missing is a fault.
    public func mapping(required: [String], optional: [String] = []) -> YAMLMapping? {
        guard let entries = entries() else { return nil }
        let names = required + optional
        for (key, _) in entries where !names.contains(key.text) {
            key.fault(
                "is no key of this mapping", accepted: names.listed(),
                suggestion: nearestName(to: key.text, among: names))
        }
        let values = Dictionary(
            entries.map { ($0.key.text, $0.value) }, uniquingKeysWith: { first, _ in first })
        let missing = required.filter { values[$0]?.isNothing ?? true }
        if !missing.isEmpty {
            let keys = missing.count == 1 ? "the required key" : "the required keys"
            faults.add(
                Fault(at: place, "lacks \(keys) \(missing.joined(separator: ", "))", accepted: names.listed())
            )
        }
        return YAMLMapping(place: place, accepted: Set(names), values: values.filter { !$0.value.isNothing })
    }

    /// The keys and values of a mapping whose keys are free, in the order of the file.
    public func entries() -> [(key: Scalar, value: YAMLCursor)]? {
        guard case .mapping(let mapping) = node, hasPlainTag else {
            return refuse("a mapping of keys and values")
        }
        return mapping.compactMap { key, value in
            if YAMLDocument.isRepeated(key) { return nil }
            let key = YAMLCursor(key, key: nil, file: place.file, faults: faults)
            guard let name = key.scalar(accepted: "a key") else { return nil }
            return (name, YAMLCursor(value, key: name.text.shortened(), file: place.file, faults: faults))
        }
    }

    /// One value of a mapping before its keys are checked, for a mapping whose keys depend on what it is.
    public func peek(_ key: String) -> YAMLCursor? {
        guard let value = node.mapping?[key] else { return nil }
        let cursor = YAMLCursor(value, key: key, file: place.file, faults: faults)
        return cursor.isNothing ? nil : cursor
    }

    /// The items of a list.
    public func list() -> [YAMLCursor]? {
        guard case .sequence(let items) = node, hasPlainTag else { return refuse("a list") }
        return items.map { YAMLCursor($0, key: place.key, file: place.file, faults: faults) }
    }

    /// Whether a list stands here, where a single value is accepted too.
    public var isList: Bool {
        if case .sequence = node { true } else { false }
    }

    /// The scalar that stands here; a list, a mapping or nothing is a fault.
    public func scalar(accepted: String) -> Scalar? {
        guard case .scalar(let scalar) = node, !isNothing, hasPlainTag else { return refuse(accepted) }
        guard scalar.string.unicodeScalars.count <= Table.cellLimit else {
            fault("is too long", accepted: "at most \(Table.cellLimit) characters")
            return nil
        }
        return Scalar(
            scalar.string.trimmed, at: place, faults: faults)
    }

    /// A key without a value, `~` or `null`.
    private var isNothing: Bool {
        guard case .scalar(let scalar) = node, scalar.style == .plain else { return false }
        return ["", "~", "null", "Null", "NULL"].contains(scalar.string)
    }

    /// Whether no tag such as `!!binary` asks for another reading.
    private var hasPlainTag: Bool {
        [Tag(.str), Tag(.map), Tag(.seq)].contains(node.tag)
    }

    private func refuse<Value>(_ accepted: String) -> Value? {
        let found =
            switch node {
            case _ where !hasPlainTag: "has a tag, \(String(describing: node.tag).shortened())"
            case _ where isNothing: "is empty"
            case .scalar: "is a single value"
            case .sequence: "is a list"
            case .mapping: "is a mapping"
            case .alias: "is an alias"
            }
        fault(found, accepted: accepted)
        return nil
    }
}

/// The readings of `Scalar` for the value that stands here.
extension YAMLCursor {
    /// Text, also where it looks like a number or a truth value; empty text in quotation marks is a fault.
    public func text() -> String? {
        guard let scalar = scalar(accepted: "text") else { return nil }
        guard !scalar.text.isEmpty else {
            fault("is empty", accepted: "text")
            return nil
        }
        return scalar.text
    }

    public func identifier() -> String? { scalar(accepted: "an id")?.identifier() }

    public func integer(in range: ClosedRange<Int>) -> Int? {
        scalar(accepted: "a whole number")?.integer(in: range)
    }

    public func decimal(in range: ClosedRange<Double>) -> Double? {
        scalar(accepted: "a number")?.decimal(in: range)
    }

    public func boolean() -> Bool? { scalar(accepted: "true or false")?.boolean() }

    public func date() -> YearMonthDay? { scalar(accepted: "a date such as 2026-10-25")?.date() }

    public func choice<Value>(_ choices: [String: Value], of what: String = "one of the accepted values")
        -> Value?
    {
        scalar(accepted: choices.keys.sorted().listed())?.choice(choices, of: what)
    }

    public func value<Value>(accepted: String, _ parse: (String) -> Value?) -> Value? {
        scalar(accepted: accepted)?.value(accepted: accepted, parse)
    }
}

/// A mapping whose keys were checked. Asking for a key that it was not opened with is a programming error.
public struct YAMLMapping {
    public let place: Place
    fileprivate let accepted: Set<String>
    fileprivate let values: [String: YAMLCursor]

    /// The value of a key; nil if the key is missing or has no value, which was a fault already if it is required.
    public subscript(_ key: String) -> YAMLCursor? {
        precondition(accepted.contains(key), "the mapping was not opened with a key \(key)")
        return values[key]
    }
}

extension Place {
    fileprivate var key: String? {
        guard case .character(_, let key) = column else { return nil }
        return key
    }
}
