import CLibICal
import Foundation
import Roster

/// One person's duties as an iCalendar file (RFC 5545), for a phone. Times are UTC, so that no clock change can
/// move them.
///
/// A duty keeps its UID as long as it starts on the same day, so that a corrected rota replaces it.
struct RotaCalendar {
    static let product = "-//Muster//Rota//EN"

    let output: RotaOutput
    let person: Person.ID
    let duties: [Duty]

    /// `calendars/` and the person's id, in which everything but letters, digits, `_` and `-` is written as `%XX`.
    var fileName: String {
        let safe = person.text.utf8.map { byte -> String in
            let scalar = Unicode.Scalar(byte)
            let plain =
                scalar.isASCII
                && (scalar.properties.isAlphabetic || "0123456789_-".unicodeScalars.contains(scalar))
            return plain ? String(scalar) : String(format: "%%%02X", byte)
        }
        return "calendars/\(safe.joined()).ics"
    }

    var text: String {
        let calendar = icalcomponent_new(ICAL_VCALENDAR_COMPONENT)
        defer { icalcomponent_free(calendar) }
        icalcomponent_add_property(calendar, icalproperty_new_version("2.0"))
        icalcomponent_add_property(calendar, icalproperty_new_prodid(Self.product))
        var number: [Day: Int] = [:]
        for duty in duties {
            number[duty.day, default: 0] += 1
            icalcomponent_add_component(calendar, event(duty, number: number[duty.day] ?? 1))
        }
        // Memory of our own, not of the library's ring of buffers.
        guard let text = icalcomponent_as_ical_string_r(calendar) else { return "" }
        defer { icalmemory_free_buffer(text) }
        return String(cString: text)
    }

    private func event(_ duty: Duty, number: Int) -> OpaquePointer? {
        let scenario = output.scenario
        let unit = scenario.unit(duty.unit)
        let site = scenario.sites.first { $0.id == unit?.site }
        let shift = scenario.shiftType(duty.shift)?.name ?? duty.shift.text
        let place = [unit?.name ?? duty.unit.text, site?.name].compactMap(\.self).joined(separator: ", ")
        let event = icalcomponent_new(ICAL_VEVENT_COMPONENT)
        icalcomponent_add_property(
            event, icalproperty_new_uid("\(person)-\(duty.day)-\(number)@muster.invalid"))
        // The same rota gives the same file, so the stamp is the period's and not the clock's.
        let stamp = London.instant(output.rota.period.first, minute: 0)
        icalcomponent_add_property(event, icalproperty_new_dtstamp(Self.time(stamp)))
        icalcomponent_add_property(event, icalproperty_new_dtstart(Self.time(duty.start)))
        icalcomponent_add_property(event, icalproperty_new_dtend(Self.time(duty.end)))
        icalcomponent_add_property(
            event, icalproperty_new_summary("\(shift), \(output.name(of: duty.role))"))
        icalcomponent_add_property(event, icalproperty_new_location(place))
        return event
    }

    private static func time(_ instant: Instant) -> icaltimetype {
        icaltime_from_timet_with_zone(time_t(instant.minutes * 60), 0, icaltimezone_get_utc_timezone())
    }
}

extension RotaOutput {
    /// One for each person with a duty, in order of person.
    var calendars: [RotaCalendar] {
        Dictionary(grouping: rota.duties, by: \.person).sorted { $0.key < $1.key }
            .map { RotaCalendar(output: self, person: $0.key, duties: $0.value) }
    }
}
