"""muster's outbox against a real mail server: what each answer and each fault is called, and what is done about it.

The environment's MUSTER is the program. Messages are put into the outbox by hand, so that nothing here depends on
what a report says.
"""

import email
import email.policy
import json
import os
import pathlib
import shutil
import sqlite3
import subprocess
import tempfile
import unittest

from smtp_server import PASSWORD, Certificates, Server

MUSTER = os.environ["MUSTER"]
OLD = 29_000_000  # minutes since 1970: long ago
FAR = 60_000_000  # and far ahead


def body(number, size=2_000):
    line = f"Message {number}. Nobody is named here.\r\n"
    return (f"From: staffing.report@northgate.example\r\nTo: bank{number}@northgate.example\r\nSubject: Test {number}\r\n"
            f"Message-ID: <look-forward.{number}@northgate.example>\r\n\r\n"
            + line * (size // len(line)) + ".\r\n..dots at the start of lines\r\n").encode()


class Trust:
    """A store with messages in its outbox, in a folder of its own."""

    def __init__(self, folder, certificates):
        self.folder = pathlib.Path(folder)
        self.store = self.folder / "trust.sqlite"
        self.certificates = certificates
        subprocess.run([MUSTER, "new", self.folder / "ward", "--template", "ward"], check=True, capture_output=True)
        subprocess.run([MUSTER, "solve", self.folder / "ward", "--iterations", "1", "--store", self.store, "--quiet"],
                       capture_output=True)

    def enqueue(self, count=1, size=2_000):
        database = sqlite3.connect(self.store)
        with database:
            database.execute("INSERT INTO issue (organisation, date, edition, valid, generated, report) "
                             "VALUES ('X1N', '2025-11-21', 'morning', 1, ?, '{}') ON CONFLICT DO NOTHING", (OLD,))
            for number in range(count):
                database.execute(
                    "INSERT INTO message (issue, recipient, sender, address, message_id, subject, bytes, state, due, "
                    "expires) VALUES (1, ?, 'staffing.report@northgate.example', ?, ?, 'Test', ?, 'waiting', ?, ?)",
                    (f"bank{number}", f"bank{number}@northgate.example", f"look-forward.{number}@northgate.example",
                     body(number, size), OLD, FAR))
        database.close()

    def make_due(self):
        database = sqlite3.connect(self.store)
        with database:
            database.execute("UPDATE message SET due = ? WHERE state = 'waiting'", (OLD,))
        database.close()

    def settings(self, server, ca="ca.pem", **changes):
        text = server.settings if isinstance(server, Server) else server
        for key, value in changes.items():
            text = "".join(line for line in text.splitlines(True) if not line.startswith(key + ":"))
            text += f"{key.replace('_', '-')}: {value}\n"
        if "ca_file" not in changes:
            text += f"ca-file: {self.certificates.folder / ca}\n"
        (self.folder / "mail.yaml").write_text(text)

    def run(self, *arguments, password=PASSWORD):
        environment = {"PATH": "/usr/bin:/bin", "MUSTER_SMTP_PASSWORD": password}
        return subprocess.run([MUSTER, "outbox", *map(str, arguments), "--store", self.store, "--json"],
                              env=environment, capture_output=True, text=True, timeout=120)

    def retry(self, *arguments, **options):
        """The exit code and the messages that were tried."""
        result = self.run("retry", *arguments, **options)
        assert PASSWORD not in result.stdout + result.stderr
        answer = json.loads(result.stdout)
        return result.returncode, answer.get("messages", answer)

    def message(self, number=1):
        return json.loads(self.run("show", number).stdout)


class Case(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.home = tempfile.mkdtemp(prefix="muster-mail-")
        cls.certificates = Certificates(pathlib.Path(cls.home) / "certificates")
        cls.template = Trust(tempfile.mkdtemp(dir=cls.home), cls.certificates)

    @classmethod
    def tearDownClass(cls):
        shutil.rmtree(cls.home)

    def setUp(self):
        self.trust = Trust.__new__(Trust)
        self.trust.folder = pathlib.Path(tempfile.mkdtemp(dir=self.home))
        self.trust.store = self.trust.folder / "trust.sqlite"
        self.trust.certificates = self.certificates
        shutil.copy(self.template.store, self.trust.store)


class Verdicts(Case):
    """Each answer and fault of a server has its own name, and its own consequence."""

    def attempt(self, server, fault=None, size=2_000, password=PASSWORD, **settings):
        self.trust.enqueue(size=size)
        self.trust.settings(server, **settings)
        if isinstance(server, Server):
            server.inbox.fault = fault
        code, messages = self.trust.retry(password=password)
        self.assertEqual(len(messages), 1)
        self.assertEqual(code, 0 if messages[0]["state"] == "accepted" else 74)
        return messages[0]

    def expect(self, message, state, verdict, code=None):
        self.assertEqual((message["state"], message["verdict"]), (state, verdict), message)
        if code:
            self.assertEqual(message["code"], code)

    def test_accepted_over_starttls(self):
        with Server(self.certificates) as server:
            message = self.attempt(server)
            self.expect(message, "accepted", "accepted", 250)
            self.assertIn("taken", message["reply"])
            self.assertEqual(server.inbox.delivered, [body(0)])
            self.assertEqual(server.inbox.recipients, [("staffing.report@northgate.example",
                                                        ["bank0@northgate.example"])])
            self.assertEqual(self.trust.retry(), (0, []), "the same command again sends nothing")
            self.assertEqual(len(server.inbox.delivered), 1)

    def test_accepted_over_tls(self):
        with Server(self.certificates, implicit_tls=True) as server:
            self.expect(self.attempt(server), "accepted", "accepted", 250)

    def test_refused_for_now(self):
        for fault, code in [("451", 451), ("421", 421), ("452 after DATA", 452), ("421 greeting", 421)]:
            with self.subTest(fault), Server(self.certificates) as server:
                self.setUp()
                message = self.attempt(server, fault)
                self.expect(message, "waiting", "refused-for-now", code)
                self.assertIn(str(code), message["reply"])

    def test_refused_for_good_and_tried_again_by_hand(self):
        for fault, code in [("550", 550), ("554 after DATA", 554)]:
            with self.subTest(fault), Server(self.certificates) as server:
                self.setUp()
                self.expect(self.attempt(server, fault), "refused", "refused", code)
                self.assertEqual(self.trust.retry(), (74, []), "nobody tries it again by itself, and all is not well")
                server.inbox.fault = None
                code, messages = self.trust.retry(1)
                self.assertEqual((code, messages[0]["state"], messages[0]["attempts"]), (0, "accepted", 2))

    def test_dropped_in_the_middle(self):
        with Server(self.certificates) as server:
            self.expect(self.attempt(server, "drop in DATA", size=20_000_000), "waiting", "dropped")
            self.assertEqual(server.inbox.delivered, [])

    def test_dropped_before_a_word(self):
        with Server(self.certificates) as server:
            self.expect(self.attempt(server, "drop greeting"), "waiting", "dropped")

    def test_dropped_at_the_end_is_the_one_duplicate_and_has_the_same_id(self):
        with Server(self.certificates) as server:
            self.expect(self.attempt(server, "drop after DATA"), "waiting", "dropped-at-the-end")
            server.inbox.fault = None
            self.trust.make_due()
            self.assertEqual(self.trust.retry()[0], 0)
            ids = [email.message_from_bytes(one)["Message-ID"] for one in server.inbox.delivered]
            self.assertEqual(ids, ["<look-forward.0@northgate.example>"] * 2)

    def test_hang(self):
        with Server(self.certificates) as server:
            self.expect(self.attempt(server, "hang", timeout_seconds=8), "waiting", "timed-out-at-the-end")

    def test_nobody_listens(self):
        with Server(self.certificates) as server:
            settings = server.settings
        self.expect(self.attempt(settings), "waiting", "unreachable")

    def test_no_such_host(self):
        with Server(self.certificates) as server:
            self.expect(self.attempt(server.settings.replace("localhost", "no-such-host.invalid")), "waiting", "unreachable")

    def test_certificates(self):
        cases = [("other-name", "ca.pem"), ("unknown", "ca.pem"), ("good", "stranger.pem")]
        for certificate, ca in cases:
            chosen = self.certificates.folder / f"{certificate}.pem"
            for implicit in (False, True):
                with self.subTest(certificate=certificate, ca=ca, implicit=implicit), \
                        Server(self.certificates, chosen, implicit_tls=implicit) as server:
                    self.setUp()
                    self.expect(self.attempt(server, ca=ca), "waiting", "tls-failed")
                    self.assertEqual(server.inbox.delivered, [])

    def test_certificate_of_the_system_alone(self):
        with Server(self.certificates) as server:
            self.trust.enqueue()
            (self.trust.folder / "mail.yaml").write_text(server.settings)
            self.expect(self.trust.retry()[1][0], "waiting", "tls-failed")

    def test_no_tls_no_message(self):
        with Server(self.certificates) as server:
            self.expect(self.attempt(server, "no TLS"), "waiting", "tls-failed")

    def test_wrong_password(self):
        with Server(self.certificates) as server:
            message = self.attempt(server, password="wrong")
            self.expect(message, "waiting", "authentication-failed", 535)

    def test_password_from_a_file(self):
        secret = self.trust.folder / "secret"
        secret.write_text(PASSWORD + "\n")
        with Server(self.certificates) as server:
            secret.chmod(0o604)
            self.trust.enqueue()
            self.trust.settings(server, password_file="secret")
            code, answer = self.trust.retry()
            self.assertEqual(code, 65)
            self.assertIn("every user", answer["faults"][0]["message"])
            self.assertEqual(server.inbox.delivered, [])
            secret.chmod(0o600)
            code, messages = self.trust.retry(password="")
            self.assertEqual((code, messages[0]["state"]), (0, "accepted"))


class Outbox(Case):
    def test_waits_grow(self):
        with Server(self.certificates) as server:
            server.inbox.fault = "451"
            self.trust.enqueue()
            self.trust.settings(server)
            waits = []
            for _ in range(7):
                self.trust.retry()
                last = self.trust.message()["history"][-1]
                database = sqlite3.connect(self.trust.store)
                due, ended = database.execute(
                    "SELECT due, (SELECT max(ended) FROM attempt) FROM message").fetchone()
                database.close()
                waits.append(due - ended)
                self.assertEqual(last["verdict"], "refused-for-now")
                self.assertEqual(self.trust.retry(), (74, []), "it is not due yet, and not with the server")
                self.trust.make_due()
            self.assertEqual(waits, [2, 4, 8, 16, 32, 60, 60])

    def test_what_no_server_has_is_not_well_until_it_is_given_up_and_that_is_said(self):
        with Server(self.certificates) as server:
            settings = server.settings
        self.trust.enqueue(count=2)
        self.trust.settings(settings)
        self.assertEqual(self.trust.retry()[0], 74)
        result = self.trust.run("retry")
        answer = json.loads(result.stdout)
        self.assertEqual((result.returncode, answer["messages"], answer["expired"]), (74, [], []))
        self.assertEqual([one["id"] for one in answer["outstanding"]], [1, 2])
        database = sqlite3.connect(self.trust.store)
        with database:
            database.execute("UPDATE message SET expires = ?", (OLD,))
        database.close()
        result = self.trust.run("retry")
        answer = json.loads(result.stdout)
        self.assertEqual((result.returncode, answer["messages"], answer["outstanding"]), (74, [], []))
        self.assertEqual([one["state"] for one in answer["expired"]], ["expired", "expired"])
        result = self.trust.run("retry")
        self.assertEqual((result.returncode, json.loads(result.stdout)["expired"]), (0, []), "it was said once")

    def test_what_came_back_is_noted_and_sent_again_by_hand(self):
        with Server(self.certificates) as server:
            self.trust.enqueue()
            self.trust.settings(server)
            self.assertEqual(self.trust.run("bounced", 1, "--reason", "x").returncode, 64, "it was never taken")
            self.assertEqual(self.trust.retry()[0], 0)
            self.assertEqual(self.trust.run("bounced", 1, "--reason", "two\nlines").returncode, 64)
            self.assertEqual(self.trust.run("bounced", 1, "--reason", "5.2.2 mailbox full").returncode, 0)
            message = self.trust.message()
            self.assertEqual((message["state"], message["verdict"], message["reply"], message["attempts"]),
                             ("refused", "bounced", "5.2.2 mailbox full", 1))
            self.assertEqual(self.trust.retry(), (74, []))
            code, messages = self.trust.retry(1)
            self.assertEqual((code, messages[0]["state"], len(server.inbox.delivered)), (0, "accepted", 2))
            self.assertEqual([one["verdict"] for one in self.trust.message()["history"]],
                             ["accepted", "bounced", "accepted"])

    def test_one_refusal_stops_no_other(self):
        with Server(self.certificates) as server:
            self.trust.enqueue(count=3)
            self.trust.settings(server)
            original = server.inbox.handle_RCPT

            async def refuse_one(smtp, session, envelope, address, options):
                server.inbox.fault = "550" if address.startswith("bank1@") else None
                return await original(smtp, session, envelope, address, options)

            server.inbox.handle_RCPT = refuse_one
            code, messages = self.trust.retry()
            self.assertEqual(code, 74)
            self.assertEqual([one["state"] for one in messages], ["accepted", "refused", "accepted"])

    def test_only_one_sends(self):
        with Server(self.certificates) as server:
            server.inbox.fault = "hang"
            self.trust.enqueue()
            self.trust.settings(server, timeout_seconds=40)
            first = subprocess.Popen([MUSTER, "outbox", "retry", "--store", self.trust.store],
                                     env={"MUSTER_SMTP_PASSWORD": PASSWORD}, stdout=subprocess.DEVNULL,
                                     stderr=subprocess.DEVNULL)
            while self.trust.message()["state"] != "sending":
                self.assertIsNone(first.poll())
            code, answer = self.trust.retry()
            self.assertEqual(code, 74)
            self.assertIn("another process is sending", answer["error"])
            first.kill()
            first.wait()
            server.inbox.fault = None
            code, messages = self.trust.retry()
            self.assertEqual((code, messages[0]["state"], messages[0]["attempts"]), (0, "accepted", 2))
            history = self.trust.message()["history"]
            self.assertEqual([one["verdict"] for one in history], ["interrupted", "accepted"])

    def test_a_line_end_in_an_address_does_not_reach_the_server(self):
        with Server(self.certificates) as server:
            self.trust.enqueue()
            database = sqlite3.connect(self.trust.store)
            with database:
                database.execute("UPDATE message SET address = 'a@b.example>' || char(13, 10) || 'RCPT TO:<c@d.example'")
            database.close()
            self.trust.settings(server)
            self.assertEqual(self.trust.retry()[1][0]["state"], "refused")
            self.assertEqual(server.inbox.recipients, [])


if __name__ == "__main__":
    unittest.main()
