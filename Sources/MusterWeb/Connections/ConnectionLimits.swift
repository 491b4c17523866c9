/// What a connection may take up. Whoever keeps to it never notices; whoever does not is told, and the audit has it.
struct ConnectionLimits: Sendable {
    /// At one time; more wait until one of them is closed.
    var most = 4_096
    /// Seconds without a whole request, or without more of one that has begun.
    var idleSeconds: Int64 = 30
    /// Seconds from the head of a request until its answer has been taken; live updates go on for as long as they like.
    var wholeSeconds: Int64 = 120
}
