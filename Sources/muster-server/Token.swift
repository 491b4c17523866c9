import ArgumentParser
import Foundation
import MusterFiles
import MusterWeb
import Roster

/// `muster-server token`: who may see what.
struct Token: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Make, list and revoke tokens.", subcommands: [Create.self, List.self, Revoke.self])

    struct Create: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Make a token. It is printed once and kept nowhere.",
            discussion: """
                Example:
                  muster-server token create --store system.sqlite --role organisation-manager \\
                    --organisation RX1 --label "Northgate staff bank desk"
                """)

        @OptionGroup var place: StorePlace

        @Option(help: ArgumentHelp("What the holder may do.", valueName: "ROLE"))
        var role: AccessRole

        @Option(
            help: ArgumentHelp("The desk or system that holds it; never a person's name.", valueName: "TEXT"))
        var label: String

        @Option(
            help: ArgumentHelp(
                "An organisation that it is for, by ODS code; may be repeated.", valueName: "ODS"))
        var organisation: [String] = []

        @Option(help: ArgumentHelp("Days until it expires, 1 to 366.", valueName: "N"))
        var days = 90

        @Option(help: ArgumentHelp("Who makes it, for the audit.", valueName: "NAME"))
        var by: String

        func validate() throws {
            guard (1...366).contains(days) else { throw ValidationError("--days is a number from 1 to 366.") }
            guard (1...60).contains(label.count) else {
                throw ValidationError("--label has 1 to 60 characters.")
            }
        }

        func run() throws {
            let now = Instant.now
            let token = try place.access().createToken(
                label: label, role: role, organisations: organisation,
                expires: now + ElapsedMinutes(days * 1440),
                by: by, at: now)
            FileHandle.standardError.write(Data("This token is shown once. Whoever has it is let in.\n".utf8))
            print(token)
        }
    }

    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "List every token, the newest first; never its secret.")

        @OptionGroup var place: StorePlace

        func run() throws {
            let now = Instant.now
            print("id\trole\torganisations\tlabel\texpires\tstate")
            for token in try place.access().tokens() {
                let state = token.revoked != nil ? "revoked" : token.isValid(at: now) ? "valid" : "expired"
                let scope = token.organisations.isEmpty ? "-" : token.organisations.joined(separator: ",")
                print(
                    "\(token.id)\t\(token.role.rawValue)\t\(scope)\t\(token.label)\t\(token.expires)\t\(state)"
                )
            }
        }
    }

    struct Revoke: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "End a token and its sessions at once.")

        @OptionGroup var place: StorePlace

        @Argument(help: ArgumentHelp("The token, as `list` names it.", valueName: "ID"))
        var token: String

        @Option(help: ArgumentHelp("Who does it, for the audit.", valueName: "NAME"))
        var by: String

        @Option(help: ArgumentHelp("Why, for the audit.", valueName: "TEXT"))
        var reason: String

        func run() throws { try place.access().revokeToken(token, by: by, reason: reason, at: .now) }
    }
}
