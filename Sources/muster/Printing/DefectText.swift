import MusterFiles
import Roster
import RosterCheck

/// Says aloud that the engine made what the checker calls unlawful: one of the two is wrong.
struct DefectText {
    let report: CheckReport
    let run: Run

    var text: String {
        """
        DEFECT: the checker finds \(counted(report.breaches.count, "breach", "breaches")) in a rota that the engine \
        took for lawful. Do not use this rota.
        \(report.breaches.map { "  \($0.line)" }.joined(separator: "\n"))
        Please report it with the folder and: --seed \(run.seed) --iterations \(run.iterations), Muster \
        \(Muster.version).
        """
    }
}
