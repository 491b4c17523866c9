import Roster

/// Hard cover, first on the page: covered every hour, or each open hour as a critical vacancy.
extension RotaPage {
    var hardCover: HTML {
        let rules = scenario.coverRules.filter(\.hard)
        guard !rules.isEmpty else {
            return Self.section("hard", "Hard cover", "<p>This roster declares no hard cover.</p>")
        }
        return Self.section(
            "hard", "Hard cover",
            """
            <ul class="verdicts">
            \(rules.map(verdict))</ul>
            <div class="vacancies">
            \(output.hardGaps.map(vacancy))</div>
            \(breaks)
            """)
    }

    /// Covered, but not while somebody takes a break.
    private var breaks: HTML {
        let exposures = output.report.breakExposures
        guard !exposures.isEmpty else { return "" }
        return "<h3>Breaks to arrange cover for</h3>\n\(Self.list(exposures.map { "\($0.sentence)." }))"
    }

    private func verdict(_ rule: CoverRule) -> HTML {
        let open = output.hardGaps.filter { $0.rule == rule.id }
        let place = "\(rule.name), \(output.name(of: rule.unit)): \(rule.window)"
        let idle = scenario.minutesAskingForNobody(rule)
        let nobody =
            idle > 0 ? ". It asks for nobody in \(decimal(Double(idle) / 60)) hours of the period" : ""
        guard !open.isEmpty else {
            let words = idle > 0 ? "Covered whenever somebody is asked for" : "Covered every hour"
            return """
                <li class="covered"><span class="mark" aria-hidden="true">✓</span><strong>\(words)</strong>
                <span>\(place)\(nobody)</span></li>

                """
        }
        let missing = [Gap.Measure.heads: "Open for", .weeklyMinutes: "Short of its weekly minimum by"]
            .sorted { $0.value < $1.value }
            .compactMap { measure, words -> String? in
                let minutes = open.filter { $0.measure == measure }.reduce(0) { $0 + $1.missingMinutes }
                return minutes > 0 ? "\(words) \(decimal(Double(minutes) / 60)) hours" : nil
            }
        return """
            <li class="open"><span class="mark" aria-hidden="true">!</span><strong>\(missing.joined(separator: ". "))</strong>
            <span>\(place)\(nobody). \(counted(open.count, "critical vacancy", "critical vacancies")) below.</span></li>

            """
    }

    private func vacancy(_ gap: Gap) -> HTML {
        """
        <article class="vacancy">
        <h3>Critical vacancy: \(output.name(of: gap.rule))</h3>
        <p class="when">\(when(gap))</p>
        <p>\(output.name(of: gap.unit)): \(missing(gap)). <span class="id">\(gap.id.text)</span></p>
        \(closing(gap))
        </article>

        """
    }

    private func missing(_ gap: Gap) -> HTML {
        switch gap.measure {
        case .heads:
            """
            \(gap.planned) of \(gap.required) planned, <strong>\(gap.missing) missing</strong> for \
            \(gap.elapsed.description)
            """
        case .weeklyMinutes:
            """
            \(people(gap)) covered in this week, <strong>\(decimal(gap.missingHours)) hours missing</strong>
            """
        }
    }

    /// `Fri 6 Nov 19:30 to Sat 7 Nov 08:00`, or `Mon 2 Nov to Sun 8 Nov` if the rule counts a week.
    func when(_ gap: Gap) -> String {
        switch gap.measure {
        case .heads: span(gap.start, gap.end)
        case .weeklyMinutes: "\(gap.start.day.brief) to \((gap.end - ElapsedMinutes(1)).day.brief)"
        }
    }

    /// `2 of 3`, or `64 of 70 hours` if the rule counts a week.
    func people(_ gap: Gap) -> String {
        switch gap.measure {
        case .heads: "\(gap.planned) of \(gap.required)"
        case .weeklyMinutes:
            "\(decimal(Double(gap.planned) / 60)) of \(decimal(Double(gap.required) / 60)) hours"
        }
    }

    /// What stands in the way, in counts, and what would close it; the reason of each person is with the gaps.
    private func closing(_ gap: Gap) -> HTML {
        guard let explanation = output.explanation(of: gap) else { return "" }
        let nobody: HTML =
            explanation.obstacles.isEmpty
            ? "Nobody in this roster counts for it."
            : """
            Why nobody can take it: \(explanation.summary) \
            (<a href="#\(anchor(gap))">person by person</a>).
            """
        let changes = explanation.relaxations.map { change -> HTML in
            change.remaining == 0
                ? "\(change.sentence)"
                : "\(change.sentence) <em>(leaves \(decimal(Double(change.remaining) / 60)) h open)</em>"
        }
        guard !changes.isEmpty else {
            return "<p>\(nobody) \(explanation.nothingKnownToClose).</p>"
        }
        return "<p>\(nobody)</p>\n<h4>What would close it</h4>\n\(Self.list(changes))"
    }
}

extension CoverRule {
    /// `every hour of every day`, `08:00 to 20:00 every day, at least 70 h a week`.
    var window: String {
        let times = toMinute - from.minute == 1440 ? "every hour" : "\(from) to \(to)"
        let days =
            weekdays.isEmpty || weekdays.count == 7
            ? (times == "every hour" ? "of every day" : "every day")
            : "on \(weekdays.sorted().map(\.short).joined(separator: ", "))"
        let weekly = weeklyMinimum.map { ", at least \($0.hoursText) hours a week" } ?? ""
        return "\(times) \(days)\(weekly)"
    }
}
