import Roster
import Testing

@Suite struct ClockTimeTests {
    @Test(arguments: [("00:00", 0), ("07:30", 450), ("23:59", 1439), ("24:00", 1440)])
    func timesAreReadAndPrinted(text: String, minute: Int) {
        #expect(ClockTime(text)?.minute == minute)
        #expect(ClockTime(minute: minute).description == text)
    }

    @Test(arguments: [
        "24:01", "25:00", "12:60", "7:30", "07:3", "0730", "", "07:30:00", "-1:00", "+7:30", "07.30",
    ])
    func whatIsNoTimeIsNotRead(text: String) { #expect(ClockTime(text) == nil) }
}
