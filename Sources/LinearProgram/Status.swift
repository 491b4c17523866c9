extension LinearProgram {
    /// How a solve ended.
    public enum Status: Hashable, Sendable {
        /// Primal and dual feasible within the tolerances: values, duals and objective are the optimum's.
        case optimal
        /// No point satisfies all bounds.
        case infeasible
        /// Feasible, but the cost can fall for ever.
        case unbounded
        /// Stopped early at a point which satisfies all bounds. It is not proved optimal, its objective is
        /// an upper bound of the optimum, and its duals are those of the basis reached.
        case feasible(StopReason)
        /// Stopped early without a feasible point: values and duals mean nothing.
        case notSolved(StopReason)
    }

    /// Why a solve stopped before its end.
    public enum StopReason: Hashable, Sendable {
        /// The limit of simplex iterations was reached.
        case iterationLimit
        /// The limit of nodes was reached.
        case nodeLimit
        /// The time was up.
        case timeLimit
        /// The integer solution is within the relative gap asked for.
        case gapReached
        /// The simplex method failed, even from a new basis and with the most careful parameters.
        case numericalTrouble
    }
}
