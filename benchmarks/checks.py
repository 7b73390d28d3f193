"""How long `POST /api/v1/submissions/check` takes with many records stored: `checks.py [SIZE…] [--checks M]`.

`--filled URL` asks a database that an earlier run has filled, and fills none. `--index FOLDER` keeps its index there:
the first run builds and writes it, the next ones of the same code read it back.

Each size is a process of its own with the application in it, asked M times over WSGI (no sockets), on SQLite and on
PostgreSQL. Half of the drafts tell a stored record anew. Prints median and 95th percentile of the whole request by
the clock and of the processor (which a busy machine stretches less; that of PostgreSQL's own processes is not in it),
of the engine in it (finding; and explaining what is shown) and of all else, the number of SQL statements, the same of a
request that does nothing and of the form's "Already recorded?" for the same drafts, and how long the index took to
build, to write as a snapshot and to read back. As in a server, what lasts is kept out of the search for garbage.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from statistics import median, quantiles
from typing import Any
from unittest import mock

import _filling as filling
import _projects as projects
import _runs as runs
from _runs import COMMAND, ROOT

SIZES = (20_000,)
CHECKS = 300
WARM = 20
Times = dict[str, list[float]]


def main() -> None:
    """The command."""
    if sys.argv[1:2] == ["measure"]:
        measure(sys.argv[2], int(sys.argv[3]), int(sys.argv[4]), sys.argv[5:])
        return
    reading = argparse.ArgumentParser(description=__doc__)
    reading.add_argument("sizes", nargs="*", type=int, default=SIZES)
    reading.add_argument("--checks", type=int, default=CHECKS)
    reading.add_argument("--filled", metavar="URL")
    reading.add_argument("--index", metavar="FOLDER", default="")
    asked = reading.parse_args()
    if asked.filled:
        one(asked.filled, asked.filled, (stored(asked.filled), asked.checks), "filled", asked.index)
        return
    with tempfile.TemporaryDirectory(prefix="adam-checks-") as name:
        template = runs.seeded(Path(name) / "seeded.db")
        for size in asked.sizes:
            one(
                f"{size:,} records; SQLite",
                runs.copied(template, Path(name) / f"{size}.db"),
                (size, asked.checks),
            )
        on_postgresql(asked.sizes, asked.checks)


def on_postgresql(sizes: list[int], checks: int) -> None:
    """The same on a PostgreSQL started for it, where its programs are installed."""
    if not (shutil.which("initdb") or any(Path("/usr/lib/postgresql").glob("*/bin/initdb"))):
        print("\nPostgreSQL is not installed here; nothing measured.")
        return
    sys.path.insert(0, str(ROOT))
    from tests import databases

    with databases.postgresql() as server:
        for size in sizes:
            url = server.create(f"checks_{size}")
            for words in (("db", "upgrade"), ("seed",)):
                runs.measured((*COMMAND, *words), url)
            one(f"{size:,} records; PostgreSQL on a socket", url, (size, checks))
            server.drop(f"checks_{size}")


def stored(url: str) -> int:
    """How many records were filled into a database."""
    from sqlalchemy import text

    from adam.database import make_engine

    with make_engine(url).connect().execution_options(read_only=True) as connection:
        many = connection.scalar(text("SELECT count(*) FROM projects")) or 0
    return many // filling.BATCH * filling.BATCH


def one(what: str, url: str, how: tuple[int, int], *more: str) -> None:
    """Measure in a process of its own and print."""
    run = runs.measured((sys.executable, __file__, "measure", url, *map(str, how), *more), url)
    print(f"\n{what}\n{run.output.rstrip()}\n  peak memory of it all {run.memory:,.0f} MB")


def measure(url: str, size: int, checks: int, filled: Sequence[str] = ()) -> None:
    """Start the application on the database at `url`, fill that unless it is `filled`, and ask."""
    from adam.app import create_app
    from adam.services import register, serving
    from adam.settings import load

    _, given = filled or ("", "")
    with tempfile.TemporaryDirectory(prefix="adam-index-") as folder:
        limit = "1000000 per minute"
        settings = replace(load(database_url=url, rate_limit=limit), index_folder=given or folder)
        app = create_app(settings)
        state = app.extensions["adam"]
        started = time.perf_counter()
        if not filled:
            filling.fill(state.engine, size)
            print(f"  filled in              {time.perf_counter() - started:8.1f} s")
        kept = register.of(str(state.engine.url))
        restarted(state, kept)
        serving.settle()
        token, cookie = somebody(state)
        drafts = [drafted(number, size) for number in range(checks + WARM)]
        times: Times = defaultdict(list)
        with watched(state, kept, times):
            asked(app, token, drafts, times)
            typed(app, cookie, drafts, times)
        told(times)


def restarted(state: Any, kept: Any) -> None:
    """Build the index and write it, unless that was done before; read it back: seconds of each."""
    if not written(kept):
        built, _ = warmed(state)
        started = time.perf_counter()
        kept.save()
        spent = time.perf_counter() - started
        print(f"  index built in         {built - spent:8.1f} s, written in {spent:.1f} s")
        kept.index = None
    seconds, worked = warmed(state)
    print(f"  index read back in     {seconds:8.1f} s, of the processor {worked:.1f} s")
    files = kept.folder.glob(f"index-{kept.name}*")
    print(f"  snapshot               {sum(path.stat().st_size for path in files) / 1e6:8.1f} MB")


def written(kept: Any) -> bool:
    """Whether a snapshot is there that this code wrote."""
    from adam.services import snapshots

    try:
        manifest = json.loads(snapshots.manifest_of((kept.folder, kept.name)).read_text(encoding="utf-8"))
    except OSError:
        return False
    return bool(manifest["format"] == snapshots.layout())


def warmed(state: Any) -> tuple[float, float]:
    """Seconds until the index is there, by the clock and of the processor."""
    from adam.services import register

    started, worked = time.perf_counter(), time.process_time()
    register.warm(state.sessions, state.rules).join()
    return time.perf_counter() - started, time.process_time() - worked


def somebody(state: Any) -> tuple[str, str]:
    """The token and the cookie of a focal point."""
    from adam.domain.actors import system
    from adam.services import accounts, tokens
    from adam.services.work import working

    said = {
        "email": f"bench-{time.time_ns()}@example.org",
        "name": "Bench",
        "role": "focal_point",
        "partner": "NO",
        "password": None,
    }
    with working(state.sessions, system("benchmark"), state.rules) as w:
        cookie = accounts.open_session(w, accounts.create(w, said), 12)
        return tokens.create(w, {"email": said["email"], "scopes": [], "days": 1})[1], cookie


def drafted(number: int, size: int) -> dict[str, Any]:
    """A draft: a stored record told anew, or one of its own, under an identifier that no record has."""
    if number % 2:
        own = [{"scheme": "iati", "value": f"XX-BEN-N-{number:06d}"}]
        return projects.projects(1, seed=10**9 + number)[0].document | {"identifiers": own}
    start = (number * 7919 % size) // filling.BATCH * filling.BATCH
    one = projects.projects(1, seed=1 + start)[0].document
    return one | {"title": one["title"].replace(" in ", ", "), "identifiers": []}


def asked(app: Any, token: str, drafts: list[dict[str, Any]], times: Times) -> None:
    """Send every draft to be checked, and as many requests that do nothing."""
    client, bearer = app.test_client(), {"Authorization": f"Bearer {token}"}
    shown = 0
    for number, draft in enumerate(drafts):
        if number == WARM:
            times.clear()
        started, worked = time.perf_counter(), time.thread_time()
        answer = client.post("/api/v1/submissions/check", json={"project": draft}, headers=bearer)
        times["processor"].append(time.thread_time() - worked)
        times["request"].append(time.perf_counter() - started)
        assert answer.status_code == 200, answer.text
        shown += bool(answer.json["lookalikes"])
        for name in ("finding", "engine", "statements"):
            times[name].append(times.pop(f"{name} now", [0.0])[0])
        started = time.perf_counter()
        client.get("/healthz")
        times["nothing"].append(time.perf_counter() - started)
    print(f"  drafts with look-alikes {shown:7} of {len(drafts)}")


def typed(app: Any, cookie: str, drafts: list[dict[str, Any]], times: Times) -> None:
    """What the form asks while somebody writes: title, description, days and countries of every draft."""
    from adam.http.actors import COOKIE

    client = app.test_client()
    client.set_cookie(COOKIE, cookie)
    page = client.get("/preferences").text
    token = page.partition('name="csrf_token"')[2].partition('value="')[2].partition('"')[0]
    for number, draft in enumerate(drafts):
        form = {name: draft[name] or "" for name in ("title", "description", "start_planned", "end_planned")}
        form |= {"country": [row["country"] for row in draft["countries"]], "csrf_token": token}
        started, worked = time.perf_counter(), time.thread_time()
        answer = client.post("/submissions/lookalikes", data=form)
        if number >= WARM:
            times["form, processor"].append(time.thread_time() - worked)
            times["form"].append(time.perf_counter() - started)
        assert answer.status_code == 200, answer.text


@contextmanager
def watched(state: Any, kept: Any, times: Times) -> Iterator[None]:
    """Adds up what a request spends in the engine, of the processor, and counts its statements."""
    from sqlalchemy import event

    from adam.queries.prepared import Prepared

    def add(name: str, seconds: float) -> None:
        times.setdefault(f"{name} now", [0.0])[0] += seconds

    def timed(ask: Callable[..., Any], *names: str) -> Callable[..., Any]:
        def call(*given: Any) -> Any:
            started = time.thread_time()
            try:
                return ask(*given)
            finally:
                for name in names:
                    add(name, time.thread_time() - started)

        return call

    kept.hits, kept.explained = timed(kept.hits, "finding", "engine"), timed(kept.explained, "engine")
    event.listen(state.engine, "after_cursor_execute", lambda *_: add("statements", 1))
    straight = Prepared._ask

    def counted(made: Any, *given: Any) -> Any:
        add("statements", 1)
        return straight(made, *given)

    with mock.patch.object(Prepared, "_ask", counted):
        yield


def told(times: Times) -> None:
    """Median and 95th percentile of everything, in milliseconds."""
    print("                            p50 ms    p95 ms")
    rest = [whole - part for whole, part in zip(times["processor"], times["engine"], strict=True)]
    lines = (
        ("request, by the clock", times["request"]),
        ("nothing, by the clock", times["nothing"]),
        ("request, processor", times["processor"]),
        ("  the engine in it", times["engine"]),
        ("    finding", times["finding"]),
        ("  all else in it", rest),
        ("form, by the clock", times["form"]),
        ("form, processor", times["form, processor"]),
    )
    for name, spans in lines:
        print(f"  {name:22} {median(spans) * 1e3:9.2f} {p95(spans) * 1e3:9.2f}")
    print(f"  statements             {median(times['statements']):9.0f} {p95(times['statements']):9.0f}")
    print(f"  request / nothing      {median(times['request']) / median(times['nothing']):9.1f}")


def p95(values: list[float]) -> float:
    """The 95th percentile."""
    return quantiles(values, n=20)[-1]


if __name__ == "__main__":
    main()
