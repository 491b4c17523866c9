import DemandForecast
import Foundation
import PlainText
import Roster
import Testing

@testable import MusterFiles

@Suite("What a forecast writes")
struct ForecastOutputTests {
    private func write(_ url: URL) throws -> ForecastOutput.Destination {
        let folder = try ForecastFolder.read(url)
        let forecast = DemandForecast.make(folder.activity, folder.outlook)
        return try ForecastOutput(
            folder: folder, forecast: forecast, required: folder.required(forecast), version: "test"
        ).write()
    }

    @Test("demand.csv is read back by solve: every hour, also in the night in which the clocks go back")
    func readBack() throws {
        try FolderFixture.counted.withFolder { url in
            #expect(try write(url) == .demandFile)
            let scenario = try RosterFolder.read(url).scenario
            let rows = scenario.resolvedDemand()
            let minutes = rows.reduce(0) { $0 + ($1.end - $1.start).count }
            // 14 days and an hour.
            #expect(minutes == (14 * 24 + 1) * 60)
            #expect(rows.allSatisfy { $0.distribution != nil })
            // Two arrivals of half an hour each, and four from noon.
            let means = scenario.demand.map(\.value)
            #expect(means.allSatisfy { abs($0 - 1) < 0.15 || abs($0 - 2) < 0.3 })
        }
    }

    @Test(
        "Windows over midnight, half hours and closed days are covered to the minute",
        arguments: [
            ("from: 07:30, to: 07:30", "", 14 * 24 * 60 + 60),
            ("from: 20:00, to: 08:00", "", 14 * 12 * 60 + 60),
            ("from: 20:00, to: 08:00", "closed: [{ from: 2026-10-21, to: 2026-10-22 }], ", 12 * 12 * 60 + 60),
            ("from: 09:15, to: 16:45, weekdays: [mon, tue]", "", 4 * 450),
        ])
    func windows(window: String, closed: String, minutes: Int) throws {
        var folder = FolderFixture.counted
        folder.replace("demand: true", with: "\(window), demand: true", in: "roster.yaml")
        folder.replace("{ id: ED, site", with: "{ id: ED, \(closed)site", in: "roster.yaml")
        try folder.withFolder { url in
            #expect(try write(url) == .demandFile)
            let rows = try RosterFolder.read(url).scenario.resolvedDemand()
            #expect(rows.reduce(0) { $0 + ($1.end - $1.start).count } == minutes)
            #expect(rows.allSatisfy { $0.target > 0 })
        }
    }

    @Test("The night in which an hour is skipped has a row for each minute that there is")
    func spring() throws {
        var folder = FolderFixture.counted
        folder.replace("2026-10-19", with: "2026-03-23", in: "roster.yaml")
        folder["activity.csv"] = FolderFixture.activity(days: 70).replacing("2026-10-", with: "2026-03-")
            .replacing("2026-09-", with: "2026-02-").replacing("2026-08-", with: "2026-01-")
        folder["activity.csv"] =
            folder["activity.csv"].split(separator: "\n").filter { line in
                !line.contains("2026-02-29") && !line.contains("2026-02-30")
            }.joined(separator: "\n") + "\n"
        try folder.withFolder { url in
            #expect(try write(url) == .demandFile)
            let minutes = try RosterFolder.read(url).scenario.resolvedDemand()
                .reduce(0) { $0 + ($1.end - $1.start).count }
            #expect(minutes == (14 * 24 - 1) * 60)
        }
    }

    @Test("A forecast takes the place of a forecast, never of a file made or changed by hand")
    func byHand() throws {
        try FolderFixture.counted.withFolder { url in
            let demand = url.appending(path: "demand.csv")
            #expect(try write(url) == .demandFile)
            #expect(try write(url) == .demandFile)
            let changed = try String(contentsOf: demand, encoding: .utf8).replacing(",rn,,1", with: ",rn,,9")
            try changed.write(to: demand, atomically: true, encoding: .utf8)
            let beside = url.appending(path: "out/demand.csv")
            #expect(try write(url) == .beside(path: beside.path))
            #expect(try String(contentsOf: demand, encoding: .utf8) == changed)
            #expect(FileManager.default.fileExists(atPath: beside.path))
        }
    }

    @Test("A demand.csv forecast from other counts than those that are there is said to be stale")
    func stale() throws {
        try FolderFixture.counted.withFolder { url in
            #expect(ForecastRecord.staleInputs(in: url).isEmpty)
            _ = try write(url)
            #expect(ForecastRecord.staleInputs(in: url).isEmpty)
            let activity = url.appending(path: "activity.csv")
            let more = try String(contentsOf: activity, encoding: .utf8) + "ED,minors,2026-10-01,5\n"
            try more.write(to: activity, atomically: true, encoding: .utf8)
            #expect(ForecastRecord.staleInputs(in: url) == ["activity.csv"])
        }
    }

    @Test("Senior decision makers are reckoned by acuity where the counts tell acuities apart")
    func acuity() throws {
        var folder = FolderFixture.counted
        folder.replace(
            "demand: true",
            with:
                "arrivals: { floor: 0, productive-share: 0.5, minutes: { majors acuity 1: 30, majors acuity 3: 5 } }",
            in: "roster.yaml")
        folder.files["forecast.yaml"] = nil
        folder["activity.csv"] = FolderFixture.activity(days: 70)
            .replacing("count\n", with: "count,acuity\n").replacing(",2\n", with: ",2,1\n")
            .replacing(",4\n", with: ",4,3\n")
        try folder.withFolder { url in
            #expect(try write(url) == .demandFile)
            let scenario = try RosterFolder.read(url).scenario
            let names = Set(scenario.demand.map(\.subject))
            #expect(names == [.stream("ED", "majors acuity 1"), .stream("ED", "majors acuity 3")])
            // By night two of acuity 1, 30 minutes each, at half an hour productive: 2; by day four of 5 minutes: 1.
            let heads = Set(scenario.resolvedDemand().map(\.target))
            #expect(heads.contains(1) && (heads.contains(2) || heads.contains(3)))
        }
        // No forecast is not zero: a floor alone would look like cover that is enough.
        var stale = folder
        stale["activity.csv"] = String(decoding: stale.files["activity.csv"] ?? Data(), as: UTF8.self)
            .replacing(
                "2026", with: "2024")
        try stale.withFolder { url in
            let faults = #expect(throws: Faults.self) { try write(url) }
            #expect(
                faults?.faults.map(\.description).sorted().first?.contains(
                    "holds too little of ED majors acuity 1 for the rule rn before") == true)
        }
        folder["forecast.yaml"] = "muster: 1\ncensus: [{ unit: ED, stream: majors, acuity: 1 }]\n"
        #expect(
            try folder.forecastFaults().contains {
                $0.contains("reckons from arrivals of majors acuity 1, which stands under census")
            })
        folder.files["forecast.yaml"] = nil
        folder.replace("majors acuity 3", with: "majors acuity 9", in: "roster.yaml")
        let faults = try folder.forecastFaults()
        #expect(faults.count == 1)
        #expect(
            faults[0].contains("reckons from arrivals of majors acuity 9, which activity.csv does not count"))
        folder.replace("majors acuity 9", with: "majors acute 9", in: "roster.yaml")
        #expect(try folder.forecastFaults().contains { $0.contains("\"majors acute 9\" is not an id") })
    }

    @Test("The page stands alone and says that a forecast is no certainty")
    func page() throws {
        try FolderFixture.counted.withFolder { url in
            _ = try write(url)
            let page = try String(contentsOf: url.appending(path: "out/forecast.html"), encoding: .utf8)
            #expect(page.contains("<svg role=\"img\""))
            #expect(page.contains("not what will come"))
            #expect(page.contains("<h2>Who is needed</h2>"))
            #expect(!page.contains("HTML(source") && !page.contains("&lt;"))
            #expect(!page.contains("http://") && !page.contains("https://") && !page.contains("<script"))
        }
    }

    @Test("A period that has passed is held against what came")
    func review() throws {
        var folder = FolderFixture.counted
        for day in 19...25 {
            for hour in 0..<24 where day != 25 || hour != 1 {
                folder["activity.csv"] += "ED,majors,2026-10-\(day)T\(ClockTime(minute: hour * 60)),6\n"
            }
        }
        let read = try folder.readForecast()
        let forecast = DemandForecast.make(read.activity, read.outlook)
        let review = try StaffingReview(read, forecast: forecast, rota: nil)
        let row = try #require(review.forecasts.first)
        #expect(row.days == 7)
        // 64 were expected from what was known before; 144 came.
        #expect(abs(row.forecast - 64) < 2 && abs(row.actual - 144) < 2)
        #expect(row.inside == 0)
    }
}
