"""How good Muster's forecasts of monthly counts are, one, three and six months ahead.

    python3 Benchmarks/forecast/monthly.py DATA --muster .build/release/muster --output Benchmarks/forecast

DATA holds ae_attendances_monthly.csv (month, organisation, type of department, attendances). Taken are attendances at
type 1 departments of the organisations that have all 36 months. `muster forecast --backtest` forecasts each anew from
up to 13 earlier months, with what was known then; a row judges every month up to its horizon, organisations pooled.

Two constants of the bands (how many errors that overlap are worth one that stands apart: `RollingOrigins.excess` in
Sources/DemandForecast/Models/Blend.swift) were chosen on 19 of the 130 organisations. Which ones was not kept. So every
seventh organisation, 19 of them, is left out of the figures, and the last column says what they could be at worst and at
best for the other 111, whichever 19 had been left out.
"""

import argparse
import csv
import json
import pathlib
import subprocess
import tempfile

import roster

MONTHS = 36
# Every so-many-th organisation is left out; with 130 of them, 19.
LEFT_OUT = 7


def series(folder):
    """Attendances by organisation and month."""
    counts = {}
    with open(folder / "ae_attendances_monthly.csv") as file:
        for row in csv.DictReader(file):
            if row["type"] == "1":
                counts.setdefault(row["org_code"], {})[row["period"][:7]] = int(float(row["attendances"]))
    return {name: months for name, months in sorted(counts.items()) if len(months) == MONTHS}


def backtest(binary, counts):
    with tempfile.TemporaryDirectory() as scratch:
        folder = pathlib.Path(scratch)
        roster.write(folder, "Attendances by month", "2019-04-01", counts)
        with open(folder / "activity.csv", "w") as file:
            file.write("unit,stream,from,count\n")
            for name, months in counts.items():
                for month, count in sorted(months.items()):
                    file.write(f"{name},attendances,{month},{count}\n")
        run = subprocess.run(
            [binary, "forecast", str(folder), "--backtest", "--json"], check=True, capture_output=True, text=True
        )
    return json.loads(run.stdout)["backtest"]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("data", type=pathlib.Path)
    parser.add_argument("--muster", default=".build/release/muster")
    parser.add_argument("--output", type=pathlib.Path, default=pathlib.Path("Benchmarks/forecast"))
    options = parser.parse_args()
    counts = series(options.data)
    rows = backtest(options.muster, counts)
    names = list(counts)
    left_out = set(names[::LEFT_OUT])
    lines = [
        f"Monthly attendances at type 1 departments, {MONTHS} months of {len(counts) - len(left_out)} of {len(counts)} "
        f"organisations, pooled: every seventh is left out, because two constants of the bands were chosen on "
        f"{len(left_out)} of the {len(counts)} and which ones was not kept. Whichever: at worst and at best for the others.",
        "",
        "| months ahead | judged | pinball | naive pinball | below seasonal naive | MASE | inside the 80 % band | bias "
        "| whichever 19 |",
        "| ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |",
    ]
    for horizon in sorted({row["horizon"] for row in rows}):
        every = [row for row in rows if row["horizon"] == horizon]
        own = [row for row in every if row["series"].split()[0] not in left_out]
        judged = sum(row["judged"] for row in own)

        def pooled(key, own=own, judged=judged):
            return sum(row[key] * row["judged"] for row in own) / judged

        inside = sorted(row["coverage80"] for row in every)
        worst = 100 * sum(inside[: -len(left_out)]) / (len(inside) - len(left_out))
        best = 100 * sum(inside[len(left_out) :]) / (len(inside) - len(left_out))
        lines.append(
            f"| {horizon} | {judged} | {pooled('pinball'):.0f} | {pooled('naive_pinball'):.0f} "
            f"| {(1 - pooled('pinball') / pooled('naive_pinball')) * 100:.0f} % | {pooled('mase'):.2f} "
            f"| {pooled('coverage80') * 100:.1f} % | {pooled('bias_percent'):+.1f} % | {worst:.1f} to {best:.1f} % |"
        )
    text = "\n".join(lines) + "\n"
    print(text)
    (options.output / "monthly.md").write_text(text)


if __name__ == "__main__":
    main()
