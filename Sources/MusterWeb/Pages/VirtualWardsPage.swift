import MusterFiles
import Roster
import SystemPool

/// Virtual wards: occupancy against the aim, and whether they are staffed.
struct VirtualWardsPage {
    let view: SystemView

    var page: Page {
        let all = view.picture.organisations.map { organisation -> (OrganisationPicture, VirtualWard) in
            let board = MetricBoard(organisation, limit: view.picture.system.limits.metrics, at: view.now)
            return (organisation, VirtualWard(board, today: view.now.day))
        }
        let wards = all.filter { $0.1.isKnown }
        let silent = all.filter { !$0.1.isKnown }.map(\.0.member.organisation.name).joined(separator: ", ")
        return Page(
            title: "Virtual wards", section: .virtualWards, revision: view.version,
            content: """
                <p class="lead">The aim is \(VirtualWard.target) % occupancy over the winter, with the staff to look after them.</p>
                \(Cards.list(wards.map(card), none: "No organisation has sent figures of a virtual ward."))
                \(when(!wards.isEmpty && !silent.isEmpty, "<p>No figures of a virtual ward from: \(silent).</p>"))
                """)
    }

    private func card(_ organisation: OrganisationPicture, _ ward: VirtualWard) -> HTML {
        """
        <li class="card"><h2>\(organisation.member.organisation.name)</h2>
        \(ward.occupancy.map { chart($0, isStale: ward.isStale) } ?? "")
        <p>\(ward.words)\(verdict(ward))</p>
        <p>Staff: \(Figures.staffed(ward.staffed))</p>
        <p class="age">\(Age.html(organisation, at: view.now))</p></li>
        """
    }

    private func verdict(_ ward: VirtualWard) -> HTML {
        guard !ward.isStale else { return "" }
        if ward.isOverfull { return " \(tag(.bad, "More than its beds"))" }
        guard let occupancy = ward.occupancy else { return "" }
        if occupancy >= VirtualWard.full { return " \(tag(.warn, "Nearly full"))" }
        return occupancy >= VirtualWard.target
            ? " \(tag(.good, "At the aim"))"
            : " \(tag(.warn, "\(counted(VirtualWard.target - occupancy, "point")) below the aim"))"
    }

    private func chart(_ occupancy: Int, isStale: Bool) -> HTML {
        let filled = min(occupancy, 100) * 3
        let aim = VirtualWard.target * 3
        return """
            <svg class="chart" viewBox="0 0 304 44" role="img" aria-label="\(occupancy) % occupied; the aim is \
            \(VirtualWard.target) %"><rect class="track" x="1" y="18" width="300" height="22"/>\
            <rect class="\(isStale ? "old" : occupancy > 100 ? "over" : "value")" x="1" y="18" width="\(filled)" height="22"/>\
            <line class="target" x1="\(aim)" y1="14" x2="\(aim)" y2="44"/>\
            <text x="\(aim - 60)" y="11">aim \(VirtualWard.target) %</text></svg>
            """
    }
}
