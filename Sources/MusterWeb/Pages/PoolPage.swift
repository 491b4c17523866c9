import MusterFiles
import Roster
import SystemPool

/// Which moves would lower risk most, and what stays open however one moves.
struct PoolPage {
    let view: SystemView
    let visitor: Visitor
    let part: Int
    let open: Int
    let unused: Int

    private var names: Names { view.names }

    var page: Page {
        Page(
            title: "Pool suggestions", section: .pool, revision: view.version,
            content: view.solution.map(content) ?? Self.nothing(view))
    }

    /// What stands there while there are no suggestions.
    static func nothing(_ view: SystemView) -> HTML {
        view.isSolving
            ? "<p>Suggestions are being worked out; this takes some seconds.</p>"
            : "<p>Suggestions could not be worked out: the reason is in the server's log.</p>"
    }

    /// While there are some of older data.
    static let again: HTML = "<p>New data have come: suggestions are being worked out again.</p>"

    /// How many of a list stand on the page at once: it is read on a phone as well.
    private static let length = 10

    /// What the page is made of, in order; the raw value is the id of its heading.
    private enum Chapter: String, CaseIterable {
        case moves = "part"
        case risks, hours, training, open, unused

        var title: String {
            switch self {
            case .moves: "Moves, best first"
            case .risks: "What it comes to"
            case .hours: "Where one more hour is worth most"
            case .training: "Which training would unlock most"
            case .open: "Gaps that stay open"
            case .unused: "Offers that are not used"
            }
        }

        var heading: HTML { "<h2 id=\"\(rawValue)\">\(title)</h2>" }
        var link: HTML { "<li><a href=\"#\(rawValue)\">\(title)</a></li>" }
    }

    private var scope: PoolScope? { view.solution.map { PoolScope($0, of: view.picture.system) } }

    /// What stands where nothing was found.
    private func none(_ words: String) -> String { "\((scope?.none(words) ?? words).capitalisedFirst)." }

    private func content(_ solution: PoolSolution) -> HTML {
        let portion = Portion(solution.suggestions, page: part, size: Self.length)
        let cards = portion.items.map { SuggestionCard(view: view, suggestion: $0, visitor: visitor).html }
        return """
            \(status(solution))
            <nav aria-label="On this page"><ul class="pages">\(Chapter.allCases.map(\.link))</ul></nav>
            \(Chapter.moves.heading)
            <p>In the order of the hard cover they close, then of the risk they lower, then of travel and repeated calls. \
            Risk is the person-hours that are likely to be missing, each times the weight of its gap: 1 is an ordinary \
            ward hour. What a move does to risk is said as if all the others were made; hours missing and who stays as if those \
            above it were.</p>
            \(Cards.list(cards, none: none("no lawful move would lower risk")))
            \(portion.links("/pool", Chapter.moves.rawValue))
            \(Chapter.risks.heading)\(risks(solution))
            \(Chapter.hours.heading)\(hours(solution))
            \(Chapter.training.heading)\(training(solution))
            \(Chapter.open.heading)\(openGaps(solution))
            \(Chapter.unused.heading)\(unusedOffers(solution))
            """
    }

    private func status(_ solution: PoolSolution) -> HTML {
        let proof = solution.results.map { result in
            """
            <li>\(result.level.words): \(grouped(result.before)) if nothing is done, \(grouped(result.objective)) with \
            these moves: \(result.proof).</li>
            """ as HTML
        }
        let leftOut = solution.leftOut.map(names.organisation).joined(separator: ", ")
        let notice: HTML =
            leftOut.isEmpty
            ? ""
            : """
            <div class="notice warn"><p>Left out, because their data are stale or missing: \(leftOut).</p></div>
            """
        let best = leftOut.isEmpty ? "Proven best" : "Proven best for those with data up to date"
        let solving = view.isSolving ? Self.again : ""
        return """
            <p class="lead">No lender falls below its own hard or minimum cover. Nobody goes until whoever asks, or the system for them, accepts and the lender has checked again and confirmed.</p>
            \(solving)\(notice)
            \(when(!proof.isEmpty, "<details id=\"proof\"><summary>\(solution.isProven ? best : "How good this is")</summary><ul>\(proof)</ul></details>"))
            """
    }

    private func risks(_ solution: PoolSolution) -> HTML {
        PageTable(
            caption:
                "Expected shortage by organisation if all moves are made, in person-hours and weighed by risk",
            head: ["Organisation", "Hours now", "Hours after", "Risk now", "Risk after"],
            rows: solution.organisations.map { risk in
                PageTable.Row(
                    header: "\(names.organisation(risk.organisation))",
                    cells: [risk.hoursMissingBefore, risk.hoursMissingAfter, risk.riskBefore, risk.riskAfter]
                        .map {
                            "\(decimal(($0 * 10).rounded() / 10))"
                        })
            }, none: none("nothing is known")
        ).html
    }

    private func hours(_ solution: PoolSolution) -> HTML {
        PageTable(
            caption:
                "The gaps in which one more person meets most hard cover, and then lowers risk most an hour",
            head: ["Gap", "When", "Hard cover it meets, h", "Risk an hour", "Confirmed by solving again"],
            rows: solution.hours.map { hour in
                PageTable.Row(
                    header: gap(hour.vacancy),
                    cells: [
                        view.vacancy(hour.vacancy).map { "\(span($0.start, $0.end))" } ?? "",
                        "\(decimal((hour.hardHours * 10).rounded() / 10))",
                        "\(decimal(hour.perHour))",
                        hour.confirmedPerHour.map { "\(decimal($0))" } ?? "not yet",
                    ])
            },
            none: visitor.seesWholeSystem
                ? none("no open gap ahead was scored")
                : "None of your gaps is among the ten in which an hour is worth most."
        ).html
    }

    private func training(_ solution: PoolSolution) -> HTML {
        PageTable(
            caption: "One training each",
            head: [
                "Who", "Training", "Unlocks", "Hard cover it meets, h", "Risk it lowers",
                "Confirmed by solving again",
            ],
            rows: solution.training.map { worth in
                let subject =
                    switch worth.subject {
                    case .skill(let skill): skill.text
                    case .induction(let site): "induction at \(siteName(site))"
                    }
                return PageTable.Row(
                    header: "\(worth.offer.organisation.text)/\(worth.person.text)",
                    cells: [
                        "\(subject)", "\(worth.shifts)",
                        "\(decimal((worth.hardHours * 10).rounded() / 10))",
                        "\(decimal(worth.estimate))",
                        worth.confirmed.map { "\(decimal($0))" } ?? "not yet",
                    ])
            },
            none: visitor.seesWholeSystem
                ? none("no single training would lower risk")
                : "None of your people is among the ten whose training would lower risk most."
        ).html
    }

    private func siteName(_ site: Site.ID) -> String {
        view.picture.organisations.lazy.compactMap { organisation in
            organisation.push?.sites.first { $0.id == site }?.name
        }.first ?? site.text
    }

    private func openGaps(_ solution: PoolSolution) -> HTML {
        let portion = Portion(solution.openVacancies, page: open, size: Self.length)
        let rows = portion.items.map { open in
            PageTable.Row(
                header: gap(open.vacancy),
                cells: [
                    view.vacancy(open.vacancy).map { "\(span($0.start, $0.end))" } ?? "",
                    "\(personHours(open.minutesMissing))", "\(open.rule.words)",
                ])
        }
        let table = PageTable(
            caption: "What no move closes, and the rule that binds", head: ["Gap", "When", "Missing", "Why"],
            rows: rows,
            none: none("no gap for which somebody is to be found stays open"))
        return "\(table.html)\(portion.links("/pool", Chapter.open.rawValue))"
    }

    private func unusedOffers(_ solution: PoolSolution) -> HTML {
        let portion = Portion(solution.unusedOffers, page: unused, size: Self.length)
        let rows = portion.items.map { unused in
            let key = unused.offer
            let offer = view.picture.organisation(key.organisation)?.offers.first { $0.id == key.id }
            return PageTable.Row(
                header: offer.map { "\($0.source.words(names, of: key.organisation)) (\($0.grade.text))" }
                    ?? "\(key.id.text)",
                cells: [
                    "\(names.organisation(key.organisation))",
                    offer.map { "\(span($0.earliestStart, $0.latestEnd))" } ?? "", "\(unused.rule.words)",
                ])
        }
        let table = PageTable(
            caption: "Who is offered and moves nowhere, and the rule that binds",
            head: ["Who", "From", "Free", "Why"], rows: rows, none: none("every offer is used"))
        return "\(table.html)\(portion.links("/pool", Chapter.unused.rawValue))"
    }

    private func gap(_ key: VacancyKey) -> HTML {
        let place =
            view.vacancy(key).map { names.place($0.unit, $0.site, of: key.organisation) } ?? key.description
        return "<a href=\"\(key.path)\">\(place)</a>"
    }
}
