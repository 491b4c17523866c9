import HummingbirdCore

/// Takes no more connections than there are places, and counts how often the last was taken.
struct ConnectionCeiling: AvailableConnectionsDelegate {
    let most: Int
    let tally: ConnectionTally
    private var open = 0

    init(most: Int, tally: ConnectionTally) {
        self.most = most
        self.tally = tally
    }

    mutating func connectionOpened() {
        open += 1
        if open == most { tally.count(.full) }
    }

    mutating func connectionClosed() { open -= 1 }

    func isAcceptingNewConnections() -> Bool { open < most }
}
