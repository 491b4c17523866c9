import ArgumentParser
import Foundation
import MusterFiles
import MusterStore
import Roster

/// `muster book`: confirms somebody for a gap, or takes that back.
struct Book: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Confirm a booking that closes a gap, or cancel one.",
        discussion: """
            The independent checker judges the person on the duty: competent and in date, free, and rested on both \
            sides; otherwise the booking is refused. A booking closes the part of the gap that it covers. Somebody \
            who is not in people.csv needs --skill, --free-from and --free-until, as their own organisation \
            confirms them.

            Exit codes: 0 booked or cancelled; 3 refused, because a rule would be broken.

            Examples:
              muster book my-ward --store my-ward.sqlite --gap nurses@2026-11-14T19:30 --person n-017 \\
                --date 2026-11-14 --shift N --role nurse --origin bank --by "Bank desk" --reason "confirmed"
              muster book my-ward --store my-ward.sqlite --cancel 7 --by "Bank desk" --reason "called in sick"
            """)

    @Argument(help: "The roster folder of the published rota.", completion: .directory)
    var folder: String

    @OptionGroup var place: StoreOption
    @OptionGroup var signature: Signature

    @Option(help: ArgumentHelp("The gap, as gaps.csv names it.", valueName: "ID"))
    var gap: Gap.ID?

    @Option(help: ArgumentHelp("Who comes: an id from people.csv, or a pseudonym.", valueName: "ID"))
    var person: Person.ID?

    @Option(help: ArgumentHelp("The day on which the duty starts, as 2026-11-14.", valueName: "D"))
    var date: Day?

    @Option(help: ArgumentHelp("The shift.", valueName: "ID"))
    var shift: ShiftType.ID?

    @Option(help: ArgumentHelp("The role.", valueName: "ID"))
    var role: Role.ID?

    @Option(help: ArgumentHelp("The unit. (default: the gap's)", valueName: "ID"))
    var unit: Roster.Unit.ID?

    @Option(help: ArgumentHelp("Where the person comes from: bank, agency, mutual-aid.", valueName: "TEXT"))
    var origin = "bank"

    @Option(help: ArgumentHelp("A skill confirmed in date; once for each.", valueName: "ID"))
    var skill: [Skill.ID] = []

    @Option(
        help: ArgumentHelp(
            "From when the person's own organisation finds them free, as 2026-11-14T08:00+00:00.",
            valueName: "TIME"))
    var freeFrom: Instant?

    @Option(help: ArgumentHelp("Until when.", valueName: "TIME"))
    var freeUntil: Instant?

    @Option(help: ArgumentHelp("Cancel this booking instead; its gap is open again.", valueName: "N"))
    var cancel: Int64?

    @Flag(help: "Print one JSON object.")
    var json = false

    func validate() throws {
        let duty: [Any?] = [gap, person, date, shift, role]
        if cancel == nil, duty.contains(where: { $0 == nil }) {
            throw ValidationError("Say --gap, --person, --date, --shift and --role, or --cancel N.")
        }
        if cancel != nil, duty.contains(where: { $0 != nil }) {
            throw ValidationError("--cancel takes a booking back: leave out what describes a new one.")
        }
        if (freeFrom == nil) != (freeUntil == nil) {
            throw ValidationError("--free-from and --free-until belong together.")
        }
    }

    func run() throws {
        let folder = try RosterFolder.read(URL(filePath: folder))
        let store = try place.open()
        let booking =
            if let cancel {
                try store.cancel(
                    BookingRecord.ID(cancel), by: signature.by, reason: signature.reason, at: .now)
            } else {
                try store.book(
                    request(folder.scenario, store), scenario: folder.scenario, rules: folder.ruleBook,
                    by: signature.by, reason: signature.reason, at: .now)
            }
        let open = booking.left(of: try store.openGaps())
        if json {
            try Console.result(json: BookingEntry(booking, gap: open.first))
        } else {
            let closed =
                booking.isLive
                ? "That gap is closed." : "No gap of \(booking.request.duty.unit) is open then."
            let left =
                open.isEmpty
                ? closed : open.map { "Still open: \(StoreText.vacancy($0))" }.joined(separator: "\n")
            try Console.result("\(StoreText.booking(booking)).\n\(left)\(try callLeft(of: booking, store))")
        }
    }

    /// Only the system's page takes back what the system counts.
    private func callLeft(of booking: BookingRecord, _ store: MusterStore) throws -> String {
        let call = try store.calls().first { $0.state == .confirmed && $0.isWorked(by: booking.request.duty) }
        guard !booking.isLive, let call else { return "" }
        return
            "\nThe system still counts it as closed: withdraw \(call.id) on the page Mutual aid, so that others can help."
    }

    private func request(_ scenario: Scenario, _ store: MusterStore) throws -> BookingRequest {
        guard let gap, let person, let date, let shift, let role else {
            throw ValidationError("Say --gap, --person, --date, --shift and --role.")
        }
        _ = try shift.required(among: scenario.shiftTypes.map(\.id), as: "--shift")
        _ = try role.required(among: scenario.roles.map(\.id), as: "--role")
        for skill in skill { _ = try skill.required(among: scenario.skills.map(\.id), as: "--skill") }
        let home =
            try store.openGaps().first { $0.gap.isCalled(gap) && scenario.unit($0.gap.unit) != nil }?.gap.unit
            ?? scenario.units.first?.id
        let unit = try (unit ?? home)?.required(among: scenario.units.map(\.id), as: "--unit")
        guard let type = scenario.shiftType(shift), let unit else {
            throw ValidationError("Say --unit: this roster has none.")
        }
        let window = freeFrom.flatMap { from in
            freeUntil.map { BookingRequest.Window(from: from, until: $0) }
        }
        return BookingRequest(
            gap: gap,
            duty: Duty(person: person, day: date, unit: unit, shift: type, role: role, source: .booking),
            skills: Set(skill), origin: origin, vouchedFor: window)
    }
}

extension BookingRecord {
    /// The booking's gap, if that is open. Of one that was taken back all that is open in its unit at its time, its own first:
    /// the rota may have been published anew since, with gaps that are cut otherwise.
    func left(of open: [GapRecord]) -> [GapRecord] {
        let (own, duty) = (request.gap, request.duty)
        let here = open.filter { $0.gap.unit == duty.unit }
        if isLive { return here.filter { $0.gap.id == own } }
        let then = here.filter { $0.gap.start < duty.end && duty.start < $0.gap.end }
        return then.filter { $0.gap.id == own } + then.filter { $0.gap.id != own }
    }
}
