import Roster

extension Picture {
    /// Without what people would work at home while they are lent, last night included.
    public func without(_ lent: [AwayDuty]) -> Picture {
        guard !lent.isEmpty else { return self }
        func isWorked(_ duty: Duty) -> Bool {
            !lent.contains { $0.cuts(into: duty) }
        }
        let duties = rota.duties.filter(isWorked)
        return replacing(
            scenario: scenario.replacing(
                bookings: scenario.bookings.filter { $0.day < window.first }
                    + scenario.bookings.filter { window.first <= $0.day }.fulfilled(by: duties),
                history: scenario.history.filter { duty in !lent.contains { $0.cuts(into: duty) } }),
            duties: duties, following: following.filter(isWorked))
    }

    /// With what people work elsewhere while they are lent, in the place of what they would work at home: they cover
    /// nothing here, are not free, and have their rest, also after what they worked before these days.
    public func lending(_ lent: [AwayDuty]) -> Picture {
        let atHome = without(lent)
        let needed = Self.daysNeeded(for: window)
        let away = lent.map(\.duty)
        let earlier = away.filter { $0.day < window.first && needed.contains($0.day) }
        return atHome.replacing(
            scenario: atHome.scenario.replacing(
                history: atHome.scenario.history + earlier.map(HistoryDuty.init(elsewhere:))),
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
            notIncluded: notIncluded, unitsGone: unitsGone, daysWithoutRota: daysWithoutRota,
            lastNightKnown: lastNightKnown, doubtful: doubtful)
    }
}

extension HistoryDuty {
    /// Without a place: it counts for nobody's cover here.
    fileprivate init(elsewhere duty: Duty) {
        self.init(
            person: duty.person, start: duty.start, end: duty.end, paid: duty.paid, working: duty.working)
    }
}
