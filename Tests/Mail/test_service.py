"""The commands of the shipped systemd units, run as they stand there, with the places that they name put elsewhere."""

import os
import pathlib
import re
import shutil
import subprocess

from smtp_server import PASSWORD, Server
from test_report import DATE, TRUST, ReportCase
from test_sending import MUSTER

UNITS = pathlib.Path(__file__).resolve().parents[2] / "Packaging" / "systemd"
MORNING = "2025-11-21T05:40Z"


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
