import PlainText
import Roster

/// The shift that a rule names; nil, with a fault, if there is none: a rule about no shift would bind nobody.
public typealias ShiftReference = (Scalar) -> ShiftType.ID?

/// Reads the parameters of a rule, each in the shape that its kind asks for.
struct ParameterReader {
    /// The duty tests that can be referred to by name, besides `any`.
    let tests: [String: DutyTest]
    let shifts: ShiftReference

    /// All parameters of a kind; nil, with faults, if one is missing, unknown or wrong.
    func values(_ cursor: YAMLCursor, _ forms: [ParameterForm]) -> [String: Parameter]? {
        guard
            let set = cursor.mapping(
                required: forms.filter(\.isRequired).map(\.name),
                optional: forms.filter { !$0.isRequired }.map(\.name))
        else { return nil }
        return stated(set, forms)
    }

    /// The parameters that a change states; nil, with faults, if one is unknown or wrong.
    func changed(_ cursor: YAMLCursor, _ forms: [ParameterForm]) -> [String: Parameter]? {
        cursor.mapping(required: [], optional: forms.map(\.name)).flatMap { stated($0, forms) }
    }

    private func stated(_ set: YAMLMapping, _ forms: [ParameterForm]) -> [String: Parameter]? {
        var values: [String: Parameter] = [:]
        var isWhole = true
        for form in forms {
            guard let cursor = set[form.name] else { continue }
            values[form.name] = value(cursor, form.shape)
            if values[form.name] == nil { isWhole = false }
        }
        return isWhole ? values : nil
    }

    private func value(_ cursor: YAMLCursor, _ shape: ParameterForm.Shape) -> Parameter? {
        switch shape {
        case .duration(let range): cursor.duration(in: range).map(Parameter.duration)
        case .count(let range): cursor.integer(in: range).map(Parameter.count)
        case .number(let range): cursor.decimal(in: range).map(Parameter.number)
        case .clock: cursor.clock().map(Parameter.clock)
        case .span: span(cursor).map(Parameter.span)
        case .test: namedTest(cursor).map(Parameter.test)
        case .patterns: list(cursor, pattern).map(Parameter.patterns)
        case .breaks: list(cursor, breakRule).map(Parameter.breaks)
        case .totals: totals(cursor).map(Parameter.totals)
        }
    }

    private func list<Value>(_ cursor: YAMLCursor, _ read: (YAMLCursor) -> Value?) -> [Value]? {
        guard let items = cursor.list() else { return nil }
        guard !items.isEmpty else {
            cursor.fault("is empty", accepted: "at least one item")
            return nil
        }
        let values = items.compactMap(read)
        return values.count == items.count ? values : nil
    }

    private func pattern(_ cursor: YAMLCursor) -> RestPattern? {
        guard let pattern = cursor.mapping(required: ["rest", "count", "days"]) else { return nil }
        let rest = pattern["rest"]?.duration(in: 1...(31 * 1440))
        let count = pattern["count"]?.integer(in: 1...100)
        let days = pattern["days"]?.integer(in: 1...366)
        guard let rest, let count, let days else { return nil }
        guard rest * count <= days * 1440 else {
            cursor.fault("does not fit", accepted: "rests that together are no longer than the days")
            return nil
        }
        return RestPattern(rest: ElapsedMinutes(rest), count: count, days: days)
    }

    private func breakRule(_ cursor: YAMLCursor) -> RuleKind.BreakRule? {
        guard let step = cursor.mapping(required: ["longer-than", "count", "minutes"]) else { return nil }
        let longerThan = step["longer-than"]?.duration(in: 0...1440)
        let count = step["count"]?.integer(in: 1...10)
        let minutes = step["minutes"]?.duration(in: 1...240)
        guard let longerThan, let count, let minutes else { return nil }
        return RuleKind.BreakRule(longerThan: longerThan, count: count, minutes: ElapsedMinutes(minutes))
    }

    private func totals(_ cursor: YAMLCursor) -> [ShiftType.ID: Int]? {
        guard let entries = cursor.entries() else { return nil }
        let totals = entries.compactMap { shift, most -> (ShiftType.ID, Int)? in
            guard let id = shifts(shift), let most = most.integer(in: 0...1000) else { return nil }
            return (id, most)
        }
        guard totals.count == entries.count else { return nil }
        return Dictionary(totals) { min($0, $1) }
    }

    private func span(_ cursor: YAMLCursor) -> DutyTest.Span? {
        guard let span = cursor.mapping(required: ["from", "to"]) else { return nil }
        let from = span["from"]?.clock()
        let to = span["to"]?.clock()
        guard let from, let to else { return nil }
        return DutyTest.Span(from: from, to: to)
    }

    /// A test by its name, or stated on the spot with its name inside.
    private func namedTest(_ cursor: YAMLCursor) -> DutyTest? {
        if let name = cursor.peek("name") {
            return name.text().flatMap { test(cursor, name: $0, isNamedInside: true) }
        }
        var known = tests
        known["any"] = .any
        return cursor.choice(known, of: "a test of this pack")
    }

    /// A duty test with its conditions, all of which must hold.
    func test(_ cursor: YAMLCursor, name: String, isNamedInside: Bool = false) -> DutyTest? {
        guard
            let test = cursor.mapping(
                required: isNamedInside ? ["name"] : [],
                optional: [
                    "longer-than", "inside", "inside-at-least", "starts-before", "starts-from", "ends-after",
                    "on-call", "weekdays", "shifts",
                ])
        else { return nil }
        if let least = test["inside-at-least"], test["inside"] == nil {
            least.fault("is given without inside", accepted: "inside: { from: 23:00, to: 06:00 } beside it")
        }
        return DutyTest(
            name: name,
            longerThan: test["longer-than"]?.duration(in: 0...1440),
            inside: test["inside"].flatMap(span),
            insideAtLeast: test["inside-at-least"]?.duration(in: 1...1440) ?? 1,
            startsBefore: test["starts-before"]?.clock(),
            startsFrom: test["starts-from"]?.clock(),
            endsAfter: test["ends-after"]?.clock(),
            onCall: test["on-call"]?.boolean(),
            weekdays: Set(test["weekdays"].flatMap { list($0) { $0.weekday() } } ?? []),
            shifts: Set(
                test["shifts"].flatMap { list($0) { $0.scalar(accepted: "a shift").flatMap(shifts) } } ?? []))
    }
}

extension YAMLCursor {
    /// A length of time with its unit, in minutes.
    fileprivate func duration(in range: ClosedRange<Int>) -> Int? {
        let accepted = "a length of time in h and min, such as 11 h, 30 min or 1 h 30 min"
        guard let minutes = value(accepted: accepted, minutes(in:)) else { return nil }
        guard range.contains(minutes) else {
            let least = Parameter.duration(range.lowerBound)
            fault("is out of range", accepted: "\(least) to \(Parameter.duration(range.upperBound))")
            return nil
        }
        return minutes
    }

    fileprivate func clock() -> ClockTime? {
        value(accepted: "a time of day such as 07:30") { ClockTime($0) }
    }

    fileprivate func weekday() -> Weekday? {
        let names = Weekday.allCases.map { ($0.short.lowercased(), $0) }
        return choice(Dictionary(uniqueKeysWithValues: names), of: "a day of the week")
    }
}

/// The minutes in `11 h`, `30 min`, `1 h 30 min` or `37.5 h`; nil for anything else, also for part of a minute.
private func minutes(in text: String) -> Int? {
    guard let match = text.wholeMatch(of: /(?:(\d{1,5}(?:\.\d{1,4})?) ?h)? ?(?:(\d{1,6}) ?min)?/),
        match.1 != nil || match.2 != nil
    else { return nil }
    let hours = match.1.flatMap { Double($0) } ?? 0
    let fromHours = (hours * 60).rounded()
    guard abs(hours * 60 - fromHours) < 1e-6 else { return nil }
    return Int(fromHours) + (match.2.flatMap { Int($0) } ?? 0)
}
