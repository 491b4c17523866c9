import Foundation

/// The queue M/M/c: who has to wait, and for how long.
public enum ErlangC {
    /// The probability of having to wait at all.
    ///
    /// - Parameter load: people's work arriving per person's time, in Erlangs.
    /// - Complexity: O(servers), by the stable recursion of Erlang's B formula.
    public static func waiting(load: Double, servers: Int) -> Double {
        guard load > 0 else { return 0 }
        guard Double(servers) > load else { return 1 }
        var blocked = 1.0
        for server in 1...servers { blocked = load * blocked / (Double(server) + load * blocked) }
        return blocked / (1 - load / Double(servers) * (1 - blocked))
    }

    /// The probability of waiting longer than a time.
    public static func waiting(
        longerThan minutes: Double, load: Double, servers: Int, service: Double
    ) -> Double {
        guard load > 0 else { return 0 }
        guard Double(servers) > load else { return 1 }
        return waiting(load: load, servers: servers) * exp(-(Double(servers) - load) * minutes / service)
    }

    /// The fewest servers with which no more than `beyond` wait longer than a time.
    ///
    /// - Parameters:
    ///   - load: in Erlangs, finite.
    ///   - service: mean minutes with one person.
    public static func servers(
        load: Double, service: Double, wait: StaffingRule.Wait
    ) -> Int {
        precondition(load.isFinite, "a load is finite")
        guard load > 0 else { return 0 }
        var servers = Int(load.rounded(.down)) + 1
        while waiting(longerThan: wait.minutes, load: load, servers: servers, service: service) > wait.beyond
        {
            servers += 1
        }
        return servers
    }

    /// The load that a changing stream of arrivals really brings: work that came earlier is still in hand.
    ///
    /// The modified offered load (Jennings, Mandelbaum, Massey and Whitt, Management Science 42, 1996): the mean
    /// number busy in M(t)/M/∞, of which the largest in each hour is taken.
    ///
    /// - Parameters:
    ///   - arrivals: expected in each hour.
    ///   - service: mean minutes with one person.
    public static func loads(arrivals: [Double], service: Double) -> [Double] {
        let keep = exp(-60 / service)
        let hours = service / 60
        // As if the first hour had gone on for ever.
        var load = (arrivals.first { $0.isFinite } ?? 0) * hours
        return arrivals.map { rate in
            guard rate.isFinite else { return .nan }
            let end = load * keep + rate * hours * (1 - keep)
            defer { load = end }
            return max(load, end)
        }
    }
}
