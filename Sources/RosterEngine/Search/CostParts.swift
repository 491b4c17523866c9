/// Level 3 taken apart, so that people see what a rota costs and why.
struct CostParts {
    private(set) var points: [String: Double] = [:]

    init(_ problem: Problem, _ incumbents: [Incumbent]) {
        var sums: [String: Int64] = [:]
        for incumbent in incumbents {
            for row in problem.components[incumbent.component].rows {
                let cover = problem.rows[row]
                let value = Int(incumbent.values[row])
                guard cover.shape == .heads else {
                    sums["shares", default: 0] += cover.cost(value)
                    continue
                }
                let surplus = Int64(max(0, value - cover.surplusFrom)) * cover.surplusSlope
                sums["surplus", default: 0] += surplus
                sums["shortage", default: 0] += cover.cost(value) - surplus
            }
            for line in incumbent.lines {
                let model = problem.people[line.person]
                sums["hours", default: 0] += model.hours.cost[line.total(.paid) / model.hours.step]
                for counter in model.counters {
                    sums["\(counter.kind)", default: 0] += counter.cost(line.total(counter.kind))
                }
                sums["lines", default: 0] += line.cost
                sums["wishes", default: 0] += wishes(line, model, problem)
            }
        }
        // What a line costs by itself beside wishes: substitution, disruption, breaks of soft rules.
        sums["policy", default: 0] = (sums["lines"] ?? 0) - (sums["wishes"] ?? 0)
        sums["lines"] = nil
        points = sums.mapValues { Double($0) / 60 }
    }

    private func wishes(_ line: Line, _ model: PersonModel, _ problem: Problem) -> Int64 {
        line.slots.enumerated().reduce(0) { sum, entry in
            let index = model.index(entry.offset, Int(entry.element))
            return model.refused[index] > 0 ? sum + model.wishCost[index] : sum
        }
    }
}
