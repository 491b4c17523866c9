import Roster

/// Sites that more than one organisation sends under that id. Travel and inductions are by site, and would be of either.
///
/// Such an id is that of the organisation that sent it first: what others send later must not stop lending to it. To the
/// others nobody is lent there, also while nothing can be read of the first. Two organisations at one place have an id each.
struct SharedSites: Hashable, Sendable {
    private let senders: [Site.ID: Set<Organisation.ID>]
    private let holders: [Site.ID: Organisation.ID]

    init(_ organisations: [OrganisationPicture]) {
        var senders: [Site.ID: Set<Organisation.ID>] = [:]
        var first: [Site.ID: Set<Organisation.ID>] = [:]
        var taken: Set<Site.ID> = []
        for organisation in organisations {
            taken.formUnion(organisation.takenSites)
            for site in (organisation.push?.sites ?? []).map(\.id) {
                senders[site, default: []].insert(organisation.id)
                if !organisation.takenSites.contains(site) {
                    first[site, default: []].insert(organisation.id)
                }
            }
        }
        self.senders = senders.filter { $0.value.count > 1 || taken.contains($0.key) }
        // Where nobody knows who came first it is nobody's.
        holders = first.compactMapValues { $0.count == 1 ? $0.first : nil }
    }

    /// Whether it is not clear which place a lender means by that site of a receiver. One that sends it too means its own.
    func isUnclear(_ site: Site.ID, from lender: Organisation.ID, to receiver: Organisation.ID) -> Bool {
        guard let senders = senders[site] else { return false }
        return holders[site] != receiver || senders.contains(lender)
    }
}
