import Roster

/// What an organisation says about lending its people: to whom, under which agreement, and who has agreed to go.
///
/// People stand here by their own id, so it stays in the organisation.
public struct LendingTerms: Hashable, Sendable {
    /// Another organisation of the system.
    public struct Partner: Hashable, Sendable {
        public let organisation: Organisation.ID
        /// The role mailbox that is told who comes; nil if it is told otherwise.
        public let mailbox: String?
        /// Sites there within reach, one way in minutes.
        public let travel: [Offer.Travel]

        public init(organisation: Organisation.ID, mailbox: String? = nil, travel: [Offer.Travel] = []) {
            self.organisation = organisation
            self.mailbox = mailbox
            self.travel = travel
        }
    }

    /// Somebody who has agreed to work elsewhere.
    public struct Volunteer: Hashable, Sendable {
        public let person: Person.ID
        public let inducted: [Site.ID]
        /// The last day for which they have agreed; nil if they set none.
        public let until: Day?

        public init(person: Person.ID, inducted: [Site.ID] = [], until: Day? = nil) {
            self.person = person
            self.inducted = inducted
            self.until = until
        }
    }

    /// How the system knows the organisation.
    public let organisation: Organisation.ID
    /// Nil if nobody is lent.
    public let agreement: Agreement.ID?
    /// The reference of the data sharing agreement under which the organisation tells its system anything; nil if none is
    /// named, and then nothing is sent. An agreement to share staff is none by itself.
    public let dataSharing: String?
    public let partners: [Partner]
    public let volunteers: [Volunteer]
    /// Whether somebody who is on duty where more are present than are asked for is offered too.
    public let lendsSurplus: Bool
    /// Whether only those may come who have been inducted at the site.
    public let needsInduction: Bool
    /// Of whom it is kept here; others may go who have agreed.
    public let passports: [Person.ID: StaffPassport]

    public init(
        organisation: Organisation.ID, agreement: Agreement.ID? = nil, dataSharing: String? = nil,
        partners: [Partner] = [], volunteers: [Volunteer] = [], lendsSurplus: Bool = false,
        needsInduction: Bool = true, passports: [Person.ID: StaffPassport] = [:]
    ) {
        self.organisation = organisation
        self.agreement = agreement
        self.dataSharing = dataSharing
        self.partners = partners
        self.volunteers = volunteers
        self.lendsSurplus = lendsSurplus
        self.needsInduction = needsInduction
        self.passports = passports
    }

    public var travel: [Offer.Travel] { partners.flatMap(\.travel) }

    public func partner(_ id: Organisation.ID) -> Partner? { partners.first { $0.organisation == id } }
}
