import Extracts
import Roster

extension ShortageReport {
    /// The same report for anybody: what it looks like and how much is short, and nothing by which a place or a person
    /// could be known.
    ///
    /// Units, sites and the organisation get numbers in the order in which they come up, the same throughout. Words
    /// that come from the organisation's own data (shifts, roles, skills, grades, authorisers, mailboxes, sentences)
    /// give way to general ones. Classes of absence are left out, and so are counts of one to four people and shares
    /// that would give them away. Dates stay.
    public func anonymised() -> ShortageReport {
        var names = NumberedNames()
        var report = self
        report.audience = .anyone
        report.organisation = Organisation(id: names.organisation(organisation.id), name: "Example trust")
        report.gaps = gaps.map { $0.anonymised(&names) }
        report.shortages = shortages.map { entry in
            var entry = entry
            entry.place = names.place(entry.place)
            entry.organisation = names.organisation(entry.organisation)
            return entry
        }.sorted {
            ($0.day, $0.place.unit, $0.staffGroup.rawValue) < ($1.day, $1.place.unit, $1.staffGroup.rawValue)
        }
        report.change = change.map { change in
            Change(
                since: change.since, sinceTime: change.sinceTime, new: change.new.map { names.gap($0) },
                worse: change.worse.map { names.gap($0) },
                better: change.better.map { names.gap($0) },
                closed: change.closed.map { $0.anonymised(&names) },
                noLongerAsked: change.noLongerAsked?.map { $0.anonymised(&names) },
                noLongerKnown: change.noLongerKnown.map { $0.anonymised(&names) },
                firstReported: change.firstReported.map { names.gap($0) })
        }
        report.unavailability = unavailability.map { block in
            var block = block.forOutside
            block.place = names.place(block.place)
            return block
        }
        report.unavailabilityByGroup = nil
        report.validation = validation.cut(inside: false) { _ in true }
        report.validation.failures = report.validation.failures.map { failure in
            var failure = failure
            failure.places = failure.places.map { names.place($0) }
            return failure
        }
        report.validation.lowered = validation.lowered.map { names.place($0) }
        report.validation.unknown = validation.unknown.map { names.place($0) }
        report.notIncluded = notIncluded.map { names.place($0) }
        report.withoutRota = withoutRota?.map { UnitWithoutRota(place: names.place($0.place), day: $0.day) }
        report.learning = learning.map { learning in
            Learning(
                day: learning.day,
                ended: learning.ended.map { ended in
                    var ended = ended
                    ended.gap = ended.gap.anonymised(&names)
                    ended.step = nil
                    return ended
                }, missed: learning.missed.map { $0.anonymised(&names) })
        }
        if case .noValidReport = status { report.status = .noValidReport(reasons: validation.fatalReasons) }
        return report.summedUp
    }
}

/// Names that say nothing, each given once.
private struct NumberedNames {
    private var units: [Unit.ID: Int] = [:]
    private var sites: [String: Int] = [:]
    private var organisations: [Organisation.ID: Int] = [:]
    private var gaps: [ReportedGap.ID: Int] = [:]

    mutating func place(_ place: UnitLabel) -> UnitLabel {
        let unit = Self.number(of: place.unit, in: &units)
        let site = Self.number(of: place.site, in: &sites)
        return UnitLabel(
            unit: Unit.ID("U\(unit)"), name: "Unit \(unit)", site: "Site \(site)",
            organisation: organisation(place.organisation))
    }

    mutating func organisation(_ id: Organisation.ID) -> Organisation.ID {
        Organisation.ID("ORG\(Self.number(of: id, in: &organisations))")
    }

    mutating func gap(_ id: ReportedGap.ID) -> ReportedGap.ID {
        ReportedGap.ID("gap-\(Self.number(of: id, in: &gaps))")
    }

    private static func number<Key: Hashable>(of key: Key, in numbers: inout [Key: Int]) -> Int {
        if let number = numbers[key] { return number }
        numbers[key] = numbers.count + 1
        return numbers.count
    }
}

extension ReportedGap {
    fileprivate func anonymised(_ names: inout NumberedNames) -> ReportedGap {
        var gap = forOutside
        gap.id = names.gap(id)
        gap.rule = CoverRule.ID(gap.id.text)
        gap.place = names.place(place)
        gap.organisation = names.organisation(organisation)
        gap.shift = start.timeOfDay
        gap.role = staffGroup.plainly
        gap.grades = []
        gap.skills = []
        gap.booked = [:]
        gap.owner = nil
        gap.isPriority = false
        gap.cascade.events = cascade.events.map { event in
            var event = event
            event.name = event.step.plainly
            event.authoriser = ""
            return event
        }
        gap.tried = tried.map { Attempt(step: $0.step, state: $0.state, at: $0.at) }
        // Who would come stays out, but that there is a lawful way is what the report is for.
        gap.options = options.enumerated().map { index, option in
            ClosingOption(
                id: "\(gap.id)#\(index + 1)", step: option.step,
                sentence: option.isRelease
                    ? "Release to: \(option.step.plainly)" : "1 person: \(option.step.plainly)",
                isRelease: option.isRelease, start: option.start, end: option.end,
                minutesClosed: option.minutesClosed, lender: option.lender.map { names.place($0) },
                isSuggested: option.isSuggested)
        }
        gap.optionsLeftOut = optionsLeftOut
        gap.minutesLeft = minutesLeft
        return gap
    }
}

extension ClosedGap {
    fileprivate func anonymised(_ names: inout NumberedNames) -> ClosedGap {
        var gap = self
        gap.id = names.gap(id)
        gap.place = names.place(place)
        gap.organisation = names.organisation(organisation)
        gap.shift = ""
        gap.role = staffGroup.plainly
        return gap
    }
}

extension Instant {
    /// `Night` from 18:00 to 05:00, else `Day`.
    fileprivate var timeOfDay: String { (300..<1080).contains(clock.minute) ? "Day" : "Night" }
}

extension StaffGroup {
    fileprivate var plainly: String {
        switch self {
        case .medical: "Doctor"
        case .registered: "Registered professional"
        case .unregistered: "Support worker"
        case .therapy: "Therapist"
        case .other: "Other staff"
        }
    }
}

extension CascadeStep.Level {
    var plainly: String {
        switch self {
        case .float: "Float within the site"
        case .own: "Own staff and bank"
        case .collaborative: "Collaborative bank"
        case .agency: "Framework agency"
        case .breakGlass: "Off-framework agency (break glass)"
        }
    }
}
