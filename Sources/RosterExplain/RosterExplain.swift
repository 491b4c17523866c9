import Roster
import RosterCheck
import RosterEngine
import RulePack

/// How much is solved again to explain a rota. All limits are counts, so the same inputs give the same answer.
public struct ExplainEffort: Hashable, Sendable {
    /// Gaps, worst first, of which relaxations and the worth of an hour are found by solving again.
    public var gaps = 6
    /// Single changes, and pairs of changes, that are tried for one hard gap.
    public var changes = 16
    public var pairs = 12
    /// Refused wishes, strongest first, of which the cost is found by solving again.
    public var wishes = 6
    /// People whose duties may change when a wish or a booking is tried.
    public var people = 10
    /// Iterations of the engine in each of these.
    public var iterations = 4

    public init() {}

    /// For one question at a time, where a person waits for the answer.
    public static var thorough: ExplainEffort {
        var effort = ExplainEffort()
        effort.iterations = 12
        effort.people = 16
        return effort
    }
}

/// Why each gap is there and what would close it, why each wish was refused, why somebody works a day or not.
///
/// It stands above engine and checker: what stops a person is asked of the checker, in real instants; what a
/// change would bring is proven by solving again with it.
public struct RosterExplain {
    /// Explains all gaps and wishes of a rota.
    ///
    /// - Parameters:
    ///   - report: the checker's reading of this rota.
    ///   - run: of the search that made it; its seed is used again.
    ///   - stop: when it is due nothing more is solved; what can be said without solving still is.
    /// - Returns: gaps in the order of the report, wishes in the order of the scenario.
    public static func explain(
        _ scenario: Scenario, _ rules: RuleBook, _ rota: Rota, report: CheckReport, run: Run,
        effort: ExplainEffort = ExplainEffort(), stop: Stop
    ) -> (gaps: [GapExplanation], wishes: [WishOutcome]) {
        let explain = RosterExplain(
            scenario, rules, rota, report: report, run: run, effort: effort, stop: stop)
        return (explain.gaps(), explain.wishes())
    }

    let situation: Situation
    let report: CheckReport

    /// For asking single questions about one rota.
    public init(
        _ scenario: Scenario, _ rules: RuleBook, _ rota: Rota, report: CheckReport, run: Run,
        effort: ExplainEffort = .thorough, stop: Stop
    ) {
        situation = Situation(scenario, rules, rota, run: run, effort: effort, stop: stop)
        self.report = report
    }

    /// Every gap of the report, in its order; the worst are solved again, up to ``ExplainEffort/gaps``.
    public func gaps() -> [GapExplanation] {
        let worst = report.gaps.indices.sorted {
            let (left, right) = (report.gaps[$0], report.gaps[$1])
            return (left.severity, -left.missingMinutes, $0) < (right.severity, -right.missingMinutes, $1)
        }
        let solved = Set(worst.prefix(situation.effort.gaps))
        var explainer = GapExplainer(situation, report: report)
        return report.gaps.indices.map { index in
            explainer.explanation(of: report.gaps[index], solving: solved.contains(index))
        }
    }

    /// Every wish of the scenario, in its order; the strongest that were refused are solved again, up to
    /// ``ExplainEffort/wishes``.
    public func wishes() -> [WishOutcome] { WishExplainer(situation).outcomes() }

    /// One gap, solved again whatever its size; nil if the report has none of that name.
    public func explain(gap id: Gap.ID) -> GapExplanation? {
        guard let gap = report.gaps.first(where: { $0.id == id }) else { return nil }
        var explainer = GapExplainer(situation, report: report)
        return explainer.explanation(of: gap, solving: true)
    }

    /// Why somebody works on a day, or does not; nil if the roster does not know the person.
    public func explain(person id: Person.ID, day: Day) -> DayExplanation? {
        DayExplainer(situation, report: report).explanation(of: id, on: day)
    }
}
