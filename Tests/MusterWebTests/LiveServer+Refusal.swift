import SystemPool
import Testing

@testable import MusterWeb

extension LiveServer {
    /// What NS1 and NS2 send.
    func fill() async throws {
        for organisation in ["NS1", "NS2"] {
            let answer = try await push(
                SampleSystem.push(.init(organisation)), try bearer(.organisationManager, organisation))
            #expect(answer.status == 201, "\(answer.text)")
        }
    }

    /// Waits until suggestions have been worked out for the first time.
    func solved() async { while server.watch.view.solution == nil { await Task.yield() } }

    /// Waits until there is a move for what was pushed.
    func suggested() async {
        while server.watch.view.solution?.suggestions.isEmpty != false { await Task.yield() }
    }

    /// A call of NS1 for which NS2 has confirmed somebody.
    func booking() async throws -> AidRequest.ID {
        try await fill()
        let picture = try records.picture(at: clock.now)
        let suggestion = try #require(SampleSystem.solution(picture).suggestions.first)
        let aid = try #require(suggestion.aid(in: picture).first)
        let reason = try Remark("short tonight")
        let (receiver, lender) = (
            Actor(organisation: "NS1", role: .bankDesk), Actor(organisation: "NS2", role: .bankDesk)
        )
        let call = try records.requestAid(aid.need, for: "NS1", by: receiver, reason: reason, at: clock.now)
        for (step, loan, by) in [
            (AidStep.offer, aid.loan, lender), (.accept, nil, receiver), (.confirm, nil, lender),
        ] {
            _ = try records.advanceAid(call.id, step, loan: loan, by: by, reason: reason, at: clock.now)
        }
        try await server.watch.refresh()
        return call.id
    }

    func denials() throws -> Int { try records.systemAudit(limit: 999).count { $0.action == .denied } }

    /// Sends something that must be refused with a reason and one audit row, and looks whether anything else has changed.
    @discardableResult
    func expectRefusal(
        _ status: Int, _ comment: Comment? = nil, type: String = "application/problem+json",
        _ send: () async throws -> Answer, _ location: SourceLocation = #_sourceLocation
    ) async throws -> Answer {
        let picture = try records.picture(at: clock.now)
        let risks = try records.risks(includingClosed: true)
        let before = try denials()
        let answer = try await send()
        #expect(
            answer.status == status, "\(comment?.rawValue ?? "") \(answer.text)", sourceLocation: location)
        #expect(
            answer.header("Content-Type")?.hasPrefix(type) == true, comment, sourceLocation: location)
        #expect(try records.picture(at: clock.now) == picture, comment, sourceLocation: location)
        #expect(try records.risks(includingClosed: true) == risks, comment, sourceLocation: location)
        #expect(try denials() == before + 1, comment, sourceLocation: location)
        return answer
    }
}
