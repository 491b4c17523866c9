import Foundation
import PlainText
import Roster

@testable import MusterFiles

/// A small good roster folder as text, to be changed and written to a folder of its own.
struct FolderFixture {
    /// By file name; a file that is taken out is not written.
    var files: [String: Data] = [:]

    /// The text of a file.
    subscript(name: String) -> String {
        get { files[name].map { String(decoding: $0, as: UTF8.self) } ?? "" }
        set { files[name] = Data(newValue.utf8) }
    }

    /// Replaces the one place at which a text stands.
    mutating func replace(_ text: String, with other: String, in name: String) {
        let parts = self[name].components(separatedBy: text)
        precondition(parts.count == 2, "\(text) stands \(parts.count - 1) times in \(name)")
        self[name] = parts.joined(separator: other)
    }

    /// Runs a closure with the folder on disk, and removes it.
    func withFolder<Result>(_ use: (URL) throws -> Result) throws -> Result {
        let url = FileManager.default.temporaryDirectory.appending(path: "muster-\(UUID().uuidString)/folder")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: url.deletingLastPathComponent()) }
        for (name, bytes) in files { try bytes.write(to: url.appending(path: name)) }
        return try use(url)
    }

    func read() throws -> RosterFolder {
        try withFolder { try RosterFolder.read($0) }
    }

    /// What is wrong with the folder, a line each.
    func faults() throws -> [String] {
        do {
            _ = try read()
            return []
        } catch let faults as Faults {
            return faults.faults.map(\.description)
        }
    }
}

extension FolderFixture {
    /// Two weeks of an emergency department from Monday 2 November 2026, with every file and every key.
    static let good: FolderFixture = {
        var fixture = FolderFixture()
        fixture["roster.yaml"] = """
            muster: 1
            name: "Test department (invented)"
            period: { from: 2026-11-02, days: 14 }
            plan-quantile: 0.8
            organisations:
              - { id: NORTH, name: "North (invented)" }
            sites:
              - { id: MAIN, name: "Main site", organisation: NORTH }
            units:
              - { id: ED, name: "Emergency department", site: MAIN, closed: [{ from: 2026-11-15, to: 2026-11-15 }] }
              - { id: SDEC, site: MAIN }
            grades:
              - { id: CON, name: "Consultant", group: medical }
              - { id: B5, name: "Band 5 nurse", group: registered }
              - { id: B6, name: "Band 6 nurse", group: registered }
            skills:
              - { id: frailty, name: "Frailty practitioner" }
            markers: [agency, newly-qualified]
            roles:
              - { id: senior, group: medical, grades: [CON] }
              - { id: frail, group: registered, grades: [B6], skills: [frailty] }
              - { id: rn, group: registered, grades: [B5], substitutes: [B6] }
              - { id: charge, group: registered, grades: [B6], substitutes: [B5], barred: [newly-qualified] }
            contracts:
              - { id: AFC, name: "Agenda for Change", rules: [working-time], tolerance: 7.5, overtime-limit: 12 }
              - { id: BANK, rules: [working-time], hours-owed: false }
            shifts:
              - { id: LD, name: "Long day", start: 07:30, end: 20:00, breaks: [30, 30] }
              - { id: N, name: "Night", start: 19:30, end: 08:00, breaks: [30, 30], units: [ED], roles: [rn, senior] }
              - { id: ST, start: 09:00, end: 17:00, kind: study, breaks: [30], paid: 7.5, working: 7.5, offered: false }
              - { id: OC, start: 08:00, end: 32:00, kind: on-call, paid: 6, working: 4, weekdays: [sat, sun] }
            cover:
              - id: senior
                purpose: senior-decision-maker
                unit: ED
                who: { roles: [senior] }
                arrivals: { floor: 1, minutes: { resus: 20, minors: 1.5 }, productive-share: 0.7 }
              - id: frailty
                name: "Frailty in-reach"
                purpose: frailty-in-reach
                unit: ED
                who: { roles: [frail], skills: [frailty] }
                from: 08:00
                to: 20:00
                heads: { minimum: 1, target: 1 }
                weekly-hours: 70
              - id: rn
                unit: ED
                who: { roles: [rn, charge] }
                demand: true
                risk: 2
              - id: night
                unit: ED
                who: { roles: [rn] }
                weekdays: [mon, tue]
                from: 20:00
                to: 07:30
                heads: { minimum: 1, target: 2, maximum: 4 }
                hard: true
              - id: agency-cap
                unit: ED
                who: { markers: [agency] }
                at-most: { percent: 50, of: { roles: [rn] } }
            weights: { wish: 25 }

            """
        fixture["people.csv"] = """
            id,name,unit,other_units,grade,contract,hours_per_week,opt_out,roles,markers,working_days,starts,leaves
            P1,"Abara, Ife",ED,SDEC,CON,AFC,40,yes,,,,,
            P2,Bo Lind,ED,,B6,AFC,37.5,no,rn;frail,,mon;tue;wed;thu;fri,,
            P3,Cal Moss,ED,,B5,AFC,30,,,newly-qualified,,2026-11-04,2026-11-13

            """
        fixture["skills.csv"] = """
            person,skill,from,expiry,sites
            P2,frailty,2025-01-01,2026-11-12,MAIN

            """
        fixture["leave.csv"] = """
            person,from,to,kind,paid_hours
            P1,2026-10-30,2026-11-03,annual,
            P2,2026-11-09,2026-11-10,study,15

            """
        fixture["duties.csv"] = """
            person,date,shift,role,unit,start,end,state
            P2,2026-11-03,LD,frail,ED,,,pinned
            P1,2026-11-05,N,senior,,20:00,,pinned
            P3,2026-11-06,LD,rn,,,,published

            """
        fixture["bookings.csv"] = """
            gap,person,date,shift,unit,role,skills,origin
            night@2026-11-03T20:00,X-17,2026-11-03,N,ED,rn,,agency

            """
        fixture["balances.csv"] = """
            person,paid_hours,nights,weekends,refused_wishes,programmed_activities
            P1,-3.5,2,-1,0,120.5

            """
        fixture["preferences.csv"] = """
            person,date,weekday,wanted,strength,bid
            P1,2026-11-07,,off,3,
            P1,,sat,not N,2,
            P3,2026-11-08,,LD,5,yes

            """
        fixture["history.csv"] = """
            person,start,end,paid_hours,working_hours,kind,unit,role
            P1,2026-10-24T19:30,2026-10-25T08:00,12.5,,,,
            P2,2026-11-01T19:30,2026-11-02T08:00,,11.5,work,ED,rn

            """
        fixture["demand.csv"] = """
            day,from,to,unit,rule,stream,value,q10,q50,q90
            daily,00:00,24:00,ED,,resus,24,,,
            weekday,00:00,24:00,ED,,minors,96,,,
            weekend,00:00,24:00,ED,,minors,120,,,
            daily,00:00,24:00,,rn,,4,,,
            fri,18:00,24:00,,rn,,5,4,5,7
            2026-11-06,20:00,22:00,,rn,,6,,,

            """
        return fixture
    }()
}

extension FolderFixture {
    /// The least that is a roster folder: one unit, one role, one shift, one cover rule, two people.
    static func small(from first: String = "2026-11-02", days: Int = 7) -> FolderFixture {
        var fixture = FolderFixture()
        fixture["roster.yaml"] = """
            muster: 1
            name: "Small ward (invented)"
            period: { from: \(first), days: \(days) }
            organisations: [{ id: NORTH }]
            sites: [{ id: MAIN, organisation: NORTH }]
            units: [{ id: WARD, site: MAIN }]
            grades: [{ id: B5, group: registered }]
            roles: [{ id: rn, group: registered, grades: [B5] }]
            contracts: [{ id: AFC, rules: [working-time] }]
            shifts: [{ id: E, start: 07:30, end: 15:30, breaks: [30] }]
            cover: [{ id: rn, unit: WARD, who: { roles: [rn] }, heads: { minimum: 1 } }]

            """
        fixture["people.csv"] = """
            id,name,unit,grade,contract,hours_per_week
            P1,Ann Reed,WARD,B5,AFC,37.5
            P2,Ben Shaw,WARD,B5,AFC,37.5

            """
        return fixture
    }
}

/// A date that the test knows to exist.
func day(_ text: String) -> Day {
    guard let day = Day(text) else { preconditionFailure("\(text) is not a date") }
    return day
}
