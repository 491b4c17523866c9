import Roster
import RulePack

/// What published folders call their roles, contracts, shift types and cover rules in one picture.
///
/// Each folder is written by itself, so two units may use one id for two things: a hard rule `senior` each, or a shift
/// `E` at other times. Of such two one gets a name of its own, `UNIT.ID`: else one unit's rule would be lost, or
/// its people be judged by another's. Folders and exports that tell of the same unit mean the same by an id.
struct FolderWords {
    /// The units that use them.
    private let units: Set<Unit.ID>
    private var roles: [Role.ID: Role.ID] = [:]
    private var contracts: [Contract.ID: Contract.ID] = [:]
    private var shifts: [ShiftType.ID: ShiftType.ID] = [:]
    private var rules: [CoverRule.ID: CoverRule.ID] = [:]

    /// Those of exports, which keep their ids.
    init(of definitions: TrustDefinitions, units: Set<Unit.ID>) {
        self.units = units
        roles = Self.same(definitions.roles.map(\.id))
        contracts = Self.same(definitions.contracts.map(\.id))
        shifts = Self.same(definitions.shiftTypes.map(\.id))
    }

    /// - Parameters:
    ///   - known: What is defined already.
    ///   - earlier: The words of whoever defined it.
    ///   - owners: The unit whose rule keeps its id. A gap is called by it, so that it must be the same from day to day,
    ///     whoever publishes next.
    init(
        of folder: PublishedRota.Folder, beside known: TrustDefinitions, after earlier: [FolderWords],
        owners: [CoverRule.ID: Unit.ID]
    ) {
        let own = Set(folder.units.map(\.id))
        units = own
        let kin = earlier.filter { !$0.units.isDisjoint(with: own) }
        let definitions = folder.definitions
        let prefix = own.min()?.text ?? definitions.name
        roles = Self.names(
            definitions.roles, \.id, known: known.roles, said: kin.map(\.roles), prefix: prefix
        ) { $0.judges(like: $1) }
        contracts = Self.names(
            definitions.contracts, \.id, known: known.contracts, said: kin.map(\.contracts),
            prefix: prefix
        ) { own, other in
            own.hoursOwed == other.hoursOwed
                && definitions.rules.rules(for: own.id) == known.rules.rules(for: other.id)
        }
        let roles = roles
        shifts = Self.names(
            definitions.shiftTypes, \.id, known: known.shiftTypes, said: kin.map(\.shifts),
            prefix: prefix
        ) { $0.named($1.id, $1.name, roles: Set($0.roles.map { roles[$0] ?? $0 })) == $1 }
        let units = Dictionary(known.coverRules.map { ($0.id, $0.unit) }) { first, _ in first }
        rules = definitions.coverRules.reduce(into: [:]) { names, rule in
            var name = rule.id
            while (units[name] ?? owners[name] ?? rule.unit) != rule.unit {
                name = CoverRule.ID("\(rule.unit).\(name)")
            }
            names[rule.id] = name
        }
    }

    /// Of the units with a rule of one id: that of the exports, else the first by its own id.
    static func owners(
        _ definitions: TrustDefinitions, _ rotas: [PublishedRota]
    ) -> [CoverRule.ID: Unit.ID] {
        let published = rotas.flatMap(\.folder.definitions.coverRules).map { ($0.id, $0.unit) }
        return Dictionary(definitions.coverRules.map { ($0.id, $0.unit) }) { first, _ in first }
            .merging(Dictionary(published, uniquingKeysWith: min)) { exported, _ in exported }
    }

    private static func same<Entity>(_ ids: [Identifier<Entity>]) -> [Identifier<Entity>: Identifier<Entity>]
    {
        Dictionary(ids.map { ($0, $0) }) { first, _ in first }
    }

    /// For each of the values the id that nothing else has.
    ///
    /// - Parameter said: What those call it who tell of the same unit.
    private static func names<Value, Entity>(
        _ values: [Value], _ id: KeyPath<Value, Identifier<Entity>>, known: [Value],
        said: [[Identifier<Entity>: Identifier<Entity>]], prefix: String,
        isAlike: (Value, Value) -> Bool
    ) -> [Identifier<Entity>: Identifier<Entity>] {
        let known = Dictionary(known.map { ($0[keyPath: id], $0) }) { first, _ in first }
        return values.reduce(into: [:]) { names, value in
            var name = value[keyPath: id]
            if let said = said.lazy.compactMap({ $0[name] }).first {
                names[name] = said
                return
            }
            while let other = known[name], !isAlike(value, other) {
                name = Identifier("\(prefix).\(name)")
            }
            names[value[keyPath: id]] = name
        }
    }

    // MARK: - Said in these words

    func callAsFunction(_ rota: PublishedRota) -> PublishedRota {
        guard renames else { return rota }
        return PublishedRota(
            folder: folder(rota.folder), period: rota.period, publishedAt: rota.publishedAt,
            duties: rota.duties.map(duty), bookings: rota.bookings.map(booking))
    }

    private var renames: Bool {
        func changes<Entity>(_ names: [Identifier<Entity>: Identifier<Entity>]) -> Bool {
            names.contains { $0.key != $0.value }
        }
        return changes(roles) || changes(contracts) || changes(shifts) || changes(rules)
    }

    private func role(_ id: Role.ID) -> Role.ID { roles[id] ?? id }
    private func roles(_ ids: Set<Role.ID>) -> Set<Role.ID> { Set(ids.map(role)) }
    private func contract(_ id: Contract.ID) -> Contract.ID { contracts[id] ?? id }
    private func shift(_ id: ShiftType.ID) -> ShiftType.ID { shifts[id] ?? id }
    private func rule(_ id: CoverRule.ID) -> CoverRule.ID { rules[id] ?? id }

    private func folder(_ folder: PublishedRota.Folder) -> PublishedRota.Folder {
        PublishedRota.Folder(
            definitions: definitions(folder.definitions), units: folder.units,
            people: folder.people.map(person), leave: folder.leave, bookings: folder.bookings.map(booking),
            history: folder.history.map(history), demand: folder.demand.map(demand),
            planQuantile: folder.planQuantile)
    }

    private func definitions(_ own: TrustDefinitions) -> TrustDefinitions {
        TrustDefinitions(
            name: own.name, organisations: own.organisations, sites: own.sites, grades: own.grades,
            skills: own.skills,
            roles: own.roles.map {
                Role(
                    id: role($0.id), name: $0.name, staffGroup: $0.staffGroup, grades: $0.grades,
                    substitutes: $0.substitutes, skills: $0.skills, barred: $0.barred)
            },
            contracts: own.contracts.map {
                Contract(
                    id: contract($0.id), name: $0.name, rulePacks: $0.rulePacks, tolerance: $0.tolerance,
                    overtimeLimit: $0.overtimeLimit, hoursOwed: $0.hoursOwed)
            },
            shiftTypes: own.shiftTypes.map { $0.named(shift($0.id), $0.name, roles: roles($0.roles)) },
            coverRules: own.coverRules.map(coverRule),
            rules: RuleBook(
                rulesByContract: Dictionary(
                    own.rules.rulesByContract.map { (contract($0.key), $0.value) }
                ) { first, _ in first },
                packs: own.rules.packs))
    }

    private func coverRule(_ own: CoverRule) -> CoverRule {
        let requirement: Requirement =
            switch own.requirement {
            case .heads, .demand, .arrivals: own.requirement
            case .atLeast(let percent, let whole): .atLeast(percent: percent, whole: counted(whole))
            case .atMost(let percent, let whole): .atMost(percent: percent, whole: counted(whole))
            }
        return CoverRule(
            id: rule(own.id), name: own.name, unit: own.unit, purpose: own.purpose,
            counted: counted(own.counted), weekdays: own.weekdays, from: own.from, to: own.to,
            requirement: requirement, weeklyMinimum: own.weeklyMinimum, hard: own.hard, risk: own.risk,
            sharesWith: Set(own.sharesWith.map(rule)))
    }

    private func counted(_ own: Counted) -> Counted {
        Counted(roles: roles(own.roles), skills: own.skills, grades: own.grades, markers: own.markers)
    }

    private func demand(_ own: DemandRow) -> DemandRow {
        guard case .rule(let id) = own.subject else { return own }
        return DemandRow(
            subject: .rule(rule(id)), start: own.start, end: own.end, value: own.value,
            quantiles: own.quantiles, minimum: own.minimum, cost: own.cost)
    }

    private func person(_ own: Person) -> Person {
        Person(
            id: own.id, name: own.name, organisation: own.organisation, unit: own.unit,
            otherUnits: own.otherUnits, grade: own.grade, contract: contract(own.contract),
            paidPerWeek: own.paidPerWeek, optedOut: own.optedOut, competencies: own.competencies,
            roles: roles(own.roles), markers: own.markers, workingDays: own.workingDays, starts: own.starts,
            leaves: own.leaves)
    }

    private func duty(_ own: Duty) -> Duty {
        Duty(
            person: own.person, day: own.day, unit: own.unit, shift: shift(own.shift), role: role(own.role),
            start: own.start, end: own.end, paid: own.paid, working: own.working, source: own.source)
    }

    private func booking(_ own: Booking) -> Booking {
        Booking(
            gap: own.gap, person: own.person, day: own.day, shift: shift(own.shift), unit: own.unit,
            role: role(own.role), skills: own.skills, origin: own.origin)
    }

    private func history(_ own: HistoryDuty) -> HistoryDuty {
        HistoryDuty(
            person: own.person, start: own.start, end: own.end, paid: own.paid, working: own.working,
            kind: own.kind, unit: own.unit, role: own.role.map(role), onSite: own.onSite)
    }
}

extension Role {
    /// Whoever is placed in either is judged alike.
    fileprivate func judges(like other: Role) -> Bool {
        staffGroup == other.staffGroup && grades == other.grades && substitutes == other.substitutes
            && skills == other.skills && barred == other.barred
    }
}

extension ShiftType {
    fileprivate func named(_ id: ID, _ name: String, roles: Set<Role.ID>) -> ShiftType {
        ShiftType(
            id: id, name: name, start: start, end: end, kind: kind, breaks: breaks, paid: paid,
            working: working, onSite: onSite, countsForCover: countsForCover, units: units, roles: roles,
            weekdays: weekdays, offered: offered)
    }
}
