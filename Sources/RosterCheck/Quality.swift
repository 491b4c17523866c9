import Roster

public struct Quality: Hashable, Sendable, Codable {}
