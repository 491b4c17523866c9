import Extracts
import Foundation
import LookForward
import MusterFiles
import Roster

/// What the message says of one gap, in the words of both of its versions.
struct GapWords {
    let gap: ReportedGap
    /// For somebody outside, who is not told which ways the organisation has of its own.
    let isOutside: Bool

    init(_ gap: ReportedGap, isOutside: Bool = false) {
        self.gap = gap
        self.isOutside = isOutside
    }

    /// A shape and a word, so that colour is never the only signal.
    var mark: (shape: String, word: String) {
        if gap.isHard { return ("■", "Critical") }
        if gap.redFlag != nil { return ("▲", "Red flag") }
        return gap.severity == .belowTarget ? ("○", "Short") : ("●", "Below minimum")
    }

    /// `Emergency department, Northgate General: consultant`.
    var title: String { "\(place): \(gap.role)" }

    var place: String {
        gap.place.site.isEmpty || gap.place.site == gap.place.name
            ? gap.place.name : "\(gap.place.name), \(gap.place.site)"
    }

    /// `Fri 21 Nov 19:30 to Sat 22 Nov 08:00 (Night), starts in 13 hours`.
    var when: String {
        let shift = gap.shift.isEmpty ? "" : " (\(gap.shift))"
        return "\(span(gap.start, gap.end))\(shift), \(start)"
    }

    private var start: String {
        switch gap.minutesToStart {
        case ..<0: "has begun"
        case ..<60: "starts within the hour"
        default: "starts in \(counted(gap.hoursToStart, "hour"))"
        }
    }

    /// `1 missing: 5 needed, 4 planned (1 bank); 11.5 hours short, 20 %`.
    var short: String {
        let booked = gap.booked.filter { $0.value > 0 }.sorted { $0.key < $1.key }
            .map { "\($0.value) \($0.key)" }
        let ofThese = booked.isEmpty ? "" : " (\(booked.joined(separator: ", ")) booked)"
        let sum =
            switch gap.measure {
            case .heads: "\(gap.missing) missing: \(gap.required) needed, \(gap.planned) planned\(ofThese)"
            case .share:
                "share of those present not met: \(gap.required) needed, \(gap.planned) planned\(ofThese)"
            case .weeklyMinutes:
                "\(hoursInWords(gap.required)) needed on these days of the week, \(hoursInWords(gap.planned)) planned"
            }
        return "\(sum); \(hoursInWords(gap.minutesShort)) short, \(gap.percent)%"
    }

    /// Without the site: `Emergency department: Consultant`.
    var shortTitle: String { "\(gap.place.name): \(gap.role)" }

    /// `1 missing (11.5 h)`.
    var brief: String {
        let hours = "\(decimal(gap.hoursShort))\u{A0}h"
        return switch gap.measure {
        case .heads: "\(gap.missing) missing (\(hours))"
        case .share: "\(hours) missing"
        case .weeklyMinutes: "\(hours) of the weekly minimum missing"
        }
    }

    /// Grades and skills; nil if anybody of the role will do.
    var whoCanFill: String? {
        let grades = gap.grades.joined(separator: " or ")
        let skills = gap.skills.isEmpty ? "" : "with \(gap.skills.joined(separator: " and "))"
        let both = [grades, skills].filter { !$0.isEmpty }.joined(separator: ", ")
        return both.isEmpty ? nil : both
    }

    /// One gap is often one person: why somebody is away is not told of it, inside neither.
    var reason: String {
        switch gap.reason {
        case .vacancy: "vacancy"
        case .unavailable, .sickness, .annual, .study, .special, .parental: "unavailable"
        case .acuity: "patients need more care than planned"
        case .escalation: "escalation beds"
        case .supernumerary: "supernumerary staff"
        case .enhancedCare: "enhanced care of a patient"
        case .industrialAction: "industrial action"
        case .other: "other"
        }
    }

    var change: String? {
        switch gap.trend {
        case .new: "new since the last issue"
        case .worse: "worse than in the last issue"
        case .better: "better than in the last issue"
        case .same: "as in the last issue"
        case .firstReported: "reported for the first time"
        case nil: nil
        }
    }

    /// What to do first, one sentence each.
    var suggestions: [String] { gap.suggested.map(Self.sentence) }

    /// Of what is lawful beside the suggestions, the first few, then how many more.
    var otherWays: [String] {
        // Releases stand in the cascade, with their times.
        let others = gap.options.filter { !$0.isSuggested && !$0.isRelease }
        let shown = others.prefix(2).map(Self.sentence)
        let left = others.count - shown.count + gap.optionsLeftOut
        let notAsked =
            gap.candidatesNotAsked > 0
            ? ["\(grouped(gap.candidatesNotAsked)) more people seem free and were not checked"] : []
        return shown + (left > 0 ? ["\(grouped(left)) more"] : []) + notAsked
    }

    /// What stays short if the suggestions are taken; nil if there are none.
    var outcome: String? {
        if gap.suggested.isEmpty { return nil }
        guard gap.minutesLeft > 0 else { return "Closes the gap" }
        let left = hoursInWords(gap.minutesLeft)
        return gap.suggested.contains(where: \.isRelease)
            ? "Stays \(left) short until somebody is booked" : "Leaves \(left) short"
    }

    private static func sentence(_ option: ClosingOption) -> String {
        var text = option.sentence
        while text.hasSuffix(".") { text.removeLast() }
        if let reference = option.reference, !text.contains(reference) { text += " [\(reference)]" }
        return option.sideEffect.isEmpty ? text : "\(text); \(option.sideEffect)"
    }

    /// How far it has been released, what is overdue, and what comes next.
    var cascade: [String] {
        let events = gap.cascade.events
        var lines: [String] = []
        if gap.cascade.isIndustrialAction {
            lines.append("Industrial action: no release to other organisations or agencies")
        }
        if let open = events.last(where: { $0.state == .released }) {
            lines.append("Open: \([open.name, since(open)].filter { !$0.isEmpty }.joined(separator: " "))")
        }
        // Of a step's tiers the furthest: whoever may release it may release those before.
        let due = events.enumerated().filter { index, event in
            event.state == .due && event.at != nil
                && !events[(index + 1)...].contains { $0.step == event.step && $0.state == .due }
        }.map(\.element)
            .map { "\($0.name)\(inBrackets($0.authoriser, since($0)))" }
        if !due.isEmpty { lines.append("Due but not released: \(due.joined(separator: ", "))") }
        if let next = gap.cascade.next {
            lines.append("Next: \(next.name)\(inBrackets(next.authoriser, at(next)))")
        }
        if !gap.cascade.isIndustrialAction {
            lines += events.filter { $0.state == .blocked }.map {
                "Blocked: \($0.name)\($0.note.isEmpty ? "" : ", \($0.note)")"
            }
        }
        return lines
    }

    private func since(_ event: Cascade.Event) -> String {
        event.at.map { "since \(Times.brief($0))" } ?? ""
    }
    private func at(_ event: Cascade.Event) -> String { event.at.map { "at \(Times.brief($0))" } ?? "" }

    /// ` (matron, since Sun 9 Nov 20:00)`; who or what is not told is left out.
    private func inBrackets(_ parts: String...) -> String {
        let told = parts.filter { !$0.isEmpty }
        return told.isEmpty ? "" : " (\(told.joined(separator: ", ")))"
    }

    var tried: [String] {
        gap.tried.map { attempt in
            let step = attempt.step.map { "\(Self.name($0)): " } ?? ""
            let at = attempt.at.map { " \(Times.brief($0))" } ?? ""
            return "\(step)\(attempt.state)\(at)\(attempt.by.isEmpty ? "" : " by \(attempt.by)")"
        }
    }

    static func name(_ step: CascadeStep.Level) -> String {
        switch step {
        case .float: "move within the site"
        case .own: "own staff and bank"
        case .collaborative: "collaborative bank"
        case .agency: "framework agency"
        case .breakGlass: "off framework (break glass)"
        }
    }
}

/// One line of what is said of a gap, with its label.
struct GapFact {
    let label: String
    let lines: [String]
}

extension GapWords {
    /// Everything a bank desk needs, in the order in which it is needed.
    var facts: [GapFact] {
        var facts = [
            GapFact(label: "When", lines: [when]),
            GapFact(label: "Short", lines: [short]),
        ]
        func add(_ label: String, _ lines: [String?]) {
            let lines = lines.compactMap(\.self).filter { !$0.isEmpty }.map(Self.sentenceCase)
            if !lines.isEmpty { facts.append(GapFact(label: label, lines: lines)) }
        }
        add("Who can fill it", [whoCanFill])
        add("NICE red flag", [gap.redFlag?.arithmetic])
        if !suggestions.isEmpty {
            add("Suggested", suggestions)
            add("If taken", [outcome])
        } else if !isOutside {
            let whom = gap.candidatesNotAsked > 0 ? " with those who were checked" : " with our own people"
            add("Suggested", ["No lawful way was found\(whom): go by the release steps"])
        }
        add("Also lawful", otherWays)
        add("Release", cascade)
        add("Tried", tried)
        add("Reason", [reason])
        add("Change", [change])
        if gap.confidence != .high {
            add("Doubt", ["A check of this unit's data failed: see “Can the figures be trusted?”"])
        }
        if let owner = gap.owner { facts.append(GapFact(label: "Owner", lines: [owner])) }
        facts.append(GapFact(label: "Gap", lines: [gap.id.text]))
        return facts
    }

    private static func sentenceCase(_ text: String) -> String {
        text.prefix(1).uppercased() + text.dropFirst()
    }
}
