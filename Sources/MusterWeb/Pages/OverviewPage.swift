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
                \(raised)\(unsettled)
                <ul class="cards">\(view.picture.organisations.map(card))</ul>
                <h2>Staff needed and there</h2>
                <p>Person-hours there of those needed. A gap is what is missing against the plan; a hard gap is senior \
                cover or frailty cover, which nothing else makes up for.</p>
                \(staffing)
                <h2>Bank, beds and services</h2>
                \(services)
                """)
    }

    private var today: Day { view.now.day }
    private var days: [Day] { (0..<3).map { today.advanced(by: $0) } }

    // MARK: - What is worst, first

    private var headline: String {
        let hard = view.picture.soon(view.picture.organisations.flatMap(\.vacancies)).filter(\.isHard)
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

    private var unsettled: HTML {
        let bookings = view.picture.aid.count { view.unsettled.contains($0.id) }
        guard bookings > 0 else { return "" }
        let count = counted(bookings, "booking")
        return """
            <div class="notice warn"><p><strong>\(count.capitalisedFirst) not settled:</strong> the gap counts as closed, and \
            the lender's own data do not say yet that somebody goes. <a href="/aid">See which</a>.</p></div>
            """
    }

    private func card(_ organisation: OrganisationPicture) -> HTML {
        let soon = view.picture.soon(organisation.vacancies)
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
            \(personHours(view.picture.minutesSoon(soon))) missing.
            """
        return """
            <li class="card \(tone.rawValue)"><h2><a href="/organisations/\(organisation.id.text)">\
            \(organisation.member.organisation.name)</a></h2>
            <p>\(gaps)\(when(!unknown.isEmpty, " <strong>Nothing is known of \(counted(unknown.count, "unit")).</strong>"))</p>
            <p>\(Levels.ours(state)) \(Levels.opel(state))</p>
            <p class="age">\(Age.html(organisation, at: view.now))</p></li>
            """
    }

    // MARK: - Tables

    private var staffing: HTML {
        let groups: [(String, Metric.Name, Metric.Name)] = [
            ("Registered", .registeredRequired, .registeredFilled),
            ("Support workers", .unregisteredRequired, .unregisteredFilled),
            ("Medical", .medicalRequired, .medicalFilled), ("Therapy", .therapyRequired, .therapyFilled),
        ]
        let rows = view.picture.organisations.flatMap { organisation in
            let board = board(organisation)
            return ([nil] + days.map(Optional.some)).enumerated().map { index, day in
                let unknown = organisation.unknownUnits(on: (day ?? today)...(day ?? today)).count
                return PageTable.Row(
                    header: index == 0
                        ? "\(organisation.member.organisation.name), now\(Self.mark(organisation))"
                        : "<span class=\"hidden\">\(organisation.member.organisation.name), </span>\(day?.brief ?? "now")\(Self.mark(organisation))",
                    cells: groups.map { filled(board[$0.1, day], board[$0.2, day], isWhole: unknown == 0) }
                        + [
                            hardCover(
                                organisation, board, .seniorDecisionMaker, .seniorGapHours, day, unknown),
                            hardCover(
                                organisation, board, .frailtyInReach, .frailtyGapHours, day, unknown),
                            openGaps(organisation, day, unknown: unknown),
                            Figures.html(board[.redFlags, day]),
                            Figures.html(board[.unavailability, day], " %"),
                        ], tone: organisation.freshness == .fresh ? .plain : .stale, isFirst: index == 0)
            }
        }
        return PageTable(
            caption: "Staff needed and there, by organisation and day",
            head: ["When"] + groups.map(\.0) + [
                "Senior cover", "Frailty cover", "Open gaps", "Red flags", "Unavailable",
            ],
            rows: rows, none: "No organisation has sent anything yet."
        ).html
    }

    private static func mark(_ organisation: OrganisationPicture) -> HTML {
        when(
            organisation.freshness != .fresh,
            " \(tag(.stale, organisation.freshness == .stale ? "stale" : organisation.isUnreadable ? "unreadable" : "never sent"))"
        )
    }

    private func board(_ organisation: OrganisationPicture) -> MetricBoard {
        MetricBoard(organisation, limit: view.picture.system.limits.metrics, at: view.now)
    }

    private func filled(
        _ required: MetricBoard.Reading?, _ filled: MetricBoard.Reading?, isWhole: Bool
    ) -> HTML {
        guard let required, let filled else { return Figures.missing }
        let short = required.value - filled.value
        let share = required.value > 0 ? Int((100 * short / required.value).rounded()) : 0
        let words: HTML =
            short > 0 ? ", <strong>\(decimal(short)) short (\(share) %)</strong>" : ""
        let text: HTML = "\(decimal(filled.value)) of \(decimal(required.value)) h\(words)"
        return "\(text)\(when(!isWhole, ", known units only"))\(Figures.staleMark(required, filled))"
    }

    /// Open if a figure or a gap says so; met only if an up-to-date figure says so.
    private func hardCover(
        _ organisation: OrganisationPicture, _ board: MetricBoard, _ purpose: CoverPurpose,
        _ name: Metric.Name, _ day: Day?, _ unknown: Int
    ) -> HTML {
        let gaps = organisation.vacancies.filter { $0.purpose == purpose && isOn(day, $0) }
        if !gaps.isEmpty { return tag(.bad, "Gap: \(personHours(gaps.reduce(0) { $0 + $1.minutes }))") }
        guard let reading = board[name, day] else { return Figures.missing }
        if reading.value > 0 { return tag(.bad, "Gap: \(personHours(Int(reading.value * 60)))") }
        if unknown > 0 { return tag(.stale, "met in known units") }
        return reading.isStale ? "met when sent" : tag(.good, "Met")
    }

    private func openGaps(_ organisation: OrganisationPicture, _ day: Day?, unknown: Int) -> HTML {
        guard organisation.freshness != .unknown else { return Figures.missing }
        let gaps = organisation.vacancies.filter { isOn(day, $0) }
        guard !gaps.isEmpty else {
            return unknown > 0 ? tag(.stale, "none known, \(counted(unknown, "unit")) unknown") : "none"
        }
        let open = "\(gaps.count): \(personHours(gaps.reduce(0) { $0 + $1.minutes }))"
        return unknown > 0 ? "\(open), and \(counted(unknown, "unit")) unknown" : "\(open)"
    }

    private func isOn(_ day: Day?, _ vacancy: Vacancy) -> Bool {
        day.map { vacancy.start.day == $0 } ?? (vacancy.start <= view.now && view.now < vacancy.end)
    }

    private var services: HTML {
        let columns: [(String, [(Metric.Name, String)])] = [
            ("Bank requests open", [(.bankRequestsOpen, "")]),
            ("Bank requests filled", [(.bankRequestsFilled, "")]),
            ("Bank lead time", [(.bankLeadTime, " h")]), ("Agency", [(.agencyShare, " %")]),
            ("Escalation beds", [(.escalationBeds, "")]), ("A&E attendances", [(.emergencyAttendances, "")]),
            ("Ambulance handover", [(.ambulanceHandover, " min")]), ("REAP", [(.reap, "")]),
        ]
        let rows = view.picture.organisations.map { organisation in
            let board = board(organisation)
            let figures = columns.map { column in
                Figures.html(board.current(column.1[0].0, today: today), column.1[0].1)
            }
            let services = [Metric.Name.urgentResponseStaffed, .sameDayEmergencyStaffed].map {
                Figures.staffed(board.current($0, today: today))
            }
            return PageTable.Row(
                header:
                    "<a href=\"/organisations/\(organisation.id.text)\">\(organisation.member.organisation.name)</a>",
                cells: figures + [VirtualWard(organisation, board, today).words] + services + [
                    Figures.html(board.current(.potentialHarms, today: today)),
                    Figures.html(board.current(.actualHarms, today: today)),
                    Figures.html(board.current(.completeness, today: today), " %"),
                    Age.html(organisation, at: view.now),
                ], tone: organisation.freshness == .fresh ? .plain : .stale)
        }
        return PageTable(
            caption: "Bank, beds and services, by organisation, now",
            head: ["Organisation"] + columns.map(\.0)
                + [
                    "Virtual ward", "Urgent response", "Same-day emergency", "Potential harms",
                    "Actual harms",
                    "Data complete", "Data age",
                ], rows: rows, none: "No organisation has sent anything yet."
        ).html
    }
}
