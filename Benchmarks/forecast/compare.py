"""Holds Muster's forecasts against statsforecast's on the daily ambulance series, side by side.

    python3 Benchmarks/forecast/compare.py DATA --muster .build/release/muster --output Benchmarks/forecast

DATA holds ambulance_daily_south_west.csv (date, count, area). Both forecast 28 days from the same 13 days, 28 days
apart, up to the end of the series, with all that was known then. Judged: mean pinball loss over the quantiles 5, 10,
25, 50, 75, 90 and 95 %, and the share of days between the 10 and the 90 % quantile. A second table has Muster's own
backtest at every horizon, beside its own seasonal naive. Needs pandas and statsforecast
from PyPI. AutoARIMA takes some twenty minutes; --skip arima leaves it out.
"""

import argparse
import json
import pathlib
import subprocess
import tempfile

import numpy
import pandas
import statsforecast
from statsforecast import StatsForecast
from statsforecast.models import MSTL, AutoARIMA, AutoETS, SeasonalNaive

import roster

LEVELS = numpy.array([0.05, 0.10, 0.25, 0.50, 0.75, 0.90, 0.95])
HORIZON = STEP = 28
ORIGINS = 13
MODELS = {
    "snaive": ("seasonal naive", lambda: SeasonalNaive(7, alias="snaive")),
    "ets": ("AutoETS", lambda: AutoETS(season_length=7, alias="ets")),
    "mstl": ("MSTL, week and year", lambda: MSTL(season_length=[7, 365], alias="mstl")),
    "mstl7": ("MSTL, week", lambda: MSTL(season_length=[7], alias="mstl7")),
    "arima": ("AutoARIMA", lambda: AutoARIMA(season_length=7, alias="arima")),
}


def series(folder):
    """All areas whose history is whole; neither the trust's total nor calls from out of area."""
    table = pandas.read_csv(folder / "ambulance_daily_south_west.csv")
    table.columns = ["ds", "y", "unique_id"]
    table = table[~table.unique_id.isin(["ORA", "OOA", "Trust"])].copy()
    table.ds = pandas.to_datetime(table.ds, format="mixed")
    table.y = table.y.astype(float)
    return table


def forecasts(name, table, keep):
    """statsforecast's own rolling origins; from `keep` if they are there already."""
    kept = keep and keep / f"{name}.csv"
    if kept and kept.exists():
        return pandas.read_csv(kept)
    frame = StatsForecast(models=[MODELS[name][1]()], freq="D", n_jobs=1).cross_validation(
        df=table, h=HORIZON, step_size=STEP, n_windows=ORIGINS, level=[50, 80, 90], refit=True
    )
    if kept:
        frame.to_csv(kept, index=False)
    return frame


def judged(name, table, keep):
    frame = forecasts(name, table, keep)
    # The trust's total is no area.
    frame = frame[frame.unique_id.isin(table.unique_id.unique())]
    columns = [f"{name}-lo-90", f"{name}-lo-80", f"{name}-lo-50", name, f"{name}-hi-50", f"{name}-hi-80", f"{name}-hi-90"]
    quantiles = frame[columns].to_numpy()
    miss = frame.y.to_numpy()[:, None] - quantiles
    pinball = numpy.maximum(LEVELS * miss, (LEVELS - 1) * miss).mean()
    inside = ((frame.y >= quantiles[:, 1]) & (frame.y <= quantiles[:, 5])).mean()
    bias = (frame[name].sum() / frame.y.sum() - 1) * 100
    return MODELS[name][0], pinball, inside * 100, bias


def muster(binary, table):
    with tempfile.TemporaryDirectory() as scratch:
        folder = pathlib.Path(scratch)
        first = (table.ds.max() + pandas.Timedelta(days=1)).date()
        roster.write(folder, "Ambulance areas", first, sorted(table.unique_id.unique()))
        rows = table.assign(stream="responses", ds=table.ds.dt.date, y=table.y.astype(int))
        rows[["unique_id", "stream", "ds", "y"]].to_csv(
            folder / "activity.csv", index=False, header=["unit", "stream", "from", "count"]
        )
        run = subprocess.run(
            [binary, "forecast", str(folder), "--backtest", "--json"], check=True, capture_output=True, text=True
        )
    return json.loads(run.stdout)["backtest"]


def pooled(rows, horizon, key):
    own = [row for row in rows if row["horizon"] == horizon]
    return sum(row[key] * row["judged"] for row in own) / sum(row["judged"] for row in own)


def by_horizon(rows):
    lines = [
        "| days ahead | judged | pinball | naive pinball | below seasonal naive | MASE | inside the 80 % band | bias |",
        "| ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |",
    ]
    for horizon in sorted({row["horizon"] for row in rows}):
        judged = sum(row["judged"] for row in rows if row["horizon"] == horizon)
        own, naive = (pooled(rows, horizon, key) for key in ("pinball", "naive_pinball"))
        lines.append(
            f"| {horizon} | {judged} | {own:.3f} | {naive:.3f} | {(1 - own / naive) * 100:.0f} % "
            f"| {pooled(rows, horizon, 'mase'):.2f} | {pooled(rows, horizon, 'coverage80') * 100:.1f} % "
            f"| {pooled(rows, horizon, 'bias_percent'):+.1f} % |"
        )
    return lines


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("data", type=pathlib.Path)
    parser.add_argument("--muster", default=".build/release/muster")
    parser.add_argument("--output", type=pathlib.Path, default=pathlib.Path("Benchmarks/forecast"))
    parser.add_argument("--skip", nargs="*", default=[])
    parser.add_argument("--keep", type=pathlib.Path, help="folder that keeps statsforecast's forecasts between runs")
    options = parser.parse_args()
    table = series(options.data)
    backtest = muster(options.muster, table)
    own = [pooled(backtest, HORIZON, key) for key in ("pinball", "coverage80", "bias_percent")]
    rows = [("Muster", own[0], own[1] * 100, own[2])] + [judged(name, table, options.keep) for name in MODELS if name not in options.skip]
    naive = next((row[1] for row in rows if row[0] == "seasonal naive"), float("nan"))
    lines = [
        f"{table.unique_id.nunique()} areas, {HORIZON} days ahead from {ORIGINS} days, {STEP} apart, "
        f"the last {ORIGINS * STEP} days up to {table.ds.max().date()}; statsforecast {statsforecast.__version__}.",
        "",
        "| model | pinball | below seasonal naive | inside the 80 % band | bias |",
        "| --- | ---: | ---: | ---: | ---: |",
    ]
    for name, pinball, inside, bias in rows:
        lines.append(
            f"| {name} | {pinball:.3f} | {(1 - pinball / naive) * 100:.0f} % | {inside:.1f} % | {bias:+.1f} % |"
        )
    lines += ["", "`muster forecast --backtest` at each horizon, all days up to it, the areas pooled:", ""]
    text = "\n".join(lines + by_horizon(backtest)) + "\n"
    print(text)
    (options.output / "compare.md").write_text(text)


if __name__ == "__main__":
    main()
