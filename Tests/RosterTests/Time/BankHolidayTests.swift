import Testing

@testable import Roster

@Suite struct BankHolidayTests {
    /// As published on gov.uk for England and Wales.
    @Test(arguments: [
        (
            2021,
            [
                "2021-01-01", "2021-04-02", "2021-04-05", "2021-05-03", "2021-05-31", "2021-08-30",
                "2021-12-27", "2021-12-28",
            ]
        ),
        (
            2022,
            [
                "2022-01-03", "2022-04-15", "2022-04-18", "2022-05-02", "2022-06-02", "2022-06-03",
                "2022-08-29", "2022-09-19", "2022-12-26", "2022-12-27",
            ]
        ),
        (
            2020,
            [
                "2020-01-01", "2020-04-10", "2020-04-13", "2020-05-08", "2020-05-25", "2020-08-31",
                "2020-12-25", "2020-12-28",
            ]
        ),
        (
            2023,
            [
                "2023-01-02", "2023-04-07", "2023-04-10", "2023-05-01", "2023-05-08", "2023-05-29",
                "2023-08-28", "2023-12-25", "2023-12-26",
            ]
        ),
        (
            2026,
            [
                "2026-01-01", "2026-04-03", "2026-04-06", "2026-05-04", "2026-05-25", "2026-08-31",
                "2026-12-25", "2026-12-28",
            ]
        ),
        (
            2027,
            [
                "2027-01-01", "2027-03-26", "2027-03-29", "2027-05-03", "2027-05-31", "2027-08-30",
                "2027-12-27", "2027-12-28",
            ]
        ),
    ])
    func yearMatchesThePublishedList(year: Int, published: [String]) throws {
        let first = try #require(Day(year: year, month: 1, day: 1))
        let last = try #require(Day(year: year, month: 12, day: 31))
        #expect((first...last).filter(\.isBankHoliday).map(\.description) == published)
    }

    @Test("Every row of bank-holidays.csv is a weekday, each once and in order")
    func table() throws {
        let text = String(decoding: PackageResources.bank_holidays_csv, as: UTF8.self)
        let rows = text.split(separator: "\n").dropFirst().map { $0.split(separator: ",", maxSplits: 1) }
        let days = try rows.map { try #require(Day($0[0])) }
        #expect(rows.allSatisfy { $0.count == 2 })
        #expect(days.allSatisfy { $0.weekday < .saturday })
        #expect(zip(days, days.dropFirst()).allSatisfy { $0 < $1 })
        #expect(Day.publishedBankHolidays == Set(days))
        #expect(Day.publishedBankHolidayYears == 2012...2027)
    }

    @Test("What was published is what the Act makes, but for the days that a proclamation moved or added")
    func statute() throws {
        let proclaimed: Set = [
            "2012-05-28", "2012-06-04", "2012-06-05", "2020-05-04", "2020-05-08", "2022-05-30", "2022-06-02",
            "2022-06-03", "2022-09-19", "2023-05-08",
        ]
        let first = try #require(Day("2012-01-01"))
        let last = try #require(Day("2027-12-31"))
        let differing = (first...last).filter {
            $0.weekday < .saturday && $0.isBankHoliday != $0.isBankHolidayByStatute
        }
        #expect(Set(differing.map(\.description)) == proclaimed)
    }

    @Test("Beyond the published years the Act goes on")
    func later() throws {
        let first = try #require(Day("2029-01-01"))
        let last = try #require(Day("2029-12-31"))
        #expect(
            (first...last).filter(\.isBankHoliday).map(\.description) == [
                "2029-01-01", "2029-03-30", "2029-04-02", "2029-05-07", "2029-05-28", "2029-08-27",
                "2029-12-25", "2029-12-26",
            ])
    }
}
