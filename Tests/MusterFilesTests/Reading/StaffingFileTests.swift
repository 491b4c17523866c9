import DemandForecast
import Foundation
import Roster
import Testing

@testable import MusterFiles

@Suite("forecast.yaml and events.csv")
struct StaffingFileTests {
    @Test("A folder is read with its reckoning")
    func good() throws {
        let folder = try FolderFixture.counted.readForecast()
        #expect(folder.staffing.map(\.arithmetic) == ["(ED majors × 30 min) ÷ 60"])
        #expect(folder.outlook.days.dayCount == 15)
    }

    @Test(
        "Mistakes in forecast.yaml are faults",
        arguments: [
            ("stream: majors", "stream: major", "names ED major, which activity.csv does not count"),
            ("minutes: 30", "minutes: -3", "is out of range"),
            ("minutes: 30", "share: 0.5", "does not say how long one takes"),
            ("rule: rn", "rule: nr", "is not a cover rule of this roster"),
            ("arrivals: [", "beds: 3, arrivals: [", "forecast.yaml"),
            ("minutes: 30 }]", "minutes: 30 }]\n    wait: { minutes: 20, beyond: 1.5 }", "is out of range"),
            ("muster: 1", "muster: 1\nproductive-share: 0", "is out of range"),
            ("minutes: 30 }]", "minutes: 30 }]\n    catch-up-hours: 0", "is out of range"),
            (
                "arrivals: [{ stream: majors, minutes: 30 }]",
                "patients: [{ stream: majors, per-person: 4 }]\n    catch-up-hours: 2",
                "has catch-up-hours and no arrivals"
            ),
        ])
    func bad(found: String, text: String, message: String) throws {
        var folder = FolderFixture.counted
        folder.replace(found, with: text, in: "forecast.yaml")
        let faults = try folder.forecastFaults()
        #expect(faults.contains { $0.contains(message) && $0.contains("forecast.yaml") })
    }

    @Test(
        "Who came is not taken for who is there, nor the other way round: the staff would be a 24th or 24 times as many"
    )
    func otherMeasure() throws {
        var folder = FolderFixture.counted
        folder.replace("minutes: 30 }", with: "per-person: 4 }", in: "forecast.yaml")
        folder.replace("arrivals: [", with: "patients: [", in: "forecast.yaml")
        let came = try folder.forecastFaults()
        #expect(came.count == 1)
        #expect(came[0].contains("reads ED majors, which counts people who came, as people who are there"))
        let census = "muster: 1\ncensus: [{ unit: ED, stream: majors }]\n"
        folder.replace("muster: 1\n", with: census, in: "forecast.yaml")
        #expect(try folder.readForecast().staffing.count == 1)
        folder = FolderFixture.counted
        folder.replace("muster: 1\n", with: census, in: "forecast.yaml")
        let there = try folder.forecastFaults()
        #expect(there.count == 1)
        #expect(there[0].contains("reads ED majors, which stands under census"))
    }

    @Test("What comes while a rule asks for nobody is carried into its hours in demand.csv")
    func catchUp() throws {
        var folder = FolderFixture.counted
        folder.replace("demand: true", with: "from: 08:00, to: 20:00, demand: true", in: "roster.yaml")
        folder.replace("minutes: 30 }]", with: "minutes: 30 }]\n    catch-up-hours: 2", in: "forecast.yaml")
        let read = try folder.readForecast()
        let forecast = DemandForecast.make(read.activity, read.outlook)
        let staff = try #require(try read.required(forecast).first)
        // 24 came from 20:00 to 08:00, half an hour of work each: 6 more in each of two hours.
        #expect(abs(staff.means[8] - 7) < 0.3 && abs(staff.means[9] - 7) < 0.3)
        #expect(abs(staff.means[10] - 1) < 0.15 && staff.means[7] == 0)
    }

    @Test("A rule that asks for demand and is not reckoned is a fault, not a zero")
    func missing() throws {
        var folder = FolderFixture.counted
        folder["forecast.yaml"] = "muster: 1\n"
        let faults = try folder.forecastFaults()
        #expect(faults.count == 1)
        #expect(faults[0].hasPrefix("roster.yaml:11:"))
        #expect(
            faults[0].contains("\"rn\" asks for demand, and forecast.yaml does not say how it is reckoned"))
    }

    @Test("Counts too old or too few for a rule are a fault that says what to do")
    func tooLittle() throws {
        var folder = FolderFixture.counted
        folder["activity.csv"] = "unit,stream,from,count\nED,majors,2026-10-25,5\n"
        let read = try folder.readForecast()
        let forecast = DemandForecast.make(read.activity, read.outlook)
        #expect(throws: (any Error).self) { try read.required(forecast) }
    }

    @Test("Events are read, and one that ends before it begins is a fault")
    func events() throws {
        var folder = FolderFixture.counted
        folder["events.csv"] = """
            name,from,to,unit,kind,effect_percent
            Fair,2026-10-24,2026-10-25,ED,,12
            New entrance,2026-09-01,,,,
            Refit,2026-10-28,2026-10-29,NEW,closed,

            """
        let events = try folder.readForecast().outlook.events
        #expect(events.map(\.effect) == [12, nil, nil])
        #expect(events[1].last == nil && events[1].unit == nil)
        #expect(events[2].kind == .closed)
        folder["events.csv"] += "Odd,2026-10-24,2026-10-01,,,\nOdder,2026-10-24,,WARD,,\n"
        #expect(try folder.forecastFaults().count == 2)
    }
}
