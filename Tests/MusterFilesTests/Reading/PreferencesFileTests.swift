import Foundation
import PlainText
import Roster
import Testing

@testable import MusterFiles

@Suite("preferences.csv")
struct PreferencesFileTests {
    @Test("A weekday stands for each such day without a wish by date")
    func weekdays() throws {
        let wishes = try FolderFixture.good.read().scenario.preferences
        #expect(
            wishes == [
                Preference(person: "P1", day: day("2026-11-07"), wanted: .off, strength: 3),
                Preference(person: "P1", day: day("2026-11-14"), wanted: .avoid("N"), strength: 2),
                Preference(
                    person: "P3", day: day("2026-11-08"), wanted: .shift("LD"), strength: 5, isBid: true),
            ])
    }

    static let mistakes = [
        Mistake(
            "no day", in: "preferences.csv",
            "P1,2026-11-07,,off",
            becomes: "P1,,,off",
            gives: """
                preferences.csv:2: column 1 (person): "P1" has a wish for no day; accepted: either a date \
                or a weekday
                """),
        Mistake(
            "date and weekday", in: "preferences.csv",
            "P1,2026-11-07,,off",
            becomes: "P1,2026-11-07,sat,off",
            gives: """
                preferences.csv:2: column 1 (person): "P1" has a date and a weekday; accepted: either a \
                date or a weekday
                """),
        Mistake(
            "date outside the period", in: "preferences.csv",
            "2026-11-08",
            becomes: "2026-11-16",
            gives: """
                preferences.csv:4: column 2 (date): "2026-11-16" lies outside the period; accepted: a date \
                from 2026-11-02 to 2026-11-15
                """),
        Mistake(
            "shift nobody defines", in: "preferences.csv",
            "not N",
            becomes: "not NN",
            gives: """
                preferences.csv:3: column 4 (wanted): "NN" is not a shift of this roster; accepted: LD, N, \
                OC, ST. Did you mean "N"?
                """),
        Mistake(
            "strength", in: "preferences.csv",
            "LD,5",
            becomes: "LD,6",
            gives: """
                preferences.csv:4: column 5 (strength): "6" is out of range; accepted: a whole number from \
                1 to 5
                """),
        Mistake(
            "the same wish twice", in: "preferences.csv",
            adding: "P1,2026-11-07,,off,5,",
            gives: """
                preferences.csv:5: column 4 (wanted): "off" repeats the wish of P1 in line 2; accepted: \
                one wish for a day
                """),
        Mistake(
            "off and at work", in: "preferences.csv",
            adding: "P1,2026-11-07,,any,5,",
            gives: """
                preferences.csv:5: column 4 (wanted): "any" contradicts the wish of P1 in line 2; \
                accepted: one wish for a day
                """),
    ]

    @Test("Each mistake gives its one message", arguments: mistakes)
    func mistake(_ mistake: Mistake) throws { try mistake.check() }
}
