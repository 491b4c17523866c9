import Extracts
import Roster

extension ShortageReport {
    /// What one recipient may see: only their organisations, units and staff groups, what matters to them first.
    ///
    /// Outside the organisation there are no classes of absence, no references to people, and no options that tell
    /// how others staff their wards: demand goes across, people do not. A recipient outside for whom neither
    /// organisations nor units are named sees no unit at all.
    public func cut(for recipient: Recipient) -> ShortageReport {
        var cut = self
        let sees = Sight(recipient)
        cut.audience =
            recipient.isInside
            ? .inside(recipient: recipient.id.text) : .outside(recipient: recipient.id.text)
        cut.gaps = gaps.filter { sees.unit($0.place) && sees.group($0.staffGroup) }
            .map { gap in
                var gap = recipient.isInside ? gap : gap.forOutside
                gap.isPriority =
                    recipient.priorityUnits.contains(gap.place.unit)
                    || recipient.priorityGroups.contains(gap.staffGroup)
                return gap
            }
            .sorted { recipient.putsFirst($0, before: $1) }
        cut.shortages = shortages.filter {
            sees.unit($0.place) && sees.group($0.staffGroup)
        }
        cut.change = change?.cut(to: Set(cut.gaps.map(\.id))) {
            sees.unit($0.place) && sees.group($0.staffGroup)
        }
        let away = recipient.groups.isEmpty ? unavailability : unavailabilityByGroup ?? []
        cut.unavailability = away.filter { sees.unit($0.place) && $0.staffGroup.map(sees.group) ?? true }
            .map { recipient.isInside ? $0 : $0.forOutside }
        cut.unavailabilityByGroup = nil
        cut.validation = validation.cut(inside: recipient.isInside) { sees.unit($0) }
        cut.notIncluded = notIncluded.filter { sees.unit($0) }
        cut.withoutRota = withoutRota?.filter { sees.unit($0.place) }
        cut.learning = learning?.cut(inside: recipient.isInside) {
            sees.unit($0.place) && sees.group($0.staffGroup)
        }
        if !recipient.isInside, case .noValidReport = status {
            cut.status = .noValidReport(reasons: validation.fatalReasons)
        }
        return cut.summedUp
    }

    /// The headlines and the statement, made again from what is left.
    var summedUp: ShortageReport {
        var report = self
        if isValid { report.headlines = Headline.days(self) }
        report.statement = report.summary
        return report
    }
}

/// What a recipient may see.
private struct Sight {
    private let recipient: Recipient

    init(_ recipient: Recipient) { self.recipient = recipient }

    func unit(_ place: UnitLabel) -> Bool {
        guard recipient.isInside || !recipient.organisations.isEmpty || !recipient.units.isEmpty else {
            return false
        }
        return (recipient.organisations.isEmpty || recipient.organisations.contains(place.organisation))
            && (recipient.units.isEmpty || recipient.units.contains(place.unit))
    }

    func group(_ group: StaffGroup) -> Bool { recipient.groups.isEmpty || recipient.groups.contains(group) }
}

extension Recipient {
    /// Hard gaps stay first: no priority is above them.
    fileprivate func putsFirst(_ left: ReportedGap, before right: ReportedGap) -> Bool {
        if left.isHard != right.isHard { return left.isHard }
        let (first, second) = (rank(left), rank(right))
        return first == second ? left.ranksBefore(right) : first.lexicographicallyPrecedes(second)
    }

    /// In priority units, then in priority groups, in the order in which they are named.
    private func rank(_ gap: ReportedGap) -> [Int] {
        [
            priorityUnits.firstIndex(of: gap.place.unit) ?? priorityUnits.count,
            priorityGroups.firstIndex(of: gap.staffGroup) ?? priorityGroups.count,
        ]
    }
}

extension ReportedGap {
    var forOutside: ReportedGap {
        var gap = self
        gap.reason = reason.withoutClass
        // Outside, when it was released is told, and not by whom.
        for index in gap.tried.indices { gap.tried[index].by = "" }
        for index in gap.cascade.events.indices where gap.cascade.events[index].state == .released {
            gap.cascade.events[index].authoriser = ""
        }
        gap.options = options.filter { $0.isRelease && $0.step.bringsInOthers }
        gap.optionsLeftOut = 0
        gap.candidatesNotAsked = 0
        // What insiders may do about it is not shown, so nothing is promised.
        gap.minutesLeft = minutesShort
        return gap
    }
}

extension ReportedGap.Reason {
    /// Absence without its class.
    var withoutClass: Self {
        switch self {
        case .sickness, .annual, .study, .parental, .special, .unavailable: .unavailable
        case .vacancy, .acuity, .escalation, .supernumerary, .other, .enhancedCare, .industrialAction: self
        }
    }
}

extension Unavailability {
    /// The share of a small number would give the number away.
    var forOutside: Unavailability {
        var block = self
        block.shares = []
        if people == nil {
            block.percent = nil
            block.isSpike = false
        }
        block.returning = 0
        block.starting = 0
        block.leaving = 0
        return block
    }
}

extension Validation {
    /// Every check stays, but without places that are not the recipient's. Outside, sentences say what was checked and
    /// nothing of files or places.
    func cut(inside: Bool, sees: (UnitLabel) -> Bool) -> Validation {
        var cut = self
        cut.failures = failures.compactMap { failure in
            var failure = failure
            let isGeneral = failure.places.isEmpty
            failure.places = failure.places.filter(sees)
            guard isGeneral || !failure.places.isEmpty else { return nil }
            if !inside { failure.sentence = failure.check.plainly }
            return failure
        }
        cut.lowered = lowered.filter(sees)
        cut.unknown = unknown.filter(sees)
        if !inside { cut.counts = counts.map(\.withoutWords) }
        return cut
    }

    /// The fatal checks in plain words.
    var fatalReasons: [String] { failures.filter { $0.severity == .fatal }.map(\.check.plainly) }
}

extension ExtractCount {
    /// Without names of files and reasons, which quote what was written in them.
    var withoutWords: ExtractCount {
        ExtractCount(
            kind: kind, file: "", extractedAt: extractedAt, read: read, accepted: accepted, rejected: rejected
        )
    }
}

extension Finding.Check {
    /// What failed, in a sentence that fits every case and names nothing.
    var plainly: String {
        switch self {
        case .missingExtract: "An extract is missing that a report cannot do without"
        case .noUnits: "There is no unit list"
        case .staleExtract: "Data are older than they may be"
        case .failedImport: "The newest data could not be read"
        case .rejectedRows: "Rows could not be read"
        case .duplicate: "Rows stand twice"
        case .overlap: "A person is on two duties at once"
        case .missingTimes: "A duty has no start or no end"
        case .onLeaveAndOnDuty: "A person is on leave and on duty"
        case .closedUnit: "A closed unit asks for people or has people on duty"
        case .unknownGrade: "A grade is not known"
        case .unknownSkill: "A skill is not known"
        case .notApproved: "A rota is not approved"
        case .templateAgainstBudget: "What is asked for does not fit the budget"
        case .bookedByNobody: "A request is called booked, and nobody is named who comes"
        case .lentByNobody: "Another organisation counts on somebody from here, and nobody is named who goes"
        case .calledOff: "A booking is called off, and the rota still shows its duty"
        case .hours: "Hours do not add up"
        case .notIncluded: "A unit is in no extract"
        case .noRequirement: "It is not known how many people a unit needs"
        case .roleNotAsked: "It is not known how many people a unit needs in some role"
        case .noDuties: "No duty is known of a unit that asks for people"
        case .noRota: "A unit has no rota for some of the days"
        case .unknownUnit: "Rows tell of units that are not in the unit list"
        case .shrunk: "An extract holds far less than the one before"
        case .twoSources: "Two sources tell of the same unit and days"
        }
    }
}

extension Change {
    fileprivate func cut(to ids: Set<ReportedGap.ID>, sees: (ClosedGap) -> Bool) -> Change {
        Change(
            since: since, sinceTime: sinceTime, new: new.filter(ids.contains),
            worse: worse.filter(ids.contains),
            better: better.filter(ids.contains), closed: closed.filter(sees),
            noLongerAsked: noLongerAsked?.filter(sees),
            noLongerKnown: noLongerKnown.filter(sees), firstReported: firstReported.filter(ids.contains))
    }
}

extension Learning {
    /// Outside it is not told by whom a gap was filled.
    fileprivate func cut(inside: Bool, _ sees: (ClosedGap) -> Bool) -> Learning {
        Learning(
            day: day,
            ended: ended.filter { sees($0.gap) }.map { ended in
                var ended = ended
                if !inside { ended.step = nil }
                return ended
            }, missed: missed.filter(sees))
    }
}
