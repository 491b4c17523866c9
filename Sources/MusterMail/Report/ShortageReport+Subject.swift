import LookForward
import MusterFiles

extension ShortageReport {
    /// Counts and dates, and nobody's name: `Staffing look forward Fri 21 to Sun 23 Nov: 14 shifts short, 2 critical`.
    ///
    /// A subject never sounds safer than the report: without valid data, or with units of which nothing is known,
    /// it says so.
    public var subject: String { "Staffing look forward \(Times.brief(days)): \(gist)" }

    private var gist: String {
        guard isValid else { return "NO VALID REPORT" }
        var parts = [shortness]
        if !hardGaps.isEmpty { parts.append("\(hardGaps.count) critical") }
        let unknown = unknownUnits
        if unknown > 0 { parts.append("\(counted(unknown, "unit")) without data") }
        if unitsPartlyUnknown > 0 { parts.append("\(counted(unitsPartlyUnknown, "unit")) partly unknown") }
        if unitsWithoutRota > 0 {
            parts.append("\(counted(unitsWithoutRota, "unit")) without a rota on some days")
        }
        return parts.joined(separator: ", ")
    }

    private var shortness: String {
        if shiftsShort > 0 { return "\(counted(shiftsShort, "shift")) short" }
        if !gaps.isEmpty { return counted(gaps.count, "gap") }
        return isInDoubt ? "no gap known, data in doubt" : "nothing short"
    }

    /// Units of which the report can say nothing on some of its days, but something on others.
    public var unitsWithoutRota: Int {
        Set((withoutRota ?? []).map(\.place.unit)).subtracting((validation.unknown + notIncluded).map(\.unit))
            .count
    }

    /// Units of which the report can say nothing.
    public var unknownUnits: Int { Set((validation.unknown + notIncluded).map(\.unit)).count }
}
