import PlainText
import Roster

/// What a roster defines of one kind, by id, so that references to it can be checked.
///
/// A definition with a fault still lends its id to references. If it cannot be known which ids there are, because a
/// file or a line could not be read, every reference is let through: the loss is a fault already, and a hundred
/// more about those who refer to it would hide it.
struct Definitions<Value> {
    /// As it stands in messages: `a unit of this roster`.
    let what: String
    /// In the order of the file.
    private(set) var values: [Value] = []
    private var valuesByID: [String: Value] = [:]
    private var idsByText: [String: Identifier<Value>] = [:]
    /// Every id that a reference may name.
    var ids: some Collection<Identifier<Value>> { idsByText.values }
    /// Each id as it stands in its file.
    private var written: [String: Scalar] = [:]
    private(set) var isComplete: Bool

    init(_ what: String, isComplete: Bool = false) {
        self.what = what
        self.isComplete = isComplete
    }

    /// Reads a list of mappings with an `id` each; nothing where the list is missing.
    init(
        _ what: String, from list: YAMLCursor?, required: [String] = [], optional: [String] = [],
        make: (Identifier<Value>, YAMLMapping) -> Value?
    ) {
        self.init(what)
        guard let items = list?.list() else { return }
        isComplete = true
        for item in items {
            guard let entry = item.mapping(required: ["id"] + required, optional: optional) else {
                isComplete = false
                continue
            }
            define(entry["id"]?.scalar(accepted: "an id")) { make($0, entry) }
        }
    }

    /// What was read before.
    init(
        _ what: String, _ values: [Value], isComplete: Bool = true, by id: (Value) -> Identifier<Value>
    ) {
        self.init(what, isComplete: isComplete)
        self.values = values
        for value in values {
            admit(id(value))
            valuesByID[id(value).text] = value
        }
    }

    /// Whether everything that is defined could be read.
    var isSound: Bool { isComplete && written.keys.allSatisfy { valuesByID[$0] != nil } }

    subscript(id: Identifier<Value>) -> Value? { valuesByID[id.text] }

    /// Takes up one definition; an id that is taken is a fault.
    mutating func define(_ scalar: Scalar?, make: (Identifier<Value>) -> Value?) {
        guard let scalar else {
            isComplete = false
            return
        }
        let id = Identifier<Value>(scalar.text)
        let isSound = scalar.identifier() != nil
        if let line = written[id.text]?.place.line {
            scalar.fault("is defined twice, first in line \(line)", accepted: "each id once")
        } else {
            idsByText[id.text] = id
            written[id.text] = scalar
        }
        guard let value = make(id), isSound, valuesByID[id.text] == nil else { return }
        valuesByID[id.text] = value
        values.append(value)
    }

    /// Lets references to an id pass that has no definition of its own.
    mutating func admit(_ id: Identifier<Value>) { idsByText[id.text] = id }

    /// Adds a fault about a definition, at its id.
    func fault(_ id: Identifier<Value>, _ problem: String, accepted: String) {
        written[id.text]?.fault(problem, accepted: accepted)
    }

    /// Checks a reference: an id that is not defined is a fault.
    ///
    /// - Parameter name: what it is called in messages; nil means ``what``.
    func reference(_ scalar: Scalar?, as name: String? = nil) -> Identifier<Value>? {
        guard let scalar else { return nil }
        guard isComplete else { return Identifier(scalar.text) }
        guard !idsByText.isEmpty else {
            scalar.fault("is not \(name ?? what)", accepted: "nothing: none is defined")
            return nil
        }
        return scalar.choice(idsByText, of: name ?? what)
    }

    /// Checks a list of references in YAML.
    func references(_ cursor: YAMLCursor?) -> Set<Identifier<Value>> {
        references(cursor?.list()?.compactMap { $0.scalar(accepted: "an id") } ?? [])
    }

    func references(_ scalars: [Scalar]) -> Set<Identifier<Value>> {
        Set(scalars.compactMap { reference($0) })
    }
}

extension Definitions {
    /// The same ids with other values.
    func mapValues(_ transform: (Value) -> Value) -> Self {
        var copy = self
        copy.values = values.map(transform)
        copy.valuesByID = valuesByID.mapValues(transform)
        return copy
    }
}
