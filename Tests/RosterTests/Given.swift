/// A value that the test itself wrote down.
func given<Value>(_ value: Value?, _ line: UInt = #line) -> Value {
    guard let value else { preconditionFailure("the test of line \(line) gives a value that is none") }
    return value
}
