import Roster

/// All that one organisation shows to the system, as of one extract. A newer one takes the place of the older whole.
///
/// Its JSON is described in `Documentation/push.md`; ``read(_:)`` reads it and finds every fault at once.
public struct OrganisationPush: Hashable, Sendable, Codable {
    /// The version of the schema.
    public static let schema = 1

    public struct Place: Hashable, Sendable, Codable {
        public let id: Site.ID
        public let name: String

        public init(id: Site.ID, name: String) {
            self.id = id
            self.name = name
        }
    }

    public struct Ward: Hashable, Sendable, Codable {
        public let id: Unit.ID
        public let name: String
        public let site: Site.ID
        /// Days of which nothing is known there, so that no vacancy does not mean that nobody is missing; nil for none.
        public let unknown: [Day]?

        public init(id: Unit.ID, name: String, site: Site.ID, unknown: [Day] = []) {
            self.id = id
            self.name = name
            self.site = site
            self.unknown = unknown.isEmpty ? nil : unknown
        }
    }

    public let schema: Int
    public let organisation: Organisation.ID
    /// When all this was true: with the organisation, the key under which a push is known.
    public let extractedAt: Instant
    /// The days that it is about.
    public let first: Day
    public let days: Int
    public let sites: [Place]
    public let units: [Ward]
    public let vacancies: [Vacancy]
    public let cover: [CoverLine]
    public let offers: [Offer]
    public let metrics: [Metric]
    public let opel: OpelEntry?
    /// Confirmed bookings of the system that vacancies, cover and offers here already allow for.
    public let includes: [AidRequest.ID]

    public init(
        organisation: Organisation.ID, extractedAt: Instant, first: Day, days: Int = 3, sites: [Place] = [],
        units: [Ward] = [], vacancies: [Vacancy] = [], cover: [CoverLine] = [], offers: [Offer] = [],
        metrics: [Metric] = [], opel: OpelEntry? = nil, includes: [AidRequest.ID] = []
    ) {
        schema = Self.schema
        self.organisation = organisation
        self.extractedAt = extractedAt
        self.first = first
        self.days = days
        self.sites = sites
        self.units = units
        self.vacancies = vacancies
        self.cover = cover
        self.offers = offers
        self.metrics = metrics
        self.opel = opel
        self.includes = includes
    }
}

extension OrganisationPush {
    /// With figures that others told.
    public func adding(_ metrics: [Metric], opel: OpelEntry?) -> OrganisationPush {
        OrganisationPush(
            organisation: organisation, extractedAt: extractedAt, first: first, days: days, sites: sites,
            units: units, vacancies: vacancies, cover: cover, offers: offers, metrics: self.metrics + metrics,
            opel: opel, includes: includes)
    }

    /// Those of its sites whose id another organisation sent first.
    public func sites(heldByOthers holders: [Site.ID: Organisation.ID]) -> [Site.ID] {
        sites.map(\.id).filter { holders[$0] ?? organisation != organisation }
    }
}

/// What became of a push.
public struct PushReceipt: Hashable, Sendable, Codable {
    public enum Result: String, CaseIterable, Hashable, Sendable, Codable {
        /// It is what the system now knows of the organisation.
        case taken
        /// The same was here before; nothing changed.
        case repeated
        /// A newer extract is here already; nothing changed.
        case older
    }

    public let organisation: Organisation.ID
    public let extractedAt: Instant
    public let result: Result
    /// SHA-256 of the push in its canonical form, in hexadecimal.
    public let hash: String
    public let vacancies: Int
    public let offers: Int
    /// Sites whose id another organisation sent first: nobody is lent to them until they have another.
    public let takenSites: [Site.ID]
    /// What to put right, in a sentence each.
    public let warnings: [String]

    public init(
        organisation: Organisation.ID, extractedAt: Instant, result: Result, hash: String, vacancies: Int,
        offers: Int, takenSites: [Site.ID] = []
    ) {
        self.organisation = organisation
        self.extractedAt = extractedAt
        self.result = result
        self.hash = hash
        self.vacancies = vacancies
        self.offers = offers
        self.takenSites = takenSites
        warnings =
            takenSites.isEmpty ? [] : ["\(Self.words(ofTaken: takenSites)): send them under ids of your own."]
    }

    /// `another organisation sent these sites first, so nobody is lent there: MAIN`.
    public static func words(ofTaken sites: [Site.ID]) -> String {
        "another organisation sent these sites first, so nobody is lent to yours: "
            + sites.map(\.text).joined(separator: ", ")
    }
}
