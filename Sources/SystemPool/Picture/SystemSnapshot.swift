import Roster

/// A system as of one moment, with the levels, risks and hours that follow from what is known.
public struct SystemSnapshot: Hashable, Sendable {
    public let picture: SystemPicture
    /// One for each organisation, in the system's order.
    public let escalation: [EscalationState]
    /// Those that are open.
    public let risks: [RiskRow]
    /// Rows beside them that nobody can read.
    public let unreadableRisks: [UnreadableRisk]
    public let ledger: AidLedger

    public init(
        picture: SystemPicture, escalation: [EscalationState], risks: [RiskRow],
        unreadableRisks: [UnreadableRisk] = [], ledger: AidLedger
    ) {
        self.picture = picture
        self.escalation = escalation
        self.risks = risks
        self.unreadableRisks = unreadableRisks
        self.ledger = ledger
    }

    /// Of a system that keeps no records: levels begin now, and risks are those that the latest pushes raise.
    public init(_ system: HealthSystem, pushes: [OrganisationPush], at: Instant) {
        let picture = SystemPicture.assemble(
            system, pushes: pushes.map { KeptPush(push: $0, receivedAt: at) }, at: at)
        let history = pushes.flatMap(ShortageRecord.records)
        self.init(
            picture: picture,
            escalation: picture.organisations.map { organisation in
                let reading = EscalationReading(picture, organisation)
                return reading.state(reading.step(after: nil).standing, opel: nil)
            }, risks: RiskRegister(picture, history: history).refreshed([]),
            ledger: AidLedger([], of: system))
    }

    /// Whether an organisation has sent nothing that is fresh enough to be scored, or that nothing is known of a unit, or a call
    /// cannot be read.
    public var isInDoubt: Bool {
        !picture.unreadableAid.isEmpty
            || picture.organisations.contains { organisation in
                organisation.freshness != .fresh || !organisation.unknownUnits.isEmpty
            }
    }

    /// What is open, also where somebody is promised and nobody named yet.
    public var vacancies: [Vacancy] { picture.organisations.flatMap(\.withoutPromises) }
}
