import Extracts
import Foundation
import Roster
import SystemPool
import Testing

@testable import SystemFeed

@Suite("What an organisation shows its system")
struct SystemFeedTests {
    @Test("A gap is a vacancy with the gap's own id, its grades, skills, weight and times")
    func vacancy() throws {
        var ward = InventedWard()
        ward.ask(2, skills: ["iv"])
        ward.hire("at-work")
        ward.work("at-work")
        let vacancies = ward.feed().push().vacancies
        let first = try #require(vacancies.first)
        #expect(first.id.text == "A.0730@2026-11-02T07:30")
        #expect(first.missing == 1)
        #expect(first.grades == ["B5", "B6"])
        #expect(first.skills == ["iv"])
        #expect(first.risk == 3)
        #expect(first.site == "NS1-M")
        #expect(first.start == InventedWard.at("2026-11-02 07:30"))
        #expect(first.end == InventedWard.at("2026-11-02 20:00"))
        #expect(vacancies.count == 3)
    }

    @Test("A gap that is longer than a shift is cut into shifts, and the first part keeps its id")
    func longGap() {
        var ward = InventedWard()
        ward.ask(1, from: "08:00", to: "08:00", hard: true, purpose: .frailtyInReach)
        let vacancies = ward.feed().push().vacancies.filter { $0.start < InventedWard.at("2026-11-03 08:00") }
        #expect(vacancies.map(\.id.text) == ["A.0800@2026-11-02T08:00", "A.0800@2026-11-02T08:00.720"])
        #expect(vacancies.allSatisfy { ($0.end - $0.start).count == 720 && $0.isHard })
    }

    @Test(
        "A gap that has begun is cut where it was before, and what has begun keeps its id and ends when it did"
    )
    func begunGap() {
        var ward = InventedWard()
        ward.ask(1, from: "08:00", to: "08:00", hard: true, purpose: .frailtyInReach)
        func first(_ now: String) -> [Vacancy] {
            ward.feed(at: InventedWard.at(now)).push().vacancies.filter {
                $0.start < InventedWard.at("2026-11-03 08:00")
            }
        }
        let begun = first("2026-11-02 08:15")
        #expect(begun.map(\.id) == first("2026-11-02 06:30").map(\.id))
        #expect(begun.map(\.start) == ["2026-11-02 08:15", "2026-11-02 20:00"].map(InventedWard.at))
        #expect(begun.map(\.end) == ["2026-11-02 20:00", "2026-11-03 08:00"].map(InventedWard.at))
        // What is over is not told any more.
        #expect(first("2026-11-02 20:00").map(\.id.text) == ["A.0800@2026-11-02T08:00.720"])
    }

    @Test("Days of industrial action are told apart, so that the system never fills them")
    func strike() {
        var ward = InventedWard()
        ward.ask(1)
        ward.policy = ReportPolicy(
            industrialAction: [IndustrialAction(first: InventedWard.monday, last: InventedWard.monday)])
        let vacancies = ward.feed().push().vacancies
        #expect(vacancies.map(\.isStrikeCover) == [true, false, false])
        // A night that runs into the day of the strike is struck as well.
        ward = InventedWard()
        ward.ask(1, from: "19:30", to: "08:00")
        let tuesday = InventedWard.monday.advanced(by: 1)
        ward.policy = ReportPolicy(industrialAction: [IndustrialAction(first: tuesday, last: tuesday)])
        #expect(ward.feed().push().vacancies.map(\.isStrikeCover) == [true, true, false])
    }

    @Test("One request of a strike is enough, whatever else was asked for there and whatever became of it")
    func struckByRequest() {
        var ward = InventedWard()
        ward.ask(1)
        func request(_ id: Request.ID, _ reason: RequestReason, _ state: Request.State) -> Request {
            Request(
                id: id, unit: "A", day: InventedWard.monday, shift: "LD", role: "rn",
                start: InventedWard.at("2026-11-02 07:30"), end: InventedWard.at("2026-11-02 20:00"),
                state: state, reason: reason)
        }
        for state in [Request.State.open, .booked, .cancelled] {
            ward.requests = [request("one", .sickness, .open), request("two", .industrialAction, state)]
            #expect(ward.feed().push().vacancies.map(\.isStrikeCover) == [true, false, false])
        }
        // What was called off does not say why the gap is there.
        ward.requests = [request("one", .acuity, .cancelled), request("two", .escalation, .open)]
        #expect(ward.feed().push().vacancies.first?.reason == .escalation)
    }

    @Test(
        "A place for several professions is strike cover if any of them is on strike, and its hours are told")
    func severalProfessions() throws {
        var ward = InventedWard()
        ward.roles.append(InventedWard.team)
        ward.ask(1, role: "team")
        func first() throws -> Vacancy { try #require(ward.feed().push().vacancies.first) }
        #expect(try first().staffGroup == .other && first().grades == ["B6", "B2"])
        #expect(try !first().isStrikeCover)
        for (group, isStruck) in [(StaffGroup.unregistered, true), (.registered, true), (.medical, false)] {
            ward.policy = ReportPolicy(industrialAction: [
                IndustrialAction(first: InventedWard.monday, last: InventedWard.monday, groups: [group])
            ])
            #expect(try first().isStrikeCover == isStruck)
        }
        let metrics = ward.feed().push().metrics.filter { $0.day == InventedWard.monday }
        #expect(metrics.first { $0.name == .registeredRequired }?.value == 12.5)
        #expect(metrics.first { $0.name == .unregisteredRequired } == nil)
    }

    @Test("The unpaid break is that of the shift with those times, but for a handover; else none is known")
    func breaks() throws {
        func told(from: String, to: String, at now: Instant = InventedWard.morning, paid: Bool = false)
            -> Int?
        {
            var ward = InventedWard()
            let breaks = [ElapsedMinutes(30), ElapsedMinutes(30)]
            ward.shifts = [
                ShiftType(
                    id: "LD", name: "Long day", start: InventedWard.clock("07:30"),
                    end: InventedWard.clock("20:00"), breaks: breaks,
                    working: paid ? WorkingMinutes(750) : nil, roles: ["rn"]),
                // Of others, and no work.
                ShiftType(
                    id: "A", name: "Assistants", start: InventedWard.clock("07:30"),
                    end: InventedWard.clock("20:00"), breaks: [ElapsedMinutes(15)], roles: ["hca"]),
                ShiftType(
                    id: "B", name: "Study", start: InventedWard.clock("07:30"),
                    end: InventedWard.clock("20:00"), kind: .study, breaks: [ElapsedMinutes(45)]),
            ]
            ward.ask(1, from: from, to: to)
            return ward.feed(at: now).push().vacancies.first?.breakMinutes
        }
        #expect(told(from: "07:30", to: "20:00") == 60)
        #expect(told(from: "07:30", to: "19:30") == 60)
        #expect(told(from: "08:15", to: "20:00") == 0 && told(from: "07:30", to: "13:30") == 0)
        #expect(told(from: "07:30", to: "20:00", paid: true) == 0)
        // Whoever comes for the rest of it has no break of a whole duty.
        #expect(told(from: "07:30", to: "20:00", at: InventedWard.at("2026-11-02 08:00")) == 0)
    }

    @Test("On days without a rota nobody is called missing, and nobody is called free")
    func withoutRota() {
        var ward = InventedWard()
        ward.ask(1)
        ward.hire("volunteer")
        #expect(ward.feed().push().vacancies.count == 3)
        #expect(ward.feed().push().offers.contains { $0.earliestStart.day == InventedWard.monday })
        ward.daysWithoutRota = ["A": [InventedWard.monday]]
        let push = ward.feed().push()
        #expect(push.vacancies.map(\.start.day) == [1, 2].map(InventedWard.monday.advanced(by:)))
        // Whoever is named to go is asked about in the same way.
        let away = AwayDuty(
            person: "volunteer", start: InventedWard.at("2026-11-02 07:30"),
            end: InventedWard.at("2026-11-02 20:00"), travelMinutes: 30)
        let obstacles = LendingCheck(ward.picture).obstacles(to: away)
        #expect(obstacles.contains { $0.hasPrefix("No rota of Ward A is known") })
        // What was worked the evening before is not known either.
        #expect(Set(push.offers.map(\.earliestStart.day)) == [InventedWard.monday.advanced(by: 2)])
        #expect(
            push.metrics.contains { $0.name == .registeredRequired && $0.day == InventedWard.monday } == false
        )
    }

    @Test("What is made is read by the system without a fault, and names nobody")
    func privacy() throws {
        var ward = InventedWard()
        ward.ask(2)
        ward.ask(1, in: "B")
        for id in ["volunteer", "one", "two"] { ward.hire(Person.ID(id)) }
        ward.work("one", in: "B")
        ward.work("two", in: "B")
        let bytes = try ward.feed().push().json()
        let push = try OrganisationPush.read(bytes)
        #expect(!push.offers.isEmpty)
        let text = String(decoding: bytes, as: UTF8.self)
        for secret in ["Name of", "volunteer", "\"one\"", "\"two\""] { #expect(!text.contains(secret)) }
    }

    @Test("A ward whose name might be a person's goes by its id, so that the push is taken")
    func names() throws {
        var ward = InventedWard()
        ward.unitName = "Nurse Led Clinic"
        let push = try OrganisationPush.read(try ward.feed().push().json())
        #expect(push.units.map(\.name) == ["A", "Ward B"])
        ward.unitName = " Ward C "
        #expect(ward.feed().push().units.map(\.name) == ["Ward C", "Ward B"])
    }

    @Test("Required and filled hours are told by day, and hours without senior or frailty cover")
    func metrics() {
        var ward = InventedWard()
        ward.ask(2)
        ward.ask(1, in: "B", hard: true, purpose: .frailtyInReach)
        ward.hire("at-work")
        ward.work("at-work")
        let metrics = ward.feed().push().metrics
        func value(_ name: Metric.Name) -> Double? {
            metrics.first { $0.name == name && $0.day == InventedWard.monday }?.value
        }
        #expect(value(.registeredRequired) == 25)
        #expect(value(.registeredFilled) == 12.5)
        #expect(value(.frailtyGapHours) == 12.5)
        #expect(value(.seniorGapHours) == nil)
        // Three people: a share would tell of one of them.
        #expect(value(.unavailability) == nil)
    }

    @Test(
        "Of a day on which a group is not asked for nought is told, unless nothing is known of who would ask")
    func notAskedFor() {
        var ward = InventedWard()
        ward.ask(1)
        ward.ask(1, in: "B", role: "hca", on: [.monday])
        func told(_ push: OrganisationPush) -> [[Double]] {
            [Metric.Name.unregisteredRequired, .unregisteredFilled].map { name in
                push.metrics.filter { $0.name == name }.map(\.value)
            }
        }
        #expect(told(ward.feed().push()) == [[12.5, 0, 0], [0, 0, 0]])
        ward.daysWithoutRota = ["B": [InventedWard.monday.advanced(by: 1)]]
        #expect(told(ward.feed().push()) == [[12.5, 0], [0, 0]])
    }

    @Test("Red flags are told by day as the daily report counts them, and nought only where all is known")
    func redFlags() {
        var ward = InventedWard()
        ward.ask(3)
        let tuesday = InventedWard.monday.advanced(by: 1)
        for id in ["one", "two", "three"] {
            ward.hire(Person.ID(id))
            for day in ward.window.days where id != "three" || day != tuesday {
                ward.work(Person.ID(id), on: day)
            }
        }
        func told() -> [Double?] {
            let metrics = ward.feed().push().metrics
            return ward.window.days.map { day in
                metrics.first { $0.name == .redFlags && $0.day == day }?.value
            }
        }
        #expect(told() == [0, 1, 0])
        // Of a ward that asks for nobody there is nothing to tell.
        ward.daysWithoutRota = ["B": Set(ward.window.days)]
        #expect(told() == [0, 1, 0])
        ward.ask(1, in: "B")
        #expect(told() == [nil, 1, nil])
    }

    @Test("The share of agency is that of hours, and is told only where bookings tell of agency")
    func agency() {
        var ward = InventedWard()
        ward.hire("own")
        ward.hire("regular", markers: ["agency"])
        ward.work("own")
        ward.work("regular")
        func told(on day: Day = InventedWard.monday) -> Double? {
            ward.feed().push().metrics.first { $0.name == .agencyShare && $0.day == day }?.value
        }
        #expect(told() == nil)
        // That the bank books says nothing of agency.
        ward.book("p-1", origin: "bank")
        #expect(told() == nil)
        ward.book("p-2", origin: "agency")
        #expect(told() == 50)
        // A duty in a ward of which the data are too old is on neither side.
        ward.work("own", in: "B")
        ward.findings = [
            Finding(check: .staleExtract, severity: .warning, units: ["B"], sentence: "Old.")
        ]
        #expect(told() == 50)
        // Nobody of an agency on a day is nought, once they are told of.
        let tuesday = InventedWard.monday.advanced(by: 1)
        ward.work("own", on: tuesday)
        #expect(told(on: tuesday) == 0)
    }

    @Test(
        "What an agency was asked for tells of agency; whoever is booked from nobody knows where may be from one"
    )
    func agencyAsked() {
        var ward = InventedWard()
        ward.hire("own")
        ward.work("own")
        func told() -> Double? {
            ward.feed().push().metrics.first { $0.name == .agencyShare && $0.day == InventedWard.monday }?
                .value
        }
        func request(
            _ state: Request.State = .open, step: CascadeStep.Level? = nil, origin: String? = nil,
            in unit: Roster.Unit.ID = "A"
        ) -> Request {
            Request(
                id: "r", unit: unit, day: InventedWard.monday, shift: "LD", role: "rn",
                start: InventedWard.at("2026-11-02 07:30"), end: InventedWard.at("2026-11-02 20:00"),
                state: state, step: step, origin: origin)
        }
        for other in [request(), request(step: .own), request(.booked, origin: "bank")] {
            ward.requests = [other]
            #expect(told() == nil)
        }
        for asked in [
            request(step: .agency), request(step: .breakGlass), request(.cancelled, origin: "agency"),
        ] {
            ward.requests = [asked]
            #expect(told() == 0)
            ward.requests = [asked, request(.booked)]
            #expect(told() == nil)
            // Booked, with nobody named, is nobody.
            ward.requests[1].namesNobody = true
            #expect(told() == 0)
            ward.requests = [asked, request(.booked, in: "B")]
            #expect(told() == nil)
            ward.daysWithoutRota = ["B": [InventedWard.monday]]
            #expect(told() == 0)
            ward.daysWithoutRota = [:]
        }
    }

    @Test("The lead time of bank requests is the middle one of those whose release is told")
    func leadTime() {
        var ward = InventedWard()
        func told() -> Double? {
            ward.feed().push().metrics.first { $0.name == .bankLeadTime }?.value
        }
        func request(_ id: Request.ID, hoursBefore: Int?) -> Request {
            let start = InventedWard.at("2026-11-03 07:30")
            return Request(
                id: id, unit: "A", day: start.day, shift: "LD", role: "rn", start: start,
                end: InventedWard.at("2026-11-03 20:00"), state: .open,
                released: hoursBefore.map { start - ElapsedMinutes(hours: $0) })
        }
        ward.requests = [request("r1", hoursBefore: nil)]
        #expect(told() == nil)
        ward.requests += [request("r2", hoursBefore: 72), request("r3", hoursBefore: 4)]
        #expect(told() == 38)
        ward.requests.append(request("r4", hoursBefore: 30))
        #expect(told() == 30)
    }

    @Test("No figure that Muster works out could be told beside it")
    func workedOut() {
        var ward = InventedWard()
        ward.ask(2)
        ward.ask(1, in: "B", hard: true, purpose: .frailtyInReach)
        ward.ask(1, in: "B", from: "08:00", hard: true, purpose: .seniorDecisionMaker)
        ward.ask(1, role: "hca")
        for number in 0..<20 { ward.hire(Person.ID("n\(number)")) }
        ward.work("n1")
        ward.book("p-1", origin: "agency")
        let start = InventedWard.at("2026-11-03 07:30")
        ward.requests = [
            Request(
                id: "r", unit: "A", day: start.day, shift: "LD", role: "rn", start: start,
                end: start + ElapsedMinutes(hours: 12), state: .open, released: InventedWard.morning)
        ]
        let told = Set(ward.feed().push().metrics.map(\.name))
        let others: Set<Metric.Name> = [
            .medicalRequired, .medicalFilled, .therapyRequired, .therapyFilled,
        ]
        #expect(told.union(others) == Set(Metric.Name.allCases.filter(\.isWorkedOut)))
    }

    @Test(
        "Of days without a rota, and of units of no or old data, it is said that nothing is known, not that nothing is short"
    )
    func unknown() {
        var ward = InventedWard()
        ward.ask(1, in: "A", hard: true, purpose: .seniorDecisionMaker)
        ward.hire("senior")
        for day in ward.window.days { ward.work("senior", on: day) }
        func senior(_ push: OrganisationPush) -> [Double?] {
            ward.window.days.map { day in
                push.metrics.first { $0.name == .seniorGapHours && $0.day == day }?.value
            }
        }
        func completeness(_ push: OrganisationPush) -> Double? {
            push.metrics.first { $0.name == .completeness }?.value
        }
        let whole = ward.feed().push()
        #expect(whole.units.allSatisfy { $0.unknown == nil } && completeness(whole) == 100)
        #expect(senior(whole) == [0, 0, 0])
        // The other ward is unknown: what is known of this one stands.
        let tuesday = InventedWard.monday.advanced(by: 1)
        ward.daysWithoutRota = ["B": [tuesday]]
        #expect(senior(ward.feed().push()) == [0, 0, 0])
        ward.daysWithoutRota = ["A": [tuesday]]
        let push = ward.feed().push()
        #expect(push.units.first { $0.id == "A" }?.unknown == [tuesday])
        #expect(senior(push) == [0, nil, 0])
        #expect(completeness(push) == 83.3)
        #expect(push.vacancies.isEmpty)
        // Data that are too old tell of no day.
        ward.daysWithoutRota = [:]
        ward.findings = [
            Finding(check: .staleExtract, severity: .warning, units: ["A"], sentence: "Old.")
        ]
        let old = ward.feed().push()
        #expect(old.units.first { $0.id == "A" }?.unknown == ward.window.days.map(\.self))
        #expect(senior(old) == [nil, nil, nil] && completeness(old) == 50)
    }
}
