import Roster
import RosterCheck
import RulePack

/// What the rota was held against, and what the run says about itself.
extension RotaPage {
    var ruleSection: HTML {
        let rows = output.rules.packs.map { pack -> [HTML] in
            ["\(pack.title)", "\(pack.id)", "\(pack.version)", "\(pack.rules.count)"]
        }
        let report = output.report
        let breaches: HTML =
            report.isLawful
            ? "<p>The independent check found no breach.</p>"
            : "<h3>Breaches</h3>\(Self.list(report.breaches.map(finding)))"
        let warnings: HTML =
            report.warnings.isEmpty
            ? ""
            : """
            <details><summary>Warnings: soft rules, what is inherited, what could not be judged in full \
            (\(report.warnings.count))</summary>
            \(warningList)</details>
            """
        return Self.section(
            "rules", "Rules",
            """
            \(breaches)\(warnings)
            \(Self.scrolling("Rule packs", Self.table("Rule packs this rota was made and checked with",
                columns: ["Pack", "Id", "Version", "Rules"], rows: rows)))
            """)
    }

    /// By rule, with people and days, for what is many and alike.
    private var warningList: HTML {
        let (single, groups) = WarningGroup.split(output.report.warnings, by: output.rules)
        let sections = groups.map { group -> HTML in
            let lines = group.lines.map { line -> HTML in
                let who: HTML = line.person.map { "<strong>\(output.name(of: $0))</strong>: " } ?? ""
                return "\(who)\(line.what.joined(separator: "; "))"
            }
            let title: HTML = group.title.map { "<p>\($0)</p>" } ?? ""
            return "<h3>\(group.heading)</h3>\(title)\(Self.list(lines))"
        }
        let alone: HTML = single.isEmpty ? "" : Self.list(single.map(finding))
        return "\(alone)\(sections)"
    }

    private func finding(_ breach: Breach) -> HTML {
        let who: HTML = breach.person.map { "<strong>\(output.name(of: $0))</strong>: " } ?? ""
        return "\(who)\(breach.sentence) <span class=\"id\">\(breach.rule)</span>"
    }

    var qualitySection: HTML {
        let rows = output.figures.map { figure -> [HTML] in
            ["\(figure.name)", "\(figure.value)", "\(figure.meaning)"]
        }
        return Self.section(
            "quality", "Quality of this rota",
            Self.scrolling(
                "Quality",
                Self.table(
                    "No figure decides alone, and a target forced on a unit can do harm.",
                    columns: ["Figure", "Value", "What it means"], rows: rows)))
    }

    var runSection: HTML {
        let run = output.run
        var facts: [(String, String)] = [("Status", run.status.name)]
        for level in run.levels {
            facts.append((Self.name(ofLevel: level.level), Self.words(level)))
        }
        facts += run.parts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
            .map { ("Cost of \($0.key)", decimal($0.value)) }
        facts += [
            (
                "Search",
                "\(decimal(run.seconds)) s; first rota after \(decimal(run.secondsToFirst)) s, "
                    + "best after \(decimal(run.secondsToBest)) s"
            ),
            (
                "To repeat it",
                "seed \(run.seed), \(run.iterations) iterations, \(counted(run.threads, "thread"))"
            ),
            ("Muster", output.version),
        ]
        facts += output.inputHashes.sorted { $0.key < $1.key }.map { ("SHA-256 of \($0.key)", $0.value) }
        return Self.section(
            "run", "How this rota was made",
            Self.scrolling(
                "How this rota was made",
                Self.table(
                    "Facts of the run", columns: ["Fact", "Value"],
                    rows: facts.map { ["\($0.0)", "\($0.1)"] })))
    }

    private static func name(ofLevel level: Int) -> String {
        switch level {
        case 1: "Hard cover missing, person-minutes"
        case 2: "Below soft minimums, person-minutes"
        default: "Cost of everything else, points"
        }
    }

    private static func words(_ level: LevelResult) -> String {
        guard let bound = level.bound else { return "\(decimal(level.objective)); no bound" }
        let gap = decimal((level.gap ?? 0) * 100)
        return
            "\(decimal(level.objective)); at least \(decimal(bound)), \(level.proven ? "proven" : "not proven"); "
            + "gap \(gap) %"
    }
}
