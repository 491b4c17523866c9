import Roster

/// Reads the parts of a push. What refers to another part is checked once all parts are read.
struct PushReader {
    let list: PushFaultList

    init(_ list: PushFaultList) { self.list = list }

    func push(_ value: JSONValue) -> OrganisationPush? {
        guard
            let fields = PushFields(
                value, at: "",
                keys: [
                    "schema", "organisation", "extracted_at", "first", "days", "sites", "units", "vacancies",
                    "cover",
                    "offers", "metrics", "opel", "includes",
                ], list)
        else { return nil }
        typealias Limit = OrganisationPush.Limit
        let schema = fields.int("schema", OrganisationPush.schema...OrganisationPush.schema)
        let organisation = fields.code("organisation", of: Organisation.self)
        let extracted = fields.instant("extracted_at")
        let first = fields.day("first")
        let days = fields.int("days", 1...Limit.days, or: 3)
        let sites = fields.items("sites", limit: Limit.sites, place)
        let units = fields.items("units", limit: Limit.units, ward)
        let vacancies = fields.items("vacancies", limit: Limit.vacancies, vacancy)
        let cover = fields.items("cover", limit: Limit.lines, line)
        let offers = fields.items("offers", limit: Limit.offers, offer)
        let metrics = fields.items("metrics", limit: Limit.metrics, metric)
        let opel = fields.value("opel").flatMap { self.opel($0, fields.at("opel")) }
        let includes = fields.codes("includes", limit: Limit.bookings, of: AidRequest.self)
        guard schema != nil, let organisation, let extracted, let first, let days, list.faults.isEmpty
        else { return nil }
        let push = OrganisationPush(
            organisation: organisation, extractedAt: extracted, first: first, days: days, sites: sites,
            units: units, vacancies: vacancies, cover: cover, offers: offers, metrics: metrics, opel: opel,
            includes: includes)
        PushConsistency(push: push, list: list).check()
        return push
    }

    private func place(_ value: JSONValue, _ pointer: String) -> OrganisationPush.Place? {
        guard let fields = PushFields(value, at: pointer, keys: ["id", "name"], list) else { return nil }
        let (id, name) = (fields.code("id", of: Site.self), fields.label("name"))
        guard let id, let name else { return nil }
        return OrganisationPush.Place(id: id, name: name)
    }

    private func ward(_ value: JSONValue, _ pointer: String) -> OrganisationPush.Ward? {
        guard let fields = PushFields(value, at: pointer, keys: ["id", "name", "site", "unknown"], list)
        else { return nil }
        let (id, name) = (fields.code("id", of: Unit.self), fields.label("name"))
        let site = fields.code("site", of: Site.self)
        let unknown = fields.days("unknown", limit: OrganisationPush.Limit.days)
        guard let id, let name, let site else { return nil }
        return OrganisationPush.Ward(id: id, name: name, site: site, unknown: unknown)
    }

    private func vacancy(_ value: JSONValue, _ pointer: String) -> Vacancy? {
        guard
            let fields = PushFields(
                value, at: pointer,
                keys: [
                    "id", "site", "unit", "staff_group", "grades", "skills", "start", "end", "missing",
                    "need",
                    "is_hard", "below_minimum", "purpose", "risk", "reason", "needs_induction",
                    "break_minutes",
                ], list)
        else { return nil }
        typealias Limit = OrganisationPush.Limit
        let (id, site) = (fields.code("id", of: Vacancy.self), fields.code("site", of: Site.self))
        let (unit, group) = (fields.code("unit", of: Unit.self), fields.word("staff_group") as StaffGroup?)
        let grades = fields.codes("grades", limit: Limit.few, of: Grade.self)
        if grades.isEmpty { fields.fault("grades", nil, "names no grade", accepted: "at least one") }
        let skills = fields.codes("skills", limit: Limit.few, of: Skill.self)
        let (start, end) = (fields.instant("start"), fields.instant("end"))
        let missing = fields.int("missing", 1...Limit.heads)
        let need: [Int]? =
            fields.value("need") == nil ? nil : fields.ints("need", limit: Limit.heads, 0...100)
        let hard = fields.flag("is_hard", or: false)
        let below = fields.int("below_minimum", 0...Limit.heads, or: 0)
        let purpose = fields.word("purpose", or: CoverPurpose.general)
        let risk = fields.int("risk", 1...100, or: 1)
        let reason = fields.word("reason", or: Vacancy.Reason.vacancy)
        let induction = fields.flag("needs_induction", or: true)
        let rest = fields.int("break_minutes", 0...240, or: 0)
        guard let id, let site, let unit, let group, let start, let end, let missing, let hard, let below,
            let purpose,
            let risk, let reason, let induction, let rest
        else { return nil }
        if below > missing {
            fields.fault("below_minimum", "\(below)", "is more than are missing", accepted: "0 to \(missing)")
        }
        if let need {
            if need.count < missing {
                fields.fault(
                    "need", nil, "has \(need.count) heads",
                    accepted: "at least as many as are missing: \(missing)"
                )
            }
            if zip(need, need.dropFirst()).contains(where: { $0 < $1 }) {
                fields.fault("need", nil, "rises", accepted: "per cents that never rise")
            }
        }
        checkSpan(fields, start, end, longest: 24 * 60)
        if rest >= (end - start).count { fields.fault("break_minutes", "\(rest)", "is as long as the duty") }
        return Vacancy(
            id: id, site: site, unit: unit, staffGroup: group, grades: grades, skills: skills, start: start,
            end: end, missing: missing, need: need, isHard: hard, belowMinimum: below, purpose: purpose,
            risk: risk,
            reason: reason, needsInduction: induction, breakMinutes: rest)
    }

    private func checkSpan(_ fields: PushFields, _ start: Instant, _ end: Instant, longest: Int) {
        let minutes = (end - start).count
        // On the night when the clocks go back the same hours on the wall last an hour more.
        let onTheWall = minutes + end.offset - start.offset
        if minutes <= 0 {
            fields.fault("end", end.description, "is not after the start", accepted: "a time after \(start)")
        } else if min(minutes, onTheWall) > longest {
            fields.fault(
                "end", end.description, "is \(minutes / 60) hours after the start",
                accepted: "at most \(longest / 60) hours")
        }
    }

    private func line(_ value: JSONValue, _ pointer: String) -> CoverLine? {
        guard
            let fields = PushFields(
                value, at: pointer, keys: ["id", "site", "unit", "staff_group", "risk", "stretches"], list)
        else { return nil }
        let (id, site) = (fields.code("id", of: CoverLine.self), fields.code("site", of: Site.self))
        let (unit, group) = (fields.code("unit", of: Unit.self), fields.word("staff_group") as StaffGroup?)
        let risk = fields.int("risk", 1...100, or: 1)
        let stretches = fields.items(
            "stretches", limit: OrganisationPush.Limit.stretches, stretch)
        for (index, pair) in zip(stretches, stretches.dropFirst()).enumerated()
        where pair.1.start < pair.0.end {
            fields.fault(
                "stretches/\(index + 1)/start", pair.1.start.description, "is before the one before ends")
        }
        guard let id, let site, let unit, let group, let risk else { return nil }
        return CoverLine(id: id, site: site, unit: unit, staffGroup: group, risk: risk, stretches: stretches)
    }

    private func stretch(_ value: JSONValue, _ pointer: String) -> CoverLine.Stretch? {
        guard
            let fields = PushFields(
                value, at: pointer, keys: ["start", "end", "present", "keep", "loss"], list)
        else { return nil }
        let (start, end) = (fields.instant("start"), fields.instant("end"))
        let (present, keep) = (fields.int("present", 0...1_000), fields.int("keep", 0...1_000))
        let loss = fields.ints("loss", limit: OrganisationPush.Limit.heads, 0...100)
        if zip(loss, loss.dropFirst()).contains(where: { $0 > $1 }) {
            fields.fault("loss", nil, "falls", accepted: "per cents that never fall")
        }
        guard let start, let end, let present, let keep else { return nil }
        checkSpan(fields, start, end, longest: 14 * 24 * 60)
        return CoverLine.Stretch(start: start, end: end, present: present, keep: keep, loss: loss)
    }

    private func offer(_ value: JSONValue, _ pointer: String) -> Offer? {
        guard
            let fields = PushFields(
                value, at: pointer,
                keys: [
                    "id", "source", "staff_group", "grade", "skills", "inducted", "agreement",
                    "has_consented",
                    "earliest_start", "latest_end", "remaining_minutes", "rest_minutes", "longest_duty",
                    "travel",
                    "recent_calls", "released_from",
                ], list)
        else { return nil }
        typealias Limit = OrganisationPush.Limit
        let id = fields.code("id", of: Offer.self)
        let source = fields.value("source").map { self.source($0, fields.at("source")) } ?? nil
        if fields.value("source") == nil { fields.fault("source", nil, "is missing") }
        let (group, grade) = (fields.word("staff_group") as StaffGroup?, fields.code("grade", of: Grade.self))
        let skills = fields.items("skills", limit: Limit.few, skill)
        let inducted = fields.codes("inducted", limit: Limit.sites, of: Site.self)
        let agreement = fields.code("agreement", of: Agreement.self)
        let consent = fields.flag("has_consented")
        let (start, end) = (fields.instant("earliest_start"), fields.instant("latest_end"))
        let remaining = fields.int("remaining_minutes", 0...(14 * 24 * 60))
        let rest = fields.int("rest_minutes", 0...(7 * 24 * 60), or: 660)
        let longest = fields.int("longest_duty", 1...Offer.mostDuty, or: Offer.mostDuty)
        let travel = fields.items("travel", limit: Limit.sites, travel)
        let calls = fields.int("recent_calls", 0...100, or: 0)
        let released = fields.codes("released_from", limit: Limit.few, of: CoverLine.self)
        guard let id, let source, let group, let grade, let agreement, let consent, let start, let end,
            let remaining, let rest, let longest, let calls
        else { return nil }
        checkSpan(fields, start, end, longest: Limit.days * 24 * 60)
        // The Working Time Regulations leave nobody to be lent with less rest.
        if case .person = source, rest < 660 {
            fields.fault(
                "rest_minutes", "\(rest)", "is less than 11 hours", accepted: "660 or more for a person")
        }
        return Offer(
            id: id, source: source, staffGroup: group, grade: grade, skills: skills, inducted: inducted,
            agreement: agreement, hasConsented: consent, earliestStart: start, latestEnd: end,
            remainingMinutes: remaining, restMinutes: rest, longestDuty: longest, travel: travel,
            recentCalls: calls, releasedFrom: released)
    }

    private func source(_ value: JSONValue, _ pointer: String) -> Offer.Source? {
        guard let fields = PushFields(value, at: pointer, keys: ["person", "surplus_of"], list) else {
            return nil
        }
        if (fields.value("person") == nil) == (fields.value("surplus_of") == nil) {
            list.add(pointer, nil, "names not exactly one source", accepted: "person or surplus_of")
            return nil
        }
        if fields.value("person") != nil {
            return fields.text("person", accepted: Pseudonym.accepted) { Pseudonym($0) }.map { .person($0) }
        }
        return fields.code("surplus_of", of: Unit.self).map { .surplus($0) }
    }

    private func skill(_ value: JSONValue, _ pointer: String) -> Offer.Skill? {
        guard let fields = PushFields(value, at: pointer, keys: ["id", "expiry", "sites"], list) else {
            return nil
        }
        let id = fields.code("id", of: Skill.self)
        let expiry = fields.value("expiry") == nil ? nil : fields.day("expiry")
        let sites =
            fields.value("sites") == nil
            ? nil : fields.codes("sites", limit: OrganisationPush.Limit.sites, of: Site.self)
        return id.map { Offer.Skill(id: $0, expiry: expiry, sites: sites) }
    }

    private func travel(_ value: JSONValue, _ pointer: String) -> Offer.Travel? {
        guard let fields = PushFields(value, at: pointer, keys: ["site", "minutes"], list) else { return nil }
        let (site, minutes) = (fields.code("site", of: Site.self), fields.int("minutes", 0...600))
        guard let site, let minutes else { return nil }
        return Offer.Travel(site: site, minutes: minutes)
    }

    private func metric(_ value: JSONValue, _ pointer: String) -> Metric? {
        guard
            let fields = PushFields(value, at: pointer, keys: ["name", "day", "value", "measured_at"], list)
        else { return nil }
        let name = fields.word("name") as Metric.Name?
        let day = fields.value("day") == nil ? nil : fields.day("day")
        let (number, at) = (fields.number("value"), fields.instant("measured_at"))
        guard let name, let number, let at else { return nil }
        if !name.range.contains(number) || !name.takes(number) {
            fields.fault("value", "\(number)", "does not fit", accepted: name.accepted)
        }
        return Metric(name: name, day: day, value: number, measuredAt: at)
    }

    private func opel(_ value: JSONValue, _ pointer: String) -> OpelEntry? {
        guard let fields = PushFields(value, at: pointer, keys: ["level", "framework", "at", "by"], list)
        else { return nil }
        let (level, framework) = (fields.int("level", 1...4), fields.code("framework", of: OpelEntry.self))
        let (at, by) = (fields.instant("at"), fields.word("by") as JobRole?)
        guard let level, let framework, let at, let by else { return nil }
        return OpelEntry(level: level, framework: framework.text, at: at, by: by)
    }
}
