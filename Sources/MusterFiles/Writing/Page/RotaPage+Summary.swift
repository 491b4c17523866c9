import Roster

/// The whole rota in a few sentences, and how the run ended.
extension RotaPage {
    var summary: HTML {
        Self.section("summary", "In short", Self.list(sentences.map { "\($0)" }))
    }

    private var sentences: [String] {
        let people = Set(output.rota.duties.map(\.person)).count
        let minutes = output.rota.duties.reduce(0) { $0 + $1.paid.count }
        let nights = output.rota.duties.count { scenario.shiftType($0.shift)?.isNight == true }
        return [
            "\(counted(people, "person", "people")) \(people == 1 ? "works" : "work") "
                + "\(counted(output.rota.duties.count, "duty", "duties")), \(hours(minutes)) of paid work, "
                + "of them \(counted(nights, "night")).",
            shortfall,
            wishSentence,
            outcome,
            verdict,
        ].compactMap(\.self)
    }

    private var shortfall: String {
        let soft = output.softGaps
        guard !soft.isEmpty else { return "Nothing else is short." }
        let below = soft.filter { $0.severity == .belowMinimum }
        let total = decimal(soft.reduce(0) { $0 + $1.missingHours })
        let minimum =
            below.isEmpty ? "none of them below a minimum" : "\(below.count) of them below a minimum"
        return "\(counted(soft.count, "further gap")), \(total) hours in all, \(minimum)."
    }

    private var wishSentence: String? {
        guard !output.wishes.isEmpty else { return nil }
        let granted = output.wishes.count(where: \.granted)
        return "\(granted) of \(counted(output.wishes.count, "wish", "wishes")) granted "
            + "(\(granted * 100 / output.wishes.count) %)."
    }

    /// How far from the best possible rota this one can still be.
    var outcome: String {
        switch output.run.status {
        case .optimal: "No better rota exists for these inputs: this is proven."
        case .within(let percent):
            "This rota is at most \(decimal((percent * 100).rounded(.up) / 100)) % away from the best possible one: "
                + "this is proven."
        case .feasible:
            "How far this rota is from the best possible one is not known: run longer to learn it."
        case .hardGaps(true): "No lawful rota leaves fewer hours of hard cover open: this is proven."
        case .hardGaps(false): "A longer run may leave fewer hours of hard cover open."
        case .none: "No lawful rota was found within the limits of the run."
        }
    }

    private var verdict: String {
        guard !output.report.breaches.isEmpty else {
            return "An independent check of every duty found no breach of a rule."
        }
        return
            "An independent check found \(counted(output.report.breaches.count, "breach", "breaches")): see Rules."
    }
}
