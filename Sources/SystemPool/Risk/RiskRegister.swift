import Roster

/// Minutes that were missing in a unit on a day, as its organisation last said.
public struct ShortageRecord: Hashable, Sendable, Codable {
    public let organisation: Organisation.ID
    public let site: Site.ID
    public let unit: Unit.ID
    public let staffGroup: StaffGroup
    public let day: Day
    public let minutes: Int

    public init(
        organisation: Organisation.ID, site: Site.ID, unit: Unit.ID, staffGroup: StaffGroup, day: Day,
        minutes: Int
    ) {
        self.organisation = organisation
        self.site = site
        self.unit = unit
        self.staffGroup = staffGroup
        self.day = day
        self.minutes = minutes
    }

    /// What a push says of its days: one record for each unit and staff group that is short.
    public static func records(of push: OrganisationPush) -> [ShortageRecord] {
        records(of: push.vacancies, in: push.organisation)
    }

    /// The same of some gaps, and of what lies between two times of them.
    public static func records(
        of vacancies: [Vacancy], in organisation: Organisation.ID, from start: Instant? = nil,
        to end: Instant? = nil
    ) -> [ShortageRecord] {
        struct Key: Hashable {
            let site: Site.ID
            let unit: Unit.ID
            let group: StaffGroup
            let day: Day
        }
        var minutes: [Key: Int] = [:]
        for vacancy in vacancies {
            let missing = vacancy.minutes(from: start ?? vacancy.start, to: end ?? vacancy.end)
            guard missing > 0 else { continue }
            let key = Key(
                site: vacancy.site, unit: vacancy.unit, group: vacancy.staffGroup, day: vacancy.start.day)
            minutes[key, default: 0] += missing
        }
        return minutes.map {
            ShortageRecord(
                organisation: organisation, site: $0.key.site, unit: $0.key.unit,
                staffGroup: $0.key.group,
                day: $0.key.day, minutes: $0.value)
        }.sorted { ($0.day, $0.unit, $0.staffGroup.rawValue) < ($1.day, $1.unit, $1.staffGroup.rawValue) }
    }
}

/// Raises risks and keeps those that stand up to date. It closes none: only a person does.
public struct RiskRegister {
    /// A unit is short again and again if on so many of the last days …
    public static let days = 3
    /// … of so many …
    public static let span = 7
    /// … so many person-minutes of one staff group were missing.
    public static let minutes = 240
    /// A row that nobody has reviewed for so long is due.
    public static let review = ElapsedMinutes(hours: 24)

    private let picture: SystemPicture
    private let history: [ShortageRecord]

    /// - Parameter history: of the last days, today included.
    public init(_ picture: SystemPicture, history: [ShortageRecord]) {
        self.picture = picture
        self.history = history
    }

    /// What raises a row.
    fileprivate struct Cause {
        let origin: RiskRow.Origin
        let organisation: Organisation.ID
        let site: Site.ID
        let unit: Unit.ID
        let staffGroup: StaffGroup
        var purpose: CoverPurpose?
        let sentence: String
        let likelihood: Int
        let impact: Int
        let start: Instant
        let end: Instant
        let owner: JobRole
        let vacancies: [VacancyKey]
        /// Person-minutes missing.
        let size: Int
        /// Nil unless gaps raise it.
        var missing: MissingHeads?
    }

    /// The rows, with new ones at the end. The same picture again changes nothing.
    ///
    /// - Parameter taken: Ids of other rows, which no new one is given.
    public func refreshed(_ rows: [RiskRow], taken: Set<RiskRow.ID> = []) -> [RiskRow] {
        var rows = rows
        let causes = hardGaps() + repeatedShortages()
        for index in rows.indices where rows[index].origin != .person {
            // Of an organisation or a unit of which nothing fresh is known, nobody knows whether the cause is gone.
            guard let organisation = picture.organisation(rows[index].organisation),
                organisation.freshness == .fresh
            else { continue }
            let isPresent = causes.contains { $0.matches(rows[index]) }
            if isPresent || !organisation.unknownUnits.contains(where: { $0 == rows[index].unit }) {
                // What comes back after it had gone is not what somebody closed the row about.
                rows[index].isPresent = isPresent && (rows[index].closed == nil || rows[index].isPresent)
            }
        }
        for cause in causes {
            if let index = rows.lastIndex(where: { cause.matches($0) && $0.closed == nil }) {
                cause.update(&rows[index], at: picture.at)
            } else if !rows.contains(where: { cause.isKnown(from: $0, at: picture.at) }) {
                var number = rows.count { cause.matches($0) } + 1
                let known = taken.union(rows.map(\.id))
                while known.contains(cause.id(number)) { number += 1 }
                rows.append(cause.row(number: number, at: picture.at))
            }
        }
        return rows
    }

    private func hardGaps() -> [Cause] {
        picture.organisations.filter { $0.freshness == .fresh }.flatMap { organisation -> [Cause] in
            let open = organisation.withoutPromises.filter { $0.isHard && $0.end > picture.at }
            let places = Dictionary(grouping: open) {
                "\($0.unit) \($0.staffGroup.rawValue) \($0.purpose.rawValue)"
            }
            return places.sorted { $0.key < $1.key }.compactMap { _, gaps in
                guard let first = gaps.min(by: { $0.start < $1.start }),
                    let last = gaps.max(by: { $0.end < $1.end })
                else { return nil }
                let isNear = first.start - picture.at <= ElapsedMinutes(hours: 24)
                let more = gaps.count > 1 ? ", and \(gaps.count - 1) more" : ""
                let told = organisation.push.map {
                    London.instant($0.first.advanced(by: $0.days), minute: 0)
                }
                return Cause(
                    origin: .hardGap, organisation: organisation.id, site: first.site, unit: first.unit,
                    staffGroup: first.staffGroup, purpose: first.purpose,
                    sentence:
                        "\(first.purpose.lacking) in \(first.unit), \(first.start) to \(first.end)\(more)",
                    likelihood: isNear ? 4 : 3, impact: first.purpose == .general ? 3 : 4, start: first.start,
                    end: last.end, owner: first.staffGroup == .medical ? .medicalDirector : .headOfNursing,
                    vacancies: gaps.map { VacancyKey(organisation.id, $0.id) }.sorted(),
                    size: gaps.reduce(0) { $0 + $1.minutes },
                    missing: MissingHeads(gaps, until: told ?? last.end))
            }
        }
    }

    private func repeatedShortages() -> [Cause] {
        let today = picture.at.day
        let recent = history.filter {
            today.advanced(by: 1 - Self.span) <= $0.day && $0.day <= today && $0.minutes >= Self.minutes
        }
        let places = Dictionary(grouping: recent) {
            "\($0.organisation) \($0.unit) \($0.staffGroup.rawValue)"
        }
        return places.sorted { $0.key < $1.key }.compactMap { _, records in
            let days = Set(records.map(\.day)).sorted()
            guard days.count >= Self.days, let first = records.first, let from = days.first,
                let last = days.last,
                picture.organisation(first.organisation)?.freshness == .fresh
            else { return nil }
            let minutes = records.reduce(0) { $0 + $1.minutes }
            return Cause(
                origin: .repeatedShortage, organisation: first.organisation, site: first.site,
                unit: first.unit,
                staffGroup: first.staffGroup,
                sentence:
                    "\(first.unit) was short of \(first.staffGroup.rawValue) staff on \(days.count) of the last "
                    + "\(Self.span) days, \(minutes / 60) hours in all",
                likelihood: min(5, days.count), impact: 3, start: London.instant(from, minute: 0),
                end: London.instant(last.advanced(by: 1), minute: 0), owner: .operationsManager,
                vacancies: [],
                size: minutes)
        }
    }
}

extension RiskRegister.Cause {
    fileprivate func matches(_ row: RiskRow) -> Bool {
        row.origin == origin && row.organisation == organisation && row.unit == unit
            && row.staffGroup == staffGroup && (row.purpose == nil || row.purpose == purpose)
    }

    /// Somebody closed a row about just this: it is not raised again for what they knew of, while it is there without a
    /// break and no more is missing.
    fileprivate func isKnown(from row: RiskRow, at now: Instant) -> Bool {
        guard matches(row), let closed = row.closed else { return false }
        let known = row.known?.minutes(from: now) ?? row.size
        return origin == .hardGap
            ? row.isPresent && missing?.minutes(from: now) ?? size <= known
                && Set(vacancies).isSubset(of: row.vacancies)
            : end <= closed.at + ElapsedMinutes(hours: 24 * RiskRegister.span)
    }

    fileprivate func update(_ row: inout RiskRow, at now: Instant) {
        if let missing {
            // Of what was known when it was compared last nothing may lie ahead any more.
            let compared = row.compared.flatMap { $0.until > now ? $0 : row.known }
            let before = compared ?? missing
            let trend = missing.trend(from: before, at: now)
            row.trend = trend == .steady ? row.judged ?? .steady : trend
            (row.known, row.compared) = (missing, before)
        } else if size != row.size {
            row.trend = size > row.size ? .rising : .falling
        }
        // What a person has judged stays.
        if row.reviews.isEmpty { (row.likelihood, row.impact) = (likelihood, impact) }
        row.size = size
        row.purpose = purpose
        row.cause = sentence
        row.start = start
        row.end = end
        row.vacancies = vacancies
        row.isPresent = true
    }

    fileprivate func id(_ number: Int) -> RiskRow.ID {
        RiskRow.ID("\(origin.rawValue)-\(organisation)-\(unit)-\(staffGroup.rawValue)-\(number)")
    }

    fileprivate func row(number: Int, at: Instant) -> RiskRow {
        var row = RiskRow(
            id: id(number), organisation: organisation, site: site, unit: unit, staffGroup: staffGroup,
            origin: origin, purpose: purpose, cause: sentence, likelihood: likelihood, impact: impact,
            start: start, end: end, owner: owner,
            vacancies: vacancies, opened: at, reviewDue: at + RiskRegister.review)
        row.size = size
        (row.known, row.compared) = (missing, missing)
        return row
    }
}

extension CoverPurpose {
    /// `No senior decision maker`.
    fileprivate var lacking: String {
        switch self {
        case .general: "Hard cover is not met"
        case .seniorDecisionMaker: "No senior decision maker"
        case .frailtyInReach: "No frailty practitioner"
        }
    }
}

extension HeatTable {
    /// Where and when people are missing from now on, an hour a cell on the wall clock of London.
    ///
    /// - Complexity: O(vacancies × hours), where gaps of a site seldom overlap.
    public init(_ picture: SystemPicture) {
        struct Key: Hashable {
            let place: Int
            let site: Site.ID
            let day: Day
        }
        struct Cells {
            var gaps = Array(repeating: [(start: Instant, end: Instant, heads: Int)](), count: 24)
            var missing = Array(repeating: 0, count: 24)
            var weighted = Array(repeating: 0, count: 24)
            var isHard = Array(repeating: false, count: 24)

            /// So many are missing at once, at some time of each hour.
            var heads: [Int] {
                gaps.map { gaps in
                    let changes = gaps.flatMap { [($0.start, $0.heads), ($0.end, -$0.heads)] }.sorted(by: <)
                    var (now, most) = (0, 0)
                    for (_, change) in changes {
                        now += change
                        most = max(most, now)
                    }
                    return most
                }
            }
        }
        var cells: [Key: Cells] = [:]
        for (place, organisation) in picture.organisations.enumerated() where organisation.freshness == .fresh
        {
            for vacancy in organisation.withoutPromises {
                var start = max(vacancy.start, picture.at)
                while start < vacancy.end {
                    let rest = 60 - start.clock.minute % 60
                    let end = min(vacancy.end, start + ElapsedMinutes(rest))
                    let key = Key(place: place, site: vacancy.site, day: start.day)
                    let minutes = (end - start).count * vacancy.missing
                    let hour = start.clock.minute / 60
                    cells[key, default: Cells()].gaps[hour].append((start, end, vacancy.missing))
                    cells[key, default: Cells()].missing[hour] += minutes
                    cells[key, default: Cells()].weighted[hour] += minutes * vacancy.risk
                    if vacancy.isHard { cells[key, default: Cells()].isHard[hour] = true }
                    start = end
                }
            }
        }
        rows = cells.sorted {
            ($0.key.place, $0.key.site, $0.key.day) < ($1.key.place, $1.key.site, $1.key.day)
        }.map { key, cells in
            Row(
                organisation: picture.organisations[key.place].id, site: key.site, day: key.day,
                heads: cells.heads, missing: cells.missing, weighted: cells.weighted, isHard: cells.isHard)
        }
    }
}
