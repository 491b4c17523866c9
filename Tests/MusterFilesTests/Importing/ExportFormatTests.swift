import Foundation
import PlainText
import Roster
import Testing

@testable import MusterFiles

@Suite("How exports write days and times")
struct ExportFormatTests {
    private let faults = FaultList()

    private func scalar(_ text: String) throws -> Scalar {
        let source = SourceFile(Data("a\n\(text)\n".utf8), name: "x.csv", faults: faults)
        return try #require(Table(source, required: ["a"], faults: faults).rows.first?.optional("a"))
    }

    @Test(
        "Every order of a date reads its own example and no other's",
        arguments: ExportFormat.DateOrder.allCases)
    func orders(order: ExportFormat.DateOrder) throws {
        let day = Day(ordinal: 20_413)
        for other in ExportFormat.DateOrder.allCases {
            let read = ExportFormat(dates: order).day(try scalar(other.example))
            #expect(read == (other == order ? day : nil))
        }
        #expect(ExportFormat(dates: order).day(try scalar("\(order.example) 00:00:00")) == day)
        #expect(ExportFormat(dates: order).day(try scalar("\(order.example) 07:30")) == nil)
    }

    @Test(
        "Times of day",
        arguments: ["07:30": 450, "7:30": 450, "07:30:00": 450, "0730": 450, "00:00": 0, "23:59": 1439])
    func times(text: String, minute: Int) throws {
        #expect(ExportFormat().clock(try scalar(text))?.minute == minute)
    }

    @Test(
        "What is no time of day",
        arguments: ["24:00", "25:00", "07:60", "730", "07:30:15", "7.30", "noon", "-1:00"])
    func noTimes(text: String) throws {
        #expect(ExportFormat().clock(try scalar(text)) == nil)
        #expect(!faults.isEmpty)
    }

    @Test(
        "A mailbox to which no mail could be sent is refused where it stands",
        arguments: [
            "bank..desk@trust.example", ".desk@trust.example", "desk@my_trust.example", "desk@trust..example",
            "desk@-trust.example", "desk@localhost", "desk", "a@b@trust.example", "o'neill@trust.example",
            "\(String(repeating: "a", count: 65))@trust.example", "dësk@trust.example",
        ])
    func noMailbox(text: String) throws {
        #expect(try scalar(text).mailbox() == nil)
        #expect(!faults.isEmpty)
        #expect(try scalar("bank_desk+1@nhs.my-trust.example").mailbox() != nil)
    }

    @Test("A day and a time are on the clock in London")
    func instants() throws {
        let format = ExportFormat(dates: .slashes)
        #expect(format.instant(try scalar("21/06/2025 05:40")) == Instant("2025-06-21T05:40+01:00"))
        #expect(format.instant(try scalar("21/11/2025 05:40")) == Instant("2025-11-21T05:40+00:00"))
        #expect(format.instant(try scalar("21/11/2025")) == nil)
    }
}
