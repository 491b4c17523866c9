import Testing

@testable import PlainText

@Suite struct FaultListTests {
    @Test func nothingFoundThrowsNothing() throws {
        try FaultList().throwIfAny()
        #expect(Faults([]) == nil)
    }

    @Test func allFaultsAreThrownTogetherInTheOrderOfTheFiles() {
        let faults = FaultList()
        let later = Fault(at: Place(file: "people.csv", line: 10), "is wrong")
        let earlier = Fault(at: Place(file: "people.csv", line: 9, column: .field(2, name: "b")), "is wrong")
        let left = Fault(at: Place(file: "people.csv", line: 9, column: .field(1, name: "a")), "is wrong")
        let whole = Fault(at: Place(file: "leave.csv"), "is missing")
        faults.add(contentsOf: [later, earlier, left, whole])
        let thrown = #expect(throws: Faults.self) { try faults.throwIfAny() }
        #expect(thrown?.faults == [whole, left, earlier, later])
        #expect(thrown?.description.split(separator: "\n").count == 4)
    }

    @Test func theSameFaultIsReportedOnce() {
        let faults = FaultList()
        faults.add(Fault(at: Place(file: "a.csv"), "is missing"))
        faults.add(Fault(at: Place(file: "a.csv"), "is missing"))
        #expect(faults.count == 1)
        #expect(!faults.isEmpty)
    }

    @Test func whatSeveralReadingsFindIsCollected() {
        let faults = FaultList()
        let fault = Fault(at: Place(file: "a.csv"), "is missing")
        #expect(faults.collecting { () throws(Faults) in throw Faults(fault) } as Int? == nil)
        #expect(faults.collecting { () throws(Faults) in 1 } == 1)
        #expect(faults.sorted == [fault])
    }
}
