import Roster

/// Kinds by the names and parameters that packs use. A kind stands here three times, in the same order: what a pack
/// may say of it, how it is made from that, and how it is said again.
extension RuleKind {
    /// The parameters of each kind, by its name in a pack.
    static let forms: [String: [ParameterForm]] = [
        "rest-between": [.duration("minimum", .more), .test("after"), .test("before")],
        "rest-within": [.required("patterns", .patterns)],
        "mean-week": [
            .duration("maximum", .less), .duration("opted-out", .less, required: false),
            .count("weeks", nil, 1...104),
        ],
        "night-worker-mean": [
            .duration("maximum", .less), .required("night", .test), .count("nights", .less),
            .count("weeks", nil, 1...104),
        ],
        "rolling-hours": [.duration("maximum", .less), .duration("window", .more, from: 1)],
        "duty-length": [.duration("maximum", .less), .test("of")],
        "run-maximum": [
            .test("of"), .count("maximum", .less), .duration("rest", .more, required: false),
            .count("rest-from", .less, required: false, 1...1000),
        ],
        "rest-after-run": [.required("of", .test), .duration("minimum", .more)],
        "run-minimum": [.count("worked", .more)],
        "off-minimum": [.count("days", .more)],
        "weekends": [
            .count("maximum", .less), .count("out-of", .more, 1...30),
            .required("from-saturday", .clock, .less),
        ],
        "weekend-total": [.count("maximum", .less)],
        "count-within": [.test("of"), .count("maximum", .less), .count("days", .more, 1...30)],
        "succession": [.required("first", .test), .required("second", .test)],
        "no-mix-in-week": [.required("first", .test), .required("second", .test)],
        "next-day-maximum": [.test("after"), .duration("working", .less)],
        "out-of-hours-share": [.count("percent", .less, 0...100), .required("plain", .span)],
        "total-paid": [.duration("minimum", .more), .duration("maximum", .less)],
        "shift-totals": [.required("totals", .totals)],
        "programmed-activities": [
            .number("maximum", .less, 0...100), .duration("plain-minutes", .less, from: 1),
            .duration("premium-minutes", .less, from: 1), .required("plain", .span),
        ],
        "breaks": [.required("breaks", .breaks)],
        "on-call-duplicate": [],
        "described": [],
    ]

    /// The kind of a name with its parameters.
    init(_ name: String, _ values: [String: Parameter]) throws(MissingParameter) {
        let values = ParameterValues(values: values)
        self =
            switch name {
            case "rest-between":
                .restBetween(
                    minimum: try values.minutes("minimum"), after: values.anyTest("after"),
                    before: values.anyTest("before"))
            case "rest-within": .restWithin(try values.patterns("patterns"))
            case "mean-week":
                .meanWeek(
                    maximum: try values.minutes("maximum"), optedOut: try? values.minutes("opted-out"),
                    weeks: try values.count("weeks"))
            case "night-worker-mean":
                .nightWorkerMean(
                    maximum: try values.minutes("maximum"), night: try values.test("night"),
                    nights: try values.count("nights"), weeks: try values.count("weeks"))
            case "rolling-hours":
                .rollingHours(maximum: try values.minutes("maximum"), window: try values.minutes("window"))
            case "duty-length":
                .dutyLength(maximum: try values.duration("maximum"), of: values.anyTest("of"))
            case "run-maximum":
                .runMaximum(
                    of: values.anyTest("of"), maximum: try values.count("maximum"),
                    rest: try? values.minutes("rest"),
                    restFrom: try values.count("rest-from", or: "maximum"))
            case "rest-after-run":
                .restAfterRun(of: try values.test("of"), minimum: try values.minutes("minimum"))
            case "run-minimum": .runMinimum(worked: try values.count("worked"))
            case "off-minimum": .offMinimum(days: try values.count("days"))
            case "weekends":
                .weekends(
                    maximum: try values.count("maximum"), outOf: try values.count("out-of"),
                    fromSaturday: try values.clock("from-saturday").minute)
            case "weekend-total": .weekendTotal(maximum: try values.count("maximum"))
            case "count-within":
                .countWithin(
                    of: values.anyTest("of"), maximum: try values.count("maximum"),
                    days: try values.count("days"))
            case "succession":
                .succession(first: try values.test("first"), second: try values.test("second"))
            case "no-mix-in-week":
                .noMixInWeek(first: try values.test("first"), second: try values.test("second"))
            case "next-day-maximum":
                .nextDayMaximum(after: values.anyTest("after"), working: try values.minutes("working"))
            case "out-of-hours-share":
                .outOfHoursShare(percent: try values.count("percent"), plain: try values.span("plain"))
            case "total-paid":
                .totalPaid(minimum: try values.minutes("minimum"), maximum: try values.minutes("maximum"))
            case "shift-totals": .shiftTotals(try values.totals("totals"))
            case "programmed-activities":
                .programmedActivities(
                    maximum: try values.number("maximum"), plainMinutes: try values.duration("plain-minutes"),
                    premiumMinutes: try values.duration("premium-minutes"), plain: try values.span("plain"))
            case "breaks": .breaks(try values.breaks("breaks"))
            case "on-call-duplicate": .onCallDuplicate
            default: .described
            }
    }

    /// The name of the kind in a pack.
    public var name: String { stated.name }

    /// The parameters as a pack states them, those left to their default included.
    var parameters: [String: Parameter] { stated.parameters }

    private var stated: (name: String, parameters: [String: Parameter]) {
        switch self {
        case .restBetween(let minimum, let after, let before):
            (
                "rest-between",
                ["minimum": .duration(minimum.count), "after": .test(after), "before": .test(before)]
            )
        case .restWithin(let patterns): ("rest-within", ["patterns": .patterns(patterns)])
        case .meanWeek(let maximum, let optedOut, let weeks):
            (
                "mean-week",
                .init(
                    ("maximum", .duration(maximum.count)),
                    ("opted-out", optedOut.map { .duration($0.count) }), ("weeks", .count(weeks)))
            )
        case .nightWorkerMean(let maximum, let night, let nights, let weeks):
            (
                "night-worker-mean",
                [
                    "maximum": .duration(maximum.count), "night": .test(night), "nights": .count(nights),
                    "weeks": .count(weeks),
                ]
            )
        case .rollingHours(let maximum, let window):
            ("rolling-hours", ["maximum": .duration(maximum.count), "window": .duration(window.count)])
        case .dutyLength(let maximum, let of):
            ("duty-length", ["maximum": .duration(maximum), "of": .test(of)])
        case .runMaximum(let of, let maximum, let rest, let restFrom):
            (
                "run-maximum",
                .init(
                    ("of", .test(of)), ("maximum", .count(maximum)),
                    ("rest", rest.map { .duration($0.count) }), ("rest-from", .count(restFrom)))
            )
        case .restAfterRun(let of, let minimum):
            ("rest-after-run", ["of": .test(of), "minimum": .duration(minimum.count)])
        case .runMinimum(let worked): ("run-minimum", ["worked": .count(worked)])
        case .offMinimum(let days): ("off-minimum", ["days": .count(days)])
        case .weekends(let maximum, let outOf, let fromSaturday):
            (
                "weekends",
                [
                    "maximum": .count(maximum), "out-of": .count(outOf),
                    "from-saturday": .clock(ClockTime(minute: fromSaturday)),
                ]
            )
        case .weekendTotal(let maximum): ("weekend-total", ["maximum": .count(maximum)])
        case .countWithin(let of, let maximum, let days):
            ("count-within", ["of": .test(of), "maximum": .count(maximum), "days": .count(days)])
        case .succession(let first, let second):
            ("succession", ["first": .test(first), "second": .test(second)])
        case .noMixInWeek(let first, let second):
            ("no-mix-in-week", ["first": .test(first), "second": .test(second)])
        case .nextDayMaximum(let after, let working):
            ("next-day-maximum", ["after": .test(after), "working": .duration(working.count)])
        case .outOfHoursShare(let percent, let plain):
            ("out-of-hours-share", ["percent": .count(percent), "plain": .span(plain)])
        case .totalPaid(let minimum, let maximum):
            ("total-paid", ["minimum": .duration(minimum.count), "maximum": .duration(maximum.count)])
        case .shiftTotals(let totals): ("shift-totals", ["totals": .totals(totals)])
        case .programmedActivities(let maximum, let plainMinutes, let premiumMinutes, let plain):
            (
                "programmed-activities",
                [
                    "maximum": .number(maximum), "plain-minutes": .duration(plainMinutes),
                    "premium-minutes": .duration(premiumMinutes), "plain": .span(plain),
                ]
            )
        case .breaks(let breaks): ("breaks", ["breaks": .breaks(breaks)])
        case .onCallDuplicate: ("on-call-duplicate", [:])
        case .described: ("described", [:])
        }
    }
}

/// A kind was made without a parameter that it needs.
struct MissingParameter: Error { let name: String }

/// Parameters by name and type.
private struct ParameterValues {
    let values: [String: Parameter]

    func duration(_ name: String) throws(MissingParameter) -> Int {
        guard case .duration(let minutes) = values[name] else { throw MissingParameter(name: name) }
        return minutes
    }

    func minutes<Clock>(_ name: String) throws(MissingParameter) -> Minutes<Clock> {
        Minutes(try duration(name))
    }

    func count(_ name: String) throws(MissingParameter) -> Int {
        guard case .count(let count) = values[name] else { throw MissingParameter(name: name) }
        return count
    }

    func count(_ name: String, or other: String) throws(MissingParameter) -> Int {
        try count(values[name] == nil ? other : name)
    }

    func number(_ name: String) throws(MissingParameter) -> Double {
        guard case .number(let number) = values[name] else { throw MissingParameter(name: name) }
        return number
    }

    func clock(_ name: String) throws(MissingParameter) -> ClockTime {
        guard case .clock(let clock) = values[name] else { throw MissingParameter(name: name) }
        return clock
    }

    func span(_ name: String) throws(MissingParameter) -> DutyTest.Span {
        guard case .span(let span) = values[name] else { throw MissingParameter(name: name) }
        return span
    }

    func test(_ name: String) throws(MissingParameter) -> DutyTest {
        guard case .test(let test) = values[name] else { throw MissingParameter(name: name) }
        return test
    }

    func anyTest(_ name: String) -> DutyTest { (try? test(name)) ?? .any }

    func patterns(_ name: String) throws(MissingParameter) -> [RestPattern] {
        guard case .patterns(let patterns) = values[name] else { throw MissingParameter(name: name) }
        return patterns
    }

    func breaks(_ name: String) throws(MissingParameter) -> [RuleKind.BreakRule] {
        guard case .breaks(let breaks) = values[name] else { throw MissingParameter(name: name) }
        return breaks
    }

    func totals(_ name: String) throws(MissingParameter) -> [ShiftType.ID: Int] {
        guard case .totals(let totals) = values[name] else { throw MissingParameter(name: name) }
        return totals
    }
}

extension [String: Parameter] {
    /// Parameters of which some may not be stated.
    fileprivate init(_ pairs: (String, Parameter?)...) {
        self = Dictionary(uniqueKeysWithValues: pairs.compactMap { name, value in value.map { (name, $0) } })
    }
}
