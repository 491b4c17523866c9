import Roster
import Testing

@testable import SystemPool

@Suite("Hard rules between one offer and one gap")
struct PoolRulesTests {
    /// The same as ``TwoTrusts`` but for one thing.
    private func changed(_ change: (inout TwoTrusts) -> Void) -> TwoTrusts {
        var trusts = TwoTrusts()
        change(&trusts)
        return trusts
    }

    @Test("Nothing stands against the offer as it is")
    func lawful() throws {
        #expect(try TwoTrusts().binding() == nil)
        let suggestion = try #require(try SystemPool.suggest(TwoTrusts().picture).suggestions.first)
        #expect(suggestion.offer.description == "BB/one")
        #expect(suggestion.moves.map(\.missingBefore) == [720])
        #expect(suggestion.moves.map(\.missingAfter) == [0])
        #expect(suggestion.costPence == 24_000)
        #expect(suggestion.costOwner == .receiver)
        #expect(suggestion.why.contains("12 weighted hours"))
    }

    @Test("Each rule stands against it by itself, and is the one that is named")
    func rules() throws {
        typealias Two = TwoTrusts
        let cases: [(BindingRule, (inout TwoTrusts) -> Void)] = [
            (.strikeCover, { $0.vacancies = [Two.vacancy(reason: .industrialAction)] }),
            (.staffGroup, { $0.vacancies = [Two.vacancy(group: .therapy)] }),
            (.grade, { $0.offers = [Two.offer(grade: "B3")] }),
            (.noOffer, { $0.offers = [Two.offer(from: 21, to: 40)] }),
            (.reach, { $0.offers = [Two.offer(travel: [])] }),
            (.dutyLength, { $0.offers = [Two.offer(longest: 600)] }),
            (.hours, { $0.offers = [Two.offer(remaining: 700)] }),
            (.skill, { $0.vacancies = [Two.vacancy(skills: ["iv"])] }),
            (
                .skill,
                {
                    // In date on the day on which the duty starts, and not on that on which it ends.
                    $0.vacancies = [Two.vacancy(skills: ["iv"])]
                    $0.offers = [Two.offer(skills: [.init(id: "iv", expiry: Two.at(8).day)])]
                }
            ),
            (.induction, { $0.vacancies = [Two.vacancy(needsInduction: true)] }),
            (.agreement, { $0.agreements = [] }),
            (.agreement, { $0.offers = [Two.offer(agreement: "other")] }),
            (
                .agreement,
                {
                    $0.agreements = [
                        Agreement(
                            id: "both", name: "Both", parties: ["AA", "BB"], from: Day(ordinal: 20_000),
                            until: Two.at(8).day)
                    ]
                }
            ),
            (
                .agreement,
                {
                    $0.agreements = [
                        Agreement(
                            id: "both", name: "Both", parties: ["AA", "BB"], staffGroups: [.medical],
                            from: Day(ordinal: 20_000))
                    ]
                }
            ),
            (.consent, { $0.offers = [Two.offer(hasConsented: false)] }),
            (
                .lenderCover,
                {
                    $0.offers = [Two.offer(releasedFrom: ["line"])]
                    $0.cover = [Two.line(present: 3, keep: 3)]
                }
            ),
        ]
        for (rule, change) in cases {
            let trusts = changed(change)
            #expect(try trusts.binding() == rule, "\(rule)")
            #expect(try SystemPool.suggest(trusts.picture).suggestions.isEmpty, "\(rule)")
        }
    }

    @Test("A lender with one head above what it must keep lends one, and not two")
    func spare() throws {
        let trusts = changed {
            $0.vacancies = [TwoTrusts.vacancy(missing: 2)]
            $0.offers = [
                TwoTrusts.offer("one", person: "p-11111111", releasedFrom: ["line"]),
                TwoTrusts.offer("two", person: "p-22222222", releasedFrom: ["line"]),
            ]
            $0.cover = [TwoTrusts.line(present: 4, keep: 3)]
        }
        let solution = try SystemPool.suggest(trusts.picture)
        #expect(solution.suggestions.count == 1)
        let effect = try #require(solution.suggestions.first?.lenderEffects.first)
        #expect((effect.presentBefore, effect.presentAfter, effect.keep) == (4, 3, 3))
        #expect(solution.unusedOffers.map(\.rule) == [.lenderCover])
    }

    @Test(
        "Of those who could fill a hard gap at home no more are lent than it can spare")
    func ownHardGap() throws {
        func own(
            _ unit: Unit.ID = "BU", missing: Int = 1, grade: Grade.ID = "B5", isHard: Bool = true,
            id: Vacancy.ID = "own", belowMinimum: Int = 0
        ) -> Vacancy {
            Vacancy(
                id: id, site: "B1", unit: unit, staffGroup: .registered, grades: [grade],
                start: TwoTrusts.at(7), end: TwoTrusts.at(17), missing: missing, isHard: isHard,
                belowMinimum: belowMinimum)
        }
        func lent(_ gaps: [Vacancy], people: Int = 1, wanted: Int = 2) throws -> Int {
            let trusts = changed {
                $0.vacancies = [TwoTrusts.vacancy(missing: wanted)]
                $0.ownVacancies = gaps
                $0.offers = (1...people).map {
                    TwoTrusts.offer(Offer.ID("o\($0)"), person: "p-1111111\($0)")
                }
            }
            return try SystemPool.suggest(trusts.picture).suggestions.count
        }
        #expect(try lent([]) == 1)
        #expect(try lent([own()]) == 0)
        #expect(try lent([own(isHard: false)]) == 1)
        #expect(try lent([own(isHard: false, belowMinimum: 1)]) == 0)
        // Of two who are missing one is below the minimum.
        #expect(try lent([own(missing: 2, isHard: false, belowMinimum: 1)], people: 3, wanted: 3) == 2)
        // Of another grade, for which those are of no use.
        #expect(try lent([own(grade: "B7")]) == 1)
        #expect(try lent([own()], people: 2, wanted: 1) == 1)
        // Of two who could fill it one goes, whoever else is wanted.
        #expect(try lent([own()], people: 2) == 1)
        #expect(try lent([own()], people: 3, wanted: 3) == 2)
        #expect(try lent([own(missing: 2)], people: 2) == 0)
        // Whoever fills one gap fills no other then, unless one head is asked for by several rules of a unit.
        #expect(try lent([own(), own("CU", id: "other")], people: 2) == 0)
        #expect(try lent([own(), own(id: "other")], people: 2, wanted: 1) == 1)
    }

    @Test("A gap at home that they could fill, and that nothing holds them for, is named")
    func lenderGaps() throws {
        func gap(_ id: Vacancy.ID, from: Int, _ grade: Grade.ID) -> Vacancy {
            Vacancy(
                id: id, site: "B1", unit: "BU", staffGroup: .registered, grades: [grade],
                start: TwoTrusts.at(from), end: TwoTrusts.at(from + 8), missing: 1, risk: 50)
        }
        let trusts = changed {
            $0.ownVacancies = [
                gap("meanwhile", from: 15, "B5"), gap("later", from: 24, "B5"), gap("grade", from: 9, "B6"),
            ]
        }
        let suggestion = try #require(try SystemPool.suggest(trusts.picture).suggestions.first)
        #expect(suggestion.lenderGaps == [VacancyKey("BB", "meanwhile")])
    }

    @Test("A skill that is valid at one site alone counts there and nowhere else", arguments: ["A1", "B1"])
    func skillAtSite(site: Site.ID) throws {
        let trusts = changed {
            $0.vacancies = [TwoTrusts.vacancy(skills: ["iv"])]
            $0.offers = [TwoTrusts.offer(skills: [.init(id: "iv", sites: [site])])]
        }
        #expect(try trusts.binding() == (site == "A1" ? nil : .skill))
        // A hard gap at home that asks for it keeps them.
        let wanted = changed {
            $0.ownVacancies = [
                Vacancy(
                    id: "own", site: "B1", unit: "BU", staffGroup: .registered, grades: ["B5"],
                    skills: ["iv"],
                    start: TwoTrusts.at(7), end: TwoTrusts.at(17), missing: 1, isHard: true)
            ]
            $0.offers = trusts.offers
        }
        #expect(try SystemPool.suggest(wanted.picture).suggestions.count == (site == "A1" ? 1 : 0))
    }

    @Test("Nobody is called for more heads than are missing, however likely it is that more are needed")
    func likelyHeads() throws {
        let trusts = changed {
            $0.vacancies = [
                Vacancy(
                    id: "gap", site: "A1", unit: "AU", staffGroup: .registered, grades: ["B5"],
                    start: TwoTrusts.at(8), end: TwoTrusts.at(18), missing: 1, need: [100, 40],
                    needsInduction: false)
            ]
            $0.offers = ["p-11111111", "p-22222222"].map { TwoTrusts.offer(Offer.ID($0), person: $0) }
        }
        let solution = try SystemPool.suggest(trusts.picture)
        #expect(solution.suggestions.count == 1)
        let receiver = try #require(solution.organisations.first { $0.organisation == "AA" })
        #expect(receiver.riskBefore == 10 && receiver.riskAfter == 0)
        #expect(solution.unusedOffers.map(\.rule) == [.filled])
    }

    @Test("Where several professions may come their grades decide, and the agreement is about who comes")
    func severalProfessions() throws {
        var trusts = changed { $0.vacancies = [TwoTrusts.vacancy(grades: ["B5", "CON"], group: .other)] }
        #expect(try trusts.binding() == nil)
        trusts.agreements = [
            Agreement(
                id: "both", name: "Both", parties: ["AA", "BB"], staffGroups: [.other],
                from: Day(ordinal: 20_000))
        ]
        #expect(try trusts.binding() == .agreement)
    }

    @Test("Nobody works more than thirteen hours on end, whatever was sent before that was refused")
    func longDuty() throws {
        #expect(
            try changed {
                $0.vacancies = [TwoTrusts.vacancy(from: 8, to: 22)]
                $0.offers = [TwoTrusts.offer(remaining: 2_000, longest: 1_440)]
            }.binding() == .dutyLength)
    }

    @Test("What a lender loses with its last head is not forgotten once others have left")
    func lossAfterOthers() throws {
        func after(_ loss: [Int]) -> [Int]? {
            CoverLine(
                id: "line", site: "B1", unit: "BU", staffGroup: .registered,
                stretches: [
                    .init(start: TwoTrusts.at(0), end: TwoTrusts.at(48), present: 6, keep: 3, loss: loss)
                ]
            ).less([(TwoTrusts.at(0), TwoTrusts.at(48)), (TwoTrusts.at(0), TwoTrusts.at(48))]).stretches
                .first?.loss
        }
        #expect(after([10, 40]) == [100])
        #expect(after([10, 40, 70]) == [70])
        #expect(after([10]) == [100])
        #expect(after([]) == [])
    }

    @Test("An offer at a time at which nothing is open elsewhere is told so")
    func noGap() throws {
        let trusts = changed {
            $0.offers = [TwoTrusts.offer(), TwoTrusts.offer("late", person: "p-22222222", from: 30, to: 50)]
        }
        #expect(try SystemPool.suggest(trusts.picture).unusedOffers.map(\.rule) == [.noGap])
    }

    @Test("That others could fill a second gap at home is of no use to the first")
    func rivalGap() throws {
        func gap(_ id: Vacancy.ID, _ unit: Unit.ID, _ grades: [Grade.ID]) -> Vacancy {
            Vacancy(
                id: id, site: "B1", unit: unit, staffGroup: .registered, grades: grades,
                start: TwoTrusts.at(7),
                end: TwoTrusts.at(17), missing: 1, isHard: true)
        }
        let trusts = changed {
            $0.ownVacancies = [gap("first", "BU", ["B5"]), gap("second", "CU", ["B5", "B6"])]
            $0.offers =
                [TwoTrusts.offer("one", person: "p-11111111")]
                + (2...4).map { TwoTrusts.offer(Offer.ID("o\($0)"), person: "p-1111111\($0)", grade: "B6") }
        }
        #expect(try SystemPool.suggest(trusts.picture).suggestions.isEmpty)
    }

    @Test("Of two gaps at home for which some people are the same, enough stay for both")
    func overlappingGaps() throws {
        func gap(_ id: Vacancy.ID, _ unit: Unit.ID, _ grade: Grade.ID) -> Vacancy {
            Vacancy(
                id: id, site: "B1", unit: unit, staffGroup: .registered, grades: ["B6", grade],
                start: TwoTrusts.at(7), end: TwoTrusts.at(17), missing: 1, isHard: true)
        }
        // The one of grade B6 could fill either, so that of the others one may go and not both.
        let trusts = changed {
            $0.vacancies = [TwoTrusts.vacancy(missing: 3, grades: ["B5", "B7"])]
            $0.ownVacancies = [gap("first", "BU", "B5"), gap("second", "CU", "B7")]
            $0.offers = [
                TwoTrusts.offer("a", person: "p-11111111"),
                TwoTrusts.offer("b", person: "p-22222222", grade: "B6"),
                TwoTrusts.offer("c", person: "p-33333333", grade: "B7"),
            ]
        }
        #expect(try SystemPool.suggest(trusts.picture).suggestions.count == 1)
    }

    @Test(
        "Of two who could fill a gap at home not one goes just before it and the other just after, but one may go twice",
        arguments: [(false, 1), (true, 2)])
    func aroundOwnGap(isOne: Bool, lent: Int) throws {
        let trusts = changed {
            $0.vacancies = [
                TwoTrusts.vacancy("before", from: 8, to: 18), TwoTrusts.vacancy("after", from: 34, to: 44),
            ]
            $0.ownVacancies = [
                Vacancy(
                    id: "own", site: "B1", unit: "BU", staffGroup: .registered, grades: ["B5"],
                    start: TwoTrusts.at(21), end: TwoTrusts.at(31), missing: 1, isHard: true)
            ]
            $0.offers = ["p-11111111", "p-22222222"].map {
                TwoTrusts.offer(
                    Offer.ID($0), person: $0, from: 6, to: 46, remaining: isOne ? 1_200 : 600)
            }
        }
        let solution = try SystemPool.suggest(trusts.picture)
        #expect(solution.suggestions.flatMap(\.moves).count == lent)
        #expect(solution.suggestions.count == 1)
        #expect(solution.unusedOffers.map(\.rule) == [isOne ? .filled : .lenderCover])
        #expect(solution.isProven)
    }

    @Test("Whoever could be there for the last hour of a gap at home alone does not stay for it")
    func lastHour() throws {
        let trusts = changed {
            $0.now = TwoTrusts.at(7)
            $0.extractedAt = TwoTrusts.at(7)
            $0.ownVacancies = [
                Vacancy(
                    id: "day", site: "B1", unit: "BU", staffGroup: .registered, grades: ["B5"],
                    start: TwoTrusts.at(-4), end: TwoTrusts.at(8), missing: 1, isHard: true)
            ]
        }
        #expect(try SystemPool.suggest(trusts.picture).suggestions.count == 1)
    }

    @Test(
        "A head that is promised is no longer there to lend, before its lender has confirmed",
        arguments: 1...2)
    func promised(steps: Int) throws {
        var trusts = changed {
            $0.vacancies = [TwoTrusts.vacancy(), TwoTrusts.vacancy("other")]
            $0.offers = [
                TwoTrusts.offer("one", person: "p-11111111", releasedFrom: ["line"]),
                TwoTrusts.offer("two", person: "p-22222222", releasedFrom: ["line"]),
            ]
            $0.cover = [TwoTrusts.line(present: 4, keep: 3)]
        }
        func obstacle(to call: AidRequest.ID) -> BindingRule? {
            trusts.picture.obstacle(
                to: trusts.loan(trusts.offers[1]),
                for: AidRequest.Need(trusts.vacancies[1], from: TwoTrusts.at(8), to: TwoTrusts.at(20)),
                of: "AA", call: call)
        }
        #expect(try SystemPool.suggest(trusts.picture).suggestions.count == 1)
        trusts.aid = [try trusts.call(0)]
        #expect(obstacle(to: "aid-2") == nil)
        trusts.aid = [try trusts.call(steps)]
        #expect(try SystemPool.suggest(trusts.picture).suggestions.isEmpty)
        #expect(obstacle(to: "aid-2") == .lenderCover)
        // A call does not stand against itself.
        #expect(obstacle(to: "aid-1") == nil)
        // What is shown is who is there, until they are booked.
        #expect(trusts.picture.organisation("BB")?.cover == trusts.cover)
        trusts.cover = [TwoTrusts.line(present: 5, keep: 3)]
        #expect(obstacle(to: "aid-2") == nil)
        let effect = try SystemPool.suggest(trusts.picture).suggestions.first?.lenderEffects.first
        #expect(effect?.presentBefore == 4 && effect?.presentAfter == 3)
    }

    @Test("Two duties of one person need rest in between and hours for both")
    func twoDuties() throws {
        func moves(second: Int, remaining: Int) throws -> Int {
            let trusts = changed {
                $0.vacancies = [
                    TwoTrusts.vacancy("first", from: 8, to: 16),
                    TwoTrusts.vacancy("second", from: second, to: second + 8),
                ]
                $0.offers = [TwoTrusts.offer(from: 6, to: 60, remaining: remaining)]
            }
            return try SystemPool.suggest(trusts.picture).suggestions.first?.moves.count ?? 0
        }
        // Eleven hours, and half an hour's travel each way, which is no rest.
        #expect(try moves(second: 28, remaining: 960) == 2)
        #expect(try moves(second: 27, remaining: 960) == 1)
        #expect(try moves(second: 28, remaining: 959) == 1)
    }

    @Test("Travel to and from what is booked already is no rest either")
    func restAroundBookings() throws {
        func rule(start: Int) throws -> BindingRule? {
            var trusts = changed {
                $0.vacancies = [TwoTrusts.vacancy("first", from: 8, to: 16)]
                $0.offers = [
                    TwoTrusts.offer(
                        from: 6, to: 60, remaining: 2_000, travel: [.init(site: "A1", minutes: 60)])
                ]
            }
            // Booked with half an hour's travel.
            trusts.aid = [try trusts.call(3)]
            trusts.vacancies = [TwoTrusts.vacancy("second", from: start, to: start + 8)]
            return try trusts.binding()
        }
        #expect(try rule(start: 29) == nil)
        #expect(try rule(start: 28) == .rest)
    }

    @Test("Whoever is booked is called again, whatever their own organisation counts")
    func repeatedCalls() throws {
        var trusts = changed {
            $0.vacancies = [TwoTrusts.vacancy("first", from: 8, to: 16)]
            $0.offers = [TwoTrusts.offer(from: 6, to: 60, remaining: 2_000)]
        }
        trusts.aid = [try trusts.call(3)]
        trusts.vacancies = [TwoTrusts.vacancy("second", from: 28, to: 36)]
        let suggestion = try #require(try SystemPool.suggest(trusts.picture).suggestions.first)
        #expect(suggestion.why.contains("lent once already (last 28 days and bookings ahead)"))
    }

    @Test("A gap stays open for want of anybody for its missing hours, whoever could come for the others")
    func hoursThatNobodyCovers() throws {
        let trusts = changed {
            $0.vacancies = [TwoTrusts.vacancy(from: 8, to: 20)]
            $0.offers = [
                TwoTrusts.offer("one", person: "p-11111111", to: 14),
                TwoTrusts.offer("two", person: "p-22222222", to: 14),
            ]
        }
        let solution = try SystemPool.suggest(trusts.picture)
        #expect(solution.suggestions.count == 1)
        #expect(solution.openVacancies.map(\.rule) == [.noOffer])
    }

    @Test("A site whose id two organisations use is nobody's: travel and inductions there could be of either")
    func sharedSite() throws {
        let trusts = changed { $0.site = "A1" }
        #expect(try trusts.binding() == .siteUnclear)
        let loan = trusts.loan(trusts.offers[0])
        let need = AidRequest.Need(
            trusts.vacancies[0], from: trusts.vacancies[0].start, to: trusts.vacancies[0].end)
        #expect(trusts.picture.obstacle(to: loan, for: need, of: "AA", call: "aid-1") == .siteUnclear)
        #expect(try TwoTrusts().binding() == nil)
    }

    @Test(
        "A site's id is of whoever sent it first: others who send it later stop nobody else from lending there"
    )
    func takenSite() throws {
        let trusts = TwoTrusts()
        let third = OrganisationPush(
            organisation: "CC", extractedAt: trusts.extractedAt, first: TwoTrusts.noon.day,
            sites: [.init(id: "A1", name: "Other")], units: [.init(id: "CU", name: "Ward", site: "A1")],
            vacancies: [
                Vacancy(
                    id: "theirs", site: "A1", unit: "CU", staffGroup: .registered, grades: ["B5"],
                    start: TwoTrusts.at(8), end: TwoTrusts.at(20), missing: 1, needsInduction: false)
            ])
        let system = HealthSystem(
            id: "three", name: "Three",
            members: (["AA", "BB", "CC"] as [Organisation.ID]).map {
                Member(organisation: Organisation(id: $0, name: $0.text), kind: .acute)
            },
            agreements: [
                Agreement(
                    id: "both", name: "All", parties: ["AA", "BB", "CC"], from: Day(ordinal: 20_000))
            ])
        func suggested(
            taken: Set<Site.ID>, unreadable: [Organisation.ID: Instant] = [:]
        ) throws -> [VacancyKey] {
            let pushes = [trusts.asking, trusts.lending].filter { unreadable[$0.organisation] == nil }.map {
                KeptPush(push: $0, receivedAt: trusts.extractedAt)
            }
            let picture = SystemPicture.assemble(
                system,
                pushes: pushes + [
                    KeptPush(push: third, receivedAt: trusts.extractedAt, takenSites: taken)
                ], unreadable: unreadable, at: trusts.now)
            let solution = try SystemPool.suggest(picture)
            let unclear = solution.openVacancies.filter { $0.rule == .siteUnclear }.map(\.vacancy)
            #expect(unclear.contains(VacancyKey("CC", "theirs")))
            return solution.suggestions.flatMap(\.moves).map(\.vacancy)
        }
        #expect(try suggested(taken: ["A1"]) == [VacancyKey("AA", "night")])
        #expect(try suggested(taken: []).isEmpty, "nobody knows who came first")
        // Nobody's travel to the first one's site is to the other's while nothing can be read of the first.
        #expect(try suggested(taken: ["A1"], unreadable: ["AA": trusts.extractedAt]).isEmpty)
    }

    @Test("A promise of which nothing came binds nobody once its time is over")
    func forgottenPromise() throws {
        var trusts = changed {
            $0.vacancies = [TwoTrusts.vacancy(from: -16, to: -4), TwoTrusts.vacancy("next")]
            $0.offers = [TwoTrusts.offer(remaining: 750)]
        }
        trusts.aid = [try trusts.call(1, at: TwoTrusts.at(-20))]
        #expect(try SystemPool.suggest(trusts.picture).suggestions.count == 1)
        trusts.vacancies[0] = TwoTrusts.vacancy(from: -8, to: 4)
        trusts.aid = [try trusts.call(1, at: TwoTrusts.at(-20))]
        #expect(try SystemPool.suggest(trusts.picture).unusedOffers.map(\.rule) == [.hours])
    }

    @Test("A booking that is over binds its person for as long as their lender's data do not hold it")
    func overAndNotHeld() throws {
        var trusts = changed {
            $0.vacancies = [TwoTrusts.vacancy(from: -16, to: -4), TwoTrusts.vacancy("next")]
            $0.offers = [TwoTrusts.offer(from: 1, remaining: 900)]
        }
        trusts.aid = [try trusts.call(3, at: TwoTrusts.at(-20))]
        #expect(try SystemPool.suggest(trusts.picture).unusedOffers.map(\.rule) == [.hours])
        trusts.included = ["aid-1"]
        #expect(try SystemPool.suggest(trusts.picture).suggestions.count == 1)
        trusts.included = []
        trusts.vacancies[0] = TwoTrusts.vacancy(from: -192, to: -180)
        trusts.aid = [try trusts.call(3, at: TwoTrusts.at(-200))]
        #expect(try SystemPool.suggest(trusts.picture).suggestions.count == 1, "long ago")
    }

    @Test(
        "Nobody is suggested who would have to have left already; who was asked in time may still be confirmed"
    )
    func tooLate() throws {
        var trusts = changed {
            $0.vacancies = [TwoTrusts.vacancy(from: 8, to: 16)]
            $0.offers = [TwoTrusts.offer(travel: [.init(site: "A1", minutes: 60)])]
            $0.extractedAt = TwoTrusts.at(7)
        }
        trusts.now = TwoTrusts.at(7)
        func start() throws -> Instant? {
            try SystemPool.suggest(trusts.picture).suggestions.first?.moves.first?.start
        }
        #expect(try start() == TwoTrusts.at(8))
        trusts.now = TwoTrusts.at(7) + ElapsedMinutes(30)
        #expect(try start() == TwoTrusts.at(8) + ElapsedMinutes(30))
        let need = AidRequest.Need(trusts.vacancies[0], from: TwoTrusts.at(8), to: TwoTrusts.at(16))
        #expect(
            trusts.picture.obstacle(to: trusts.loan(trusts.offers[0]), for: need, of: "AA", call: "aid-1")
                == nil)
    }

    @Test("Of a gap that runs whoever comes covers what is left, from when they can be there")
    func running() throws {
        // Three hours into a night of twelve, of which eight and a half are worked when somebody arrives half an hour later.
        let trusts = changed {
            $0.now = TwoTrusts.at(11); $0.vacancies = [TwoTrusts.vacancy(isHard: true)]
        }
        let solution = try SystemPool.suggest(trusts.picture)
        let move = try #require(solution.suggestions.first?.moves.first)
        #expect(move.vacancy.description == "AA/night")
        #expect(move.start == TwoTrusts.at(11) + ElapsedMinutes(30) && move.end == TwoTrusts.at(20))
        #expect(move.missingBefore == 540 && move.missingAfter == 30)
        #expect(solution.results.first?.before == 540)
        #expect(solution.openVacancies.map(\.minutesMissing) == [30])
        let whole = Vacancy(
            id: "night", site: "A1", unit: "AU", staffGroup: .registered, grades: ["B5"],
            start: TwoTrusts.at(8),
            end: TwoTrusts.at(20), missing: 1, breakMinutes: 60)
        #expect(whole.left(at: TwoTrusts.at(8)).workingMinutes == 660)
        #expect(whole.left(at: TwoTrusts.at(11)).workingMinutes == 540, "a part has no break of its own")
        // Too little is left to come for.
        let late = changed {
            $0.now = TwoTrusts.at(16)
            $0.extractedAt = TwoTrusts.at(16)
        }
        #expect(try SystemPool.suggest(late.picture).suggestions.isEmpty)
        #expect(try SystemPool.suggest(late.picture).openVacancies.map(\.minutesMissing) == [240])
        #expect(try late.binding() == .noOffer)
    }

    @Test("Organisations whose data are stale neither lend nor receive, and are named")
    func stale() throws {
        let trusts = changed { $0.now = TwoTrusts.at(13) }
        let solution = try SystemPool.suggest(trusts.picture)
        #expect(solution.suggestions.isEmpty)
        #expect(solution.leftOut == ["AA", "BB"])
        #expect(solution.openVacancies.map(\.rule) == [.staleData])
        // Of what was open when they sent it, only what is still ahead.
        #expect(solution.openVacancies.map(\.minutesMissing) == [420])
        let over = changed { $0.now = TwoTrusts.at(20) }
        #expect(try SystemPool.suggest(over.picture).openVacancies.isEmpty)
    }

    @Test("Each rule knows its place")
    func places() {
        #expect(BindingRule.allCases.map(\.place) == Array(BindingRule.allCases.indices))
    }
}
