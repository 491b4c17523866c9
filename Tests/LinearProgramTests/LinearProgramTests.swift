import Testing
@testable import LinearProgram
