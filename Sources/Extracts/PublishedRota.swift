import Roster
import RulePack

/// A rota that Muster published, with the folder that it was published from: one more source for a picture.
///
/// For its units and days it takes the place of what another system's exports say about duties and requirements.
public struct PublishedRota: Sendable {
    /// The folder, in the form in which the store keeps it.
    public struct Folder: Hashable, Sendable, Codable {
        public let definitions: TrustDefinitions
        public let units: [Unit]
        public let people: [Person]
        public let leave: [Leave]
        public let bookings: [Booking]
        public let history: [HistoryDuty]
        public let demand: [DemandRow]
        public let planQuantile: Double

        public init(_ scenario: Scenario, _ rules: RuleBook) {
            definitions = TrustDefinitions(
                name: scenario.name, organisations: scenario.organisations, sites: scenario.sites,
                grades: scenario.grades, skills: scenario.skills, roles: scenario.roles,
                contracts: scenario.contracts, shiftTypes: scenario.shiftTypes,
                coverRules: scenario.coverRules, rules: rules)
            units = scenario.units
            // Nobody needs a name to be placed on a shift.
            people = scenario.people.map(\.withoutName)
            leave = scenario.leave
            bookings = scenario.bookings
            history = scenario.history
            demand = scenario.demand
            planQuantile = scenario.planQuantile
        }

        init(
            definitions: TrustDefinitions, units: [Unit], people: [Person], leave: [Leave],
            bookings: [Booking], history: [HistoryDuty], demand: [DemandRow], planQuantile: Double
        ) {
            self.definitions = definitions
            self.units = units
            self.people = people
            self.leave = leave
            self.bookings = bookings
            self.history = history
            self.demand = demand
            self.planQuantile = planQuantile
        }
    }

    public let folder: Folder
    public let period: Period
    public let publishedAt: Instant
    /// Who works what now: the rota and the live bookings in its units and days.
    public let duties: [Duty]
    /// The live bookings, for the skills of people from elsewhere.
    public let bookings: [Booking]

    public init(
        folder: Folder, period: Period, publishedAt: Instant, duties: [Duty], bookings: [Booking] = []
    ) {
        self.folder = folder
        self.period = period
        self.publishedAt = publishedAt
        self.duties = duties
        self.bookings = bookings
    }
}

/// What published rotas add to a picture beside rows.
struct PublishedParts {
    var units: Set<Unit.ID> = []
    var demand: [DemandRow] = []
    var planQuantile: Double?
    var bookings: [Booking] = []
    var history: [HistoryDuty] = []
    /// When leave was last told of, if only folders tell of it: it is no younger than the publication.
    var leaveKnownAt: Instant?
    /// Units for whose days in the window two sources told of duties.
    var toldTwice: Set<Unit.ID> = []
    /// The days of the window, and of the day before, for which a rota was published, by unit. A unit of which only rotas
    /// of other days are known has none.
    var days: [Unit.ID: Set<Day>] = [:]
    /// What the exports, and each folder so far, call things.
    var words: [FolderWords] = []
}

extension TrustExtracts {
    /// Of an organisation whose systems export nothing: all that is known was published.
    public init(publishedAlone rota: PublishedRota) {
        let own = rota.folder.definitions
        self.init(
            definitions: TrustDefinitions(
                name: own.name, organisations: own.organisations, sites: [], grades: [], skills: [],
                roles: [], contracts: [], shiftTypes: [], coverRules: [],
                rules: RuleBook(rulesByContract: [:])))
    }

    /// The extracts with what was published in the place of what they say about the same units and days.
    ///
    /// - Parameter now: stands for the age of what is in the store.
    func merging(_ rotas: [PublishedRota], window: Period, now: Instant) -> (TrustExtracts, PublishedParts) {
        var merged = self
        var parts = PublishedParts()
        parts.words = [FolderWords(of: definitions, units: Set(units?.rows.map(\.unit.id) ?? []))]
        // Of two folders that tell of the same person, unit or word, the one that is about these days goes first, and
        // then the younger.
        func isElsewhere(_ rota: PublishedRota) -> Int { rota.period.days.overlaps(window.days) ? 0 : 1 }
        let ordered = rotas.sorted { (isElsewhere($0), $1.publishedAt) < (isElsewhere($1), $0.publishedAt) }
        let owners = FolderWords.owners(definitions, rotas)
        for rota in ordered {
            let words = FolderWords(
                of: rota.folder, beside: merged.definitions, after: parts.words, owners: owners)
            parts.words.append(words)
            merged.add(words(rota), to: &parts, window: window, now: now)
        }
        merged.requirements = merged.requirements.map { extract in
            Extract(
                source: extract.source,
                rows: extract.rows.filter { row in
                    !window.withDayBefore.allSatisfy { parts.days[row.unit]?.contains($0) ?? false }
                })
        }
        return (merged, parts)
    }

    private mutating func add(
        _ rota: PublishedRota, to parts: inout PublishedParts, window: Period, now: Instant
    ) {
        let folder = rota.folder
        let units = Set(folder.units.map(\.id))
        let touchesWindow = rota.period.days.overlaps(window.days)
        func isReplaced(_ duty: Duty) -> Bool { units.contains(duty.unit) && rota.period.contains(duty.day) }

        definitions = definitions.adding(folder.definitions, coverRules: touchesWindow)
        let known = Set(people?.rows.map(\.person.id) ?? [])
        people = people.appending(
            folder.people.filter { !known.contains($0.id) }.map { PersonRow(line: 0, person: $0) }, .people,
            now)
        parts.history += folder.history.filter { !known.contains($0.person) }
        if leave == nil || parts.leaveKnownAt != nil {
            parts.leaveKnownAt = min(rota.publishedAt, parts.leaveKnownAt ?? rota.publishedAt)
        }
        leave = leave.appending(
            folder.leave.map { LeaveRow(line: 0, leave: $0) }, .leave, parts.leaveKnownAt ?? now)

        let told = duties?.rows ?? []
        parts.toldTwice.formUnion(
            told.filter { $0.line > 0 && window.contains($0.duty.day) && isReplaced($0.duty) }.map(
                \.duty.unit))
        duties = duties.map { Extract(source: $0.source, rows: $0.rows.filter { !isReplaced($0.duty) }) }
            .appending(rota.duties.map { DutyRow(line: 0, duty: $0) }, .duties, now)
        parts.bookings += rota.bookings
        let listed = Dictionary(self.units?.rows.map { ($0.unit.id, $0) } ?? []) { first, _ in first }
        guard touchesWindow else {
            // A unit whose rota has run out, or not begun, must not vanish from the report.
            let unlisted = folder.units.filter { listed[$0.id] == nil }
            self.units = self.units.appending(unlisted.map { UnitRow(line: 0, unit: $0) }, .units, now)
            parts.add(units: unlisted.map(\.id), days: [])
            // Of a rota that ended yesterday last night's end is left.
            let published = folder.units.map(\.id).filter { parts.days[$0] != nil }
            parts.add(units: published, days: window.withDayBefore.filter(rota.period.contains))
            if rota.period.last.advanced(by: 1) == window.first { parts.add(folder.demand) }
            return
        }
        // What stands in this store is as fresh as the store.
        let rows = folder.units.map { unit in
            let row = listed[unit.id]
            return UnitRow(
                line: row?.line ?? 0, unit: row?.unit ?? unit, approval: .approved, refreshed: now,
                headroom: row?.headroom, budgetedPerWeek: row?.budgetedPerWeek, mailbox: row?.mailbox)
        }
        self.units = self.units.map {
            Extract(source: $0.source, rows: $0.rows.filter { !units.contains($0.unit.id) })
        }.appending(rows, .units, now)
        parts.add(units: folder.units.map(\.id), days: window.withDayBefore.filter(rota.period.contains))
        parts.add(folder.demand)
        parts.planQuantile = max(parts.planQuantile ?? 0, folder.planQuantile)
    }
}

extension PublishedParts {
    fileprivate mutating func add(units: [Unit.ID], days: [Day]) {
        self.units.formUnion(units)
        for unit in units { self.days[unit, default: []].formUnion(days) }
    }

    /// Of a time of which two folders of one unit tell, what the first says stands.
    fileprivate mutating func add(_ demand: [DemandRow]) {
        let known = Dictionary(grouping: self.demand, by: \.subject)
        self.demand += demand.filter { row in
            !(known[row.subject] ?? []).contains { $0.start < row.end && row.start < $0.end }
        }
    }
}

extension Period {
    fileprivate var withDayBefore: [Day] { [first.advanced(by: -1)] + days }
}

extension TrustDefinitions {
    /// With what another names and this does not; of two of one id, this one's stands: they are of the same unit, or are
    /// alike.
    fileprivate func adding(_ other: TrustDefinitions, coverRules isInWindow: Bool) -> TrustDefinitions {
        func union<Value, ID: Hashable>(_ path: KeyPath<TrustDefinitions, [Value]>, _ id: (Value) -> ID)
            -> [Value]
        {
            let known = Set(self[keyPath: path].map(id))
            return self[keyPath: path] + other[keyPath: path].filter { !known.contains(id($0)) }
        }
        return TrustDefinitions(
            name: name, organisations: union(\.organisations, \.id), sites: union(\.sites, \.id),
            grades: union(\.grades, \.id), skills: union(\.skills, \.id), roles: union(\.roles, \.id),
            contracts: union(\.contracts, \.id), shiftTypes: union(\.shiftTypes, \.id),
            coverRules: isInWindow ? union(\.coverRules, \.id) : coverRules,
            rules: RuleBook(
                rulesByContract: rules.rulesByContract.merging(other.rules.rulesByContract) { first, _ in
                    first
                },
                packs: rules.packs
                    + other.rules.packs.filter { pack in !rules.packs.contains { $0.id == pack.id } }))
    }
}

extension Optional {
    /// With rows that no export holds.
    fileprivate func appending<Row>(_ rows: [Row], _ kind: ExtractKind, _ now: Instant) -> Extract<Row>?
    where Wrapped == Extract<Row> {
        if rows.isEmpty { return self }
        let source =
            self?.source
            ?? ExtractSource(
                kind: kind, file: "rotas published by Muster", sha256: "", extractedAt: now, read: rows.count,
                rejected: [])
        return Extract<Row>(source: source, rows: (self?.rows ?? []) + rows)
    }
}

extension Person {
    fileprivate var withoutName: Person {
        Person(
            id: id, name: id.text, organisation: organisation, unit: unit, otherUnits: otherUnits,
            grade: grade,
            contract: contract, paidPerWeek: paidPerWeek, optedOut: optedOut, competencies: competencies,
            roles: roles, markers: markers, workingDays: workingDays, starts: starts, leaves: leaves)
    }
}
