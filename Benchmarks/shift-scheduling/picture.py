"""gap.svg: the gap to the best known cost over time, a panel an instance."""

import math
from xml.sax.saxutils import escape

import page
import trajectory

# Colour, dashes and the shape at the end of the line: no solver is told by its colour alone.
LOOKS = {
    "muster": ("#003087", "", "circle"), "cpsat": ("#b3261e", "7 3", "square"), "highs": ("#00703c", "2 3", "diamond"),
    "scip": ("#6f3a9c", "9 3 2 3", "triangle"), "glpk": ("#8a5a00", "4 4", "square"), "cbc": ("#4c6272", "1 4", "diamond"),
}
COLUMNS = 3
WIDTH, HEIGHT = 320, 230
LEFT, TOP, RIGHT, BOTTOM = 50, 26, 16, 34
FIRST_SECOND = 0.1
# Per cent; everything below the first mark is drawn on the line "0".
MARKS = [0, 0.1, 1, 10, 100, 1000]


def svg(records, known):
    """Solid lines from above: costs over the best known; the thin line from below: Muster's bound under it."""
    instances = sorted({record["instance"] for record in records})
    height = 60 + HEIGHT * math.ceil(len(instances) / COLUMNS)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" viewBox="0 0 {WIDTH * COLUMNS} {height}" width="{WIDTH * COLUMNS}" '
        f'height="{height}" font-family="Arial,sans-serif" font-size="11" fill="#212b32">',
        "<title>How far the best cost lay above the best known cost, in per cent, over the seconds of each run; thin: how far "
        "Muster's bound lay below it</title>",
        f'<rect width="{WIDTH * COLUMNS}" height="{height}" fill="#fff"/>',
        legend(sorted({record["solver"] for record in records}, key=list(LOOKS).index)),
    ]
    for place, instance in enumerate(instances):
        own = [record for record in records if record["instance"] == instance]
        x, y = place % COLUMNS * WIDTH, 60 + place // COLUMNS * HEIGHT
        parts.append(f'<g transform="translate({x} {y})">{panel(instance, own, known.get(instance))}</g>')
    return "\n".join(parts) + "\n</svg>\n"


def legend(solvers):
    parts = ['<text x="12" y="18">Cost above the best known, %, over seconds; thin line: Muster\'s bound below it</text>']
    for place, solver in enumerate(solvers):
        x = 12 + place * 130
        colour, dashes, shape = LOOKS[solver]
        parts.append(
            f'<path d="M{x} 38H{x + 40}" stroke="{colour}" stroke-width="2" stroke-dasharray="{dashes}"/>'
            f'{mark(shape, x + 40, 38, colour)}<text x="{x + 50}" y="42">{escape(page.NAMES[solver])}</text>'
        )
    return "".join(parts)


def reference(own, best):
    """The best known cost; where nobody has said it, the best bound that a run has proven, or else the best cost."""
    if best is not None:
        return best, "known"
    bounds = [record["bound"] for record in own if record["bound"] is not None]
    costs = [record["objective"] for record in own if record["objective"] is not None]
    if bounds:
        return max(bounds), "best bound"
    return (min(costs), "best cost") if costs else (None, "")


def panel(instance, own, best):
    zero, called = reference(own, best)
    title = f"Instance {instance}" + (f", {called} {zero:g}" if zero is not None else ", nothing found")
    last = max([record["seconds"] or 0 for record in own] + [10])
    ticks = [second for second in (0.1, 1, 10, 100, 1000, 10000) if second <= last * 1.2]

    def x(seconds):
        span = math.log10(last * 1.05 / FIRST_SECOND)
        return LEFT + math.log10(max(seconds, FIRST_SECOND) / FIRST_SECOND) / span * (WIDTH - LEFT - RIGHT)

    def y(percent):
        share = 0 if percent < MARKS[1] / 2 else (math.log10(max(percent, MARKS[1])) + 2) / 5
        return HEIGHT - BOTTOM - min(share, 1) * (HEIGHT - TOP - BOTTOM)

    parts = [f'<text x="{LEFT}" y="16" font-weight="bold">{escape(title)}</text>']
    for percent in MARKS:
        parts.append(
            f'<path d="M{LEFT} {y(percent):.1f}H{WIDTH - RIGHT}" stroke="#d8dde0"/>'
            f'<text x="{LEFT - 5}" y="{y(percent) + 4:.1f}" text-anchor="end">{percent:g}</text>'
        )
    for second in ticks:
        parts.append(f'<text x="{x(second):.1f}" y="{HEIGHT - BOTTOM + 16}" text-anchor="middle">{second:g} s</text>')
    if zero is not None:
        for record in own:
            parts.append(lines(record, zero, x, y))
    return "".join(parts)


def lines(record, zero, x, y):
    colour, dashes, shape = LOOKS[record["solver"]]
    end = max(record["seconds"] or 0, record["trajectory"][-1][0] if record["trajectory"] else 0)
    moments = sorted({time for time, _, _ in record["trajectory"]} | {end})

    def steps(values):
        known = [(time, value) for time, value in values if value is not None]
        if not known:
            return "", None
        path = f"M{x(known[0][0]):.1f} {y(known[0][1]):.1f}"
        for time, value in known[1:]:
            path += f"H{x(time):.1f}V{y(value):.1f}"
        return path, known[-1]

    def percent(value, sign):
        return None if value is None else sign * (value - zero) / max(1, abs(zero)) * 100

    points = record["trajectory"]
    path, last = steps([(time, percent(trajectory.cost_at(points, time), 1)) for time in moments])
    parts = []
    if last:
        parts.append(
            f'<path d="{path}" fill="none" stroke="{colour}" stroke-width="2" stroke-dasharray="{dashes}"/>'
            f"{mark(shape, x(last[0]), y(last[1]), colour)}"
        )
    if record["solver"] == "muster":
        path, last = steps([(time, percent(trajectory.bound_at(points, time), -1)) for time in moments])
        if last:
            parts.append(f'<path d="{path}" fill="none" stroke="{colour}" stroke-width="0.8"/>')
    return "".join(parts)


def mark(shape, x, y, colour):
    if shape == "circle":
        return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4" fill="{colour}"/>'
    corners = {
        "square": [(-4, -4), (4, -4), (4, 4), (-4, 4)],
        "diamond": [(0, -5), (5, 0), (0, 5), (-5, 0)],
        "triangle": [(0, -5), (5, 4), (-5, 4)],
    }[shape]
    points = " ".join(f"{x + dx:.1f},{y + dy:.1f}" for dx, dy in corners)
    return f'<polygon points="{points}" fill="{colour}"/>'
