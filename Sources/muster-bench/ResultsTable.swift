/// Measurements as a Markdown table, a case a row.
struct ResultsTable {
    let records: [BenchmarkRecord]
    /// Whether costs say how many times the row above they are.
    let showsGrowth: Bool

    var text: String {
        let header = ["case", "people × days"] + Self.columns.map(\.title) + ["status"]
        let alignment = ["---", "---"] + Self.columns.map { _ in "---:" } + ["---"]
        return ([header, alignment] + rows).map { "| \($0.joined(separator: " | ")) |" }
            .joined(separator: "\n")
    }

    private var rows: [[String]] {
        records.indices.map { index in
            let one = records[index].figures
            let above = showsGrowth && index > 0 ? records[index - 1].figures : nil
            return [records[index].benchmark.name, "\(one.people) × \(one.days)"]
                + Self.columns.map { $0.cell(one, above: above) } + [one.status]
        }
    }

    private struct Column: Sendable {
        let title: String
        var decimals = 0
        /// A cost, of which the growth is worth knowing.
        var grows = false
        let value: @Sendable (CaseFigures) -> Double?

        func cell(_ one: CaseFigures, above: CaseFigures?) -> String {
            guard let number = value(one) else { return "—" }
            let text = fixed(number, decimals)
            guard grows, let before = above.flatMap(value), before > 0 else { return text }
            return "\(text) (×\(fixed(number / before, 1)))"
        }
    }

    private static let columns =
        [
            Column(title: "read s", decimals: 2, grows: true) { $0.secondsToRead },
            Column(title: "first s", decimals: 2, grows: true) { $0.secondsToFirst },
        ]
        + GapTime.percents.map { percent in
            Column(title: "≤ \(fixed(percent, 0)) % s", decimals: 1, grows: true) { one in
                one.gapTimes.first { $0.percent == percent }?.seconds
            }
        } + [
            Column(title: "best s", decimals: 1) { $0.secondsToBest },
            Column(title: "hard") { Double($0.hardMinutes) },
            Column(title: "minimum") { Double($0.minimumMinutes) },
            Column(title: "cost") { $0.cost },
            Column(title: "bound") { $0.bound },
            Column(title: "gap %", decimals: 2) { $0.gap.map { $0 * 100 } },
            Column(title: "peak MB", grows: true) { $0.peakMegabytes },
            Column(title: "CPU s", decimals: 1) { $0.cpuSeconds },
            Column(title: "rounds") { Double($0.iterations) },
            Column(title: "CPU s a round", decimals: 2, grows: true) { one in
                one.iterations > 0 ? one.cpuSeconds / Double(one.iterations) : nil
            },
            Column(title: "check ms", decimals: 1, grows: true) { $0.checkSeconds * 1000 },
            Column(title: "breaches") { Double($0.breaches) },
        ]
}
