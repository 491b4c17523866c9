"""The demonstration trust's report, from its exports to what arrives at a mail server, read by Python's own MIME,
HTML and CSV parsers."""

import csv
import email
import email.policy
import html.parser
import io
import json
import pathlib
import re
import shutil
import sqlite3
import subprocess
import tempfile
import types
import unittest

from smtp_server import PASSWORD, Certificates, Server
from test_sending import MUSTER, OLD, Trust

TRUST = pathlib.Path(__file__).resolve().parents[2] / "Rosters" / "demo-trust"
DATE = "2025-11-21"
# As people write them, in one piece or several.
TELEPHONE = r"\b0\d(?:[ -]?\d){8,9}\b"
RECIPIENTS = {"staff.bank@northgate.example", "medical.staffing@northgate.example",
              "collaborative.bank@sharedbank.example"}


class Page(html.parser.HTMLParser):
    """What a screen reader needs to know of a page."""

    def __init__(self, text):
        super().__init__()
        self.tags, self.language, self.tables, self.headers = [], None, [], []
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        self.tags.append(tag)
        if tag == "html":
            self.language = attributes.get("lang")
        if tag == "table":
            self.tables.append(False)
        if tag == "caption":
            self.tables[-1] = True
        if tag == "th":
            self.headers.append(attributes.get("scope"))
        for name in ("src", "href"):
            assert name not in attributes, f"{tag} fetches {attributes[name]}"


class ReportCase(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.home = pathlib.Path(tempfile.mkdtemp(prefix="muster-report-"))
        cls.certificates = Certificates(cls.home / "certificates")
        subprocess.run([MUSTER, "import", TRUST, "--store", cls.home / "trust.sqlite"], check=True,
                       capture_output=True)

    @classmethod
    def tearDownClass(cls):
        shutil.rmtree(cls.home)

    def setUp(self):
        self.trust = Trust.__new__(Trust)
        self.trust.folder = pathlib.Path(tempfile.mkdtemp(dir=self.home))
        self.trust.store = self.trust.folder / "trust.sqlite"
        self.trust.certificates = self.certificates
        shutil.copy(self.home / "trust.sqlite", self.trust.store)

    def report(self, *arguments):
        result = subprocess.run([MUSTER, "report", "--store", self.trust.store, "--date", DATE, "--json", *arguments],
                                env={"MUSTER_SMTP_PASSWORD": PASSWORD}, capture_output=True, text=True, timeout=300)
        return result.returncode, json.loads(result.stdout)

    def sent(self, *arguments):
        """What a server got: the exit code, the answer, and the messages by recipient."""
        with Server(self.certificates) as server:
            self.trust.settings(server)
            code, answer = self.report("--send", *arguments)
            self.assertEqual([len(to) for _, to in server.inbox.recipients], [1] * len(server.inbox.recipients))
            return code, answer, {
                to[0]: email.message_from_bytes(bytes_, policy=email.policy.default)
                for bytes_, (_, to) in zip(server.inbox.delivered, server.inbox.recipients)}


class Reports(ReportCase):
    def test_arrives_as_it_was_meant(self):
        code, answer, messages = self.sent()
        self.assertEqual((code, set(messages)), (0, RECIPIENTS))
        for to, message in messages.items():
            with self.subTest(to):
                self.assertEqual([part.get_content_type() for part in message.walk()],
                                 ["multipart/mixed", "multipart/alternative", "text/plain", "text/html", "text/csv"])
                for part in message.walk():
                    self.assertEqual(part.defects, [])
                    self.assertLessEqual(len(part.get_boundary() or ""), 70, "RFC 2046")
                self.assertRegex(message["Subject"], r"^Staffing look forward Fri 21 to Mon 24 Nov: \d+ shifts? short")
                self.assertEqual((message["To"], message["From"]), (to, "staffing.report@northgate.example"))
                self.assertEqual(message["Date"].datetime.isoformat(), "2025-11-21T06:30:00+00:00")
                text = message.get_body(("plain",)).get_content()
                self.assertLessEqual(max(map(len, text.splitlines())), 78)
                self.assertIn("CAN THE FIGURES BE TRUSTED?", text)

                page = Page(message.get_body(("html",)).get_content())
                self.assertEqual(page.language, "en-GB")
                self.assertTrue(page.tables and all(page.tables), "every table has a caption")
                self.assertEqual(set(page.headers), {"row", "col"})
                self.assertNotIn("img", page.tags)
                self.assertEqual(page.tags.count("h1"), 1)

                [attachment] = message.iter_attachments()
                self.assertEqual(attachment.get_filename(), "staffing-gaps-2025-11-21.csv")
                rows = list(csv.DictReader(io.StringIO(self.table(attachment), newline="")))
                self.assertTrue(rows)
                for row in rows:
                    for cell in row.values():
                        self.assertNotRegex(cell, r"^[=+@\t\r]|^-\D")

    def table(self, attachment):
        """What a spreadsheet reads: UTF-8, which it knows by the mark at the beginning."""
        text = attachment.get_content()
        self.assertEqual(text[0], "\ufeff")
        return text[1:]

    def test_all_gaps_are_in_the_file_and_in_the_text(self):
        _, answer = self.report()
        _, _, messages = self.sent()
        message = messages["staff.bank@northgate.example"]
        [attachment] = message.iter_attachments()
        rows = list(csv.DictReader(io.StringIO(self.table(attachment), newline="")))
        self.assertEqual({row["gap"] for row in rows}, {gap["id"] for gap in answer["report"]["gaps"]})
        text = message.get_body(("plain",)).get_content()
        self.assertIn(f"{len(rows)} GAPS", text)

    def test_nobody_is_named(self):
        """Everything that the exports say of people and that nobody may read: it is in each of them, and in no message,
        nor in the store or the log of the import."""
        people = self.import_with_private_facts()
        everything = {to: "\n".join([str(message["Subject"]), *(
            part.get_content() for part in message.walk() if not part.is_multipart())])
            for to, message in self.sent()[2].items()}
        self.assertEqual(set(everything), RECIPIENTS)
        database = sqlite3.connect(self.trust.store)
        everything["the store"] = "\n".join(database.iterdump())
        database.close()
        everything["the log"] = people.log
        for place, text in everything.items():
            self.assertEqual([one for one in people.facts if one.lower() in text.lower()], [], place)
        for to in RECIPIENTS:
            self.assertEqual([one for one in people.numbers if one in everything[to]], [], to)
            self.assertEqual(re.findall(TELEPHONE, everything[to]), [], to)
        self.assertTrue("'matron'" in everything["the store"], "a role is kept")

    def import_with_private_facts(self):
        """The demonstration's exports as others may well be, into a store of this test."""
        folder = self.trust.folder / "exports"
        shutil.copytree(TRUST, folder, ignore=shutil.ignore_patterns("out"))
        people = types.SimpleNamespace(
            numbers=set(), facts=["Quicksilver", "Zebedee", "07700 900123", "07700900456", "Anxiety", "Migraine"])
        self.assertEqual(re.findall(TELEPHONE, " and ".join(people.facts)), ["07700 900123", "07700900456"])

        def rewrite(name, change):
            with open(folder / name, encoding="utf-8-sig", newline="") as file:
                header, *rows = csv.reader(file)
            for number, row in enumerate(rows):
                if len(row) == len(header):
                    change(number, dict(zip(header, range(len(header)))), row)
            with open(folder / name, "w", newline="") as file:
                csv.writer(file, lineterminator="\n").writerows([header, *rows])

        def staff(number, at, row):
            people.numbers.add(row[at["Staff No"]])
            row[at["Extension"]] = "Zebedee Quicksilver, 07700900456"

        def absence(number, at, row):
            if number % 5 == 0:
                row[at["Absence Type"]] = "Sickness - F41 Anxiety" if number % 2 else "Migraine"

        def request(number, at, row):
            if number % 2:
                row[at["Released By"]] = "Sister Zebedee Quicksilver 07700 900123"
            if number % 7 == 0:
                row[at["Reason"]] = "Sickness: Anxiety"

        rewrite("Staff in Post.csv", staff)
        rewrite("Absence.csv", absence)
        rewrite("Bank Requests.csv", request)
        self.trust.store.unlink()
        result = subprocess.run([MUSTER, "import", folder, "--store", self.trust.store], capture_output=True, text=True)
        self.assertEqual(result.returncode, 0, result.stderr)
        people.log = result.stdout + result.stderr
        for name in ("Absence.csv", "Bank Requests.csv"):
            self.assertIn(name, people.log)
        return people

    def test_somebody_outside_sees_no_classes_of_absence_and_no_people(self):
        _, _, messages = self.sent()
        outside = messages["collaborative.bank@sharedbank.example"]
        for part in outside.walk():
            if not part.is_multipart():
                self.assertNotRegex(part.get_content().lower(), r"sick|annual leave|study leave|parental|maternity")
        inside = messages["staff.bank@northgate.example"].get_body(("plain",)).get_content()
        references = set(re.findall(r"\b[0-9A-Z]{4}-[0-9A-Z]{4}\b", inside))
        self.assertTrue(references)
        text = outside.get_body(("plain",)).get_content()
        self.assertEqual([one for one in references if one in text], [])
        [attachment] = outside.iter_attachments()
        groups = {row["staff_group"] for row in csv.DictReader(io.StringIO(self.table(attachment), newline=""))}
        self.assertLessEqual(groups, {"registered", "unregistered"})

    def test_each_reference_can_be_looked_up_at_home(self):
        _, _, messages = self.sent()
        text = messages["staff.bank@northgate.example"].get_body(("plain",)).get_content()
        with open(TRUST / "Staff in Post.csv", encoding="utf-8-sig") as file:
            numbers = {row[0] for row in list(csv.reader(file))[1:]}
        references = sorted(set(re.findall(r"\b[0-9A-Z]{4}-[0-9A-Z]{4}\b", text)))
        for reference in references[:5]:
            code, answer = self.report("--who", reference)
            self.assertEqual((code, [one["reference"] for one in answer["people"]]), (0, [reference]))
            self.assertIn(answer["people"][0]["person"], numbers)

    def test_again_sends_nothing(self):
        with Server(self.certificates) as server:
            self.trust.settings(server)
            code, answer = self.report("--send")
            self.assertEqual((code, answer["sent"], len(server.inbox.delivered)), (0, 3, 3))
            code, answer = self.report("--send")
            self.assertEqual((code, answer["sent"], len(server.inbox.delivered)), (0, 0, 3))
            code, answer = self.report("--send", "--edition", "afternoon")
            self.assertEqual((code, answer["sent"], len(server.inbox.delivered)), (0, 3, 6))

    def test_one_refused_address_stops_no_other_and_fails_the_command(self):
        with Server(self.certificates) as server:
            self.trust.settings(server)
            original = server.inbox.handle_RCPT

            async def refuse(smtp, session, envelope, address, options):
                server.inbox.fault = "550" if address.startswith("medical") else None
                return await original(smtp, session, envelope, address, options)

            server.inbox.handle_RCPT = refuse
            for sent in (2, 0):
                code, answer = self.report("--send")
                self.assertEqual((code, answer["sent"]), (74, sent))
                self.assertEqual(sorted(one["state"] for one in answer["messages"]),
                                 ["accepted", "accepted", "refused"])

    def connections(self, *arguments):
        """The exit code, the answer, and what the system was asked to open to the network, wherever to."""
        trace = self.trust.folder / "trace"
        result = subprocess.run(
            ["strace", "-f", "-qq", "-e", "trace=socket,connect", "-o", trace, MUSTER, "report", "--store",
             self.trust.store, "--date", DATE, "--json", *arguments],
            env={"MUSTER_SMTP_PASSWORD": PASSWORD}, capture_output=True, text=True, timeout=300)
        if not trace.exists():
            self.skipTest(f"a process cannot be watched here: {result.stderr}")
        return result.returncode, json.loads(result.stdout), re.findall(r".*AF_INET.*", trace.read_text())

    def test_dry_run_writes_files_and_opens_no_connection(self):
        with Server(self.certificates) as server:
            self.trust.settings(server)
            code, answer, opened = self.connections("--dry-run", "--output", str(self.trust.folder / "mail"))
            self.assertEqual((code, len(answer["files"]), opened), (3, 3, []))
            code, _, opened = self.connections("--send", "--edition", "watched")
            self.assertEqual(code, 0)
            self.assertTrue(any("connect(" in one for one in opened), "a connection is seen")
        written = {email.message_from_bytes(pathlib.Path(file).read_bytes())["Message-ID"]
                   for file in answer["files"]}
        _, _, messages = self.sent()
        self.assertEqual(written, {message["Message-ID"] for message in messages.values()})
        self.assertEqual(len(written), 3)

    def test_without_send_nothing_is_sent_or_kept(self):
        with Server(self.certificates) as server:
            self.trust.settings(server)
            code, answer = self.report()
            self.assertEqual((code, answer["status"]), (3, "report"))
            self.assertEqual(server.inbox.delivered, [])
        self.assertEqual(json.loads(self.trust.run("list").stdout), {"messages": []})

    def test_stale_data_say_so_and_do_not_stand_in_the_way_of_the_report(self):
        stale = ["--as-of", "2025-11-23T06:30+00:00"]
        code, answer = self.report(*stale)
        self.assertEqual((code, answer["status"], answer["report"]["gaps"]), (65, "no valid report", []))
        self.assertTrue(answer["reasons"])
        code, answer, messages = self.sent(*stale)
        self.assertEqual((code, answer["sent"], set(messages)), (0, 3, RECIPIENTS))
        for message in messages.values():
            self.assertEqual(message["Subject"], "Staffing look forward Fri 21 to Mon 24 Nov: NO VALID REPORT")
            text = message.get_body(("plain",)).get_content()
            self.assertIn("does not say that shifts are covered", " ".join(text.split()))
            self.assertNotIn("Nothing to do", text)
            self.assertEqual(list(message.iter_attachments()), [])
        code, answer, messages = self.sent()
        self.assertEqual((code, answer["sent"], set(messages)), (0, 3, RECIPIENTS))

    def test_the_next_issue_knows_the_one_before(self):
        self.sent()
        code, answer = self.report("--date", "2025-11-22", "--as-of", "2025-11-21T18:00+00:00")
        report = answer["report"]
        self.assertEqual(report["change"]["since"], DATE)
        before = {gap["id"] for gap in self.report()[1]["report"]["gaps"]}
        again = [gap for gap in report["gaps"] if gap["id"] in before]
        self.assertTrue(again, "a gap keeps its id from day to day")
        self.assertEqual({gap["trend"] for gap in again}, {"same"}, "nothing was imported in between")
        self.assertTrue(report["learning"]["ended"])
        review = subprocess.run([MUSTER, "report", "--store", self.trust.store, "--date", "2025-11-22", "--as-of",
                                 "2025-11-21T18:00+00:00", "--review"], capture_output=True, text=True, check=True)
        self.assertIn("Gaps named for", review.stdout)

    def test_what_an_earlier_issue_never_delivered_is_said_when_it_is_given_up(self):
        with Server(self.certificates) as server:
            self.trust.settings(server)
            server.inbox.fault = "451"
            self.assertEqual(self.report("--send")[0], 74)
            server.inbox.fault = None
            database = sqlite3.connect(self.trust.store)
            with database:
                database.execute("UPDATE message SET expires = ?", (OLD,))
            database.close()
            code, answer = self.report("--send", "--edition", "afternoon")
            self.assertEqual((code, answer["sent"], [one["edition"] for one in answer["expired"]]),
                             (74, 3, ["morning"] * 3))
            code, answer = self.report("--send", "--edition", "afternoon")
            self.assertEqual((code, answer["expired"]), (0, []))

    def test_a_mailbox_that_cannot_be_used_costs_its_own_message_alone(self):
        database = sqlite3.connect(self.trust.store)
        with database:
            # As a store holds it that was filled before such a mailbox was refused.
            database.execute("UPDATE trust_import SET policy = replace(policy, 'staff.bank@', 'staff..bank@')")
        database.close()
        with Server(self.certificates) as server:
            self.trust.settings(server)
            code, answer = self.report("--send")
            self.assertEqual((code, answer["sent"], len(server.inbox.delivered)), (74, 2, 2))
            self.assertEqual(len(answer["unusable"]), 1)
            self.assertIn("staff..bank@northgate.example", answer["unusable"][0])
            code, answer = self.report("--dry-run", "--output", self.trust.folder / "look")
            self.assertEqual((code, len(answer["files"]), len(answer["unusable"])), (65, 2, 1))

    def test_what_cannot_be_reached_is_sent_later_by_the_same_command(self):
        with Server(self.certificates) as server:
            self.trust.settings(server)
        code, answer = self.report("--send")
        self.assertEqual(code, 74)
        self.assertEqual({one["verdict"] for one in answer["messages"]}, {"unreachable"})
        self.trust.make_due()
        code, answer, messages = self.sent()
        self.assertEqual((code, answer["sent"], set(messages)), (0, 3, RECIPIENTS))


if __name__ == "__main__":
    unittest.main()
