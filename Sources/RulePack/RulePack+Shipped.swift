import Foundation
import PlainText

extension RulePack {
    /// The packs that come with Muster, by identifier. Their files are inside the binary.
    ///
    /// - Complexity: read once, at first use.
    public static let shipped: [String: RulePack] = {
        let faults = FaultList()
        let packs = files.compactMap { name, bytes in
            RulePackReader.read(SourceFile(Data(bytes), name: name, faults: faults), faults: faults)
        }
        // The files are part of the program, and a test reads them all.
        precondition(faults.isEmpty, "a shipped rule pack cannot be read: \(faults.sorted)")
        return Dictionary(uniqueKeysWithValues: packs.map { ($0.id, $0) })
    }()

    private static let files = [
        ("working-time.yaml", PackageResources.working_time_yaml),
        ("working-time-compensatory.yaml", PackageResources.working_time_compensatory_yaml),
        ("agenda-for-change.yaml", PackageResources.agenda_for_change_yaml),
        ("resident-doctors.yaml", PackageResources.resident_doctors_yaml),
        ("consultants.yaml", PackageResources.consultants_yaml),
        ("sas-doctors.yaml", PackageResources.sas_doctors_yaml),
        ("ward-policy.yaml", PackageResources.ward_policy_yaml),
    ]
}
