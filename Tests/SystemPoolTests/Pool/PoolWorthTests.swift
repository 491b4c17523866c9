import Roster
import Testing

@testable import SystemPool

@Suite("What one more hour, and one training, is worth")
struct PoolWorthTests {
    @Test("The gap whose hour is worth most comes first, by its dual and by solving again alike")
    func hours() throws {
        var trusts = TwoTrusts()
        trusts.vacancies = [
            TwoTrusts.vacancy("ordinary"),
            Vacancy(
                id: "risky", site: "A1", unit: "AU", staffGroup: .registered, grades: ["B5"],
                start: TwoTrusts.at(8), end: TwoTrusts.at(20), missing: 1, risk: 4, needsInduction: false),
        ]
        // The one offer goes to the risky gap: one more head there frees it for the other.
        let hours = try SystemPool.suggest(trusts.picture).hours
        #expect(hours.count == 2)
        for hour in hours {
            #expect(hour.perHour >= 1 - 1e-6)
            #expect(abs(try #require(hour.confirmedPerHour) - 1) < 1e-6)
        }
    }

    @Test("What was confirmed by solving again decides the order, not a dual that promised more")
    func order() throws {
        var trusts = TwoTrusts()
        trusts.vacancies = [
            TwoTrusts.vacancy("nobody", from: 8, to: 20, grades: ["B7"]),
            Vacancy(
                id: "risky", site: "A1", unit: "AU", staffGroup: .registered, grades: ["B5"],
                start: TwoTrusts.at(8), end: TwoTrusts.at(20), missing: 1, risk: 4, needsInduction: false),
        ]
        // The risky gap is closed by the one offer, which has nothing else to do: one more head is worth nothing.
        let hours = try SystemPool.suggest(trusts.picture).hours
        #expect(hours.first?.vacancy.id == "nobody")
        let worths = hours.map { $0.confirmedPerHour ?? 0 }
        #expect(worths == worths.sorted(by: >))
    }

    @Test("A gain is confirmed where no more than a hundredth of it is in doubt, before or after")
    func confirmed() {
        func gain(_ now: (Int, Int), _ then: (Int, Int)) -> Double? {
            PoolWorth.gain(
                from: .init(hard: 0, shortage: .init(objective: now.0, bound: now.1)),
                to: .init(hard: 0, shortage: .init(objective: then.0, bound: then.1)))?.risk
        }
        #expect(gain((90_000, 90_000), (30_000, 30_000)) == 10)
        #expect(gain((90_000, 90_000), (90_000, 90_000)) == 0)
        #expect(gain((90_000, 89_700), (30_000, 29_700)) == 10)
        #expect(gain((90_000, 89_399), (30_000, 30_000)) == nil)
        #expect(gain((90_000, 90_000), (30_000, 29_399)) == nil)
        #expect(gain((90_000, 90_000), (90_050, 90_000)) == nil)
        // Hard cover may be met at the cost of risk.
        #expect(gain((30_000, 30_000), (90_000, 90_000)) == -10)
    }

    @Test("A gap of hard cover that stays open comes before all that risk alone weighs")
    func hardFirst() throws {
        var trusts = TwoTrusts()
        trusts.vacancies = [
            Vacancy(
                id: "soft", site: "A1", unit: "AU", staffGroup: .registered, grades: ["B7"],
                start: TwoTrusts.at(8), end: TwoTrusts.at(20), missing: 1, risk: 50),
            TwoTrusts.vacancy("nobody", grades: ["B8"], isHard: true),
            TwoTrusts.vacancy("hard", from: 8, to: 20, missing: 2, isHard: true),
        ]
        let hours = try SystemPool.suggest(trusts.picture).hours
        #expect(hours.map(\.vacancy.id) == ["hard", "nobody", "soft"])
        #expect(hours.map(\.hardHours) == [12, 12, 0])
        #expect(hours.map(\.confirmedPerHour) == [1, 1, 50])
    }

    @Test("A training for hard cover says so, and what it costs whoever lends alone")
    func hardTraining() throws {
        var trusts = TwoTrusts()
        trusts.vacancies = [TwoTrusts.vacancy("hard", from: 8, to: 18, skills: ["iv"], isHard: true)]
        trusts.offers = [TwoTrusts.offer(releasedFrom: ["line"])]
        trusts.cover = [
            CoverLine(
                id: "line", site: "B1", unit: "BU", staffGroup: .registered, risk: 5,
                stretches: [
                    .init(start: TwoTrusts.at(0), end: TwoTrusts.at(48), present: 4, keep: 3, loss: [50])
                ])
        ]
        let best = try #require(try SystemPool.suggest(trusts.picture).training.first)
        #expect(best.hardHours == 10)
        // 10 hours are met; 11 at five times one half are lost.
        #expect(abs(best.estimate - (10 - 27.5)) < 1e-9)
        #expect(best.confirmed == 10 - 27.5)
        // Without hard cover it is worth nothing.
        trusts.vacancies = [TwoTrusts.vacancy("soft", from: 8, to: 18, skills: ["iv"])]
        #expect(try SystemPool.suggest(trusts.picture).training.isEmpty)
    }

    @Test("One training that opens two shifts is found, and confirmed by solving again")
    func training() throws {
        var trusts = TwoTrusts()
        trusts.vacancies = [
            TwoTrusts.vacancy("first", from: 8, to: 16, skills: ["iv"]),
            TwoTrusts.vacancy("second", from: 28, to: 36, skills: ["iv"]),
            // At the time of the first, so that the same person cannot do both.
            TwoTrusts.vacancy("beside", from: 8, to: 15, skills: ["iv"]),
            TwoTrusts.vacancy("third", from: 48, to: 56, skills: ["iv", "als"]),
        ]
        trusts.offers = [TwoTrusts.offer(from: 6, to: 60, remaining: 2_000)]
        let training = try SystemPool.suggest(trusts.picture).training
        let best = try #require(training.first)
        #expect(training.count == 1)
        #expect(best.subject == .skill("iv"))
        #expect(best.unlocked.map(\.id.text) == ["beside", "first", "second"])
        #expect(best.together.map(\.id.text) == ["first", "second"])
        #expect(best.shifts == "3 shifts, of which they could work 2 as they are offered")
        #expect(best.confirmed == 16)
    }

    @Test(
        "A training is the person's, whichever of their offers it helps, and they are called under one of them"
    )
    func severalOffers() throws {
        var trusts = TwoTrusts()
        let starts = ["first": 8, "second": 32, "third": 56]
        trusts.vacancies = starts.map {
            TwoTrusts.vacancy(Vacancy.ID($0), from: $1, to: $1 + 10, skills: ["iv"])
        }
        trusts.offers = starts.map { TwoTrusts.offer(Offer.ID($0), from: $1 - 1, to: $1 + 11) }
        let training = try SystemPool.suggest(trusts.picture).training
        let best = try #require(training.first)
        #expect(training.count == 1)
        #expect(best.person.text == "p-12345678")
        #expect(best.unlocked.map(\.id.text) == ["first", "second", "third"])
        #expect(best.together.count == 1)
        #expect(best.shifts == "3 shifts, of which they could work 1 as they are offered")
        #expect(best.confirmed == 10)
        // What closes one of them without the training is a gain no more.
        trusts.offers.append(
            TwoTrusts.offer("other", person: "p-87654321", skills: [.init(id: "iv")], from: 7, to: 20))
        let less = try #require(try SystemPool.suggest(trusts.picture).training.first)
        #expect(less.unlocked.map(\.id.text) == ["second", "third"] && less.confirmed == 10)
    }

    @Test(
        "What a training is confirmed to bring is what trying everything brings, with all of a person's offers"
    )
    func trainingByForce() throws {
        var confirmed = 0
        var severalOffers = 0
        for seed in 0..<UInt64(600) {
            var tiny = TinySystem(seed: seed, most: 3, isOnePerson: true)
            let picture = tiny.picture()
            let force = BruteForce(picture)
            guard force.size <= 3_000 else { continue }
            for training in try SystemPool.suggest(picture).training {
                // Whoever is trained for a hard gap at home is kept there.
                let home = picture.organisations.first { $0.id == training.offer.organisation }
                if case .skill(let skill) = training.subject,
                    home?.vacancies.contains(where: {
                        ($0.isHard || $0.belowMinimum > 0) && $0.skills.contains(skill)
                    }) == true
                {
                    continue
                }
                guard let gain = training.confirmed else { continue }
                let after = BruteForce(picture.trained(training)).best()
                let before = force.best()
                #expect(
                    abs(gain - Double(before.shortage - after.shortage) / 6_000) < 1e-9,
                    "seed \(seed): \(training)")
                #expect(training.hardHours == Double(before.hard - after.hard) / 60, "seed \(seed)")
                #expect(Set(training.together).isSubset(of: training.unlocked) && !training.together.isEmpty)
                confirmed += 1
                if home?.offers.count(where: { $0.person == training.person }) ?? 0 > 1 { severalOffers += 1 }
            }
        }
        #expect(confirmed >= 40 && severalOffers >= 20, "\(confirmed), \(severalOffers)")
    }
}

extension SystemPicture {
    /// As if somebody had had a training.
    fileprivate func trained(_ training: TrainingWorth) -> SystemPicture {
        let pushes = organisations.compactMap(\.push).map { push in
            KeptPush(
                push: OrganisationPush(
                    organisation: push.organisation, extractedAt: push.extractedAt, first: push.first,
                    days: push.days, vacancies: push.vacancies, cover: push.cover,
                    offers: push.offers.map { offer in
                        push.organisation == training.offer.organisation && offer.person == training.person
                            ? offer.trained(in: training.subject) : offer
                    }), receivedAt: at)
        }
        return .assemble(system, pushes: pushes, at: at)
    }
}

extension Offer {
    fileprivate func trained(in subject: TrainingWorth.Subject) -> Offer {
        var (skills, inducted) = (skills, inducted)
        switch subject {
        case .skill(let skill): skills.append(Skill(id: skill))
        case .induction(let site): inducted.append(site)
        }
        return Offer(
            id: id, source: source, staffGroup: staffGroup, grade: grade, skills: skills, inducted: inducted,
            agreement: agreement, hasConsented: hasConsented, earliestStart: earliestStart,
            latestEnd: latestEnd, remainingMinutes: remainingMinutes, restMinutes: restMinutes,
            longestDuty: longestDuty, travel: travel, recentCalls: recentCalls, releasedFrom: releasedFrom)
    }
}
