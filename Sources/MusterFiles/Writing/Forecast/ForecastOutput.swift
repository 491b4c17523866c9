import DemandForecast
import Foundation
import Roster

/// A forecast with what it was made from, ready to be written.
///
/// | file | holds |
/// | --- | --- |
/// | `demand.csv` | people needed and arrivals, hour by hour: what `muster solve` reads |
/// | `forecast.json` | when and from what `demand.csv` was made, and its fingerprint |
/// | `out/forecast.csv` | the expected counts with their quantiles, by hour and by day |
/// | `out/forecast.html` | the same as pictures, with the arithmetic |
public struct ForecastOutput: Sendable {
    public let folder: ForecastFolder
    public let forecast: DemandForecast
    public let required: [RequiredStaff]
    /// Of Muster.
    public let version: String
    /// Earlier forecasts against what came, if that was asked for.
    public let backtest: Backtest?

    public init(
        folder: ForecastFolder, forecast: DemandForecast, required: [RequiredStaff], version: String,
        backtest: Backtest? = nil
    ) {
        self.folder = folder
        self.forecast = forecast
        self.required = required
        self.version = version
        self.backtest = backtest
    }

    public var period: Period { folder.period }

    /// What should be known besides what each series says of itself, in sentences without a stop.
    public var notes: [String] { unasked + bankHolidays }

    /// Hours in which a rule asks and nothing was ever counted: nobody is needed then, which somebody should know.
    private var unasked: [String] {
        required.compactMap { staff in
            guard let rule = folder.coverRules.first(where: { $0.id == staff.rule.rule }) else { return nil }
            let hours = (0..<24).filter { hour in
                rule.asks(at: hour)
                    && (0..<period.dayCount).allSatisfy { staff.means[$0 * 24 + hour] == 0 }
            }
            guard !hours.isEmpty else { return nil }
            let clocks = hours.map { ClockTime(minute: $0 * 60).description }.joined(separator: ", ")
            return
                "\(rule.id): asks for nobody in the hours from \(clocks), in which nothing was ever counted"
        }
    }

    /// What the forecast asks of senior decision makers.
    package var seniors: [SeniorNeed] { SeniorNeed.all(self) }

    private var bankHolidays: [String] {
        let published = Day.publishedBankHolidayYears.upperBound
        guard period.last.year > published else { return [] }
        return [
            "Bank holidays after \(published) are those of the Act of 1971, because none were published when this program "
                + "was made: put days that were moved or added since into events.csv"
        ]
    }

    /// Where the demand went.
    public enum Destination: Hashable, Sendable {
        case demandFile
        /// There is a `demand.csv` that was made or changed by hand; it was left alone.
        case beside(path: String)
        /// No rule asks for demand or arrivals.
        case nowhere
    }

    /// Writes the files. A `demand.csv` that no forecast made, or that was changed since, stays as it is: the demand
    /// then goes to `out/demand.csv`.
    ///
    /// - Throws: ``OutputError``; what stood there before is then as it was.
    public func write() throws(OutputError) -> Destination {
        var out = try OutputFolder(folder.url.appending(path: "out"))
        try out.add("forecast.csv", countTable.csv)
        try out.add("forecast.html", ForecastPage(self).html.source)
        let demand = DemandTable(self)
        if demand.isEmpty {
            try out.commit()
            return .nowhere
        }
        let text = demand.table.csv
        guard ForecastRecord.ownsDemand(in: folder.url) else {
            try out.add("demand.csv", text)
            try out.commit()
            return .beside(path: folder.url.appending(path: "out/demand.csv").path)
        }
        var files = try OutputFolder(folder.url)
        try files.add("demand.csv", text)
        try files.add(ForecastRecord.fileName, ForecastRecord(self, demand: text).json)
        try files.commit()
        try out.commit()
        return .demandFile
    }

    /// Expected counts: a row an hour of each series, and one a day (month, of a monthly series).
    private var countTable: OutputTable {
        var table = OutputTable(
            header: ["unit", "stream", "acuity", "step", "from", "mean"]
                + DemandFile.quantileColumns.map(\.name))
        for series in forecast.series + forecast.totals {
            let name: [OutputTable.Cell] = [
                .text(series.id.unit.text), .text(series.id.stream), .text(series.id.acuity ?? ""),
            ]
            for month in series.months {
                table.append(
                    name + [
                        .text("month"), .text(String(month.month.description.prefix(7))), .number(month.mean),
                    ]
                        + month.quantiles.map { .number($0) })
            }
            for day in 0..<period.dayCount {
                let date = series.first.advanced(by: day)
                table.append(
                    name + [.text("day"), .text(date.description), .number(series.means[day])]
                        + series.quantiles(day: day).map { .number($0) })
                for hour in 0..<24 {
                    let index = day * 24 + hour
                    let time = "\(date)T\(ClockTime(minute: hour * 60))"
                    if case .skipped = London.resolve(date, minute: hour * 60) { continue }
                    table.append(
                        name + [.text("hour"), .text(time), .number(series.hourMeans[index])]
                            + series.quantiles(hour: index).map { .number($0) })
                }
            }
        }
        return table
    }
}

extension CoverRule {
    /// Whether the window holds any of an hour of the day.
    package func asks(at hour: Int) -> Bool {
        [hour, hour + 24].contains { $0 * 60 < toMinute && from.minute < $0 * 60 + 60 }
    }
}

/// `forecast.json`: what marks a `demand.csv` as made by a forecast.
package struct ForecastRecord: Codable {
    let version: String
    let demandSha256: String
    let inputs: [String: String]

    static let fileName = "forecast.json"

    init(_ output: ForecastOutput, demand: String) {
        version = output.version
        demandSha256 = InputHash(file: "demand.csv", bytes: Data(demand.utf8)).sha256
        inputs = Dictionary(output.folder.inputHashes.map { ($0.file, $0.sha256) }) { first, _ in first }
    }

    var json: String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
        encoder.keyEncodingStrategy = .convertToSnakeCase
        guard let data = try? encoder.encode(self) else { return "{}\n" }
        return String(decoding: data, as: UTF8.self) + "\n"
    }

    /// Inputs that have changed since a forecast made the `demand.csv` that is there; empty if none made it.
    package static func staleInputs(in folder: URL) -> [String] {
        let demand = folder.appending(path: "demand.csv")
        guard FileManager.default.fileExists(atPath: demand.path), ownsDemand(in: folder),
            let record = read(in: folder)
        else { return [] }
        return ["activity.csv", "events.csv", "forecast.yaml"].filter { name in
            let bytes = try? Data(contentsOf: folder.appending(path: name))
            return bytes.map { InputHash(file: name, bytes: $0).sha256 } != record.inputs[name]
        }
    }

    private static func read(in folder: URL) -> ForecastRecord? {
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        guard let recorded = try? Data(contentsOf: folder.appending(path: fileName)) else { return nil }
        return try? decoder.decode(Self.self, from: recorded)
    }

    /// Whether `demand.csv` may be written: there is none, or it is byte for byte what a forecast wrote.
    static func ownsDemand(in folder: URL) -> Bool {
        let demand = folder.appending(path: "demand.csv")
        guard FileManager.default.fileExists(atPath: demand.path) else { return true }
        guard let bytes = try? Data(contentsOf: demand), let record = read(in: folder) else { return false }
        return InputHash(file: "demand.csv", bytes: bytes).sha256 == record.demandSha256
    }
}
