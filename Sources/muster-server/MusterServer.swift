import ArgumentParser
import Foundation
import MusterStore
import MusterWeb
import PlainText
import SystemPool

/// The system view of an integrated care system, and who may see what of it.
@main
struct MusterServer: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "muster-server",
        abstract: "Shows a whole integrated care system where its people could help one another.",
        discussion: """
            The server listens on this machine only. People reach it through a web server in front of it that speaks \
            TLS. It stops on SIGTERM or Ctrl-C, and finishes first what is under way.

              muster-server setup Rosters/north-star-ics --store system.sqlite
              muster-server token create --store system.sqlite --role system-coordinator --label "Co-ordination desk" --by chief
              muster-server --store system.sqlite --port 8080

            Exit codes: 0 stopped as told; 64 bad usage; 65 bad data; 74 input or output failed.
            """,
        subcommands: [Serve.self, Setup.self, Token.self], defaultSubcommand: Serve.self)

    static func main() async {
        do {
            var command = try parseAsRoot()
            if var serving = command as? any AsyncParsableCommand {
                try await serving.run()
            } else {
                try command.run()
            }
        } catch {
            guard let code = code(for: error) else { exit(withError: error) }
            let said = (error as? Faults)?.faults.map { "\($0)" } ?? ["Error: \(error)"]
            FileHandle.standardError.write(Data("\(said.joined(separator: "\n"))\n".utf8))
            Foundation.exit(code)
        }
    }

    /// 65 bad data, 74 input or output failed; nil for what the parser says itself.
    private static func code(for error: any Error) -> Int32? {
        switch error {
        case let error as StoreError:
            switch error {
            case .notAStore, .newer, .damaged, .auditBroken: 65
            case .missing, .readOnly, .diskFull, .busy, .sending, .failed: 74
            }
        case is SystemRefusal, is Faults: 65
        case AccessError.unusable: 74
        case is AccessError: 64
        default: exitCode(for: error) == .failure ? 74 : nil
        }
    }
}
