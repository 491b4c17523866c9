"""How fast pages are at 200 requests a second, with 10 organisations, 500 units, 2,000 gaps and 3,000 offers.

    BIN=.build/release python3 Benchmarks/web/load.py

Requests begin at fixed times whatever the server does, over connections that stay open, so that a slow answer is not
hidden by a client that waits. Ends by itself: each page is asked for SECONDS, and nothing is waited for longer than
PATIENCE. Prints a table in Markdown, and fails if pages or pushes are slower than promised; nothing is installed.
"""
import asyncio
import datetime
import json
import os
import pathlib
import platform
import random
import sys
import tempfile
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "Tests" / "Web"))
from system import System  # noqa: E402

ORGANISATIONS, UNITS, GAPS, OFFERS = 10, 50, 200, 300
PAGES = ["overview", "organisations/NS1", "pool", "aid", "escalation", "risks", "virtual-wards", "public",
         "api/v1/vacancies"]
RATE = 200
SECONDS = float(os.environ.get("SECONDS", 10))
PATIENCE = 180
CONNECTIONS = 20
PUSHES = 5
# What is promised.
MOST_MS, MOST_SECONDS = 50, 1
NOW = datetime.datetime(2027, 1, 12, 7, 0)
dice = random.Random(7)


def iso(moment):
    return moment.strftime("%Y-%m-%dT%H:%M+00:00")


def push(code, at=NOW):
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
    return {"schema": 1, "organisation": code, "extracted_at": iso(at), "first": "2027-01-12", "days": 3,
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


class Connection:
    """One connection that stays open, for one request after the other."""

    def __init__(self, port, token):
        self.port, self.token, self.reader, self.writer = port, token, None, None

    async def get(self, path):
        if self.writer is None:
            self.reader, self.writer = await asyncio.open_connection("127.0.0.1", self.port)
        self.writer.write(f"GET /{path} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {self.token}\r\n\r\n".encode())
        head = await self.reader.readuntil(b"\r\n\r\n")
        lengths = [line for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:")]
        body = await self.reader.readexactly(int(lengths[0].split(b":")[1]))
        return int(head.split()[1]), len(body)

    def close(self):
        if self.writer is not None:
            self.writer.close()


async def measure(port, token, path, beside=None):
    """Latencies in seconds of RATE requests a second, each from the time at which it was due, while something else goes
    on besides."""
    free = asyncio.Queue()
    connections = [Connection(port, token) for _ in range(CONNECTIONS)]
    for connection in connections:
        await connection.get(path)
        free.put_nowait(connection)
    latencies, sizes = [], set()

    async def one(due):
        connection = await free.get()
        status, size = await connection.get(path)
        latencies.append(time.monotonic() - due)
        free.put_nowait(connection)
        assert status == 200, (path, status)
        sizes.add(size)

    other = asyncio.create_task(beside()) if beside else None
    began = time.monotonic()
    tasks = []
    for number in range(int(RATE * SECONDS)):
        due = began + number / RATE
        await asyncio.sleep(max(0, due - time.monotonic()))
        tasks.append(asyncio.create_task(one(due)))
    await asyncio.wait_for(asyncio.gather(*tasks), PATIENCE)
    rate = len(tasks) / (time.monotonic() - began)
    if other:
        await other
    for connection in connections:
        connection.close()
    return sorted(latencies), max(sizes), rate


async def pushes(system, bodies):
    """A push every second, so that whatever was kept of pages is out of date."""
    # Made beforehand: while this process makes one it reads no answer, which would count as the server's time.
    for body in bodies:
        status = await asyncio.to_thread(lambda: system.ask(
            "/api/v1/pushes", "receiver", body, {"Content-Type": "application/json"})[0])
        assert status == 201, status
        await asyncio.sleep(1)


async def seen(system, number):
    """Seconds from a push being sent until an open page is told of it."""
    reader, writer = await asyncio.open_connection("127.0.0.1", system.port)
    writer.write(f"GET /events HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {system.tokens['coordinator']}\r\n\r\n"
                 .encode())
    await reader.readuntil(b"\r\n\r\n")
    version = await event(reader)
    body = json.dumps(push("NS2", NOW + datetime.timedelta(minutes=20 + number))).encode()
    began = time.monotonic()
    status = await asyncio.to_thread(lambda: system.ask(
        "/api/v1/pushes", "receiver", body, {"Content-Type": "application/json"})[0])
    assert status == 201, status
    while await event(reader) == version:
        pass
    writer.close()
    return time.monotonic() - began


async def event(reader):
    """The data of the next event of a stream."""
    while True:
        line = await asyncio.wait_for(reader.readline(), 30)
        if line.startswith(b"data:"):
            return line


async def main():
    with tempfile.TemporaryDirectory() as work:
        system = System(folder(pathlib.Path(work)))
        began = time.monotonic()
        while "being worked out" in system.ask("/pool", "coordinator")[2]:
            if time.monotonic() - began > PATIENCE:
                sys.exit(f"No suggestions after {PATIENCE} s")
            time.sleep(0.2)
        print(f"Suggestions on the page after {time.monotonic() - began:.1f} s "
              f"({platform.machine()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}).\n")
        print("| page | requests a second | bytes | median ms | p99 ms | most ms |")
        print("| --- | ---: | ---: | ---: | ---: | ---: |")
        bodies = [json.dumps(push("NS2", NOW + datetime.timedelta(minutes=number + 1))).encode()
                  for number in range(int(SECONDS))]
        slowest = 0
        for page, beside in [(page, None) for page in PAGES] + [(PAGES[0], lambda: pushes(system, bodies))]:
            latencies, size, rate = await measure(system.port, system.tokens["coordinator"], page, beside)
            at = lambda share: 1000 * latencies[min(len(latencies) - 1, int(share * len(latencies)))]
            slowest = max(slowest, at(0.99))
            name = f"{page}, a push every second" if beside else page
            print(f"| {name} | {rate:.0f} | {size:,} | {at(0.5):.1f} | {at(0.99):.1f} | {1000 * latencies[-1]:.1f} |",
                  flush=True)
        times = [await seen(system, number) for number in range(PUSHES)]
        print(f"\nA push is seen on an open page after {', '.join(f'{one:.2f}' for one in times)} s.")
        assert system.stop() == 0
        if slowest >= MOST_MS or max(times) >= MOST_SECONDS:
            sys.exit(f"Slower than promised: p99 of a page under {MOST_MS} ms, a push seen within {MOST_SECONDS} s.")


if __name__ == "__main__":
    asyncio.run(main())
