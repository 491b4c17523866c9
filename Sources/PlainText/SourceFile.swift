import Foundation

/// A text file as it was read: UTF-8, with its lines as they are, whatever ended them.
///
/// Lines that are not text (invalid UTF-8, unprintable characters, longer than 1 MB) are faults and stand empty in
/// `lines`, so that the rest can still be read.
///
///     guard let file = SourceFile(at: folder.appending(path: "people.csv"), name: "people.csv", faults: faults)
///     else { return }
public struct SourceFile {
    /// The name in messages.
    public let name: String
    /// The bytes as found, for hashing.
    public let bytes: Data
    /// The lines without their ends and without a byte-order mark.
    public let lines: [String]
    /// Whether every line could be read.
    public let isWhole: Bool
    /// Reading stopped before the end, because too many lines were not text.
    public let isCutShort: Bool

    /// How characters are written as bytes.
    public enum Encoding: String, CaseIterable, Sendable {
        case utf8 = "utf-8"
        /// What spreadsheets and older systems on Windows call ANSI. A byte-order mark of UTF-8 goes before it.
        case windows1252 = "windows-1252"
    }

    public static let sizeLimit = 64 << 20
    static let lineLimit = 1 << 20
    static let damagedLineLimit = 20

    /// Loads a file.
    ///
    /// - Parameters:
    ///   - name: the name for messages, relative to the roster folder.
    ///   - sizeLimit: the most bytes that are read.
    /// - Returns: nil, with one fault, if the file is missing, a folder, unreadable or too large.
    public init?(
        at url: URL, name: String, sizeLimit: Int = SourceFile.sizeLimit, encoding: Encoding = .utf8,
        faults: FaultList
    ) {
        let place = Place(file: name)
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: url.path, isDirectory: &isFolder) else {
            faults.add(Fault(at: place, "is missing", accepted: "a readable text file"))
            return nil
        }
        guard !isFolder.boolValue else {
            faults.add(Fault(at: place, "is a folder", accepted: "a readable text file"))
            return nil
        }
        do {
            let handle = try FileHandle(forReadingFrom: url)
            defer { try? handle.close() }
            // One byte more than the limit tells a file that is too large, also where the size is not known before.
            let bytes = try handle.read(upToCount: sizeLimit + 1) ?? Data()
            guard bytes.count <= sizeLimit else {
                faults.add(Fault(at: place, "is too large", accepted: "at most \(sizeLimit) bytes"))
                return nil
            }
            self.init(bytes, name: name, encoding: encoding, faults: faults)
        } catch {
            faults.add(
                Fault(
                    at: place, "could not be read: \(error.localizedDescription)",
                    accepted: "a text file that this user may read"))
            return nil
        }
    }

    /// Reads bytes that are in memory already.
    public init(_ bytes: Data, name: String, encoding: Encoding = .utf8, faults: FaultList) {
        self.name = name
        self.bytes = bytes
        guard !bytes.starts(with: [0xFF, 0xFE]), !bytes.starts(with: [0xFE, 0xFF]) else {
            faults.add(
                Fault(
                    at: Place(file: name), "is written in UTF-16",
                    accepted: "UTF-8 (\"CSV UTF-8\" in a spreadsheet)"))
            (lines, isWhole, isCutShort) = ([], false, true)
            return
        }
        var content = [UInt8](bytes)
        if content.starts(with: [0xEF, 0xBB, 0xBF]) {
            content.removeFirst(3)
        } else if encoding == .windows1252 {
            // Its few bytes that stand for nothing stay as they are, and are faults of their lines.
            content = String(data: bytes, encoding: .windowsCP1252).map { [UInt8]($0.utf8) } ?? content
        }
        var lines: [String] = []
        var damaged = 0
        var isCutShort = false
        for line in content.lineSlices {
            do throws(Fault) {
                lines.append(try readLine(line, at: Place(file: name, line: lines.count + 1)))
            } catch {
                faults.add(error)
                damaged += 1
                lines.append("")
            }
            if damaged == Self.damagedLineLimit {
                let place = Place(file: name, line: lines.count + 1)
                faults.add(
                    Fault(at: place, "and what follows was not read: too many lines before are not text"))
                isCutShort = true
                break
            }
        }
        self.lines = lines
        isWhole = damaged == 0
        self.isCutShort = isCutShort
    }
}

private func readLine(_ bytes: ArraySlice<UInt8>, at place: Place) throws(Fault) -> String {
    guard bytes.count <= SourceFile.lineLimit else {
        throw Fault(
            at: place, "is a line of \(bytes.count) bytes", accepted: "at most \(SourceFile.lineLimit) bytes")
    }
    guard let line = String(bytes: bytes, encoding: .utf8) else {
        let offset = bytes.firstInvalidUTF8 ?? 0
        var place = place
        place.column = .byte(offset + 1)
        let byte = "0x" + String(bytes[bytes.startIndex + offset], radix: 16, uppercase: true)
        throw Fault(
            at: place, value: byte, "is not UTF-8", accepted: "UTF-8 (\"CSV UTF-8\" in a spreadsheet)")
    }
    if let control = line.unicodeScalars.first(where: \.isForbidden) {
        throw Fault(
            at: place, value: String(control), "is not a printable character",
            accepted: "printable characters and tabs")
    }
    return line
}

extension Unicode.Scalar {
    /// Control characters, the separators that some readers take for the end of a line and others do not,
    /// characters for private use, which nobody can print and `YAMLDocument` needs, and what YAML forbids.
    fileprivate var isForbidden: Bool {
        switch value {
        case 0x09: false
        case 0..<0x20, 0x7F..<0xA0, 0x2028, 0x2029, 0xE000..<0xF900, 0xFEFF, 0xFFFE, 0xFFFF: true
        default: false
        }
    }
}

extension [UInt8] {
    /// The lines, ended by LF, CR LF or CR; what follows the last end is a line only if it is not empty.
    fileprivate var lineSlices: [ArraySlice<UInt8>] {
        var slices: [ArraySlice<UInt8>] = []
        var start = 0
        var index = 0
        while index < count {
            let byte = self[index]
            if byte == 10 || byte == 13 {
                slices.append(self[start..<index])
                if byte == 13, index + 1 < count, self[index + 1] == 10 { index += 1 }
                start = index + 1
            }
            index += 1
        }
        if start < count { slices.append(self[start...]) }
        return slices
    }
}

extension ArraySlice<UInt8> {
    /// The offset of the first byte that is not part of a UTF-8 sequence.
    fileprivate var firstInvalidUTF8: Int? {
        var parser = Unicode.UTF8.ForwardParser()
        var iterator = makeIterator()
        var offset = 0
        while true {
            switch parser.parseScalar(from: &iterator) {
            case .valid(let sequence): offset += sequence.count
            case .error: return offset
            case .emptyInput: return nil
            }
        }
    }
}
