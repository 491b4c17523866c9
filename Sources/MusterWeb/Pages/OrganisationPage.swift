import MusterFiles
import Roster
import SystemPool

/// One organisation: its gaps, what it offers, its figures.
struct OrganisationPage {
    let view: SystemView
    let organisation: OrganisationPicture
    let visitor: Visitor
    /// Which parts of the lists of gaps and offers.
    let gaps: Int
    let offers: Int

    private var names: Names { view.names }
    private var state: EscalationState? { view.escalation(of: organisation.id) }

    var page: Page {
        Page(
            title: organisation.member.organisation.name, section: .overview, revision: view.version,
            content: """
                <dl><dt>Organisation</dt><dd>\(organisation.id.text), \(organisation.member.kind.words)</dd>
                <dt>Data</dt><dd>\(Age.html(organisation, at: view.now))</dd>
                <dt>Levels</dt><dd>\(Levels.ours(state)) \(Levels.opel(state))</dd>
                \(mailbox)</dl>
                \(warning)\(takenSites)\(passedOver)
                <h2 id="gaps">Gaps</h2>\(gapTable)
                <h2 id="offers">Offered to others</h2>\(offerTable)
                <h2>Lent and received</h2>\(bookingTable)
                <h2>Figures</h2>\(figures)
                """)
    }

    private var mailbox: HTML {
        organisation.member.mailbox.map { "<dt>Mailbox</dt><dd><a href=\"mailto:\($0)\">\($0)</a></dd>" }
            ?? ""
    }

    private var warning: HTML {
        switch organisation.freshness {
        case .fresh: unknown
        case .stale:
            """
            <div class="notice warn"><p><strong>These data are too old to rely on.</strong> Nothing is suggested from \
            them. Gaps may have opened since.</p></div>
            """
        case .unknown where organisation.isUnreadable:
            """
            <div class="notice warn"><p><strong>What this organisation sent last cannot be read.</strong> Nothing is known \
            until it sends again, which does not mean that nothing is short.</p></div>
            """
        case .unknown:
            """
            <div class="notice warn"><p><strong>This organisation has never sent anything.</strong> That does not mean \
            that nothing is short.</p></div>
            """
        }
    }

    private var takenSites: HTML {
        let sites = organisation.takenSites.sorted()
        guard !sites.isEmpty else { return "" }
        return """
            <div class="notice warn"><p><strong>Nobody is lent to \(sites.map(\.text).joined(separator: ", ")):</strong> \
            another organisation sent that site id first, so it is not clear which place is meant. Send it under an id \
            that no other organisation uses.</p></div>
            """
    }

    /// What it lends, and does not say that it does: the gaps elsewhere stay open meanwhile.
    private var passedOver: HTML {
        let links = view.picture.aid.filter { call in
            call.loan?.lender == organisation.id && view.passedOver.contains(call.id)
        }.map { call in "<a href=\"/aid#a-\(call.id.text)\">\(call.id.text)</a> " as HTML }
        guard !links.isEmpty else { return "" }
        return """
            <div class="notice warn"><p><strong>Its data do not say who goes under \(links):</strong> they came after this was \
            confirmed, and leave it out, so that those gaps count as open. Say who goes, and send again; a system other than \
            Muster has to send these bookings under <span class="id">includes</span>.</p></div>
            """
    }

    private var unknown: HTML {
        let units = (organisation.push?.units ?? []).compactMap { unit in
            unit.unknown.map { days in
                "<li>\(unit.name): \(days.map(\.brief).joined(separator: ", "))</li>" as HTML
            }
        }
        guard !units.isEmpty else { return "" }
        return """
            <div class="notice warn"><p><strong>Nothing is known of some units:</strong> no rota is known, or their data \
            are too old. That does not mean that nothing is short there.</p><ul>\(units)</ul></div>
            """
    }

    private var gapTable: HTML {
        let promises = Promises(view, to: organisation)
        let sorted = organisation.withoutPromises.sorted {
            ($0.isHard ? 0 : 1, $0.start, $0.id) < ($1.isHard ? 0 : 1, $1.start, $1.id)
        }
        let portion = Portion(sorted, page: gaps)
        let rows = portion.items.map { vacancy in
            let key = VacancyKey(organisation.id, vacancy.id)
            return PageTable.Row(
                header:
                    "<a href=\"\(key.path)\">\(names.place(vacancy.unit, vacancy.site, of: organisation.id))</a>",
                cells: [
                    "\(span(vacancy.start, vacancy.end))\(when(vacancy.start <= view.now, ", has begun"))",
                    "\(vacancy.asked)",
                    "\(vacancy.isHard ? tag(.bad, "Hard: \(vacancy.purpose.words)") : "soft")\(promises.mark(vacancy))",
                    "\(personHours(vacancy.minutes))", "\(vacancy.reason.rawValue.replacing("-", with: " "))",
                    "<span class=\"id\">\(vacancy.id.text)</span>",
                ])
        }
        let table = PageTable(
            caption: "Open gaps, hard ones first",
            head: ["Where", "When", "Missing", "Kind", "Hours", "Reason", "Id"],
            rows: rows, none: organisation.freshness == .unknown ? "Nothing is known." : "No gap is open.")
        return "\(table.html)\(portion.links("/organisations/\(organisation.id.text)", "gaps"))"
    }

    private var offerTable: HTML {
        let portion = Portion(
            organisation.offers.sorted { ($0.earliestStart, $0.id) < ($1.earliestStart, $1.id) }, page: offers
        )
        let rows = portion.items.map { offer in
            PageTable.Row(
                header: "\(offer.source.words(names, of: organisation.id))",
                cells: [
                    "\(offer.staffGroup.words), \(offer.grade.text)",
                    offer.skills.isEmpty ? "none" : "\(offer.skills.map(\.id.text).joined(separator: ", "))",
                    "\(span(offer.earliestStart, offer.latestEnd))", "\(personHours(offer.remainingMinutes))",
                    offer.hasConsented ? "yes" : "no", "\(offer.agreement.text)",
                ])
        }
        let table = PageTable(
            caption: "People and surplus that others may ask for, without names",
            head: ["Who", "Grade", "Skills", "Free", "Hours left", "Consents", "Agreement"], rows: rows,
            none: "Nobody is offered.")
        return "\(table.html)\(portion.links("/organisations/\(organisation.id.text)", "offers"))"
    }

    /// Bookings under mutual aid: who goes from here, and who comes.
    private var bookingTable: HTML {
        let booked = view.picture.aid.filter { call in
            call.state.isBooked && [call.asking, call.loan?.lender].contains(organisation.id)
        }.sorted { ($0.need.start, $0.id) < ($1.need.start, $1.id) }
        let rows = booked.compactMap { call in
            call.loan.map { loan in
                PageTable.Row(
                    header: call.asking == organisation.id
                        ? "Comes from \(names.organisation(loan.lender))"
                        : "Goes to \(names.organisation(call.asking))",
                    cells: [
                        "\(loan.source.words(names, of: loan.lender))",
                        "\(names.place(call.need.unit, call.need.site, of: call.asking))",
                        "\(span(call.need.start, call.need.end))",
                        "<a href=\"\(call.path)\">\(call.id.text)</a>\(when(view.unsettled.contains(call.id), " \(tag(.warn, "Not settled who goes"))"))",
                    ])
            }
        }
        return PageTable(
            caption: "Bookings on which both sides have agreed",
            head: ["Which way", "Who", "Where", "When", "Call"],
            rows: rows, none: "Nobody is lent or received."
        ).html
    }

    /// A row a figure, with what it is now and on each day that was sent.
    private var figures: HTML {
        let board = MetricBoard(organisation, limit: view.picture.system.limits.metrics, at: view.now)
        let days = Set(organisation.metrics.map(\.day)).sorted { ($0?.ordinal ?? 0) < ($1?.ordinal ?? 0) }
        let names = Set(organisation.metrics.map(\.name)).sorted { $0.rawValue < $1.rawValue }
        let rows = names.map { name in
            let readings = days.map { board[name, $0] }
            let measured = Set(readings.compactMap { $0?.measuredAt }).sorted()
            let isStale = readings.contains { $0?.isStale == true }
            return PageTable.Row(
                header: "\(name.words)",
                cells: readings.map { $0.map { "\(decimal($0.value))" } ?? Figures.missing } + [
                    "\(measured.map(moment).joined(separator: ", ")) \(isStale ? tag(.stale, "stale") : "")"
                ], tone: isStale ? .stale : .plain)
        }
        return PageTable(
            caption: "All figures that were sent",
            head: ["Figure"] + days.map { $0?.brief ?? "Now" } + ["Measured"], rows: rows,
            none: "No figure was sent."
        ).html
    }
}

extension Member.Kind {
    var words: String { self == .nhs111 ? "NHS 111" : rawValue.replacing("-", with: " ") }
}
