import CGLPK

extension LinearProgram {
    /// How an integer solve ended. A bound is a proved lower bound of the optimal cost.
    public enum IntegerResult: Hashable, Sendable {
        /// The best integer solution, proved so within GLPK's tolerance of 1e-7.
        case optimal(IntegerSolution)
        /// A solution, not proved the best: the optimum lies between the bound and the solution's objective.
        case feasible(IntegerSolution, bound: Double, StopReason)
        /// No integer solution exists.
        case infeasible
        /// Without the integer condition the cost can fall for ever.
        case unbounded
        /// Stopped before any solution was found. The bound is `-.infinity` if even the relaxation was not
        /// solved.
        case notSolved(bound: Double, StopReason)

        /// The solution, if one was found.
        public var solution: IntegerSolution? {
            switch self {
            case .optimal(let solution), .feasible(let solution, _, _): solution
            case .infeasible, .unbounded, .notSolved: nil
            }
        }
    }

    /// An integer feasible point.
    public struct IntegerSolution: Hashable, Sendable {
        /// The total cost.
        public let objective: Double
        /// The value of each column; whole numbers for the integer columns.
        public let values: [Double]
    }

    /// Minimises the cost with the given columns restricted to whole numbers, by GLPK's branch and cut.
    /// Meant for small programs. The relaxation is solved first, from the current basis.
    ///
    /// - Parameters:
    ///   - integerColumns: The columns that take whole numbers only; others stay continuous.
    ///   - seconds: The most time for it all; `nil` for no limit.
    ///   - relativeGap: Stop when (objective − bound) / |objective| is no greater; 0 for a proved optimum.
    ///   - nodeLimit: The most nodes of the tree; nil for no limit.
    /// - Throws: ``LinearProgramError/fractionalBound(column:lower:upper:)``.
    public func solveInteger(
        integerColumns: some Sequence<Int>, seconds: Double? = nil, relativeGap: Double = 0,
        nodeLimit: Int? = nil
    ) throws(LinearProgramError) -> IntegerResult {
        checkThread()
        precondition(relativeGap >= 0, "a relative gap is not negative")
        let budget = Budget(iterations: nil, seconds: seconds, program: self)
        let columns = Array(integerColumns)
        try checkWholeBounds(of: columns)

        switch solve(seconds: seconds) {
        case .optimal: break
        case .infeasible: return .infeasible
        case .unbounded: return .unbounded
        case .feasible(let reason), .notSolved(let reason):
            return .notSolved(bound: -.infinity, reason)
        }
        for column in columns { glp_set_col_kind(problem, columnNumber(column), GLP_IV) }
        defer { for column in columns { glp_set_col_kind(problem, columnNumber(column), GLP_CV) } }
        return branchAndCut(budget, relativeGap, nodeLimit)
    }

    /// GLPK refuses an integer column with a bound that is not whole.
    private func checkWholeBounds(of columns: [Int]) throws(LinearProgramError) {
        for column in columns {
            let lower = glp_get_col_lb(problem, columnNumber(column))
            let upper = glp_get_col_ub(problem, columnNumber(column))
            // GLPK reports a missing bound as ±DBL_MAX, which is whole.
            guard lower == lower.rounded(), upper == upper.rounded() else {
                throw .fractionalBound(column: column, lower: lower, upper: upper)
            }
        }
    }

    /// What GLPK tells while it searches, and when it is to stop.
    private struct Progress {
        var bound: Double
        let nodeLimit: Int
    }

    private func branchAndCut(_ budget: Budget, _ relativeGap: Double, _ nodeLimit: Int?) -> IntegerResult {
        // The relaxation's optimum is the first bound; the search tree raises it.
        var progress = Progress(bound: objective, nodeLimit: nodeLimit ?? .max)
        var parameters = glp_iocp()
        glp_init_iocp(&parameters)
        parameters.msg_lev = GLP_MSG_OFF
        parameters.mip_gap = relativeGap
        parameters.mir_cuts = GLP_ON
        parameters.gmi_cuts = GLP_ON
        parameters.cov_cuts = GLP_ON
        parameters.clq_cuts = GLP_ON
        parameters.tm_lim = budget.remainingMilliseconds
        parameters.cb_func = { tree, progress in
            guard let tree, let progress = progress?.assumingMemoryBound(to: Progress.self) else { return }
            var nodes: Int32 = 0
            glp_ios_tree_size(tree, nil, nil, &nodes)
            if nodes > progress.pointee.nodeLimit { glp_ios_terminate(tree) }
            let best = glp_ios_best_node(tree)
            guard best != 0 else { return }
            progress.pointee.bound = max(progress.pointee.bound, glp_ios_node_bound(tree, best))
        }
        let code = withUnsafeMutablePointer(to: &progress) { progress in
            parameters.cb_info = UnsafeMutableRawPointer(progress)
            return glp_intopt(problem, &parameters)
        }
        let bound = progress.bound
        let reason: StopReason =
            switch code {
            case GLP_ETMLIM: .timeLimit
            case GLP_EMIPGAP: .gapReached
            case GLP_ESTOP: .nodeLimit
            default: .numericalTrouble
            }
        switch glp_mip_status(problem) {
        case GLP_OPT: return .optimal(integerSolution)
        case GLP_FEAS:
            let solution = integerSolution
            return .feasible(solution, bound: min(bound, solution.objective), reason)
        case GLP_NOFEAS: return .infeasible
        default: return .notSolved(bound: bound, reason)
        }
    }

    private var integerSolution: IntegerSolution {
        IntegerSolution(
            objective: glp_mip_obj_val(problem),
            values: (0..<columnCount).map { glp_mip_col_val(problem, Int32($0 + 1)) })
    }
}
