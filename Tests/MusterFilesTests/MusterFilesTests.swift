import Testing
@testable import MusterFiles
