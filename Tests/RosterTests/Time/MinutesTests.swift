import Roster
import Testing

@Suite struct MinutesTests {
    @Test(arguments: [
        (690, "11.5 h"), (2760, "46 h"), (0, "0 h"), (1, "0.02 h"), (20, "0.33 h"), (40, "0.67 h"),
        (-90, "-1.5 h"),
        (59, "0.98 h"), (65, "1.08 h"),
    ])
    func hoursHaveAtMostTwoDecimals(count: Int, text: String) {
        #expect(PaidMinutes(count).description == text)
    }

    @Test func minutesAdd() {
        #expect(PaidMinutes(hours: 2) + PaidMinutes(30) - PaidMinutes(60) == PaidMinutes(90))
        #expect(PaidMinutes(1) < PaidMinutes(2))
    }
}
