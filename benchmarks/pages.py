"""How long each page and the first page of each list takes with many records: `pages.py [SIZE…] [--times N]`.

Each size is filled with made-up records and what surrounds them (findings, submissions, histories, people, a seventh
for partners only, some confidential), on SQLite and on PostgreSQL. Every address is asked N times in one process over
WSGI (no sockets) by a coordinator, a focal point and somebody who isn't signed in, after one call that warms caches.
Prints median and 95th percentile in milliseconds by the clock, the same divided by those of `/healthz` asked in
between (what a request costs on this machine at this moment), and the number of SQL statements; then what is slower
than the aim, and whose statements grow with the records. `--url URL` measures a database that is there already.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import median
from typing import Any

import _filling as filling
import _runs as runs
import _surroundings as surroundings
from _runs import COMMAND, ROOT

SIZES = (1_000, 100_000)
TIMES = 20
AIM = 300.0
"""Milliseconds of the 95th percentile that no page may exceed."""
ROLES = (("coordinator", None), ("focal_point", "NO"), (None, None))
PAGES = (
    "/desk", "/validate", "/findings", "/findings?tab=coordination", "/findings?q=border", "/findings?country=AF",
    "/projects", "/projects?country=AF", "/projects?pillar=I&status=active", "/projects?organization=NO",
    "/projects?sort=title", "/projects?sort=start", "/projects?sort=money", "/projects?q=border&country=TJ",
    "/search?q=border", "/search?q=BENCH-0000777", "/search?q=strengthening+tajikistan", "/search?q=zzzz",
    "/countries", "/countries/AF", "/pillars", "/pillars/I", "/partners", "/partners/NO", "/coverage",
    "/coverage?region=all", "/reports", "/reports/new", "/focal-points", "/mentions", "/imports", "/messages",
    "/submissions/new", "/validation-rounds", "/recommendations", "/meetings", "/rules", "{project}", "{finding}",
)  # fmt: skip
LISTS = (
    "projects", "projects?sort=title", "projects?sort=money", "projects?q=border", "projects?country=AF&total=true",
    "submissions", "findings", "coverage", "partners", "organizations", "focal-points", "imports", "validation-rounds",
    "recommendations", "meetings", "reports", "vocabulary/countries",
)  # fmt: skip


@dataclass(slots=True)
class Asked:
    """What one address took: seconds of each call, and the statements of the last."""

    who: str
    path: str
    seconds: list[float]
    status: int
    statements: int


def main() -> None:
    """The command."""
    reading = argparse.ArgumentParser(description=__doc__)
    reading.add_argument("sizes", nargs="*", type=int, default=SIZES)
    reading.add_argument("--times", type=int, default=TIMES)
    reading.add_argument("--url", action="append", default=[])
    asked = reading.parse_args()
    if asked.url:
        compared([(url.rpartition("/")[2], *measured(url, asked.times)) for url in asked.url])
        return
    with tempfile.TemporaryDirectory(prefix="adam-pages-") as name:
        template = runs.seeded(Path(name) / "seeded.db")
        urls = [(size, runs.copied(template, Path(name) / f"{size}.db")) for size in asked.sizes]
        compared(
            [(f"{size:,} records; SQLite", *measured(filled(url, size), asked.times)) for size, url in urls]
        )
    on_postgresql(asked.sizes, asked.times)


def on_postgresql(sizes: list[int], times: int) -> None:
    """The same on a PostgreSQL started for it, where its programs are installed."""
    if not (shutil.which("initdb") or any(Path("/usr/lib/postgresql").glob("*/bin/initdb"))):
        print("\nPostgreSQL is not installed here; nothing measured.")
        return
    sys.path.insert(0, str(ROOT))
    from tests import databases

    found = []
    with databases.postgresql() as server:
        for size in sizes:
            url = server.create(f"pages_{size}")
            for words in (("db", "upgrade"), ("seed",)):
                runs.measured((*COMMAND, *words), url)
            found.append((f"{size:,} records; PostgreSQL", *measured(filled(url, size), times)))
    compared(found)


def filled(url: str, size: int) -> str:
    """The same address, with so many records there."""
    from adam import database

    engine = database.make_engine(url)
    filling.fill(engine, size)
    surroundings.surround(engine)
    engine.dispose()
    return url


def measured(url: str, times: int) -> tuple[list[Asked], float]:
    """Every address asked by everybody, and the seconds of a request that does nothing."""
    from adam.app import create_app
    from adam.settings import load

    with tempfile.TemporaryDirectory(prefix="adam-index-") as folder:
        settings = replace(
            load({}, env="testing", database_url=url, rate_limit="1000000 per minute"), index_folder=folder
        )
        app = create_app(settings)
        state = app.extensions["adam"]
        nothing: list[float] = []
        found = []
        with counting(state.engine) as statements:
            for role, partner in ROLES:
                client, headers = somebody(app, role, partner)
                for path in addresses(state):
                    given = headers if path.startswith("/api") else {}
                    found.append(
                        one(client, (role or "anonymous", path), given, (statements, nothing, times))
                    )
        state.engine.dispose()
    return found, median(nothing)


def one(
    client: Any, what: tuple[str, str], headers: dict[str, str], how: tuple[list[str], list[float], int]
) -> Asked:
    """One address, so many times after a first one; between them a request that does nothing."""
    statements, nothing, times = how
    asked = Asked(*what, [], 0, 0)
    for number in range(times + 1):
        statements.clear()
        started = time.perf_counter()
        answer = client.get(asked.path, headers=headers)
        answer.get_data()
        spent = time.perf_counter() - started
        asked.status, asked.statements = answer.status_code, len(statements)
        if number:
            asked.seconds.append(spent)
        started = time.perf_counter()
        client.get("/healthz")
        nothing.append(time.perf_counter() - started)
        if answer.status_code != 200:
            break
    return asked


def addresses(state: Any) -> Iterator[str]:
    """Every page, with a record and a finding of this database, and every list of the API."""
    from sqlalchemy import text

    with state.engine.connect() as connection:
        project = connection.scalar(
            text("SELECT id FROM projects WHERE visibility = 'public' ORDER BY id LIMIT 1")
        )
        finding = connection.scalar(text("SELECT id FROM findings ORDER BY id LIMIT 1"))
    for path in PAGES:
        yield path.format(project=f"/projects/{project}", finding=f"/findings/{finding}")
    yield from (f"/api/v1/{path}" for path in LISTS)


def somebody(app: Any, role: str | None, partner: str | None) -> tuple[Any, dict[str, str]]:
    """A browser that is signed in as somebody of this role, and the headers of a program of theirs."""
    sys.path.insert(0, str(ROOT))
    from tests.visitors import visitor

    if role is None:
        return app.test_client(), {}
    who = visitor(app, app.extensions["adam"].sessions, role, partner)
    return who.client, {"Authorization": f"Bearer {who.token}"}


@contextmanager
def counting(engine: Any) -> Iterator[list[str]]:
    """The statements that are sent."""
    from sqlalchemy import event

    seen: list[str] = []
    event.listen(engine, "before_cursor_execute", lambda *called: seen.append(called[2]))
    yield seen


def compared(found: list[tuple[str, list[Asked], float]]) -> None:
    """Print a table for each database, and what misses the aim."""
    for name, rows, nothing in found:
        print(f"\n{name}; /healthz takes {nothing * 1e3:.2f} ms\n")
        print(f"  {'who':12} {'address':52} {'p50 ms':>8} {'p95 ms':>8} {'÷ healthz':>9} {'SQL':>4}")
        for row in (row for row in rows if row.seconds):
            half, most = median(row.seconds) * 1e3, p95(row.seconds) * 1e3
            late = " LATE" if most > AIM else ""
            print(
                f"  {row.who:12} {row.path[:52]:52} {half:8.1f} {most:8.1f} {half / nothing / 1e3:9.0f} "
                f"{row.statements:4}{late}"
            )
        late = [row for row in rows if row.seconds and p95(row.seconds) * 1e3 > AIM]
        asked = sum(1 for row in rows if row.seconds)
        print(f"\n  {asked} addresses, {len(late)} of them slower than {AIM:.0f} ms at p95")
    for (_, small, _), (_, large, _) in zip(found[::2], found[1::2], strict=False):
        grown = [
            f"{few.who} {few.path}: {few.statements} and {many.statements}"
            for few, many in zip(small, large, strict=True)
            if few.statements != many.statements
        ]
        print("\n  statements that grow with the records: " + ("; ".join(grown) or "none"))


def p95(values: list[float]) -> float:
    """The 95th percentile of a few values: the largest but one in twenty."""
    return sorted(values)[max(0, -(-len(values) * 95 // 100) - 1)]


if __name__ == "__main__":
    main()
