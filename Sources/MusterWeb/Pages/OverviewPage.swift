import MusterFiles
import Roster
import SystemPool

/// Every organisation side by side, now and for three days: no figure stands alone.
struct OverviewPage {
    let view: SystemView

    var page: Page {
        Page(
            title: view.picture.system.name, section: .overview, revision: view.version,
            content: """
                <p class="lead">\(headline)</p>
                \(raised)\(unreadable)\(unsettled)
                <ul class="cards">\(view.picture.organisations.map(card))</ul>
                \(OverviewTables(view: view).html)
                """)
    }

    // MARK: - What is worst, first

    private var headline: String {
        let hard = view.picture.soon(view.picture.organisations.flatMap(\.withoutPromises)).filter(\.isHard)
        let silent =
            view.picture.organisations.filter { $0.freshness != .fresh }.map(\.member.organisation.name)
            + view.names.unknownUnits(in: view.picture)
        let first =
            hard.isEmpty
            ? "No hard gap is known of in the next 24 hours."
            : "\(counted(hard.count, "hard gap")) in the next 24 hours."
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
        let hard = soon.count(where: \.isHard)
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
            <p class="age">\(Age.html(organisation, at: view.now))</p></li>
            """
    }
}
