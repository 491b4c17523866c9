/// An employer: a trust, a community provider, a general practice. Invented ones carry invented codes.
public struct Organisation: Hashable, Sendable, Codable {
    public typealias ID = Identifier<Organisation>
    public let id: ID
    public let name: String

    public init(id: ID, name: String) {
        self.id = id
        self.name = name
    }
}

/// A place where units are; skills such as a local induction are tied to it.
public struct Site: Hashable, Sendable, Codable {
    public typealias ID = Identifier<Site>
    public let id: ID
    public let name: String
    public let organisation: Organisation.ID

    public init(id: ID, name: String, organisation: Organisation.ID) {
        self.id = id
        self.name = name
        self.organisation = organisation
    }
}

/// A ward, department or team that is staffed.
public struct Unit: Hashable, Sendable, Codable {
    public typealias ID = Identifier<Unit>
    public let id: ID
    public let name: String
    public let site: Site.ID
    public let organisation: Organisation.ID
    /// Ranges of days, first and last included, on which the unit is shut and needs nobody.
    public let closed: [ClosedRange<Day>]

    public init(
        id: ID, name: String, site: Site.ID, organisation: Organisation.ID, closed: [ClosedRange<Day>] = []
    ) {
        self.id = id
        self.name = name
        self.site = site
        self.organisation = organisation
        self.closed = closed
    }

    public func isClosed(on day: Day) -> Bool { closed.contains { $0.contains(day) } }
}
