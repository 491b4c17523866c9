import Foundation
import PlainText
import Roster
import Testing

@testable import MusterFiles

@Suite("bookings.csv")
struct BookingsFileTests {
    @Test("A booking stands under a pseudonym or a name")
    func bookings() throws {
        let booking = try #require(try FolderFixture.good.read().scenario.bookings.first)
        #expect(booking.gap == "night@2026-11-03T20:00")
        #expect(booking.person == "X-17")
        #expect(booking.origin == "agency")
    }

    static let mistakes = [
        Mistake(
            "gap id that a spreadsheet would run", in: "bookings.csv",
            "night@",
            becomes: "=night@",
            gives: """
                bookings.csv:2: column 1 (gap): "=night@2026-11-03T20:00" is not the id of a gap; \
                accepted: an id as in gaps.csv, such as senior@2026-11-03T22:00
                """),
        Mistake(
            "origin nobody knows", in: "bookings.csv",
            "agency",
            becomes: "agencies",
            gives: """
                bookings.csv:2: column 8 (origin): "agencies" is not an origin of bookings; accepted: \
                agency, bank, mutual-aid
                """),
        Mistake(
            "skill not confirmed", in: "bookings.csv",
            adding: "frailty@2026-11-04T08:00,X-18,2026-11-04,LD,ED,frail,,bank",
            gives: """
                bookings.csv:3: column 6 (role): "frail" needs the skill frailty, which the booking does \
                not confirm; accepted: frailty in the column skills
                """),
        Mistake(
            "person who is not in date", in: "bookings.csv",
            adding: "frailty@2026-11-14T08:00,P2,2026-11-14,LD,ED,frail,,bank",
            gives: """
                bookings.csv:3: column 6 (role): "frail" needs the skill frailty, which P2 does not hold \
                in date at MAIN; accepted: a person with frailty in date from 2026-11-14 to 2026-11-14 \
                (skills.csv)
                """),
        Mistake(
            "closed unit", in: "bookings.csv",
            adding: "rn@2026-11-15T08:00,X-18,2026-11-15,LD,ED,rn,,bank",
            gives: """
                bookings.csv:3: column 3 (date): "2026-11-15" is a day on which the unit ED is closed; \
                accepted: a day on which it is open
                """),
        Mistake(
            "two at once", in: "bookings.csv",
            adding: "rn@2026-11-03T20:00,X-17,2026-11-03,N,ED,rn,,bank",
            gives: """
                bookings.csv:3: column 3 (date): "2026-11-03" begins before the duty of X-17 in \
                bookings.csv:2 ends, 2026-11-04 08:00; accepted: one duty at a time
                """),
        Mistake(
            "booked and pinned on one day", in: "bookings.csv",
            adding: "senior@2026-11-05T08:00,P1,2026-11-05,LD,ED,senior,,bank",
            gives: """
                duties.csv:3: column 2 (date): "2026-11-05" is a day on which P1 has another duty that stands, \
                in bookings.csv:3; accepted: one duty a person and day, its hours written together
                """),
        Mistake(
            "booked while pinned", in: "bookings.csv",
            adding: "rn@2026-11-03T08:00,P2,2026-11-03,LD,ED,rn,,bank",
            gives: """
                bookings.csv:3: column 3 (date): "2026-11-03" begins before the duty of P2 in duties.csv:2 \
                ends, 2026-11-03 20:00; accepted: one duty at a time
                """),
        Mistake(
            "date outside the period", in: "bookings.csv",
            "X-17,2026-11-03",
            becomes: "X-17,2027-11-03",
            gives: """
                bookings.csv:2: column 3 (date): "2027-11-03" lies outside the period; accepted: a date \
                from 2026-11-02 to 2026-11-15
                """),
    ]

    @Test("Each mistake gives its one message", arguments: mistakes)
    func mistake(_ mistake: Mistake) throws { try mistake.check() }
}
