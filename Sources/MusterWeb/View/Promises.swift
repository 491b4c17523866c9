import MusterFiles
import Roster
import SystemPool

/// Who is promised for the gaps of an organisation. Promised is not covered: until the lender's data say who goes the gap
/// is open, although nobody else is asked for it.
struct Promises {
    private let organisation: OrganisationPicture
    private let names: Names
    private let calls: [Vacancy.ID: [AidRequest]]

    init(_ view: SystemView, to organisation: OrganisationPicture) {
        self.organisation = organisation
        names = view.names
        let promised = view.picture.aid.filter {
            $0.asking == organisation.id && view.unsettled.contains($0.id)
        }
        calls = Dictionary(
            promised.flatMap { call in organisation.promised(by: call).map { ($0.id, [call]) } },
            uniquingKeysWith: +)
    }

    /// The calls under which somebody is promised for a gap.
    subscript(gap: Vacancy) -> [AidRequest] { calls[gap.id] ?? [] }

    /// How many gaps there are for which somebody is promised.
    var count: Int { calls.count }

    /// What nobody is promised for, of a gap for which somebody is.
    func left(of gap: Vacancy) -> [Vacancy] {
        organisation.vacancies.filter { $0.id.isPart(of: gap.id) && $0.start < gap.end && gap.start < $0.end }
            .sorted { $0.start < $1.start }
    }

    /// For a row of a table; empty of a gap for which nobody is promised.
    func mark(_ gap: Vacancy) -> HTML {
        let calls = self[gap].map { call in
            " \(tag(.warn, "Promised, not covered")) <a href=\"\(call.path)\">\(call.id.text)</a>" as HTML
        }
        return calls.isEmpty ? "" : "\(calls)\(toFill(gap))"
    }

    /// For the page of a gap; empty where nobody is promised.
    func notice(_ gap: Vacancy) -> HTML {
        let calls = self[gap].map { call in
            """
            <li><a href="\(call.path)">\(call.id.text)</a>: one from \
            \(call.loan.map { names.organisation($0.lender) } ?? "elsewhere"), \(span(call.need.start, call.need.end))</li>
            """ as HTML
        }
        guard !calls.isEmpty else { return "" }
        return """
            <div class="notice warn"><p><strong>Promised, not covered:</strong> it counts as open until the lender's data \
            say who goes.</p><ul>\(calls)</ul><p>\(toFill(gap))</p></div>
            """
    }

    private func toFill(_ gap: Vacancy) -> HTML {
        let left = left(of: gap).map { part in
            " <a href=\"\(VacancyKey(organisation.id, part.id).path)\">\(part.asked), \(span(part.start, part.end))</a>"
                as HTML
        }
        return left.isEmpty ? " Nobody else is asked for it." : " Still to fill:\(left)"
    }
}

extension AidRequest {
    /// Where it stands on the page of mutual aid.
    var path: String { "/aid#a-\(id.text)" }
}
