"""The API against its own OpenAPI document, by an independent reader of JSON Schema."""
import http.client
import json
import unittest

from jsonschema import Draft202012Validator
from openapi_spec_validator import validate

from system import FOLDER, System


class APITests(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.system = System()
        cls.document = cls.system.json("/api/v1/openapi.json", None)

    @classmethod
    def tearDownClass(cls):
        assert cls.system.stop() == 0

    def schema(self, schema):
        return Draft202012Validator({**schema, "components": self.document["components"]})

    def test_the_document_is_valid(self):
        validate(self.document)

    def test_every_answer_has_the_form_that_the_document_says(self):
        vacancy = self.system.json("/api/v1/vacancies", "coordinator")["items"][0]["id"]
        organisation, gap = vacancy.split("/", 1)
        for path, operations in self.document["paths"].items():
            if "get" not in operations:
                continue
            address = path.replace("{organisation}", organisation).replace("{vacancy}", gap)
            status, headers, body = self.system.solved(address.replace("{booking}", "none"), "coordinator")
            with self.subTest(path):
                answer = operations["get"]["responses"][str(status)]
                kind = headers.get_content_type()
                errors = list(self.schema(answer["content"][kind]["schema"]).iter_errors(json.loads(body)))
                self.assertEqual(errors, [])
                self.assertTrue(status == 200 or "{booking}" in path, (path, status))

    def test_every_documented_answer_is_given_and_no_other(self):
        """By operation, the statuses that are seen are those that the document has, each in the form that it says."""
        system = System()
        self.addCleanup(lambda: self.assertEqual(system.stop(), 0))
        seen = {}
        shut = {"X-Forwarded-For": "203.0.113.77"}
        for _ in range(10):
            system.ask("/api/v1/aid", headers={**shut, "Authorization": "Bearer nonsense"})

        def see(method, path, address, token=None, body=None, **headers):
            headers = {name.replace("_", "-"): value for name, value in headers.items()}
            if method == "post":
                headers.setdefault("Content-Type", "application/json")
                body = body if isinstance(body, bytes) else json.dumps(body or {}).encode()
            return note(method, path, address, *system.ask("/api/v1" + address, token, body, headers))

        def note(method, path, address, status, answered, text):
            seen.setdefault((method, "/api/v1" + path), set()).add(str(status))
            answers = self.document["paths"]["/api/v1" + path][method]["responses"]
            self.assertIn(str(status), answers, (method, address, text[:200]))
            content = answers[str(status)].get("content", {})
            if content:
                schema = content[answered.get_content_type()]["schema"]
                self.assertEqual(list(self.schema(schema).iter_errors(json.loads(text))), [], (method, address))
            else:
                self.assertEqual(text, "")
            return answered

        def read(path, address, token="coordinator"):
            # Suggestions that are being worked out meanwhile make another answer of it.
            for _ in range(50):
                answered = see("get", path, address, token)
                see("get", path, address, token, If_None_Match=answered["ETag"])
                if "304" in seen["get", "/api/v1" + path]:
                    break

        def guarded(method, path, address, body=None):
            see(method, path, address, None, body)
            see(method, path, address, None, body, Authorization="Bearer nonsense", **shut)

        def written(path, address, token, body):
            guarded("post", path, address, body)
            see("post", path, address, token, body, Content_Type="text/plain")
            # Refused by what the head says: a client that sends all the same may find the connection shut.
            connection = http.client.HTTPConnection("127.0.0.1", system.port, timeout=60)
            connection.putrequest("POST", "/api/v1" + address)
            for name, value in {"Content-Type": "application/json", "Content-Length": "17000000",
                                "Authorization": "Bearer " + system.tokens[token]}.items():
                connection.putheader(name, value)
            connection.endheaders()
            answer = connection.getresponse()
            note("post", path, address, answer.status, answer.headers, answer.read().decode())
            connection.close()

        # A call from its beginning to its end, and what is refused on the way.
        signed = {"role": "bank-desk", "reason": "short tonight"}
        offers = [item for item in system.json("/api/v1/offers?size=200", "lender")["items"]]
        vacancies = system.json("/api/v1/vacancies?size=200", "receiver")["items"]
        step = "/aid/{call}/{step}"
        written("/aid", "/aid", "receiver", signed)
        see("post", "/aid", "/aid", "viewer", {**signed, "vacancy": vacancies[0]["id"]})
        see("post", "/aid", "/aid", "receiver", {**signed, "vacancy": "NS2/none"})
        see("post", "/aid", "/aid", "receiver", {"vacancy": vacancies[0]["id"]})
        see("post", "/aid", "/aid", "receiver", {**signed, "vacancy": vacancies[0]["id"], "suggestion": "none"})
        see("post", step, "/aid/none/accept", "receiver", signed)
        booked = None
        for vacancy in vacancies:
            status, _, text = system.ask("/api/v1/aid", "receiver", json.dumps({**signed, "vacancy": vacancy["id"]}).encode(),
                                         {"Content-Type": "application/json"})
            call = json.loads(text)["id"] if status == 201 else None
            fits = [offer for offer in offers if offer["offer"]["staff_group"] == vacancy["vacancy"]["staff_group"]]
            for offer in fits if call else []:
                if system.ask(f"/api/v1/aid/{call}/offer", "lender", json.dumps({**signed, "offer": offer["id"]}).encode(),
                              {"Content-Type": "application/json"})[0] == 200:
                    booked = call
                    break
            if booked:
                break
        self.assertIsNotNone(booked, "an offer that fits a gap")
        written(step, f"/aid/{booked}/accept", "receiver", signed)
        see("post", step, f"/aid/{booked}/accept", "lender", signed)
        see("post", step, f"/aid/{booked}/accept", "receiver")
        see("post", step, f"/aid/{booked}/accept", "receiver", signed)
        see("post", step, f"/aid/{booked}/confirm", "lender", signed)
        see("post", step, f"/aid/{booked}/accept", "receiver", signed)
        see("post", "/aid", "/aid", "receiver", {**signed, "vacancy": next(
            item["id"] for item in system.json("/api/v1/vacancies?size=200", "receiver")["items"])})

        push = json.loads((FOLDER / "pushes" / "NS2.json").read_text())
        push["extracted_at"] = "2027-01-12T06:10+00:00"
        written("/pushes", "/pushes", "receiver", push)
        see("post", "/pushes", "/pushes", "receiver", push)
        see("post", "/pushes", "/pushes", "receiver", push)
        see("post", "/pushes", "/pushes", "receiver", {**push, "vacancies": []})
        see("post", "/pushes", "/pushes", "receiver", {**push, "extracted_at": "2027-02-12T06:10+00:00"})
        see("post", "/pushes", "/pushes", "receiver", {**push, "surname": "x"})
        see("post", "/pushes", "/pushes", "lender", push)

        # Where no gap was sent, and where such staff are missing for a strike.
        ward = push["units"][0]
        need = {**signed, "unit": f"NS2/{ward['id']}", "staff_group": "therapy", "grades": "B6", "heads": "2",
                "start": "2027-01-12T20:00+00:00", "end": "2027-01-13T08:00+00:00"}
        written("/aid/ask", "/aid/ask", "receiver", need)
        see("post", "/aid/ask", "/aid/ask", "receiver", need)
        see("post", "/aid/ask", "/aid/ask", "receiver", {**need, "heads": "21"})
        see("post", "/aid/ask", "/aid/ask", "viewer", need)
        struck = {**push["vacancies"][0], "id": "struck", "site": ward["site"], "unit": ward["id"], "staff_group": "therapy",
                  "grades": ["B6"], "start": need["start"], "end": need["end"], "reason": "industrial-action"}
        for field in ("need", "break_minutes"):
            struck.pop(field, None)
        see("post", "/pushes", "/pushes", "receiver",
            {**push, "extracted_at": "2027-01-12T06:20+00:00", "vacancies": push["vacancies"] + [struck]})
        see("post", "/aid/ask", "/aid/ask", "receiver", need)

        # A level that is reached, and one whose figures are under it.
        down = "/escalation/{organisation}/stand-down"
        see("post", down, "/escalation/NS2/stand-down", "receiver", signed)
        low = [{**metric, "value": 0} for metric in push["metrics"]]
        see("post", "/pushes", "/pushes", "receiver",
            {**push, "extracted_at": "2027-01-12T06:30+00:00", "vacancies": [], "metrics": low})
        see("post", down, "/escalation/NS2/stand-down", "receiver")
        see("post", down, "/escalation/NS2/stand-down", "lender", signed)
        see("post", down, "/escalation/NS2/stand-down", "viewer", signed)
        written(down, "/escalation/NS2/stand-down", "receiver", signed)
        see("post", down, "/escalation/NS2/stand-down", "receiver", signed)
        see("post", "/pushes", "/pushes", "receiver", {**push, "extracted_at": "2027-01-12T06:40+00:00"})

        for path in ["/openapi.json", "/public"]:
            read(path, path, None)
        one = {"/vacancies/{organisation}/{vacancy}": ("/vacancies/" + vacancies[-1]["id"], "/vacancies/NS2/none"),
               "/bookings/{booking}": (f"/bookings/{booked}", "/bookings/none")}
        for path, (there, missing) in one.items():
            read(path, there)
            see("get", path, missing, "coordinator")
            guarded("get", path, there)
        for path, operations in self.document["paths"].items():
            path = path.removeprefix("/api/v1")
            if "get" in operations and "{" not in path and path not in ("/openapi.json", "/public"):
                read(path, path)
                see("get", path, path + "?size=0", "coordinator")
                guarded("get", path, path)
        documented = {(method, path): set(operation["responses"])
                      for path, operations in self.document["paths"].items() for method, operation in operations.items()}
        # Whether something is asked for before it has been worked out is a matter of when: see the tests of the server.
        for path in ["/suggestions", "/open-vacancies", "/unused-offers", "/hours", "/training", "/solution"]:
            for statuses in (seen, documented):
                statuses["get", "/api/v1" + path].discard("503")
        self.assertEqual({one: sorted(seen[one] ^ documented[one]) for one in documented if seen[one] != documented[one]}, {})

    def test_a_list_is_the_same_in_pages_as_at_once(self):
        whole = self.system.json("/api/v1/vacancies?size=200", "coordinator")
        parts = [self.system.json(f"/api/v1/vacancies?size=7&page={n}", "coordinator")["items"]
                 for n in range(1, (whole["total"] + 6) // 7 + 1)]
        self.assertEqual([item for part in parts for item in part], whole["items"])

    def test_problems_have_their_form(self):
        for path, token, status in [("/api/v1/none", None, 404), ("/api/v1/vacancies", None, 401),
                                    ("/api/v1/vacancies?size=0", "viewer", 400)]:
            code, headers, body = self.system.ask(path, token)
            self.assertEqual((code, headers.get_content_type()), (status, "application/problem+json"))
            self.schema({"$ref": "#/components/schemas/Problem"}).validate(json.loads(body))


if __name__ == "__main__":
    unittest.main()
