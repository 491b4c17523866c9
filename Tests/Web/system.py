"""A muster-server on loopback with the invented system of Rosters/north-star-ics, for as long as a test."""
import json
import os
import pathlib
import signal
import sqlite3
import subprocess
import tempfile
import urllib.error
import urllib.parse
import urllib.request

ROOT = pathlib.Path(__file__).resolve().parents[2]
FOLDER = ROOT / "Rosters" / "north-star-ics"
BIN = pathlib.Path(os.environ.get("BIN", ROOT / ".build" / "debug"))
# The morning on which the invented system stands.
FROM = os.environ.get("FROM", "2027-01-12T07:30Z")
ROLES = {
    "coordinator": ("system-coordinator", []),
    "administrator": ("administrator", []),
    "public": ("public", []),
    "receiver": ("organisation-manager", ["NS2"]),
    "lender": ("organisation-manager", ["NS1"]),
    "viewer": ("organisation-viewer", ["NS3"]),
}


class System:
    """Starts the server, as of that time; `tokens` has one for each of ROLES, `url` is where it listens."""

    def __init__(self, folder=FOLDER, at=FROM):
        self.work = tempfile.TemporaryDirectory()
        self.store = pathlib.Path(self.work.name) / "system.sqlite"
        run("muster-server", "setup", folder, "--store", self.store)
        self.tokens = {name: self.token(*role) for name, role in ROLES.items()}
        self.process = subprocess.Popen(
            [BIN / "muster-server", "--store", self.store, "--port", "0", "--from", at],
            stdout=subprocess.PIPE, text=True)
        self.url = self.process.stdout.readline().split()[-1]
        self.port = int(self.url.rsplit(":", 1)[1])

    def token(self, role, organisations):
        scope = [part for code in organisations for part in ("--organisation", code)]
        return run("muster-server", "token", "create", "--store", self.store, "--role", role,
                   "--label", f"Test {role}", "--by", "test", *scope).strip()

    def ask(self, path, token=None, data=None, headers=(), method=None):
        """Status, headers and body of one request."""
        request = urllib.request.Request(self.url + path, data=data, headers=dict(headers), method=method)
        if token:
            request.add_header("Authorization", "Bearer " + self.tokens[token])
        try:
            with opener.open(request, timeout=60) as answer:
                return answer.status, answer.headers, answer.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, error.headers, error.read().decode()

    def session(self, token):
        """The header by which a browser that has signed in is known."""
        data = urllib.parse.urlencode({"token": self.tokens[token]}).encode()
        _, headers, _ = self.ask("/sign-in", data=data, headers={"Content-Type": "application/x-www-form-urlencoded"})
        return {"Cookie": headers["Set-Cookie"].split(";")[0]}

    def solved(self, path, token):
        """The answer once suggestions have been worked out: before, it is that they have not."""
        while True:
            status, headers, body = self.ask(path, token)
            if status != 503:
                return status, headers, body

    def json(self, path, token):
        status, _, body = self.ask(path, token)
        assert status == 200, (path, status, body)
        return json.loads(body)

    def records(self):
        """Every row of the store but the audit's, and how many denials the audit has."""
        database = sqlite3.connect(f"file:{self.store}?mode=ro", uri=True)
        try:
            tables = [name for (name,) in database.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
            rows = {table: sorted(map(repr, database.execute(f'SELECT * FROM "{table}"')))
                    for table in tables if table not in ("audit", "sqlite_sequence")}
            return rows, database.execute("SELECT count(*) FROM audit WHERE action = 'denied'").fetchone()[0]
        finally:
            database.close()

    def denials(self):
        """The audit's rows of what was refused, the oldest first: what was asked, and why not."""
        database = sqlite3.connect(f"file:{self.store}?mode=ro", uri=True)
        try:
            return database.execute("SELECT subject, reason FROM audit WHERE action = 'denied' ORDER BY id").fetchall()
        finally:
            database.close()

    def replays(self):
        """How many pushes came again, by the audit."""
        database = sqlite3.connect(f"file:{self.store}?mode=ro", uri=True)
        try:
            return database.execute("SELECT count(*) FROM audit WHERE action = 'replay'").fetchone()[0]
        finally:
            database.close()

    def stop(self):
        """Asks the server to stop and returns its exit code; `denied` is what it has refused."""
        self.process.send_signal(signal.SIGTERM)
        code = self.process.wait(timeout=60)
        self.process.stdout.close()
        self.denied = self.denials()
        self.work.cleanup()
        return code


class NoRedirects(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *arguments):
        return None


opener = urllib.request.build_opener(NoRedirects)


def run(program, *arguments, codes=(0,)):
    """What it prints; without what else stands in the environment, such as a token."""
    done = subprocess.run([BIN / program, *map(str, arguments)], capture_output=True, text=True,
                          env={"PATH": os.environ["PATH"]})
    if done.returncode not in codes:
        raise RuntimeError(f"{program} {arguments}: exit {done.returncode}\n{done.stdout}{done.stderr}")
    return done.stdout
