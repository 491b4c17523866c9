import Roster

extension TrustContent {
    func files(name: String) -> [String: String] {
        [
            "mapping.yaml": TrustText.mapping(extracted: extracted, units: units.map(\.code)),
            "trust.yaml": TrustText.trust(name: name, units: units),
            "report.yaml": TrustText.report(units: units),
            "Units.csv": table(
                "Unit Code,Unit Description,Site,Closed From,Closed To,Roster Status,Last Refreshed,Headroom %,"
                    + "Budget Hrs/Wk,Unit Mailbox,Cost Centre", unitRows),
            "Staff in Post.csv": table(
                "Staff No,Owning Unit,Band,Terms,Contracted Hrs,Also Works,Job Roles,Flags,Extension", staff),
            "Competencies.csv": table("Staff No,Competency,Achieved,Expires", competencies),
            "Roster.csv": table(
                "Staff No,Duty Date,Unit,Shift,Start,End,Duty Role,Worked Hrs", roster),
            "Absence.csv": table("Staff No,First Day,Last Day,Absence Type", absence),
            "Bank Requests.csv": table(
                "Request Ref,Ward,Shift Date,Start Time,End Time,Assignment,Status,Worker Ref,Confirmed Skills,"
                    + "Filled By,Release Stage,Released,Released By,Reason", requests),
            "Templates.csv": table("Unit,Days,Period,Role,Required", templates),
        ]
    }

    private func table(_ header: String, _ rows: [[String]]) -> String {
        ([header] + rows.map { $0.joined(separator: ",") }).joined(separator: "\n") + "\n"
    }
}
