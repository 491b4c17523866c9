"""Every byte that somebody can fetch from a server, and every byte that it keeps."""
import json
import re
import sqlite3
import urllib.error
import urllib.request

from system import opener


def answers(system, role, paths=()):
    """By its path, each answer to somebody of that role, signed in as in a browser: the head and the body of pages, API and
    streams, of a HEAD and of asking again. `paths` are asked for besides what they are led to."""
    session = system.session(role) if role else {}
    every = json.loads(system.ask("/api/v1/openapi.json")[2])["paths"]
    queue = ["/", "/sign-in", "/administration", "/static/none", "/api/v1/none", *paths]
    queue += [path + "?size=200" for path, methods in every.items() if "get" in methods and "{" not in path]
    seen = {path: stream(system, path, session) for path in ("/events", "/events/public")}
    while queue:
        path = queue.pop()
        if path in seen:
            continue
        status, headers, body = system.ask(path, headers=session)
        while status == 503:
            status, headers, body = system.ask(path, headers=session)
        again = {**session, "If-None-Match": headers["ETag"]} if headers["ETag"] else session
        seen[path] = "\n".join([str(headers), body, str(system.ask(path, headers=session, method="HEAD")[1]),
                                *map(str, system.ask(path, headers=again)[1:])])
        queue += [link.replace("&amp;", "&").split("#")[0] for link in re.findall(r'(?:href|src)="(/[^"]*)"', body)]
        queue += re.findall(r"<(/[^>]*)>; rel=", headers["Link"] or "")
        queue += filter(None, [headers["Location"]])
        if headers.get_content_subtype() == "json" and isinstance(json.loads(body).get("items"), list):
            kind = path.split("?")[0].split("/")[-1]
            queue += [f'/api/v1/{kind}/{item["id"]}' for item in json.loads(body)["items"]
                      if kind in ("vacancies", "bookings")]
    return seen


def stream(system, path, session):
    """What a stream of events says first."""
    try:
        with opener.open(urllib.request.Request(system.url + path, headers=session), timeout=60) as answer:
            return str(answer.headers) + "".join(next(answer).decode() for _ in range(2))
    except urllib.error.HTTPError as error:
        return str(error.headers) + error.read().decode()


def kept(folder):
    """By the name of its file, what is kept there: as bytes, what was deleted too, and as rows, which no page of the file
    cuts in two."""
    found = {}
    for path in sorted(path for path in folder.iterdir() if path.is_file()):
        found[path.name] = path.read_bytes().decode("latin-1")
    for path in folder.glob("*.sqlite"):
        database = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
        # Texts that are kept as bytes too.
        found[path.name + " rows"] = "\n".join(
            " ".join(cell.decode("latin-1") if isinstance(cell, bytes) else str(cell) for cell in row)
            for (table,) in database.execute("SELECT name FROM sqlite_schema WHERE type = 'table'").fetchall()
            for row in database.execute(f'SELECT * FROM "{table}"'))
        database.close()
    return found


def found(pattern, texts):
    """Where it is, and how it reads there."""
    return {where: match[0] for where, text in texts.items() if (match := pattern.search(text))}
