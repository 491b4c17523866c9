/// The known name nearest to a name that is not known, for "did you mean".
///
/// Nearest is the smallest number of letters added, dropped, changed or swapped with their neighbour (the optimal
/// string alignment distance), without regard to case. A name is near if at most a third of its letters, and at most
/// three, have to change.
///
/// - Complexity: O(n · m²) for n names of m characters. Names of over 64 characters have no suggestion.
public func nearestName(to name: String, among names: some Sequence<String>) -> String? {
    guard name.utf8.count <= 64 else { return nil }
    let wanted = Array(name.lowercased())
    let allowed = min(3, max(1, wanted.count / 3))
    var best: (name: String, distance: Int)?
    for candidate in names where candidate.utf8.count <= 64 && candidate != name {
        let distance = editDistance(wanted, Array(candidate.lowercased()))
        let isNearer = best.map { (distance, candidate) < ($0.distance, $0.name) } ?? true
        if distance <= allowed, distance < wanted.count, isNearer { best = (candidate, distance) }
    }
    return best?.name
}

private func editDistance(_ left: [Character], _ right: [Character]) -> Int {
    var twoBack: [Int] = []
    var previous = Array(0...right.count)
    for row in left.indices {
        var current = [row + 1]
        for column in right.indices {
            let change = previous[column] + (left[row] == right[column] ? 0 : 1)
            var distance = min(change, previous[column + 1] + 1, current[column] + 1)
            if row > 0, column > 0, left[row] == right[column - 1], left[row - 1] == right[column] {
                distance = min(distance, twoBack[column - 1] + 1)
            }
            current.append(distance)
        }
        (twoBack, previous) = (previous, current)
    }
    return previous[right.count]
}
