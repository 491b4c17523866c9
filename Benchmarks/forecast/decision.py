"""Does a rota solved against quantiles leave less work uncovered than one solved against the mean?

    python3 Benchmarks/forecast/decision.py DATA --muster .build/release/muster --output Benchmarks/forecast

DATA holds ambulance_daily_south_west.csv. The daily counts of each area fall on the hours by the profile below, by lot
(a fixed seed), since no public hourly series is at hand: the days are real, the hours are not. From each of the
held-back periods of two weeks: `muster forecast` from what was known before; the same people, contracts and shifts
solved twice with the same seed and iterations, once against the quantiles, once against the mean alone (the same
demand.csv without its quantile columns); then every hour's real work against the people who are there. Uncovered
demand-hours are the sum of what was needed beyond those, in person-hours.
"""

import argparse
import csv
import datetime
import pathlib
import subprocess
import tempfile

import numpy

# Share of the day's responses that falls into each hour; they add to 1.
PROFILE = numpy.array(
    [3.0, 2.6, 2.3, 2.1, 2.0, 2.1, 2.5, 3.2, 4.3, 5.2, 5.6, 5.6, 5.4, 5.2, 5.1, 5.1, 5.2, 5.3, 5.3, 5.1, 4.8, 4.5, 4.2, 3.6]
)
PROFILE = PROFILE / PROFILE.sum()
CREW = 24
DAYS = 14
# Hours staffed over the mean hours of work; a crew member works 8 hours, 5 times a week.
STAFFED = [1.2, 1.35, 1.5]
PERIODS = {"Gloucestershire": "2019-02-11", "Cornwall": "2019-06-10"}
HISTORY = 730
ROSTER = """muster: 1
name: "Decision simulation (invented crews)"
period: {{ from: {first}, days: 14 }}
plan-quantile: 0.75
organisations:
  - {{ id: TRUST }}
sites:
  - {{ id: SITE, organisation: TRUST }}
units:
  - {{ id: AREA, site: SITE }}
grades:
  - {{ id: P, group: registered }}
roles:
  - {{ id: crew, group: registered, grades: [P] }}
contracts:
  - {{ id: AFC, rules: [working-time], tolerance: 0, overtime-limit: 0 }}
shifts:
  - {{ id: E, start: 07:00, end: 15:00, breaks: [30], paid: 8, working: 7.5 }}
  - {{ id: M, start: 11:00, end: 19:00, breaks: [30], paid: 8, working: 7.5 }}
  - {{ id: L, start: 15:00, end: 23:00, breaks: [30], paid: 8, working: 7.5 }}
  - {{ id: N, start: 23:00, end: 07:00, breaks: [30], paid: 8, working: 7.5 }}
cover:
  - id: crews
    unit: AREA
    who: {{ roles: [crew] }}
    from: 00:00
    to: 24:00
    demand: true
"""
FORECAST = """muster: 1
staffing:
  - rule: crews
    arrivals: [{{ stream: responses, minutes: {minutes} }}]
"""


def read(folder):
    areas = {}
    with open(folder / "ambulance_daily_south_west.csv") as file:
        for row in csv.DictReader(file):
            if row["ORA"] not in ("ORA", "OOA", "Trust"):
                areas.setdefault(row["ORA"], {})[datetime.date.fromisoformat(row["Actual_dt"][:10])] = int(row["Actual_Value"])
    return areas


def hours(days, lots):
    return {day: lots.multinomial(count, PROFILE) for day, count in sorted(days.items())}


def presence(path, first):
    heads = numpy.zeros((DAYS + 1, 24))
    paid = 0
    with open(path) as file:
        for row in csv.DictReader(file):
            start = datetime.datetime.fromisoformat(row["start"]).replace(tzinfo=None)
            day = (start.date() - first).days
            for hour in range(start.hour, start.hour + 8):
                heads[day + hour // 24, hour % 24] += 1
            paid += int(row["paid_minutes"])
    return heads[:DAYS], paid / 60


def solve(binary, folder, iterations, name):
    run = subprocess.run(
        [binary, "solve", str(folder), "--iterations", str(iterations), "--seed", "1", "--quiet", "--output", str(folder / name)],
        capture_output=True, text=True,
    )
    if run.returncode not in (0, 2):
        raise SystemExit(run.stdout + run.stderr)
    return folder / name / "rota.csv"


def simulate(binary, name, counts, first, staffed, iterations):
    with tempfile.TemporaryDirectory() as scratch:
        folder = pathlib.Path(scratch)
        before = [day for day in counts if first - datetime.timedelta(days=HISTORY) <= day < first]
        mean = numpy.mean([counts[day].sum() for day in before[-364:]])
        minutes = round(CREW * 40 / 7 / staffed / mean * 60, 1)
        (folder / "roster.yaml").write_text(ROSTER.format(first=first))
        (folder / "forecast.yaml").write_text(FORECAST.format(minutes=minutes))
        (folder / "people.csv").write_text(
            "id,name,unit,grade,contract,hours_per_week\n"
            + "".join(f"c-{number:02},Crew {number:02} (invented),AREA,P,AFC,40\n" for number in range(1, CREW + 1))
        )
        with open(folder / "activity.csv", "w") as file:
            file.write("unit,stream,from,count\n")
            for day in before:
                for hour in range(24):
                    # The hour that the clocks skip is not there; the one that they repeat needs its offset.
                    if hour == 1 and day.weekday() == 6 and day.month in (3, 10) and day.day > 24:
                        continue
                    file.write(f"AREA,responses,{day}T{hour:02}:00,{counts[day][hour]}\n")
        subprocess.run([binary, "forecast", str(folder)], check=True, capture_output=True)
        quantiles, paid = presence(solve(binary, folder, iterations, "quantiles"), first)
        with open(folder / "demand.csv") as file:
            rows = list(csv.reader(file))
        with open(folder / "demand.csv", "w") as file:
            csv.writer(file).writerows(row[:7] for row in rows)
        means, paid_mean = presence(solve(binary, folder, iterations, "mean"), first)
        work = numpy.array([counts[first + datetime.timedelta(days=day)] for day in range(DAYS)]) * minutes / 60
        return (
            name, str(first), staffed, work.sum(), paid, paid_mean,
            numpy.maximum(0, work - quantiles).sum(), numpy.maximum(0, work - means).sum(),
        )


def table(rows, iterations):
    lines = [
        f"{CREW} people of 40 hours a week, shifts of 8 hours, {iterations} iterations a solve; real days, hours by a "
        "stated profile. Staffed: hours staffed over the mean hours of work. Uncovered: person-hours needed beyond those "
        "who are there.",
        "",
        "| area | two weeks from | staffed | work, h | paid, quantiles | paid, mean | uncovered, quantiles | uncovered, mean | fewer |",
        "| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |",
    ]
    for row in rows:
        lines.append(
            f"| {row[0]} | {row[1]} | {row[2]} | {row[3]:.0f} | {row[4]:.0f} | {row[5]:.0f} | {row[6]:.1f} | {row[7]:.1f} "
            f"| {(1 - row[6] / row[7]) * 100:+.1f} % |"
        )
    return "\n".join(lines) + "\n"


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("data", type=pathlib.Path)
    parser.add_argument("--muster", default=".build/release/muster")
    parser.add_argument("--output", type=pathlib.Path, default=pathlib.Path("Benchmarks/forecast"))
    parser.add_argument("--iterations", type=int, default=20)
    parser.add_argument("--areas", nargs="*", default=["Gloucestershire"], choices=list(PERIODS))
    options = parser.parse_args()
    areas = read(options.data)
    rows = []
    for area in options.areas:
        counts = hours(areas[area], numpy.random.default_rng(7))
        first = datetime.date.fromisoformat(PERIODS[area])
        for staffed in STAFFED:
            rows.append(simulate(options.muster, area, counts, first, staffed, options.iterations))
            print(rows[-1], flush=True)
    text = table(rows, options.iterations)
    print(text)
    (options.output / "decision.md").write_text(text)


if __name__ == "__main__":
    main()
