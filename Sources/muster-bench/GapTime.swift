import RosterEngine

/// How long it took to come within so many per cent of the bound.
struct GapTime: Hashable, Codable {
    let percent: Double
    /// Nil if it never did.
    let seconds: Double?

    static let percents = [5.0, 2, 1]
}

extension GapTime {
    /// The time from which on the gap of level 3 stayed within `percent`, and no more hard or minimum cover was
    /// missing than at the end. A rota that is cheap only because it leaves cover open does not count.
    init(percent: Double, in history: [Progress]) {
        self.percent = percent
        let end = history.last
        let within = history.reversed().prefix {
            guard let gap = $0.gap else { return false }
            return gap * 100 <= percent && $0.hardMinutes == end?.hardMinutes
                && $0.minimumMinutes == end?.minimumMinutes
        }
        seconds = within.last?.seconds
    }
}
