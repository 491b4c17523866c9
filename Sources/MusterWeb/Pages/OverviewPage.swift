import MusterFiles
import Roster
import SystemPool

/// Every organisation side by side, now and for three days: no figure stands alone.
struct OverviewPage {
    let view: SystemView
    private let tables: OverviewTables

    init(view: SystemView) {
        self.view = view
        tables = OverviewTables(view: view)
    }

    var page: Page {
        Page(
            title: view.picture.system.name, section: .overview, revision: view.version,
            content: """
                <p class="lead">\(headline)</p>
                \(raised)\(unreadable)\(unsettled)
                <ul class="cards">\(worstFirst.map(card))</ul>
                \(tables.html)
                """)
    }

    // MARK: - What is worst, first

    private func hardGaps(_ organisation: OrganisationPicture) -> Int {
        view.picture.soon(organisation.withoutPromises).count(where: \.isHard)
    }

    /// Hard gaps, then those of which nothing up to date is known, and the system's order else.
    private var worstFirst: [OrganisationPicture] {
        let ranked = view.picture.organisations.enumerated().map { place, organisation in
            (rank: (-hardGaps(organisation), organisation.freshness == .fresh ? 1 : 0, place), organisation)
        }
        return ranked.sorted { $0.rank < $1.rank }.map(\.1)
    }

    private var headline: String {
        let short = view.picture.organisations.filter { hardGaps($0) > 0 }
        let silent =
            view.picture.organisations.filter { $0.freshness != .fresh }.map(\.member.organisation.name)
            + view.names.unknownUnits(in: view.picture)
        let first =
            short.isEmpty
            ? "No hard gap is known of in the next 24 hours."
            : "\(counted(short.reduce(0) { $0 + hardGaps($1) }, "hard gap")) in the next 24 hours: "
                + "\(short.map(\.member.organisation.name).joined(separator: ", "))."
        guard !silent.isEmpty else { return first.capitalisedFirst }
        let list = silent.joined(separator: ", ")
        return
            "\(first) Nothing up to date is known of \(list): that does not mean that nothing is short there."
            .capitalisedFirst
    }

    private var raised: HTML {
        guard let call = view.raised.first else { return "" }
        return """
            <div class="notice warn"><p><strong>A call was raised at \(moment(call.at)):</strong> \(call.reason). \
            <a href="\(SituationPage.path)">The situation on one page</a>.</p></div>
            """
    }

    private var unreadable: HTML {
        view.picture.unreadableAid.words.map {
            "<div class=\"notice bad\"><p>\($0) <a href=\"/aid\">Mutual aid</a>.</p></div>"
        } ?? ""
    }

    private var unsettled: HTML {
        let bookings = view.picture.aid.count { view.unsettled.contains($0.id) }
        guard bookings > 0 else { return "" }
        let count = counted(bookings, "booking")
        return """
            <div class="notice warn"><p><strong>\(count.capitalisedFirst) not settled:</strong> the lender's own data do not say yet \
            that somebody goes, so that levels and headlines count the gap as open. <a href="/aid">See which</a>.</p></div>
            """
    }

    private func card(_ organisation: OrganisationPicture) -> HTML {
        let soon = view.picture.soon(organisation.withoutPromises)
        let hard = hardGaps(organisation)
        let state = view.escalation(of: organisation.id)
        let unknown = organisation.unknownUnits(on: view.picture.nextDays)
        let tone: Tone =
            organisation.freshness != .fresh
            ? .plain : hard > 0 ? .bad : soon.isEmpty && unknown.isEmpty ? .good : .warn
        let gaps: HTML =
            organisation.freshness == .unknown
            ? "Gaps are not known."
            : """
            \(counted(hard, "hard gap").capitalisedFirst), \(counted(soon.count - hard, "other gap")) in the next 24 hours: \
            \(personHours(view.picture.minutesSoon(soon))) missing\(promised(view.picture.promisedMinutesSoon([organisation]))).
            """
        return """
            <li class="card \(tone.rawValue)"><h2><a href="/organisations/\(organisation.id.text)">\
            \(organisation.member.organisation.name)</a></h2>
            <p>\(gaps)\(when(!unknown.isEmpty, " <strong>Nothing is known of \(counted(unknown.count, "unit")).</strong>"))</p>
            <p>\(Levels.ours(state)) \(Levels.opel(state))</p>
            <p class="age">\(Age.html(organisation, at: view.now))</p>\(tables.folded(organisation))</li>
            """
    }
}
