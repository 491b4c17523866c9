import Testing

@testable import PlainText

@Suite struct SuggestionTests {
    @Test(arguments: [
        ("grad", "grade"), ("Grade", "grade"), ("gardes", "grade"), ("paid_hour", "paid_hours"), ("ed", "id"),
    ])
    func aNearNameIsSuggested(found: String, suggested: String) {
        #expect(nearestName(to: found, among: ["grade", "paid_hours", "id", "organisation"]) == suggested)
    }

    @Test(arguments: ["ward", "grxe", "x", "", "organise", String(repeating: "grade", count: 100)])
    func aFarNameIsNot(found: String) {
        #expect(nearestName(to: found, among: ["grade", "paid_hours", "id", "organisation"]) == nil)
    }

    @Test func theNearestOfSeveralIsSuggestedAndTiesGoByName() {
        #expect(nearestName(to: "B55", among: ["B7", "B5", "B54"]) == "B5")
        #expect(
            nearestName(to: "B55", among: ["B5", "B54"]) == nearestName(to: "B55", among: ["B54", "B5"]))
    }
}
