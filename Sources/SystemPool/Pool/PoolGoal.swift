/// What a search by moves minimises: a weighted sum, and what it costs to exceed limits.
struct PoolGoal {
    /// Of a minute × risk × per cent.
    var shortage = 1.0
    /// Of a minute of travel and calls.
    var burden = 0.0
    var limits: Limits?

    /// Minutes of hard gaps come before all that a level weighs.
    static let hard = 1e8

    /// Limits as an augmented Lagrangian prices them (R. T. Rockafellar, "Augmented Lagrange multiplier functions and
    /// duality in nonconvex programming", 1974): a unit at the limit costs what the relaxation's dual says, a unit
    /// beyond it more, the more the limit is exceeded.
    struct Limits {
        /// What no organisation should exceed, as minutes × risk × per cent, and the duals of that by organisation.
        let worst: Double
        private(set) var duals: [Double]
        /// What all together should not exceed, and its dual.
        let all: Double
        private(set) var dualOfAll: Double
        /// By how much a unit's price grows with each unit beyond the limit.
        private(set) var curvature: Double

        /// - Parameter scale: the excess, in the same unit, at which the dearest limit's price has doubled.
        init(worst: Double, duals: [Double], all: Double, dualOfAll: Double, scale: Double) {
            (self.worst, self.duals, self.all, self.dualOfAll) = (worst, duals, all, dualOfAll)
            let dearest = max(duals.max() ?? 0, dualOfAll)
            curvature = (dearest > 0 ? dearest : 1) / scale
        }

        /// Takes what is exceeded into the prices, and makes more of it dearer: the method of multipliers.
        ///
        /// - Returns: Whether anything is exceeded.
        mutating func raise(_ costs: [Double], all total: Double) -> Bool {
            var isExceeded = total > all
            if total > all { dualOfAll += curvature * (total - all) }
            for organisation in costs.indices where costs[organisation] > worst {
                duals[organisation] += curvature * (costs[organisation] - worst)
                isExceeded = true
            }
            curvature *= Self.growth
            return isExceeded
        }

        private static let growth = 1.5

        func price(_ cost: Double, ofOrganisation organisation: Int) -> Double {
            price(duals[organisation], excess: cost - worst)
        }

        func price(ofAll cost: Double) -> Double { price(dualOfAll, excess: cost - all) }

        private func price(_ dual: Double, excess: Double) -> Double {
            let slope = max(0, dual + curvature * excess)
            return slope * slope / (2 * curvature)
        }
    }
}
