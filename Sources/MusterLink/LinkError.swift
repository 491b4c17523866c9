import Foundation

/// Why the system could not be asked, or did not do what it was asked.
public enum LinkError: Error, Hashable, Sendable, CustomStringConvertible {
    /// Nobody answered, or not to the end; what was to be sent is still kept.
    case unreachable(server: String, why: String)
    /// The system answered, and will not do it: what it said.
    case refused(status: Int, said: String)
    /// The server is in trouble: whether it did what it was asked is not known.
    case failed(status: Int, said: String)
    /// The system answered something that cannot be read.
    case unreadable(server: String, why: String)

    /// Doing it again later does not help.
    public var isRefusal: Bool {
        switch self {
        case .refused(let status, _): (400...499).contains(status) && ![401, 403, 408, 429].contains(status)
        case .unreachable, .failed, .unreadable: false
        }
    }

    /// What happened, without what to do about it.
    var incident: String {
        switch self {
        case .unreachable(let server, let why): "\(server) cannot be reached (\(why))"
        case .refused(let status, let said): "The system refuses (\(status)): \(said)"
        case .failed(let status, let said): "The server failed (\(status)): \(said)"
        case .unreadable(let server, let why):
            "\(server) answers something that is not of a Muster system (\(why))"
        }
    }

    public var description: String {
        switch self {
        case .unreachable:
            "\(incident). What was to be sent is kept and goes with the next `muster push`."
        case .refused, .failed: incident
        case .unreadable: "\(incident). Look at the address in push.yaml."
        }
    }
}
