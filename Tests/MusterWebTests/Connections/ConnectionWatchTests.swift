import HTTPTypes
import NIOCore
import NIOEmbedded
import NIOHTTP1
import NIOHTTPTypes
import Roster
import Testing

@testable import MusterWeb

@Suite struct ConnectionWatchTests {
    private let limits = ConnectionLimits()
    private let tally = ConnectionTally()
    private let channel: EmbeddedChannel
    private let head = HTTPRequestPart.head(
        HTTPRequest(method: .post, scheme: "http", authority: "localhost", path: "/api/v1/pushes"))

    init() throws {
        channel = EmbeddedChannel(handler: ConnectionWatch(limits: limits, tally: tally))
        try channel.connect(to: SocketAddress(ipAddress: "127.0.0.1", port: 1)).wait()
    }

    private var counted: String? { tally.drain(at: Instant(minutes: 1), isLast: true, limits: limits) }

    /// The status of what was answered, if anything was.
    private func answered() throws -> HTTPResponse.Status? {
        guard case .head(let head) = try channel.readOutbound(as: HTTPResponsePart.self) else { return nil }
        return head.status
    }

    private func answer(_ type: String = "text/html", isWhole: Bool = true) throws {
        try channel.writeOutbound(
            HTTPResponsePart.head(HTTPResponse(status: .ok, headerFields: [.contentType: type])))
        if isWhole { try channel.writeOutbound(HTTPResponsePart.end(nil)) }
        while try channel.readOutbound(as: HTTPResponsePart.self) != nil {}
    }

    @Test func whoAsksNothingIsToldWhenItIsClosed() throws {
        try channel.close().wait()
        #expect(try answered() == .requestTimeout)
        #expect(counted == "1 closed: no whole request within 30 s")
    }

    @Test func aRequestThatStopsHalfWayIsToldAndLeftToTheGateToAudit() throws {
        try channel.writeInbound(head)
        try channel.writeInbound(HTTPRequestPart.body(ByteBuffer(string: "{")))
        try channel.close().wait()
        #expect(try answered() == .requestTimeout)
        #expect(counted == nil)
    }

    @Test func aRequestThatTricklesEndsAllTheSame() throws {
        try channel.writeInbound(head)
        for _ in 1..<limits.wholeSeconds {
            try channel.writeInbound(HTTPRequestPart.body(ByteBuffer(string: " ")))
            channel.embeddedEventLoop.advanceTime(by: .seconds(1))
            #expect(channel.isActive)
        }
        channel.embeddedEventLoop.advanceTime(by: .seconds(1))
        #expect(!channel.isActive)
        #expect(try answered() == .requestTimeout)
        #expect(counted == nil)
    }

    @Test func anAnswerThatIsNotTakenEnds() throws {
        try channel.writeInbound(head)
        try channel.writeInbound(HTTPRequestPart.end(nil))
        try answer(isWhole: false)
        channel.embeddedEventLoop.advanceTime(by: .seconds(limits.wholeSeconds))
        #expect(!channel.isActive)
        #expect(try answered() == nil)
        #expect(counted == "1 closed: the answer was not taken within 120 s")
    }

    @Test func whatIsServedIsClosedWithoutAWord() throws {
        for _ in 1...2 {
            try channel.writeInbound(head)
            try channel.writeInbound(HTTPRequestPart.end(nil))
            try answer()
        }
        channel.embeddedEventLoop.advanceTime(by: .seconds(limits.wholeSeconds))
        #expect(channel.isActive)
        try channel.close().wait()
        #expect(try answered() == nil)
        #expect(counted == nil)
    }

    @Test func liveUpdatesGoOn() throws {
        try channel.writeInbound(head)
        try channel.writeInbound(HTTPRequestPart.end(nil))
        try answer("text/event-stream", isWhole: false)
        channel.embeddedEventLoop.advanceTime(by: .hours(12))
        #expect(channel.isActive)
    }

    @Test func aServerThatStopsBlamesNobody() throws {
        channel.pipeline.fireUserInboundEventTriggered(ChannelShouldQuiesceEvent())
        try channel.close().wait()
        #expect(try answered() == nil)
        #expect(counted == nil)
    }

    @Test func whoLeavesIsCountedAsSuch() throws {
        channel.pipeline.fireUserInboundEventTriggered(ChannelEvent.inputClosed)
        try channel.close().wait()
        #expect(try answered() == nil)
        for _ in 1..<ConnectionTally.flood { tally.count(.left) }
        #expect(counted == "100 left without a request")
    }

    @Test func whatIsNoHTTPIsCountedOnce() throws {
        channel.pipeline.fireErrorCaught(HTTPParserError.invalidMethod)
        channel.pipeline.fireErrorCaught(HTTPParserError.invalidMethod)
        try channel.close().wait()
        #expect(try answered() == nil)
        #expect(counted == "1 refused: no HTTP, or broken off")
    }
}
