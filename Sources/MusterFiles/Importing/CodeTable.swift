import PlainText

/// What the codes of other systems stand for, in one domain. An id of the trust's own stands for itself.
struct CodeTable<Value> {
    /// As it stands in messages: `a grade or a code of one`.
    let what: String
    var values: [String: Value]

    /// - Parameters:
    ///   - known: what a code may stand for, by id.
    ///   - codes: the table in `mapping.yaml`.
    init(_ what: String, known: [String: Value], codes: YAMLCursor? = nil) {
        self.what = "\(what) or a code of one"
        values = known
        for (code, meaning) in codes?.entries() ?? [] {
            guard let value = meaning.scalar(accepted: "an id")?.choice(known, of: what) else { continue }
            values[code.text] = value
        }
    }

    func callAsFunction(_ scalar: Scalar?) -> Value? {
        guard let scalar else { return nil }
        if let value = values[scalar.text] { return value }
        return scalar.choice(values, of: what)
    }
}

extension CodeTable where Value: RawRepresentable & CaseIterable, Value.RawValue == String {
    init(_ what: String, codes: YAMLCursor?) {
        self.init(
            what, known: Dictionary(uniqueKeysWithValues: Value.allCases.map { ($0.rawValue, $0) }),
            codes: codes)
    }
}

extension CodeTable<String> {
    /// Words of the trust's own, which go into messages as they stand: those that it uses already, and those that codes
    /// stand for.
    init(_ what: String, words: [String], codes: YAMLCursor?) {
        var known = Dictionary(words.map { ($0, $0) }) { first, _ in first }
        for (code, meaning) in codes?.entries() ?? [] { known[code.text] = meaning.text() }
        self.init(what, known: known)
    }
}
