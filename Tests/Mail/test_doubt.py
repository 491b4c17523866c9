"""Exports that somebody has spoilt: whatever is missing or wrong in them, no report may look as if nothing were short.

Two wards ask for a nurse each on one day, and have one: nothing is short, and the report may say so. Then each file is
spoilt in one way, from the import on.
"""

import json
import pathlib
import shutil
import subprocess
import tempfile
import unittest

from test_sending import MUSTER

SOUND = pathlib.Path(__file__).resolve().parents[2] / "Rosters" / "bad-trust" / "unit-twice"
DAY = "2025-11-21"


class Doubt(unittest.TestCase):
    def setUp(self):
        self.home = pathlib.Path(tempfile.mkdtemp(prefix="muster-doubt-"))
        self.addCleanup(shutil.rmtree, self.home)
        self.folder = self.home / "exports"
        shutil.copytree(SOUND, self.folder)
        self.write("units.csv", "Code,Name,Site,Shut,Open\nASH,Ash ward,MAIN,,\nOAK,Oak ward,MAIN,,\n")
        self.change("mapping.yaml", "site: Site }", "site: Site, closed-from: Shut, closed-to: Open }")

    def write(self, name, text):
        (self.folder / name).write_bytes(text if isinstance(text, bytes) else text.encode())

    def change(self, name, old, new):
        text = (self.folder / name).read_text()
        self.assertIn(old, text)
        self.write(name, text.replace(old, new))

    def add(self, name, text):
        with open(self.folder / name, "ab") as file:
            file.write(text if isinstance(text, bytes) else text.encode())

    def empty(self, name):
        self.write(name, (self.folder / name).read_text().splitlines()[0] + "\n")

    def imported(self):
        return subprocess.run([MUSTER, "import", self.folder, "--store", self.home / "store.sqlite"],
                              capture_output=True).returncode

    def report(self, day=DAY):
        result = subprocess.run([MUSTER, "report", "--store", self.home / "store.sqlite", "--date", day, "--days", "1",
                                 "--json"], capture_output=True, text=True)
        return result.returncode, json.loads(result.stdout)

    def nothing_short(self, day=DAY):
        self.assertEqual(self.imported(), 0)
        code, answer = self.report(day)
        self.assertEqual((code, answer["gaps"]), (0, 0), answer["statement"])
        self.assertTrue(answer["subject"].endswith(": nothing short"), answer["subject"])
        self.assertTrue(answer["statement"].startswith("Nothing to do:"))

    def doubtful(self, gaps=0, unknown=0):
        """A report, with so many gaps, that does not sound as if nothing were short."""
        self.assertEqual(self.imported(), 0)
        code, answer = self.report()
        self.assertEqual((code, answer["gaps"], answer["unknown_units"]), (2, gaps, unknown), answer["statement"])
        self.assertNotIn("nothing short", answer["subject"])
        self.assertNotIn("Nothing to do", answer["statement"])
        return answer

    def no_valid_report(self):
        self.assertEqual(self.imported(), 0)
        code, answer = self.report()
        self.assertEqual((code, answer["status"]), (65, "no valid report"))
        self.assertTrue(answer["subject"].endswith("NO VALID REPORT"))

    def test_sound(self):
        self.nothing_short()

    def test_a_file_is_missing(self):
        for name in ("units.csv", "staff.csv", "roster.csv", "absence.csv", "template.csv"):
            with self.subTest(name):
                self.setUp()
                (self.folder / name).unlink()
                self.assertEqual(self.imported(), 65)

    def test_a_file_is_empty(self):
        for name in ("units.csv", "staff.csv"):
            with self.subTest(name):
                self.setUp()
                self.empty(name)
                self.assertEqual(self.imported(), 65, "then no duty can be read")
        for name in ("roster.csv", "template.csv"):
            with self.subTest(name):
                self.setUp()
                self.empty(name)
                self.no_valid_report()
        self.setUp()
        self.empty("absence.csv")
        self.doubtful()

    def test_an_old_extract(self):
        self.change("mapping.yaml", "extracted: 2025-11-21T05:40", "extracted: 2025-11-19T05:40")
        self.no_valid_report()

    def test_a_unit_has_no_template(self):
        self.write("template.csv", "Unit,Period,Role,Heads\nASH,Day,rn,1\n")
        self.doubtful(unknown=1)

    def test_a_template_asks_for_nobody(self):
        self.write("template.csv", "Unit,Period,Role,Heads\nASH,Day,rn,1\nOAK,Day,rn,0\n")
        self.doubtful(unknown=1)

    def test_a_line_of_the_template_cannot_be_read(self):
        self.add("template.csv", "OAK,Day,surgeon,1\n")
        self.doubtful()

    def test_a_unit_is_not_in_the_list(self):
        self.write("units.csv", "Code,Name,Site,Shut,Open\nASH,Ash ward,MAIN,,\n")
        self.doubtful()

    def test_a_unit_that_was_in_the_list(self):
        self.assertEqual(self.imported(), 0)
        self.change("mapping.yaml", "05:40", "06:10")
        self.write("units.csv", "Code,Name,Site,Shut,Open\nASH,Ash ward,MAIN,,\n")
        for name in ("roster.csv", "staff.csv", "template.csv"):
            lines = (self.folder / name).read_text().splitlines()
            self.write(name, "\n".join(line for line in lines if "OAK" not in line) + "\n")
        self.empty("absence.csv")
        self.add("absence.csv", "101,24/11/2025,25/11/2025,AL\n")
        answer = self.doubtful(unknown=1)
        self.assertIn("Oak ward", json.dumps(answer["report"]["validation"]))

    def test_a_unit_in_another_encoding(self):
        self.write("units.csv", "Code,Name,Site,Shut,Open\nASH,Ash ward,MAIN,,\nOAK,Café,MAIN,,\n".encode("cp1252"))
        self.doubtful()

    def test_everybody_is_on_leave(self):
        self.write("absence.csv", "No,From,To,Type\n101,21/11/2025,21/11/2025,AL\n102,20/11/2025,22/11/2025,SICK\n")
        self.doubtful(gaps=2)

    def test_on_leave_for_no_known_reason(self):
        self.write("absence.csv", "No,From,To,Type\n101,21/11/2025,21/11/2025,Migraine\n")
        self.doubtful(gaps=1)

    def test_leave_that_cannot_be_read(self):
        self.add("absence.csv", "101,21.11.2025,21.11.2025,AL\n")
        self.doubtful()

    def test_a_closed_unit(self):
        self.change("units.csv", "OAK,Oak ward,MAIN,,", "OAK,Oak ward,MAIN,20/11/2025,25/11/2025")
        self.doubtful()

    def test_a_row_twice(self):
        self.add("roster.csv", "101,21/11/2025,ASH,L/D,07:30,20:00\n")
        self.doubtful()

    def test_a_cell_of_ten_megabytes(self):
        self.change("roster.csv", "102,21/11/2025,OAK", "102,21/11/2025," + "O" * 10_000_000)
        self.doubtful(gaps=1)

    def test_a_duty_without_an_end(self):
        self.change("roster.csv", "102,21/11/2025,OAK,L/D,07:30,20:00", "102,21/11/2025,OAK,L/D,07:30,")
        self.doubtful(gaps=1)

    def test_nights_in_which_the_clock_changes(self):
        for night, (day, month, year) in {"2025-10-25": (25, 10, 2025), "2025-03-29": (29, 3, 2025)}.items():
            with self.subTest(night):
                self.setUp()
                date, before = f"{day:02}/{month:02}/{year}", f"{day - 1:02}/{month:02}/{year}"
                self.change("mapping.yaml", "2025-11-21T05:40", f"{night}T05:40")
                self.change("mapping.yaml", "Day: 08:00-19:30", "Day: 20:00-07:30")
                self.write("roster.csv", "No,Date,Unit,Shift,Start,End\n"
                           f"101,{date},ASH,N,19:30,08:00\n102,{date},OAK,N,19:30,08:00\n"
                           f"101,{before},ASH,N,19:30,08:00\n102,{before},OAK,N,19:30,08:00\n")
                self.nothing_short(night)
                self.change("roster.csv", f"102,{date},OAK,N,19:30,08:00", f"102,{date},OAK,N,20:00,07:00")
                self.change("mapping.yaml", "T05:40", "T05:50")
                self.assertEqual(self.imported(), 0)
                code, answer = self.report(night)
                gap = answer["report"]["gaps"][0]
                self.assertEqual((code, gap["minutes_short"]), (2, 30))


if __name__ == "__main__":
    unittest.main()
