"""How good Muster's forecasts of monthly counts are, one, three and six months ahead.

    python3 Benchmarks/forecast/monthly.py DATA --muster .build/release/muster --output Benchmarks/forecast

DATA holds ae_attendances_monthly.csv (month, organisation, type of department, attendances). Taken are attendances at
type 1 departments of the organisations that have all 36 months. `muster forecast --backtest` forecasts each anew from
up to 13 earlier months, with what was known then; a row judges every month up to its horizon, all organisations pooled.
"""

import argparse
import csv
import json
import pathlib
import subprocess
import tempfile

import roster

MONTHS = 36


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
    lines = [
        f"Monthly attendances at type 1 departments, {len(counts)} organisations, {MONTHS} months; pooled.",
        "",
        "| months ahead | judged | pinball | naive pinball | below seasonal naive | MASE | inside the 80 % band | bias |",
        "| ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |",
    ]
    for horizon in sorted({row["horizon"] for row in rows}):
        own = [row for row in rows if row["horizon"] == horizon]
        judged = sum(row["judged"] for row in own)

        def pooled(key):
            return sum(row[key] * row["judged"] for row in own) / judged

        lines.append(
            f"| {horizon} | {judged} | {pooled('pinball'):.0f} | {pooled('naive_pinball'):.0f} "
            f"| {(1 - pooled('pinball') / pooled('naive_pinball')) * 100:.0f} % | {pooled('mase'):.2f} "
            f"| {pooled('coverage80') * 100:.1f} % | {pooled('bias_percent'):+.1f} % |"
        )
    text = "\n".join(lines) + "\n"
    print(text)
    (options.output / "monthly.md").write_text(text)


if __name__ == "__main__":
    main()
