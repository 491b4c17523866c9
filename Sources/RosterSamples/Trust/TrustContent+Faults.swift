import Roster

extension TrustContent {
    /// Puts into the exports what is wrong with real ones, each fault once, on the days that are reported on.
    mutating func makeFaults() {
        let today = Self.slashed(day)
        let tomorrow = Self.slashed(day.advanced(by: 1))
        // The same row twice.
        if let row = duty(on: today, in: "ASH", as: "RN") { roster.append(roster[row]) }
        // Somebody on two wards at once.
        if let row = duty(on: tomorrow, in: "AMU", as: "HCA") {
            var second = roster[row]
            second[2] = "ASH"
            roster.append(second)
        }
        // Somebody on leave and on duty.
        if let row = duty(on: today, in: "OAK", as: "RN") {
            absence.append([roster[row][0], today, tomorrow, "Sickness"])
        }
        // A duty that nobody ended, one with hours that do not add up, and a row that lost its end.
        if let row = duty(on: tomorrow, in: "HAZEL", as: "RN") { roster[row][5] = "" }
        if let row = duty(on: today, in: "CEDAR", as: "HCA") { roster[row][7] = "23" }
        if let row = duty(on: tomorrow, in: "BEECH", as: "HCA") { roster[row].removeLast(2) }
        // A grade, a skill and a person that nobody knows.
        staff.append(["29999901", "BEECH", "Band 9z", "AfC Full", "37.5", "", "", "", "41111"])
        roster.append(["29999901", today, "BEECH", "LD*", "07:30", "20:00", "RN", "11.5"])
        if let row = duty(on: today, in: "AMU", as: "RN") {
            competencies.append([roster[row][0], "Chemo L9", Self.slashed(day), ""])
        }
        // The senior decision maker of tomorrow's night is ill, and nobody has changed the rota but to take them out.
        if let row = duty(on: tomorrow, in: "ED", as: "ED REG", shift: "ED-N") {
            absence.append([roster[row][0], tomorrow, tomorrow, "Sickness"])
            roster.remove(at: row)
        }
        // Nobody is rostered for frailty in-reach on Sunday.
        let sunday = Self.slashed(day.advanced(by: 2))
        if let row = duty(on: sunday, in: "ED", as: "FRAIL") { roster.remove(at: row) }
        // A rest day is a row too.
        if let row = duty(on: today, in: "ASH", as: "HCA") {
            let resting = staff.first { $0[1] == "ASH" && $0[0] != roster[row][0] }?[0] ?? roster[row][0]
            roster.append([resting, Self.slashed(day.advanced(by: 20)), "ASH", "RD", "", "", "HCA", "0"])
        }
    }

    private func duty(on day: String, in unit: String, as role: String, shift: String? = nil) -> Int? {
        roster.firstIndex {
            $0[1] == day && $0[2] == unit && $0[6] == role && (shift == nil || $0[3] == shift)
        }
    }
}
