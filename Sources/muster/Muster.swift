import ArgumentParser
import Foundation

/// The command line. Each subcommand is a file; what it prints stands in `Printing`, how in `Terminal`.
@main
struct Muster: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "muster",
        abstract: "Makes staff rotas that can be trusted, and says why.",
        discussion: """
            A roster folder holds the people, their skills and wishes, and what cover is needed, as plain CSV and \
            YAML files. Muster finds the best lawful rota, has it read by an independent checker, and explains \
            each gap.

              muster new my-ward --template ward
              muster solve my-ward --seconds 60
              muster check my-ward --rota my-ward/out/rota.csv

            Results go to standard output, messages and progress to standard error. Exit codes: 0 done, nothing \
            short; 2 done, soft gaps remain; 3 a hard gap is open or a hard rule broken; 4 no rota within the \
            limit; 64 bad usage; 65 bad data; 74 input or output failed.
            """,
        version: version,
        subcommands: [
            Solve.self, Check.self, Explain.self, Forecast.self, ReviewPeriod.self, New.self,
            Publish.self, Book.self, History.self, Import.self, Report.self, Outbox.self,
            Pool.self, Escalation.self, Risks.self, Call.self, Push.self, Aid.self, Benchmark.self,
        ])

    static let version = "0.1.0"

    static func main() {
        do {
            var command = try parseAsRoot()
            try command.run()
        } catch {
            Failure.end(with: error)
        }
    }
}
