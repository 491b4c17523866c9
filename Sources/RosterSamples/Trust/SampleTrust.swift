import Roster

/// Makes the exports of an invented trust of any size, for tests, benchmarks and as a demonstration of
/// `muster import`. Everybody and everything in it is invented.
///
/// The files look as such files do: the columns of the systems they come from, other columns that nobody needs,
/// dates with the day first, codes for everything, and a bank with ward codes of its own.
public enum SampleTrust {
    /// Friday 21 November 2025, the first day that the demonstration reports on.
    public static let defaultDay = Day(ordinal: 20_413)

    /// The same arguments give the same files, byte for byte.
    ///
    /// - Parameters:
    ///   - units: from 5 to 500; about 40 people each.
    ///   - day: the first day of the report, a Friday; duties reach from 18 days before to 16 after.
    /// - Returns: the contents of each file by its name.
    /// - Complexity: O(people × days).
    public static func generate(units: Int, seed: UInt64, day: Day = defaultDay) -> [String: String] {
        precondition((5...500).contains(units), "a sample trust has from 5 to 500 units")
        let content = TrustContent(
            units: TrustUnit.trust(of: units, scale: 2), seed: seed, day: day)
        return content.files(name: "Sample trust of \(units) units (invented)")
    }

    /// The demonstration: ten units and one that is closed, with the faults that real exports have.
    public static func demo(seed: UInt64 = 1, day: Day = defaultDay) -> [String: String] {
        var content = TrustContent(units: TrustUnit.demo, seed: seed, day: day)
        content.makeFaults()
        return content.files(name: "Northgate Hospitals (invented)")
    }
}

/// A unit of a sample trust.
struct TrustUnit {
    let code: String
    let name: String
    /// As the unit list writes it.
    let site: String
    let teams: [TrustTeam]
    var surplus = 0
    var status = "Approved"
    var isClosed = false
    /// Hours between the extract and the last time that its rota was brought over.
    var age = 1
    /// Share of what the template costs that the budget pays for, in per cent.
    var budget = 100

    static let demo: [TrustUnit] = [
        TrustUnit(code: "ED", name: "Emergency department", site: "NG-MAIN", teams: TrustTeam.emergency),
        TrustUnit(
            code: "AMU", name: "Acute medical unit", site: "NG-MAIN",
            teams: TrustTeam.ward(scale: 2, staffing: 92)),
        TrustUnit(
            code: "ASH", name: "Ash ward", site: "NG-MAIN", teams: TrustTeam.ward(scale: 1, staffing: 90)),
        TrustUnit(
            code: "BEECH", name: "Beech ward", site: "NG-MAIN",
            teams: TrustTeam.ward(scale: 1, staffing: 118),
            surplus: 60),
        TrustUnit(
            code: "CEDAR", name: "Cedar ward", site: "NG-MAIN", teams: TrustTeam.ward(scale: 1, staffing: 95),
            status: "Draft"),
        TrustUnit(
            code: "ELM", name: "Elm ward", site: "NG-EAST", teams: TrustTeam.ward(scale: 1, staffing: 100),
            age: 75),
        TrustUnit(
            code: "HAZEL", name: "Hazel ward", site: "NG-EAST", teams: TrustTeam.ward(scale: 1, staffing: 92),
            status: "Partially Approved", budget: 78),
        TrustUnit(
            code: "OAK", name: "Oak ward", site: "NG-EAST", teams: TrustTeam.ward(scale: 1, staffing: 112),
            surplus: 50),
        TrustUnit(code: "VW", name: "Virtual ward", site: "MS-HUB", teams: TrustTeam.virtualWard),
        TrustUnit(
            code: "WILLOW", name: "Willow ward (winter)", site: "NG-EAST", teams: [], isClosed: true),
        TrustUnit(code: "YEW", name: "Yew day unit", site: "NG-EAST", teams: []),
    ]

    /// An emergency department and a virtual ward to every fifty units, and wards.
    static func trust(of count: Int, scale: Int) -> [TrustUnit] {
        (0..<count).map { index in
            switch index % 50 {
            case 0:
                TrustUnit(
                    code: index == 0 ? "ED" : "ED\(index)", name: "Emergency department \(index / 50 + 1)",
                    site: index < 50 ? "NG-MAIN" : "NG-EAST", teams: TrustTeam.emergency)
            case 4:
                TrustUnit(
                    code: index == 4 ? "VW" : "VW\(index)", name: "Virtual ward \(index / 50 + 1)",
                    site: "MS-HUB", teams: TrustTeam.virtualWard)
            default:
                TrustUnit(
                    code: "W\(index)", name: "Ward \(index)",
                    site: index.isMultiple(of: 2) ? "NG-MAIN" : "NG-EAST",
                    teams: TrustTeam.ward(scale: scale, staffing: 90 + index % 5 * 7),
                    surplus: index % 5 == 4 ? 40 : 0)
            }
        }
    }
}
