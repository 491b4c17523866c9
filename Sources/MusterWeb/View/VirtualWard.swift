import MusterFiles
import Roster
import SystemPool

/// A virtual ward's beds, how many are occupied, and whether it is staffed as it should be.
struct VirtualWard {
    /// Occupancy that is aimed at, in per cent (NHS England's aim for the winter).
    static let target = 80
    /// From here on there is hardly a bed for whoever comes next, in per cent.
    static let full = 95

    let beds: MetricBoard.Reading?
    let occupied: MetricBoard.Reading?
    let staffed: MetricBoard.Reading?

    /// As it is now.
    init(_ board: MetricBoard, today: Day) {
        beds = board.current(.virtualWardBeds, today: today)
        occupied = board.current(.virtualWardOccupied, today: today)
        staffed = board.current(.virtualWardStaffed, today: today)
    }

    /// Nil without beds or figures.
    var occupancy: Int? {
        guard let beds, let occupied else { return nil }
        return Self.occupancy(beds, occupied)
    }

    private static func occupancy(_ beds: MetricBoard.Reading, _ occupied: MetricBoard.Reading) -> Int? {
        wholePercent(occupied.value, of: beds.value)
    }

    var isStale: Bool { [beds, occupied].contains { $0?.isStale == true } }

    /// Whether more are looked after than there are beds for; no share says that of no beds.
    var isOverfull: Bool {
        guard let beds, let occupied else { return false }
        return occupied.value > beds.value
    }

    /// Whether anything of a virtual ward was sent.
    var isKnown: Bool { beds != nil || occupied != nil || staffed != nil }

    var words: HTML {
        guard let beds, let occupied else {
            return "Beds: \(Figures.html(beds)); occupied: \(Figures.html(occupied))"
        }
        return Self.words(beds, occupied)
    }

    /// `29 of 40 beds (73 %)`; of no beds without a share.
    static func words(_ beds: MetricBoard.Reading, _ occupied: MetricBoard.Reading) -> HTML {
        let share = occupancy(beds, occupied).map { " (\($0) %)" } ?? ""
        return """
            \(decimal(occupied.value)) of \(decimal(beds.value)) beds\(share)\(Figures.staleMark(beds, occupied))
            """
    }
}
