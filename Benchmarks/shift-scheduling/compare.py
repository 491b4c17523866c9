"""Runs Muster and general solvers on the public shift-scheduling set, one after another, and holds them side by side.

    python3 Benchmarks/shift-scheduling/compare.py DATA --muster .build/release/muster

DATA is a folder with the set (nrp/InstanceN.txt), its best known values (best_known.csv), an independent evaluator
(evaluate.py INSTANCE SOLUTION) and the peers (run_peer.py SOLVER INSTANCE SECONDS OUTDIR); they are not part of this
project. Without it nothing is run. Peers need their packages from PyPI: ortools, highspy, pyscipopt.

Each run adds a line to results.jsonl, with machine, commit and date. What is recorded already is not run again: of
Muster at the same commit, of a peer in the same version on the same machine, for as many seconds. So a run that was
cut short goes on where it stopped. Then results.md and gap.svg are made anew, from all that is recorded.

Ends with 1 if a solver's cost is not what the evaluator finds, or a bound lies above the best known cost.
"""

import argparse
import datetime
import json
import os
import pathlib
import subprocess
import sys

import page
import picture
import runs

HERE = pathlib.Path(__file__).resolve().parent


def machine():
    """Such as `Example CPU, 2 cores, 24.0 GiB`."""
    model = "unknown processor"
    for line in pathlib.Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            model = line.split(":", 1)[1].strip()
            break
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return f"{model}, {os.cpu_count()} cores, {memory:.1f} GiB"


def commit():
    """The commit of the working tree, marked if the sources were changed since."""
    def git(*arguments):
        return subprocess.run(["git", "-C", HERE, *arguments], check=True, capture_output=True, text=True).stdout.strip()
    changed = git("status", "--porcelain", "--", ":/Sources", ":/Package.swift")
    return git("rev-parse", "--short", "HEAD") + ("-changed" if changed else "")


def read(path):
    if not path.exists():
        return []
    records = []
    for number, line in enumerate(path.read_text().splitlines(), 1):
        try:
            records.append(json.loads(line))
        except ValueError:
            raise SystemExit(f"{path}:{number}: is no record. Mend the line, or move the file away to start afresh.")
    return records


def faults(records, known):
    """Records that cannot be right, each in a sentence."""
    found = []
    for record in records:
        name = f"{record['solver']} on instance {record['instance']}"
        objective, bound, best = record["objective"], record["bound"], known.get(record["instance"])
        if objective is not None and record["evaluated"] is None:
            found.append(f"{name}: the evaluator finds a hard rule broken, or there is no solution to read")
        elif objective is not None and abs(objective - record["evaluated"]) > 0.5:
            found.append(f"{name}: says {objective:g}, and the evaluator finds {record['evaluated']}")
        # Solvers round: half a unit beyond a whole number is no proof against it.
        if bound is not None and best is not None and bound > best + 0.5:
            found.append(f"{name}: the bound {bound:g} lies above the best known cost, {best:g}")
    return found


def wanted(options, data):
    """Solver, version, instance and seconds of each run, Muster's first on each instance."""
    peers = []
    for name in options.peers:
        version = runs.peer_version(name)
        if version is None:
            print(f"{name}: not installed, so it is not run", file=sys.stderr)
        else:
            peers.append((name, version))
    for instance in options.instances or sorted(data.files):
        if instance not in data.files:
            print(f"instance {instance}: is not in {data.folder}", file=sys.stderr)
            continue
        if not options.no_muster:
            seconds = min(runs.MUSTER_SECONDS.get(instance, 300), options.cap)
            yield "muster", None, instance, seconds
        for name, version in peers:
            yield name, version, instance, min(options.peer_seconds, options.cap)


def measure(options, data, records, conditions):
    """Runs what is not recorded yet; whether all of it came to an end."""
    complete = True
    options.work.mkdir(parents=True, exist_ok=True)
    for solver, version, instance, seconds in wanted(options, data):
        key = {"solver": solver, "instance": instance, "limit": seconds, "threads": runs.THREADS}
        key |= {"commit": conditions["commit"]} if version is None else {"version": version, "machine": conditions["machine"]}
        if any(key.items() <= record.items() for record in records):
            print(f"{solver}, instance {instance}, {seconds:g} s: recorded already", file=sys.stderr)
            continue
        print(f"{solver}, instance {instance}, {seconds:g} s", file=sys.stderr, flush=True)
        try:
            load = round(os.getloadavg()[0], 1)
            if version is None:
                figures = runs.muster(options.muster, data, instance, seconds, options.work)
            else:
                figures = runs.peer(solver, data, instance, seconds, options.work)
        except (runs.RunFailed, OSError) as failure:
            print(f"    failed: {failure}", file=sys.stderr)
            complete = False
            continue
        record = key | {"version": version} | conditions | {"load": load} | figures
        records.append(record)
        with open(options.output / "results.jsonl", "a") as file:
            file.write(json.dumps(record, sort_keys=True) + "\n")
    return complete


def main(arguments=None):
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", nargs="?", help="the folder of the set")
    parser.add_argument("--muster", default=".build/release/muster", help="the program (%(default)s)")
    parser.add_argument("--no-muster", action="store_true", help="run the peers only")
    parser.add_argument("--peers", nargs="*", default=["cpsat", "highs", "scip"], choices=[*runs.PEER_PACKAGES], metavar="PEER",
                        help="of " + ", ".join(runs.PEER_PACKAGES) + "; none if left empty (cpsat highs scip)")
    parser.add_argument("--instances", nargs="*", type=int, metavar="N", help="by number (all that are there)")
    parser.add_argument("--cap", type=float, default=float("inf"), metavar="S", help="seconds that no run may take longer than")
    parser.add_argument("--peer-seconds", type=float, default=300, metavar="S", help="seconds for each peer (%(default)s)")
    parser.add_argument("--date", default=datetime.date.today().isoformat(), help="to put on the runs (today)")
    parser.add_argument("--output", type=pathlib.Path, default=HERE, metavar="DIR", help="for results.jsonl, results.md and gap.svg")
    parser.add_argument("--work", type=pathlib.Path, default=pathlib.Path(".build/shift-scheduling"), metavar="DIR",
                        help="for logs and solutions (%(default)s)")
    options = parser.parse_args(arguments)
    if not options.data or not pathlib.Path(options.data).is_dir():
        where = f"{options.data} is no folder" if options.data else "no folder was given"
        print(f"Skipped: the public shift-scheduling set is not part of this project, and {where}.")
        return 0
    data = runs.Instances(options.data)
    if not data.files:
        print(f"Skipped: there is no nrp/InstanceN.txt in {options.data}.")
        return 0
    options.output.mkdir(parents=True, exist_ok=True)
    records = read(options.output / "results.jsonl")
    conditions = {"machine": machine(), "commit": commit(), "date": options.date}
    complete = measure(options, data, records, conditions)
    latest = page.latest(records)
    (options.output / "results.md").write_text(page.text(latest, data.known))
    (options.output / "gap.svg").write_text(picture.svg(latest, data.known))
    wrong = faults(latest, data.known)
    for sentence in wrong:
        print(sentence, file=sys.stderr)
    print(f"{options.output / 'results.md'} and gap.svg: {len(latest)} runs")
    return 0 if complete and not wrong else 1


if __name__ == "__main__":
    sys.exit(main())
