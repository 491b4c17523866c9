import HTTPTypes
import Hummingbird
import Testing

@testable import MusterWeb

@Suite struct ViewCacheTests {
    private static func request(_ path: String) -> Request {
        Request(
            head: HTTPRequest(method: .get, scheme: "http", authority: "muster", path: path),
            body: RequestBody(buffer: .init()))
    }

    /// How often a page is made when these are asked for in turn.
    private static func made(_ paths: [String], _ parameters: [String]) -> Int {
        let cache = ViewCache<String>()
        let visitor = Visitor(role: .everybody, organisations: [], name: "", label: "", formKey: nil)
        var made = 0
        for path in paths {
            let page = cache.value(request(path), parameters, visitor, version: "1") {
                made += 1
                return path
            }
            #expect(!page.isEmpty)
        }
        return made
    }

    @Test func whatNoPageReadsMakesNoPageAnew() {
        #expect(Self.made((1...2_000).map { "/public?x=\($0)" } + ["/public", "//public/"], []) == 1)
        #expect(Self.made(["/pool?part=1", "/pool?part=1&x=2", "/pool?x=3&part=1"], ["part"]) == 1)
    }

    @Test func whoeverMakesUpNumbersTakesNoPlaceFromOthers() {
        let cache = ViewCache<Int>()
        func page(_ path: String, _ organisation: String) -> Bool {
            var isMade = false
            let visitor = Visitor(
                role: .organisationViewer, organisations: [organisation], name: "", label: "", formKey: nil)
            _ = cache.value(Self.request(path), ["part"], visitor, version: "1") {
                isMade = true
                return 1
            }
            return isMade
        }
        for number in 1...2_000 { #expect(page("/pool?part=\(number)", "NS1")) }
        #expect(page("/aid", "NS2"))
        #expect(!page("/aid", "NS2"), "kept")
    }

    /// Anybody may write what looks like a place-holder into a reason.
    @Test func noTextThatIsTypedIsReplacedByAKey() {
        let visitor = Visitor(
            role: .organisationViewer, organisations: ["NS1"], name: "", label: "", formKey: "0123")
        let shared = SharedPage(for: visitor) {
            Page(title: "", content: "\("<session key>")\($0.formKey ?? "")")
        }
        #expect(shared.page(for: visitor).content.source == "&lt;session key&gt;0123")
    }

    @Test func whatAPageReadsDoes() {
        #expect(Self.made(["/pool?part=1", "/pool?part=2", "/pool", "/pool?part=2"], ["part"]) == 3)
        #expect(Self.made(["/a?part=1", "/b?part=1"], ["part"]) == 2)
    }
}
