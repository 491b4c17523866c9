"""A disk that is full in earnest: a small file system in memory, filled to the last byte. Only root can mount one."""

import os
import pathlib
import shutil
import subprocess
import unittest

from smtp_server import Server
from test_report import TRUST, ReportCase
from test_sending import MUSTER

ROOM = 12 << 20


def mount(folder):
    """Whether this user may mount a file system of its own, and did."""
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", f"size={ROOM},mode=700", "muster-test", folder]
    return os.geteuid() == 0 and subprocess.run(command, capture_output=True).returncode == 0


class FullDisk(ReportCase):
    def setUp(self):
        super().setUp()
        self.disk = self.trust.folder / "disk"
        if not mount(self.disk):
            self.skipTest("no file system can be mounted: only root may, and not in every container")
        self.addCleanup(subprocess.run, ["umount", "--lazy", self.disk], check=True)
        self.trust.store = pathlib.Path(shutil.copy(self.home / "trust.sqlite", self.disk))
        self.filler = self.disk / "filler"

    def fill(self):
        with open(self.filler, "ab", buffering=0) as file:
            for size in (1 << 16, 1 << 12, 1):
                try:
                    while file.write(b"\0" * size) == size:
                        pass
                except OSError:
                    pass
        self.assertLess(shutil.disk_usage(self.disk).free, 4096)

    def empty(self):
        self.filler.unlink()

    def settings(self, server):
        self.trust.settings(server)
        return "--mail", str(self.trust.folder / "mail.yaml")

    def test_full_before_anything_is_kept(self):
        with Server(self.certificates) as server:
            mail = self.settings(server)
            self.fill()
            code, answer = self.report("--send", *mail)
            self.assertEqual(code, 74)
            self.assertIn("disk is full", answer["error"])
            self.assertEqual(server.inbox.delivered, [], "what is not kept is not sent")
            self.empty()
            code, answer = self.report("--send", *mail)
            self.assertEqual((code, answer["sent"], len(server.inbox.delivered)), (0, 3, 3))

    def test_full_while_a_message_is_taken(self):
        with Server(self.certificates) as server:
            mail = self.settings(server)
            take = server.inbox.handle_DATA

            async def fill_up(*arguments):
                self.fill()
                return await take(*arguments)

            server.inbox.handle_DATA = fill_up
            code, answer = self.report("--send", *mail)
            self.assertEqual(code, 74)
            self.assertIn("disk is full", answer["error"])
            self.assertEqual(len(server.inbox.delivered), 1, "nothing more is sent")
            server.inbox.handle_DATA = take
            self.empty()
            code, answer = self.report("--send", *mail)
            self.assertEqual((code, answer["sent"]), (0, 2))
            self.assertEqual(len(server.inbox.delivered), 3, "none is lost and none sent twice")
            self.assertEqual(sorted(message["verdict"] for message in answer["messages"]),
                             ["accepted", "accepted", "accepted-on-a-full-disk"])

    def test_files_are_whole_or_not_there(self):
        folder = self.disk / "mail"
        self.report("--dry-run", "--output", str(self.trust.folder / "elsewhere"))
        self.fill()
        code, answer = self.report("--dry-run", "--output", str(folder))
        self.assertEqual(code, 74, answer)
        left = [path for path in self.disk.rglob("*") if path.suffix == ".eml"]
        self.assertEqual(left, [])
        self.empty()
        code, _ = self.report("--dry-run", "--output", str(folder))
        self.assertEqual((code, len(list(folder.glob("*.eml")))), (3, 3))

    def test_reading(self):
        self.fill()
        code, answer = self.report()
        self.assertEqual(code, 74, "a store cannot be opened without room for the index of its log")
        self.assertIn("disk is full", answer["error"])

    def test_import(self):
        store = self.disk / "new.sqlite"
        self.fill()
        result = subprocess.run([MUSTER, "import", TRUST, "--store", store], capture_output=True, text=True)
        self.assertEqual(result.returncode, 74, result.stderr)
        self.empty()
        result = subprocess.run([MUSTER, "import", TRUST, "--store", store], capture_output=True, text=True)
        self.assertEqual(result.returncode, 0, result.stderr)


if __name__ == "__main__":
    unittest.main()
