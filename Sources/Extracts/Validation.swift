import Roster

/// The checks that extracts go through before anything is reported from them. Each is a function of the extracts, the
/// days asked about and the time; none asks a clock.
///
/// Duplicates, overlaps and duties during leave are found by ``SoundDuties``, where it is decided what is believed.
struct Validation {
    let extracts: TrustExtracts
    let window: Period
    let now: Instant
    let names: UnitNames
    let units: [UnitRow]
    let published: PublishedParts

    /// Of which a template or a cover rule says how many they need.
    let unitsWithRequirement: Set<Unit.ID>
    /// With duties on the days asked about.
    let unitsWithDuties: Set<Unit.ID>
    /// Days on which no unit has a duty in the exports, while several have on others: the rota does not reach them.
    let daysUntold: Set<Day>
    /// Open days for which there is no rota: of units whose rotas Muster publishes, none was published, and of others,
    /// the exports tell of no unit.
    private(set) var daysWithoutRota: [Unit.ID: Set<Day>] = [:]

    /// With fewer units on duty on other days, it may well be that nobody works on one.
    private static let unitsToldBefore = 5

    init(
        _ extracts: TrustExtracts, published: PublishedParts = PublishedParts(), window: Period, now: Instant
    ) {
        unitsWithRequirement = Set(
            (extracts.requirements?.rows ?? []).map(\.unit) + extracts.definitions.coverRules.map(\.unit))
        unitsWithDuties = Set(
            (extracts.duties?.rows ?? []).map(\.duty).filter { window.contains($0.day) }.map(\.unit)
                + (extracts.bookings?.rows ?? [])
                .filter {
                    $0.request.state == .booked && !$0.isBookedByNobody && window.contains($0.request.day)
                }
                .map(\.request.unit))
        self.extracts = extracts
        self.published = published
        self.window = window
        self.now = now
        units = extracts.units?.rows ?? []
        names = UnitNames(units.map(\.unit))
        let told = (extracts.duties?.rows ?? []).filter { $0.line > 0 && window.contains($0.duty.day) }
        let isRota = Set(told.map(\.duty.unit)).count >= Self.unitsToldBefore
        daysUntold = isRota ? Set(window.days).subtracting(told.map(\.duty.day)) : []
        daysWithoutRota = openDaysWithoutRota()
    }

    /// A day that the exports tell of has a rota, too.
    private func openDaysWithoutRota() -> [Unit.ID: Set<Day>] {
        let imported = Dictionary(
            grouping: (extracts.duties?.rows ?? []).map(\.duty).filter { window.contains($0.day) }, by: \.unit
        ).mapValues { Set($0.map(\.day)) }
        return units.map(\.unit).reduce(into: [:]) { without, unit in
            let missing =
                if let days = published.days[unit.id] {
                    window.days.filter { day in
                        !days.contains(day) && !unit.isClosed(on: day)
                            && !(imported[unit.id]?.contains(day) ?? false)
                    }
                } else {
                    window.days.filter { daysUntold.contains($0) && asks(unit.id, on: $0) }
                }
            if !missing.isEmpty { without[unit.id] = Set(missing) }
        }
    }

    var findings: [Finding] {
        let checks: [() -> [Finding]] = [
            missing, stale, importFailed, shrunk, rejected, bookedByNobody, hours, closed, unapproved,
            againstBudget, notIncluded, withoutRequirement, rolesNotAsked, withoutDuties, withoutRota,
            toldTwice,
        ]
        return checks.flatMap { $0() }
    }

    var all: Set<Unit.ID> { Set(units.map(\.unit.id)) }

    // MARK: - Whether there is anything to report from

    /// Without a unit list, people, duties on the days asked about, and something that is required of them, whatever
    /// were said would look like "no gaps".
    func missing() -> [Finding] {
        var findings: [Finding] = []
        if units.isEmpty {
            findings.append(
                Finding(
                    check: .noUnits, severity: .fatal,
                    sentence: "There is no unit list, so it is not known what to look at."))
        }
        // What Muster published came with its folder's leave, and its bookings are in the store.
        let others = all.subtracting(published.units)
        func miss(_ severity: Finding.Severity, _ sentence: String) {
            findings.append(
                Finding(
                    check: .missingExtract, severity: severity, units: severity == .fatal ? [] : others,
                    sentence: sentence))
        }
        if extracts.people?.rows.isEmpty ?? true { miss(.fatal, "There is no extract of people.") }
        if !hasDuties {
            miss(
                .fatal,
                "No extract and no published rota holds a duty from \(window.first.spoken) to \(window.last.spoken)."
            )
        }
        if (extracts.requirements?.rows.isEmpty ?? true) && extracts.definitions.coverRules.isEmpty {
            miss(.fatal, "It is not known how many people any unit needs.")
        }
        let without = window.days.filter { day in
            !daysWithDuties.contains(day) && !daysUntold.contains(day)
                && (extracts.requirements?.rows ?? []).contains { $0.heads > 0 && $0.holds(on: day) }
        }
        if hasDuties, !without.isEmpty {
            miss(
                .warning,
                "No extract holds a duty on \(without.map(\.spoken).joined(separator: ", ")): the rota may end before."
            )
        }
        if let time = published.leaveKnownAt, let why = isStale(time) {
            findings.append(
                Finding(
                    check: .missingExtract, severity: .warning, units: published.units,
                    sentence:
                        "What is known of leave is that of the published rota, \(why): people who are absent "
                        + "since may be counted."))
        }
        guard !others.isEmpty else { return findings }
        if extracts.leave?.rows.isEmpty ?? true {
            let what =
                extracts.leave == nil ? "There is no extract of leave" : "The extract of leave is empty"
            miss(.warning, "\(what), so people who are absent may be counted.")
        }
        if extracts.bookings?.rows.isEmpty ?? true {
            let what =
                extracts.bookings == nil
                ? "There is no extract of bookings" : "The extract of bookings is empty"
            miss(.note, "\(what), so shifts that a bank has filled may be shown as short.")
        }
        return findings
    }

    var hasDuties: Bool { !daysWithDuties.isEmpty }

    var daysWithDuties: Set<Day> {
        Set((extracts.duties?.rows ?? []).map(\.duty.day).filter(window.contains))
    }

    /// An export that broke off, or lost a filter's worth of units, is no better than none.
    func shrunk() -> [Finding] {
        var findings = extracts.sources.compactMap { source -> Finding? in
            guard let before = extracts.before.accepted[source.kind], before >= Self.countedBefore,
                source.count.accepted * 2 < before
            else { return nil }
            // Requests come and go by the day, and one that is missing makes a gap and hides none.
            return Finding(
                check: .shrunk, severity: source.kind == .bookings ? .note : .warning,
                units: all.subtracting(published.units),
                sentence:
                    "The extract of \(source.kind.rawValue) holds \(source.count.accepted) rows, and one of "
                    + "the days before held \(before): part of it may be missing.")
        }
        let gone = unitsGone
        if !gone.isEmpty {
            findings.append(
                Finding(
                    check: .shrunk, severity: .warning, units: Set(gone.map(\.id)),
                    sentence: "Not in the unit list any more, so that nothing can be said about them: "
                        + "\(gone.map(\.name).sorted().joined(separator: ", "))."))
        }
        return findings
    }

    /// Of an earlier unit list, open on some day, and not in this one.
    var unitsGone: [Unit] {
        (extracts.before.units ?? []).filter { unit in
            !all.contains(unit.id) && !window.days.allSatisfy(unit.isClosed)
        }
    }

    /// Fewer rows than this may well be half as many the next day.
    private static let countedBefore = 10

    // MARK: - Age

    /// Duties, leave and bookings that are older than the policy allows, or from the future, say nothing about today.
    func stale() -> [Finding] {
        var findings: [Finding] = []
        for source in extracts.sources where source.kind.isPerishable {
            guard let why = isStale(source.extractedAt) else { continue }
            if source.kind == .leave, published.leaveKnownAt != nil { continue }
            // The rotas that Muster published stand in the store itself.
            let touched = source.kind == .duties ? all.subtracting(published.units) : all
            if touched.isEmpty { continue }
            let isFatal = source.kind == .duties && published.units.isEmpty
            findings.append(
                Finding(
                    check: .staleExtract, severity: isFatal ? .fatal : .warning, units: touched,
                    sentence: "The extract of \(source.kind.rawValue) is \(why)."))
        }
        guard !findings.contains(where: { $0.severity == .fatal }) else { return findings }
        let old = units.filter { $0.refreshed.flatMap(isStale) != nil }
        if !old.isEmpty, old.count == units.count {
            return findings + [
                Finding(
                    check: .staleExtract, severity: .fatal, units: all,
                    sentence: "What is known of every unit's duties is out of date.")
            ]
        }
        return findings
            + old.map { row in
                let why = row.refreshed.flatMap(isStale) ?? ""
                return Finding(
                    check: .staleExtract, severity: .warning, units: [row.unit.id],
                    sentence: "\(row.unit.name): what is known of its duties is \(why).",
                    rows: reference(extracts.units?.source, [row.line]))
            }
    }

    /// What is wrong with the age; nil if nothing is.
    private func isStale(_ time: Instant) -> String? {
        let stamp = "\(time.day.spoken) \(time.clock)"
        if time > now { return "from the future (\(stamp))" }
        let age = now - time
        guard age > extracts.policy.staleness else { return nil }
        let old = age.count < 3 * 1440 ? "\(age.count / 60) hours" : "\(age.count / 1440) days"
        return "\(old) old (\(stamp)), more than the \(extracts.policy.staleness.hoursText) hours allowed"
    }

    // MARK: - Rows

    /// What could not be taken over, by check, export and unit.
    func rejected() -> [Finding] {
        struct Key: Hashable {
            let check: Finding.Check
            let unit: Unit.ID?
        }
        return extracts.sources.flatMap { source in
            Dictionary(grouping: source.rejected) { Key(check: $0.check, unit: $0.unit) }.map { key, rows in
                let reasons = Dictionary(grouping: rows, by: \.reason).map { "\($0.key) (\($0.value.count))" }
                let place = key.unit.map { "\(names[$0]): " } ?? ""
                let count = rows.count == 1 ? "1 row" : "\(rows.count) rows"
                // Everything else that is not read makes a gap; this hides one.
                let effect = source.kind == .leave ? " Somebody who is absent may be counted." : ""
                return Finding(
                    check: key.check, severity: .warning, units: Set([key.unit].compactMap { $0 }),
                    sentence:
                        "\(place)\(count) of \(source.file) could not be used: \(reasons.sorted().joined(separator: ", ")).\(effect)",
                    rows: reference(source, rows.map(\.line)))
            }
        }
    }

    /// Shifts that a bank calls booked, without saying by whom: they are shown as short, and may not be.
    func bookedByNobody() -> [Finding] {
        let rows = (extracts.bookings?.rows ?? []).filter {
            $0.isBookedByNobody && window.contains($0.request.day)
        }
        return Dictionary(grouping: rows, by: \.request.unit).map { unit, rows in
            let what = rows.count == 1 ? "1 request is" : "\(rows.count) requests are"
            return Finding(
                check: .bookedByNobody, severity: .warning, units: [unit],
                sentence:
                    "\(names[unit]): \(what) called booked, and nobody is named who comes: ask the bank. Until "
                    + "then it counts as not filled.",
                rows: reference(extracts.bookings?.source, rows.map(\.line)))
        }
    }

    /// Paid hours as stated against start, end and breaks. On the two nights when the clocks change, some systems state
    /// what was worked, and others what the shift always has.
    func hours() -> [Finding] {
        let tolerance = 15
        let wrong = (extracts.duties?.rows ?? []).filter { row in
            window.contains(row.duty.day)
                && row.statedPaid.map { stated in
                    let gained = row.duty.elapsed.count - row.duty.wallLength
                    return [row.duty.paid.count, row.duty.paid.count - gained].allSatisfy {
                        abs(stated.count - $0) > tolerance
                    }
                } ?? false
        }
        return Dictionary(grouping: wrong, by: \.duty.unit).map { unit, rows in
            let what = rows.count == 1 ? "1 duty states" : "\(rows.count) duties state"
            return Finding(
                check: .hours, severity: .warning, units: [unit],
                sentence: "\(names[unit]): \(what) hours that do not fit start, end and break.",
                rows: reference(extracts.duties?.source, rows.map(\.line)))
        }
    }

    func reference(_ source: ExtractSource?, _ lines: [Int]) -> [Finding.RowReference] {
        lines.sorted().prefix(Finding.rowLimit).compactMap { source?.reference($0) }
    }
}

extension Finding {
    /// A finding names at most so many rows.
    static let rowLimit = 10
}
