import Foundation
import Testing

@testable import DemandForecast

@Suite("Erlang C")
struct ErlangCTests {
    @Test(
        "Probabilities of waiting agree with the textbook's sum",
        arguments: [(1.0, 2), (4.0, 5), (8.0, 10), (20.0, 24), (90.0, 100)])
    func textbook(load: Double, servers: Int) {
        // Σ aⁿ/n! and aᶜ/c! · c/(c − a), each over aᶜ/c!.
        var sum = 0.0
        var term = 1.0
        for number in stride(from: servers, through: 1, by: -1) {
            term *= Double(number) / load
            sum += term
        }
        let busy = Double(servers) / (Double(servers) - load)
        #expect(abs(ErlangC.waiting(load: load, servers: servers) - busy / (sum + busy)) < 1e-9)
    }

    @Test("Nobody waits for nobody, and everybody waits where work piles up")
    func edges() {
        #expect(ErlangC.waiting(load: 0, servers: 1) == 0)
        #expect(ErlangC.waiting(load: 3, servers: 3) == 1)
        #expect(ErlangC.servers(load: 0, service: 10, wait: .init(minutes: 20, beyond: 0.1)) == 0)
    }

    @Test("The servers are enough, and one fewer is not")
    func least() {
        let wait = StaffingRule.Wait(minutes: 15, beyond: 0.1)
        for load in stride(from: 0.2, through: 30, by: 0.7) {
            let servers = ErlangC.servers(load: load, service: 12, wait: wait)
            #expect(ErlangC.waiting(longerThan: 15, load: load, servers: servers, service: 12) <= 0.1)
            #expect(ErlangC.waiting(longerThan: 15, load: load, servers: servers - 1, service: 12) > 0.1)
        }
    }

    /// The independent reader: patients, one by one, over many days of a department whose arrivals rise and fall.
    @Test(
        "In a simulated department no more wait too long than was asked",
        arguments: [(12.0, 15.0), (25, 30), (6, 10)])
    func simulated(service: Double, target: Double) {
        let wait = StaffingRule.Wait(minutes: target, beyond: 0.1)
        let rates: [Double] = (0..<24).map { hour in
            let wave = 5 * sin(Double(hour - 9) / 24 * 2 * .pi)
            return 6 + wave + (hour == 18 ? 4 : 0)
        }
        let most = rates.max() ?? 1
        let loads = ErlangC.loads(arrivals: rates + rates, service: service).suffix(24)
        let servers = loads.map { ErlangC.servers(load: $0, service: service, wait: wait) }
        var dice = Dice(UInt64(service))
        var came = [Double](repeating: 0, count: 24)
        var late = came
        // When each person who may be on duty is free again; in an hour only the first so many take patients.
        var free = [Double](repeating: 0, count: (servers.max() ?? 0))
        var time = 0.0
        while time < 400 * 1440 {
            // Arrivals at the highest rate, of which as many are kept as the hour has.
            time += dice.exponential(mean: 60 / most)
            guard dice.uniform() < rates[Int(time / 60) % 24] / most else { continue }
            var start = time
            var taken = 0
            while true {
                let number = servers[Int(start / 60) % 24]
                let nearest = free[..<number].indices.min { free[$0] < free[$1] } ?? 0
                let next = max(start, free[nearest])
                if Int(next / 60) == Int(start / 60) || next == start {
                    (start, taken) = (next, nearest)
                    break
                }
                start = min(next, (start / 60).rounded(.down) * 60 + 60)
            }
            free[taken] = start + dice.exponential(mean: service)
            came[Int(time / 60) % 24] += 1
            if start - time > target { late[Int(time / 60) % 24] += 1 }
        }
        #expect(late.reduce(0, +) / came.reduce(0, +) <= 0.1)
        for hour in 0..<24 where came[hour] > 500 { #expect(late[hour] / came[hour] < 0.16, "hour \(hour)") }
    }
}
