"""Bad pushes, forms and tokens against a real server: each is refused with a reason and a row in the audit, and nothing
else changes, of nobody's data."""
import concurrent.futures
import copy
import json
import re
import socket
import unittest
import urllib.parse

from system import FOLDER, System, run

PAYLOADS = ["'; DROP TABLE push; --", "<script>alert(1)</script>", "x\r\nSet-Cookie: evil=1", "../../etc/passwd",
            "nul\0byte", "\u202eturned", "x" * 5000]
JSON = {"Content-Type": "application/json"}
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


def texts(value, path=()):
    """Every place of a text in a document; of the items of a list, the first stands for all."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from texts(inner, (*path, key))
    elif isinstance(value, list):
        for inner in value[:1]:
            yield from texts(inner, (*path, 0))
    elif isinstance(value, str):
        yield path


def replacing(document, path, text):
    changed = copy.deepcopy(document)
    inner = changed
    for key in path[:-1]:
        inner = inner[key]
    inner[path[-1]] = text
    return changed


class BadInputTests(unittest.TestCase):
    def setUp(self):
        self.system = System()
        self.good = json.loads((FOLDER / "pushes" / "NS2.json").read_text())
        self.good["extracted_at"] = "2027-01-12T06:10+00:00"

    def tearDown(self):
        self.assertEqual(self.system.stop(), 0)

    def push(self, document, token="receiver", headers=()):
        data = document if isinstance(document, bytes) else json.dumps(document).encode()
        return self.system.ask("/api/v1/pushes", token, data, {**JSON, **dict(headers)})

    def head(self, length):
        return (f"POST /api/v1/pushes HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                f"Authorization: Bearer {self.system.tokens['receiver']}\r\nContent-Length: {length}\r\n\r\n").encode()

    def refused(self, what, statuses, send):
        """Sends something that must be refused: problem+json or a page, one row in the audit, and nothing else."""
        before, denials = self.system.records()
        status, headers, body = send()
        self.assertIn(status, statuses, (what, body[:300]))
        self.assertNotIn("<script>alert", body, what)
        self.assertNotIn("evil", str(headers), what)
        self.assertTrue(json.loads(body)["detail"] if headers.get_content_subtype() == "problem+json"
                        else 'class="notice' in body or "<h1>" in body, (what, body[:300]))
        after, denied = self.system.records()
        self.assertEqual(after, before, what)
        self.assertEqual(denied, denials + 1, what)

    def of_others(self):
        return {organisation: [row for row in self.system.records()[0]["push"] if f"'{organisation}'" in row]
                for organisation in ("NS1", "NS3", "NS4", "NS5")}

    # Pushes

    def test_a_malformed_or_oversized_push_is_refused(self):
        good = json.dumps(self.good).encode()
        for name, data in {
            "empty": b"", "half": good[:len(good) // 2], "no object": b"[]", "a number": b"1", "not UTF-8": b"\xff\xfe" + good,
            "deep": b"[" * 100_000, "twice": good + good, "twice a field": good.replace(b'"schema"', b'"days": 3, "days": 3, "schema"', 1),
            "unknown field": good.replace(b'"schema"', b'"surname"', 1),
            "a name": good[:-1] + b',"name":"Invented Name"}', "huge number": re.sub(rb'"missing": \d+', b'"missing": 1e999', good, count=1),
        }.items():
            self.refused(name, {400, 422}, lambda: self.push(data))
        # Nobody waits for a body that is too large: it is refused by what its head says.
        before, denials = self.system.records()
        with socket.create_connection(("127.0.0.1", self.system.port), timeout=60) as connection:
            connection.sendall(self.head(17_000_000))
            self.assertTrue(connection.recv(4096).startswith(b"HTTP/1.1 413 "))
        self.assertEqual(self.system.records(), (before, denials + 1))
        self.refused("a form", {415}, lambda: self.push(good, headers=FORM))

    def test_a_replayed_or_contradicting_push_is_refused_and_the_same_again_changes_nothing(self):
        self.assertEqual(self.push(self.good)[0], 201)
        before, denials = self.system.records()
        status, _, body = self.push(self.good)
        self.assertEqual((status, json.loads(body)["result"]), (200, "repeated"))
        self.assertEqual(self.system.records(), (before, denials))
        self.assertEqual(self.system.replays(), 1)
        older = {**self.good, "extracted_at": "2027-01-12T06:05+00:00"}
        self.refused("out of order", {409}, lambda: self.push(older))
        self.refused("other contents", {409}, lambda: self.push({**self.good, "vacancies": []}))
        self.refused("from the future", {400}, lambda: self.push({**self.good, "extracted_at": "2027-01-13T06:10+00:00"}))

    def test_the_same_push_from_many_at_once_is_taken_once(self):
        others = self.of_others()
        with concurrent.futures.ThreadPoolExecutor(12) as pool:
            said = list(pool.map(lambda _: self.push(self.good)[0], range(24)))
        self.assertEqual(sorted(said), [200] * 23 + [201])
        self.assertEqual(self.of_others(), others)

    def test_who_may_not_push_changes_nothing(self):
        for token, status in [(None, 401), ("public", 401), ("viewer", 403), ("lender", 403), ("coordinator", 403),
                              ("administrator", 403)]:
            self.refused(token, {status}, lambda: self.push(self.good, token))
        self.refused("of another", {403}, lambda: self.push({**self.good, "organisation": "NS1"}))
        self.refused("of a stranger", {403}, lambda: self.push({**self.good, "organisation": "XX9"}))
        for text in ["nonsense", self.system.tokens["receiver"][:-1] + "?", "' OR 1=1 --", "x" * 7000]:
            self.refused(text[:20], {401}, lambda: self.push(self.good, None, {"Authorization": f"Bearer {text}"}))
        identifier = self.system.tokens["receiver"].split("_")[1]
        run("muster-server", "token", "revoke", identifier, "--store", self.system.store, "--by", "test", "--reason", "lost")
        self.refused("revoked", {401}, lambda: self.push(self.good))

    def test_a_push_that_breaks_off_leaves_nothing_but_a_row_in_the_audit(self):
        before, denials = self.system.records()
        data = json.dumps(self.good).encode()
        for cut in (0, 10, len(data) - 1):
            with socket.create_connection(("127.0.0.1", self.system.port), timeout=60) as connection:
                connection.sendall(self.head(len(data)) + data[:cut])
                connection.shutdown(socket.SHUT_WR)
                # Until the server, which has then written its row, closes too.
                while connection.recv(4096):
                    pass
        self.assertEqual(self.system.records(), (before, denials + 3))
        for what, why in self.system.denials()[-3:]:
            self.assertRegex(what, r"^POST /api/v1/pushes by token [0-9a-f]{12} \(")
            self.assertIn("The connection broke off", why)
        self.assertEqual(self.system.ask("/public")[0], 200)

    def test_text_in_any_field_of_a_push_is_refused_or_stays_text(self):
        others = self.of_others()
        minute = 10
        for path in texts(self.good):
            for payload in PAYLOADS:
                bad = replacing(self.good, path, payload)
                if path != ("extracted_at",):
                    bad["extracted_at"] = f"2027-01-12T06:{minute:02}+00:00"
                before, denials = self.system.records()
                status, _, body = self.push(bad)
                after, denied = self.system.records()
                if status == 201:
                    # Only what a place is called is free text.
                    self.assertEqual(path[-1], "name", (path, payload))
                    minute += 1
                    for page in ("/organisations/NS2", "/overview", "/pool"):
                        self.assertNotIn("<script>alert", self.system.ask(page, "coordinator")[2])
                else:
                    self.assertIn(status, (403, 422), (path, payload, body[:300]))
                    self.assertEqual((after, denied), (before, denials + 1), (path, payload))
        self.assertEqual(self.of_others(), others)

    # Forms

    def session(self, role):
        cookie = self.system.session(role)
        return cookie, re.search(r'name="key" value="([0-9a-f]{64})"', self.system.ask("/aid", headers=cookie)[2])[1]

    def test_text_in_any_field_of_a_form_is_refused_or_stays_text(self):
        cookie, key = self.session("receiver")
        vacancy = next(item["id"] for item in self.system.json("/api/v1/vacancies?size=200", "receiver")["items"])
        site = json.loads((FOLDER / "pushes" / "NS2.json").read_text())["sites"][0]["id"]
        risk = self.system.json("/api/v1/risks?size=1", "receiver")["items"][0]["id"]
        signed = {"role": "bank-desk", "reason": "short tonight", "key": key}
        forms = {
            "/aid": {"vacancy": vacancy, "suggestion": ""},
            "/aid/aid-1/offer": {"offer": "NS2/none"},
            "/aid/aid-1/accept": {},
            "/escalation/NS2/opel": {"level": "3", "framework": "2024-26"},
            "/escalation/NS2/actions/none": {},
            "/risks": {"site": f"NS2/{site}", "group": "registered", "cause": "one nurse", "start": "2027-01-12T20:00",
                       "end": "2027-01-13T08:00", "likelihood": "3", "impact": "3", "owner": "matron"},
            f"/risks/{risk}/review": {"likelihood": "3", "impact": "3", "owner": "matron", "shared": "", "indemnity": "other",
                                      "mitigation": "asked", "potential": "0", "actual": "0"},
            f"/risks/{risk}/close": {},
        }
        for path, own in forms.items():
            fields = {**own, **signed}
            for name in fields:
                for payload in PAYLOADS:
                    if self.free_text(name, payload):
                        continue
                    data = urllib.parse.urlencode({**fields, name: payload}).encode()
                    self.refused((path, name, payload[:40]), {400, 403, 404, 409, 413},
                                 lambda: self.system.ask(path, None, data, {**FORM, **cookie}))
        # What is free text is shown as text.
        for payload in filter(lambda text: self.free_text("cause", text), PAYLOADS):
            data = urllib.parse.urlencode({**forms["/risks"], **signed, "cause": payload, "reason": payload}).encode()
            status, headers, _ = self.system.ask("/risks", None, data, {**FORM, **cookie})
            self.assertEqual(status, 303, payload)
            self.assertNotIn("evil", str(headers))
        for page in ("/risks", "/aid", "/overview", "/administration"):
            self.assertNotIn("<script>alert", self.system.ask(page, "administrator")[2])

    @staticmethod
    def free_text(name, payload):
        """A remark is one line of at most 300 characters."""
        return name in ("reason", "cause", "mitigation") and payload in PAYLOADS[:2] + PAYLOADS[3:4]

    def test_tokens_that_are_none_are_refused_at_the_door(self):
        for payload in PAYLOADS:
            data = urllib.parse.urlencode({"token": payload}).encode()
            self.refused(payload[:40], {400, 401}, lambda: self.system.ask("/sign-in", None, data, FORM))


if __name__ == "__main__":
    unittest.main()
