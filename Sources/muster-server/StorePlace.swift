import ArgumentParser
import Foundation
import MusterStore
import MusterWeb
import Roster

/// Which system store, and so which tokens.
struct StorePlace: ParsableArguments {
    @Option(
        help: ArgumentHelp("The system's store; its tokens stand in a file beside it.", valueName: "FILE"),
        completion: .file())
    var store: String

    func records() throws -> SystemStore { try SystemStore(path: store, creating: false) }

    func access() throws -> AccessStore { try AccessStore(path: AccessStore.path(beside: store)) }
}

extension Instant: ExpressibleByArgument {
    public init?(argument: String) { self.init(argument) }

    /// The minute that is now.
    static var now: Instant { Instant(minutes: Int(Date().timeIntervalSince1970 / 60)) }
}

extension AccessRole: ExpressibleByArgument {}
