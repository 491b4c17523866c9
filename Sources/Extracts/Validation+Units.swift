import Roster

/// The checks that are about one unit at a time.
extension Validation {
    /// A unit that is closed on a day and asks for people, or has people on duty, then.
    func closed() -> [Finding] {
        units.compactMap { row in
            let days = window.days.filter(row.unit.isClosed)
            guard !days.isEmpty else { return nil }
            let required = (extracts.requirements?.rows ?? []).filter { requirement in
                requirement.unit == row.unit.id && requirement.heads > 0
                    && days.contains(where: requirement.holds)
            }
            let duties = (extracts.duties?.rows ?? []).filter {
                $0.duty.unit == row.unit.id && days.contains($0.duty.day)
            }
            guard !required.isEmpty || !duties.isEmpty else { return nil }
            let what = [
                required.isEmpty ? nil : "asks for people", duties.isEmpty ? nil : "has people on duty",
            ]
            return Finding(
                check: .closedUnit, severity: .warning, units: [row.unit.id],
                sentence:
                    "\(row.unit.name) is closed and \(what.compactMap { $0 }.joined(separator: " and ")).",
                rows: reference(extracts.requirements?.source, required.map(\.line))
                    + reference(extracts.duties?.source, duties.map(\.line)))
        }
    }

    func unapproved() -> [Finding] {
        units.compactMap { row in
            let state: String
            switch row.approval {
            case .approved, .unknown: return nil
            case .partial: state = "only partly approved"
            case .notApproved: state = "not approved yet"
            }
            return Finding(
                check: .notApproved, severity: .warning, units: [row.unit.id],
                sentence: "\(row.unit.name): the rota is \(state).",
                rows: reference(extracts.units?.source, [row.line]))
        }
    }

    /// Hours that the template asks for in a week against those that the budget pays for.
    func againstBudget() -> [Finding] {
        let template = Dictionary(grouping: extracts.requirements?.rows ?? [], by: \.unit)
        return units.compactMap { row in
            guard let budget = row.budgetedPerWeek, budget > .zero, let rows = template[row.unit.id] else {
                return nil
            }
            let minutes = Weekday.allCases.reduce(0) { total, weekday in
                rows.reduce(total) { $0 + ($1.recurs(on: weekday) ? $1.heads * $1.window.count : 0) }
            }
            let over = Double(minutes - budget.count)
            guard minutes > 0, let share = percent(abs(over), of: Double(budget.count)),
                share > extracts.policy.budgetTolerance
            else { return nil }
            return Finding(
                check: .templateAgainstBudget, severity: .warning, units: [row.unit.id],
                sentence:
                    "\(row.unit.name): the template asks for \(PaidMinutes(minutes).hoursText) hours a week, "
                    + "the budget pays for \(budget.hoursText) (\(over < 0 ? "-" : "+")\(Int(share.rounded())) %).",
                rows: reference(extracts.units?.source, [row.line]))
        }
    }

    /// Units of the list, open on some day, that nothing else tells of.
    func notIncluded() -> [Finding] {
        unitsNotIncluded.map { unit in
            Finding(
                check: .notIncluded, severity: .warning, units: [unit],
                sentence:
                    "\(names[unit]) is in the unit list and in no other extract: nothing can be said about it."
            )
        }
    }

    var unitsNotIncluded: [Unit.ID] {
        let told = unitsWithRequirement.union(unitsWithDuties).union(daysWithoutRota.keys)
        return openUnits.filter { !told.contains($0) }
    }

    /// Units with people on duty of which nothing says how many they need: with no gap to show they would look covered.
    func withoutRequirement() -> [Finding] {
        // A folder that a rota was published from says all there is to say of its units.
        let judged = unitsAsking.union(published.units)
        return openUnits.filter { unitsWithDuties.contains($0) && !judged.contains($0) }.map { unit in
            let isHardOnly = extracts.definitions.coverRules.contains { $0.unit == unit }
            return Finding(
                check: isHardOnly ? .missingExtract : .noRequirement, severity: .warning, units: [unit],
                sentence: "\(names[unit]): no extract says how many people it needs, so "
                    + (isHardOnly
                        ? "only its hard cover is looked at." : "nothing can be said about it."))
        }
    }

    /// Of which something says how many they need beside their hard cover.
    var unitsAsking: Set<Unit.ID> {
        Set(
            (extracts.requirements?.rows ?? []).filter { $0.heads > 0 }.map(\.unit)
                + extracts.definitions.coverRules.filter { !$0.hard }.map(\.unit))
    }

    /// Units all of whose shifts seem short, on all days or from some day on, because nobody is known to be there.
    func withoutDuties() -> [Finding] {
        guard hasDuties else { return [] }
        let last = (extracts.duties?.rows ?? []).map(\.duty).reduce(into: [Unit.ID: Day]()) { last, duty in
            last[duty.unit] = max(duty.day, last[duty.unit] ?? duty.day)
        }
        return openUnits.compactMap { unit in
            let without = daysWithoutRota[unit] ?? []
            guard unitsWithDuties.contains(unit) else {
                let isShort = window.days.contains { !without.contains($0) && asks(unit, on: $0) }
                guard isShort else { return nil }
                return Finding(
                    check: .noDuties, severity: .warning, units: [unit],
                    sentence:
                        "\(names[unit]): no extract holds a duty there on these days, so every shift seems short."
                )
            }
            // Days on which no unit has a duty are told of together.
            guard published.days[unit] == nil, let last = last[unit],
                let first = window.days.first(where: {
                    $0 > last && daysWithDuties.contains($0) && !without.contains($0) && asks(unit, on: $0)
                })
            else { return nil }
            return Finding(
                check: .noDuties, severity: .warning, units: [unit],
                sentence:
                    "\(names[unit]): no extract holds a duty there from \(first.spoken) on: its rota may end "
                    + "before, so every shift from then on seems short.")
        }
    }

    /// Days without a rota, on which what is short is not known: of units whose rotas Muster publishes each by itself, of
    /// the exports all together.
    func withoutRota() -> [Finding] {
        func spoken(_ days: Set<Day>) -> String { days.sorted().map(\.spoken).joined(separator: ", ") }
        let own = daysWithoutRota.filter { published.days[$0.key] != nil }
        let exported = Set(daysWithoutRota.keys).subtracting(own.keys)
        let untold =
            exported.isEmpty
            ? []
            : [
                Finding(
                    check: .noRota, severity: .warning, units: exported,
                    sentence:
                        "No extract holds a duty of any unit on \(spoken(daysUntold)): the rota may end before. "
                        + "Nothing can be said about that time, not even that nobody is missing.")
            ]
        return untold
            + own.sorted { $0.key < $1.key }.map { unit, days in
                Finding(
                    check: .noRota, severity: .warning, units: [unit],
                    sentence:
                        "\(names[unit]): no rota is published for \(spoken(days)). Nothing can be said about it "
                        + "then, not even that nobody is missing.")
            }
    }

    func asks(_ unit: Unit.ID, on day: Day) -> Bool {
        if isClosed(unit, on: day) { return false }
        return (extracts.requirements?.rows ?? []).contains { row in
            row.unit == unit && row.heads > 0 && row.holds(on: day)
        } || extracts.definitions.coverRules.contains { $0.unit == unit }
    }

    /// A unit that is not in the list is not open either.
    func isClosed(_ unit: Unit.ID, on day: Day) -> Bool {
        units.first { $0.unit.id == unit }?.unit.isClosed(on: day) ?? true
    }

    var openUnits: [Unit.ID] {
        units.map(\.unit).filter { unit in !window.days.allSatisfy(unit.isClosed) }.map(\.id)
    }

    /// Units of which the exports tell, too, what Muster published.
    func toldTwice() -> [Finding] {
        published.toldTwice.map { unit in
            Finding(
                check: .twoSources, severity: .warning, units: [unit],
                sentence:
                    "\(names[unit]): the exports tell of duties on days for which Muster published a rota; "
                    + "only the published rota counts.")
        }
    }
}

extension RequirementRow {
    fileprivate func recurs(on weekday: Weekday) -> Bool {
        switch days {
        case .every: true
        case .weekdays(let weekdays): weekdays.contains(weekday)
        case .date: false
        }
    }
}
