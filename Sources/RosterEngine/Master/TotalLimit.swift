/// A limit on a total that is whole in every rota, set by branching: heads missing over some cover together, or a
/// person's nights, weekends or refused wishes.
///
/// It is a row of the master over columns that have a price anyhow, so that lines are priced in the same table at the
/// same cost, whatever the limit.
struct TotalLimit: Sendable {
    enum Total: Sendable {
        /// Heads missing below the targets of some groups, named by their lead rows.
        case shortage(rows: [Int])
        /// What a person's line counts.
        case count(person: Int, CounterKind)
    }

    let total: Total
    let value: Int
    /// The total is at least the value; otherwise at most.
    let isLeast: Bool

    /// Price, in units of the level, of each unit by which the limit is broken: so that the programme always has a
    /// solution, and a bound beyond any rota where the limit leaves none. It relaxes the programme, so bounds hold.
    static let breach: Int64 = 480 * SubProblem.elasticMinute / Prices.scale

    /// The price of the limit nearest to a dual: of the sign that the limit can have, and no more than a breach costs.
    func price(nearest dual: Int64) -> Int64 {
        let most = Self.breach * Prices.scale
        return isLeast ? min(max(0, dual), most) : max(min(0, dual), -most)
    }
}
