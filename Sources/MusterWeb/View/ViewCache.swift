import Foundation
import Hummingbird
import MusterFiles
import Synchronization

/// What was made of one version of the view, for all who may see the same of it: a page takes milliseconds to make, and
/// everybody asks for it when something has changed.
final class ViewCache<Value: Sendable>: Sendable {
    /// Who may see the same.
    private struct Audience: Hashable {
        let role: AccessRole
        let organisations: Set<String>?
        let hasSession: Bool
    }

    private struct Place: Hashable {
        /// Its parts, since the router overlooks a slash too many.
        let path: [Substring]
        let query: [Substring?]
    }

    private struct State {
        var version = ""
        var values: [Audience: [Place: Value]] = [:]
    }

    /// Of paths and numbers of pages there are many, and anybody may make up more: beyond this many nothing is kept for
    /// whoever may see the same, which takes no place from the others.
    private let limit = 200
    private let state = Mutex(State())

    /// - Parameter parameters: Those of the query that the value depends on. Anybody may make up others, which neither
    ///   have anything made anew nor take others' places.
    func value(
        _ request: Request, _ parameters: [String], _ visitor: Visitor, version: String,
        _ make: () throws -> Value
    ) rethrows -> Value {
        let query = parameters.map { request.uri.queryParameters[Substring($0)] }
        let place = Place(path: request.uri.path.split(separator: "/"), query: query)
        let audience = Audience(
            role: visitor.role, organisations: visitor.organisations, hasSession: visitor.formKey != nil)
        let known = state.withLock { $0.version == version ? $0.values[audience]?[place] : nil }
        if let known { return known }
        let value = try make()
        state.withLock { state in
            if state.version != version { state = State(version: version) }
            if state.values[audience, default: [:]].count < limit {
                state.values[audience, default: [:]][place] = value
            }
        }
        return value
    }
}

/// A page for all who may see the same; only the key of the session is put in for each.
struct SharedPage: Sendable {
    /// Without its content.
    private let frame: Page
    private let pieces: [String]

    /// Stands for the key while the page is made. It is no text that anybody could guess and write into a page.
    private static let place = hexadecimal(randomBytes(32))

    /// - Parameter make: Makes the page for a visitor without a key of their own.
    init(for visitor: Visitor, _ make: (Visitor) throws -> Page) rethrows {
        let key: String? = visitor.formKey == nil ? nil : Self.place
        let page = try make(
            Visitor(
                role: visitor.role, organisations: visitor.organisations, name: "", label: "", formKey: key))
        frame = Page(
            title: page.title, section: page.section, revision: page.revision, events: page.events,
            content: "")
        pieces = page.content.source.components(separatedBy: ("\(Self.place)" as HTML).source)
    }

    func page(for visitor: Visitor) -> Page {
        let content = HTML(stringLiteral: pieces.joined(separator: visitor.formKey ?? ""))
        return Page(
            title: frame.title, section: frame.section, revision: frame.revision, events: frame.events,
            content: content)
    }
}
