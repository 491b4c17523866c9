"""muster is killed with SIGKILL at random instants while it sends, and started again.

No message may be lost. One may arrive twice: the one whose acceptance the server had given and muster had not yet
recorded, which SMTP cannot rule out; its two copies have one Message-ID. KILLS says how many times (200).
"""

import collections
import email
import os
import random
import signal
import subprocess
import time
import unittest

from smtp_server import PASSWORD, Server
from test_sending import MUSTER, Case

KILLS = int(os.environ.get("KILLS", "200"))
MESSAGES = 4


class Killed(Case):
    def start(self):
        return subprocess.Popen([MUSTER, "outbox", "retry", "--store", self.trust.store],
                                env={"MUSTER_SMTP_PASSWORD": PASSWORD}, stdout=subprocess.DEVNULL,
                                stderr=subprocess.DEVNULL)

    def test_killed(self):
        chance = random.Random(20251121)
        with Server(self.certificates) as server:
            self.trust.enqueue(MESSAGES)
            self.trust.settings(server)
            began = time.monotonic()
            self.assertEqual(self.start().wait(), 0)
            whole = time.monotonic() - began

            in_time = duplicates = interrupted = 0
            for _ in range(KILLS):
                self.setUp()
                server.inbox.delivered.clear()
                self.trust.enqueue(MESSAGES)
                self.trust.settings(server)
                process = self.start()
                time.sleep(chance.uniform(0, whole))
                process.send_signal(signal.SIGKILL)
                in_time += process.wait() == -signal.SIGKILL
                code, _ = self.trust.retry()
                self.assertEqual(code, 0)
                self.assertEqual(self.trust.retry(), (0, []))

                ids = collections.Counter(email.message_from_bytes(one)["Message-ID"]
                                          for one in server.inbox.delivered)
                self.assertEqual(set(ids), {f"<look-forward.{n}@northgate.example>" for n in range(MESSAGES)})
                twice = [one for one, count in ids.items() if count > 1]
                self.assertLessEqual(sum(ids.values()), MESSAGES + 1, "one duplicate at most")
                doubtful = [self.trust.message(n + 1) for n in range(MESSAGES)]
                doubtful = [f"<{one['message_id']}>" for one in doubtful
                            if any(attempt["verdict"] == "interrupted" for attempt in one["history"])]
                self.assertLessEqual(len(doubtful), 1)
                self.assertLessEqual(set(twice), set(doubtful), "a duplicate is known as possible")
                duplicates += len(twice)
                interrupted += len(doubtful)
        print(f"\n{KILLS} kills, {in_time} before the end, {interrupted} in the middle of an attempt: no message lost, "
              f"{duplicates} delivered twice, each with one Message-ID and recorded as interrupted")


if __name__ == "__main__":
    unittest.main()
