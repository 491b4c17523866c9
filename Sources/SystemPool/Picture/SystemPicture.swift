import Roster

/// All organisations side by side, as of one moment: what pages, suggestions, escalation and risks are made from.
public struct SystemPicture: Hashable, Sendable, Codable {
    public let system: HealthSystem
    public let at: Instant
    /// In the system's order, also those that never pushed.
    public let organisations: [OrganisationPicture]
    /// Every call for help that is not over, and those that were completed in the days shown.
    public let aid: [AidRequest]
    /// Calls beside them that nobody can read.
    public let unreadableAid: [UnreadableAid]
    /// Rises with every change of what the system knows.
    public let revision: Int64

    public init(
        system: HealthSystem, at: Instant, organisations: [OrganisationPicture], aid: [AidRequest] = [],
        unreadableAid: [UnreadableAid] = [], revision: Int64 = 0
    ) {
        self.system = system
        self.at = at
        self.organisations = organisations
        self.aid = aid
        self.unreadableAid = unreadableAid
        self.revision = revision
    }

    /// Calls that are booked and not over whose lender's own data do not hold them yet: who goes may not be settled there,
    /// although the gap is closed to whoever looks for somebody.
    public var unsettled: [AidRequest] {
        let allowances = Dictionary(
            organisations.compactMap { one in one.push.map { (one.id, $0.allowances) } }
        ) { first, _ in first }
        return Self.unsettled(aid, by: allowances, at: at)
    }

    /// Of these, those that the lender's data leave out though they were made after it was confirmed: nobody there has said
    /// who goes, or its system never says which bookings it holds. Waiting does not settle them.
    public var passedOver: [AidRequest] {
        unsettled.filter { call in
            guard let push = call.loan.flatMap({ organisation($0.lender) })?.push else { return false }
            return call.time(of: .confirm).map { $0 < push.extractedAt } ?? false
        }
    }

    static func unsettled(
        _ aid: [AidRequest], by allowances: [Organisation.ID: OrganisationPush.Allowances], at: Instant
    ) -> [AidRequest] {
        aid.filter { call in
            guard call.state == .confirmed, call.need.end > at, let lender = call.loan?.lender else {
                return false
            }
            return allowances[lender]?.holds(call) != true
        }
    }

    /// Whose data are stale or missing: nothing is scored and nothing suggested by them.
    public var leftOut: [Organisation.ID] { organisations.filter { $0.freshness != .fresh }.map(\.id) }

    var sharedSites: SharedSites { SharedSites(organisations) }

    /// Those of some gaps that are open in the next 24 hours.
    public func soon(_ vacancies: [Vacancy]) -> [Vacancy] {
        vacancies.filter { at < $0.end && $0.start < at + ElapsedMinutes(hours: 24) }
    }

    /// Person-minutes missing in the next 24 hours: what lies before or after them does not count.
    public func minutesSoon(_ vacancies: [Vacancy]) -> Int {
        vacancies.reduce(0) { $0 + $1.minutes(from: at, to: at + ElapsedMinutes(hours: 24)) }
    }

    /// Of what is missing in the next 24 hours if no promise counts, what is promised, in person-minutes.
    public func promisedMinutesSoon(_ organisations: [OrganisationPicture]) -> Int {
        minutesSoon(organisations.flatMap(\.withoutPromises))
            - minutesSoon(organisations.flatMap(\.vacancies))
    }

    /// Today and tomorrow: the days of the next 24 hours.
    public var nextDays: ClosedRange<Day> { at.day...at.day.advanced(by: 1) }

    public func organisation(_ id: Organisation.ID) -> OrganisationPicture? {
        organisations.first { $0.id == id }
    }
}

/// What the system knows of one organisation.
public struct OrganisationPicture: Hashable, Sendable, Codable {
    public enum Freshness: String, CaseIterable, Hashable, Sendable, Codable {
        case fresh
        /// Older than its limit: shown grey, not scored, nothing is suggested from it or to it.
        case stale
        /// It has never pushed, or what it pushed cannot be read: nothing is known, which does not mean that nothing is
        /// short.
        case unknown
    }

    public let member: Member
    /// The latest push; nil if there is none that can be read.
    public let push: OrganisationPush?
    /// When the latest push came, also one that cannot be read.
    public let receivedAt: Instant?
    public let freshness: Freshness
    /// Of the latest push, less what confirmed bookings close.
    public let vacancies: [Vacancy]
    /// The same with each gap open for which somebody is promised and nobody named yet: what levels and headlines count, since
    /// a promise may come to nothing. For whom to ask it is closed, so that nobody is asked twice.
    public let withoutPromises: [Vacancy]
    /// Of the latest push, with heads that are lent taken away.
    public let cover: [CoverLine]
    /// Sites of the latest push whose id another organisation sent first: nobody is lent to them.
    public let takenSites: Set<Site.ID>
    /// Units for which it counts on somebody under a call that nobody can read.
    public let doubtfulUnits: Set<Unit.ID>
    /// Whether somebody of its own may be lent under such a call of whom its data do not tell: nobody is lent meanwhile.
    public let isLendingUnclear: Bool

    public init(
        member: Member, push: OrganisationPush?, receivedAt: Instant?, freshness: Freshness,
        vacancies: [Vacancy], withoutPromises: [Vacancy]? = nil, cover: [CoverLine],
        takenSites: Set<Site.ID> = [], doubtfulUnits: Set<Unit.ID> = [], isLendingUnclear: Bool = false
    ) {
        self.member = member
        self.push = push
        self.receivedAt = receivedAt
        self.freshness = freshness
        self.vacancies = vacancies
        self.withoutPromises = withoutPromises ?? vacancies
        self.cover = cover
        self.takenSites = takenSites
        self.doubtfulUnits = doubtfulUnits
        self.isLendingUnclear = isLendingUnclear
    }

    public var id: Organisation.ID { member.id }
    /// Whether its latest push was kept in a form that cannot be read.
    public var isUnreadable: Bool { push == nil && receivedAt != nil }
    /// Why nothing is known, where nothing is: `never sent, nothing is known`.
    public var silence: String {
        isUnreadable ? "what was sent cannot be read, nothing is known" : "never sent, nothing is known"
    }
    /// Units of which it sent that nothing is known on some day, and ``doubtfulUnits``.
    public var unknownUnits: [Unit.ID] {
        (push?.units ?? []).filter { $0.unknown != nil || doubtfulUnits.contains($0.id) }.map(\.id)
    }
    /// Those of which nothing is known on some of these days: that no gap is open there says nothing. Of days that the
    /// latest push is not about, that is all of them.
    public func unknownUnits(on days: ClosedRange<Day>) -> [Unit.ID] {
        guard let push else { return [] }
        let told = push.first...push.first.advanced(by: push.days - 1)
        guard told.contains(days.lowerBound), told.contains(days.upperBound) else {
            return push.units.map(\.id)
        }
        return push.units.filter {
            $0.unknown?.contains(where: days.contains) == true || doubtfulUnits.contains($0.id)
        }.map(\.id)
    }
    /// Whether its data can be relied on for whom it may lend.
    var isScoredAsLender: Bool { freshness == .fresh && !isLendingUnclear }
    public var offers: [Offer] { push?.offers ?? [] }
    public var metrics: [Metric] { push?.metrics ?? [] }
    public func age(at now: Instant) -> ElapsedMinutes? { push.map { now - $0.extractedAt } }
}
