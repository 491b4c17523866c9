import HTTPTypes
import Hummingbird
import NIOCore
import NIOHTTP1
import NIOHTTPTypes

/// Stands at one connection: a request that does not come whole in time is told so before it is closed, and what never
/// becomes a request is counted. A request whose head was read is audited by the ``Gate``, which knows who asks.
final class ConnectionWatch: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart
    typealias InboundOut = HTTPRequestPart
    typealias OutboundIn = HTTPResponsePart
    typealias OutboundOut = HTTPResponsePart

    private enum Stage {
        /// Nothing whole has ever come.
        case silent
        /// Some of a request has come, and nothing of its answer has gone.
        case receiving
        /// A request was read or answered: to be closed is no event.
        case served
        /// Told why it ends.
        case over
    }

    private let limits: ConnectionLimits
    private let tally: ConnectionTally
    private var stage = Stage.silent
    /// Whether the other end has left, or the server stops, so that closing is not our doing.
    private var isLeaving = false
    private var deadline: Scheduled<Void>?

    init(limits: ConnectionLimits, tally: ConnectionTally) {
        self.limits = limits
        self.tally = tally
    }

    // MARK: - What comes in

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head:
            stage = .receiving
            schedule(context)
        case .body: break
        case .end: if stage == .receiving { stage = .served }
        }
        context.fireChannelRead(data)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        if error is HTTPParserError, stage != .over {
            // With a head it is the body that breaks off, and the gate hears of that.
            if stage != .receiving { tally.count(.malformed) }
            stage = .over
        }
        context.fireErrorCaught(error)
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if event is ChannelShouldQuiesceEvent || event as? ChannelEvent == .inputClosed { isLeaving = true }
        context.fireUserInboundEventTriggered(event)
    }

    func channelInactive(context: ChannelHandlerContext) {
        deadline?.cancel()
        if stage == .silent { tally.count(.left) }
        context.fireChannelInactive()
    }

    // MARK: - What goes out

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        switch unwrapOutboundIn(data) {
        case .head(let head):
            if stage == .receiving { stage = .served }
            if head.headerFields[.contentType] == "text/event-stream" { deadline?.cancel() }
        case .body: break
        case .end: if stage == .served { deadline?.cancel() }
        }
        context.write(data, promise: promise)
    }

    func close(context: ChannelHandlerContext, mode: CloseMode, promise: EventLoopPromise<Void>?) {
        if mode == .all, !isLeaving { explain(context) }
        context.close(mode: mode, promise: promise)
    }

    /// Says why a connection is closed on which a request is still owed.
    private func explain(_ context: ChannelHandlerContext) {
        switch stage {
        case .silent: tally.count(.silent)
        case .receiving: break
        case .served, .over: return
        }
        stage = .over
        let body = ByteBuffer(
            string: #"{"detail":"No whole request came in time. Nothing was changed.","status":408,"#
                + #""title":"Request timeout"}"#)
        let head = HTTPResponse(
            status: .requestTimeout,
            headerFields: [
                .connection: "close", .contentType: "application/problem+json",
                .contentLength: "\(body.readableBytes)",
            ])
        for part in [HTTPResponsePart.head(head), .body(body)] {
            context.write(wrapOutboundOut(part), promise: nil)
        }
        context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
    }

    private func schedule(_ context: ChannelHandlerContext) {
        deadline?.cancel()
        deadline = context.eventLoop.assumeIsolated().scheduleTask(in: .seconds(limits.wholeSeconds)) {
            if self.stage == .served { self.tally.count(.notTaken) }
            self.close(context: context, mode: .all, promise: nil)
        }
    }
}
