import ArgumentParser
import Foundation
import MusterFiles
import MusterLink
import MusterMail
import MusterStore
import PlainText
import RosterEngine
import SystemPool

/// The search ended before there was a lawful rota.
struct NoRota: Error, CustomStringConvertible {
    let description =
        "No lawful rota was found within the limit; nothing was written. Give it more --seconds or --iterations."
}

/// The one place at which an error becomes a message and an exit code.
struct Failure {
    let outcome: Outcome
    let message: String
    let faults: [Fault]

    init(_ error: any Error) {
        faults = (error as? Faults)?.faults ?? []
        outcome = Self.outcome(of: error)
        switch error {
        case is Faults: message = "\(counted(faults.count, "fault")) in the input; nothing was written."
        case is OutputError, is EngineError, is NoRota, is StoreError, is StoreRefusal, is MessageError,
            is NothingImported, is UnknownReference, is SystemRefusal, is LinkError, is LoanRefusal,
            is UnsettledLoan:
            message = "\(error)"
        default: message = Muster.message(for: error)
        }
    }

    private static func outcome(of error: any Error) -> Outcome {
        switch error {
        case is Faults, is MessageError, is NothingImported, is SystemRefusal: .badData
        case is UnknownReference: .badUsage
        case LoanRefusal.unlawful: .hard
        case LoanRefusal.nothingKnown, LoanRefusal.noValidData, LoanRefusal.unsendable,
            LoanRefusal.noDataSharing:
            .badData
        case is LoanRefusal: .badUsage
        case let error as LinkError: error.isRefusal ? .badData : .failedIO
        case is OutputError, is UnsettledLoan: .failedIO
        case is EngineError, is NoRota: .noRota
        case let error as StoreError: outcome(of: error)
        case let refusal as StoreRefusal: outcome(of: refusal)
        default: Muster.exitCode(for: error) == .validationFailure ? .badUsage : .failedIO
        }
    }

    private static func outcome(of error: StoreError) -> Outcome {
        switch error {
        case .notAStore, .newer, .damaged, .auditBroken: .badData
        case .missing, .readOnly, .diskFull, .busy, .sending, .failed: .failedIO
        }
    }

    private static func outcome(of refusal: StoreRefusal) -> Outcome {
        switch refusal {
        case .breaches, .hardGapsOpen, .notLawful, .rosteredWhileLent, .elsewhere: .hard
        case .otherScenario, .overlapsPublished, .repeatedGap, .otherPush: .badData
        default: .badUsage
        }
    }

    /// Prints what went wrong and ends the process. Help and versions, which arrive as errors too, end it well.
    static func end(with error: any Error) -> Never {
        if let code = error as? ExitCode { Foundation.exit(code.rawValue) }
        guard Muster.exitCode(for: error) != .success else {
            try? Console.result(Muster.fullMessage(for: error))
            Foundation.exit(Outcome.done.rawValue)
        }
        let failure = Self(error)
        if CommandLine.arguments.contains("--json") {
            try? Console.result(json: failure)
        } else {
            failure.faults.forEach { Console.note("\($0)") }
            // What the parser refuses comes with the usage of the subcommand.
            let isParsing =
                failure.outcome == .badUsage
                && !(error is ValidationError || error is StoreRefusal || error is UnknownReference
                    || error is LoanRefusal)
            Console.note(isParsing ? Muster.fullMessage(for: error) : "Error: \(failure.message)")
        }
        Foundation.exit(failure.outcome.rawValue)
    }
}

/// `{"error": …, "faults": […]}`; faults are those of the input files.
extension Failure: Encodable {
    enum Key: String, CodingKey { case error, faults }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        try container.encode(message, forKey: .error)
        try container.encode(faults.map(FaultRecord.init), forKey: .faults)
    }
}
