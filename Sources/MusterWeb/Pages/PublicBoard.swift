import MusterFiles
import Roster
import SystemPool

/// What anybody may see: no person, no unit, no small number.
struct PublicBoard {
    let view: SystemView

    /// Numbers below this are not told apart, so that nobody can be found behind one.
    static let smallest = 5
    /// Hours of so many people on a standard day of 7.5 hours: a share of fewer would tell of single people.
    static let smallestHours = Double(smallest) * 7.5

    var page: Page {
        Page(
            title: "Public board", section: .board, revision: version, events: .board, content: content)
    }

    /// Changes with what stands on the board and with nothing else, so that it tells no more than the board does.
    var version: String { String(sha256(content.source).prefix(32)) }

    private var content: HTML {
        """
        <p class="lead">Staffing of \(view.picture.system.name), without anything about a person. Numbers below \
        \(Self.smallest) are not told apart, shares are rounded down to 5 per cent, and a share of what fewer than \
        \(Self.smallest) people or beds are is not shown.</p>
        \(view.picture.organisations.map(organisation))
        """
    }

    /// Not sent, too old or too small: which of them is not told either.
    private static let unknown: HTML = "<span class=\"hint\">not shown</span>"

    /// `fewer than 5`, or the number.
    static func count(_ number: Int) -> String {
        number < smallest ? "fewer than \(smallest)" : grouped(number)
    }

    private func organisation(_ organisation: OrganisationPicture) -> HTML {
        let entry = PublicEntry(organisation, view)
        let rows = entry.days.map { day in
            PageTable.Row(
                header: "\(day.day.brief)",
                cells: [
                    day.gaps.map { "\(Self.count($0))" } ?? Self.unknown,
                    day.filled.map { "\($0) %" } ?? Self.unknown,
                ])
        }
        let table = PageTable(
            caption: "Gaps and hours filled", head: ["Day", "Open gaps", "Hours filled, about"], rows: rows,
            none: "")
        let ward: HTML = entry.virtualWard.map { "<p>Virtual ward: about \($0) % occupied.</p>" } ?? ""
        return """
            <section class="panel"><h2>\(organisation.member.organisation.name)</h2>
            <p>\(Levels.opel(view.escalation(of: organisation.id)))</p>
            <p class="age">\(Age.html(organisation, at: view.now))</p>\(table.html)\(ward)</section>
            """
    }
}

/// One organisation on the public board, for the page and the API.
struct PublicEntry {
    struct DayEntry {
        let day: Day
        /// Nil if nothing is known. To be shown by ``PublicBoard/count(_:)`` only.
        let gaps: Int?
        /// Per cent of the hours needed in which somebody of the staff group is there, down to a whole 5; nil if a group of
        /// which figures are sent has none of that day or old ones, or if it is of few people's hours.
        let filled: Int?
    }

    let days: [DayEntry]
    /// Per cent, down to a whole 5; nil where the few in it, or its few beds, could be counted.
    let virtualWard: Int?

    init(_ organisation: OrganisationPicture, _ view: SystemView) {
        let board = MetricBoard(organisation, limit: view.picture.system.limits.metrics, at: view.now)
        let isKnown = organisation.freshness == .fresh
        days = (0..<3).map { view.now.day.advanced(by: $0) }.map { day in
            // Of a day of which a unit is unknown, no number of gaps can be said.
            let isWhole = isKnown && organisation.unknownUnits(on: day...day).isEmpty
            return DayEntry(
                day: day, gaps: isWhole ? organisation.withoutPromises.count { $0.start.day == day } : nil,
                filled: isWhole ? Self.filled(board, day) : nil)
        }
        let ward = VirtualWard(board, today: view.now.day)
        let isMany = [ward.occupied, ward.beds].allSatisfy { reading in
            reading.map { $0.value >= Double(PublicBoard.smallest) } ?? false
        }
        virtualWard = isKnown && isMany && !ward.isStale ? ward.occupancy.map(Self.rounded) : nil
    }

    private static func filled(_ board: MetricBoard, _ day: Day) -> Int? {
        let pairs: [(Metric.Name, Metric.Name)] = [
            (.registeredRequired, .registeredFilled), (.unregisteredRequired, .unregisteredFilled),
            (.medicalRequired, .medicalFilled), (.therapyRequired, .therapyFilled),
        ]
        var required = 0.0
        var there = 0.0
        for (need, have) in pairs where board.isByDay(need) || board.isByDay(have) {
            // A share without a group of which figures are sent would hide that it is short.
            guard let need = board[need, day], let have = board[have, day], !need.isStale, !have.isStale
            else { return nil }
            required += need.value
            // Nobody works in the place of another group.
            there += min(have.value, need.value)
        }
        return required >= PublicBoard.smallestHours
            ? percent(there, of: required).map { rounded(Int($0)) } : nil
    }

    /// Down, so that it never looks better than it is.
    private static func rounded(_ share: Int) -> Int { share / 5 * 5 }
}
