import Testing

@testable import RosterEngine
@testable import muster

import struct RosterEngine.Progress

@Suite("ProgressTable")
struct ProgressTableTests {
    private let found = Progress(
        seconds: 12.34, iteration: 3, hardMinutes: 690, minimumMinutes: 0, best: 1000, bound: 990,
        source: "dive")

    @Test("Columns are aligned")
    func aligned() {
        var table = ProgressTable(style: .plain)
        let first = Progress(
            seconds: 0.4, iteration: 0, hardMinutes: 0, minimumMinutes: 30, best: 123_456.7, bound: nil,
            source: "first rota")
        #expect(
            table.next(first) + "\n" + table.next(found) == """
                  seconds   hard h  minimum h        cost       bound    gap %  brought by
                      0.4      0.0        0.5    123456.7           -        -  first rota
                     12.3     11.5        0.0      1000.0       990.0     1.00  dive
                """)
    }

    @Test("A gap is rounded up, so that what is printed is true")
    func roundedUp() {
        var table = ProgressTable(style: .plain)
        let close = Progress(
            seconds: 1, iteration: 1, hardMinutes: 0, minimumMinutes: 0, best: 100_000, bound: 99_999,
            source: "bound")
        #expect(table.next(close).hasSuffix("     0.01  bound"))
    }

    @Test("The header comes back every 20 lines")
    func header() {
        var table = ProgressTable(style: .plain)
        let printed = (1...41).map { _ in table.next(found) }
        let headed = printed.indices.filter { printed[$0].contains("brought by") }
        #expect(headed == [0, 20, 40])
    }

    @Test("Only the header is set off, and only where a terminal shows it")
    func style() {
        var table = ProgressTable(style: Style(isOn: true))
        #expect(table.next(found).hasPrefix("\u{1B}[1m"))
        #expect(!table.next(found).contains("\u{1B}"))
    }
}
