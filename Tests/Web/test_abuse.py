"""What nobody should send, by raw sockets: it is refused or survived, and the next request is answered."""
import re
import resource
import socket
import unittest

from everything import answers
from system import ROLES, System

# What must never cross between organisations: telephones, dates of birth, sickness, how people are addressed.
PERSONAL = [
    re.compile(r"\b0\d{4} ?\d{6}\b|\+44\d{9,}"), re.compile(r"\b\d{2}/\d{2}/(19|20)\d{2}\b"),
    re.compile(r"sick|covid|pregnan|maternity|date.of.birth", re.I), re.compile(r"\b(Mr|Mrs|Ms|Dr)\.? [A-Z][a-z]"),
]


class AbuseTests(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.system = System()

    @classmethod
    def tearDownClass(cls):
        assert cls.system.stop() == 0

    def raw(self, text, system=None):
        with socket.create_connection(("127.0.0.1", (system or self.system).port), timeout=60) as connection:
            connection.sendall(text.encode("latin-1"))
            connection.shutdown(socket.SHUT_WR)
            answer = b""
            while part := connection.recv(65536):
                answer += part
        return answer.decode("latin-1")

    def alive(self):
        self.assertEqual(self.system.ask("/public")[0], 200)

    def test_path_tricks_find_nothing(self):
        # One of its own: of callers whom nobody knows only so many a minute have a row each.
        system = System()
        self.addCleanup(lambda: self.assertEqual(system.stop(), 0))
        for path in ["/../../etc/passwd", "/static/../../../etc/passwd", "//etc/passwd", "/%2e%2e/%2e%2e/etc/passwd",
                     "/static/%00", "/.git/config", "/system.sqlite", "/organisations/..%2f..%2fetc", "/\\..\\x"]:
            before, denials = system.records()
            answer = self.raw(f"GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n", system)
            self.assertNotIn("root:", answer)
            self.assertRegex(answer.split("\r\n")[0], r"HTTP/1.1 (400|401|404)", path)
            after, denied = system.records()
            self.assertEqual(after, before, path)
            # What is no HTTP at all has no row of its own: see test_what_is_no_http_is_audited.
            if " 400" not in answer.split("\r\n")[0]:
                self.assertEqual(denied, denials + (path != "/system.sqlite"), path)
        self.assertEqual(system.ask("/public")[0], 200)

    def test_no_header_can_be_put_in(self):
        for path in ["/organisations/x%0d%0aSet-Cookie:%20a=b", "/aid/x%0d%0aX-Evil:1/offer", "/pool?part=1%0d%0aX-Evil:1"]:
            answer = self.raw(f"GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
            head = answer.split("\r\n\r\n")[0]
            self.assertNotRegex(head, r"(?mi)^(x-evil|set-cookie):")
        self.alive()

    def test_what_is_no_http_is_refused(self):
        for text in ["GARBAGE\r\n\r\n", "GET / HTTP/9.9\r\n\r\n", "GET / HTTP/1.1\r\nHost: x\r\n" + "A: b\r\n" * 5000 + "\r\n",
                     "GET /" + "a" * 100_000 + " HTTP/1.1\r\nHost: x\r\n\r\n",
                     "POST /sign-in HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"]:
            answer = self.raw(text)
            self.assertRegex(answer.split("\r\n")[0], r"^(HTTP/1.1 4\d\d.*)?$", text[:40])
        self.alive()

    def test_text_in_a_query_stays_text(self):
        for text in ["'%20OR%201=1--", "%3Cscript%3Ealert(1)%3C/script%3E"]:
            for path in [f"/organisations/{text}", f"/gaps/NS1/{text}", f"/api/v1/vacancies/NS1/{text}", f"/pool?part={text}"]:
                status, _, body = self.system.ask(path, "coordinator")
                self.assertIn(status, (200, 404), path)
                self.assertNotIn("<script>alert", body)

    def idle(self, system, count):
        soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        resource.setrlimit(resource.RLIMIT_NOFILE, (min(hard, 8192), hard))
        return [socket.create_connection(("127.0.0.1", system.port), timeout=120) for _ in range(count)]

    def test_a_thousand_idle_connections_shut_nobody_out_and_are_told_and_audited(self):
        system = System()
        before, _ = system.records()
        idle = self.idle(system, 1000)
        for connection in idle[:500]:
            connection.sendall(b"GET /public HTTP/1.1\r\nHost: x\r\n")
        [push] = self.idle(system, 1)
        push.sendall(b"POST /api/v1/pushes HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 500\r\n"
                     b"Authorization: Bearer " + system.tokens["receiver"].encode() + b"\r\n\r\n{\"schema\": 1,")
        self.assertEqual(system.ask("/public")[0], 200)
        for connection in [*idle, push]:
            answer = b""
            while part := connection.recv(4096):
                answer += part
            self.assertTrue(answer.startswith(b"HTTP/1.1 408 "), answer[:80])
            self.assertIn(b"No whole request came in time. Nothing was changed.", answer)
            connection.close()
        self.assertEqual(system.ask("/public")[0], 200)
        self.assertEqual(system.records()[0], before)
        self.assertEqual(system.stop(), 0)
        # A row a minute and not one for each: all at once, they may fall into two.
        rows = [why for what, why in system.denied if what == "connections"]
        self.assertLessEqual(len(rows), 2)
        self.assertEqual(sum(int(re.match(r"(\d+) closed: no whole request within 30 s$", why)[1]) for why in rows), 1000)
        [why] = [why for what, why in system.denied if what.startswith("POST /api/v1/pushes by token ")]
        self.assertIn("took too long, before all was sent. Nothing was changed.", why)

    def test_more_connections_than_places_wait_and_are_audited(self):
        system = System()
        idle = self.idle(system, 4096)
        # They are taken in order: when the last is answered, all are.
        idle[-1].sendall(b"GET /public HTTP/1.1\r\nHost: x\r\n\r\n")
        self.assertTrue(idle[-1].recv(4096).startswith(b"HTTP/1.1 200 "))
        with socket.create_connection(("127.0.0.1", system.port), timeout=60) as waiting:
            waiting.sendall(b"GET /public HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
            for connection in idle:
                connection.close()
            self.assertTrue(waiting.recv(4096).startswith(b"HTTP/1.1 200 "))
        self.assertEqual(system.stop(), 0)
        # The last place is taken again each time one is given up: once at least.
        self.assertRegex("\n".join(why for what, why in system.denied if what == "connections"),
                         r"all 4096 places taken, [1-9]\d* times")

    def test_what_is_no_http_is_audited(self):
        system = System()
        with socket.create_connection(("127.0.0.1", system.port), timeout=60) as connection:
            connection.sendall(b"GARBAGE\r\n\r\n")
            self.assertTrue(connection.recv(4096).startswith(b"HTTP/1.1 400 "))
        self.assertEqual(system.stop(), 0)
        self.assertEqual(system.denied, [("connections", "1 refused: no HTTP, or broken off")])

    def test_a_server_stops_although_a_page_is_open(self):
        system = System()
        with socket.create_connection(("127.0.0.1", system.port), timeout=60) as page:
            page.sendall(b"GET /events HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
                         + system.tokens["viewer"].encode() + b"\r\n\r\n")
            seen = b""
            while b"event: revision" not in seen:
                seen += page.recv(4096)
            self.assertEqual(system.stop(), 0)

    def test_no_role_can_fetch_anything_about_a_person(self):
        for role in [None, *ROLES]:
            text = "\n".join(answers(self.system, role).values())
            for pattern in PERSONAL:
                self.assertIsNone(pattern.search(text), (role, pattern))
            scope = ROLES[role][1] if role else []
            if scope:
                for other in {"NS1", "NS2", "NS3", "NS4", "NS5"} - set(scope):
                    self.assertNotIn(f'"/organisations/{other}"', text, role)
                    self.assertNotIn(f'"/gaps/{other}/', text, role)


if __name__ == "__main__":
    unittest.main()
