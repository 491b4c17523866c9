import Roster

extension HealthSystem {
    /// What is wrong with it, a sentence each; empty if nothing.
    public var faults: [String] {
        var faults: [String] = []
        func check(_ isRight: Bool, _ sentence: @autoclosure () -> String) {
            if !isRight { faults.append(sentence()) }
        }
        func unique(_ what: String, _ ids: [String]) {
            var seen: Set<String> = []
            for id in ids where !seen.insert(id).inserted { faults.append("\(what) \(id) is there twice") }
        }
        check(!members.isEmpty, "the system has no organisation")
        unique("organisation", members.map(\.id.text))
        unique("agreement", agreements.map(\.id.text))
        unique("escalation point", escalation.points.map(\.id.text))
        unique("action", escalation.points.flatMap { $0.actions.map(\.id.text) })
        for member in members {
            check(
                CheckedCode.isCode(member.id.text),
                "organisation \(member.id): the code is none; accepted: \(CheckedCode.accepted)")
        }
        for agreement in agreements {
            for party in agreement.parties.sorted() {
                check(
                    member(party) != nil,
                    "agreement \(agreement.id): \(party) is no organisation of the system")
            }
            check(agreement.parties.count >= 2, "agreement \(agreement.id): it takes two organisations")
        }
        for point in escalation.points {
            check(
                (1...4).contains(point.level),
                "escalation point \(point.id): level \(point.level) is not 1 to 4")
            if let weakness = point.weakness {
                faults.append(
                    "escalation point \(point.id) \(weakness); accepted: \(point.acceptedConditions)")
            }
            check(
                point.expiresAfter > .zero, "escalation point \(point.id): it must expire after some time")
        }
        return faults
    }
}
