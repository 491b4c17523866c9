/// The share of a part in per cent; nil of nothing, and of what is no number.
///
/// Figures come from outside. Of next to nothing a share can be larger than any number that can be counted or written down, so
/// it is never more than ``mostPercent``.
public func percent(_ part: Double, of whole: Double) -> Double? {
    guard whole > 0, whole.isFinite, !part.isNaN else { return nil }
    return max(-mostPercent, min(100 * part / whole, mostPercent))
}

/// The same in whole per cent.
public func wholePercent(_ part: Double, of whole: Double) -> Int? {
    percent(part, of: whole).map { Int($0.rounded()) }
}

/// More than any share of two figures as they are taken: a million of a hundredth.
let mostPercent = 1e12
