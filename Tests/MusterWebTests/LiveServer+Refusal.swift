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
