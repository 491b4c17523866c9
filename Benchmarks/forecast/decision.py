"""Does a rota solved against quantiles leave less work uncovered than one solved against the mean?

    python3 Benchmarks/forecast/decision.py DATA --muster .build/release/muster --output Benchmarks/forecast

DATA holds ambulance_daily_south_west.csv. The daily counts of each area fall on the hours by the profile below, by lot
(a fixed seed), since no public hourly series is at hand: the days are real, the hours are not. From each of the
held-back periods of two weeks: `muster forecast` from what was known before; as many shifts of 8 hours placed twice,
once against the quantiles (least expected shortage), once against the mean alone (least shortage against its whole
heads, as `muster solve` reads a plain number, with shifts to spare spread evenly); then every hour's work against
the people who are there, in the mean of 200 other lots of the hours, so that no single lot decides. Uncovered
demand-hours are the sum of what was needed beyond those, in person-hours. The last
column is what no forecast can get below but by luck: shifts placed exactly by somebody who knows how many will come each
day, though not in which of its hours.

How many people there are decides most of it. With --plan there are as many as Muster's own plan asks for: the work per
response is such that the whole heads at the plan quantile (0.75, what `muster solve` counts gaps against unless the
roster says otherwise) add to the hours that the crew works. Without it, four stated levels over the mean work.

Shifts are placed exactly, by HiGHS (scipy), which leaves nothing to the time of a search. With --solve `muster solve`
makes both rotas, for 24 people with contracts, from the same seed and iterations: allow a minute a row. The tables are
decision.md, decision-solved.md, decision-plan.md and decision-plan-solved.md.
"""

import argparse
import csv
import datetime
import itertools
import pathlib
import subprocess
import tempfile

import numpy
import scipy.stats
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import lil_matrix

# Share of the day's responses that falls into each hour; they add to 1.
PROFILE = numpy.array(
    [3.0, 2.6, 2.3, 2.1, 2.0, 2.1, 2.5, 3.2, 4.3, 5.2, 5.6, 5.6, 5.4, 5.2, 5.1, 5.1, 5.2, 5.3, 5.3, 5.1, 4.8, 4.5, 4.2, 3.6]
)
PROFILE = PROFILE / PROFILE.sum()
CREW = 24
DAYS = 14
# Hours staffed over the mean hours of work; a crew member works 8 hours, 5 times a week.
STAFFED = [1.35, 1.2, 1.5, 1.05]
STARTS = [7, 11, 15, 23]
QUANTILES = {"q05": 0.05, "q10": 0.1, "q25": 0.25, "q50": 0.5, "q75": 0.75, "q90": 0.9, "q95": 0.95}
PLAN = "plan"
PLAN_QUANTILE = 0.75
PERIODS = ["2019-02-11", "2019-05-13", "2019-08-12", "2019-11-11"]
HISTORY = 730
LOTS = 200
ROSTER = """muster: 1
name: "Decision simulation (invented crews)"
period: {{ from: {first}, days: 14 }}
plan-quantile: {plan}
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


def forecast(binary, folder, minutes):
    """The heads of each hour when a response is so many minutes of work."""
    (folder / "forecast.yaml").write_text(FORECAST.format(minutes=minutes))
    subprocess.run([binary, "forecast", str(folder)], check=True, capture_output=True)
    with open(folder / "demand.csv") as file:
        return list(csv.DictReader(file))[: DAYS * 24]


def minutes_of_plan(demand):
    """The most minutes a response for which the crew's hours are enough for the whole heads at the plan quantile."""
    heads = numpy.array([numpy.interp(PLAN_QUANTILE, list(QUANTILES.values()), [float(row[name]) for name in QUANTILES]) for row in demand])
    hours_of_crew = CREW * 5 * DAYS // 7 * 8
    least, most = 0.1, 600.0
    while most - least > 0.05:
        minutes = (least + most) / 2
        least, most = (minutes, most) if numpy.ceil(heads * minutes / 60 - 1e-9).sum() <= hours_of_crew else (least, minutes)
    return round(least, 1)


def simulate(binary, name, counts, first, staffed, iterations):
    with tempfile.TemporaryDirectory() as scratch:
        folder = pathlib.Path(scratch)
        before = [day for day in counts if first - datetime.timedelta(days=HISTORY) <= day < first]
        (folder / "roster.yaml").write_text(ROSTER.format(first=first, plan=PLAN_QUANTILE))
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
        if staffed == PLAN:
            minutes = minutes_of_plan(forecast(binary, folder, 60))
        else:
            mean = numpy.mean([counts[day].sum() for day in before[-364:]])
            minutes = round(CREW * 40 / 7 / staffed / mean * 60, 1)
        demand = forecast(binary, folder, minutes)
        if iterations is None:
            shifts = CREW * 5 * DAYS // 7
            paid = paid_mean = shifts * 8
            quantiles = placed([shortages(row) for row in demand], shifts)
            means = placed([shortages_of_mean(row) for row in demand], shifts)
        else:
            quantiles, paid, means, paid_mean = solved(binary, folder, iterations, first)
        days = [counts[first + datetime.timedelta(days=day)].sum() for day in range(DAYS)]
        known = placed(
            [shortages_of_known_day(days[hour // 24], PROFILE[hour % 24], minutes) for hour in range(DAYS * 24)],
            CREW * 5 * DAYS // 7,
        )
        lots = numpy.random.default_rng(first.toordinal())
        work = numpy.stack([lots.multinomial(day, PROFILE, size=LOTS) for day in days], axis=1) * minutes / 60
        return (
            name, str(first), staffed, work.sum() / LOTS, paid, paid_mean,
            *(numpy.maximum(0, work - heads).sum() / LOTS for heads in (quantiles, means, known)),
        )


def solved(binary, folder, iterations, first):
    quantiles, paid = presence(solve(binary, folder, iterations, "quantiles"), first)
    with open(folder / "demand.csv") as file:
        rows = list(csv.reader(file))
    with open(folder / "demand.csv", "w") as file:
        csv.writer(file).writerows(row[:7] for row in rows)
    means, paid_mean = presence(solve(binary, folder, iterations, "mean"), first)
    return quantiles, paid, means, paid_mean


def shortages(row):
    """Expected shortage with 0, 1, 2 … heads, from the quantile function as `muster solve` reads it: level below, linear
    between the seven points, and with the mean of an exponential tail above them."""
    heads = [float(row[name]) for name in QUANTILES]
    chances = list(QUANTILES.values())
    less = [place for place in range(len(heads)) if heads[place] < heads[-1]]
    top = heads[-1]
    if less:
        top += 2 * (heads[-1] - heads[less[-1]]) / numpy.log((1 - chances[less[-1]]) / (1 - chances[-1]))
    draws = numpy.interp(numpy.linspace(0.0005, 0.9995, 1000), [0, *chances, 1], [heads[0], *heads, top])
    return [numpy.maximum(0, draws - number).mean() for number in range(int(numpy.ceil(top)) + 1)]


def shortages_of_mean(row):
    """Shortage against the mean's whole heads; what is to spare is spread evenly, lest chance place it badly."""
    target = int(numpy.ceil(float(row["value"]) - 1e-9))
    spare = [0.001 * number * (number + 1) / 2 for number in range(1, 13)]
    return [target - number for number in range(target + 1)] + spare


def shortages_of_known_day(count, share, minutes):
    """Of an hour into which each of the day's arrivals falls with the same chance."""
    arrivals = numpy.arange(count + 1)
    chances = scipy.stats.binom.pmf(arrivals, count, share)
    most = int(numpy.ceil(scipy.stats.binom.ppf(1 - 1e-9, count, share) * minutes / 60))
    return [(chances * numpy.maximum(0, arrivals * minutes / 60 - number)).sum() for number in range(most + 1)]


def placed(hourly, shifts):
    """Heads in each hour when so many shifts are placed with the least sum of convex shortages."""
    starts = DAYS * len(STARTS)
    covering = [[] for _ in hourly]
    for day in range(DAYS):
        for index, start in enumerate(STARTS):
            for hour in range(day * 24 + start, min(day * 24 + start + 8, len(hourly))):
                covering[hour].append(day * len(STARTS) + index)
    lines = []
    for hour, costs in enumerate(hourly):
        for heads in range(len(costs) - 1):
            slope = costs[heads + 1] - costs[heads]
            lines.append((hour, slope, costs[heads] - slope * heads))
    matrix = lil_matrix((len(lines) + 1, starts + len(hourly)))
    for row, (hour, slope, _) in enumerate(lines):
        matrix[row, starts + hour] = 1
        for shift in covering[hour]:
            matrix[row, shift] = -slope
    matrix[len(lines), :starts] = 1
    least = [line[2] for line in lines] + [shifts]
    most = [numpy.inf] * len(lines) + [shifts]
    result = milp(
        numpy.concatenate([numpy.zeros(starts), numpy.ones(len(hourly))]),
        constraints=LinearConstraint(matrix.tocsr(), least, most),
        integrality=numpy.concatenate([numpy.ones(starts), numpy.zeros(len(hourly))]),
        bounds=Bounds(0, numpy.inf), options={"time_limit": 60, "mip_rel_gap": 0.001},
    )
    numbers = numpy.round(result.x[:starts])
    return numpy.array([sum(numbers[shift] for shift in shifts) for shifts in covering]).reshape(DAYS, 24)


def table(rows, iterations):
    levels = sorted({row[2] for row in rows})
    plan = "as many as the whole heads at the plan quantile" if levels == [PLAN] else "hours staffed over the mean hours of work"
    sums = [("all", "", level, *(sum(row[at] for row in rows if row[2] == level) for at in range(3, 9))) for level in levels]
    if len(levels) > 1:
        sums.append(("all", "", "all", *(sum(row[at] for row in rows) for at in range(3, 9))))
    lines = [
        f"{CREW} people of 40 hours a week in shifts of 8 hours, "
        + (f"{iterations} iterations of muster solve" if iterations else "placed exactly")
        + "; real days, hours by a stated profile. "
        f"Staffed: {plan}. Uncovered: person-hours needed beyond those who are there.",
        "",
        "| area | two weeks from | staffed | work, h | paid, quantiles | paid, mean | uncovered, quantiles | uncovered, mean | fewer | days known: uncovered | fewer |",
        "| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |",
    ]
    for row in sorted(rows, key=lambda row: row[:3]) + sums:
        lines.append(
            f"| {row[0]} | {row[1]} | {row[2]} | {row[3]:.0f} | {row[4]:.0f} | {row[5]:.0f} | {row[6]:.1f} | {row[7]:.1f} "
            f"| {(1 - row[6] / row[7]) * 100:+.1f} % | {row[8]:.1f} | {(1 - row[8] / row[7]) * 100:+.1f} % |"
        )
    return "\n".join(lines) + "\n"


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("data", type=pathlib.Path)
    parser.add_argument("--muster", default=".build/release/muster")
    parser.add_argument("--output", type=pathlib.Path, default=pathlib.Path("Benchmarks/forecast"))
    parser.add_argument("--solve", dest="iterations", type=int, help="iterations of muster solve, in place of HiGHS")
    parser.add_argument("--plan", action="store_true", help="as many people as the plan asks for, in place of four levels")
    parser.add_argument("--areas", nargs="*", help="some of the seven areas; all without it")
    options = parser.parse_args()
    areas = read(options.data)
    chosen = options.areas or sorted(areas)
    name = "decision" + ("-plan" if options.plan else "") + ("" if options.iterations is None else "-solved") + ".md"
    counts = {area: hours(areas[area], numpy.random.default_rng(7)) for area in chosen}
    rows = []
    for staffed, area, period in itertools.product([PLAN] if options.plan else STAFFED, chosen, PERIODS):
        first = datetime.date.fromisoformat(period)
        rows.append(simulate(options.muster, area, counts[area], first, staffed, options.iterations))
        print(*rows[-1], flush=True)
        (options.output / name).write_text(table(rows, options.iterations))
    print(table(rows, options.iterations))


if __name__ == "__main__":
    main()
