import Roster

extension Picture {
    /// Without what people would work at home while they are lent.
    public func without(_ lent: [AwayDuty]) -> Picture {
        guard !lent.isEmpty else { return self }
        func isWorked(_ duty: Duty) -> Bool {
            !lent.contains { $0.cuts(into: duty) }
        }
        let duties = rota.duties.filter(isWorked)
        return replacing(
            scenario: scenario.replacing(bookings: scenario.bookings.fulfilled(by: duties)), duties: duties,
            following: following.filter(isWorked))
    }

    /// With what people work elsewhere while they are lent, in the place of what they would work at home: they cover
    /// nothing here, are not free, and have their rest.
    public func lending(_ lent: [AwayDuty]) -> Picture {
        let atHome = without(lent)
        let away = lent.map(\.duty)
        return atHome.replacing(
            duties: atHome.rota.duties + away.filter { window.contains($0.day) },
            following: atHome.following + away.filter { window.last < $0.day })
    }

    /// With more to know about the data.
    public func noting(_ more: [Finding]) -> Picture {
        more.isEmpty
            ? self
            : replacing(duties: rota.duties, following: following, findings: (findings + more).sorted())
    }

    private func replacing(
        scenario: Scenario? = nil, duties: [Duty], following: [Duty], findings: [Finding]? = nil
    ) -> Picture {
        Picture(
            organisation: organisation, window: window, scenario: scenario ?? self.scenario,
            rota: Rota(period: rota.period, duties: duties), following: following, rules: rules,
            unitFacts: unitFacts, requests: requests, findings: findings ?? self.findings, counts: counts,
            policy: policy,
            notIncluded: notIncluded, unitsGone: unitsGone, daysWithoutRota: daysWithoutRota)
    }
}
