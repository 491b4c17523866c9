import MusterFiles
import Roster
import RosterCheck

/// How well a rota covers what is asked for, in words for a terminal: hard cover first.
struct CoverText {
    let scenario: Scenario
    let rota: Rota
    let report: CheckReport
    let style: Style

    /// `Senior decision maker: covered every hour`, or each open gap with its id.
    var hardCover: [String] {
        scenario.coverRules.filter(\.hard).flatMap { rule -> [String] in
            let open = report.hardGaps.filter { $0.rule == rule.id }
            let idle = scenario.minutesAskingForNobody(rule)
            let nobody = idle > 0 ? "; asks for nobody in \(decimal(Double(idle) / 60)) h of the period" : ""
            guard !open.isEmpty else {
                let words = idle > 0 ? "covered whenever somebody is asked for" : rule.covered
                return ["  \(style.good("ok"))  \(rule.name): \(words)\(nobody)"]
            }
            return ["  \(style.bad("OPEN"))  \(rule.name): \(missing(open))\(nobody)"]
                + open.map { "        \(Self.line($0))" }
        }
    }

    /// Covered, but not while somebody takes a break; nothing if that is nowhere so.
    var breaks: [String] {
        let exposures = report.breakExposures.map { "  \($0.sentence)" }
        return exposures.isEmpty ? [] : style.section("Breaks to arrange cover for", exposures, none: "")
    }

    /// `11.5 h not covered, 4 h below the minimum of a week`: an hour may be missing from both.
    private func missing(_ gaps: [Gap]) -> String {
        let hours = Dictionary(gaps.map { ($0.measure, $0.missingHours) }, uniquingKeysWith: +)
        return [
            hours[.heads].map { "\(decimal($0)) h not covered" },
            hours[.weeklyMinutes].map { "\(decimal($0)) h below the minimum of a week" },
        ].compactMap(\.self).joined(separator: ", ")
    }

    /// `senior@2026-11-12T20:30: Thu 12 Nov 20:30 to Fri 13 Nov 08:00, 0 of 1`.
    static func line(_ gap: Gap) -> String {
        let planned =
            switch gap.measure {
            case .heads: "\(gap.planned) of \(gap.required)"
            case .weeklyMinutes:
                "\(decimal(Double(gap.planned) / 60)) of \(decimal(Double(gap.required) / 60)) h in the week"
            }
        return "\(gap.id): \(span(gap.start, gap.end)), \(planned)"
    }

    /// What is short besides, by staff group, in hours and shifts; empty if nothing is.
    var shortages: [String] {
        let soft = Dictionary(grouping: report.gaps.filter { $0.severity != .hard }, by: \.rule)
        let rules = scenario.coverRules.filter { soft[$0.id] != nil }
        return Dictionary(grouping: rules, by: group).sorted { $0.key < $1.key }.map { group, rules in
            let gaps = rules.flatMap { soft[$0.id] ?? [] }
            let hours = gaps.reduce(0) { $0 + $1.missingHours }
            let below = gaps.filter { $0.severity == .belowMinimum }.reduce(0) { $0 + $1.missingHours }
            let parts = rules.map { rule in
                "\(rule.name) \(decimal((soft[rule.id] ?? []).reduce(0) { $0 + $1.missingHours })) h"
            }
            return "  \(group.words): \(decimal(hours)) h\(shifts(hours, of: group)), "
                + (below > 0 ? "\(decimal(below)) h of it below a minimum" : "none of it below a minimum")
                + "\n        \(parts.joined(separator: "; "))"
        }
    }

    /// `, about 4 shifts`, by the mean length of the group's duties.
    private func shifts(_ hours: Double, of group: Group) -> String {
        guard case .staff(let staff) = group else { return "" }
        let lengths = rota.duties.filter { scenario.role($0.role)?.staffGroup == staff }
            .map { Double($0.elapsed.count) / 60 }
        guard !lengths.isEmpty else { return "" }
        let mean = lengths.reduce(0, +) / Double(lengths.count)
        return ", about \(counted(max(1, Int((hours / mean).rounded())), "shift"))"
    }

    /// Whom a cover rule asks for.
    private enum Group: Hashable, Comparable {
        case staff(StaffGroup)
        case several
        case mix

        var words: String {
            switch self {
            case .staff(.medical): "Doctors"
            case .staff(.registered): "Registered staff"
            case .staff(.unregistered): "Support workers"
            case .staff(.therapy): "Therapists"
            case .staff(.other): "Others"
            case .several: "Several groups"
            case .mix: "Mix of staff"
            }
        }

        static func < (left: Self, right: Self) -> Bool { left.order < right.order }

        private var order: Int {
            switch self {
            case .staff(let group): StaffGroup.allCases.firstIndex(of: group) ?? 0
            case .several: StaffGroup.allCases.count
            case .mix: StaffGroup.allCases.count + 1
            }
        }
    }

    private func group(_ rule: CoverRule) -> Group {
        switch rule.requirement {
        case .atLeast, .atMost: return .mix
        case .heads, .demand, .arrivals:
            let groups = Set(
                rule.counted.roles.compactMap { scenario.role($0)?.staffGroup }
                    + rule.counted.grades.compactMap { scenario.grade($0)?.staffGroup })
            guard let first = groups.first, groups.count == 1 else { return .several }
            return .staff(first)
        }
    }
}

extension CoverRule {
    /// `covered every hour`; `covered 08:00 to 20:00 every day, 84 h a week`.
    fileprivate var covered: String {
        let length = toMinute - from.minute
        let days = weekdays.isEmpty ? 7 : weekdays.count
        if length == 1440, days == 7 { return "covered every hour" }
        let which = days == 7 ? "every day" : "on " + weekdays.sorted().map(\.short).joined(separator: ", ")
        return "covered \(from) to \(to) \(which), \(decimal(Double(length * days) / 60)) h a week"
    }
}
