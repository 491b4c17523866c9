import DemandForecast
import Foundation
import PlainText
import Roster

@testable import MusterFiles

extension FolderFixture {
    /// Two units whose nurses are reckoned from arrivals.
    static let counted: FolderFixture = {
        var fixture = FolderFixture()
        fixture["roster.yaml"] = """
            muster: 1
            name: "Counted (invented)"
            period: { from: 2026-10-19, days: 14 }
            organisations: [{ id: NORTH }]
            sites: [{ id: MAIN, organisation: NORTH }]
            units: [{ id: ED, site: MAIN }, { id: NEW, site: MAIN }]
            grades: [{ id: B5, group: registered }]
            roles: [{ id: rn, group: registered, grades: [B5] }]
            contracts: [{ id: AFC, rules: [working-time] }]
            shifts: [{ id: E, start: 07:30, end: 15:30, breaks: [30] }]
            cover: [{ id: rn, unit: ED, who: { roles: [rn] }, demand: true }]

            """
        fixture["people.csv"] = """
            id,name,unit,grade,contract,hours_per_week
            P1,Ada Invented,ED,B5,AFC,37.5

            """
        fixture["forecast.yaml"] = """
            muster: 1
            staffing:
              - rule: rn
                arrivals: [{ stream: majors, minutes: 30 }]

            """
        fixture["activity.csv"] = activity(days: 70)
        return fixture
    }()

    /// Hourly counts of majors up to the day before the period: 2 in each hour, 4 from 12:00 to 20:00.
    static func activity(days: Int, unit: String = "ED") -> String {
        let last = Day("2026-10-18") ?? Day(ordinal: 0)
        var text = "unit,stream,from,count\n"
        for index in 0..<days {
            let day = last.advanced(by: index - days + 1)
            for hour in 0..<24 {
                text +=
                    "\(unit),majors,\(day)T\(ClockTime(minute: hour * 60)),\((12..<20).contains(hour) ? 4 : 2)\n"
            }
        }
        return text
    }

    func readForecast() throws -> ForecastFolder { try withFolder { try ForecastFolder.read($0) } }

    func forecastFaults() throws -> [String] {
        do {
            _ = try readForecast()
            return []
        } catch let faults as Faults {
            return faults.faults.map(\.description)
        }
    }
}
