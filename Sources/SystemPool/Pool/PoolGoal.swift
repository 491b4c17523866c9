/// What a search by moves minimises: a weighted sum, with limits that are exceeded only at a price.
struct PoolGoal {
    /// Of a minute × risk × per cent.
    var shortage = 1.0
    /// Of a minute of travel and calls.
    var burden = 0.0
    /// What no organisation should exceed, as minutes × risk × per cent.
    var worst = Double.infinity
    /// What all together should not exceed.
    var limit = Double.infinity

    /// Minutes of hard gaps come before all that a level weighs.
    static let hard = 1e8
    private static let excess = 10.0
    /// The limit of all is kept first.
    private static let excessOfAll = 100.0

    /// What one organisation's cost adds.
    func price(ofOrganisation cost: Double) -> Double { max(0, cost - worst) * Self.excess }

    func price(ofAll cost: Double) -> Double {
        cost * shortage + max(0, cost - limit) * Self.excessOfAll
    }
}
