"""The harness against invented solvers: it runs what is missing, believes no solver, and draws what it was told.

    python3 -m unittest discover -s Benchmarks/shift-scheduling
"""

import contextlib
import io
import json
import pathlib
import sys
import tempfile
import unittest
import xml.etree.ElementTree

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
import compare
import page
import runs
import trajectory

# An evaluator that reads the penalty out of the solution, and knows one that is unlawful.
EVALUATE = """import sys
text = open(sys.argv[2]).read().split()
if text[0] == "unlawful":
    print("HARD a rule\\nINFEASIBLE (1 violations) penalty 7 {}")
    sys.exit(1)
print("feasible penalty", text[0], "{}")
"""
# As `muster benchmark` speaks, with a cost that can be another than its solution's.
MUSTER = """#!{python}
import json, sys
assert sys.argv[1] == "benchmark" and sys.argv[3::2][:2] == ["--seconds", "--threads"], sys.argv
solution = sys.argv[sys.argv.index("--solution") + 1]
open(solution, "w").write("{solution}\\n")
open("{calls}", "a").write("x")
sys.stderr.write("  seconds   hard h  minimum h   cost   bound   gap %  brought by\\n"
                 "      0.2      0.0        0.0    950       -       -  first rota\\n"
                 "      2.0      0.0        0.0    650   500.5   23.00  dive\\n"
                 "      9.0      0.0        0.0    607   607.0    0.00  branching\\n")
print(json.dumps({{"instance": "Instance1", "status": "optimal (proven)", "objective": {objective}, "bound": {bound},
                  "gap": 0, "seconds": 9.5, "seconds_to_best": 9.0, "threads": 2}}))
"""
RUN_PEER = """import os, sys
solver, instance, seconds, folder = sys.argv[1:]
os.makedirs(folder + "/logs", exist_ok=True)
os.makedirs(folder + "/sol", exist_ok=True)
open(f"{folder}/sol/{solver}_1_{int(float(seconds))}.tsv", "w").write("620\\n")
open(f"{folder}/logs/{solver}_1_{int(float(seconds))}.log", "w").write(
    "#1       0.50s best:900   next:[100,899]  x\\n#Bound   1.00s best:900   next:[400,899]\\n#2  4.00s best:620  next:[400,619]\\n")
open(folder + "/results.csv", "w").write(
    "solver,instance,limit_s,status,objective,evaluated,bound,time_to_best_s,first_sol_s,first_obj,solve_s\\n"
    f"{solver},1,5,FEASIBLE,620.0,620,400.0,4.0,0.5,900,5.0\\n")
"""


class Harness(unittest.TestCase):
    def setUp(self):
        scratch = tempfile.TemporaryDirectory()
        self.addCleanup(scratch.cleanup)
        self.folder = pathlib.Path(scratch.name)
        data = self.folder / "data"
        (data / "nrp").mkdir(parents=True)
        (data / "nrp/Instance1.txt").write_text("invented\n")
        (data / "evaluate.py").write_text(EVALUATE)
        (data / "run_peer.py").write_text(RUN_PEER)
        (data / "best_known.csv").write_text("instance,lower_bound,best_known\n1,607,607\n")
        self.data = data
        version = runs.peer_version
        runs.peer_version = lambda peer: "1.0" if peer == "cpsat" else None
        self.addCleanup(setattr, runs, "peer_version", version)
        self.program()

    def program(self, solution="607", objective=607, bound=607):
        file = self.folder / "muster"
        file.write_text(MUSTER.format(
            python=sys.executable, solution=solution, objective=objective, bound=bound, calls=self.folder / "calls"))
        file.chmod(0o755)

    def run_compare(self, *arguments):
        messages = io.StringIO()
        with contextlib.redirect_stderr(messages), contextlib.redirect_stdout(messages):
            code = compare.main([
                str(self.data), "--muster", str(self.folder / "muster"), "--output", str(self.folder / "out"), "--work",
                str(self.folder / "work"), "--date", "2026-11-02", "--peers", "cpsat", *arguments,
            ])
        return code, messages.getvalue()

    def records(self):
        return [json.loads(line) for line in (self.folder / "out/results.jsonl").read_text().splitlines()]

    def test_records_every_run_and_writes_page_and_picture(self):
        code, messages = self.run_compare()
        self.assertEqual(code, 0, messages)
        muster, peer = self.records()
        self.assertEqual((muster["solver"], muster["objective"], muster["evaluated"], muster["limit"]), ("muster", 607, 607, 60))
        self.assertEqual(muster["trajectory"], [[0.2, 950, None], [2.0, 650, 500.5], [9.0, 607, 607]])
        self.assertEqual((peer["solver"], peer["version"], peer["limit"], peer["evaluated"]), ("cpsat", "1.0", 300, 620))
        self.assertEqual(peer["trajectory"], [[0.5, 900, 100], [1.0, 900, 400], [4.0, 620, 400]])
        for record in (muster, peer):
            self.assertGreater(record["cpu_seconds"], 0)
            self.assertGreater(record["peak_megabytes"], 1)
            self.assertTrue(record["machine"] and record["commit"])
            self.assertEqual(record["date"], "2026-11-02")
        text = (self.folder / "out/results.md").read_text()
        self.assertIn("| 1 | 607 | Muster | 607 | 0.00 | 607.00 | 0.00 | 9.0 |", text)
        self.assertIn("| 1 | 607 | Muster | 950 | **650** | **607** | **607** | **607** | **607** | − + + + + + |", text)
        self.assertIn("ahead in 5, level in 0 and behind in 1", text)
        picture = xml.etree.ElementTree.parse(self.folder / "out/gap.svg")
        self.assertIn("Instance 1, known 607", "".join(picture.getroot().itertext()))

    def test_goes_on_where_it_stopped(self):
        self.run_compare()
        code, messages = self.run_compare()
        self.assertEqual(code, 0)
        self.assertEqual(messages.count("recorded already"), 2)
        self.assertEqual((self.folder / "calls").read_text(), "x")
        self.run_compare("--cap", "5")
        self.assertEqual([record["limit"] for record in self.records()], [60, 300, 5, 5])

    def test_another_commit_runs_muster_again_and_no_peer(self):
        self.run_compare()
        commit = compare.commit
        self.addCleanup(setattr, compare, "commit", commit)
        compare.commit = lambda: "abc1234"
        self.run_compare()
        self.assertEqual([record["solver"] for record in self.records()], ["muster", "cpsat", "muster"])

    def test_a_cost_that_the_evaluator_does_not_find_is_an_error(self):
        self.program(objective=606, bound=600)
        code, messages = self.run_compare()
        self.assertEqual(code, 1)
        self.assertIn("muster on instance 1: says 606, and the evaluator finds 607", messages)

    def test_an_unlawful_solution_is_an_error(self):
        self.program(solution="unlawful")
        code, messages = self.run_compare()
        self.assertEqual(code, 1)
        self.assertIn("finds a hard rule broken", messages)

    def test_a_bound_above_the_best_known_cost_is_an_error(self):
        self.program(solution="700", objective=700, bound=608)
        code, messages = self.run_compare()
        self.assertEqual(code, 1)
        self.assertIn("the bound 608 lies above the best known cost, 607", messages)

    def test_a_peer_is_credited_with_what_its_rota_really_costs(self):
        file = self.data / "run_peer.py"
        file.write_text(file.read_text().replace('write("620\\n")', 'write("615\\n")'))
        code, messages = self.run_compare()
        self.assertEqual(code, 0, messages)
        peer = self.records()[1]
        self.assertEqual((peer["objective"], peer["evaluated"]), (615, 615))
        self.assertEqual(peer["trajectory"][-1], [4.0, 615, 400])

    def test_a_peer_whose_rota_costs_more_than_it_says_is_an_error(self):
        file = self.data / "run_peer.py"
        file.write_text(file.read_text().replace('write("620\\n")', 'write("630\\n")'))
        code, messages = self.run_compare()
        self.assertEqual(code, 1)
        self.assertIn("cpsat on instance 1: says 620, and the evaluator finds 630", messages)

    def test_a_run_that_fails_is_said_and_not_recorded(self):
        (self.folder / "muster").write_text("#!/bin/sh\necho broken >&2\nexit 70\n")
        code, messages = self.run_compare()
        self.assertEqual(code, 1)
        self.assertIn("ended with 70: broken", messages)
        self.assertEqual([record["solver"] for record in self.records()], ["cpsat"])

    def test_without_data_it_says_that_it_skipped(self):
        for arguments in [[], [str(self.folder / "nowhere")]]:
            out = io.StringIO()
            with contextlib.redirect_stdout(out):
                self.assertEqual(compare.main(arguments), 0)
            self.assertTrue(out.getvalue().startswith("Skipped"))


class Logs(unittest.TestCase):
    def test_muster_under_other_columns(self):
        text = "seconds  cost  bound  gap %  source\n0.1  10  -  -  first\n0.5  8  6.5  18.75  dive\nnoise\n"
        self.assertEqual(trajectory.of_muster(text), [(0.1, 10, None), (0.5, 8, 6.5)])

    def test_highs(self):
        log = (
            "        Src  Proc. InQueue |  Leaves   Expl. | BestBound       BestSol              Gap |   Cuts   InLp Confl. | LpIters     Time\n"
            "         0       0         0   0.00%   -inf            inf                  inf        0      0      0         0     0.1s\n"
            " R       0       0         0   0.00%   719             945               23.92%      0      0      0      1027     0.4s\n"
            " L      12       3         4  50.00%   828             828                0.00%   3120    210     12      9027     4.2s\n"
        )
        self.assertEqual(trajectory.of_highs(log), [(0.4, 945, 719), (4.2, 828, 828)])

    def test_scip(self):
        log = (
            " time | node  | left  |LP iter|LP it/n|mem/heur|mdpt |vars |cons |rows |cuts |sepa|confs|strbr|  dualbound   | primalbound  |  gap   | compl. \n"
            "p 0.5s|     1 |     0 |   100 |     - |   locks|   0 |9 |9 |9 |   0 |  0 |   0 |   0 | 7.190000e+02 | 9.450000e+02 |  31.00%| unknown\n"
            "  2.5s|    10 |     4 |  1000 |  40.0 |    20M |   8 |9 |9 |9 |   5 |  1 |   3 |   9 | 8.000000e+02 | 8.280000e+02 |   3.50%| unknown\n"
        )
        self.assertEqual(trajectory.of_scip(log), [(0.5, 945, 719), (2.5, 828, 800)])

    def test_glpk(self):
        log = "[   0.50] +  900: mip =   1.208e+03 >=     1.000e+03  17.2% (10; 0)\n[   1.00] + 1000: mip = not found yet >= 1.0e+03\n"
        self.assertEqual(trajectory.PEERS["glpk"](log), [(0.5, 1208, 1000)])

    def test_a_peer_whose_log_tells_nothing_has_its_first_and_its_best(self):
        row = {"objective": "620", "bound": "400", "time_to_best_s": "4", "first_sol_s": "0.5", "first_obj": "900", "solve_s": "5"}
        points = runs.peer_points("cpsat", row, pathlib.Path("no such log"))
        self.assertEqual(points, [(0.5, 900, None), (4, 620, None), (5, 620, 400)])

    def test_costs_and_bounds_at_a_moment(self):
        points = [(0.5, 900, None), (4, 620, 400)]
        self.assertEqual([trajectory.cost_at(points, time) for time in (0.1, 1, 9)], [None, 900, 620])
        self.assertEqual([trajectory.bound_at(points, time) for time in (1, 9)], [None, 400])

    def test_standing(self):
        costs = {"muster": [None, 5, 5, 5, 6, None], "highs": [None, None, 5, 4, 7, 9]}
        self.assertEqual(page.standing(costs), ["·", "+", "=", "−", "+", "−"])


if __name__ == "__main__":
    unittest.main()
