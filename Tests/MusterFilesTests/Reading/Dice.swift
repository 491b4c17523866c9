import Foundation

/// Random numbers that are the same for the same seed (SplitMix64).
struct Dice: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// A number from 0 to one less than `sides`.
    mutating func roll(_ sides: Int) -> Int { Int.random(in: 0..<max(1, sides), using: &self) }
}

extension FolderFixture {
    /// Changes, adds, takes out, doubles or swaps some bytes or lines of some file.
    mutating func damage(_ dice: inout Dice) {
        let names = files.keys.sorted()
        let name = names[dice.roll(names.count)]
        var bytes = files[name] ?? Data()
        var lines = String(decoding: bytes, as: UTF8.self).components(separatedBy: "\n")
        let line = dice.roll(lines.count)
        let position = dice.roll(bytes.count)
        switch dice.roll(8) {
        case 0 where !bytes.isEmpty: bytes[position] = UInt8(dice.roll(256))
        case 1: bytes.insert(UInt8(dice.roll(256)), at: position)
        case 2 where !bytes.isEmpty: bytes.remove(at: position)
        case 3: bytes = bytes.prefix(position)
        case 4: lines.remove(at: line)
        case 5: lines.insert(lines[line], at: line)
        case 6: lines.swapAt(line, dice.roll(lines.count))
        default: lines[line] = lines[line].replacingOccurrences(of: "0", with: "9")
        }
        let text = Data(lines.joined(separator: "\n").utf8)
        files[name] = bytes == files[name] ? text : bytes
    }
}
