import Roster
import Testing

@testable import DemandForecast

@Suite("From people who come to people who are needed")
struct RequiredStaffTests {
    /// 48 a day, two in each hour, without doubt.
    private func forecast(_ series: ActivitySeries...) -> DemandForecast {
        DemandForecast.make(series, Invented.outlook(after: series[0]))
    }

    private let flat = Invented.hourly(200) { _, _ in 2 }

    @Test("Minutes of work over productive minutes")
    func work() throws {
        let work = StaffingRule.Work(series: Invented.id, minutes: 45, share: 0.5)
        let rule = StaffingRule(rule: "rn", basis: .work([work], wait: nil), productiveShare: 0.75)
        let staff = try #require(RequiredStaff(rule, forecast(flat)))
        #expect(staff.means.allSatisfy { abs($0 - 1) < 0.05 })
        #expect(rule.arithmetic == "(ED majors × 0.5 × 45 min) ÷ 60 ÷ 0.75 productive")
    }

    @Test("Never fewer than the least")
    func least() throws {
        let work = StaffingRule.Work(series: Invented.id, minutes: 15)
        let rule = StaffingRule(rule: "rn", basis: .work([work], wait: nil), least: 3)
        let staff = try #require(RequiredStaff(rule, forecast(flat)))
        #expect(staff.means.allSatisfy { $0 == 3 } && staff.quantiles.allSatisfy { $0 == 3 })
    }

    @Test("Patients by ratio, and by hours of care a day for each acuity")
    func care() throws {
        let ids = ["1a", "2"].map { SeriesID(unit: "WARD", stream: "patients", acuity: $0) }
        let census = zip(ids, [12.0, 4]).map { id, beds in
            ActivitySeries(
                id: id, step: .day, measure: .census, first: Invented.start,
                counts: [Double](repeating: beds, count: 200))
        }
        let made = forecast(census[0], census[1])
        let ratio = StaffingRule.Care(series: ids[0], need: .ratio(patients: 8))
        let staff = try #require(RequiredStaff(StaffingRule(rule: "rn", basis: .care([ratio])), made))
        #expect(staff.means.allSatisfy { abs($0 - 1.5) < 0.01 })
        let hours = zip(ids, [6.0, 9.0]).map {
            StaffingRule.Care(series: $0, need: .hoursPerDay($1, share: 0.5))
        }
        let both = try #require(RequiredStaff(StaffingRule(rule: "rn", basis: .care(hours)), made))
        // (12 × 6 + 4 × 9) ÷ 24 × half of it.
        #expect(both.means.allSatisfy { abs($0 - 2.25) < 0.02 })
        // Without an acuity a name stands for all of them.
        let all = StaffingRule.Care(
            series: SeriesID(unit: "WARD", stream: "patients"), need: .ratio(patients: 4))
        let whole = try #require(RequiredStaff(StaffingRule(rule: "rn", basis: .care([all])), made))
        #expect(whole.means.allSatisfy { abs($0 - 4) < 0.02 })
    }

    @Test("Staff for open beds whoever is in them; those in use are held against 80 %")
    func beds() throws {
        let id = SeriesID(unit: "VW", stream: "patients")
        let census = ActivitySeries(
            id: id, step: .day, measure: .census, first: Invented.start,
            counts: [Double](repeating: 30, count: 200))
        let made = forecast(census)
        let rule = StaffingRule(rule: "vw", basis: .beds(open: 40, perPerson: 10, occupied: id))
        let staff = try #require(RequiredStaff(rule, made))
        #expect(staff.means.allSatisfy { $0 == 4 })
        let occupancy = try #require(Occupancy(staff, made, days: 14))
        #expect(abs(occupancy.percent - 75) < 0.1)
        #expect(occupancy.daysBelow80 == 14 && occupancy.daysAbove95 == 0)
    }

    @Test("Where waiting matters there are more people than the mean work needs")
    func wait() throws {
        let work = [StaffingRule.Work(series: Invented.id, minutes: 30)]
        let wait = StaffingRule.Wait(minutes: 15, beyond: 0.1)
        let staff = try #require(
            RequiredStaff(StaffingRule(rule: "rn", basis: .work(work, wait: wait)), forecast(flat)))
        let servers = Double(ErlangC.servers(load: 1, service: 30, wait: wait))
        #expect(servers > 2)
        #expect(staff.means.allSatisfy { $0 == servers })
    }

    /// Asked for from 08:00 to 20:00 every day.
    private let dayTime = (0..<28 * 24).map { (8..<20).contains($0 % 24) }

    @Test("Work that comes while the team is shut waits for its first hours, and none of it is lost")
    func catchUp() throws {
        let work = [StaffingRule.Work(series: Invented.id, minutes: 60)]
        let rule = StaffingRule(rule: "ucr", basis: .work(work, wait: nil), catchUp: 3)
        let staff = try #require(RequiredStaff(rule, forecast(flat), asked: dayTime))
        // Two an hour, and 24 that came in the twelve hours before.
        for hour in 0..<28 * 24 {
            let expected = dayTime[hour] ? ((8..<11).contains(hour % 24) ? 10.0 : 2) : 0
            #expect(abs(staff.means[hour] - expected) < 0.05 * max(1, expected), "hour \(hour)")
        }
        #expect(staff.outside == 0 && staff.outsideSentence == nil)
        #expect(zip(staff.quantiles(hour: 32), staff.quantiles(hour: 32).dropFirst()).allSatisfy { $0 <= $1 })
        #expect(
            rule.arithmetic.hasSuffix("; what comes while it asks for nobody is done in its first 3 hours"))
    }

    @Test("What waited is as uncertain as so many people who came are, and no more")
    func catchUpSpread() throws {
        var dice = Dice(41)
        let series = Invented.hourly(400) { _, _ in dice.poisson(0.3) }
        let rule = StaffingRule(
            rule: "ucr", basis: .work([.init(series: Invented.id, minutes: 60)], wait: nil), catchUp: 1)
        let staff = try #require(RequiredStaff(rule, forecast(series), asked: dayTime))
        // Thirteen hours' people in the first: Poisson with a mean of 3.9.
        var truth = [Double](repeating: 0, count: 7)
        CountDistribution(mean: 3.9, excess: 0).write(to: &truth, at: 0)
        for (found, expected) in zip(staff.quantiles(hour: 32), truth) { #expect(abs(found - expected) <= 1) }
    }

    @Test("Work that comes while the team is shut and waits for nobody is said, not dropped in silence")
    func outside() throws {
        let rule = StaffingRule(
            rule: "ucr", basis: .work([.init(series: Invented.id, minutes: 60)], wait: nil))
        let staff = try #require(RequiredStaff(rule, forecast(flat), asked: dayTime))
        #expect(abs(staff.outside - 0.5) < 0.01)
        #expect(staff.outsideSentence?.hasPrefix("50 % of its work comes at hours") == true)
        #expect(try #require(RequiredStaff(rule, forecast(flat))).outside == 0)
    }

    @Test("What waits for the opening takes part in the queue")
    func catchUpQueue() throws {
        let work = [StaffingRule.Work(series: Invented.id, minutes: 30)]
        let wait = StaffingRule.Wait(minutes: 120, beyond: 0.3)
        let rule = StaffingRule(rule: "ucr", basis: .work(work, wait: wait), catchUp: 2)
        let staff = try #require(RequiredStaff(rule, forecast(flat), asked: dayTime))
        // Six Erlangs more in each of the first two hours.
        #expect(staff.means[32] >= 7 && staff.means[40] <= 3)
    }

    @Test("The hour that the clocks repeat needs as many people as any other, not twice as many")
    func repeatedHour() throws {
        let first = try #require(Day("2025-01-06"))
        let series = Invented.hourly(290, first: first) { day, hour in 2 * Double(day.length(ofHour: hour)) }
        let outlook = Outlook(days: Period(first: try #require(Day("2025-10-20")), days: 14))
        let made = DemandForecast.make([series], outlook)
        let rule = StaffingRule(
            rule: "rn", basis: .work([.init(series: Invented.id, minutes: 60)], wait: nil))
        let staff = try #require(RequiredStaff(rule, made))
        let change = (outlook.days.first.distance(to: try #require(Day("2025-10-26")))) * 24 + 1
        #expect(abs(staff.means[change] - 2) < 0.15)
    }

    @Test("Streams that vary apart need less to spare than streams that rise and fall together")
    func together() throws {
        let ids = ["a", "b", "c"].map { SeriesID(unit: "ED", stream: $0) }
        func width(_ value: (Int, Double, inout Dice) -> Double) throws -> Double {
            var dice = Dice(21)
            let days = (0..<400).map { _ in 1 + 0.3 * (dice.uniform() - 0.5) }
            let series = ids.enumerated().map { index, id in
                Invented.daily(400, id: id) { value(index, days[Invented.start.distance(to: $0)], &dice) }
            }
            let made = DemandForecast.make(series, Invented.outlook(after: series[0]))
            let work = ids.map { StaffingRule.Work(series: $0, minutes: 60) }
            let staff = try #require(
                RequiredStaff(StaffingRule(rule: "rn", basis: .work(work, wait: nil)), made))
            let quantiles = Array(staff.quantiles(hour: 30))
            return quantiles[5] - quantiles[1]
        }
        let apart = try width { _, _, dice in 400 * (1 + 0.3 * (dice.uniform() - 0.5)) }
        let together = try width { _, day, _ in 400 * day }
        #expect(apart < 0.8 * together)
    }

    @Test("No forecast, no number")
    func unknown() {
        let rule = StaffingRule(
            rule: "rn",
            basis: .work([.init(series: SeriesID(unit: "ED", stream: "none"), minutes: 60)], wait: nil))
        #expect(RequiredStaff(rule, forecast(flat)) == nil)
    }
}
