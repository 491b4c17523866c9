"""Pages at 200 requests a second over 10 organisations, 500 units, 2,000 gaps and 3,000 offers, by Debian's `hey`.

    BIN=.build/release python3 Tests/Web/load.py
"""
import datetime
import json
import pathlib
import random
import re
import subprocess
import tempfile
import time

from system import System

ORGANISATIONS, UNITS, GAPS, OFFERS = 10, 50, 200, 300
PAGES = ["overview", "organisations/NS1", "pool", "aid", "escalation", "risks", "virtual-wards", "public",
         "api/v1/vacancies"]
SECONDS = 20
NOW = datetime.datetime(2027, 1, 12, 7, 0)
dice = random.Random(7)


def iso(moment):
    return moment.strftime("%Y-%m-%dT%H:%M+00:00")


def push(code):
    """One organisation: shifts of a three-day horizon, people who may take one or two of them at some sites."""
    sites = [{"id": f"{code}-S{n}", "name": f"Site {n} of {code}"} for n in range(2)]
    units = [{"id": f"{code}-U{n}", "name": f"Ward {n}", "site": sites[n % 2]["id"]} for n in range(UNITS)]
    vacancies = []
    for n in range(GAPS):
        unit = dice.choice(units)
        start = NOW.replace(minute=30) + datetime.timedelta(hours=12 * dice.randrange(1, 6))
        hard = dice.random() < 0.05
        vacancies.append({
            "id": f"g-{n:04}", "site": unit["site"], "unit": unit["id"], "staff_group": "registered",
            "grades": ["B6"] if hard else ["B5"], "start": iso(start), "end": iso(start + datetime.timedelta(hours=12.5)),
            "missing": 1, "is_hard": hard, "purpose": "frailty-in-reach" if hard else "general",
            "risk": 3 if hard else 1, "needs_induction": False, "break_minutes": 60})
    offers = []
    for n in range(OFFERS):
        start = NOW + datetime.timedelta(hours=12 * dice.randrange(1, 6) - 1)
        others = [f"NS{k}-S{s}" for k in range(1, ORGANISATIONS + 1) for s in range(2) if f"NS{k}" != code]
        offers.append({
            "id": f"o-{n:04}", "source": {"person": f"p-{dice.getrandbits(40):010x}00"}, "staff_group": "registered",
            "grade": dice.choice(["B5", "B5", "B6"]), "agreement": "sharing", "has_consented": True,
            "earliest_start": iso(start), "latest_end": iso(start + datetime.timedelta(hours=16)),
            "remaining_minutes": 1500,
            "travel": [{"site": site, "minutes": dice.randrange(10, 60)} for site in dice.sample(others, 3)]})
    metrics = [{"name": name, "day": f"2027-01-{12 + day}", "value": value, "measured_at": iso(NOW)}
               for day in range(3) for name, value in [
                   ("registered-required-hours", 5600), ("registered-filled-hours", 5200 + dice.randrange(300)),
                   ("medical-required-hours", 2400), ("medical-filled-hours", 2300), ("red-flags", dice.randrange(9))]]
    return {"schema": 1, "organisation": code, "extracted_at": iso(NOW), "first": "2027-01-12", "days": 3,
            "sites": sites, "units": units, "vacancies": vacancies, "cover": [], "offers": offers, "metrics": metrics}


def folder(path):
    codes = [f"NS{n}" for n in range(1, ORGANISATIONS + 1)]
    members = "".join(f"  - {{id: {code}, name: Invented trust {code[2:]}, kind: acute}}\n" for code in codes)
    (path / "system.yaml").write_text(
        "muster: 1\nsystem:\n  id: load\n  name: Load\norganisations:\n" + members
        + "agreements:\n  - {id: sharing, name: Sharing, parties: [" + ", ".join(codes)
        + "], from: 2026-01-01, cost: receiver, indemnity: receiver-cnst}\n")
    (path / "pushes").mkdir()
    for code in codes:
        (path / "pushes" / f"{code}.json").write_text(json.dumps(push(code)))
    return path


def main():
    with tempfile.TemporaryDirectory() as work:
        system = System(folder(pathlib.Path(work)))
        began = time.monotonic()
        while "being worked out" in system.ask("/pool", "coordinator")[2]:
            time.sleep(1)
        print(f"Suggestions after {time.monotonic() - began:.0f} s\n\n| page | requests a second | bytes | median | p99 |")
        print("| --- | --- | --- | --- | --- |")
        for page in PAGES:
            said = subprocess.run(
                ["hey", "-z", f"{SECONDS}s", "-c", "20", "-q", "10", "-H",
                 f"Authorization: Bearer {system.tokens['coordinator']}", f"{system.url}/{page}"],
                capture_output=True, text=True, check=True).stdout
            assert set(re.findall(r"\[(\d+)\]\t", said)) == {"200"}, said
            rate = re.search(r"Requests/sec:\s+([\d.]+)", said)[1]
            median, last = (float(re.search(rf"{share}% in ([\d.]+)", said)[1]) * 1000 for share in (50, 99))
            size = len(system.ask(f"/{page}", "coordinator")[2].encode())
            print(f"| {page} | {float(rate):.0f} | {size:,} | {median:.0f} ms | {last:.0f} ms |")
        system.stop()


if __name__ == "__main__":
    main()
