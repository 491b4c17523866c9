import Roster

/// What a team of a sample trust covers, and with whom: the ways of a real export, in small.
struct TrustTeam {
    /// A shift of which so many are needed each day.
    struct Need {
        /// As the export writes it.
        let code: String
        let start: Int
        let end: Int
        let paid: Int
        let heads: Int
        /// As the template writes the part of the day; nil where no template asks for it.
        let period: String?
        var weekdaysOnly = false

        /// In minutes after midnight of the day; the end lies after it.
        var length: Int { end > start ? end - start : end + 1440 - start }
        var isNight: Bool { end <= start }
    }

    /// As the exports write it.
    let role: String
    let bands: [String]
    let terms: String
    /// Dealt out to the members in turn.
    let hours: [Double]
    let skills: [String]
    let needs: [Need]
    /// People to an hour that the team needs, in per cent: how well it is staffed.
    let staffing: Int

    /// As many as cover the needs, with a quarter of the time for leave, sickness and weekends off.
    var people: Int {
        let weekly = needs.reduce(0.0) { $0 + Double($1.heads * $1.paid * ($1.weekdaysOnly ? 5 : 7)) / 60 }
        let mean = hours.reduce(0, +) / Double(hours.count)
        return max(2, Int((weekly / (mean * 0.72) * Double(staffing) / 100).rounded()))
    }

    private static func day(_ heads: Int) -> Need {
        Need(code: "LD*", start: 450, end: 1200, paid: 690, heads: heads, period: "Day")
    }
    private static func night(_ heads: Int) -> Need {
        Need(code: "NT", start: 1170, end: 480, paid: 690, heads: heads, period: "Night")
    }

    /// Nurses in charge, nurses and support workers of a ward.
    ///
    /// - Parameters:
    ///   - scale: 1 for a small ward, 2 for a large one.
    ///   - staffing: in per cent of what is needed.
    static func ward(scale: Int, staffing: Int) -> [TrustTeam] {
        [
            TrustTeam(
                role: "NIC", bands: ["Band 6"], terms: "AfC Full", hours: [37.5, 37.5, 30],
                skills: ["In Charge"],
                needs: [day(1), night(1)], staffing: 100),
            TrustTeam(
                role: "RN", bands: ["Band 5"], terms: "AfC Full", hours: [37.5, 37.5, 30, 22.5], skills: [],
                needs: [day(1 + scale), night(scale)], staffing: staffing),
            TrustTeam(
                role: "HCA", bands: ["Band 2", "Band 3"], terms: "AfC Full", hours: [37.5, 30, 37.5, 20],
                skills: [], needs: [day(1 + scale), night(scale)], staffing: staffing),
        ]
    }

    static let emergency: [TrustTeam] = [
        TrustTeam(
            role: "NIC", bands: ["Band 7"], terms: "AfC Full", hours: [37.5], skills: ["In Charge"],
            needs: [day(1), night(1)], staffing: 100),
        TrustTeam(
            role: "RN", bands: ["Band 5", "Band 6"], terms: "AfC Full", hours: [37.5, 37.5, 30, 24],
            skills: [],
            needs: [day(4), night(3)], staffing: 96),
        TrustTeam(
            role: "HCA", bands: ["Band 3"], terms: "AfC Full", hours: [37.5, 30], skills: [],
            needs: [day(1), night(1)], staffing: 100),
        TrustTeam(
            role: "ED CON", bands: ["Consultant"], terms: "Consultant 2003", hours: [32], skills: ["SDM"],
            needs: [
                Need(code: "D", start: 480, end: 1080, paid: 600, heads: 1, period: "Cons Early"),
                Need(code: "L", start: 840, end: 1440, paid: 600, heads: 1, period: "Cons Late"),
            ], staffing: 130),
        TrustTeam(
            role: "ED REG", bands: ["ST4+", "SAS"], terms: "Resident 2016", hours: [40, 40, 32],
            skills: ["SDM"],
            needs: [
                Need(code: "ED-D", start: 480, end: 1080, paid: 600, heads: 1, period: nil),
                Need(code: "ED-N", start: 1320, end: 510, paid: 630, heads: 1, period: nil),
            ], staffing: 125),
        TrustTeam(
            role: "ED SHO", bands: ["FY2", "ST1-3"], terms: "Resident 2016", hours: [40], skills: [],
            needs: [
                Need(code: "ED-D", start: 480, end: 1080, paid: 600, heads: 2, period: "Doc Day"),
                Need(code: "ED-L", start: 960, end: 120, paid: 600, heads: 1, period: "Doc Late"),
                Need(code: "ED-N", start: 1320, end: 510, paid: 630, heads: 1, period: "Doc Night"),
            ], staffing: 115),
        TrustTeam(
            role: "FRAIL", bands: ["ACP", "Band 7"], terms: "AfC Full", hours: [37.5],
            skills: ["Frailty CGA"],
            needs: [Need(code: "FR", start: 480, end: 1200, paid: 660, heads: 1, period: nil)], staffing: 135),
    ]

    static let virtualWard: [TrustTeam] = [
        TrustTeam(
            role: "VW LEAD", bands: ["Consultant"], terms: "Consultant 2003", hours: [24],
            skills: ["VW Lead"],
            needs: [Need(code: "VC", start: 540, end: 1020, paid: 480, heads: 1, period: nil)], staffing: 130),
        TrustTeam(
            role: "VW RN", bands: ["Band 6"], terms: "AfC Full", hours: [37.5, 30], skills: [],
            needs: [Need(code: "VL", start: 480, end: 1200, paid: 660, heads: 2, period: "VW Day")],
            staffing: 100),
        TrustTeam(
            role: "HCA", bands: ["Band 3"], terms: "AfC Full", hours: [30], skills: [],
            needs: [Need(code: "VE", start: 480, end: 960, paid: 450, heads: 1, period: "VW Early")],
            staffing: 100),
    ]
}
