import Foundation

/// Held by the one process that may send from a store; the system lets go of it when the process ends, however.
///
/// It is a file beside the store. Its one block is written when the lock is first taken, so that a last note
/// finds room there when the disk is full and the store can take nothing any more.
public struct OutboxLock: ~Copyable {
    /// The verdict on an attempt that could not be recorded in the store.
    struct Note: Codable {
        let message: OutboxMessage.ID
        let delivery: Delivery

        init(message: OutboxMessage.ID, delivery: Delivery) {
            self.message = message
            self.delivery = delivery
        }
    }

    private let path: String
    private let descriptor: Int32
    private static let size = 4096

    /// Takes the lock.
    ///
    /// - Parameter patience: For how many tenths of a second to try while another process holds it.
    /// - Throws: ``StoreError/sending(path:)`` if another process still holds it; ``StoreError/diskFull(path:)``,
    ///   ``StoreError/failed(path:detail:)`` if the file cannot be made.
    public init(of store: MusterStore, patience: Int = 100) throws {
        path = store.path + "-outbox"
        descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw Self.failure(path) }
        var left = patience
        while flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
            guard errno == EWOULDBLOCK || errno == EINTR else { throw Self.failure(path) }
            guard left > 0 else { throw StoreError.sending(path: store.path) }
            left -= 1
            usleep(100_000)
        }
        if lseek(descriptor, 0, SEEK_END) < Self.size { try erase() }
    }

    deinit { if descriptor >= 0 { close(descriptor) } }

    var note: Note? {
        var bytes = [UInt8](repeating: 0, count: Self.size)
        guard pread(descriptor, &bytes, Self.size, 0) == Self.size else { return nil }
        return try? JSONDecoder().decode(Note.self, from: Data(bytes.prefix { $0 != 0 }))
    }

    func write(_ note: Note) throws {
        let reply = String(note.delivery.reply.prefix(200))
        let short = Delivery(note.delivery.verdict, code: note.delivery.code, reply: reply)
        try fill(try JSONEncoder().encode(Note(message: note.message, delivery: short)))
    }

    func erase() throws { try fill(Data()) }

    private func fill(_ text: Data) throws {
        var bytes = [UInt8](text.prefix(Self.size - 1))
        bytes += [UInt8](repeating: 0, count: Self.size - bytes.count)
        guard pwrite(descriptor, bytes, Self.size, 0) == Self.size, fsync(descriptor) == 0 else {
            throw Self.failure(path)
        }
    }

    private static func failure(_ path: String) -> StoreError {
        errno == ENOSPC || errno == EDQUOT
            ? .diskFull(path: path) : .failed(path: path, detail: String(cString: strerror(errno)))
    }
}
