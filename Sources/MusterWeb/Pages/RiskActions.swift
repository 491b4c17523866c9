import Foundation
import Roster
import SystemPool

/// What the forms of the page Risks ask for.
struct RiskActions {
    let system: HealthSystem
    let form: SubmittedForm

    /// - Throws: ``Problem`` that says what to put right.
    func change() throws -> RiskChange {
        let mitigation = try form["mitigation"]
        return RiskChange(
            seen: try number("seen"), likelihood: try number("likelihood"), impact: try number("impact"),
            owner: try word("owner"), sharedWith: try shared(), indemnity: try word("indemnity"),
            mitigation: mitigation.isEmpty ? nil : try Remark(said: mitigation, in: "The mitigation"),
            removesMitigation: mitigation.isEmpty && form.has("mitigation"),
            potentialHarms: try number("potential"), actualHarms: try number("actual"))
    }

    /// - Throws: ``Problem`` that says what to put right.
    func draft() throws -> RiskDraft {
        let parts = try form["site"].split(separator: "/").map(String.init)
        guard parts.count == 2, let group: StaffGroup = try word("group"),
            let owner: JobRole = try word("owner"),
            let likelihood = try number("likelihood"), let impact = try number("impact")
        else { throw Problem.badRequest("Fill in every field. Nothing was changed.") }
        return RiskDraft(
            organisation: .init(parts[0]), site: .init(parts[1]), staffGroup: group,
            cause: try Remark(said: try form["cause"], in: "What may happen"), likelihood: likelihood,
            impact: impact,
            start: try time("start"), end: try time("end"), owner: owner)
    }

    /// Nil if the field is empty or not there.
    private func number(_ name: String) throws -> Int? {
        let text = try form[name]
        guard !text.isEmpty else { return nil }
        guard let number = Int(text) else {
            throw Problem.badRequest("\(name) is a whole number. Nothing was changed.")
        }
        return number
    }

    private func word<Word: RawRepresentable>(_ name: String) throws -> Word? where Word.RawValue == String {
        let text = try form[name]
        guard !text.isEmpty else { return nil }
        guard let word = Word(rawValue: text) else {
            throw Problem.badRequest("Choose a \(name). Nothing was changed.")
        }
        return word
    }

    /// Organisations by code, between commas or spaces.
    private func shared() throws -> [Organisation.ID] {
        let codes = try form["shared"].split { $0 == "," || $0.isWhitespace }.map {
            Organisation.ID(String($0))
        }
        for code in codes where system.member(code) == nil {
            let fault = "is no organisation of this system. Nothing was changed."
            throw Problem.badRequest("\(code) \(fault)", audited: "What was named \(fault)")
        }
        return codes
    }

    /// On the wall clock of London, as a browser sends it.
    private func time(_ name: String) throws -> Instant {
        guard let time = form.time(try form[name]) else {
            throw Problem.badRequest("\(name) is a time such as 2027-01-12T22:00. Nothing was changed.")
        }
        return time
    }
}

extension Remark {
    /// What somebody typed.
    ///
    /// - Throws: ``Problem`` that names the field.
    init(said text: String, in field: String) throws {
        do {
            try self.init(text)
        } catch {
            throw Problem.badRequest("\(field) \(error). Nothing was changed.")
        }
    }
}
