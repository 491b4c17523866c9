import Foundation

/// A roster that is solved in no time: one ward, three nurses, a few days.
struct InventedRoster {
    /// Nurses asked for on each day, of three that there are.
    var nurses = 1
    var hard = false
    var days = 2

    func write(to scratch: Scratch, as name: String = "ward") throws -> String {
        let folder = scratch.url.appending(path: name)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        for (name, text) in ["roster.yaml": roster, "people.csv": Self.people] {
            try text.write(to: folder.appending(path: name), atomically: true, encoding: .utf8)
        }
        return folder.path
    }

    static let people = """
        id,name,unit,grade,contract,hours_per_week
        n-1,Ada Invented,OAK,B5,AFC,12
        n-2,Ben Invented,OAK,B5,AFC,12
        n-3,Cyd Invented,OAK,B5,AFC,12

        """

    private var roster: String {
        """
        muster: 1
        name: "Oak ward (invented)"
        period: { from: 2026-11-09, days: \(days) }
        organisations:
          - { id: ORG, name: "Northgate (invented)" }
        sites:
          - { id: MAIN, name: "Main site (invented)", organisation: ORG }
        units:
          - { id: OAK, name: "Oak ward", site: MAIN }
        grades:
          - { id: B5, name: "Band 5", group: registered }
        roles:
          - { id: nurse, name: "Nurse", group: registered, grades: [B5] }
        contracts:
          - { id: AFC, name: "Agenda for Change", rules: [working-time] }
        shifts:
          - { id: D, name: "Day", start: 08:00, end: 20:00, breaks: [30, 30] }
          - { id: N, name: "Night", start: 20:00, end: 08:00, breaks: [30, 30], offered: false }
        cover:
          - id: nurses
            name: "Nurses by day"
            unit: OAK
            who: { roles: [nurse] }
            from: 08:00
            to: 20:00
            heads: { minimum: \(nurses), target: \(nurses) }
            hard: \(hard)

        """
    }

    /// Both days covered by one nurse each.
    static let rota = """
        person,date,shift,role
        n-1,2026-11-09,D,nurse
        n-2,2026-11-10,D,nurse

        """

    /// No rest between a night and the day after.
    static let rotaWithoutRest = """
        person,date,shift,role
        n-1,2026-11-09,D,nurse
        n-2,2026-11-09,N,nurse
        n-2,2026-11-10,D,nurse

        """
}
