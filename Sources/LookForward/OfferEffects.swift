import GapMatching
import Roster
import RosterCheck

/// What units lose and gain when offers are taken up.
struct Changes {
    var added: [Unit.ID: [Duty]] = [:]
    var removed: [Unit.ID: [Duty]] = [:]

    var units: [Unit.ID] { Set(added.keys).union(removed.keys).sorted() }

    init(_ offers: [ClosingOffer]) {
        for offer in offers {
            added[offer.work.unit, default: []].append(offer.work)
            guard case .float(let duty, _) = offer.way else { continue }
            removed[duty.unit, default: []].append(duty)
            // Before and after the move they work where they were.
            if duty.start < offer.start {
                added[duty.unit, default: []].append(
                    duty.sent(to: duty.unit, as: duty.role, until: offer.start))
            }
            if offer.end < duty.end {
                added[duty.unit, default: []].append(duty.sent(to: duty.unit, as: duty.role, from: offer.end))
            }
        }
    }
}

/// What lenders can spare, rule by rule and slice by slice, as stocks on which offers draw.
struct LenderRoom {
    private struct Slice: Hashable {
        let rule: CoverRule.ID
        let start: Instant

        var stock: Stock.ID { Stock.ID("\(rule) \(start.minutes)") }
    }

    private let points: [CoverRule.ID: [Instant]]
    private var amounts: [Slice: Int] = [:]

    init(_ offers: [ClosingOffer]) {
        let rooms = offers.flatMap(\.rooms)
        points = Dictionary(grouping: rooms, by: \.rule).mapValues { rooms in
            Set(rooms.flatMap { [$0.start, $0.end] }).sorted()
        }
        for room in rooms {
            for slice in slices(of: room) { amounts[slice] = min(room.heads, amounts[slice] ?? room.heads) }
        }
    }

    var stocks: [Stock] {
        amounts.map { Stock(id: $0.key.stock, amount: $0.value) }.sorted { $0.id < $1.id }
    }

    func draws(of offers: [ClosingOffer]) -> [Stock.ID: Int] {
        Dictionary(offers.flatMap(\.rooms).flatMap(slices).map { ($0.stock, 1) }, uniquingKeysWith: +)
    }

    private func slices(of room: Spare.Room) -> [Slice] {
        (points[room.rule] ?? []).filter { room.start <= $0 && $0 < room.end }.map {
            Slice(rule: room.rule, start: $0)
        }
    }
}

extension ClosingOffer {
    /// The work that they would do in the unit of the gap.
    var work: Duty {
        switch way {
        case .duty(let duty): duty
        case .float(let duty, _):
            duty.sent(to: unit, as: role.id, from: start, until: end)
        }
    }

    /// A further duty; nil for a float.
    var duty: Duty? {
        if case .duty(let duty) = way { duty } else { nil }
    }

    var lender: Unit.ID? {
        if case .float(let duty, _) = way { duty.unit } else { nil }
    }

    var rooms: [Spare.Room] {
        spare?.rooms ?? []
    }

    private var spare: Spare? {
        if case .float(_, let spare) = way { spare } else { nil }
    }

    /// What it does to the lender when the others of it are taken up as well.
    private func sideEffect(besides others: [ClosingOffer]) -> String {
        guard let lending, let spare else { return sideEffect }
        return lending.sentence(
            spare.percent(besides: others.filter { $0.giver != giver }.compactMap(\.spare)))
    }

    /// The same for another gap that it closes too, and with the others of its lender that are taken up beside it.
    func serving(
        _ gap: ReportedGap.ID, minutes: Int, missing: [String], besides others: [ClosingOffer]
    ) -> ClosingOffer {
        let effects = [sideEffect(besides: others)] + missing.map { "then \($0) is not kept" }
        return ClosingOffer(
            gap: gap, unit: unit, step: step, way: way, person: person, start: start, end: end, role: role,
            minutesClosed: minutes, cost: cost, sideEffect: effects.joined(separator: "; "), lending: lending)
    }
}
