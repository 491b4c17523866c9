import ArgumentParser
import Foundation
import PlainText
import Roster

extension Day: ExpressibleByArgument {
    public init?(argument: String) { self.init(argument) }
}

extension Instant: ExpressibleByArgument {
    public init?(argument: String) { self.init(argument) }

    /// The present minute.
    static var now: Self { Self(minutes: Int((Date().timeIntervalSince1970 / 60).rounded(.down))) }
}

extension Identifier: ExpressibleByArgument {
    public init?(argument: String) {
        guard !argument.isEmpty else { return nil }
        self.init(argument)
    }

    /// This identifier, if it is one of those that the roster defines.
    ///
    /// - Throws: `ValidationError`, with the nearest one that is, or all if they are few.
    func required(among known: [Self], as option: String, of kind: String = "in this roster") throws -> Self {
        guard !known.contains(self) else { return self }
        let nearest = nearestName(to: text, among: known.map(\.text)).map { " Did you mean \"\($0)\"?" }
        let all = " Accepted: \(known.map(\.text).sorted().joined(separator: ", "))."
        let few = (1...Self.few).contains(known.count) ? all : ""
        throw ValidationError("\(option): \"\(text)\" is not \(kind).\(nearest ?? few)")
    }

    private static var few: Int { 12 }
}
