import Foundation
import PlainText
import Testing

@testable import MusterFiles

@Suite("The files of a roster folder")
struct OpenFolderTests {
    @Test("A folder that is not there")
    func missing() {
        #expect {
            try RosterFolder.read(URL(filePath: "/nowhere/ward"))
        } throws: { error in
            (error as? Faults)?.description
                == "ward: is missing; accepted: a folder with roster.yaml and people.csv"
        }
    }

    @Test("A file in the place of the folder")
    func file() throws {
        try FolderFixture.small().withFolder { url -> Void in
            #expect {
                try RosterFolder.read(url.appending(path: "people.csv"))
            } throws: { error in
                (error as? Faults)?.description
                    == "people.csv: is not a folder; accepted: a folder with roster.yaml and people.csv"
            }
        }
    }

    @Test("A file that is missing", arguments: ["roster.yaml", "people.csv"])
    func missingFile(name: String) throws {
        var folder = FolderFixture.small()
        folder.files[name] = nil
        #expect(try folder.faults() == ["\(name): is missing; accepted: a readable text file"])
    }

    @Test("A name that is nearly one of ours is not passed over")
    func misspelt() throws {
        var folder = FolderFixture.small()
        folder["leaves.csv"] = "person,from,to,kind\n"
        #expect(
            try folder.faults() == [
                """
                leaves.csv: is no file of a roster folder; accepted: roster.yaml, people.csv, skills.csv, \
                leave.csv, duties.csv, bookings.csv, balances.csv, preferences.csv, history.csv, demand.csv, \
                activity.csv, events.csv, forecast.yaml. Did you mean "leave.csv"?
                """
            ])
    }

    @Test("Other files may lie about")
    func others() throws {
        var folder = FolderFixture.small()
        folder["README.md"] = "notes"
        folder["rota.csv"] = "person\n"
        #expect(try folder.faults() == [])
    }
}
