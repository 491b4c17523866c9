import MusterFiles
import Roster
import SystemPool

/// What the pool suggests, in words for a terminal.
struct PoolText {
    let snapshot: SystemSnapshot
    let solution: PoolSolution
    let style: Style

    /// So many lines of each long list are shown; `--json` has all.
    private static let most = 20

    private var picture: SystemPicture { snapshot.picture }
    private var names: Names { Names(picture) }

    var text: String {
        let unjudged = Unjudged(picture)
        func none(_ text: String) -> String { unjudged?.none("\(text.capitalisedFirst).") ?? text }
        let sections =
            [
                [style.bold("\(picture.system.name), \(moment(picture.at))")],
                picture.organisations.map(organisation)
                    + (picture.unreadableAid.words.map { [style.bad($0)] } ?? []), status,
                style.section(
                    "Moves, best first", solution.suggestions.flatMap(suggestion),
                    none: none("no lawful move would lower risk")),
                style.section("What it comes to", solution.organisations.map(risk), none: "nothing is known"),
                style.section(
                    "Where one more hour is worth most", solution.hours.map(hour),
                    none: none("nothing is short")),
                style.section(
                    "Which training would unlock most", solution.training.map(training),
                    none: none("no single training would lower risk")),
                style.section(
                    "Gaps that stay open", cut(solution.openVacancies.map(open)), none: none("none")),
                style.section("Offers that are not used", cut(unused), none: none("none")),
            ]
        return sections.map { $0.joined(separator: "\n") }.joined(separator: "\n\n")
    }

    private func cut(_ lines: [String]) -> [String] {
        lines.count <= Self.most
            ? lines : lines.prefix(Self.most) + ["  and \(lines.count - Self.most) more: --json has all"]
    }

    private func organisation(_ organisation: OrganisationPicture) -> String {
        let name = "\(organisation.id)  \(organisation.member.organisation.name): "
        guard let age = organisation.age(at: picture.at) else {
            return name + style.bad(organisation.silence)
        }
        let open = organisation.withoutPromises
        let toFill = organisation.vacancies.reduce(0) { $0 + $1.minutes }
        let hard = open.count(where: \.isHard)
        let gaps =
            open.isEmpty
            ? organisation.unknownUnits.isEmpty ? style.good("no open gap") : "no open gap known"
            : "\(counted(open.count, "open gap")), \(personHours(open.reduce(0) { $0 + $1.minutes })) missing"
                + promised(open.reduce(0) { $0 + $1.minutes } - toFill)
        let isFresh = organisation.freshness == .fresh
        let unknown = organisation.unknownUnits.count
        let doubt = unknown > 0 ? ", " + style.bad("nothing known of \(counted(unknown, "unit"))") : ""
        return name + gaps + doubt + (hard > 0 ? ", " + style.bad("\(hard) hard") : "") + "; data "
            + (isFresh ? ago(age) : style.bad("stale, \(ago(age)), not scored"))
    }

    private var status: [String] {
        let levels = solution.results.map { result in
            "  \(result.level.words): \(grouped(result.before)) now, \(grouped(result.objective)) with these moves, "
                + result.proof
        }
        let leftOut = solution.leftOut.map(names.organisation).joined(separator: ", ")
        // Of nothing at all the best is proven, which says nothing.
        let unjudged = Unjudged(picture)
        let isEmpty = unjudged?.isEverybody == true
        return style.section(
            "How good this is", isEmpty ? [] : levels, none: unjudged.none("nothing is open"))
            + (leftOut.isEmpty
                ? [] : [style.bad("Left out, because data are stale or missing: ") + leftOut])
    }

    private func suggestion(_ suggestion: Suggestion) -> [String] {
        let lender = suggestion.offer.organisation
        let who = "\(suggestion.source.words(names, of: lender)) (\(suggestion.grade.text))"
        let sum = suggestion.costPence.map(pounds) ?? "no agreed rate"
        let risks = suggestion.changes.map {
            "\(names.organisation($0.organisation)) \(rounded($0.before)) to \(rounded($0.after))"
        }
        return [
            "\(suggestion.rank). \(style.bold("\(who) from \(names.organisation(lender))"))  [\(suggestion.offer)]"
        ]
            + suggestion.moves.map { move in
                let receiver = move.vacancy.organisation
                return
                    "   to \(names.place(move.unit, move.site, of: receiver)), \(names.organisation(receiver)), "
                    + "\(span(move.start, move.end))\(move.isHard ? ", " + style.bad("hard gap") : ""): "
                    + "\(personHours(move.missingBefore)) missing before, \(personHours(move.missingAfter)) after; "
                    + "\(move.travelMinutes) minutes' travel"
                    + picture.underWay(
                        for: move.vacancy, from: move.start, to: move.end
                    ).map {
                        "; " + style.bad("under way already: \($0.id), \($0.state.words)")
                    }.joined()
            }
            + (suggestion.lenderEffects.isEmpty ? ["   lender: nobody is taken from a duty there"] : [])
            + suggestion.lenderEffects.map { effect in
                "   lender: \(names.unit(effect.unit, of: lender)), \(span(effect.start, effect.end)): "
                    + "\(effect.presentAfter) of \(effect.presentBefore) stay, \(effect.keep) must"
            }
            + (suggestion.lenderGaps.isEmpty
                ? []
                : [
                    "   lender: of its own gaps they could fill instead: "
                        + suggestion.lenderGaps.map(gap).joined(separator: "; ")
                ])
            + [
                "   risk: \(risks.joined(separator: "; "))",
                "   cost: \(sum), \(suggestion.costOwner.words) (\(suggestion.agreement)); indemnity: "
                    + suggestion.indemnity.words,
                "   \(suggestion.why)",
            ]
    }

    private func risk(_ risk: OrganisationRisk) -> String {
        "  \(names.organisation(risk.organisation)): \(rounded(risk.hoursMissingBefore)) hours missing before, "
            + "\(rounded(risk.hoursMissingAfter)) after; risk \(rounded(risk.riskBefore)) before, "
            + "\(rounded(risk.riskAfter)) after"
    }

    private func hour(_ hour: HourWorth) -> String {
        let confirmed =
            hour.confirmedPerHour.map { "\(decimal($0)) when solved again" } ?? "not proven by solving again"
        return "  \(gap(hour.vacancy)): \(hard(hour.hardHours))\(decimal(hour.perHour)) an hour, \(confirmed)"
    }

    private func training(_ worth: TrainingWorth) -> String {
        let subject =
            switch worth.subject {
            case .skill(let skill): "trained in \(skill)"
            case .induction(let site): "inducted at \(site)"
            }
        let confirmed =
            worth.confirmed.map { "\(decimal($0)) when solved again" } ?? "not proven by solving again"
        return
            "  \(worth.offer.organisation)/\(worth.person) \(subject): one training unlocks \(worth.shifts); "
            + hard(worth.hardHours) + "risk falls by about \(decimal(worth.estimate)), \(confirmed)"
    }

    private func hard(_ hours: Double) -> String {
        hours > 0 ? style.bad("meets \(rounded(hours)) h of hard cover") + ", " : ""
    }

    private func open(_ open: OpenVacancy) -> String {
        "  \(gap(open.vacancy)): \(personHours(open.minutesMissing)) missing; \(open.rule.words)"
    }

    private var unused: [String] {
        solution.unusedOffers.map { "  \($0.offer): \($0.rule.words)" }
    }

    /// `NS2/rn-ed-12  Emergency department, Harbour General, Tue 12 Jan 07:30 to 20:00`.
    private func gap(_ key: VacancyKey) -> String {
        let vacancy = picture.organisation(key.organisation)?.vacancies.first { $0.id == key.id }
        guard let vacancy else { return key.description }
        return "\(key)  \(names.place(vacancy.unit, vacancy.site, of: key.organisation)), "
            + span(vacancy.start, vacancy.end)
    }

    private func rounded(_ hours: Double) -> String { decimal((hours * 10).rounded() / 10) }
}
