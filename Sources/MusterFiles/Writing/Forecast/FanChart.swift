import DemandForecast

/// What was, as a line, and what is expected, as bands of 50, 80 and 90 %, in SVG.
struct FanChart {
    let past: [Double]
    let means: [Double]
    let quantiles: [Double]
    let marks: [Mark]
    let title: String

    /// A point of the time axis with its date: a thin upright line.
    struct Mark {
        let index: Int
        let text: String
    }

    private static let width = 900.0
    private static let height = 220.0
    private static let left = 45.0

    var svg: HTML {
        let known = past.filter { !$0.isNaN }
        let top = max(1, ((known + quantiles).max() ?? 1) * 1.08)
        let step = (Self.width - Self.left) / Double(max(1, past.count + means.count - 1))
        func x(_ index: Int) -> Double { Self.left + Double(index) * step }
        func y(_ value: Double) -> Double { 10 + (1 - value / top) * (Self.height - 35) }
        func line(_ values: [Double], from start: Int) -> String {
            var isOpen = false
            return values.enumerated().map { index, value in
                guard !value.isNaN else {
                    isOpen = false
                    return ""
                }
                defer { isOpen = true }
                return "\(isOpen ? "L" : "M")\(tenths(x(start + index))) \(tenths(y(value)))"
            }.joined()
        }
        let bands: [HTML] = [(0, 6, "#d2e3f3"), (1, 5, "#a9cbe8"), (2, 4, "#79add9")].map {
            low, high, colour in
            let upper = means.indices.map { (x(past.count + $0), y(quantiles[$0 * 7 + high])) }
            let lower = means.indices.reversed().map { (x(past.count + $0), y(quantiles[$0 * 7 + low])) }
            let points = (upper + lower).map { "\(tenths($0.0)),\(tenths($0.1))" }.joined(separator: " ")
            return "<polygon points=\"\(points)\" fill=\"\(colour)\"/>"
        }
        let ticks: [HTML] = [0, top / 2, top].map { value in
            """
            <text x="\(tenths(Self.left - 6))" y="\(tenths(y(value) + 4))" text-anchor="end" font-size="12">\
            \(decimal(value < 10 ? (value * 10).rounded() / 10 : value.rounded()))</text>
            """
        }
        let dates: [HTML] = marks.map { mark in
            // Seven units a letter, at most: what would leave the picture on the right stands left of its line.
            let isLeft = x(mark.index) + Double(mark.text.count) * 7 > Self.width
            return """
                <path d="M\(tenths(x(mark.index))) 10V\(tenths(Self.height - 25))" stroke="#768692" stroke-dasharray="3 3"/>\
                <text x="\(tenths(x(mark.index) + (isLeft ? -3 : 3)))" y="\(tenths(Self.height - 12))" \
                text-anchor="\(isLeft ? "end" : "start")" font-size="12">\(mark.text)</text>
                """
        }
        let legend =
            "\(past.isEmpty ? "" : "thin: what came; ")dark: expected; bands: 50, 80 and 90 times of 100"
        return """
            <svg role="img" viewBox="0 0 900 235" width="900" height="235" font-family="Arial,sans-serif" fill="#212b32">\
            <title>\(title): what was (line), what is expected (dark line) and the bands of 50, 80 and 90 per cent</title>\
            \(bands)<path d="\(line(past, from: 0))" fill="none" stroke="#4c6272"/>\
            <path d="\(line(means, from: past.count))" fill="none" stroke="#003087" stroke-width="2"/>\
            \(dates)\(ticks)<text x="45" y="230" font-size="12">\(title) (\(legend))</text></svg>
            """
    }
}

/// What came, as a grey line, and what had been forecast, dark.
struct TwoLines {
    let actual: [Double]
    let forecast: [Double]
    let title: String

    init(_ row: Backtest.Row) {
        actual = row.actual
        forecast = row.forecast
        title = row.series
    }

    var svg: HTML {
        let top = max(1, ((actual.filter { !$0.isNaN } + forecast).max() ?? 1) * 1.08)
        func line(_ values: [Double]) -> String {
            values.enumerated().filter { !$0.element.isNaN }.enumerated().map { order, point in
                let x = 45 + Double(point.offset) / Double(max(1, values.count - 1)) * 845
                let y = 10 + (1 - point.element / top) * 185
                return "\(order == 0 ? "M" : "L")\(tenths(x)) \(tenths(y))"
            }.joined()
        }
        return """
            <svg role="img" viewBox="0 0 900 220" width="900" height="220" font-family="Arial,sans-serif" fill="#212b32">\
            <title>\(title): what came (thin line) and what had been forecast (thick line)</title>\
            <path d="\(line(actual))" fill="none" stroke="#4c6272"/>\
            <path d="\(line(forecast))" fill="none" stroke="#003087" stroke-width="3"/>\
            <text x="40" y="199" text-anchor="end" font-size="12">0</text>\
            <text x="40" y="16" text-anchor="end" font-size="12">\(decimal(top.rounded()))</text>\
            <text x="45" y="215" font-size="12">thin: what came; thick: what had been forecast</text></svg>
            """
    }
}

private func tenths(_ number: Double) -> String { String((number * 10).rounded() / 10) }
