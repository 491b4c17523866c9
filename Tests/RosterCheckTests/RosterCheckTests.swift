import Testing
@testable import RosterCheck
