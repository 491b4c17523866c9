import Foundation

/// Colours and weight, which are never the only signal; none unless a terminal shows them.
struct Style {
    let isOn: Bool

    static let plain = Self(isOn: false)
    static let result = Self(for: STDOUT_FILENO)
    static let note = Self(for: STDERR_FILENO)

    init(isOn: Bool) { self.isOn = isOn }

    /// On for a terminal, unless `NO_COLOR` is set and not empty (https://no-color.org) or the terminal is dumb.
    private init(for descriptor: Int32) {
        let environment = ProcessInfo.processInfo.environment
        isOn =
            isatty(descriptor) == 1 && (environment["NO_COLOR"] ?? "").isEmpty
            && environment["TERM"] != "dumb"
    }

    func bold(_ text: String) -> String { wrapped(text, "1") }
    func good(_ text: String) -> String { wrapped(text, "32") }
    func bad(_ text: String) -> String { wrapped(text, "1;31") }

    /// A heading with its lines, or with a word in their place.
    func section(_ name: String, _ lines: [String], none: String) -> [String] {
        lines.isEmpty ? [bold("\(name): ") + none] : [bold(name)] + lines
    }

    private func wrapped(_ text: String, _ code: String) -> String {
        isOn ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text
    }
}
