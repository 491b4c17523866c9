/// What went wrong with the file in which the store lives.
public enum StoreError: Error, Hashable, Sendable, CustomStringConvertible {
    /// There is no file, and none was to be made.
    case missing(path: String)
    /// The file is something else, and was left as it is.
    case notAStore(path: String, why: String)
    /// A newer Muster has changed the store; these are the changes that this one does not know.
    case newer(path: String, changes: [String])
    case readOnly(path: String)
    case diskFull(path: String)
    /// Another process held the store for longer than the store waits.
    case busy(path: String)
    /// Another process is sending from the store's outbox.
    case sending(path: String)
    /// SQLite says that the file's contents are damaged.
    case damaged(path: String, detail: String)
    /// The audit does not add up from this row on: somebody changed it outside Muster.
    case auditBroken(path: String, row: Int64, why: String)
    /// Whatever else SQLite or the system answers.
    case failed(path: String, detail: String)

    public var description: String {
        switch self {
        case .missing(let path):
            "\(path): there is no store here. Check the path, or make one with `muster solve --store`."
        case .notAStore(let path, let why):
            "\(path): this is not a Muster store (\(why)). It was left as it is: name another file."
        case .newer(let path, let changes):
            "\(path): a newer version of Muster has changed this store (\(changes.joined(separator: ", "))). "
                + "Nothing was touched: use that version, or a later one."
        case .readOnly(let path):
            "\(path): the store cannot be written. Give this user the right to write the file and its folder."
        case .diskFull(let path):
            "\(path): the disk is full. Nothing of this step was kept, all earlier ones are safe: "
                + "make room and do it again."
        case .busy(let path):
            "\(path): another process has been writing for more than \(MusterStore.patience) s. "
                + "Nothing was changed: do it again when that has ended."
        case .sending(let path):
            "\(path): another process is sending from this outbox, and two must not. Nothing was sent by this one: "
                + "do it again when that has ended."
        case .damaged(let path, let detail):
            "\(path): the store is damaged (\(detail)). Keep the file and go back to the last backup."
        case .auditBroken(let path, let row, let why):
            "\(path): the audit was changed outside Muster: row \(row) \(why). "
                + "Keep the file as evidence and compare it with the last backup."
        case .failed(let path, let detail):
            "\(path): the store could not be read or written (\(detail)). Nothing of this step was kept."
        }
    }
}
