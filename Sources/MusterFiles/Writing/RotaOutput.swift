import Foundation
import Roster
import RosterCheck
import RulePack

/// A finished rota with all that is known about it, ready to be written into a folder.
///
/// | file | holds |
/// | --- | --- |
/// | `rota.csv` | a duty a row: person, date, unit, shift, role, start, end, paid_minutes, source |
/// | `gaps.csv` | a gap a row, with its reasons |
/// | `run.json` | what the run and the checker say: ``RunRecord`` |
/// | `rota.html` | the page to print and pin to a wall; needs nothing else |
/// | `rota.xlsx` | the same tables as a workbook |
/// | `calendars/PERSON.ics` | one person's duties, for a phone |
///
/// The same values give the same bytes, except for the seconds in `run.json` and on the page.
public struct RotaOutput: Sendable {
    public let scenario: Scenario
    public let rules: RuleBook
    public let rota: Rota
    public let run: Run
    public let report: CheckReport
    public let explanations: [GapExplanation]
    public let wishes: [WishOutcome]
    /// SHA-256 of each input file, by its name.
    public let inputHashes: [String: String]
    /// Of Muster.
    public let version: String

    public init(
        scenario: Scenario, rules: RuleBook, rota: Rota, run: Run, report: CheckReport,
        explanations: [GapExplanation], wishes: [WishOutcome], inputHashes: [String: String], version: String
    ) {
        self.scenario = scenario
        self.rules = rules
        self.rota = rota
        self.run = run
        self.report = report
        self.explanations = explanations
        self.wishes = wishes
        self.inputHashes = inputHashes
        self.version = version
    }

    /// Writes every file, all together or not at all, and removes calendars of people who have left the rota.
    ///
    /// - Throws: ``OutputError`` if the folder cannot be written into, the disk is full or a file cannot be
    ///   replaced; what stood there before is then as it was.
    public func write(to directory: URL) throws(OutputError) {
        var folder = try OutputFolder(directory)
        try folder.add("rota.csv", dutyTable.csv)
        try folder.add("gaps.csv", gapTable.csv)
        try folder.add("run.json", runJSON)
        try folder.add("rota.html", RotaPage(self).html.source)
        try folder.add("rota.xlsx", write: writeWorkbook)
        for calendar in calendars { try folder.add(calendar.fileName, calendar.text) }
        try folder.commit(removing: Self.ownCalendars(in: directory))
    }

    /// Calendars that an earlier rota left in the folder, and no others.
    private static func ownCalendars(in directory: URL) -> [String] {
        let folder = directory.appendingPathComponent("calendars")
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        return names.filter { name in
            guard name.hasSuffix(".ics"),
                let text = try? String(contentsOf: folder.appendingPathComponent(name), encoding: .utf8)
            else { return false }
            return text.contains("PRODID:\(RotaCalendar.product)")
        }.map { "calendars/\($0)" }
    }
}
