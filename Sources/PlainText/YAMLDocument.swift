import Yams

/// The one document of a YAML file, as Yams composes it.
struct YAMLDocument {
    let root: Node

    /// - Returns: nil, with faults, if the file is not text, not YAML or empty.
    init?(_ source: SourceFile, faults: FaultList) {
        guard source.isWhole else { return nil }
        var lines = source.lines
        for standIn in standIns {
            do {
                // The basic resolver leaves every scalar as it is written.
                let parser = try Yams.Parser(yaml: lines.joined(separator: "\n"), resolver: .basic)
                guard let root = try parser.singleRoot() else {
                    faults.add(Fault(at: Place(file: source.name), "is empty", accepted: "a YAML mapping"))
                    return nil
                }
                self.root = root
                return
            } catch YamlError.duplicatedKeysInMapping(let keys, let context) {
                faults.add(
                    Fault(
                        at: Place(context.mark, in: source.name), value: keys.first,
                        "is a key twice in one mapping",
                        accepted: "each key once"))
                guard lines.renameKey(at: context.mark, to: standIn) else { return nil }
            } catch {
                faults.add(Fault(error, in: source.name))
                return nil
            }
        }
        return nil
    }

    /// Whether a key is the first of two that are the same, which is a fault already.
    static func isRepeated(_ key: Node) -> Bool {
        key.scalar?.string.unicodeScalars.first.map(standIns.contains) ?? false
    }
}

/// What the first letter of a repeated key is replaced with, another one each time. `SourceFile` lets none through.
private let standIns: [Unicode.Scalar] = (0xE000..<0xE020).compactMap(Unicode.Scalar.init)

extension [String] {
    /// Renames a key, so that the rest of the document can be read: Yams refuses it whole at its first repeated key.
    ///
    /// - Returns: false if no letter of the key stands at the mark.
    fileprivate mutating func renameKey(at mark: Mark, to standIn: Unicode.Scalar) -> Bool {
        guard indices.contains(mark.line - 1) else { return false }
        var line = Array<Unicode.Scalar>(self[mark.line - 1].unicodeScalars)
        let isQuoted = line.indices.contains(mark.column - 1) && ["\"", "'"].contains(line[mark.column - 1])
        let letter = isQuoted ? mark.column : mark.column - 1
        guard line.indices.contains(letter), line[letter].properties.isAlphabetic else { return false }
        line[letter] = standIn
        self[mark.line - 1] = String(String.UnicodeScalarView(line))
        return true
    }
}

extension Place {
    fileprivate init(_ mark: Mark, in file: String) {
        self.init(file: file, line: mark.line, column: .character(mark.column, key: nil))
    }
}

extension Fault {
    /// What Yams says of a file that is not YAML.
    fileprivate init(_ error: any Error, in file: String) {
        var place = Place(file: file)
        let problem: String
        switch error as? YamlError {
        case .scanner(let context, let what, let mark, _),
            .parser(let context, let what, let mark, _),
            .composer(let context, let what, let mark, _):
            place = Place(mark, in: file)
            problem = what + (context.map { " \($0.text) (line \($0.mark.line))" } ?? "")
        case let other:
            problem = (other.map(String.init(describing:)) ?? error.localizedDescription).shortened(to: 200)
        }
        self.init(at: place, "is not YAML: \(problem)", accepted: "YAML, indented with spaces")
    }
}
