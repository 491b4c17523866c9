"""results.md: who had found and proven what, when, and at what price."""

import trajectory

MOMENTS = [1, 3, 10, 30, 60, 300]
NAMES = {"muster": "Muster", "cpsat": "CP-SAT", "highs": "HiGHS", "scip": "SCIP", "glpk": "GLPK", "cbc": "CBC"}


def latest(records):
    """Of each solver on each instance the run that was recorded last, by instance, Muster first."""
    last = {(record["instance"], record["solver"]): record for record in records}
    order = list(NAMES)
    return [last[key] for key in sorted(last, key=lambda key: (key[0], order.index(key[1])))]


def text(records, known):
    parts = [heading(records)] + conditions(records)
    if records:
        parts += ["## At the end of each run", ends(records, known)]
        parts += ["## The best cost by the second", PREFACE, moments(records, known), verdict(records)]
    return "\n\n".join(parts) + "\n"


def heading(records):
    return (
        "# The public shift-scheduling set\n\n"
        "Written by `compare.py` from `results.jsonl`; `make bench-peers DATA=…` runs what is not recorded yet. The "
        "instances are by T. Curtois and R. Qu (\"Computational results on new staff scheduling benchmark instances\", "
        "2014) and are not part of this project. One run after another, two threads. *cost*: the penalty, which an "
        "independent evaluator confirms to the unit; *known*: the best known cost; *gap*: (cost − bound) ÷ cost; *best "
        "after*: seconds to the cost; *CPU* and *peak*: processor seconds and largest memory of the process, for peers "
        "with the making of the model in Python, which their seconds leave out. “—” means none."
        + ("" if records else "\n\nNothing is recorded yet.")
    )


def conditions(records):
    machines = sorted({record["machine"] for record in records})
    dates = sorted({record["date"] for record in records})
    commits = sorted({record["commit"] for record in records if record["solver"] == "muster"})
    versions = sorted({f"{name(record)} {record['version']}" for record in records if record["version"]})
    loads = [record["load"] for record in records]
    lines = [f"- Machine: {machine}" for machine in machines]
    if dates:
        lines.append(f"- Date: {dates[0]}" + (f" to {dates[-1]}" if len(dates) > 1 else ""))
        lines.append(f"- Load before the runs: {min(loads):g} to {max(loads):g}")
    if commits:
        lines.append("- Commit: " + ", ".join(f"`{commit}`" for commit in commits))
    if versions:
        lines.append("- Peers: " + ", ".join(versions))
    return ["\n".join(lines)] if lines else []


def name(record):
    return NAMES[record["solver"]]


def ends(records, known):
    columns = ["instance", "known", "solver", "cost", "above known %", "bound", "gap %", "best after s", "s", "limit s", "CPU s",
               "peak MB", "status"]
    rows = []
    for record in records:
        best = known.get(record["instance"])
        cost = record["objective"]
        above = None if cost is None or not best else (cost / best - 1) * 100
        rows.append([
            str(record["instance"]), cell(best), name(record), cell(cost), cell(above, 2), cell(record["bound"], 2),
            cell(None if record["gap"] is None else record["gap"] * 100, 2), cell(record["seconds_to_best"], 1),
            cell(record["seconds"], 1), cell(record["limit"]), cell(record["cpu_seconds"], 1), cell(record["peak_megabytes"]),
            record["status"],
        ])
    return table(columns, "rrlrrrrrrrrrl", rows)


PREFACE = (
    "A run that ended earlier keeps what it had. **Bold**: nobody had a better cost by then. The last column says how "
    "Muster stood against the best of the peers that were run on the instance, moment by moment: `+` ahead, `=` level, "
    "`−` behind, `·` nothing found by either."
)


def by_moment(records):
    """For each instance: its runs, and each solver's cost at each moment."""
    for instance in sorted({record["instance"] for record in records}):
        own = [record for record in records if record["instance"] == instance]
        yield instance, own, {
            record["solver"]: [trajectory.cost_at(record["trajectory"], moment) for moment in MOMENTS] for record in own
        }


def moments(records, known):
    rows = []
    for instance, own, costs in by_moment(records):
        signs = " ".join(standing(costs))
        for record in own:
            mine = costs[record["solver"]]
            cells = []
            for index, cost in enumerate(mine):
                others = [row[index] for row in costs.values() if row[index] is not None]
                is_best = cost is not None and cost <= min(others)
                cells.append(f"**{cell(cost)}**" if is_best else cell(cost))
            rows.append([str(instance), cell(known.get(instance)), name(record), *cells,
                         signs if record["solver"] == "muster" else ""])
    return table(["instance", "known", "solver", *(f"{moment} s" for moment in MOMENTS), "Muster"], "rrl" + "r" * len(MOMENTS) + "l", rows)


def standing(costs):
    """Muster against the best peer at each moment; empty if one of the two is missing."""
    if "muster" not in costs or len(costs) < 2:
        return []
    signs = []
    for index in range(len(MOMENTS)):
        own = costs["muster"][index]
        others = [row[index] for solver, row in costs.items() if solver != "muster" and row[index] is not None]
        if own is None:
            signs.append("−" if others else "·")
        elif not others or own < min(others):
            signs.append("+")
        else:
            signs.append("=" if own == min(others) else "−")
    return signs


def verdict(records):
    signs = [sign for _, _, costs in by_moment(records) for sign in standing(costs)]
    counts = {sign: signs.count(sign) for sign in "+=−"}
    return (
        f"Of {len(signs)} moments Muster was ahead in {counts['+']}, level in {counts['=']} and behind in {counts['−']}."
        if signs else "Muster and peers have no instance in common yet."
    )


def table(columns, alignment, rows):
    rules = ["---:" if side == "r" else "---" for side in alignment]
    return "\n".join(f"| {' | '.join(row)} |" for row in [columns, rules, *rows])


def cell(number, decimals=0):
    return "—" if number is None else f"{number:.{decimals}f}"
