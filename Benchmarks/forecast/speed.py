"""How long Muster takes to read, fit and forecast 100 hourly series of three years: 2.6 million rows.

    python3 Benchmarks/forecast/speed.py --muster .build/release/muster --output Benchmarks/forecast

The counts are made by lot with a fixed seed: a week, a year, a day, and Poisson's noise. Needs numpy.
"""

import argparse
import datetime
import os
import pathlib
import resource
import subprocess
import tempfile
import time

import numpy

import roster


def write(folder, series, days):
    lots = numpy.random.default_rng(1)
    last = datetime.date(2026, 11, 1)
    dates = [last - datetime.timedelta(days=days - 1 - index) for index in range(days)]
    week = numpy.array([1.1, 1.0, 0.98, 0.97, 1.0, 1.02, 1.05])[[day.weekday() for day in dates]]
    year = 1 + 0.08 * numpy.cos(2 * numpy.pi * numpy.array([day.timetuple().tm_yday for day in dates]) / 365.25)
    hour = 1 + 0.7 * numpy.sin(2 * numpy.pi * (numpy.arange(24) - 9) / 24)
    units = []
    with open(folder / "activity.csv", "w") as file:
        file.write("unit,stream,from,count\n")
        for number in range(series):
            units.append(f"U{number:03}")
            counts = lots.poisson((0.5 + number * 0.2) * (week * year)[:, None] * hour[None, :])
            for day, row in zip(dates, counts):
                change = day.weekday() == 6 and day.month in (3, 10) and day.day > 24
                for clock in range(24):
                    if not (change and clock == 1):
                        file.write(f"U{number:03},all,{day}T{clock:02}:00,{row[clock]}\n")
    roster.write(folder, "A hundred series (invented)", last + datetime.timedelta(days=1), units)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--muster", default=".build/release/muster")
    parser.add_argument("--output", type=pathlib.Path, default=pathlib.Path("Benchmarks/forecast"))
    parser.add_argument("--series", type=int, default=100)
    parser.add_argument("--days", type=int, default=1095)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = pathlib.Path(scratch)
        write(folder, options.series, options.days)
        rows = sum(1 for _ in open(folder / "activity.csv")) - 1
        start = time.time()
        subprocess.run([options.muster, "forecast", str(folder), "--threads", "2"], check=True, capture_output=True)
        seconds = time.time() - start
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    text = (
        f"{options.series} hourly series of {options.days} days, {rows} rows, read, fitted and forecast 28 days by the hour: "
        f"{seconds:.0f} s on two threads of a machine with {os.cpu_count()} processors "
        f"(load {os.getloadavg()[0]:.1f}), {usage.ru_utime + usage.ru_stime:.0f} s of processor time, "
        f"{usage.ru_maxrss / 1e6:.1f} GB of memory.\n"
    )
    print(text)
    (options.output / "speed.md").write_text(text)


if __name__ == "__main__":
    main()
