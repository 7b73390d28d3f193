"""Kills a real server again and again while clients post and submit: nothing acknowledged is lost or doubled.

python benchmarks/torture.py --seconds 60 --clients 16 --database sqlite --database postgresql
"""

from __future__ import annotations

import argparse
import http.client
import json
import random
import sys
import tempfile
import threading
import time
from collections import Counter
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from _service import ROOT, Process, adam, ask, prepare
from sqlalchemy import func, select, text

from adam.api.examples import PROJECT

BETWEEN = (1.0, 3.0)
PATIENCE = 60.0
IMPORTED = 400


class Client(threading.Thread):
    """Posts submissions one after another, each under a key of its own, and hands each in; insists on an answer."""

    def __init__(self, number: int, server: Process, token: str, deadline: float):
        super().__init__(name=f"client {number}", daemon=True)
        self.number, self.server, self.token, self.deadline = number, server, token, deadline
        self.taken: dict[str, str] = {}
        self.handed_in: set[str] = set()
        self.faults: list[str] = []
        self.retries = 0
        self.replayed = 0
        self.link: http.client.HTTPConnection | None = None

    def run(self) -> None:
        """As long as there is time."""
        while time.monotonic() < self.deadline and not self.faults:
            try:
                self._one(f"{self.number:02}-{len(self.taken):05}")
            except Exception as error:
                self.faults.append(f"{type(error).__name__}: {error}")

        self._hang_up()

    def _hang_up(self) -> None:
        if self.link is not None:
            self.link.close()
        self.link = None

    def _one(self, name: str) -> None:
        own = [{"scheme": "own", "value": f"torture-{name}"}]
        project = PROJECT | {"title": f"Border posts {name}", "identifiers": own}
        body = {"source_ref": name, "project": project, "project_id": None}
        key = {"Idempotency-Key": f"torture-key-{name}"}
        status, headers, said = self.insist("POST", "/submissions", body, key)
        if status != 201:
            self.faults.append(f"POST answered {status}: {said}")
            return
        self.replayed += headers.get("Idempotency-Replayed") == "true"
        self.taken[name] = said["id"]
        self._hand_in(said["id"], headers["ETag"])

    def _hand_in(self, key: str, etag: str) -> None:
        status, _, said = self.insist("POST", f"/submissions/{key}/submit", None, {"If-Match": etag})
        if status in (409, 412):
            # The answer was lost, not the move: what stands says so.
            status, _, said = self.insist("GET", f"/submissions/{key}", None, {})
        if status == 200 and said["state"] == "submitted":
            self.handed_in.add(key)
        else:
            self.faults.append(f"submit answered {status}: {said}")

    def insist(self, method: str, path: str, body: Any, headers: dict[str, str]) -> Any:
        """The answer, however often the server dies before it gives one."""
        end = time.monotonic() + PATIENCE
        sent = None if body is None else json.dumps(body)
        headers = headers | {"Authorization": f"Bearer {self.token}", "Content-Type": "application/json"}
        while time.monotonic() < end:
            try:
                self.link = self.link or http.client.HTTPConnection("127.0.0.1", self.server.port, timeout=35)
                status, got, read = ask(self.link, method, f"/api/v1{path}", (sent, headers))
            except (OSError, http.client.HTTPException):
                self._hang_up()
                self.retries += 1
                time.sleep(0.05)
                continue
            said = json.loads(read)
            if status == 503 or (status == 409 and said.get("code") == "still_running"):
                self.retries += 1
                time.sleep(0.05)
                continue
            return status, got, said
        raise TimeoutError(f"no answer to {method} {path} within {PATIENCE:g} seconds")


def torture(url: str, seconds: float, clients: int) -> dict[str, Any]:
    """Run it on an empty database, and say what was found."""
    token = prepare(url)
    server = adam(url)
    server.start()
    upload(server, token)
    end = time.monotonic() + seconds
    working = [Client(number, server, token, end) for number in range(clients)]
    for client in working:
        client.start()
    kills = 0
    try:
        while time.monotonic() < end:
            time.sleep(random.uniform(*BETWEEN))
            server.stop()
            kills += 1
            server.start()
        for client in working:
            client.join(PATIENCE * 3)
        resumed = imported(url, PATIENCE * 2)
    finally:
        server.stop()
    return {"kills": kills, "resumed": resumed} | found(url, working)


def upload(server: Process, token: str) -> None:
    """A file on its way in, so that a job is killed too."""
    rows = ["source_ref,title", *(f"file-{number},Row {number}" for number in range(IMPORTED))]
    edge = "torture"
    parts = [("mode", None, "apply"), ("format", None, "csv"), ("file", "x.csv", "\r\n".join(rows))]
    text_of = [
        f'--{edge}\r\nContent-Disposition: form-data; name="{name}"'
        + (f'; filename="{file}"' if file else "")
        + f"\r\n\r\n{value}\r\n"
        for name, file, value in parts
    ]
    body = "".join(text_of) + f"--{edge}--\r\n"
    headers = {
        "Authorization": f"Bearer {token}",
        "Content-Type": f"multipart/form-data; boundary={edge}",
        "Idempotency-Key": "torture-import-0001",
    }
    link = http.client.HTTPConnection("127.0.0.1", server.port, timeout=35)
    status, _, said = ask(link, "POST", "/api/v1/imports", (body, headers))
    link.close()
    if status != 201:
        raise RuntimeError(f"the import was refused: {said!r}")


def imported(url: str, patience: float) -> bool:
    """Whether the job was taken up again and done; a worker that was killed is missed after a minute."""
    end = time.monotonic() + patience
    with reading(url) as session:
        while time.monotonic() < end:
            states = session.execute(text("SELECT state, done, total FROM imports")).all()
            session.rollback()
            if all(state == "done" and done == total for state, done, total in states):
                return bool(states)
            time.sleep(0.2)
    return False


@contextmanager
def reading(url: str) -> Any:
    """A session that reads."""
    from adam import database

    engine = database.make_engine(url).execution_options(read_only=True)
    with database.sessions(engine)() as session:
        yield session
    engine.dispose()


def found(url: str, working: list[Client]) -> dict[str, Any]:
    """What stands in the database against what the clients were told."""
    from adam.models.history import HistoryEntry
    from adam.models.submissions import Submission
    from adam.services import history

    taken = {name: key for client in working for name, key in client.taken.items()}
    handed_in = {key for client in working for key in client.handed_in}
    with reading(url) as session:
        rows = session.execute(
            select(Submission.source_ref, Submission.id, Submission.state).where(Submission.origin == "api")
        ).all()
        steps = select(HistoryEntry.entity_id, HistoryEntry.action, func.count())
        steps = steps.where(HistoryEntry.action.in_(["submission.saved", "submission.submitted"]))
        told = {row[:2]: row[2] for row in session.execute(steps.group_by(*list(steps.selected_columns)[:2]))}
        chain = history.first_broken(session)
        entries = session.scalar(select(func.count()).select_from(HistoryEntry))
    there = {name: (key, state) for name, key, state in rows}
    twice = [name for name, number in Counter(row[0] for row in rows).items() if number > 1]
    lost = [name for name, key in taken.items() if there.get(name, ("",))[0] != key]
    lost += [key for key in handed_in if dict(there.values()).get(key) != "submitted"]
    wrong = [key for key in taken.values() if told.get((key, "submission.saved")) != 1]
    wrong += [key for key in handed_in if told.get((key, "submission.submitted")) != 1]
    return {
        "acknowledged": len(taken),
        "handed_in": len(handed_in),
        "retries": sum(client.retries for client in working),
        "replayed": sum(client.replayed for client in working),
        "rows": len(rows),
        "lost": lost,
        "twice": twice,
        "unasked": sorted(set(there) - set(taken)),
        "wrong_history": wrong,
        "history_entries": entries,
        "broken_at": chain,
        "faults": [fault for client in working for fault in client.faults],
    }


def sound(result: dict[str, Any]) -> bool:
    """Whether everything that must be empty is, and something was tried."""
    nothing = ("lost", "twice", "unasked", "wrong_history", "faults")
    whole = not any(result[name] for name in nothing) and result["broken_at"] is None
    return whole and result["resumed"] and result["acknowledged"] > 0 and result["kills"] > 0


@contextmanager
def databases(kind: str) -> Any:
    """An empty database of a kind, which is gone afterwards."""
    if kind == "sqlite":
        with tempfile.TemporaryDirectory(prefix="adam-torture-") as folder:
            yield f"sqlite:///{Path(folder) / 'adam.db'}"
        return
    sys.path.insert(0, str(ROOT))
    from tests.databases import postgresql

    with postgresql(("listen_addresses=",)) as server:
        yield server.create("adam_torture")


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--clients", type=int, default=16)
    parser.add_argument("--database", action="append", choices=["sqlite", "postgresql"])
    asked = parser.parse_args()
    good = True
    for kind in asked.database or ["sqlite", "postgresql"]:
        with databases(kind) as url:
            result = torture(url, asked.seconds, asked.clients)
        good &= sound(result)
        sys.stdout.write(f"{kind}, {asked.clients} clients, {asked.seconds:g} s: {json.dumps(result)}\n")
        sys.stdout.flush()
    sys.stdout.write("Nothing acknowledged is lost, nothing is there twice.\n" if good else "NOT SOUND\n")
    raise SystemExit(0 if good else 1)


if __name__ == "__main__":
    main()
