import Extracts
import LookForward
import MusterFiles
import Roster

/// What the message says beside the gaps, in the words of both of its versions.
struct ReportWords {
    let report: ShortageReport
    /// The recipient's name, for the first line.
    let recipient: String

    /// Gaps in the list at most; all of them are in the attached file. A longer message is cut off by some mail
    /// programs.
    static let inList = 200
    /// Gaps told of in full.
    static let inFull = 20
    /// Units, checks and closed gaps, the first of each.
    static let inBlock = 40

    var listed: [GapWords] { words(report.gaps.prefix(Self.inList)) }
    var inFull: [GapWords] { words(report.gaps.prefix(Self.inFull)) }

    private func words(_ gaps: some Sequence<ReportedGap>) -> [GapWords] {
        if case .outside = report.audience { return gaps.map { GapWords($0, isOutside: true) } }
        return gaps.map { GapWords($0) }
    }

    /// Say how many gaps stand elsewhere; nil if none.
    var leftOutOfList: String? { Self.more(report.gaps.count - Self.inList) }
    var leftOutInFull: String? { Self.more(report.gaps.count - Self.inFull) }

    private static func more(_ count: Int) -> String? {
        if count <= 0 { return nil }
        return count == 1
            ? "1 more gap is told of in full in the attached file."
            : "\(grouped(count)) more gaps are told of in full in the attached file."
    }

    /// In what order the gaps stand: what a recipient asked to see first may be less urgent than what follows.
    var order: String {
        report.gaps.contains(where: \.isPriority)
            ? "critical first, then your priorities, then the most urgent" : "the most urgent first"
    }

    static let title = "Staffing look forward"
    var dates: String { Times.long(report.days) }
    var reasons: [String] {
        if case .noValidReport(let reasons) = report.status { return reasons }
        return []
    }

    /// What somebody does who gets no valid report.
    static let withoutReport = """
        This message does not say that shifts are covered. Treat every unit as unknown: ask the units and the site \
        team, and have the data put right.
        """

    /// What follows when no gap is known, in words that claim no more than is known.
    var withoutGap: String {
        guard report.isInDoubt else { return "Every check of the data that could forbid saying so passed." }
        let blind = report.unknownUnits
        let doubt = blind > 0 ? "nothing is known of \(counted(blind, "unit"))" : "checks of the data failed"
        return "Call no shift covered before you have looked at “Can the figures be trusted?”: \(doubt)."
    }

    var change: String? {
        guard let change = report.change else { return nil }
        let counts: [(Int, String)] = [
            (change.new.count, "new"), (change.worse.count, "worse"), (change.better.count, "better"),
            (change.closed.count, "closed"),
            (change.noLongerAsked?.count ?? 0, "no longer asked for"),
            (change.noLongerKnown.count, "not known any more"),
            (change.firstReported.count, "reported for the first time"),
        ]
        let parts = counts.filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }
        let what = parts.isEmpty ? "no change" : parts.joined(separator: ", ")
        // An afternoon's issue is compared with that of the morning.
        let isToday = change.since == report.issued
        let time = isToday ? change.sinceTime.map { "\(Times.clock($0.clock.minute)) today" } : nil
        return "Since the issue of \(time ?? change.since.brief): \(what)."
    }

    var closed: [String] { Self.gone(report.change?.closed) }
    var noLongerAsked: [String] { Self.gone(report.change?.noLongerAsked) }
    var noLongerKnown: [String] { Self.gone(report.change?.noLongerKnown) }

    static let closedTitle = "Closed since the last issue"
    static let noLongerAskedTitle = "No longer asked for, and not filled"
    static let noLongerKnownTitle = "Not known any more: may be short as in the last issue"

    private static func gone(_ gaps: [ClosedGap]?) -> [String] {
        shortened((gaps ?? []).map { "\(name($0))\($0.isHard ? " (was critical)" : "")" })
    }

    /// Units and the days for which they have no rota.
    var withoutRota: [String] {
        let days = Dictionary(grouping: report.withoutRota ?? [], by: \.place)
        return Self.shortened(
            days.sorted { ($0.key.name, $0.key.unit) < ($1.key.name, $1.key.unit) }.map { place, entries in
                "\(place.name): \(entries.map(\.day).sorted().map(\.brief).joined(separator: ", "))"
            })
    }

    /// The first of a block, and how many more there are.
    private static func shortened(_ items: [String]) -> [String] {
        let left = items.count - inBlock
        return left > 0 ? items.prefix(inBlock) + ["\(grouped(left)) more"] : items
    }

    /// When the data are from, when this was made, and when the next issue comes.
    var times: [String] {
        [
            report.dataTime.map { "Data from \(Times.spoken($0))." }
                ?? "The data do not say from when they are.",
            "Made at \(Times.spoken(report.generated)).",
            report.nextIssue.map { "Next issue at \(Times.spoken($0))." },
        ].compactMap(\.self)
    }

    // MARK: - Tables

    struct Row {
        let name: String
        let cells: [String]
    }

    /// A row for each measure, a column for each day.
    var headlines: [Row] {
        func row(_ name: String, _ cell: (Headline) -> String) -> Row {
            Row(name: name, cells: report.headlines.map(cell))
        }
        // Where a unit has no rota, a nought is no more than what is known.
        func count(_ count: Int, on day: Headline) -> String {
            count == 0 && day.isPartlyUnknown ? Self.noneKnown : "\(count)"
        }
        func short(_ name: String, _ shortage: @escaping (Headline) -> Shortage) -> Row {
            row(name) { day in
                let shortage = shortage(day)
                return shortage == Shortage()
                    ? count(0, on: day) : "\(shortage.shifts) (\(decimal(shortage.hours))\u{A0}h)"
            }
        }
        return [
            report.headlines.contains(where: \.isPartlyUnknown)
                ? row("Units without a rota") { "\($0.unitsWithoutRota ?? 0)" } : nil,
            row("■ Critical gaps") { count($0.hardGaps, on: $0) },
            short("Shifts short (hours)") { $0.total },
            short("Registered") { $0.registered },
            short("Unregistered") { $0.unregistered },
            short("Medical") { $0.medical },
            report.headlines.contains { $0.other != Shortage() } ? short("Other") { $0.other } : nil,
            row("▲ NICE red flags") { count($0.redFlags, on: $0) },
        ].compactMap(\.self)
    }

    /// In the place of a nought for a day of which not everything is known.
    static let noneKnown = "none known"

    /// Says how many units ``unavailability`` leaves out; nil if none.
    var unavailabilityLeftOut: String? {
        let left = report.unavailability.count - Self.inBlock
        return left > 0 ? "\(counted(left, "more unit")) with less away against what is allowed." : nil
    }

    /// Unit, away, allowed, and what is worth knowing; the worst against its headroom first.
    var unavailability: [Row] {
        report.unavailability.prefix(Self.inBlock).map { unit in
            let away = unit.percent.map { "\($0)%" } ?? "under 5 people"
            let allowed = unit.headroom.map { "\($0)%" } ?? "not stated"
            let group = unit.staffGroup.map { " (\($0.rawValue))" } ?? ""
            return Row(
                name: unit.place.name + group, cells: [away, allowed, notes(unit).joined(separator: "; ")])
        }
    }

    private func notes(_ unit: Unavailability) -> [String] {
        var notes: [String] = unit.isSpike ? ["▲ above what is allowed"] : []
        notes += unit.shares.map { share in
            "\(share.kinds.map(Self.name).joined(separator: ", ")) \(share.percent)%"
        }
        func count(_ number: Int?, _ what: String) {
            if number != 0 { notes.append("\(number.map(String.init) ?? "1 to 4") \(what)") }
        }
        count(unit.returning, "back today")
        count(unit.starting, "starting")
        count(unit.leaving, "leaving")
        return notes
    }

    private static func name(_ kind: LeaveKind) -> String {
        switch kind {
        case .annual: "annual leave"
        case .sickness: "sickness"
        case .study: "study leave"
        case .parental: "parental leave"
        case .special: "special leave"
        case .unpaid: "unpaid leave"
        case .other: "other"
        }
    }

    // MARK: - Can the figures be trusted?

    /// One line for each check that failed, the worst first.
    var failures: [String] {
        Self.shortened(report.validation.failures.map(Self.sentence))
    }

    private static func sentence(_ failure: Validation.Failure) -> String {
        let word =
            switch failure.severity {
            case .fatal: "No report possible"
            case .warning: "Doubt"
            case .note: "Note"
            }
        // A fatal one is about every unit, and most sentences name theirs.
        let unnamed = failure.places.map(\.name).filter { !failure.sentence.contains($0) }
        let places =
            unnamed.isEmpty || failure.severity == .fatal ? "" : " (\(unnamed.joined(separator: ", ")))"
        return "\(word): \(failure.sentence)\(places)"
    }

    var confidence: [String] {
        var lines: [String] = []
        if !report.validation.lowered.isEmpty {
            lines.append(
                "Less sure than usual: \(report.validation.lowered.map(\.name).joined(separator: ", ")).")
        }
        if !report.validation.unknown.isEmpty {
            lines.append(
                "Nothing can be said of: \(report.validation.unknown.map(\.name).joined(separator: ", ")). "
                    + "No gap there does not mean that nothing is short.")
        }
        return lines
    }

    /// `Duties: 1,204 rows read, 3 rejected (unknown grade: 3), from 5.45am on Friday 21 November`.
    var counts: [String] {
        report.validation.counts.map { count in
            let why = count.reasons.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" }
            let rejected =
                count.rejected == 0
                ? "none rejected"
                : "\(grouped(count.rejected)) rejected\(why.isEmpty ? "" : " (\(why.joined(separator: "; ")))")"
            return "\(count.kind.rawValue.capitalized): \(counted(count.read, "row")) read, \(rejected), "
                + "from \(Times.spoken(count.extractedAt))"
        }
    }

    var learning: [String] {
        guard let learning = report.learning, !learning.ended.isEmpty else { return [] }
        let outcomes = Learning.Outcome.allCases.compactMap { outcome -> String? in
            let count = learning.count(outcome)
            return count == 0 ? nil : "\(count) \(Self.name(outcome))"
        }
        var lines = [
            "Of \(counted(learning.ended.count, "gap")) named for days up to \(learning.day.brief): "
                + outcomes.joined(separator: ", ") + "."
        ]
        if learning.minutesNamed > 0 {
            lines.append(
                "Named short: \(hoursInWords(learning.minutesNamed)). Came short of these: "
                    + "\(hoursInWords(learning.minutesShort)).")
        }
        let filled = learning.filledBy.sorted { ($0.key?.rawValue ?? "~") < ($1.key?.rawValue ?? "~") }.map {
            "\($0.key.map(GapWords.name) ?? "not known by whom") \($0.value)"
        }
        if learning.filledBy.keys.contains(where: { $0 != nil }) {
            lines.append("Filled, all or in part, by: \(filled.joined(separator: ", ")).")
        }
        if !learning.missed.isEmpty {
            lines.append(
                "Short but never named: \(counted(learning.missed.count, "gap")), "
                    + "\(hoursInWords(learning.minutesMissed)).")
        }
        for (outcome, word) in [(Learning.Outcome.unfilled, "Not filled"), (.falseGap, "Not really short")] {
            lines += Self.shortened(
                learning.ended.filter { $0.outcome == outcome }.map { "\(word): \(Self.name($0.gap))" })
        }
        return lines
    }

    private static func name(_ gap: ClosedGap) -> String {
        "\(gap.place.name): \(gap.role), \(gap.day.brief) \(gap.shift)"
    }

    private static func name(_ outcome: Learning.Outcome) -> String {
        switch outcome {
        case .unfilled: "not filled"
        case .partly: "filled in part"
        case .filled: "filled"
        case .falseGap: "not really short"
        case .unknown: "not known"
        }
    }

    /// The first reference to a member of staff, to show what one looks like; nil in messages without any.
    private var reference: String? {
        report.gaps.lazy.flatMap(\.options).compactMap(\.reference).first
    }

    /// Under everything else.
    var closing: [String] {
        [
            "Fill gaps through your own booking system; write to the owner of a gap about it. A gap keeps its id "
                + "from day to day.",
            reference.map {
                "A reference such as \($0) stands for one member of staff, the same in each issue. Whoever runs Muster "
                    + "for you looks it up with: muster report --who \($0)."
            },
            "This message names nobody and holds what this mailbox is meant to see. It was made by a program; "
                + "suggestions were checked against working-time rules on the duties of two weeks before and after, the mean "
                + "over 17 weeks too, and are for a person to decide.",
        ].compactMap(\.self)
    }
}
