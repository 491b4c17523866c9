/// A piece of a page. Text that is put into it is escaped, so that a name can never become markup:
///
///     let cell: HTML = "<td>\(person.name)</td>"
///
/// Only literals in the code and other pieces go in as they are.
package struct HTML: ExpressibleByStringInterpolation, Sendable {
    package private(set) var source: String

    package init(stringLiteral value: String) { source = value }
    package init(stringInterpolation: StringInterpolation) { source = stringInterpolation.source }

    package var isEmpty: Bool { source.isEmpty }

    package struct StringInterpolation: StringInterpolationProtocol {
        var source = ""

        package init(literalCapacity: Int, interpolationCount: Int) {
            source.reserveCapacity(literalCapacity)
        }

        package mutating func appendLiteral(_ literal: String) { source += literal }
        package mutating func appendInterpolation(_ html: HTML) { source += html.source }
        package mutating func appendInterpolation(_ number: Int) { source += String(number) }
        package mutating func appendInterpolation(_ text: String) { source += HTML.escaped(text) }
        package mutating func appendInterpolation(_ pieces: [HTML]) {
            for piece in pieces { source += piece.source }
        }
    }

    /// Safe between tags and between quotes. Control characters, which HTML forbids, become U+FFFD.
    static func escaped(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            case "'": result += "&#39;"
            case "\t", "\n": result.unicodeScalars.append(scalar)
            case _ where scalar.properties.generalCategory == .control: result += "\u{FFFD}"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}
