import Testing
@testable import RosterEngine
