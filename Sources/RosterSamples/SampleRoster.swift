import Roster

/// Makes roster folders of any size, for benchmarks, tests and as something to start from.
///
/// A folder is a set of units of about 30 people, wards and emergency departments, that share nobody. Their demand
/// takes up 98 % of the hours that their people have after leave, and can be met. Everybody and everything in it
/// is invented.
public enum SampleRoster {
    /// The same arguments give the same files, byte for byte.
    ///
    /// - Parameters:
    ///   - people: from 8 to 5000.
    ///   - days: from 7 to 364.
    ///   - seed: decides leave, wishes and balances.
    ///   - first: the first day, a Monday.
    /// - Returns: the contents of each file by its name, such as `roster.yaml`.
    /// - Precondition: the arguments lie in these ranges.
    /// - Complexity: O(people × days).
    public static func generate(
        people: Int, days: Int, seed: UInt64, first: Day = defaultFirst
    ) -> [String: String] {
        precondition((8...5000).contains(people), "a sample roster has from 8 to 5000 people")
        precondition((7...364).contains(days), "a sample roster has from 7 to 364 days")
        precondition(first.weekday == .monday, "a sample roster starts on a Monday")
        return files(
            name:
                "Sample of \(people) people over \(days) days, seed \(seed) (invented people and organisation)",
            units: SampleUnit.sharing(people: people), period: Period(first: first, days: days), seed: seed)
    }

    /// Monday 2 November 2026.
    public static let defaultFirst = Day(ordinal: 20_759)

    static func files(name: String, units: [SampleUnit], period: Period, seed: UInt64) -> [String: String] {
        var random = SplitMix64(seed: seed)
        var staff: [SampleStaff] = []
        var named = 0
        for unit in units {
            for (team, count) in unit.kind.teams(people: unit.people) {
                staff.append(
                    SampleStaff(
                        team, of: unit, people: count, firstName: named, period: period, random: &random))
                named += count
            }
        }
        let text = SampleText(name: name, units: units, period: period)
        return [
            "roster.yaml": text.roster(staff),
            "people.csv": table("id,name,unit,grade,contract,hours_per_week,markers", staff) { staff in
                staff.people.map {
                    [
                        $0.id, $0.name, staff.unit.id, $0.grade, staff.team.contract, text.number($0.hours),
                        $0.isNewlyQualified ? "newly-qualified" : "",
                    ]
                }
            },
            "skills.csv": table("person,skill,from,expiry", staff) { staff in
                staff.people.flatMap { person in
                    (staff.team.skills[person.grade] ?? []).map { [person.id, $0, "2024-01-08", ""] }
                }
            },
            "leave.csv": table("person,from,to,kind", staff) { staff in
                staff.leave.map {
                    [$0.person, "\($0.days.lowerBound)", "\($0.days.upperBound)", $0.kind]
                }
            },
            "duties.csv": table("person,date,shift,role,state", staff) { staff in
                staff.studyDays.map { [$0.person, "\($0.day)", "ST", staff.team.role, "pinned"] }
            },
            "preferences.csv": table("person,date,wanted,strength,bid", staff) { staff in
                staff.wishes.map {
                    [$0.person, "\($0.day)", $0.wanted, "\($0.strength)", $0.isBid ? "yes" : ""]
                }
            },
            "history.csv": table("person,start,end,paid_hours,working_hours", staff) { staff in
                staff.history.map {
                    [
                        "\($0.person)", text.local($0.start), text.local($0.end), $0.paid.hoursText,
                        $0.working.hoursText,
                    ]
                }
            },
            "balances.csv": table("person,paid_hours,nights,weekends,refused_wishes", staff) { staff in
                staff.people.map { person in
                    [
                        person.id, text.number(Double(random.below(9) - 4) / 2), "\(random.below(3) - 1)",
                        "\(random.below(3) - 1)", "\(random.below(3))",
                    ]
                }
            },
            "demand.csv": text.demand(staff),
        ]
    }

    private static func table(
        _ header: String, _ staff: [SampleStaff], rows: (SampleStaff) -> [[String]]
    ) -> String {
        let lines = staff.flatMap(rows).map { $0.joined(separator: ",") }
        return ([header] + lines).joined(separator: "\n") + "\n"
    }
}
