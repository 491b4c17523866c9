"""One run of one solver on one instance, in a process of its own, measured and held against the evaluator."""

import csv
import importlib.metadata
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import time

import trajectory

# Seconds that the project asks Muster to do with, by instance; 300 where nothing is said.
MUSTER_SECONDS = {
    **{number: 60 for number in range(1, 13)},
    13: 180, 14: 300, 15: 300, 16: 300, 17: 300, 18: 300, 19: 600, 20: 600, 21: 900, 22: 900, 23: 3600, 24: 3600,
}
# The distribution on PyPI, or the program, that a peer of run_peer.py needs.
PEER_PACKAGES = {"cpsat": "ortools", "highs": "highspy", "scip": "pyscipopt", "glpk": None, "cbc": None}
PEER_PROGRAMS = {"glpk": "glpsol", "cbc": "cbc"}
THREADS = 2


class RunFailed(Exception):
    """A run that left nothing to record."""


class Instances:
    """The folder of the public shift-scheduling set: `nrp/InstanceN.txt`, `evaluate.py`, `run_peer.py`."""

    def __init__(self, folder):
        self.folder = pathlib.Path(folder)
        files = self.folder.glob("nrp/Instance*.txt")
        self.files = {int(re.search(r"(\d+)", file.name)[1]): file for file in files}
        self.known = {}
        table = self.folder / "best_known.csv"
        if table.exists():
            with open(table) as lines:
                for row in csv.DictReader(lines):
                    self.known[int(row["instance"])] = float(row["best_known"])

    def evaluated(self, instance, solution):
        """The penalty that the evaluator finds; None if it finds a hard rule broken."""
        run = subprocess.run(
            [sys.executable, self.folder / "evaluate.py", self.files[instance], solution],
            capture_output=True, text=True,
        )
        penalty = re.search(r"penalty (\d+)", run.stdout)
        return int(penalty[1]) if run.returncode == 0 and penalty else None


def measured(command, seconds, cwd=None):
    """Runs a process to its end; what it printed, and its processor time and peak memory, children included."""
    with tempfile.TemporaryFile("w+") as out, tempfile.TemporaryFile("w+") as messages:
        start = time.monotonic()
        process = subprocess.Popen(list(map(str, command)), stdout=out, stderr=messages, cwd=cwd)
        # A solver that does not keep its limit is ended; some keep it only roughly, and building takes time.
        deadline = start + seconds * 1.5 + 120
        while True:
            found, status, usage = os.wait4(process.pid, os.WNOHANG)
            if found:
                break
            if time.monotonic() > deadline:
                process.kill()
            time.sleep(0.02)
        process.returncode = os.waitstatus_to_exitcode(status)
        wall = time.monotonic() - start
        out.seek(0)
        messages.seek(0)
        return {
            "code": process.returncode, "out": out.read(), "messages": messages.read(), "wall": wall,
            "cpu_seconds": round(usage.ru_utime + usage.ru_stime, 2),
            "peak_megabytes": round(usage.ru_maxrss * 1024 / 1e6, 1),
        }


def gap(objective, bound):
    """(objective − bound) / max(1, |objective|); None without either."""
    return None if objective is None or bound is None else (objective - bound) / max(1, abs(objective))


def muster(program, data, instance, seconds, work):
    """A run of `muster benchmark`."""
    solution = work / f"muster_{instance}.tsv"
    solution.unlink(missing_ok=True)
    run = measured(
        [program, "benchmark", data.files[instance], "--seconds", seconds, "--threads", THREADS, "--solution", solution,
         "--json"],
        seconds,
    )
    try:
        result = json.loads(run["out"])
        objective = result["objective"]
    except (ValueError, KeyError, TypeError):
        raise RunFailed(f"muster benchmark ended with {run['code']}: {(run['messages'] or run['out'])[-400:]}")
    bound = result.get("bound")
    points = trajectory.of_muster(run["messages"])
    last = (result["seconds"], objective, bound)
    return {
        "status": result["status"], "objective": objective, "bound": bound, "gap": gap(objective, bound),
        "evaluated": data.evaluated(instance, solution) if solution.exists() else None,
        "seconds": result["seconds"], "seconds_to_best": result.get("seconds_to_best"),
        "cpu_seconds": run["cpu_seconds"], "peak_megabytes": run["peak_megabytes"],
        "trajectory": trajectory.thinned(points + [last]),
    }


def peer_version(peer):
    """Of the package from PyPI, or that there is the program; None if it is not installed."""
    if PEER_PACKAGES[peer]:
        try:
            return importlib.metadata.version(PEER_PACKAGES[peer])
        except importlib.metadata.PackageNotFoundError:
            return None
    for folder in os.environ.get("PATH", "").split(os.pathsep):
        if (pathlib.Path(folder) / PEER_PROGRAMS[peer]).exists():
            return PEER_PROGRAMS[peer]
    return None


def peer(name, data, instance, seconds, work):
    """A run of `run_peer.py`: the same machine, threads and evaluator, and the compact model of that folder."""
    table = work / "results.csv"
    table.unlink(missing_ok=True)
    run = measured([sys.executable, data.folder / "run_peer.py", name, data.files[instance], seconds, work], seconds)
    if run["code"] != 0 or not table.exists():
        raise RunFailed(f"run_peer.py {name} ended with {run['code']}: {run['messages'][-400:]}")
    with open(table) as lines:
        row = list(csv.DictReader(lines))[-1]
    objective, bound = trajectory.number(row["objective"]), trajectory.number(row["bound"])
    points = peer_points(name, row, work / "logs" / f"{name}_{instance}_{int(seconds)}.log")
    solution = work / "sol" / f"{name}_{instance}_{int(seconds)}.tsv"
    evaluated = data.evaluated(instance, solution) if objective is not None and solution.exists() else None
    if evaluated is not None and evaluated < objective:
        # A solver of models may leave slack in its best solution: it is credited with what its rota really costs.
        objective = float(evaluated)
        best = trajectory.number(row["time_to_best_s"]) or points[-1][0]
        points = trajectory.thinned(sorted([*points, (best, objective, None)], key=lambda point: point[0]))
    return {
        "status": row["status"], "objective": objective, "bound": bound, "gap": gap(objective, bound),
        "evaluated": evaluated,
        "seconds": trajectory.number(row["solve_s"]), "seconds_to_best": trajectory.number(row["time_to_best_s"]),
        "cpu_seconds": run["cpu_seconds"], "peak_megabytes": run["peak_megabytes"], "trajectory": points,
    }


def peer_points(name, row, log):
    """The incumbents that the peer logged; or else what the row says of the first, the best and the end."""
    points = trajectory.PEERS[name](log.read_text(errors="replace")) if log.exists() else []
    found = {key: trajectory.number(row[key]) for key in row}
    objective = found["objective"]
    if objective is not None and trajectory.cost_at(points, float("inf")) is None:
        pairs = [("first_sol_s", found["first_obj"]), ("time_to_best_s", objective)]
        points = sorted(
            [(found[time], cost, None) for time, cost in pairs if found[time] is not None and cost is not None] + points,
            key=lambda point: point[0],
        )
    return trajectory.thinned(points + [(found["solve_s"], objective, found["bound"])])
