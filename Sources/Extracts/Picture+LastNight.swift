import Roster

/// Of which units it is known who was on duty on the day before a window. What is left of last night is asked of these:
/// of the others nothing can be said, and that is told.
struct LastNight {
    let known: Set<Unit.ID>
    private let published: Set<Unit.ID>

    init(_ extracts: TrustExtracts, _ parts: PublishedParts, window: Period) {
        let day = window.first.advanced(by: -1)
        let rows = (extracts.duties?.rows ?? []).filter { $0.duty.day == day }
        let isExported = rows.contains { $0.line > 0 }
        let told = Set(
            rows.map(\.duty.unit) + parts.history.filter { $0.start.day == day }.compactMap(\.unit))
        published = Set(parts.days.keys)
        known = Set(
            (extracts.units?.rows ?? []).map(\.unit.id).filter { unit in
                guard let days = parts.days[unit] else { return isExported }
                return days.contains(day) || told.contains(unit)
            })
    }

    /// Units that asked for people last night, of which it is not known who is there until that is over: of those whose
    /// rotas Muster publishes each by itself, of the others all together.
    func findings(_ scenario: Scenario, names: UnitNames, now: Instant) -> [Finding] {
        let day = scenario.period.first.advanced(by: -1)
        let asking = Set(scenario.demandLeftOfLastNight().filter { $0.target > 0 }.map(\.rule))
        var ends: [Unit.ID: Instant] = [:]
        for rule in scenario.coverRules where !known.contains(rule.unit) {
            // A folder need not say how many its forecast asks for on the day before it.
            let asks =
                published.contains(rule.unit) ? rule.asks(on: day, in: scenario) : asking.contains(rule.id)
            let end = London.instant(day, minute: rule.toMinute)
            guard asks, now < end, rule.toMinute > 1440 else { continue }
            ends[rule.unit] = max(end, ends[rule.unit] ?? end)
        }
        func finding(_ units: Set<Unit.ID>, _ sentence: String, until end: Instant) -> Finding {
            Finding(
                check: .noRota, severity: .warning, units: units,
                sentence:
                    "\(sentence) Nothing can be said about the time until \(end.clock) of the day after, "
                    + "not even that nobody is missing.")
        }
        let exported = ends.filter { !published.contains($0.key) }
        let untold = exported.values.max().map { end in
            finding(
                Set(exported.keys), "No extract holds a duty of the night that began on \(day.spoken).",
                until: end)
        }
        return [untold].compactMap(\.self)
            + ends.filter { published.contains($0.key) }.sorted { $0.key < $1.key }.map { unit, end in
                finding(
                    [unit], "\(names[unit]): no rota is published for the night that began on \(day.spoken).",
                    until: end)
            }
    }
}

extension CoverRule {
    /// A window of it, for heads, begins on the day.
    fileprivate func asks(on day: Day, in scenario: Scenario) -> Bool {
        let isOpen = !(scenario.unit(unit)?.isClosed(on: day) ?? false)
        let isOfDay = weekdays.isEmpty || weekdays.contains(day.weekday)
        switch requirement {
        case .heads(let minimum, let target, _): return isOpen && isOfDay && max(minimum, target) > 0
        case .demand, .arrivals: return isOpen && isOfDay
        case .atLeast, .atMost: return false
        }
    }
}

extension PublishedParts {
    /// Duties of the folders' histories that start on these days, without those of which a rota tells as well: nobody is
    /// there twice.
    func history(in days: Range<Day>, besides duties: [Duty]) -> [HistoryDuty] {
        let told = Dictionary(grouping: duties, by: \.person)
        return history.filter { duty in
            days.contains(duty.start.day)
                && !(told[duty.person] ?? []).contains { $0.start < duty.end && duty.start < $0.end }
        }
    }
}
