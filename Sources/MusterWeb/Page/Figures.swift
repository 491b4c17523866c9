import MusterFiles
import Roster
import SystemPool

/// How single figures are shown.
enum Figures {
    /// Nothing was sent, which is not nought.
    static let missing: HTML = "<span class=\"hint\">not sent</span>"

    private static let source = missing.source

    static func isMissing(_ html: HTML) -> Bool { html.source == source }

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
