import Roster

/// What no part of a push can say of itself: that ids are unique and that what is named is there.
struct PushConsistency {
    let push: OrganisationPush
    let list: PushFaultList

    func check() {
        unique("sites", push.sites.map(\.id.text))
        unique("units", push.units.map(\.id.text))
        unique("vacancies", push.vacancies.map(\.id.text))
        unique("cover", push.cover.map(\.id.text))
        unique("offers", push.offers.map(\.id.text))
        unique("metrics", push.metrics.map { "\($0.name.rawValue) \($0.day?.description ?? "now")" })
        let sites = Set(push.sites.map(\.id))
        let homes = Dictionary(push.units.map { ($0.id, $0.site) }) { first, _ in first }
        for (index, unit) in push.units.enumerated() where !sites.contains(unit.site) {
            list.add("/units/\(index)/site", unit.site.text, "is not among the sites of this push")
        }
        for (index, unit) in push.units.enumerated() {
            for (place, day) in (unit.unknown ?? []).enumerated() where !days.contains(day) {
                list.add(
                    "/units/\(index)/unknown/\(place)", day.description, "is not a day of this push",
                    accepted: "\(days.lowerBound) to \(days.upperBound)")
            }
        }
        for (index, vacancy) in push.vacancies.enumerated() {
            place("/vacancies/\(index)", vacancy.unit, vacancy.site, homes)
            if !days.contains(vacancy.start.day) {
                list.add(
                    "/vacancies/\(index)/start", vacancy.start.description, "is not on a day of this push",
                    accepted: "\(days.lowerBound) to \(days.upperBound)")
            }
        }
        checkParts()
        for (index, line) in push.cover.enumerated() {
            place("/cover/\(index)", line.unit, line.site, homes)
        }
        let lines = Dictionary(push.cover.map { ($0.id, $0) }) { first, _ in first }
        for (index, offer) in push.offers.enumerated() { check(offer, "/offers/\(index)", homes, lines) }
        for (index, metric) in push.metrics.enumerated() where metric.measuredAt > push.extractedAt {
            list.add(
                "/metrics/\(index)/measured_at", metric.measuredAt.description, "is after the extract",
                accepted: "at most \(push.extractedAt)")
        }
        if let opel = push.opel, opel.at > push.extractedAt {
            list.add("/opel/at", opel.at.description, "is after the extract")
        }
    }

    /// Whoever comes for a gap comes for its parts too, so that of two that are open at once both would count as closed.
    private func checkParts() {
        let known = Dictionary(push.vacancies.map { ($0.id.text, $0) }) { first, _ in first }
        for (index, vacancy) in push.vacancies.enumerated() {
            var text = vacancy.id.text[...]
            while let dot = text.lastIndex(of: "."),
                text[dot...].dropFirst().allSatisfy({ $0.isASCII && $0.isNumber })
            {
                text = text[..<dot]
                guard let gap = known[String(text)], vacancy.id.isPart(of: gap.id), gap.start < vacancy.end,
                    vacancy.start < gap.end
                else { continue }
                list.add(
                    "/vacancies/\(index)/id", vacancy.id.text,
                    "reads as a part of gap \(gap.id), which is open at the same time",
                    accepted: "another id, or one gap with all heads that are missing")
            }
        }
    }

    private var days: ClosedRange<Day> { push.first...push.first.advanced(by: push.days - 1) }

    private func unique(_ part: String, _ ids: [String]) {
        var seen: Set<String> = []
        for (index, id) in ids.enumerated() where !seen.insert(id).inserted {
            list.add("/\(part)/\(index)", id, "is there twice")
        }
    }

    private func place(_ pointer: String, _ unit: Unit.ID, _ site: Site.ID, _ homes: [Unit.ID: Site.ID]) {
        guard let home = homes[unit] else {
            list.add("\(pointer)/unit", unit.text, "is not among the units of this push")
            return
        }
        if home != site {
            list.add("\(pointer)/site", site.text, "is not the site of unit \(unit)", accepted: home.text)
        }
    }

    private func check(
        _ offer: Offer, _ pointer: String, _ homes: [Unit.ID: Site.ID], _ lines: [CoverLine.ID: CoverLine]
    ) {
        if Set(offer.travel.map(\.site)).count < offer.travel.count {
            list.add("\(pointer)/travel", nil, "names a site twice")
        }
        if Set(offer.releasedFrom).count < offer.releasedFrom.count {
            list.add("\(pointer)/released_from", nil, "names a line twice")
        }
        for (index, id) in offer.releasedFrom.enumerated() where lines[id] == nil {
            list.add(
                "\(pointer)/released_from/\(index)", id.text, "is not among the cover lines of this push")
        }
        guard case .surplus(let unit) = offer.source else { return }
        if homes[unit] == nil {
            list.add("\(pointer)/source/surplus_of", unit.text, "is not among the units of this push")
        }
        // A surplus that is taken from no line could be taken from under somebody's feet.
        if !offer.releasedFrom.contains(where: { lines[$0]?.unit == unit }) {
            list.add(
                "\(pointer)/released_from", nil, "names no cover line of \(unit)",
                accepted: "the lines of which the surplus is a part")
        }
    }
}
