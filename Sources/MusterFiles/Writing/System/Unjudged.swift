import Roster
import SystemPool

/// Organisations of whose gaps, offers and figures nothing is judged, since what they sent is too old, or nothing is known.
///
/// Where a list is empty for want of them, it is not enough to say that there is nothing.
package struct Unjudged {
    private let organisations: [OrganisationPicture]
    /// Whether nothing at all is judged.
    package let isEverybody: Bool

    /// Nil if the data of all are up to date.
    package init?(_ picture: SystemPicture) {
        organisations = picture.organisations.filter { $0.freshness != .fresh }
        isEverybody = organisations.count == picture.organisations.count
        guard !organisations.isEmpty else { return nil }
    }

    /// So many are named; of more than that it is said how many.
    private static let most = 3

    /// `Nothing was judged of Moor Mental Health: the data are too old.`, or of everybody.
    package var sentence: String {
        let old = organisations.contains { $0.freshness == .stale }
        let missing = organisations.contains { $0.freshness == .unknown }
        let why = "the data are " + (!missing ? "too old" : old ? "too old or missing" : "missing")
        return isEverybody && organisations.count > 1
            ? "Nothing was judged: of all \(counted(organisations.count, "organisation")) \(why)."
            : "Nothing was judged of \(who): \(why)."
    }

    private var who: String {
        let names = organisations.map(\.member.organisation.name)
        return names.count <= Self.most
            ? names.joined(separator: ", ")
            : "\(names.prefix(Self.most - 1).joined(separator: ", ")) and \(names.count - Self.most + 1) more"
    }

    /// What stands where a list is empty: that there is nothing holds only of those that are judged.
    package func none(_ text: String) -> String { isEverybody ? sentence : "\(text) \(sentence)" }
}

extension Unjudged? {
    /// The same, or what stands there if everybody is judged.
    package func none(_ text: String) -> String { self?.none(text) ?? text }
}
