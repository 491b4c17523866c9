import DemandForecast
import PlainText
import Roster

/// `forecast.yaml`: how people who come become people who are needed, and what the counts do not say themselves.
struct StaffingFile {
    private(set) var rules: [StaffingRule] = []
    private(set) var census: Set<SeriesID> = []
    private(set) var within: Set<SeriesID> = []
    private(set) var similar: [SeriesID: Outlook.Similar] = [:]
    private let roster: RosterFile
    /// Where each series is named, to refuse one that nobody counts.
    private var named: [(id: SeriesID, place: YAMLCursor)] = []
    /// What each series that a rule reads has to count.
    private var reckoned: [(id: SeriesID, measure: ActivitySeries.Measure, place: YAMLCursor)] = []

    init(_ root: YAMLCursor?, roster: RosterFile) {
        self.roster = roster
        guard let root,
            let sections = root.mapping(
                required: ["muster"],
                optional: ["productive-share", "census", "within", "similar", "staffing"])
        else { return }
        _ = sections["muster"]?.scalar(accepted: "1")?.choice(
            ["1": 1], of: "a version of the roster format that this program reads")
        let share = sections["productive-share"]?.decimal(in: 0.05...1) ?? 1
        for item in sections["census"]?.list() ?? [] {
            if let id = series(item, unit: nil, optional: [])?.id { census.insert(id) }
        }
        for item in sections["within"]?.list() ?? [] {
            if let id = series(item, unit: nil, optional: [])?.id { within.insert(id) }
        }
        for item in sections["similar"]?.list() ?? [] { readSimilar(item) }
        for item in sections["staffing"]?.list() ?? [] {
            if let rule = rule(item, share: share) { rules.append(rule) }
        }
    }

    /// Series that nothing was counted of yet and that have a stated level.
    func uncounted(_ activity: [ActivitySeries], first: Day) -> [ActivitySeries] {
        let counted = Set(activity.map(\.id))
        return similar.filter { $0.value.daily != nil && !counted.contains($0.key) }.keys.sorted().map {
            ActivitySeries(
                id: $0, step: .day, measure: census.contains($0) ? .census : .arrivals, first: first,
                counts: [])
        }
    }

    /// A series that is named must have counts, or a stated level.
    func refuseUncounted(_ activity: [ActivitySeries]) {
        let counted = Set(activity.map(\.id))
        for (id, place) in named where !counted.contains(id) && similar[id]?.daily == nil {
            let hasAcuities =
                id.acuity == nil && counted.contains { $0.unit == id.unit && $0.stream == id.stream }
            if hasAcuities { continue }
            let others = counted.sorted().map(\.description).joined(separator: ", ")
            place.fault(
                "names \(id), which activity.csv does not count",
                accepted:
                    "\(others.isEmpty ? "counts in activity.csv" : others); or, of a unit without history, an "
                    + "entry under similar that says which series it is like and how many to expect daily")
        }
    }

    /// People who came are no people who are there: twelve beds in use, taken for twelve arrivals spread over the day,
    /// would ask for a twenty-fourth of the staff.
    func refuseOtherMeasure(_ activity: [ActivitySeries]) {
        for (id, measure, place) in reckoned {
            let meant = activity.filter {
                $0.id == id || id.acuity == nil && $0.id.unit == id.unit && $0.id.stream == id.stream
            }
            guard let other = meant.first(where: { $0.measure != measure }) else { continue }
            switch measure {
            case .census:
                place.fault(
                    "reads \(other.id), which counts people who came, as people who are there",
                    accepted:
                        "\(other.id) under census in forecast.yaml, if it counts who is there; else arrivals")
            case .arrivals:
                place.fault(
                    "reads \(other.id), which stands under census and counts people who are there, as people who came",
                    accepted: "patients in place of arrivals; or the series no longer under census")
            }
        }
    }

    /// Every rule that asks `demand.csv` needs to say how many people its arrivals take.
    func refuseMissing() {
        let stated = Set(rules.map(\.rule))
        for rule in roster.cover.rules.values where rule.requirement == .demand && !stated.contains(rule.id) {
            roster.cover.rules.fault(
                rule.id, "asks for demand, and forecast.yaml does not say how it is reckoned",
                accepted: "an entry with rule: \(rule.id) under staffing in forecast.yaml")
        }
    }

    // MARK: Series

    private mutating func series(
        _ cursor: YAMLCursor, unit: Unit.ID?, optional: [String]
    ) -> (id: SeriesID, entry: YAMLMapping)? {
        let required = unit == nil ? ["unit", "stream"] : ["stream"]
        guard
            let entry = cursor.mapping(
                required: required, optional: optional + ["acuity"] + (unit == nil ? [] : ["unit"]))
        else { return nil }
        let stated = entry["unit"].map { roster.units.reference($0.scalar(accepted: "an id")) }
        guard let unit = stated ?? unit, let stream = entry["stream"]?.identifier() else { return nil }
        let id = SeriesID(unit: unit, stream: stream, acuity: entry["acuity"]?.identifier())
        named.append((id, cursor))
        return (id, entry)
    }

    private mutating func readSimilar(_ cursor: YAMLCursor) {
        guard let (id, entry) = series(cursor, unit: nil, optional: ["like", "daily"]) else { return }
        let daily = entry["daily"].map { $0.decimal(in: 0...100_000) }
        guard let like = entry["like"] else {
            cursor.fault("does not say which series it is like", accepted: "like: { unit: …, stream: … }")
            return
        }
        guard let other = series(like, unit: nil, optional: [])?.id, daily != .some(nil) else { return }
        similar[id] = Outlook.Similar(like: other, daily: daily ?? nil)
    }

    // MARK: Rules

    private static let bases = ["arrivals", "patients", "beds"]

    private mutating func rule(_ cursor: YAMLCursor, share usual: Double) -> StaffingRule? {
        guard
            let entry = cursor.mapping(
                required: ["rule"],
                optional: Self.bases + [
                    "wait", "per-person", "occupied", "productive-share", "at-least", "catch-up-hours",
                ])
        else { return nil }
        let scalar = entry["rule"]?.scalar(accepted: "an id")
        guard let id = roster.cover.rules.reference(scalar), let cover = roster.cover.rules[id] else {
            return nil
        }
        if cover.requirement != .demand {
            scalar?.fault(
                "is a cover rule that does not ask demand.csv",
                accepted: "a rule with demand: true in roster.yaml")
        }
        if rules.contains(where: { $0.rule == id }) {
            scalar?.fault("is stated twice", accepted: "each rule once")
        }
        let stated = Self.bases.filter { entry[$0] != nil }
        guard stated.count == 1 else {
            let found =
                stated.isEmpty ? "does not say what it counts" : "has \(stated.joined(separator: " and "))"
            cursor.fault(found, accepted: "exactly one of \(Self.bases.joined(separator: ", "))")
            return nil
        }
        let share = entry["productive-share"]?.decimal(in: 0.05...1) ?? usual
        let least = entry["at-least"]?.decimal(in: 0...1000) ?? 0
        let catchUp = entry["catch-up-hours"].map { $0.integer(in: 1...24) }
        if catchUp != nil, stated[0] != "arrivals" {
            cursor.fault(
                "has catch-up-hours and no arrivals",
                accepted: "catch-up-hours with arrivals: patients who are "
                    + "there are there at every hour")
        }
        let basis: StaffingRule.Basis? =
            switch stated[0] {
            case "arrivals": work(entry, unit: cover.unit)
            case "patients": care(entry, unit: cover.unit)
            default: beds(entry, unit: cover.unit)
            }
        return basis.map {
            StaffingRule(
                rule: id, basis: $0, productiveShare: share, least: least, catchUp: catchUp ?? nil)
        }
    }

    private mutating func work(_ entry: YAMLMapping, unit: Unit.ID) -> StaffingRule.Basis? {
        var work: [StaffingRule.Work] = []
        for item in entry["arrivals"]?.list() ?? [] {
            guard let (id, entry) = series(item, unit: unit, optional: ["minutes", "share"]) else { continue }
            guard let minutes = entry["minutes"] else {
                item.fault("does not say how long one takes", accepted: "minutes: 25")
                continue
            }
            let share = entry["share"].map { $0.decimal(in: 0...1) } ?? 1
            reckoned.append((id, .arrivals, item))
            if let minutes = minutes.decimal(in: 0...10_000), let share {
                work.append(.init(series: id, minutes: minutes, share: share))
            }
        }
        var wait: StaffingRule.Wait?
        if let entry = entry["wait"]?.mapping(required: ["minutes", "beyond"]) {
            let minutes = entry["minutes"]?.decimal(in: 0...1440)
            let beyond = entry["beyond"]?.decimal(in: 0.001...0.999)
            if let minutes, let beyond { wait = .init(minutes: minutes, beyond: beyond) }
        }
        return work.isEmpty ? nil : .work(work, wait: wait)
    }

    private mutating func care(_ entry: YAMLMapping, unit: Unit.ID) -> StaffingRule.Basis? {
        var care: [StaffingRule.Care] = []
        for item in entry["patients"]?.list() ?? [] {
            guard let (id, entry) = series(item, unit: unit, optional: ["per-person", "care-hours", "share"])
            else { continue }
            reckoned.append((id, .census, item))
            switch (entry["per-person"], entry["care-hours"]) {
            case (let patients?, nil):
                if let patients = patients.decimal(in: 0.1...100) {
                    care.append(.init(series: id, need: .ratio(patients: patients)))
                }
            case (nil, let hours?):
                let share = entry["share"].map { $0.decimal(in: 0...1) } ?? 1
                if let hours = hours.decimal(in: 0...100), let share {
                    care.append(.init(series: id, need: .hoursPerDay(hours, share: share)))
                }
            default:
                item.fault("does not say what a patient needs", accepted: "either per-person or care-hours")
            }
        }
        return care.isEmpty ? nil : .care(care)
    }

    private mutating func beds(_ entry: YAMLMapping, unit: Unit.ID) -> StaffingRule.Basis? {
        guard let perPerson = entry["per-person"] else {
            entry["beds"]?.fault(
                "does not say how many beds one person looks after", accepted: "per-person: 10")
            return nil
        }
        let occupied = entry["occupied"].flatMap { cursor in
            series(cursor, unit: unit, optional: []).map { (id: $0.id, place: cursor) }
        }
        if let occupied { reckoned.append((occupied.id, .census, occupied.place)) }
        guard let open = entry["beds"]?.decimal(in: 1...10_000), let each = perPerson.decimal(in: 0.1...1000)
        else {
            return nil
        }
        return .beds(open: open, perPerson: each, occupied: occupied?.id)
    }
}
