"""Across organisations never a name, date of birth, phone, home or class of sickness: two organisations whose own data are full
of them publish, import, book, report and push, and every byte is searched that a role can fetch or that the server keeps."""
import csv
import datetime
import functools
import json
import pathlib
import re
import tempfile
import unittest
import urllib.parse

from everything import answers, found, kept
from system import FOLDER, ROLES, ROOT, System, run

# What no other organisation may ever read. Every one is invented, and stands nowhere else in the project.
NAME, BIRTH, PHONE, HOME = "Zebedee Quillfeather", "1971-03-04", "07700 900461", "QX7 4ZB"
MAIL, ILLNESS, LEAVE_CODE = "zq@quillfeather.invalid", "Thistlepox", "S97 Thistlepox"
PERSON = "zebedee-q"
ALL = f"{NAME} {BIRTH} {PHONE} {HOME} {MAIL} {ILLNESS}"
CANARY = re.compile("|".join([
    "zebedee", "quillfeather", "thistlepox", "1971[-/. ]?03[-/. ]?04", r"0?4[/.]0?3[/.](19)?71", "7700 ?900 ?461",
    "QX7 ?4ZB",
    # Staff numbers of the imported trust, the references of its bank, the mailboxes of its wards and its recipients.
    r"\b[29]000\d{4}\b", r"\b299999\d\d\b", r"\bBK\d{3}\b", r"\bR7\d{4}\b", r"\.example\b",
    # Which class of absence it was.
    "sick", "parental", "compassionate",
    # What they need to work elsewhere.
    "right.to.work",
]), re.I)
# The exports of the invented trust are of this morning.
AT = "2025-11-21T07:{:02}Z"
TODAY = datetime.date(2025, 11, 21)

ROSTER = f"""muster: 1
name: "Harbour, rota of {NAME}"
period: {{ from: 2025-11-21, days: 4 }}
organisations: [{{ id: NS2, name: "Harbour of {NAME}" }}]
sites: [{{ id: NS2-X, name: "Site, ask {MAIL}", organisation: NS2 }}]
units: [{{ id: QUAY, name: "Ward of Dr {NAME}", site: NS2-X }}]
grades: [{{ id: B5, name: "Band 5 as {NAME}", group: registered }}]
roles: [{{ id: nurse, name: "Nurse like {NAME}", group: registered, grades: [B5] }}]
contracts: [{{ id: AFC, name: "Contract of {NAME}", rules: [working-time] }}]
shifts: [{{ id: LD, name: "Long day of {NAME}", start: "07:30", end: "20:00", breaks: [60] }}]
cover:
  - id: nurses
    name: "Nurses, while {NAME} has {ILLNESS}"
    unit: QUAY
    who: {{ roles: [nurse] }}
    from: "07:30"
    to: "20:00"
    heads: {{ minimum: 3, target: 3 }}
"""


def shifted(folder, days):
    """The invented system so many days earlier, without what NS1 and NS2 sent."""
    def earlier(text):
        return re.sub(r"\d{4}-\d\d-\d\d", lambda date: str(datetime.date.fromisoformat(date[0]) - days), text)
    (folder / "pushes").mkdir(parents=True)
    (folder / "system.yaml").write_text(earlier((FOLDER / "system.yaml").read_text()))
    for code in ("NS3", "NS4", "NS5"):
        (folder / "pushes" / f"{code}.json").write_text(earlier((FOLDER / "pushes" / f"{code}.json").read_text()))
    return folder


def planted(folder):
    """The exports of the invented trust with a person's particulars in columns that nobody maps, an illness as the code of
    sickness, and names wherever a text is read."""
    folder.mkdir()
    for path in (ROOT / "Rosters" / "demo-trust").iterdir():
        text = path.read_text()
        if path.suffix == ".csv":
            rows = list(csv.reader(text.splitlines()))
            head, body = rows[0] + ["Surname", "Born", "Home", "Phone", "Mail", "Diagnosis"], rows[1:]
            # Rows that are broken stay as they are: that they are rejected is planted too.
            body = [row + [NAME, BIRTH, HOME, PHONE, MAIL, ILLNESS] if len(row) == len(rows[0]) else row for row in body]
            for row in body:
                values = dict(zip(head, row))
                if values.get("Absence Type") == "Sickness":
                    row[head.index("Absence Type")] = LEAVE_CODE
                if "Released By" in values:
                    row[head.index("Released By")] = NAME
                if values.get("Unit Code") == "YEW":
                    row[head.index("Unit Description")] = f"Clinic of Dr {NAME}"
                if values.get("Unit Code") == "ASH":
                    row[head.index("Unit Description")] = f"Ash ward {PHONE}"
            with (folder / path.name).open("w", newline="") as file:
                csv.writer(file).writerows([head, *body])
        else:
            (folder / path.name).write_text(text.replace("Sickness: sickness, Study", f"{LEAVE_CODE}: sickness, Study"))
    return folder


class NothingPersonalTests(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.work = tempfile.TemporaryDirectory()
        cls.folder = pathlib.Path(cls.work.name)
        cls.system = System(shifted(cls.folder / "system", datetime.date(2027, 1, 12) - TODAY), AT.format(30))
        cls.harbour = cls.organisation("harbour", "receiver", (
            "organisation: NS2\ndata-sharing: DSA-1\nagreement: north-star-2026\nlends-surplus: true\nneeds-induction: false\n"
            f"partners:\n  - {{organisation: NS1, mailbox: {MAIL}, travel: {{MAIN: 25}}}}\n"
            f"people:\n  - {{person: {PERSON}}}\n  - {{person: {PERSON}-2}}\n"))
        volunteers = "".join(f'  - {{person: "{number}"}}\n' for number in cls.nurses())
        volunteers += "passports:\n" + "".join(f'  "{number}": {{right-to-work: 2026-03-31}}\n' for number in cls.nurses())
        cls.northgate = cls.organisation("northgate", "lender", (
            "organisation: NS1\ndata-sharing: DSA-1\nagreement: north-star-2026\nlends-surplus: true\n"
            f"partners:\n  - {{organisation: NS2, mailbox: {MAIL}, travel: {{NS2-X: 30}}}}\npeople:\n{volunteers}"))
        cls.publish_and_book()
        cls.import_and_report()
        for side in (cls.harbour, cls.northgate):
            cls.push(side)
        cls.lend()
        cls.paths = set()
        for role in ("coordinator", "administrator"):
            cls.paths |= set(answers(cls.system, role, cls.paths))

    @classmethod
    def tearDownClass(cls):
        assert cls.system.stop() == 0
        cls.work.cleanup()

    @classmethod
    def organisation(cls, name, token, lending):
        home = cls.folder / name
        home.mkdir()
        (home / "token").write_text(cls.system.tokens[token] + "\n")
        (home / "token").chmod(0o600)
        (home / "push.yaml").write_text(f"server: {cls.system.url}\ntoken-file: token\n")
        (home / "lending.yaml").write_text(lending)
        return home

    muster = staticmethod(functools.partial(run, "muster"))

    @classmethod
    def nurses(cls):
        with (ROOT / "Rosters" / "demo-trust" / "Staff in Post.csv").open() as file:
            return [row["Staff No"] for row in csv.DictReader(file)
                    if row["Band"] == "Band 5" and row["Owning Unit"] in ("ASH", "OAK")][:12]

    @classmethod
    def push(cls, home):
        done = json.loads(cls.muster("push", "--store", home / "own.sqlite", "--as-of", AT.format(20), "--json"))
        assert [one["state"] for one in done["sent"]] == ["taken"], done

    @classmethod
    def publish_and_book(cls):
        """A rota of people who are ill, on leave and named, with somebody booked for one of its gaps."""
        store, folder = cls.harbour / "own.sqlite", cls.harbour / "roster"
        folder.mkdir()
        people = [PERSON] + [f"{PERSON}-{n}" for n in range(2, 6)]
        (folder / "roster.yaml").write_text(ROSTER)
        (folder / "people.csv").write_text("id,name,unit,grade,contract,hours_per_week\n" + "".join(
            f'{person},"{ALL} {n}",QUAY,B5,AFC,37.5\n' for n, person in enumerate(people)))
        (folder / "leave.csv").write_text(
            "person,from,to,kind\n" + "".join(f"{PERSON}-{n},2025-11-20,2025-11-25,{kind}\n"
                                              for n, kind in [(3, "sickness"), (4, "parental"), (5, "special")]))
        (folder / "preferences.csv").write_text(f"person,date,wanted,strength\n{PERSON},2025-11-22,off,5\n")
        signed = ["--store", store, "--by", NAME, "--reason", ALL]
        cls.muster("solve", folder, "--iterations", "20", "--quiet", "--store", store, codes=(0, 2))
        cls.muster("publish", folder, *signed)
        gaps = json.loads(cls.muster("history", "--store", store, "--json"))["open"]
        gap = next(gap["gap"]["id"] for gap in gaps if "2025-11-22" in gap["gap"]["id"])
        cls.muster("book", folder, *signed, "--gap", gap, "--person", f"{PERSON}-bank", "--date", "2025-11-22", "--shift", "LD",
                   "--role", "nurse", "--free-from", "2025-11-20T08:00+00:00", "--free-until", "2025-11-25T08:00+00:00")

    @classmethod
    def import_and_report(cls):
        store = cls.northgate / "own.sqlite"
        cls.muster("import", planted(cls.folder / "exports"), "--store", store)
        cls.muster("report", "--store", store, "--date", TODAY, "--dry-run", "--output", cls.folder / "mail", codes=(0, 2, 3))

    @classmethod
    def lend(cls):
        """A call from its beginning to who goes, confirmed by name in the lender's own Muster."""
        gap = next(item for item in cls.system.json("/api/v1/vacancies?size=200", "receiver")["items"]
                   if item["vacancy"]["start"].startswith("2025-11-23"))
        offer = next(item["id"] for item in cls.system.json("/api/v1/offers?size=200", "lender")["items"]
                     if item["offer"]["source"].get("person")
                     and item["offer"]["earliest_start"] <= gap["vacancy"]["start"]
                     and gap["vacancy"]["end"] <= item["offer"]["latest_end"])
        call = cls.step("", "receiver", vacancy=gap["id"])["id"]
        cls.step(f"/{call}/offer", "lender", offer=offer)
        cls.step(f"/{call}/accept", "receiver")
        (cls.northgate / "who").write_text(ALL + "\n")
        (cls.northgate / "who").chmod(0o600)
        cls.muster("aid", "confirm", call, "--store", cls.northgate / "own.sqlite", "--by", NAME, "--reason",
                   "agreed by telephone", "--name-file", cls.northgate / "who", "--as-of", AT.format(30), codes=(0,))

    @classmethod
    def step(cls, path, token, **fields):
        status, _, body = cls.system.ask(f"/api/v1/aid{path}", token, json.dumps(
            {"role": "bank-desk", "reason": "short", **fields}).encode(), {"Content-Type": "application/json"})
        assert status in (200, 201), body
        return json.loads(body)

    def test_what_is_searched_for_is_there_at_home(self):
        for home in (self.harbour, self.northgate):
            for canary in {self.harbour: [NAME, PHONE, HOME, MAIL, ILLNESS, BIRTH, "parental"],
                           self.northgate: [NAME, "sickness", "20000", "right-to-work"]}[home]:
                self.assertTrue(found(re.compile(re.escape(canary), re.I), kept(home)), (home.name, canary))
        self.assertEqual(len(self.system.json("/api/v1/bookings", "receiver")["items"]), 1)
        for role, wards in (("receiver", 1), ("lender", 11)):
            [own] = self.system.json("/api/v1/organisations", role)["items"]
            self.assertEqual(own["freshness"], "fresh")
            self.assertGreater(own["vacancies"], 0)

    def test_no_role_can_fetch_it(self):
        for role in [None, *ROLES]:
            read = answers(self.system, role, self.paths)
            self.assertEqual(found(CANARY, read), {}, role)
            self.assertLess(50, len(read), role)

    def test_the_server_does_not_keep_it(self):
        self.assertEqual(found(CANARY, kept(self.system.store.parent)), {})

    def test_the_search_finds_what_may_be_said(self):
        """A place may be called anything that names nobody: so it is found by whoever may see it, and by nobody else."""
        place = re.compile("Quillhaven")
        push = json.loads((self.folder / "system" / "pushes" / "NS3.json").read_text())
        push["extracted_at"] = "2025-11-21T07:25+00:00"
        for unit in push["units"]:
            unit["name"] = "Quillhaven ward"
        host = self.system.token("organisation-manager", ["NS3"])
        status, _, body = self.system.ask("/api/v1/pushes", data=json.dumps(push).encode(), headers={
            "Content-Type": "application/json", "Authorization": f"Bearer {host}"})
        self.assertEqual(status, 201, body)
        for role, sees in [(None, False), ("public", False), ("viewer", True), ("coordinator", True), ("administrator", True)]:
            read = found(place, answers(self.system, role, self.paths))
            self.assertEqual("/organisations/NS3" in read, sees, role)
            self.assertEqual(bool(read), sees, role)
        self.assertIn("system.sqlite rows", found(place, kept(self.system.store.parent)))

    def test_what_is_refused_leaves_nothing_of_it_behind(self):
        """By mistake, what is personal is sent where it does not belong: it is refused, and the audit does not hold it."""
        system = System()
        self.addCleanup(lambda: self.assertEqual(system.stop(), 0))
        good = json.loads((FOLDER / "pushes" / "NS2.json").read_text())
        good["extracted_at"] = "2027-01-12T06:10+00:00"
        unit, offer = good["units"][0], good["offers"][0]
        for bad in [{**good, "units": [{**unit, "name": f"Ward of Dr {NAME}"}, *good["units"][1:]]},
                    {**good, "offers": [{**offer, "source": {"person": NAME}}, *good["offers"][1:]]},
                    {**good, "vacancies": [{**good["vacancies"][0], "reason": ILLNESS}, *good["vacancies"][1:]]},
                    {**good, NAME: PHONE}]:
            status, _, _ = system.ask("/api/v1/pushes", "receiver", json.dumps(bad).encode(),
                                      {"Content-Type": "application/json"})
            self.assertEqual(status, 422)
        session = system.session("receiver")
        key = re.search(r'name="key" value="([0-9a-f]{64})"', system.ask("/aid", headers=session)[2])[1]
        risk = system.json("/api/v1/risks?size=1", "receiver")["items"][0]["id"]
        signed = {"key": key, "role": "bank-desk", "reason": "short tonight"}
        for path, fields in [
            ("/situation", {"organisation": "NS2", "reason": f"Dr {NAME} is off"}), ("/situation", {"organisation": NAME}),
            ("/aid", {"vacancy": f"NS2/{NAME}"}), ("/aid", {"vacancy": f"{NAME}/{NAME}"}),
            ("/aid/none/offer", {"offer": f"NS2/{NAME}"}), (f"/risks/{risk}/review", {"seen": "0", "shared": NAME}),
            (f"/risks/{risk}/close", {"reason": f"{ILLNESS}, born {BIRTH}"}),
            ("/risks", {"site": f"{NAME}/{NAME}", "group": NAME, "cause": ALL}),
            ("/escalation/NS2/opel", {"level": NAME, "framework": NAME}),
        ]:
            data = urllib.parse.urlencode({**signed, **fields}).encode()
            status, _, _ = system.ask(path, None, data, {"Content-Type": "application/x-www-form-urlencoded", **session})
            self.assertIn(status, (400, 403, 404), path)
        self.assertEqual(len(system.denials()), 13)
        self.assertEqual([why for _, why in system.denials() if CANARY.search(why)], [])
        self.assertEqual(found(CANARY, kept(system.store.parent)), {})
        self.assertEqual(found(CANARY, answers(system, "administrator")), {})


if __name__ == "__main__":
    unittest.main()
