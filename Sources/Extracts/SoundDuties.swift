import Roster

/// Which of the duties that exports and bookings tell of are believed, and why the others are not.
///
/// A duty that cannot be true must not count as cover. The same row twice counts once; of two duties of one person
/// that overlap the one that begins first stands, whoever is absent is not on duty, nor is whose booking was called off.
struct SoundDuties {
    /// A duty and the row that tells of it; no row for one that Muster published itself.
    struct Stated {
        let duty: Duty
        let row: Finding.RowReference?
    }

    private(set) var duties: [Duty] = []
    /// Not believed because their bookings were called off.
    private(set) var calledOff: [Duty] = []
    private(set) var findings: [Finding] = []

    /// - Parameters:
    ///   - isCalledOff: whether a booking for a duty that the exports tell of was called off, and none stands.
    ///   - reported: the days about which something is said; what is wrong on others is left out quietly.
    /// - Complexity: O(n log n) in the duties of the person who has most, times people.
    init(
        _ stated: [Stated], leave: [Person.ID: [Leave]], calledOff isCalledOff: (Duty) -> Bool,
        reported: ClosedRange<Day>, names: UnitNames
    ) {
        var doubts = Doubts(reported: reported)
        duties.reserveCapacity(stated.count)
        let byPerson = Dictionary(grouping: stated, by: \.duty.person)
        for (person, rows) in byPerson.sorted(by: { $0.key < $1.key }) {
            let absences = leave[person] ?? []
            var last: Stated?
            for row in rows.sorted(by: Self.comesBefore) {
                if let last, last.duty.start == row.duty.start, last.duty.isSame(as: row.duty) {
                    // A booking that the rota shows as well is one duty told twice by two systems, and no fault.
                    if last.row?.file == row.row?.file { doubts.add(.duplicate, row) }
                } else if let last, row.duty.start < last.duty.end {
                    doubts.add(.overlap, row, touching: last.duty.unit)
                } else if absences.contains(where: { $0.contains(row.duty.day) }) {
                    doubts.add(.onLeaveAndOnDuty, row)
                } else if isCalledOff(row.duty) {
                    doubts.add(.calledOff, row)
                    calledOff.append(row.duty)
                } else {
                    duties.append(row.duty)
                    last = row
                }
            }
        }
        findings = doubts.findings(names)
    }

    /// By start; of equals the booking first, then in the order of the file.
    private static func comesBefore(_ left: Stated, _ right: Stated) -> Bool {
        if left.duty.start != right.duty.start { return left.duty.start < right.duty.start }
        let isBooking = (left.duty.source == .booking, right.duty.source == .booking)
        if isBooking.0 != isBooking.1 { return isBooking.0 }
        return (left.row?.line ?? 0) < (right.row?.line ?? 0)
    }
}

/// Duties that are not believed, gathered so that each unit has one sentence a check.
private struct Doubts {
    let reported: ClosedRange<Day>
    private struct Key: Hashable {
        let check: Finding.Check
        let units: Set<Unit.ID>
    }
    private var rows: [Key: [Finding.RowReference]] = [:]
    private var counts: [Key: Int] = [:]

    init(reported: ClosedRange<Day>) { self.reported = reported }

    mutating func add(_ check: Finding.Check, _ stated: SoundDuties.Stated, touching other: Unit.ID? = nil) {
        guard reported.contains(stated.duty.day) else { return }
        let key = Key(check: check, units: Set([stated.duty.unit, other].compactMap { $0 }))
        counts[key, default: 0] += 1
        if let row = stated.row { rows[key, default: []].append(row) }
    }

    func findings(_ names: UnitNames) -> [Finding] {
        counts.map { key, count in
            let what = count == 1 ? "1 duty" : "\(count) duties"
            let stands = count == 1 ? "stands" : "stand"
            let sentence =
                switch key.check {
                case .duplicate:
                    "\(names[key.units]): \(what) \(stands) in the extract twice and \(count == 1 ? "is" : "are") counted once."
                case .overlap:
                    "\(names[key.units]): \(what) overlapping another duty of the same person \(count == 1 ? "is" : "are") not counted."
                case .calledOff:
                    "\(names[key.units]): the bookings say that \(what) \(count == 1 ? "was" : "were") called off, and the rota still shows \(count == 1 ? "it" : "them"): not counted."
                default:
                    "\(names[key.units]): \(what) of somebody who is absent that day \(count == 1 ? "is" : "are") not counted."
                }
            return Finding(
                check: key.check, severity: .warning, units: key.units, sentence: sentence,
                rows: Array((rows[key] ?? []).sorted().prefix(Finding.rowLimit)))
        }
    }
}

/// Names of units, for sentences.
struct UnitNames {
    private let names: [Unit.ID: String]

    init(_ units: [Unit]) {
        names = Dictionary(units.map { ($0.id, $0.name) }) { first, _ in first }
    }

    subscript(unit: Unit.ID) -> String { names[unit] ?? unit.text }

    subscript(units: Set<Unit.ID>) -> String { units.map { self[$0] }.sorted().joined(separator: " and ") }
}

extension Duty {
    fileprivate func isSame(as other: Duty) -> Bool {
        end == other.end && unit == other.unit && shift == other.shift && role == other.role
    }
}
