import Foundation
import Testing

@testable import muster_bench

@Suite("Results that are kept")
struct ResultsTests {
    @Test("Records come back as they were, in their order, and the page stands beside them")
    func kept() throws {
        try withFolder { folder in
            let records: [BenchmarkRecord] = [
                .invented(.folder(path: "Rosters/ward"), suite: .rosters),
                .invented(.sample(people: 20, days: 28), .invented(withinFive: nil, bound: nil)),
            ]
            var results = try Results(in: folder)
            #expect(results.records.isEmpty)
            for record in records { try results.add(record) }
            #expect(try Results(in: folder).records == records)
            let page = try String(contentsOf: folder.appending(path: "results.md"), encoding: .utf8)
            #expect(page == ResultsPage(records: records).text)
        }
    }

    @Test("A line that is no record is named, and nothing is written over it")
    func unreadable() throws {
        try withFolder { folder in
            var results = try Results(in: folder)
            try results.add(.invented(.folder(path: "Rosters/ward")))
            let file = folder.appending(path: "results.jsonl")
            let text = try String(contentsOf: file, encoding: .utf8) + "{}\n"
            try Data(text.utf8).write(to: file)
            #expect(throws: BenchmarkError.unreadable(file: "results.jsonl", line: 2)) {
                _ = try Results(in: folder)
            }
            #expect(try String(contentsOf: file, encoding: .utf8) == text)
        }
    }
}
