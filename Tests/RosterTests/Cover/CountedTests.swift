import Roster
import Testing

@Suite("Who counts for a rule")
struct CountedTests {
    private static let roles = [
        Role(
            id: "senior", name: "Senior", staffGroup: .medical, grades: ["ST4"], skills: ["decides", "leads"]),
        Role(
            id: "consultant", name: "Consultant", staffGroup: .medical, grades: ["CON"], skills: ["decides"]),
        Role(id: "doctor", name: "Doctor", staffGroup: .medical, grades: ["FY2"]),
    ]

    private func isWithin(_ one: Counted, _ other: Counted) -> Bool {
        one.isWithin(other, roles: Self.roles)
    }

    @Test("Fewer roles, grades and markers and more skills make it narrower; none stated lets everybody pass")
    func narrower() {
        let doctors = Counted(roles: ["doctor", "senior"], skills: ["triage"])
        #expect(isWithin(doctors, doctors) && isWithin(doctors, Counted()))
        #expect(!isWithin(Counted(), doctors))
        #expect(isWithin(Counted(roles: ["doctor"], skills: ["triage", "resus"]), doctors))
        #expect(!isWithin(Counted(roles: ["doctor"]), doctors))
        #expect(!isWithin(Counted(roles: ["doctor", "consultant"], skills: ["triage"]), doctors))
        #expect(isWithin(Counted(grades: ["B6"]), Counted(grades: ["B5", "B6"])))
        #expect(!isWithin(Counted(grades: ["B5", "B6"]), Counted(grades: ["B6"])))
        #expect(!isWithin(Counted(), Counted(grades: ["B6"])) && isWithin(Counted(grades: ["B6"]), Counted()))
        #expect(isWithin(Counted(markers: ["new"]), Counted(markers: ["new", "agency"])))
        #expect(!isWithin(Counted(markers: ["new", "agency"]), Counted(markers: ["new"])))
    }

    @Test("Whoever is placed in a role holds the skills that every role of the rule needs")
    func skillsOfRoles() {
        #expect(isWithin(Counted(roles: ["senior", "consultant"]), Counted(skills: ["decides"])))
        #expect(!isWithin(Counted(roles: ["senior", "consultant"]), Counted(skills: ["leads"])))
        #expect(!isWithin(Counted(roles: ["senior", "doctor"]), Counted(skills: ["decides"])))
        #expect(!isWithin(Counted(), Counted(skills: ["decides"])))
    }
}
