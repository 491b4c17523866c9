import Foundation

/// Why the files of a rota could not be written. What stood in the folder before still stands there.
public enum OutputError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The folder does not exist and cannot be made, or nothing can be written into it.
    case folder(path: String, reason: String)
    /// A file could not be written in full.
    case write(path: String, reason: String)
    /// A finished file could not be put in the place of the earlier one.
    case replace(path: String, reason: String)
    /// Where a new folder was to be made there is something already.
    case exists(path: String)

    public var description: String {
        switch self {
        case .folder(let path, let reason):
            "\(path): cannot write into this folder: \(reason). Nothing was changed. "
                + "Choose another folder, or make this one writable."
        case .write(let path, let reason):
            "\(path): could not be written: \(reason). The earlier files are untouched. "
                + "Free some space or choose another folder with --output."
        case .replace(let path, let reason):
            "\(path): could not be replaced: \(reason). The earlier files are as they were. "
                + "Close programs that hold the file, or choose another folder with --output."
        case .exists(let path):
            "\(path): is there already and is not an empty folder. It was left as it is: name a new folder."
        }
    }
}

extension OutputError {
    /// What the system says; else what Foundation says, without its preamble.
    package static func reason(_ error: any Error) -> String {
        let underlying = (error as NSError).userInfo[NSUnderlyingErrorKey] as? NSError
        if let underlying, underlying.domain == NSPOSIXErrorDomain {
            return String(cString: strerror(Int32(underlying.code)))
        }
        let words = error.localizedDescription.split(separator: ". ").last.map(String.init) ?? ""
        return words.hasSuffix(".") ? String(words.dropLast()) : words
    }
}
