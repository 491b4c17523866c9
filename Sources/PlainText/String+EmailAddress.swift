extension String {
    /// Whether this is an address such as `bank.desk@trust.example`, in the plain form of RFC 5321: ASCII, no quotes, no
    /// comments.
    ///
    /// Whoever reads an address and whoever sends to it ask here, so that none is taken that cannot be used.
    public var isEmailAddress: Bool {
        let parts = split(separator: "@", omittingEmptySubsequences: false)
        return utf8.count <= 254 && parts.count == 2 && parts[0].isLocalPart && parts[1].isDomain
    }
}

extension Substring {
    /// RFC 5322, 3.2.3: a dot-atom.
    fileprivate var isLocalPart: Bool {
        utf8.count <= 64
            && split(separator: ".", omittingEmptySubsequences: false).allSatisfy { atom in
                !atom.isEmpty
                    && atom.utf8.allSatisfy {
                        $0.isAlphanumeric || Array("!#$%&'*+-/=?^_`{|}~".utf8).contains($0)
                    }
            }
    }

    /// RFC 1123: labels of letters, digits and inner hyphens. One label, such as `localhost`, is enough.
    fileprivate var isDomain: Bool {
        utf8.count <= 253
            && split(separator: ".", omittingEmptySubsequences: false).allSatisfy { label in
                (1...63).contains(label.utf8.count) && label.utf8.first != 45 && label.utf8.last != 45
                    && label.utf8.allSatisfy { $0.isAlphanumeric || $0 == 45 }
            }
    }
}

extension UInt8 {
    fileprivate var isAlphanumeric: Bool {
        (48...57).contains(self) || (65...90).contains(self) || (97...122).contains(self)
    }
}
