import CGLPK

extension LinearProgram {
    /// The simplex method to begin with.
    public enum Method: Hashable, Sendable {
        /// Keeps a primal feasible basis: right after columns were added or costs changed.
        case primal
        /// Keeps a dual feasible basis: right after bounds changed or rows were added.
        case dual
        /// Dual when the last optimum's basis can have lost primal feasibility only, else primal.
        case automatic
    }

    /// How the simplex method chooses and measures. The defaults are the engine's measured choice.
    public struct SimplexOptions: Hashable, Sendable {
        /// Which variable enters the basis.
        public enum Pricing: Hashable, Sendable {
            /// Dantzig's rule: the largest reduced cost. Cheap iterations, many of them.
            case dantzig
            /// Projected steepest edge (Forrest and Goldfarb 1992). Fewer iterations, each dearer.
            case projectedSteepestEdge
        }

        /// Which variable leaves the basis.
        public enum RatioTest: Hashable, Sendable {
            /// The textbook's test: the first bound met.
            case textbook
            /// Harris' two passes (1973): lets bounds slip within the tolerance for a larger pivot.
            case harris
        }

        /// The choice of the entering variable.
        public var pricing = Pricing.projectedSteepestEdge
        /// The choice of the leaving variable.
        public var ratioTest = RatioTest.harris
        /// How far a value may lie outside its bound, relative to the bound's size. Between 0 and 1.
        public var primalTolerance = 1e-7
        /// How far a reduced cost may have the wrong sign, relative to the costs' size. Between 0 and 1.
        public var dualTolerance = 1e-7
        /// The smallest pivot accepted, relative to its column's largest entry. Between 0 and 1.
        public var pivotTolerance = 1e-9

        /// The defaults.
        public init() {}

        /// The same tolerances with Dantzig's rule, the textbook ratio test and larger pivots: slower, and
        /// often able to go on where the quick choice fails.
        var careful: SimplexOptions {
            var options = self
            options.pricing = .dantzig
            options.ratioTest = .textbook
            options.pivotTolerance = max(pivotTolerance, 1e-7)
            return options
        }

        /// GLPK's parameters: these options, no output, no presolve (it would throw the basis away).
        var parameters: glp_smcp {
            for tolerance in [primalTolerance, dualTolerance, pivotTolerance] {
                precondition(tolerance > 0 && tolerance < 1, "a simplex tolerance lies between 0 and 1")
            }
            var parameters = glp_smcp()
            glp_init_smcp(&parameters)
            parameters.msg_lev = GLP_MSG_OFF
            parameters.presolve = GLP_OFF
            parameters.pricing = pricing == .dantzig ? GLP_PT_STD : GLP_PT_PSE
            parameters.r_test = ratioTest == .textbook ? GLP_RT_STD : GLP_RT_HAR
            parameters.tol_bnd = primalTolerance
            parameters.tol_dj = dualTolerance
            parameters.tol_piv = pivotTolerance
            return parameters
        }
    }
}
