import MusterFiles
import Roster
import SystemPool

/// All figures of every organisation, now and on each of three days: side by side, and on a narrow screen by organisation,
/// folded.
struct OverviewTables {
    private let view: SystemView
    private let lines: [Line]

    init(view: SystemView) {
        self.view = view
        lines = view.picture.organisations.map { Line(organisation: $0, view: view) }
    }

    private var today: Day { view.now.day }
    private var days: [Day] { (0..<3).map { today.advanced(by: $0) } }

    var html: HTML {
        """
        <div class="beside"><h2>Staff needed and there</h2>
        <p>Person-hours there of those needed. A gap is what is missing against the plan; a hard gap is senior \
        cover or frailty cover, which nothing else makes up for.</p>
        \(table("Staff needed and there, by organisation and day", Self.staffing))
        <h2>Bank, beds and services</h2>
        <p>Now, and on the days for which anything was sent.</p>
        \(table("Bank, agency, beds and ambulances, by organisation and day", Self.beds))
        \(table("Services, harms and completeness, by organisation and day", Self.services))</div>
        """
    }

    private func table(_ caption: String, _ columns: [Column]) -> HTML {
        PageTable(
            caption: caption, head: ["When"] + columns.map(\.head),
            rows: lines.flatMap { rows($0, columns) },
            none: "No organisation has sent anything yet."
        ).html
    }

    /// Now, and the three days; only now where nothing was sent for any day, and the header says so.
    private func rows(_ line: Line, _ columns: [Column]) -> [PageTable.Row] {
        let isByDay = columns.contains { $0.isByDay(line) }
        return ([nil] + (isByDay ? days.map(Optional.some) : [])).enumerated().map { index, day in
            let when = "\(day?.brief ?? "now")\(isByDay ? "" : " only")"
            let name = line.organisation.member.organisation.name
            return PageTable.Row(
                header: index == 0
                    ? "\(name), \(when)\(line.mark)"
                    : "<span class=\"hidden\">\(name), </span>\(when)\(line.mark)",
                cells: columns.map { $0.cell(line, day) }, tone: line.tone, isFirst: index == 0)
        }
    }
}

extension OverviewTables {
    /// The same of one organisation, folded under what is open now; what it never sent is one line.
    func folded(_ organisation: OrganisationPicture) -> HTML {
        guard let line = lines.first(where: { $0.organisation.id == organisation.id }),
            organisation.freshness != .unknown
        else { return "" }
        let columns = Self.staffing + Self.beds + Self.services
        func isTold(_ column: Column, _ times: [Day?]) -> Bool {
            times.contains { Figures.Lack(column.cell(line, $0)) == nil }
        }
        let byDay = columns.filter { isTold($0, days) }
        let nowOnly = columns.filter { !isTold($0, days) && isTold($0, [nil]) }
        let never = columns.filter { !isTold($0, [nil] + days) }.map(\.head)
        func table(_ caption: String, _ columns: [Column], _ times: [Day?]) -> HTML {
            guard !columns.isEmpty else { return "" }
            return PageTable(
                caption: caption, head: ["When"] + columns.map(\.head),
                rows: times.map { day in
                    PageTable.Row(
                        header: "\(day?.brief ?? "now")\(line.mark)",
                        cells: columns.map { $0.cell(line, day) },
                        tone: line.tone)
                }, none: ""
            ).html
        }
        let name = organisation.member.organisation.name
        return """
            <details class="folded" id="figures-\(organisation.id.text)"><summary>Open now: \(Self.openGaps(line, nil)). \
            All figures<span class="hidden"> of \(name)</span></summary>\
            \(table("\(name): sent for now only", nowOnly, [nil]))\
            \(table("\(name): now and on three days", byDay, [nil] + days))\
            \(when(!never.isEmpty, "<p><strong>Not sent:</strong> \(never.joined(separator: ", ")).</p>"))</details>
            """
    }
}

extension OverviewTables {
    /// One organisation, with its figures and gaps looked through once: there may be hundreds.
    struct Line {
        let organisation: OrganisationPicture
        let board: MetricBoard
        private let today: Day
        private let open: [Vacancy]
        private let byDay: [Day: [Vacancy]]

        init(organisation: OrganisationPicture, view: SystemView) {
            self.organisation = organisation
            board = MetricBoard(organisation, limit: view.picture.system.limits.metrics, at: view.now)
            today = view.now.day
            open = organisation.withoutPromises.filter { $0.start <= view.now && view.now < $0.end }
            byDay = Dictionary(grouping: organisation.withoutPromises, by: \.start.day)
        }

        /// Those that are open now, or begin on a day.
        func gaps(_ day: Day?) -> [Vacancy] { day.map { byDay[$0] ?? [] } ?? open }

        func unknownUnits(_ day: Day?) -> Int {
            organisation.unknownUnits(on: (day ?? today)...(day ?? today)).count
        }

        var tone: Tone { organisation.freshness == .fresh ? .plain : .stale }

        var mark: HTML {
            when(
                organisation.freshness != .fresh,
                " \(tag(.stale, organisation.freshness == .stale ? "stale" : organisation.isUnreadable ? "unreadable" : "never sent"))"
            )
        }
    }

    /// What stands in one column.
    struct Column: Sendable {
        let head: String
        /// The metrics that it shows; none if it is counted from the gaps, which are known by day.
        let names: [Metric.Name]
        let cell: @Sendable (Line, Day?) -> HTML

        func isByDay(_ line: Line) -> Bool { names.isEmpty || names.contains(where: line.board.isByDay) }
    }

    private static let staffing: [Column] =
        [
            filled("Registered", .registeredRequired, .registeredFilled),
            filled("Support workers", .unregisteredRequired, .unregisteredFilled),
            filled("Medical", .medicalRequired, .medicalFilled),
            filled("Therapy", .therapyRequired, .therapyFilled),
            hardCover("Senior cover", .seniorDecisionMaker, .seniorGapHours),
            hardCover("Frailty cover", .frailtyInReach, .frailtyGapHours),
            Column(head: "Open gaps", names: [], cell: openGaps),
            figure("Red flags", .redFlags), figure("Unavailable", .unavailability, " %"),
        ]

    private static let beds: [Column] =
        [
            figure("Bank requests open", .bankRequestsOpen),
            figure("Bank requests filled", .bankRequestsFilled),
            figure("Bank lead time", .bankLeadTime, " h"), figure("Agency", .agencyShare, " %"),
            figure("Escalation beds", .escalationBeds), figure("A&E attendances", .emergencyAttendances),
            figure("Ambulance handover", .ambulanceHandover, " min"), figure("REAP", .reap),
        ]

    private static let services: [Column] =
        [
            column("Virtual ward", [.virtualWardBeds, .virtualWardOccupied]) {
                VirtualWard.words($0[0], $0[1])
            },
            staffed("Virtual ward staff", .virtualWardStaffed),
            staffed("Urgent response", .urgentResponseStaffed),
            staffed("Same-day emergency", .sameDayEmergencyStaffed),
            figure("Potential harms", .potentialHarms), figure("Actual harms", .actualHarms),
            figure("Data complete", .completeness, " %"),
        ]

    private static func column(
        _ head: String, _ names: [Metric.Name], _ show: @escaping @Sendable ([MetricBoard.Reading]) -> HTML
    ) -> Column {
        Column(head: head, names: names) { line, day in Figures.together(names, line.board, day, show) }
    }

    private static func figure(_ head: String, _ name: Metric.Name, _ unit: String = "") -> Column {
        column(head, [name]) { Figures.html($0[0], unit) }
    }

    private static func staffed(_ head: String, _ name: Metric.Name) -> Column {
        column(head, [name]) { Figures.staffed($0[0]) }
    }

    private static func filled(_ head: String, _ required: Metric.Name, _ filled: Metric.Name) -> Column {
        Column(head: head, names: [required, filled]) { line, day in
            Figures.together([required, filled], line.board, day) { readings in
                let (required, filled) = (readings[0], readings[1])
                let short = required.value - filled.value
                let share = wholePercent(short, of: required.value) ?? 0
                let words: HTML =
                    short > 0 ? ", <strong>\(decimal(short)) short (\(share)\u{A0}%)</strong>" : ""
                let text: HTML = "\(decimal(filled.value)) of \(decimal(required.value)) h\(words)"
                return
                    "\(text)\(when(line.unknownUnits(day) > 0, ", known units only"))\(Figures.staleMark(required, filled))"
            }
        }
    }

    /// Open if a figure or a gap says so; met only if an up-to-date figure says so.
    private static func hardCover(_ head: String, _ purpose: CoverPurpose, _ name: Metric.Name) -> Column {
        Column(head: head, names: [name]) { line, day in
            let gaps = line.gaps(day).filter { $0.purpose == purpose }
            if !gaps.isEmpty { return tag(.bad, "Gap: \(personHours(gaps.reduce(0) { $0 + $1.minutes }))") }
            return Figures.together([name], line.board, day) { readings in
                let reading = readings[0]
                if reading.value > 0 { return tag(.bad, "Gap: \(personHours(hours: reading.value))") }
                if line.unknownUnits(day) > 0 { return tag(.stale, "met in known units") }
                return reading.isStale ? "met when sent" : tag(.good, "Met")
            }
        }
    }

    private static func openGaps(_ line: Line, _ day: Day?) -> HTML {
        guard line.organisation.freshness != .unknown else { return Figures.missing }
        let gaps = line.gaps(day)
        let unknown = line.unknownUnits(day)
        guard !gaps.isEmpty else {
            return unknown > 0 ? tag(.stale, "none known, \(counted(unknown, "unit")) unknown") : "none"
        }
        let hard = gaps.count(where: \.isHard)
        let heads = gaps.reduce(0) { $0 + $1.missing }
        let open: HTML = """
            \(counted(gaps.count, "gap"))\(when(hard > 0, ", <strong>\(hard) hard</strong>")), \(counted(heads, "head")): \
            \(personHours(gaps.reduce(0) { $0 + $1.minutes }))
            """
        return unknown > 0 ? "\(open), and \(counted(unknown, "unit")) unknown" : open
    }
}
