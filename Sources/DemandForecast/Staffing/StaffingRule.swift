import Roster

/// How people who come become people who are needed, for one cover rule: declared by the user, printed with the answer.
public struct StaffingRule: Sendable, Hashable {
    /// Work that one arrival makes for the rule's people.
    public struct Work: Sendable, Hashable {
        public let series: SeriesID
        /// Minutes of their time that each arrival concerned takes.
        public let minutes: Double
        /// The share of arrivals concerned, such as those aged 65 or more who are frail; 0 … 1.
        public let share: Double

        public init(series: SeriesID, minutes: Double, share: Double = 1) {
            self.series = series
            self.minutes = minutes
            self.share = share
        }
    }

    /// Staff for patients who are there.
    public struct Care: Sendable, Hashable {
        public enum Need: Sendable, Hashable {
            /// One person for so many patients.
            case ratio(patients: Double)
            /// Hours of care a patient and day, from the user's own acuity table, and the share of them that is
            /// the rule's people's.
            case hoursPerDay(Double, share: Double)
        }

        public let series: SeriesID
        public let need: Need

        public init(series: SeriesID, need: Need) {
            self.series = series
            self.need = need
        }
    }

    /// No more than `beyond` of those who come wait longer than `minutes`.
    public struct Wait: Sendable, Hashable {
        public let minutes: Double
        /// A probability, above 0 and below 1.
        public let beyond: Double

        public init(minutes: Double, beyond: Double) {
            self.minutes = minutes
            self.beyond = beyond
        }
    }

    public enum Basis: Sendable, Hashable {
        case work([Work], wait: Wait?)
        case care([Care])
        /// Staff for the beds that are open, one person for so many, whoever is in them; `occupied` counts those
        /// in use, for the projection against 80 %.
        case beds(open: Double, perPerson: Double, occupied: SeriesID?)
    }

    public let rule: CoverRule.ID
    public let basis: Basis
    /// The share of an hour that goes to patients; above 0, at most 1.
    public let productiveShare: Double
    /// People needed however few come.
    public let least: Double
    /// Hours after opening within which the work is done that came while the rule asked for nobody; nil if that
    /// work is somebody else's.
    public let catchUp: Int?

    public init(
        rule: CoverRule.ID, basis: Basis, productiveShare: Double = 1, least: Double = 0, catchUp: Int? = nil
    ) {
        self.rule = rule
        self.basis = basis
        self.productiveShare = productiveShare
        self.least = least
        self.catchUp = catchUp
    }

    /// The counts that it reads.
    public var series: [SeriesID] {
        switch basis {
        case .work(let work, _): work.map(\.series)
        case .care(let care): care.map(\.series)
        case .beds(_, _, let occupied): occupied.map { [$0] } ?? []
        }
    }

    /// What is done, in one line.
    public var arithmetic: String {
        let catchUp =
            catchUp.map { "; what comes while it asks for nobody is done in its first \($0) hours" } ?? ""
        let floor = (least > 0 ? ", at least \(short(least))" : "") + catchUp
        let share = productiveShare < 1 ? " ÷ \(short(productiveShare)) productive" : ""
        switch basis {
        case .work(let work, let wait):
            let terms = work.map { work in
                "\(work.series)" + (work.share < 1 ? " × \(short(work.share))" : "")
                    + " × \(short(work.minutes)) min"
            }.joined(separator: " + ")
            guard let wait else { return "(\(terms)) ÷ 60\(share)\(floor)" }
            let sum = work.count > 1 && productiveShare < 1 ? "(\(terms))" : terms
            return "\(sum)\(share): so many that at most \(short(wait.beyond * 100)) % wait longer than "
                + "\(short(wait.minutes)) min (Erlang C with the load carried over from the hours before)\(floor)"
        case .care(let care):
            let terms = care.map { care in
                switch care.need {
                case .ratio(let patients): "\(care.series) ÷ \(short(patients)) patients each"
                case .hoursPerDay(let hours, let part):
                    "\(care.series) × \(short(hours)) h a day ÷ 24"
                        + (part < 1 ? " × \(short(part)) of it" : "")
                }
            }
            let sum = terms.joined(separator: " + ")
            return (terms.count > 1 && productiveShare < 1 ? "(\(sum))" : sum) + share + floor
        case .beds(let open, let perPerson, _):
            return "\(short(open)) open beds ÷ \(short(perPerson)) each\(share)\(floor)"
        }
    }
}

/// At most two decimals.
func short(_ number: Double) -> String {
    let hundredths = Int((number * 100).rounded())
    if hundredths % 100 == 0 { return String(hundredths / 100) }
    let text = String(Double(hundredths) / 100)
    return text
}
