import Foundation
import PlainText
import Roster
import SystemPool

/// `lending.yaml`, beside an organisation's store: how the system knows it, and whom it lends.
///
///     organisation: NS1                # its code in the system
///     data-sharing: DSA-2026-014       # reference of the data sharing agreement; without one nothing is sent
///     agreement: north-star-2026       # leave out, and nobody is lent
///     lends-surplus: true              # also who is on duty where more are present than are asked for
///     needs-induction: true            # for those who come here
///     partners:
///       - organisation: NS2
///         mailbox: rostering@harbour.invalid
///         travel: {NS2-H: 35}          # minutes one way
///     people:                          # who has agreed to work elsewhere; never sent
///       - {person: n-017, inducted: [NS2-H], until: 2027-03-31}
///     passports:                       # the last day on which each is valid, or yes or no; never sent
///       n-017: {registration: 2027-06-30, right-to-work: yes, mandatory-training: 2027-01-31}
public enum LendingFile {
    /// - Throws: every fault of the file at once.
    public static func read(_ file: URL) throws(Faults) -> LendingTerms {
        try SettingsFile.read(
            file, required: ["organisation"],
            optional: [
                "data-sharing", "agreement", "lends-surplus", "needs-induction", "partners", "people",
                "passports",
            ], terms)
    }

    private static func terms(_ entry: YAMLMapping) -> LendingTerms? {
        let organisation = entry["organisation"]?.code()
        let dataSharing = entry["data-sharing"]?.text()
        let agreement = entry["agreement"]?.code()
        var sites: Set<String> = []
        let partners = entry["partners"]?.list()?.compactMap { partner($0, &sites) } ?? []
        let people = entry["people"]?.list()?.compactMap(volunteer) ?? []
        let passports = (entry["passports"]?.entries() ?? []).compactMap { person, items in
            person.identifier().map { (Person.ID($0), passport(items)) }
        }
        let lendsSurplus = entry["lends-surplus"].map { $0.boolean() ?? false } ?? false
        let needsInduction = entry["needs-induction"].map { $0.boolean() ?? true } ?? true
        return organisation.map {
            LendingTerms(
                organisation: Organisation.ID($0), agreement: agreement.map { Agreement.ID($0) },
                dataSharing: dataSharing, partners: partners, volunteers: people, lendsSurplus: lendsSurplus,
                needsInduction: needsInduction,
                // Of a person who is named twice the second is a fault already.
                passports: Dictionary(passports) { first, _ in first })
        }
    }

    /// - Parameter sites: Those that were named before: the system knows a site by its id alone.
    private static func partner(_ cursor: YAMLCursor, _ sites: inout Set<String>) -> LendingTerms.Partner? {
        guard let entry = cursor.mapping(required: ["organisation"], optional: ["mailbox", "travel"]) else {
            return nil
        }
        let mailbox = entry["mailbox"]?.scalar(accepted: "a mailbox")?.mailbox()
        let travel = entry["travel"]?.entries()?.compactMap { place, minutes -> Offer.Travel? in
            guard let site = place.code(), let minutes = minutes.integer(in: 0...600) else {
                return nil
            }
            if !sites.insert(site).inserted {
                place.fault("is a site of another partner too", accepted: "an id that one organisation uses")
            }
            return Offer.Travel(site: Site.ID(site), minutes: minutes)
        }
        return entry["organisation"]?.code().map {
            LendingTerms.Partner(
                organisation: Organisation.ID($0), mailbox: mailbox, travel: travel ?? [])
        }
    }

    private static func volunteer(_ cursor: YAMLCursor) -> LendingTerms.Volunteer? {
        guard let entry = cursor.mapping(required: ["person"], optional: ["inducted", "until"]) else {
            return nil
        }
        let sites = entry["inducted"]?.list()?.compactMap { $0.code() } ?? []
        let until = entry["until"]?.day()
        return entry["person"]?.identifier().map {
            LendingTerms.Volunteer(
                person: Person.ID($0), inducted: sites.map { Site.ID($0) }, until: until)
        }
    }

    private static func passport(_ cursor: YAMLCursor) -> StaffPassport {
        let entry = cursor.mapping(required: [], optional: StaffPassport.Item.allCases.map(\.rawValue))
        let standings = StaffPassport.Item.allCases.compactMap { item in
            entry?[item.rawValue].flatMap(standing).map { (item, $0) }
        }
        return StaffPassport(Dictionary(uniqueKeysWithValues: standings))
    }

    private static func standing(_ cursor: YAMLCursor) -> StaffPassport.Standing? {
        cursor.value(accepted: "its last valid day such as 2027-03-31, yes or no") { text in
            switch text.lowercased() {
            case "yes", "true": .held
            case "no", "false": .notHeld
            default: Day(text).map(StaffPassport.Standing.through)
            }
        }
    }
}

extension YAMLCursor {
    /// An id that goes to the system.
    fileprivate func code() -> String? { scalar(accepted: CheckedCode.accepted)?.code() }
}

extension Scalar {
    fileprivate func code() -> String? {
        guard let problem = CheckedCode.problem(of: text) else { return identifier() }
        fault(problem, accepted: CheckedCode.accepted)
        return nil
    }
}
