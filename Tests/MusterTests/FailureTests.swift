import MusterFiles
import MusterStore
import PlainText
import Roster
import RosterEngine
import SystemPool
import Testing

@testable import MusterLink
@testable import muster

@Suite("Failure")
struct FailureTests {
    private static let call: AidRequest = {
        guard let reason = try? Remark("short tonight") else { preconditionFailure("a plain remark") }
        return AidRequest(
            id: "aid-1", asking: "NS2",
            need: AidRequest.Need(
                vacancy: nil, site: "NS2-H", unit: "QUAY", staffGroup: .registered, grades: [], skills: [],
                start: Instant(minutes: 60), end: Instant(minutes: 120), isHard: true),
            at: Instant(minutes: 0), by: Actor(organisation: "NS2", role: .bankDesk), reason: reason)
    }()

    private static let cases: [(any Error, Outcome)] = [
        (Faults(Fault(at: Place(file: "people.csv"), "is missing")), .badData),
        (OutputError.write(path: "out", reason: "full"), .failedIO),
        (OutputError.exists(path: "out"), .failedIO),
        (EngineError.noLawfulLine(person: "n-1"), .noRota),
        (EngineError.stopped, .noRota),
        (NoRota(), .noRota),
        (StoreError.missing(path: "s"), .failedIO),
        (StoreError.diskFull(path: "s"), .failedIO),
        (StoreError.damaged(path: "s", detail: "x"), .badData),
        (StoreError.newer(path: "s", changes: []), .badData),
        (StoreRefusal.hardGapsOpen(RotaVersion.ID(1), []), .hard),
        (StoreRefusal.breaches(RotaVersion.ID(1), []), .hard),
        (StoreRefusal.notLawful("n-1", "g", []), .hard),
        (StoreRefusal.unknownRota(RotaVersion.ID(1)), .badUsage),
        (StoreRefusal.otherScenario(rota: RotaVersion.ID(1), its: "a", given: "b"), .badData),
        (LoanRefusal.unlawful(call, []), .hard),
        (StoreRefusal.elsewhere("n-1", []), .hard),
        (LoanRefusal.personNeeded("aid-1"), .badUsage),
        (LoanRefusal.noValidData(path: "s", []), .badData),
        (LinkError.refused(status: 409, said: "x"), .badData),
        (LinkError.refused(status: 403, said: "x"), .failedIO),
        (LinkError.failed(status: 502, said: "x"), .failedIO),
        (
            UnsettledLoan(call: "aid-1", person: "n-1", cause: .failed(status: 502, said: "x")), .failedIO
        ),
    ]

    @Test("Each error has its exit code and its own words", arguments: cases.indices)
    func outcome(index: Int) {
        let (error, outcome) = Self.cases[index]
        let failure = Failure(error)
        #expect(failure.outcome == outcome)
        #expect(
            failure.message == (error is Faults ? "1 fault in the input; nothing was written." : "\(error)"))
    }
}
