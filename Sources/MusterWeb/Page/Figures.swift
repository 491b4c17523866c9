import MusterFiles
import Roster
import SystemPool

/// How single figures are shown.
enum Figures {
    /// Why there is no figure, which is not nought.
    enum Lack: String, CaseIterable {
        case notSent = "not sent"
        /// It was sent for now alone: of a day ahead it says nothing.
        case nowOnly = "now only"
        /// It was sent for days, and not for now.
        case byDay = "by day"

        var html: HTML { "<span class=\"hint\">\(rawValue)</span>" }

        private static let known = Dictionary(
            allCases.map { ($0.html.source, $0) }, uniquingKeysWith: { first, _ in first })

        /// Nil if there is a figure.
        init?(_ html: HTML) {
            guard let lack = Self.known[html.source] else { return nil }
            self = lack
        }
    }

    static let missing = Lack.notSent.html

    /// What figures say together of now or of a day; where one lacks, whether they were sent for another time.
    static func together(
        _ names: [Metric.Name], _ board: MetricBoard, _ day: Day?, _ show: ([MetricBoard.Reading]) -> HTML
    ) -> HTML {
        let readings = names.compactMap { board[$0, day] }
        if readings.count == names.count { return show(readings) }
        guard day != nil else { return (names.allSatisfy(board.isByDay) ? Lack.byDay : .notSent).html }
        return (names.allSatisfy { board[$0, nil] != nil } ? Lack.nowOnly : .notSent).html
    }

    static func html(_ reading: MetricBoard.Reading?, _ unit: String = "") -> HTML {
        guard let reading else { return missing }
        return "\(decimal(reading.value))\(unit)\(staleMark(reading))"
    }

    /// Only where the whole organisation is not marked already.
    static func staleMark(_ readings: MetricBoard.Reading?...) -> HTML {
        when(readings.contains { $0?.isOld == true }, " \(tag(.stale, "stale"))")
    }

    static func staffed(_ reading: MetricBoard.Reading?) -> HTML {
        guard let reading else { return missing }
        if reading.isStale {
            return tag(.stale, reading.value >= 1 ? "Staffed, stale" : "Not staffed, stale")
        }
        return reading.value >= 1 ? tag(.good, "Staffed") : tag(.bad, "Not staffed")
    }
}

/// How old an organisation's data are.
enum Age {
    static func html(_ organisation: OrganisationPicture, at now: Instant) -> HTML {
        guard let push = organisation.push, let age = organisation.age(at: now) else {
            return
                "\(tag(.stale, organisation.isUnreadable ? "What was sent cannot be read" : "Never sent")) Nothing is known."
        }
        let time: HTML =
            "<time datetime=\"\(push.extractedAt.description)\">\(moment(push.extractedAt))</time>, \(ago(age))"
        return organisation.freshness == .fresh
            ? "Data of \(time)" as HTML : "\(tag(.stale, "Stale, not scored")) Data of \(time)"
    }
}

/// Muster's own level and OPEL, always beside each other and each by its name.
enum Levels {
    static func ours(_ state: EscalationState?) -> HTML {
        guard let state else { return tag(.stale, "Staffing level not known") }
        if let point = state.point { return tag(point.level >= 3 ? .bad : .warn, state.words) }
        return tag(state.isUncertain ? .stale : .good, state.words)
    }

    /// An input: always with when and by whom it was entered.
    static func opel(_ state: EscalationState?) -> HTML {
        guard let state, let opel = state.opel else { return tag(.plain, "OPEL not entered") }
        let level =
            state.isOpelStale ? tag(.stale, "OPEL \(opel.level), stale") : tag(.plain, "OPEL \(opel.level)")
        return "\(level) <span class=\"hint\">\(opel.entered)</span>"
    }
}
