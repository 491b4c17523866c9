"""muster is killed with SIGKILL at random instants while it sends, and started again.

No message may be lost. One may arrive twice: the one whose acceptance the server had given and muster had not yet
recorded, which SMTP cannot rule out; its two copies have one Message-ID. KILLS says how many times (200): a process
that had ended before it could be killed does not count.
"""

import collections
import contextlib
import email
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import time

from smtp_server import PASSWORD, Server
from test_report import DATE, ReportCase
from test_sending import MUSTER, Case

KILLS = int(os.environ.get("KILLS", "200"))
ENVIRONMENT = {"MUSTER_SMTP_PASSWORD": PASSWORD}


class Tally:
    """Kills one command again and again, and counts what arrives."""

    def __init__(self, case, server, messages, command, prepare):
        self.case, self.server, self.messages = case, server, messages
        self.command, self.prepare = command, prepare
        self.runs = self.in_time = self.duplicates = self.interrupted = 0

    def start(self):
        return subprocess.Popen([MUSTER, *self.command, "--store", self.case.trust.store], env=ENVIRONMENT,
                                stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def duration(self):
        self.prepare()
        began = time.monotonic()
        self.case.assertEqual(self.start().wait(), 0)
        return time.monotonic() - began

    def kill(self, times, chance):
        """Kills it so many times before its end, each time at another instant."""
        whole = self.duration()
        while self.in_time < times:
            self.kill_once(chance.uniform(0, whole))

    def kill_once(self, after):
        case = self.case
        self.runs += 1
        self.prepare()
        self.server.inbox.delivered.clear()
        process = self.start()
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(timeout=after)
        process.send_signal(signal.SIGKILL)
        self.in_time += process.wait() == -signal.SIGKILL
        case.assertEqual(self.start().wait(), 0)
        before = len(self.server.inbox.delivered)
        case.assertEqual(self.start().wait(), 0)
        case.assertEqual(len(self.server.inbox.delivered), before, "the same command again sends nothing")

        database = sqlite3.connect(case.trust.store)
        kept = {f"<{one}>" for (one,) in database.execute("SELECT message_id FROM message WHERE state = 'accepted'")}
        doubtful = {f"<{one}>" for (one,) in database.execute(
            "SELECT message_id FROM message JOIN attempt ON message = id WHERE verdict = 'interrupted'")}
        database.close()
        ids = collections.Counter(email.message_from_bytes(one)["Message-ID"] for one in self.server.inbox.delivered)
        case.assertEqual((set(ids), len(kept)), (kept, self.messages), "none is lost")
        twice = {one for one, count in ids.items() if count > 1}
        case.assertLessEqual(sum(ids.values()), self.messages + 1, "one duplicate at most")
        case.assertLessEqual(twice, doubtful, "a second copy is known to be possible")
        self.duplicates += len(twice)
        self.interrupted += len(doubtful)

    def __str__(self):
        return (f"{self.runs} runs, {self.in_time} killed before their end, {self.interrupted} in the middle of an "
                f"attempt; no message lost, {self.duplicates} delivered twice, with one Message-ID and recorded as "
                "interrupted")


class KilledWhileSending(Case):
    def test_killed(self):
        chance = random.Random(20251121)
        with Server(self.certificates) as server:

            def prepare():
                self.setUp()
                self.trust.enqueue(4)
                self.trust.settings(server)

            tally = Tally(self, server, 4, ["outbox", "retry"], prepare)
            tally.kill(KILLS, chance)
        print(f"\nmuster outbox retry: {tally}", flush=True)


class KilledWhileReporting(ReportCase):
    """The whole way, from the picture to the last verdict; most of its time goes by before the first message."""

    def test_killed(self):
        chance = random.Random(20251122)
        with Server(self.certificates) as server:

            def prepare():
                shutil.rmtree(self.trust.folder)
                self.setUp()
                self.trust.settings(server)

            tally = Tally(self, server, 3, ["report", "--date", DATE, "--send"], prepare)
            tally.kill(KILLS // 4, chance)
        print(f"\nmuster report --send: {tally}", flush=True)

