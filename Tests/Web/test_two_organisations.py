"""Two organisations with stores of their own: one is short and pushes its gap, the other lends, and both rotas know."""
import functools
import json
import pathlib
import re
import subprocess
import sys
import tempfile
import unittest

from everything import answers, found, kept
from system import BIN, ROOT, System, run

sys.path.insert(0, str(ROOT / "Tests" / "Mail"))
from smtp_server import PASSWORD, Certificates, Server  # noqa: E402

PEOPLE = "id,name,unit,grade,contract,hours_per_week\n"


def roster(name, organisation, site, unit, people, needed):
    """A ward for three days that asks for so many nurses on each long day."""
    lines = "".join(f"{who},{who.title()} Invented,{unit},B5,AFC,12\n" for who in people)
    return {"people.csv": PEOPLE + lines, "roster.yaml": f"""muster: 1
name: "{name} (invented)"
period: {{ from: 2027-01-13, days: 3 }}
organisations:
  - {{ id: {organisation}, name: "{name}" }}
sites:
  - {{ id: {site}, name: "{name} main site", organisation: {organisation} }}
units:
  - {{ id: {unit}, name: "{name} ward", site: {site} }}
grades:
  - {{ id: B5, name: "Band 5", group: registered }}
roles:
  - {{ id: nurse, name: "Nurse", group: registered, grades: [B5] }}
contracts:
  - {{ id: AFC, name: "Agenda for Change", rules: [working-time] }}
shifts:
  - {{ id: LD, name: "Long day", start: "07:30", end: "20:00", breaks: [60] }}
cover:
  - id: nurses
    name: "Nurses by day"
    unit: {unit}
    who: {{ roles: [nurse] }}
    from: "07:30"
    to: "20:00"
    heads: {{ minimum: {needed}, target: {needed} }}
"""}


class TwoOrganisationsTests(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.system = System()
        cls.work = tempfile.TemporaryDirectory()
        cls.folder = pathlib.Path(cls.work.name)
        cls.short = cls.organisation("harbour", "NS2", "receiver",
                                     roster("Harbour", "NS2", "NS2-X", "QUAY", ["ada", "ben", "cyd"], 2),
                                     "organisation: NS2\ndata-sharing: DSA-1\nneeds-induction: false\n")
        cls.lender = cls.organisation("northgate", "NS1", "lender",
                                      roster("Northgate", "NS1", "NS1-X", "OAK", ["dee", "eli", "fay", "gus"], 1),
                                      "organisation: NS1\ndata-sharing: DSA-1\nagreement: north-star-2026\npartners:\n"
                                      "  - {organisation: NS2, mailbox: bank@harbour.invalid, travel: {NS2-X: 30}}\n"
                                      "people:\n" + "".join(f"  - person: {who}\n" for who in ["dee", "eli", "fay", "gus"]))

    @classmethod
    def tearDownClass(cls):
        assert cls.system.stop() == 0
        cls.work.cleanup()

    @classmethod
    def organisation(cls, name, code, token, files, lending):
        """A published rota in a store of its own, and what ties it to the system."""
        folder = cls.folder / name
        folder.mkdir()
        for file, text in files.items():
            (folder / file).write_text(text)
        (cls.folder / f"{name}-token").write_text(cls.system.tokens[token] + "\n")
        (cls.folder / f"{name}-token").chmod(0o600)
        (cls.folder / f"{name}.yaml").write_text(f"server: {cls.system.url}\ntoken-file: {name}-token\n")
        (cls.folder / f"{name}-lending.yaml").write_text(lending)
        store = cls.folder / f"{name}.sqlite"
        cls.muster("solve", folder, "--iterations", "20", "--quiet", "--store", store, codes=(0, 2))
        cls.muster("publish", folder, "--store", store, "--by", "Desk", "--reason", "agreed")
        return {"name": name, "folder": folder, "store": store}

    muster = staticmethod(functools.partial(run, "muster"))

    def link(self, side):
        return ["--store", side["store"], "--link", self.folder / f"{side['name']}.yaml",
                "--lending", self.folder / f"{side['name']}-lending.yaml"]

    def push(self, side, minute, *more):
        return json.loads(self.muster("push", *self.link(side), "--as-of", f"2027-01-12T07:{minute:02}Z", "--days", "4",
                                      "--json", *more))

    def step(self, call, step, token, **fields):
        path = f"/api/v1/aid/{call}/{step}" if call else "/api/v1/aid"
        status, _, body = self.system.ask(
            path, token, json.dumps({"role": "bank-desk", "reason": "short", **fields}).encode(),
            {"Content-Type": "application/json"})
        self.assertIn(status, (200, 201), body)
        return json.loads(body)

    def open_gaps(self, side):
        return {gap["gap"]["id"] for gap in json.loads(self.muster("history", "--store", side["store"], "--json"))["open"]}

    def vacancies(self):
        listed = self.system.json("/api/v1/vacancies?size=200", "coordinator")["items"]
        return {item["id"] for item in listed if item["organisation"] == "NS2"}

    def single_gaps(self):
        listed = self.system.json("/api/v1/vacancies?size=200", "coordinator")["items"]
        return {item["vacancy"]["id"] for item in listed
                if item["organisation"] == "NS2" and item["vacancy"]["missing"] == 1}

    def confirm_and_tell(self, call):
        """Confirms as the lender and sends who comes by email; the person's id. A server that is busy is told of."""
        def confirm(code):
            confirmed = json.loads(self.muster(
                "aid", "confirm", call, *self.link(self.lender), "--by", "Desk", "--reason", "agreed by telephone",
                "--name-file", self.folder / "who", "--send", "--as-of", "2027-01-12T07:30Z", "--json", codes=(code,)))
            self.assertEqual(confirmed["call"]["state"], "confirmed")
            [loan] = json.loads(self.muster("aid", "list", "--store", self.lender["store"], "--json"))["loans"]
            self.assertEqual((loan["call"], loan["person"]), (call, confirmed["person"]))
            return confirmed, loan

        certificates = Certificates(self.folder / "certificates")
        with Server(certificates) as server:
            (self.folder / "mail.yaml").write_text(
                server.settings + f"ca-file: {certificates.folder / 'ca.pem'}\npassword-file: mail-password\n")
            (self.folder / "mail-password").write_text(PASSWORD + "\n")
            (self.folder / "who").write_text("Invented Name\n")
            for secret in ("mail-password", "who"):
                (self.folder / secret).chmod(0o600)
            server.inbox.fault = "451"
            confirmed, loan = confirm(74)
            self.assertTrue(confirmed["told"].startswith("refused-for-now"), confirmed["told"])
            self.assertNotIn("told", loan)
            server.inbox.fault = None
            confirmed, loan = confirm(0)
            self.assertTrue(confirmed["told"].startswith("accepted"), confirmed["told"])
            self.assertIn("told", loan)
            [message] = server.inbox.delivered
            self.assertEqual(server.inbox.recipients, [("staffing.report@northgate.example", ["bank@harbour.invalid"])])
        head, body = message.split(b"\r\n\r\n", 1)
        self.assertIn(b"Invented Name", body)
        self.assertNotIn(b"Invented", head)
        self.assertIn(call.encode(), head)
        return confirmed["person"]

    def test_figures_from_elsewhere_are_seen_with_their_time_and_owner(self):
        def given(*rows):
            file = self.folder / "metrics.csv"
            file.write_text("\n".join(["organisation,name,day,value,measured_at,framework,by", *rows]) + "\n")
            return ["--metrics", file]

        beds = "NS2,virtual-ward-beds,,40,2027-01-12T06:00,,"
        level = "NS2,opel,,3,2027-01-12T05:30,2024-26,site-manager"
        refused = subprocess.run(
            [BIN / "muster", "push", *self.link(self.short), "--as-of", "2027-01-12T07:30Z",
             *given(beds, "NS1,opel,,9,2027-01-12T05:30,2024-26,site-manager")], capture_output=True, text=True)
        self.assertEqual((refused.returncode, refused.stdout), (65, ""))
        for fault in ["metrics.csv:3: column 1", "metrics.csv:3: column 4"]:
            self.assertIn(fault, refused.stderr)
        [before] = [one for one in self.system.json("/api/v1/organisations", "receiver")["items"] if one["id"] == "NS2"]
        self.assertNotIn("opel", before)

        self.assertEqual([one["state"] for one in self.push(self.short, 36, *given(beds, level))["sent"]], ["taken"])
        [after] = [one for one in self.system.json("/api/v1/organisations", "receiver")["items"] if one["id"] == "NS2"]
        self.assertEqual(after["opel"], {"at": "2027-01-12T05:30+00:00", "by": "site-manager", "framework": "2024-26",
                                         "level": 3})
        figures = {(one["name"], one.get("day")): one for one in after["metrics"]}
        self.assertEqual(figures["virtual-ward-beds", None]["measured_at"], "2027-01-12T06:00+00:00")
        # Three people of twelve hours a week cannot fill two duties a day: Muster tells the flags itself.
        self.assertTrue(any(name == "red-flags" and one["value"] > 0 for (name, _), one in figures.items()))

    def test_a_booking_closes_the_gap_in_both_rotas(self):
        self.assertEqual([one["state"] for one in self.push(self.short, 20)["sent"]], ["taken"])
        self.assertEqual([one["state"] for one in self.push(self.lender, 20)["sent"]], ["taken"])
        offers = [item for item in self.system.json("/api/v1/offers?size=200", "lender")["items"]
                  if item["offer"]["source"].get("person")]

        def fitting(gap):
            day = gap.split("@")[1][:10]
            return next((item["id"] for item in offers
                         if item["offer"]["earliest_start"][:16] <= f"{day}T07:00"
                         and f"{day}T20:30" <= item["offer"]["latest_end"][:16]), None)

        # One booking closes a gap of one head; which days these are, and who is free, the search decides.
        gap = min(gap for gap in self.open_gaps(self.short) & self.single_gaps() if fitting(gap))
        call = self.step(None, None, "receiver", vacancy=f"NS2/{gap}")["id"]
        offer = fitting(gap)
        day = gap.split("@")[1][:10]
        self.step(call, "offer", "lender", offer=offer)
        self.step(call, "accept", "receiver")
        self.assertIn(f"NS2/{gap}", self.vacancies(), "accepted is not closed: the lender has to check again")

        lent = self.confirm_and_tell(call)
        # Promised until the lender's data say who goes, which they do with its next push.
        [promised] = [item["promised"] for item in self.system.json("/api/v1/vacancies?size=200", "receiver")["items"]
                      if item["id"] == f"NS2/{gap}"]
        self.assertEqual(promised, [call])

        pulled = json.loads(self.muster("push", *self.link(self.short), "--waiting", "--json"))["pulled"]
        self.assertEqual([one["state"] for one in pulled if one["id"] == call], ["confirmed"])
        self.muster("aid", "receive", call, self.short["folder"], "--store", self.short["store"], "--lending",
                    self.folder / "harbour-lending.yaml", "--by", "Desk", "--reason", "NS1 confirmed it",
                    "--as-of", "2027-01-12T07:40Z")
        self.assertNotIn(gap, self.open_gaps(self.short))

        # The lender's next rota leaves out who is lent, so it may be published.
        self.muster("solve", self.lender["folder"], "--iterations", "20", "--quiet", "--store", self.lender["store"],
                    codes=(0, 2))
        self.assertNotIn(f"{lent},{day}", (self.lender["folder"] / "out" / "rota.csv").read_text())
        self.muster("publish", self.lender["folder"], "--store", self.lender["store"], "--by", "Desk", "--reason", "again")

        # New pushes, made after it was confirmed, allow for the booking, so the gap is closed and the lender's person is not offered again.
        for side in (self.short, self.lender):
            self.assertEqual([one["state"] for one in self.push(side, 35)["sent"]], ["taken"])
        self.assertNotIn(f"NS2/{gap}", self.vacancies())
        ledger = self.system.ask("/aid", "coordinator")[2]
        self.assertIn("11.5 hours in 1 duty", ledger)

        # The lender takes the booking back: the gap is open on the system's pages at once, although the receiver's last
        # data count on it, and in the receiver's own rota with its next look.
        self.step(call, "withdraw", "lender")
        self.assertIn(f"NS2/{gap}", self.vacancies())
        pulled = json.loads(self.muster("push", *self.link(self.short), "--waiting", "--json"))
        self.assertEqual(len(pulled["cancelled"]), 1)
        self.assertIn(gap, self.open_gaps(self.short))

        # No byte that anybody can fetch, or that the server keeps, holds an id or a name of somebody.
        ids = "|".join(f'"{who}"|>{who}<' for who in ["dee", "eli", "fay", "gus"])
        somebody = re.compile(f"invented name|dee invented|{ids}", re.I)
        for role in self.system.tokens:
            self.assertEqual(found(somebody, answers(self.system, role)), {}, role)
        self.assertEqual(found(somebody, kept(self.system.store.parent)), {})


if __name__ == "__main__":
    unittest.main()
