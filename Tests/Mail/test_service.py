"""The commands of the shipped systemd units, run as they stand there, with the places that they name put elsewhere."""

import os
import pathlib
import re
import shutil
import sqlite3
import subprocess

from smtp_server import PASSWORD, Server
from test_report import DATE, TRUST, ReportCase
from test_sending import MUSTER

UNITS = pathlib.Path(__file__).resolve().parents[2] / "Packaging" / "systemd"
MORNING = "2025-11-21T05:40Z"
MORNING_MINUTES = 29_395_060  # since 1970


class Service(ReportCase):
    def setUp(self):
        super().setUp()
        self.state, self.etc = self.trust.folder / "state", self.trust.folder / "etc"
        self.exports = self.state / "exports"
        shutil.copytree(TRUST, self.exports, ignore=shutil.ignore_patterns("out"))
        self.etc.mkdir()
        mapping = self.exports / "mapping.yaml"
        # What IMPORTING.md says for exports that come each morning.
        mapping.write_text(re.sub(r"(?m)^extracted: .*$", "extracted: modified", mapping.read_text()))
        self.written(MORNING)
        # The unit asks for the day in London; here it is the day of the demonstration.
        self.programs = self.trust.folder / "bin"
        self.programs.mkdir()
        date = self.programs / "date"
        date.write_text(f'#!/bin/sh\n[ "$1" = +%F ] && echo {DATE}\n')
        date.chmod(0o755)

    def written(self, time):
        for path in self.exports.iterdir():
            subprocess.run(["touch", "-d", time, path], check=True)

    def run_unit(self, name):
        """Runs the commands in order: the exit code of the first that fails and must not."""
        for key, command in re.findall(r"(?m)^(ExecStartPre|ExecStart)=(.*)$", (UNITS / name).read_text()):
            may_fail = command.startswith("-")
            command = (command.lstrip("-").replace("%%", "%").replace("/usr/local/bin/muster", MUSTER)
                       .replace("/var/lib/muster", str(self.state)).replace("/etc/muster", str(self.etc)))
            result = subprocess.run(["/bin/sh", "-c", command], capture_output=True, text=True, env={
                "PATH": f"{self.programs}:{os.environ['PATH']}", "TZ": "Europe/London",
                "MUSTER_SMTP_PASSWORD": PASSWORD})
            if result.returncode and not may_fail:
                return result.returncode
        return 0

    def settings_in_etc(self, server):
        self.trust.settings(server)
        (self.trust.folder / "mail.yaml").rename(self.etc / "mail.yaml")

    def subjects(self, server):
        return sorted({re.sub(r"\s+", " ", re.search(rb"(?ms)^Subject: (.*?)\r\n\S", one)[1].decode())
                       for one in server.inbox.delivered})

    def test_a_morning_and_the_same_again(self):
        with Server(self.certificates) as server:
            self.settings_in_etc(server)
            self.assertEqual(self.run_unit("muster-report.service"), 0)
            self.assertEqual(len(server.inbox.delivered), 3)
            self.assertTrue(all("shifts short" in subject for subject in self.subjects(server)))
            self.assertEqual(self.run_unit("muster-report.service"), 0)
            self.assertEqual(self.run_unit("muster-outbox.service"), 0)
            self.assertEqual(len(server.inbox.delivered), 3)

    def test_exports_that_did_not_come_are_told_of(self):
        with Server(self.certificates) as server:
            self.settings_in_etc(server)
            self.written("2025-11-19T05:40Z")
            self.assertEqual(self.run_unit("muster-report.service"), 0)
            self.assertEqual(len(server.inbox.delivered), 3)
            self.assertTrue(all(subject.endswith("NO VALID REPORT") for subject in self.subjects(server)))

    def test_without_anything_to_report_from_the_service_fails(self):
        with Server(self.certificates) as server:
            self.settings_in_etc(server)
            (self.exports / "Roster.csv").unlink()
            self.assertEqual(self.run_unit("muster-report.service"), 74, "no store: the service fails")
            self.assertEqual(server.inbox.delivered, [])

    def test_an_import_that_fails_is_told_of(self):
        with Server(self.certificates) as server:
            self.settings_in_etc(server)
            self.written("2025-11-19T05:40Z")
            subprocess.run([MUSTER, "import", self.exports, "--store", self.state / "trust.sqlite"],
                           check=True, capture_output=True)
            self.written(MORNING)
            (self.exports / "Roster.csv").unlink()
            self.assertEqual(self.run_unit("muster-report.service"), 0)
            self.assertTrue(all(subject.endswith("NO VALID REPORT") for subject in self.subjects(server)))

    def test_an_import_that_fails_is_told_of_while_the_data_are_fresh_enough(self):
        self.written("2025-11-20T13:00Z")

        def imported():
            return subprocess.run([MUSTER, "import", self.exports, "--store", self.trust.store],
                                  capture_output=True).returncode

        def failures(*arguments):
            code, answer = self.report(*arguments)
            self.assertIn(code, (2, 3))
            found = answer["report"]["validation"]["failures"]
            return [one["sentence"] for one in found if one["check"] == "failed-import"]

        self.trust.store.unlink()
        self.assertEqual(imported(), 0)
        (self.exports / "Roster.csv").rename(self.exports / "Roster.moved")
        self.assertEqual(imported(), 65)
        # The import asks the clock; this one is that of the demonstration's morning.
        database = sqlite3.connect(self.trust.store)
        with database:
            database.execute("UPDATE failed_import SET at = ?", (MORNING_MINUTES,))
        database.close()
        [sentence] = failures()
        self.assertIn("Roster.csv", sentence)
        self.assertEqual(failures("--as-of", "2025-11-21T05:39Z", "--edition", "before"), [])
        (self.exports / "Roster.moved").rename(self.exports / "Roster.csv")
        self.assertEqual(imported(), 0)
        database = sqlite3.connect(self.trust.store)
        with database:
            database.execute("UPDATE failed_import SET cleared = ?", (MORNING_MINUTES + 20,))
        database.close()
        self.assertEqual(failures("--edition", "again"), [])

    def test_the_units_call_what_is_installed(self):
        def installed(*arguments):
            return subprocess.run(["make", "--no-print-directory", "--dry-run", "install", *arguments],
                                  cwd=UNITS.parents[1], capture_output=True, text=True, check=True).stdout

        called = {match for unit in UNITS.glob("*.service")
                  for match in re.findall(r"[\w/]*/bin/muster\b", unit.read_text())}
        self.assertEqual(called, {"/usr/local/bin/muster"})
        for program in called:
            self.assertIn(f'"{program}"', installed())
        self.assertIn('"/tmp/x/opt/muster/bin/muster"', installed("PREFIX=/opt/muster", "DESTDIR=/tmp/x"))
        self.assertIn("--static-swift-stdlib", installed(), "it runs where there is no toolchain")

    def test_what_waits_is_sent_later(self):
        with Server(self.certificates) as server:
            self.settings_in_etc(server)
            server.inbox.fault = "451"
            self.assertEqual(self.run_unit("muster-report.service"), 74)
            server.inbox.fault = None
            self.trust.store = self.state / "trust.sqlite"
            self.trust.make_due()
            self.assertEqual(self.run_unit("muster-outbox.service"), 0)
            self.assertEqual(len(server.inbox.delivered), 3)
