import CGLPK

extension LinearProgram {
    /// Minimises the cost, from the current basis.
    ///
    /// A basis that cannot be used (a basic column was deleted, or the basis is singular) is replaced by a
    /// new one. A method that fails, or goes in circles on a degenerate program, is followed by the other, and that
    /// by the primal method from a new basis with careful parameters; only when all fail is the answer
    /// `numericalTrouble`.
    ///
    /// - Parameters:
    ///   - method: The method to begin with.
    ///   - iterationLimit: The most simplex iterations in this call; `nil` for no limit.
    ///   - seconds: The most time in this call, kept to about one iteration; `nil` for no limit.
    @discardableResult
    public func solve(
        _ method: Method = .automatic, iterationLimit: Int? = nil, seconds: Double? = nil
    ) -> Status {
        checkThread()
        let status = solve(
            startingWith: resolved(method),
            Budget(iterations: iterationLimit, seconds: seconds, program: self))
        basisState = BasisState(
            isPrimalFeasible: glp_get_prim_stat(problem) == GLP_FEAS,
            isDualFeasible: glp_get_dual_stat(problem) == GLP_FEAS)
        return status
    }

    /// The simplex iterations of all solves so far.
    public var iterations: Int { Int(glp_get_it_cnt(problem)) }

    private func resolved(_ method: Method) -> Method {
        guard method == .automatic else { return method }
        return !basisState.isPrimalFeasible && basisState.isDualFeasible ? .dual : .primal
    }

    private func solve(startingWith method: Method, _ budget: Budget) -> Status {
        var method = method
        var options = options
        var repairs = 0
        while true {
            // The last attempt may take as long as the slowest rule does.
            let most = circling.of(rowCount + columnCount) * (repairs < 2 ? 1 : 20)
            switch runSimplex(method, options, budget, most) {
            case 0:
                if let status = finalStatus { return status }
                // The dual simplex found no dual feasible basis: infeasible or unbounded, the primal knows.
                guard method == .dual else { return stopped(.numericalTrouble) }
                method = .primal
            case GLP_EITLIM where budget.remainingIterations(self) == 0: return stopped(.iterationLimit)
            case GLP_ETMLIM: return stopped(.timeLimit)
            case GLP_EBADB, GLP_ESING, GLP_ECOND:
                guard repairs < 2 else { return stopped(.numericalTrouble) }
                repairs == 0 ? glp_adv_basis(problem, 0) : glp_std_basis(problem)
                repairs += 1
            default:
                switch repairs {
                case 0: method = method == .dual ? .primal : .dual
                case 1:
                    method = .primal
                    options = options.careful
                    glp_std_basis(problem)
                default: return stopped(.numericalTrouble)
                }
                repairs += 1
            }
        }
    }

    private func runSimplex(
        _ method: Method, _ options: SimplexOptions, _ budget: Budget, _ most: Int
    ) -> Int32 {
        var parameters = options.parameters
        parameters.meth = method == .dual ? GLP_DUAL : GLP_PRIMAL
        parameters.it_lim = min(budget.remainingIterations(self), Int32(clamping: most))
        parameters.tm_lim = budget.remainingMilliseconds
        return glp_simplex(problem, &parameters)
    }

    /// What a simplex run to its end has proved; `nil` if nothing.
    private var finalStatus: Status? {
        switch glp_get_status(problem) {
        case GLP_OPT: .optimal
        case GLP_NOFEAS: .infeasible
        case GLP_UNBND: .unbounded
        default: nil
        }
    }

    private func stopped(_ reason: StopReason) -> Status {
        glp_get_prim_stat(problem) == GLP_FEAS ? .feasible(reason) : .notSolved(reason)
    }
}

/// Iterations after which a run is taken to go in circles: GLPK does not see that it returns to where it was.
struct Circling {
    var least = 2_000
    /// For each row and each column.
    var share = 10

    func of(_ size: Int) -> Int { least + share * size }
}

/// What one solve may use, over all its attempts.
struct Budget {
    private let lastIteration: Int?
    private let deadline: ContinuousClock.Instant?

    init(iterations: Int?, seconds: Double?, program: LinearProgram) {
        lastIteration = iterations.map { program.iterations + min(max($0, 0), Int(Int32.max)) }
        // A limit beyond a month is none: it would not fit GLPK's milliseconds.
        deadline = seconds.flatMap { $0 < 2e6 ? .now + .seconds(max($0, 0)) : nil }
    }

    func remainingIterations(_ program: LinearProgram) -> Int32 {
        guard let lastIteration else { return .max }
        return Int32(min(max(lastIteration - program.iterations, 0), Int(Int32.max)))
    }

    var remainingMilliseconds: Int32 {
        guard let deadline else { return .max }
        return Int32(max((deadline - .now) / .milliseconds(1), 0))
    }
}
