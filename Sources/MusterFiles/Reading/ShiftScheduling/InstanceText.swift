import PlainText

/// The text of a shift-scheduling instance, cut into its sections: rows of cells that know where they stand.
///
/// `SECTION_…` begins a section, `#` a comment, commas part cells.
struct InstanceText {
    /// A section of the format: the word that begins it, and what its cells are called.
    enum Section: String, CaseIterable {
        case horizon = "SECTION_HORIZON"
        case shifts = "SECTION_SHIFTS"
        case staff = "SECTION_STAFF"
        case daysOff = "SECTION_DAYS_OFF"
        case onRequests = "SECTION_SHIFT_ON_REQUESTS"
        case offRequests = "SECTION_SHIFT_OFF_REQUESTS"
        case cover = "SECTION_COVER"

        /// The names of the cells that each row has; days off go on with more days.
        var cells: [String] {
            switch self {
            case .horizon: ["days"]
            case .shifts: ["shift", "minutes", "may not follow"]
            case .staff:
                [
                    "id", "most shifts", "most minutes", "least minutes", "most shifts in a row",
                    "least shifts in a row", "least days off in a row", "most weekends",
                ]
            case .daysOff: ["id", "day"]
            case .onRequests, .offRequests: ["id", "day", "shift", "weight"]
            case .cover: ["day", "shift", "required", "weight under", "weight over"]
            }
        }

        var isRequired: Bool {
            switch self {
            case .horizon, .shifts, .staff, .cover: true
            case .daysOff, .onRequests, .offRequests: false
            }
        }
    }

    private(set) var rows: [Section: [[Scalar]]] = [:]

    init(_ file: SourceFile, faults: FaultList) {
        var section: Section?
        for (index, line) in file.lines.enumerated() {
            let text = line.trimmingPrefix { $0.isWhitespace }
            if text.isEmpty || text.first == "#" { continue }
            let place = Place(file: file.name, line: index + 1)
            if text.hasPrefix("SECTION_") {
                let names = Dictionary(uniqueKeysWithValues: Section.allCases.map { ($0.rawValue, $0) })
                section = Scalar(line.trimmed, at: place, faults: faults).choice(names, of: "a section")
                if let section { rows[section, default: []] += [] }
            } else if let section {
                read(line, in: section, at: place, faults)
            } else if rows.isEmpty {
                faults.add(
                    Fault(
                        at: place, value: line, "stands before any section",
                        accepted: "SECTION_HORIZON first"))
            }
        }
        for section in Section.allCases where section.isRequired && rows[section]?.isEmpty ?? true {
            faults.add(
                Fault(at: Place(file: file.name), "has nothing in \(section.rawValue)", accepted: "a row"))
        }
    }

    private mutating func read(_ line: String, in section: Section, at place: Place, _ faults: FaultList) {
        let names = section.cells
        var cells = line.split(separator: ",", omittingEmptySubsequences: false).map { String($0).trimmed }
        if section == .shifts, cells.count == 2 { cells.append("") }
        if section == .daysOff { while cells.count > 2, cells.last == "" { cells.removeLast() } }
        guard cells.count == names.count || (section == .daysOff && cells.count > names.count) else {
            faults.add(
                Fault(
                    at: place, value: line, "has \(cells.count) cells",
                    accepted: "\(names.count): \(names.joined(separator: ", "))"))
            return
        }
        rows[section, default: []].append(
            cells.enumerated().map { index, text in
                let name = names[min(index, names.count - 1)]
                return Scalar(
                    text,
                    at: Place(file: place.file, line: place.line, column: .field(index + 1, name: name)),
                    faults: faults)
            })
    }
}
