import Roster

/// The value of one parameter of a rule.
enum Parameter: Hashable, Sendable {
    /// Minutes, on the clock that the rule's kind says.
    case duration(Int)
    case count(Int)
    case number(Double)
    case clock(ClockTime)
    case span(DutyTest.Span)
    case test(DutyTest)
    case patterns([RestPattern])
    case breaks([RuleKind.BreakRule])
    case totals([ShiftType.ID: Int])
}

extension Parameter: CustomStringConvertible {
    /// As people read it, and as a pack may write it where it is one value: `46 h`, `30 min`, `4`.
    var description: String {
        switch self {
        case .duration(let minutes):
            minutes < 60 && minutes > 0 ? "\(minutes) min" : ElapsedMinutes(minutes).description
        case .count(let count): String(count)
        case .number(let number): number == number.rounded() ? String(Int(number)) : String(number)
        case .clock(let clock): clock.description
        case .span(let span): "\(span.from) to \(span.to)"
        case .test(let test): test.name
        case .patterns(let patterns):
            patterns.map { "\($0.count) × \($0.rest) in every \($0.days) days" }.joined(separator: " or ")
        case .breaks(let breaks):
            breaks.map { "\($0.count) × \($0.minutes.count) min above \(ElapsedMinutes($0.longerThan))" }
                .joined(separator: ", ")
        case .totals(let totals):
            totals.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }.joined(separator: ", ")
        }
    }
}

/// What a parameter looks like in a pack, and which way it binds more.
struct ParameterForm: Sendable {
    enum Shape: Sendable {
        case duration(ClosedRange<Int>)
        case count(ClosedRange<Int>)
        case number(ClosedRange<Double>)
        case clock, span, test, patterns, breaks, totals
    }

    enum Stricter: Sendable { case more, less }

    let name: String
    let shape: Shape
    let isRequired: Bool
    /// Nil if neither more nor less of it is stricter by itself.
    let stricter: Stricter?

    /// What a change of a rule that cannot be loosened may say instead of `current`.
    func accepted(besides current: Parameter?) -> String {
        let current = current?.description ?? "none"
        return switch stricter {
        case .more?: "\(current) or more"
        case .less?: "\(current) or less"
        case nil: "\(current), or what binds in at least every case in which it does"
        }
    }
}

extension ParameterForm {
    private static let year = 366 * 24 * 60

    static func duration(
        _ name: String, _ stricter: Stricter, required: Bool = true, from least: Int = 0
    ) -> ParameterForm {
        ParameterForm(name: name, shape: .duration(least...year), isRequired: required, stricter: stricter)
    }

    static func count(
        _ name: String, _ stricter: Stricter?, required: Bool = true, _ range: ClosedRange<Int> = 0...1000
    ) -> ParameterForm {
        ParameterForm(name: name, shape: .count(range), isRequired: required, stricter: stricter)
    }

    static func number(
        _ name: String, _ stricter: Stricter, _ range: ClosedRange<Double>
    ) -> ParameterForm {
        ParameterForm(name: name, shape: .number(range), isRequired: true, stricter: stricter)
    }

    static func test(_ name: String) -> ParameterForm {
        ParameterForm(name: name, shape: .test, isRequired: false, stricter: nil)
    }

    static func required(_ name: String, _ shape: Shape, _ stricter: Stricter? = nil) -> ParameterForm {
        ParameterForm(name: name, shape: shape, isRequired: true, stricter: stricter)
    }
}
