import Foundation

/// Finds keys that one object of a JSON text has twice: a reader of JSON keeps one of the two and says nothing, so what
/// was sent would not be what is believed.
public struct RepeatedKeys {
    private struct Level {
        let isObject: Bool
        /// Of an object: the keys so far, and the last of them.
        var seen: Set<String> = []
        var key = ""
        /// Of a list: the item.
        var index = 0
    }

    private let bytes: [UInt8]
    private var levels: [Level] = []
    private var found: [PushFault] = []

    /// One fault for each key that comes again, as many as are listed.
    ///
    /// - Parameter bytes: One JSON value in UTF-8; whether it is one has been seen before.
    /// - Complexity: Linear in the bytes.
    public static func faults(in bytes: Data) -> [PushFault] {
        var search = RepeatedKeys(bytes: Array(bytes))
        search.run()
        return search.found
    }

    private init(bytes: [UInt8]) { self.bytes = bytes }

    private mutating func run() {
        var index = 0
        // Where a text stands in an object, it is a key until a colon has come.
        var isKey = false
        while index < bytes.count, found.count < PushFaults.limit {
            switch bytes[index] {
            case UInt8(ascii: "{"):
                levels.append(Level(isObject: true))
                isKey = true
            case UInt8(ascii: "["):
                levels.append(Level(isObject: false))
                isKey = false
            case UInt8(ascii: "}"), UInt8(ascii: "]"):
                levels.removeLast(levels.isEmpty ? 0 : 1)
                isKey = false
            case UInt8(ascii: ","): isKey = next()
            case UInt8(ascii: ":"): isKey = false
            case UInt8(ascii: "\""):
                let end = self.end(ofTextAt: index)
                if isKey { take(key(from: index, to: end)) }
                index = end
            default: break
            }
            index += 1
        }
    }

    /// Goes on to the next item or field; whether a key comes.
    private mutating func next() -> Bool {
        guard let level = levels.last else { return false }
        levels[levels.count - 1].index += 1
        return level.isObject
    }

    /// The index of the closing quotation mark.
    private func end(ofTextAt start: Int) -> Int {
        var index = start + 1
        while index < bytes.count, bytes[index] != UInt8(ascii: "\"") {
            index += bytes[index] == UInt8(ascii: "\\") ? 2 : 1
        }
        return index
    }

    /// `"\u0061"` is the same key as `"a"`.
    private func key(from start: Int, to end: Int) -> String {
        let inside = bytes[min(start + 1, bytes.count)..<min(end, bytes.count)]
        guard inside.contains(UInt8(ascii: "\\")), end < bytes.count,
            let text = try? JSONDecoder().decode(String.self, from: Data(bytes[start...end]))
        else { return String(decoding: inside, as: UTF8.self) }
        return text
    }

    private mutating func take(_ key: String) {
        guard !levels.isEmpty else { return }
        levels[levels.count - 1].key = key
        if !levels[levels.count - 1].seen.insert(key).inserted {
            found.append(
                PushFault(pointer: "", value: path, "stands there twice", accepted: "each field once"))
        }
    }

    /// As a JSON pointer, also of fields that nobody knows.
    private var path: String {
        levels.map { level in
            level.isObject ? "/\(PushFields.escaped(level.key))" : "/\(level.index)"
        }.joined()
    }
}
