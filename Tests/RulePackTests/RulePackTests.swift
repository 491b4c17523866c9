import Testing
@testable import RulePack
