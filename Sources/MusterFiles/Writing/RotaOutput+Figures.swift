import Roster
import RosterCheck

extension RotaOutput {
    /// One line of the roster-quality report.
    struct Figure {
        let name: String
        let value: String
        let meaning: String
    }

    /// What the checker measured, each with its definition and, where there is one, the usual aim.
    var figures: [Figure] {
        let quality = report.quality
        let fill = quality.fill.map { fill in
            Figure(
                name: "Fill rate, \(fill.group.rawValue), \(fill.night ? "night" : "day")",
                value: "\(decimal(fill.percent)) %",
                meaning:
                    "\(decimal(fill.filledHours)) of \(decimal(fill.requiredHours)) hours asked for are filled, "
                    + "\(fill.night ? "20:00 to 08:00" : "08:00 to 20:00"). Usual aim: 90 % or more.")
        }
        let spreads = quality.spreads.map { spread in
            Figure(
                name: "Spread, \(scenario.contract(spread.contract)?.name ?? spread.contract.text)",
                value: "nights \(decimal(spread.nightsLowest)) to \(decimal(spread.nightsHighest)), "
                    + "weekends \(decimal(spread.weekendsLowest)) to \(decimal(spread.weekendsHighest))",
                meaning: "The least and the most that anybody works, for each whole-time equivalent. "
                    + "A weekend here has a duty that starts on its Saturday or Sunday.")
        }
        let wishes =
            quality.wishesAsked == 0
            ? []
            : [
                Figure(
                    name: "Wishes granted", value: "\(decimal(quality.wishesGrantedPercent)) %",
                    meaning: "\(quality.wishesGranted) of \(quality.wishesAsked). Usual aim: 80 %. From "
                        + "\(decimal(quality.wishesLowestPercent)) % to \(decimal(quality.wishesHighestPercent)) % "
                        + "for those who asked.")
            ]
        return fill + [
            Figure(
                name: "Unfilled", value: "\(decimal(quality.unfilledPercent)) %",
                meaning:
                    "\(decimal(quality.unfilledHours)) person-hours short of the targets, of all asked for."),
            Figure(
                name: "Skill gaps", value: "\(decimal(quality.skillGapHours)) h",
                meaning: "Hours short of a skill, or of a role that needs one. Aim: 0."),
            Figure(
                name: "Hours owed by staff", value: "\(decimal(quality.hoursOwedByStaff)) h",
                meaning: "Contracted hours that the rota does not use, what was carried over included."),
            Figure(
                name: "Hours owed to staff", value: "\(decimal(quality.hoursOwedToStaff)) h",
                meaning: "Hours beyond contracts, what was carried over included."),
            Figure(
                name: "Annual leave", value: "\(decimal(quality.annualLeavePercent)) %",
                meaning: "Of contracted hours. Usual aim: 11 to 17 %."),
            Figure(
                name: "Unavailability", value: "\(decimal(quality.unavailabilityPercent)) %",
                // Not by kind: on a ward the share of one kind can tell why somebody is away.
                meaning: "All leave, of contracted hours. Hold it against the headroom that was planned."),
            Figure(
                name: "Temporary staffing", value: "\(decimal(quality.temporaryStaffingPercent)) %",
                meaning: "Of paid hours: bookings, and people to whom no hours are owed."),
        ] + wishes + spreads + [
            Figure(
                name: "Longest run", value: "\(counted(quality.longestRun, "day"))",
                meaning:
                    "The most days in a row that anybody works. Runs of 6 days or more: \(quality.longRuns)."),
            Figure(
                name: "Quick returns", value: "\(quality.quickReturns)",
                meaning: "Rests of less than 12 hours between two duties."),
            Figure(
                name: "Redeployments", value: "\(quality.redeployments)",
                meaning: "Duties outside the home unit."),
            Figure(
                name: "Changes after publication", value: "\(quality.changesToPublished)",
                meaning: "Published duties that this rota does not hold."),
            Figure(
                name: "Rule breaches", value: "\(quality.breaches)",
                meaning: "Of rules that are never broken. Aim: 0. Warnings: \(quality.warnings)."),
        ]
    }

    var qualityTable: OutputTable {
        var table = OutputTable(header: ["Figure", "Value", "What it means"])
        for figure in figures {
            table.append([.text(figure.name), .text(figure.value), .text(figure.meaning)])
        }
        return table
    }
}
