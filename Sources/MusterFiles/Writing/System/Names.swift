import Roster
import SystemPool

/// What places are called.
package struct Names: Sendable {
    private var organisations: [Organisation.ID: String] = [:]
    private var sites: [SystemID<Site>: String] = [:]
    private var units: [SystemID<Unit>: String] = [:]

    package init(_ picture: SystemPicture) {
        for organisation in picture.organisations {
            organisations[organisation.id] = organisation.member.organisation.name
            for site in organisation.push?.sites ?? [] {
                sites[SystemID(organisation.id, site.id)] = site.name
            }
            for unit in organisation.push?.units ?? [] {
                units[SystemID(organisation.id, unit.id)] = unit.name
            }
        }
    }

    package func organisation(_ id: Organisation.ID) -> String { organisations[id] ?? id.text }
    package func site(_ id: Site.ID, of organisation: Organisation.ID) -> String {
        sites[SystemID(organisation, id)] ?? id.text
    }
    package func unit(_ id: Unit.ID, of organisation: Organisation.ID) -> String {
        units[SystemID(organisation, id)] ?? id.text
    }

    /// Units of fresh organisations of which nothing is known today or tomorrow: `Oak ward of North Star Hospital`, or the
    /// organisation for all of its units.
    package func unknownUnits(in picture: SystemPicture) -> [String] {
        picture.organisations.filter { $0.freshness == .fresh }.flatMap { organisation -> [String] in
            let (name, unknown) = (
                self.organisation(organisation.id), organisation.unknownUnits(on: picture.nextDays)
            )
            guard unknown.count < organisation.push?.units.count ?? 0 else {
                return unknown.isEmpty ? [] : [name]
            }
            return unknown.map { "\(unit($0, of: organisation.id)) of \(name)" }
        }
    }

    /// A sentence that the records made, with names for its units and times as people write them.
    package func spoken(_ sentence: String, of organisation: Organisation.ID) -> String {
        let words = sentence.split(separator: " ").map { word -> String in
            let core = word.prefix { $0 != "," }
            let name = units[SystemID(organisation, .init(String(core)))] ?? Instant(core).map(moment)
            return (name ?? String(core)) + word.dropFirst(core.count)
        }
        return words.joined(separator: " ")
    }

    /// `Ward 4, Northgate Hospital`.
    package func place(_ unit: Unit.ID, _ site: Site.ID, of organisation: Organisation.ID) -> String {
        "\(self.unit(unit, of: organisation)), \(self.site(site, of: organisation))"
    }
}
