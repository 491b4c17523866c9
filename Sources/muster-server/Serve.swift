import ArgumentParser
import Foundation
import MusterWeb
import Roster
import SystemPool

/// `muster-server --store FILE`: serves until it is told to stop.
struct Serve: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Serve the pages and the API. This is the default.")

    @OptionGroup var place: StorePlace

    @Option(help: ArgumentHelp("The port on this machine; 0 takes a free one.", valueName: "P"))
    var port = 8080

    @Option(
        help: ArgumentHelp(
            "Begin at this time instead of now, for demonstrations and drills: 2026-01-14T07:30Z.",
            valueName: "DATETIME"))
    var from: Instant?

    func validate() throws {
        guard (0...65_535).contains(port) else {
            throw ValidationError("A port is a number from 0 to 65535.")
        }
        if let from, !CheckedTime.isTime(from) {
            throw ValidationError("--from is \(CheckedTime.accepted).")
        }
    }

    func run() async throws {
        let server = try SystemServer(
            records: try place.records(), access: try place.access(), now: clock,
            solve: { try SystemPool.suggest($0) })
        try OpenFiles.raiseLimit()
        try await server.run(port: port) { port in
            FileHandle.standardOutput.write(Data("Listening on http://localhost:\(port)\n".utf8))
        }
    }

    private var clock: @Sendable () -> Instant {
        guard let from else { return { .now } }
        let started = ContinuousClock.now
        return { from + ElapsedMinutes(Int((ContinuousClock.now - started).components.seconds) / 60) }
    }
}
