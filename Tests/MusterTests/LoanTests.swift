import Foundation
import MusterStore
import Roster
import SystemPool
import Testing

/// Nurses of the invented ward who are lent on the first of its days.
@Suite("muster solve, publish and book with people who are lent")
struct LoanTests {
    /// Confirmed with another organisation, from 08:00 to 20:00 with half an hour of travel.
    private func lend(_ people: [String], in store: String) throws {
        let store = try MusterStore(path: store, creating: true)
        let day = try #require(Day("2026-11-09"))
        let now = London.instant(day, minute: 0)
        let reason = try Remark("short there")
        let asking = Actor(organisation: "NS2", role: .bankDesk)
        let lender = Actor(organisation: "ORG", role: .bankDesk)
        for person in people {
            let call = AidRequest(
                id: AidRequest.ID("aid-\(person)"), asking: "NS2",
                need: AidRequest.Need(
                    vacancy: nil, site: "NS2-H", unit: "QUAY", staffGroup: .registered, grades: ["B5"],
                    skills: [], start: London.instant(day, minute: 480),
                    end: London.instant(day, minute: 1200),
                    isHard: false),
                at: now, by: asking, reason: reason)
            let confirmed = try call.advanced(
                .offer,
                loan: AidRequest.Loan(
                    lender: "ORG", offer: "one", source: .surplus("OAK"), agreement: "both",
                    costOwner: .receiver, indemnity: .receiverScheme, travelMinutes: 30),
                by: lender, reason: reason, at: now
            ).advanced(.accept, by: asking, reason: reason, at: now)
                .advanced(.confirm, by: lender, reason: reason, at: now)
            try store.keepCalls([confirmed], at: now)
            try store.keepLoan(under: confirmed, by: "Desk", reason: "agreed", at: now) { _, _ in
                Person.ID(person)
            }
        }
    }

    private func solve(_ folder: String, _ store: String) async throws -> Int32 {
        try await Program.run("solve", folder, "--iterations", "5", "--store", store, "--quiet").code
    }

    private let publication = ["--by", "J. Amin", "--reason", "agreed"]

    @Test("A search leaves out who is lent, on that day alone, and its rota is published")
    func solving() async throws {
        let scratch = try Scratch()
        defer { scratch.remove() }
        let folder = try InventedRoster(days: 7).write(to: scratch)
        let store = scratch.path("ward.sqlite")
        try lend(["n-1", "n-2", "n-3"], in: store)
        #expect(try await solve(folder, store) == 2, "nobody is left for the first day")
        let rota = try scratch.text("ward/out/rota.csv")
        #expect(!rota.contains("2026-11-09") && rota.contains("2026-11-10"), "\(rota)")
        let published = try await Program.run(["publish", folder, "--store", store] + publication)
        #expect(published.code == 0, "\(published.messages)")
    }

    @Test(
        "Somebody who is lent after the rota was published is missing at home, and the day's report says so")
    func reporting() async throws {
        let scratch = try Scratch()
        defer { scratch.remove() }
        let folder = try InventedRoster(days: 7).write(to: scratch)
        let store = scratch.path("ward.sqlite")
        #expect(try await solve(folder, store) == 0)
        #expect(try await Program.run(["publish", folder, "--store", store] + publication).code == 0)
        func report() async throws -> String {
            try await Program.run(
                "report", "--store", store, "--date", "2026-11-09", "--days", "2", "--as-of",
                "2026-11-09T06:00Z",
                "--json"
            ).output
        }
        #expect(try await !report().contains("nurses@2026-11-09T08:00"))
        try lend(["n-1", "n-2", "n-3"], in: store)
        let short = try await report()
        #expect(short.contains("nurses@2026-11-09T08:00"))
        #expect(!short.contains("nurses@2026-11-10T08:00"))
    }

    @Test(
        "Until somebody is named for a loan that was confirmed, the report, `aid list` and nobody else say so"
    )
    func reminding() async throws {
        let scratch = try Scratch()
        defer { scratch.remove() }
        let folder = try InventedRoster(days: 7).write(to: scratch)
        let path = scratch.path("ward.sqlite")
        #expect(try await solve(folder, path) == 0)
        #expect(try await Program.run(["publish", folder, "--store", path] + publication).code == 0)
        let early = ["--as-of", "2026-11-09T06:00Z", "--store", path]
        func said() async throws -> [String] {
            [
                try await Program.run(["report", "--date", "2026-11-09", "--days", "2"] + early).output,
                try await Program.run(["aid", "list"] + early).output,
            ]
        }
        try lend(["n-1"], in: path)
        let store = try MusterStore(path: path, creating: false)
        let day = try #require(Day("2026-11-09"))
        try store.enqueue(
            OrganisationPush(organisation: "ORG", extractedAt: London.instant(day, minute: 0), first: day),
            at: London.instant(day, minute: 0))
        for text in try await said() { #expect(!text.contains("nobody is named"), "\(text)") }
        try store.cancelLoan(under: "aid-n-1", reason: "ill", at: London.instant(day, minute: 0))
        for text in try await said() {
            let words = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
            #expect(words.contains("nobody is named who goes"), "\(text)")
            #expect(words.contains("muster aid confirm aid-n-1"), "\(text)")
        }
        let listed = try await Program.run(["aid", "list", "--json"] + early).json()
        #expect(listed["lack_person"] as? [String] == ["aid-n-1"])
    }

    @Test(
        "With a store, somebody who is lent covers nothing for `check`, and `explain` says why they do not work"
    )
    func checking() async throws {
        let scratch = try Scratch()
        defer { scratch.remove() }
        let folder = try InventedRoster(hard: true).write(to: scratch)
        let rota = try scratch.write(InventedRoster.rota, to: "rota.csv")
        let store = scratch.path("ward.sqlite")
        try lend(["n-1"], in: store)
        #expect(try await Program.run("check", folder, "--rota", rota).code == 0)
        let known = ["--rota", rota, "--store", store]
        let checked = try await Program.run(["check", folder] + known)
        #expect(checked.code == 3)
        #expect(checked.output.contains("nurses@2026-11-09T08:00"), "\(checked.output)")
        #expect(checked.output.contains("lent to another organisation, away from Mon 9 Nov 07:30"))
        let json = try await Program.run(["check", folder, "--json"] + known).json()
        #expect(json["hard_gaps"] as? Int == 1 && json["verdict"] as? String == "breaches")
        let gap = try await Program.run(["explain", folder, "--gap", "nurses@2026-11-09T08:00"] + known)
        #expect(gap.output.contains("lent to another organisation"), "\(gap.output)")
        let day = try await Program.run(
            ["explain", folder, "--person", "n-1", "--date", "2026-11-09"] + known)
        #expect(day.output.contains("lent to another organisation"), "\(day.output)")
    }

    @Test("A loan costs a search its own day and the rest around it, no more")
    func holding() async throws {
        let scratch = try Scratch()
        defer { scratch.remove() }
        let folder = try InventedRoster(days: 7).write(to: scratch)
        let roster = try scratch.text("ward/roster.yaml").replacing(
            "shifts:\n", with: "shifts:\n  - { id: E, name: Early, start: 06:00, end: 14:00, breaks: [30] }\n"
        )
        _ = try scratch.write(roster, to: "ward/roster.yaml")
        let store = scratch.path("ward.sqlite")
        try lend(["n-1", "n-2", "n-3"], in: store)
        #expect(try await solve(folder, store) == 2)
        // Back at 20:30, they lack the rest for an early on the next day and have it for a day from 08:00.
        let rota = try scratch.text("ward/out/rota.csv")
        #expect(!rota.contains("2026-11-09") && rota.contains("2026-11-10,OAK,D"), "\(rota)")
        #expect(!rota.contains("away"), "\(rota)")
    }

    @Test("A rota that has them on duty is refused by name and day, and so is a booking")
    func refusing() async throws {
        let scratch = try Scratch()
        defer { scratch.remove() }
        let folder = try InventedRoster(nurses: 4, days: 7).write(to: scratch)
        _ = try scratch.write(
            "person,date,shift,role,state\nn-1,2026-11-09,D,nurse,pinned\nn-2,2026-11-10,D,nurse,pinned\n",
            to: "ward/duties.csv")
        let store = scratch.path("ward.sqlite")
        try lend(["n-1"], in: store)
        #expect(try await solve(folder, store) == 2)
        let refused = try await Program.run(["publish", folder, "--store", store, "--json"] + publication)
        #expect(refused.code == 3)
        let error = try #require(try refused.json()["error"] as? String)
        #expect(
            error.contains("n-1 is lent to NS2 under aid-n-1") && error.contains("2026-11-09"), "\(error)")

        let other = scratch.path("other.sqlite")
        #expect(try await solve(folder, other) == 2)
        #expect(try await Program.run(["publish", folder, "--store", other] + publication).code == 0)
        try lend(["n-3"], in: other)
        let booking = [
            "book", folder, "--store", other, "--gap", "nurses@2026-11-09T08:00", "--person", "n-3", "--date",
            "2026-11-09", "--shift", "D", "--role", "nurse",
        ]
        let booked = try await Program.run(booking + publication)
        #expect(booked.code == 3)
        #expect(booked.messages.contains("n-3 is lent to NS2 under aid-n-3"), "\(booked.messages)")
    }
}
