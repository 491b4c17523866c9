import Foundation

enum PrivateFile {
    /// Makes an empty file that its owner alone may read and write, unless there is one already or it cannot be made.
    ///
    /// SQLite would make it as open as the umask allows, and who is absent when stands in it. What SQLite writes beside
    /// it has the same rights.
    static func make(_ path: String) {
        // Never truncates: another process may be making the same store.
        let descriptor = open(path, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0o600)
        if descriptor >= 0 { close(descriptor) }
    }
}
