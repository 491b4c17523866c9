import Foundation
import Roster
import SystemPool

/// One page on how a system stands, for a call that anybody who takes part may raise. It holds nothing about a person,
/// not even a pseudonym.
public struct SituationPack {
    public let snapshot: SystemSnapshot
    /// Nil until it has been worked out.
    public let solution: PoolSolution?
    public let by: Actor
    public let reason: Remark?
    private let names: Names
    private let unsettled: Set<AidRequest.ID>

    public init(snapshot: SystemSnapshot, solution: PoolSolution?, by: Actor, reason: Remark?) {
        self.init(
            snapshot: snapshot, solution: solution, by: by, reason: reason, names: Names(snapshot.picture),
            unsettled: Set(snapshot.picture.unsettled.map(\.id)))
    }

    /// - Parameters:
    ///   - names: Of the whole system, where the snapshot is a part of it.
    ///   - unsettled: Bookings whose lender has not settled who goes, by the data of the whole system.
    package init(
        snapshot: SystemSnapshot, solution: PoolSolution?, by: Actor, reason: Remark?, names: Names,
        unsettled: Set<AidRequest.ID>
    ) {
        self.snapshot = snapshot
        self.solution = solution
        self.by = by
        self.reason = reason
        self.names = names
        self.unsettled = unsettled
    }

    /// A heading with its lines, or with what stands there if there is none.
    public struct Section {
        public let title: String
        public let lines: [String]
        public let none: String
    }

    /// So many lines of a list are on the page: it is one page.
    private static let most = 5

    private var picture: SystemPicture { snapshot.picture }
    private var now: Instant { picture.at }

    // MARK: - What it says

    var title: String { "Situation of \(picture.system.name)" }

    var raised: String {
        let organisation = by.organisation.map { " of \(names.organisation($0))" } ?? ""
        let why = reason.map { ": \($0)" } ?? ""
        return "Raised by the \(by.role.words)\(organisation)\(why)"
    }

    public var time: String { "As of \(now.clock) on \(now.day.long)" }

    /// What is worst, by data that are up to date and by older ones, each for itself, and what is not known.
    public var headline: String {
        let judged = picture.organisations.filter { $0.freshness == .fresh }
        let others = picture.organisations.filter { $0.freshness != .fresh }
        let known =
            judged.isEmpty
            ? "Nothing is judged, since nobody's data are up to date."
            : short(judged).map { "\($0)." } ?? "No gap is known of in the next 24 hours."
        let older = short(others).map { " By data that are too old to be judged: \($0)." } ?? ""
        let unknown = others.map(\.member.organisation.name) + names.unknownUnits(in: picture)
        guard !unknown.isEmpty else { return known }
        return
            "\(known)\(older) Nothing up to date is known of \(unknown.joined(separator: ", ")): that does not mean that "
            + "nothing is short there."
    }

    /// `3 gaps in the next 24 hours, 30 hours missing; 2 of them hard`; nil of none.
    private func short(_ organisations: [OrganisationPicture]) -> String? {
        let soon = picture.soon(organisations.flatMap(\.withoutPromises))
        guard !soon.isEmpty else { return nil }
        let hard = soon.count(where: \.isHard)
        return "\(counted(soon.count, "gap").capitalisedFirst) in the next 24 hours, "
            + "\(personHours(picture.minutesSoon(soon))) missing"
            + "\(promised(picture.promisedMinutesSoon(organisations))); "
            + (hard == 0 ? "none is hard" : "\(hard) of them hard")
    }

    /// Each list says of whom nothing is in it, where it would be taken for there being nothing.
    public var sections: [Section] {
        let unjudged = Unjudged(picture)
        return [
            Section(
                title: "Organisations", lines: picture.organisations.map(organisation), none: "none"),
            Section(
                title: "Worst gaps, now and ahead", lines: cut(gaps),
                none: unjudged.none("No gap is known of.")),
            Section(
                title: "Moves that would help most", lines: cut(moves),
                none: solution == nil
                    ? "Not worked out yet." : unjudged.none("No lawful move would lower risk.")),
            Section(title: "Mutual aid", lines: cut(aid), none: "Nobody has called for aid."),
            Section(
                title: "Actions to do", lines: cut(actions),
                none: unjudged.none("No level has actions to do.")),
            Section(title: "Highest risks", lines: cut(risks), none: unjudged.none("No risk is open.")),
        ]
    }

    private func cut(_ lines: [String]) -> [String] {
        lines.count <= Self.most
            ? lines : lines.prefix(Self.most) + ["and \(lines.count - Self.most) more"]
    }

    private func organisation(_ organisation: OrganisationPicture) -> String {
        let name = organisation.member.organisation.name
        guard let age = organisation.age(at: now) else { return "\(name): \(organisation.silence)" }
        let state = snapshot.escalation.first { $0.organisation == organisation.id }
        let soon = picture.soon(organisation.withoutPromises)
        let level =
            state.map { $0.words.prefix(1).lowercased() + $0.words.dropFirst() } ?? "staffing level not known"
        let opel =
            state?.opel.map {
                "OPEL \($0.level) \($0.entered)\(state?.isOpelStale == true ? " (stale)" : "")"
            }
            ?? "OPEL not entered"
        let beds = EscalationReading(picture, organisation).reading(of: .virtualWardOccupancy)
        let ward = beds.map { ", virtual ward \(decimal($0.value.rounded())) % full" } ?? ""
        let fresh = organisation.freshness == .fresh ? "data" : "STALE data"
        return
            "\(name): \(counted(soon.count(where: \.isHard), "hard gap")) and "
            + "\(personHours(picture.minutesSoon(soon))) missing in 24 hours"
            + "\(promised(picture.promisedMinutesSoon([organisation]))); \(level), \(opel)\(ward); "
            + "\(fresh) \(ago(age))"
    }

    /// For which somebody is promised and nobody named yet.
    private var promisedGaps: Set<VacancyKey> {
        Set(
            picture.aid.filter { unsettled.contains($0.id) }.flatMap { call in
                (picture.organisation(call.asking)?.promised(by: call) ?? []).map {
                    VacancyKey(call.asking, $0.id)
                }
            })
    }

    private var gaps: [String] {
        let promisedGaps = promisedGaps
        let all = picture.organisations.filter { $0.freshness == .fresh }.flatMap { organisation in
            organisation.withoutPromises.map { (organisation.id, $0) }
        }
        let order = all.sorted { left, right in
            let (one, two) = (left.1, right.1)
            return (one.isHard ? 0 : 1, -one.risk, one.start, left.0, one.id)
                < (two.isHard ? 0 : 1, -two.risk, two.start, right.0, two.id)
        }
        return order.map { organisation, vacancy in
            let isPromised = promisedGaps.contains(VacancyKey(organisation, vacancy.id))
            return "\(vacancy.isHard ? "HARD: " : "")\(vacancy.asked) in "
                + "\(names.place(vacancy.unit, vacancy.site, of: organisation)), \(span(vacancy.start, vacancy.end))"
                + (vacancy.start <= now ? ", has begun: telephone as well" : "")
                + (isPromised ? ", promised and not covered" : "")
        }
    }

    private var moves: [String] {
        (solution?.suggestions ?? []).flatMap { suggestion in
            suggestion.moves.map { move in
                let offer = picture.organisation(suggestion.offer.organisation)?.offers.first {
                    $0.id == suggestion.offer.id
                }
                let receiver = move.vacancy.organisation
                return
                    "\(suggestion.rank). \(offer?.staffGroup.words ?? "somebody") \(suggestion.grade) from "
                    + "\(names.organisation(suggestion.offer.organisation)) to "
                    + "\(names.place(move.unit, move.site, of: receiver)), \(span(move.start, move.end)): "
                    + "\(personHours(move.missingBefore)) missing before, \(personHours(move.missingAfter)) after"
            }
        }
    }

    private var aid: [String] {
        [picture.unreadableAid.words].compactMap(\.self)
            + picture.aid.filter { !$0.state.isOver }.sorted {
                ($0.need.isHard ? 0 : 1, $0.need.start) < ($1.need.isHard ? 0 : 1, $1.need.start)
            }.map { call in
                let lender = call.loan.map { " from \(names.organisation($0.lender))" } ?? ""
                return
                    "\(names.organisation(call.asking)) asks for a \(call.need.staffGroup.words)\(lender), "
                    + "\(span(call.need.start, call.need.end)): "
                    + call.state.words(isSettled: !unsettled.contains(call.id))
            }
    }

    private var actions: [String] {
        snapshot.escalation.flatMap { state in
            state.actions.filter { $0.done == nil }.map { action in
                "\(names.organisation(state.organisation)): \(action.card.action); \(action.card.owner.words), "
                    + (action.isOverdue(at: now) ? "OVERDUE since " : "due ") + moment(action.due)
            }
        }
    }

    private var risks: [String] {
        [snapshot.unreadableRisks.words].compactMap(\.self)
            + snapshot.risks.inOrder.map { row in
                "\(row.score) of 25, \(row.trend.rawValue): \(names.organisation(row.organisation)): "
                    + "\(names.spoken(row.cause, of: row.organisation)); owner \(row.owner.words)"
            }
    }

    // MARK: - As text and as a page

    /// The whole page as plain text.
    public var text: String {
        let lists = sections.map { section in
            ([section.title.uppercased()]
                + (section.lines.isEmpty ? [section.none] : section.lines.map { "- \($0)" }))
                .joined(separator: "\n")
        }
        return (["\(title)\n\(time)\n\(raised)", headline] + lists).joined(separator: "\n\n")
    }

    /// Self-contained; prints on one page of A4.
    public var html: String {
        let lists = sections.map { section -> HTML in
            let lines = section.lines.map { "<li>\($0)</li>" as HTML }
            let body: HTML = lines.isEmpty ? "<p>\(section.none)</p>" : "<ul>\(lines)</ul>"
            return "<section><h2>\(section.title)</h2>\(body)</section>\n"
        }
        let page: HTML = """
            <!DOCTYPE html>
            <html lang="en-GB"><head><meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>\(title)</title>
            <style>
            body { margin: 1rem auto; max-width: 48rem; padding: 0 1rem; font: 16px/1.4 Arial, sans-serif; color: #212b32; }
            h1 { margin: 0; font-size: 1.5rem; } h2 { margin: 1rem 0 .25rem; font-size: 1.1rem; }
            p { margin: .25rem 0; } ul { margin: 0; padding-left: 1.2rem; } .headline { font-weight: bold; }
            section { border-top: 1px solid #4c6272; } section p, section ul { margin-bottom: .5rem; }
            @page { size: A4; margin: 12mm; }
            @media print { body { margin: 0; max-width: none; padding: 0; font-size: 9.5pt; line-height: 1.25; }
            h2 { margin-top: .4rem; } section { break-inside: avoid; } }
            </style></head><body><main>
            <h1>\(title)</h1><p>\(time). \(raised).</p><p class="headline">\(headline)</p>
            \(lists)</main></body></html>

            """
        return page.source
    }

    /// Writes `situation.txt` and `situation.html`, both or none; returns their paths.
    ///
    /// - Throws: ``OutputError``.
    public func write(to folder: URL) throws(OutputError) -> [String] {
        var output = try OutputFolder(folder)
        try output.add("situation.txt", text + "\n")
        try output.add("situation.html", html)
        try output.commit()
        return ["situation.html", "situation.txt"].map { folder.appending(path: $0).path }
    }
}
