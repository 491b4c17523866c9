import CLibICal
import Foundation
import Roster
import Testing

@testable import MusterFiles

@Suite struct WritingCalendarTests {
    @Test func eachDutyReadsBack() throws {
        let output = WritingFixture.output
        for calendar in output.calendars {
            let events = try events(in: calendar.text)
            #expect(events.map(\.start) == calendar.duties.map(\.start))
            #expect(events.map(\.end) == calendar.duties.map(\.end))
            #expect(Set(events.map(\.uid)).count == events.count)
        }
        #expect(output.calendars.reduce(0) { $0 + $1.duties.count } == output.rota.duties.count)
    }

    @Test func autumnNightEndsAnHourLater() throws {
        let calendar = try #require(WritingFixture.output(WritingFixture.autumnNight).calendars.first)
        #expect(calendar.text.contains("DTSTART:20261024T183000Z\r\n"))
        #expect(calendar.text.contains("DTEND:20261025T080000Z\r\n"))
        #expect(calendar.text.contains("UID:P1-2026-10-24-1@muster.invalid\r\n"))
    }

    @Test func longAndHostileNamesAreFoldedAndEscaped() throws {
        let name = String(repeating: "Zoë; late, \\ and \"so on\" ", count: 8) + "\r\nATTENDEE:x"
        let scenario = WritingFixture.autumnNight.replacing(shiftTypes: [
            ShiftType(
                id: "N", name: name, start: WritingFixture.clock("19:30"), end: WritingFixture.clock("08:00"))
        ])
        let text = try #require(WritingFixture.output(scenario).calendars.first).text
        for line in text.components(separatedBy: "\r\n") {
            #expect(line.utf8.count <= 75)
            #expect(!line.hasPrefix("ATTENDEE"))
        }
        let summary = try #require(try events(in: text).first?.summary)
        #expect(summary.hasPrefix("Zoë; late, \\ and \"so on\" Zoë"))
        #expect(summary.hasSuffix("Senior decision maker"))
    }

    @Test func fileNamesStayInTheirFolder() {
        func name(_ person: Person.ID) -> String {
            RotaCalendar(
                output: WritingFixture.output(WritingFixture.autumnNight), person: person, duties: []
            )
            .fileName
        }
        #expect(name("P1") == "calendars/P1.ics")
        #expect(name("../../etc/x y") == "calendars/%2E%2E%2F%2E%2E%2Fetc%2Fx%20y.ics")
        #expect(name("Zoë") == "calendars/Zo%C3%AB.ics")
    }

    private struct Event {
        let uid: String
        let summary: String
        let start: Instant
        let end: Instant
    }

    private func events(in text: String) throws -> [Event] {
        let calendar = try #require(icalparser_parse_string(text))
        defer { icalcomponent_free(calendar) }
        #expect(icalrestriction_check(calendar) == 1)
        var events: [Event] = []
        var next = icalcomponent_get_first_component(calendar, ICAL_VEVENT_COMPONENT)
        while let event = next {
            func instant(_ time: icaltimetype) -> Instant {
                Instant(minutes: icaltime_as_timet_with_zone(time, icaltimezone_get_utc_timezone()) / 60)
            }
            events.append(
                Event(
                    uid: String(cString: icalcomponent_get_uid(event)),
                    summary: String(cString: icalcomponent_get_summary(event)),
                    start: instant(icalcomponent_get_dtstart(event)),
                    end: instant(icalcomponent_get_dtend(event))))
            next = icalcomponent_get_next_component(calendar, ICAL_VEVENT_COMPONENT)
        }
        return events
    }
}
