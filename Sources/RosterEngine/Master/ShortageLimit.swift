/// A limit on the heads missing below the targets of some cover together, set by branching: their number is whole in
/// every rota.
///
/// It is a row of the master over the columns for heads missing alone, so that lines are priced as without it.
struct ShortageLimit: Sendable {
    /// Lead rows of the groups of cover.
    let rows: [Int]
    let heads: Int
    /// At least so many heads are missing; otherwise at most.
    let isLeast: Bool

    /// Price, in units of the level, of each head by which the limit is broken: so that the programme always has a
    /// solution, and a bound beyond any rota where the limit leaves none. It relaxes the programme, so bounds hold.
    static let breach: Int64 = 480 * SubProblem.elasticMinute / Prices.scale

    /// The price of the limit nearest to a dual: of the sign that the limit can have, and no more than a breach costs.
    func price(nearest dual: Int64) -> Int64 {
        let most = Self.breach * Prices.scale
        return isLeast ? min(max(0, dual), most) : max(min(0, dual), -most)
    }
}
