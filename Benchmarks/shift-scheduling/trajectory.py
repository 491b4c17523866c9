"""What a solver had found, and what it had proven, at each moment of a run."""

import re

# A run as [(seconds, cost or None, bound or None)], the times rising.


def thinned(points):
    """Without the points that change nothing to speak of: a better cost always counts, a bound from 0.01 % on."""
    kept = []
    for seconds, cost, bound in points:
        if kept:
            _, last_cost, last_bound = kept[-1]
            cost = last_cost if cost is None else cost
            bound = last_bound if bound is None else bound
            same_bound = bound == last_bound or (
                last_bound is not None and abs(bound - last_bound) <= 1e-4 * max(1, abs(last_bound))
            )
            if cost == last_cost and same_bound:
                continue
        elif cost is None and bound is None:
            continue
        kept.append((round(seconds, 3), cost, bound))
    return kept


def cost_at(points, seconds):
    """The best cost found by then; None if there was none."""
    costs = [cost for time, cost, _ in points if time <= seconds and cost is not None]
    return min(costs) if costs else None


def bound_at(points, seconds):
    """The best bound proven by then; None if there was none."""
    bounds = [bound for time, _, bound in points if time <= seconds and bound is not None]
    return max(bounds) if bounds else None


def number(text):
    """A number as solvers print it; None for `-`, `inf`, `--` and the like."""
    try:
        value = float(text)
    except ValueError:
        return None
    return value if abs(value) < 1e15 else None


def of_muster(text):
    """From the progress that `muster` writes to standard error: columns under titles that come back now and then."""
    titles = ["seconds", "cost", "bound", "gap %"]
    points = []
    for line in text.splitlines():
        line = re.sub(r"\x1b\[[0-9;]*m", "", line)
        if "seconds" in line and "bound" in line:
            titles = [title.strip() for title in re.split(r"\s{2,}", line.strip())]
            continue
        cells = line.split()
        if len(cells) < 3 or number(cells[0]) is None:
            continue
        row = dict(zip(titles, cells))
        if "cost" in row and "bound" in row and (number(row["cost"]) is not None or row["cost"] == "-"):
            points.append((float(cells[0]), number(row["cost"]), number(row["bound"])))
    return thinned(points)


def of_cpsat(log):
    """CP-SAT: `#3 1.20s best:1245 next:[700,1244] …` and `#Bound 1.30s best:1245 next:[710,1244] …`."""
    points = []
    for match in re.finditer(r"^#(?:\d+|Bound|Done)\s+([\d.]+)s\s+best:(\S+)\s+next:\[([^,\]]*)", log, re.M):
        points.append((float(match[1]), number(match[2]), number(match[3])))
    return thinned(points)


def of_highs(log):
    """HiGHS: rows of `… | BestBound BestSol Gap | Cuts InLp Confl. | LpIters Time`."""
    points = []
    pattern = r"^\s*[A-Za-z]?\s+\d+\s+\d+\s+\d+\s+[\d.]+%\s+(\S+)\s+(\S+)\s+(?:\S+%|inf|Large)\s+.*?([\d.]+)s\s*$"
    for match in re.finditer(pattern, log, re.M):
        points.append((float(match[3]), number(match[2]), number(match[1])))
    return thinned(points)


def of_scip(log):
    """SCIP: rows parted by bars, time first; the dual and the primal bound stand before the last two columns."""
    points = []
    for line in log.splitlines():
        cells = [cell.strip() for cell in line.split("|")]
        time = re.fullmatch(r"\D?\s*([\d.]+)s", cells[0])
        if time and len(cells) >= 6:
            points.append((float(time[1]), number(cells[-3]), number(cells[-4])))
    return thinned(points)


def of_stamped(log, cost, bound):
    """GLPK and CBC: lines that `run_peer.py` has stamped with the time, `[   1.20] …`."""
    points = []
    for match in re.finditer(r"^\[\s*([\d.]+)\] (.*)$", log, re.M):
        found = [re.search(pattern, match[2]) for pattern in (cost, bound)]
        if any(found):
            points.append((float(match[1]), *(number(hit[1]) if hit else None for hit in found)))
    return thinned(points)


PEERS = {
    "cpsat": of_cpsat,
    "highs": of_highs,
    "scip": of_scip,
    "glpk": lambda log: of_stamped(log, r"mip =\s+(\S+)\s+>=", r"mip = .*>=\s+(\S+)"),
    "cbc": lambda log: of_stamped(
        log,
        r"(?:Cbc00(?:12|16|04)I Integer solution of|Cbc0038I Solution found of|best solution) (\S+?),?(?:\s|$)",
        r"best possible (\S+?)\)?(?:\s|$)",
    ),
}
