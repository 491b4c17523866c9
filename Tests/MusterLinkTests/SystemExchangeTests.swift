import Foundation
import MusterStore
import Roster
import SystemPool
import Testing

@testable import MusterLink

@Suite("What passes between an organisation and its system")
struct SystemExchangeTests {
    private static let start = London.instant(Day(ordinal: 20_800), minute: 360)
    private let folder = try? Scratch()
    private let store: MusterStore

    init() throws {
        store = try MusterStore(path: try #require(folder).path("trust.sqlite"), creating: true)
    }

    private static func push(_ hours: Int = 0, vacancies: Int = 0) -> OrganisationPush {
        OrganisationPush(
            organisation: "AA", extractedAt: start + ElapsedMinutes(hours: hours), first: start.day,
            sites: [.init(id: "A1", name: "A")], units: [.init(id: "AU", name: "Ward", site: "A1")],
            vacancies: (0..<vacancies).map {
                Vacancy(
                    id: Vacancy.ID("v\($0)"), site: "A1", unit: "AU", staffGroup: .registered,
                    grades: ["B5"], start: start + ElapsedMinutes(hours: 3),
                    end: start + ElapsedMinutes(hours: 11), missing: 1)
            })
    }

    private func exchange(_ server: ScriptedServer) -> SystemExchange {
        server.exchange(with: store, at: Self.start)
    }

    @Test("A push is kept first, waits while nobody answers, and goes later, byte for byte")
    func queue() throws {
        #expect(try store.enqueue(Self.push(), at: Self.start))
        let first = try exchange(ScriptedServer([ScriptedServer.silence])).sendWaiting()
        #expect(first.map(\.push.state) == [.waiting])
        #expect(first[0].push.answer.contains("no route"))
        let server = ScriptedServer([ScriptedServer.says(201)])
        let second = try exchange(server).sendWaiting()
        #expect(second.map(\.push.state) == [.taken])
        #expect(second[0].push.attempts == 2)
        #expect(try server.asked.withLock { $0.map(\.body) } == [Self.push().json()])
        #expect(try store.waitingPushes().isEmpty)
    }

    @Test("The same push again is kept once and sent once")
    func idempotent() throws {
        #expect(try store.enqueue(Self.push(), at: Self.start))
        _ = try exchange(ScriptedServer([ScriptedServer.says(201)])).sendWaiting()
        #expect(try !store.enqueue(Self.push(), at: Self.start))
        #expect(try exchange(ScriptedServer([])).sendWaiting().isEmpty)
    }

    @Test("One that was refused waits again once it is given again, byte for byte; what was taken does not")
    func refusedAgain() throws {
        #expect(try store.enqueue(Self.push(), at: Self.start))
        _ = try exchange(ScriptedServer([ScriptedServer.says(413)])).sendWaiting()
        #expect(try store.waitingPushes().isEmpty)
        #expect(try store.enqueue(Self.push(), at: Self.start))
        let server = ScriptedServer([ScriptedServer.says(201)])
        #expect(try exchange(server).sendWaiting().map(\.push.state) == [.taken])
        #expect(try server.asked.withLock { $0.map(\.body) } == [Self.push().json()])
        #expect(try !store.enqueue(Self.push(), at: Self.start))
    }

    @Test("One for an organisation that the token is not for keeps none behind it waiting")
    func forbidden() throws {
        for hours in [0, 1] { try store.enqueue(Self.push(hours), at: Self.start) }
        let server = ScriptedServer([ScriptedServer.says(403), ScriptedServer.says(201)])
        #expect(try exchange(server).sendWaiting().map(\.push.state) == [.refused, .taken])
    }

    @Test("Another push of the same extract time is refused")
    func contradiction() throws {
        try store.enqueue(Self.push(), at: Self.start)
        #expect(throws: StoreRefusal.otherPush("AA", extractedAt: Self.start)) {
            try store.enqueue(Self.push(vacancies: 1), at: Self.start)
        }
    }

    @Test("What waits goes the oldest first, and nothing goes past one that could not be sent")
    func order() throws {
        for hours in [2, 0, 1] { try store.enqueue(Self.push(hours), at: Self.start) }
        let server = ScriptedServer([ScriptedServer.says(201), ScriptedServer.says(503)])
        let sent = try exchange(server).sendWaiting()
        #expect(sent.map(\.push.state) == [.taken, .waiting])
        #expect(
            try store.waitingPushes().map(\.push.extractedAt) == [1, 2].map { Self.push($0).extractedAt })
        #expect(try server.asked.withLock { $0.map(\.body) } == [0, 1].map { try Self.push($0).json() })
    }

    @Test(
        "What the system says decides whether it is tried again",
        arguments: [
            (200, "{}", QueuedPush.State.taken), (201, "{}", .taken),
            (409, #"{"title":"Older than what is here"}"#, .older),
            (409, #"{"title":"Not possible now","detail":"other contents"}"#, .refused),
            (413, "", .refused), (422, #"{"detail":"no","faults":["/days: 0"]}"#, .refused),
            (401, "", .waiting), (403, "", .refused), (429, "", .waiting), (500, "<html>", .waiting),
            (302, "", .waiting),
        ])
    func verdicts(status: Int, text: String, state: QueuedPush.State) throws {
        try store.enqueue(Self.push(), at: Self.start)
        let sent = try exchange(ScriptedServer([ScriptedServer.says(status, text)])).sendWaiting()
        #expect(sent.map(\.push.state) == [state])
        #expect(try store.waitingPushes().isEmpty == (state != .waiting))
        if status == 422 { #expect(sent[0].push.answer == "no /days: 0") }
    }

    @Test("What the system says is to be put right comes with the push that it took, on a line each")
    func warnings() throws {
        let receipt = #"{"result":"taken","taken_sites":["MAIN"],"warnings":["send MAIN\nunder another id"]}"#
        for status in [201, 200] {
            try store.enqueue(Self.push(status), at: Self.start)
            let sent = try exchange(ScriptedServer([ScriptedServer.says(status, receipt)])).sendWaiting()
            #expect(sent.map(\.warnings) == [["send MAIN under another id"]])
        }
        // Of a system that says nothing there are none.
        try store.enqueue(Self.push(300), at: Self.start)
        #expect(try exchange(ScriptedServer([ScriptedServer.says(201)])).sendWaiting()[0].warnings.isEmpty)
    }

    @Test("Calls are pulled down page by page and kept; only what has changed is told")
    func pull() throws {
        func page(_ number: Int, _ state: String) -> ScriptedServer.Said {
            ScriptedServer.says(
                200,
                """
                {"as_of":"2026-12-13T06:00+00:00","page":\(number),"pages":2,"total":2,"items":[{"id":"aid-\(number)",
                "asking":"AA","state":"\(state)","need":{"site":"A1","unit":"AU","staff_group":"registered",
                "grades":["B5"],"skills":[],"start":"2026-12-13T07:30+00:00","end":"2026-12-13T20:00+00:00",
                "is_hard":false},"events":[]}]}
                """)
        }
        let server = ScriptedServer([page(1, "requested"), page(2, "requested")])
        #expect(try exchange(server).pullCalls().map(\.id) == ["aid-1", "aid-2"])
        #expect(server.asked.withLock { $0.map(\.path) } == [1, 2].map { "/api/v1/aid?page=\($0)&size=200" })
        let later = ScriptedServer([page(1, "requested"), page(2, "withdrawn")])
        #expect(try exchange(later).pullCalls().map(\.id) == ["aid-2"])
        #expect(try store.calls().map(\.state) == [.requested, .withdrawn])
    }

    @Test(
        "A call that goes on and is shown no more is another's now: the loan under it ends, and whoever was to go is free"
    )
    func vanished() throws {
        let call = try InventedTrust.call(until: .confirm)
        let keep = {
            _ = try store.keepLoan(under: call, by: "Desk", reason: "agreed", at: Self.start) { _, _ in "n1" }
        }
        func pull(_ answers: [AidRequest]..., at now: Instant = InventedTrust.now) throws {
            let server = ScriptedServer(try answers.map({ try ScriptedServer.lists($0) }))
            _ = try server.exchange(with: store, at: now).pullCalls()
            #expect(server.paths.count == answers.count)
        }
        try pull([call])
        try keep()
        // What moves from page to page meanwhile is missed once.
        try pull([], [call])
        #expect(try store.loans().map(\.isLive) == [true])
        try pull([], [])
        #expect(try store.loans().map(\.isLive) == [false])
        #expect(try store.calls().isEmpty)
        // A list that lacks what this organisation asked for is none of its own.
        let own = try InventedTrust.call("aid-2", asking: "AA", until: .accept)
        try pull([call, own])
        try keep()
        try store.enqueue(Self.push(), at: Self.start)
        #expect(throws: LinkError.self) { try pull([], []) }
        #expect(try store.loans().map(\.isLive) == [true] && store.calls().count == 2)
        try pull([own], [own])
        #expect(try store.loans().map(\.isLive) == [false] && store.calls().map(\.id) == ["aid-2"])
        // What is over is shown no more after some days: it was worked.
        try pull([call, own])
        try keep()
        try pull([], at: call.need.end)
        #expect(try store.loans().map(\.isLive) == [true] && store.calls().count == 2)
    }

    @Test("A call that the system cannot read stays as it is known here, and whoever goes under it goes")
    func unreadable() throws {
        let call = try InventedTrust.call(until: .confirm)
        let own = try InventedTrust.call("aid-2", asking: "AA", until: .accept)
        func pull(_ said: ScriptedServer.Said) throws {
            let server = ScriptedServer([said])
            _ = try server.exchange(with: store, at: InventedTrust.now).pullCalls()
            #expect(server.paths.count == 1)
        }
        try pull(ScriptedServer.lists([call, own]))
        _ = try store.keepLoan(under: call, by: "Desk", reason: "agreed", at: Self.start) { _, _ in "n1" }
        try store.enqueue(Self.push(), at: Self.start)
        try pull(ScriptedServer.lists([], unreadable: [call.id, own.id]))
        #expect(try store.loans().map(\.isLive) == [true] && store.calls().count == 2)
    }

    @Test("An answer that is not of a Muster system changes nothing")
    func strange() throws {
        let error = #expect(throws: LinkError.self) {
            try exchange(ScriptedServer([ScriptedServer.says(200, "<html>welcome</html>")])).pullCalls()
        }
        #expect(error?.isRefusal == false)
        #expect(throws: LinkError.refused(status: 403, said: "Not yours.")) {
            try exchange(ScriptedServer([ScriptedServer.says(403, #"{"detail":"Not yours."}"#)])).pullCalls()
        }
        #expect(try store.calls().isEmpty)
    }
}
