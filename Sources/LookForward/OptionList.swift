import Extracts
import Roster
import RosterCheck

/// The ways to close one gap, as the report shows them.
struct OptionList {
    private(set) var shown: [ClosingOption] = []
    /// Lawful ways that are not shown.
    private(set) var leftOut = 0

    /// Ways that are shown of each step, beyond those that are suggested.
    private static let perStep = 3

    init(
        _ gap: ReportedGap, _ offers: [ClosingOffer], chosen: [ClosingOffer], left: Int,
        scenario: Scenario, places: (Unit.ID) -> UnitLabel
    ) {
        let suggested = Set(chosen.map(\.key))
        let others = offers.filter { !suggested.contains($0.key) }
        var options: [(offer: ClosingOffer, isSuggested: Bool)] = chosen.map { ($0, true) }
        for (_, offers) in Dictionary(grouping: others, by: \.step) {
            let best = offers.sorted {
                ($0.minutesClosed, $1.cost, $1.key) > ($1.minutesClosed, $0.cost, $0.key)
            }
            options += best.prefix(Self.perStep).map { ($0, false) }
            leftOut += max(0, best.count - Self.perStep)
        }
        var list = options.map { offer, isSuggested in
            Self.option(
                offer, isSuggested, scenario: scenario, places: places)
        }
        list += Self.releases(gap, needed: left > 0)
        list.sort {
            ($0.step, $0.isRelease ? 1 : 0, $0.isSuggested ? 0 : 1, $1.minutesClosed, $0.sentence)
                < ($1.step, $1.isRelease ? 1 : 0, $1.isSuggested ? 0 : 1, $0.minutesClosed, $1.sentence)
        }
        for index in list.indices { list[index].id = "\(gap.id)#\(index + 1)" }
        shown = list
    }

    private static func option(
        _ offer: ClosingOffer, _ isSuggested: Bool, scenario: Scenario, places: (Unit.ID) -> UnitLabel
    ) -> ClosingOption {
        let grade = scenario.grade(offer.person.grade)?.name ?? offer.person.grade.text
        switch offer.way {
        case .float(let duty, _):
            let lender = places(duty.unit)
            return ClosingOption(
                id: "", step: .float,
                sentence: "Move 1 \(offer.role.name) from \(lender.name), \(span(offer.start, offer.end))",
                start: offer.start, end: offer.end, minutesClosed: offer.minutesClosed, lender: lender,
                sideEffect: offer.sideEffect, isSuggested: isSuggested)
        case .duty(let duty):
            let reference = PersonReference(offer.person.id, in: offer.person.organisation).description
            let home =
                offer.person.unit == offer.unit ? "of the unit" : "of \(places(offer.person.unit).name)"
            let shift = scenario.shiftType(duty.shift)?.name ?? duty.shift.text
            return ClosingOption(
                id: "", step: offer.step,
                sentence: "Ask \(reference), \(grade) \(home): \(shift), \(span(duty.start, duty.end))",
                reference: reference, start: offer.start, end: offer.end, minutesClosed: offer.minutesClosed,
                sideEffect: offer.sideEffect, isSuggested: isSuggested)
        }
    }

    /// One for each step at which the cascade lets people be asked who are not known yet. If something is left, the
    /// earliest that is due is suggested, or else the furthest that was released already: to ask again.
    private static func releases(_ gap: ReportedGap, needed: Bool) -> [ClosingOption] {
        let steps = CascadeStep.Level.allCases.filter { $0 != .float }
        var options = steps.compactMap { step -> ClosingOption? in
            let events = gap.cascade.events.filter { $0.step == step && $0.state != .blocked }
            let open = events.last { $0.state == .released } ?? events.last { $0.state == .due }
            guard let event = open ?? events.first else { return nil }
            let authoriser = event.authoriser.isEmpty ? "" : ", authorised by the \(event.authoriser)"
            let words =
                switch event.state {
                case .released:
                    "Ask again: \(event.name), released\(event.at.map { " \($0.brief)" } ?? "")"
                case .due: "Release now to: \(event.name)\(authoriser)"
                case .planned, .blocked:
                    "Release to: \(event.name)\(event.at.map { " from \($0.brief)" } ?? "")\(authoriser)"
                }
            return ClosingOption(
                id: "", step: step, sentence: words, isRelease: true, start: gap.start, end: gap.end,
                minutesClosed: 0, sideEffect: event.note,
                isSuggested: false)
        }
        func isOpen(_ option: ClosingOption, _ state: Cascade.Event.State) -> Bool {
            gap.cascade.events.contains { $0.step == option.step && $0.state == state }
        }
        let due = options.firstIndex { isOpen($0, .due) && !isOpen($0, .released) }
        if needed, let next = due ?? options.lastIndex(where: { isOpen($0, .released) }) {
            options[next].isSuggested = true
        }
        return options
    }
}

extension ClosingOffer {
    /// The same person doing the same.
    fileprivate var key: String { "\(giver) \(start.minutes) \(end.minutes) \(unit)" }
}
