"""How long each page and the first page of each list takes with many records: `pages.py [SIZE…] [--keep FOLDER]`.

Each size is filled with made-up records and what surrounds them (findings, submissions, histories, people, a seventh
for partners only, some confidential), on SQLite and on PostgreSQL; in a kept folder that is paid once. Every address
is asked N times in one process over WSGI (no sockets) by a coordinator, a focal point and somebody who isn't signed
in, after one call that warms caches. Prints of each size the SQL statements and the 95th percentile in milliseconds,
by the clock and of processor time (of this process and of PostgreSQL's that answer it); then what is slower than the
aim, and whose statements differ between the sizes. `--url URL` measures a database that is there already.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import median
from typing import Any

import _databases as databases
from _runs import ROOT

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
    """What one address took: seconds of each call by the clock and of processor, and the statements of the last."""

    who: str
    path: str
    name: str
    seconds: list[float]
    processor: list[float]
    status: int = 0
    statements: int = 0


@dataclass(frozen=True, slots=True)
class Measured:
    """One database: its name, every address, and the seconds of a request that does nothing."""

    name: str
    rows: list[Asked]
    nothing: float


def main() -> None:
    """The command."""
    reading = argparse.ArgumentParser(description=__doc__)
    reading.add_argument("sizes", nargs="*", type=int, default=SIZES)
    reading.add_argument("--times", type=int, default=TIMES)
    reading.add_argument("--keep", type=Path, help="where the filled databases stay, or are already")
    reading.add_argument("--on", choices=("sqlite", "postgresql"), action="append", default=[])
    reading.add_argument("--only", default="", help="addresses that hold this")
    reading.add_argument("--url", action="append", default=[])
    asked = reading.parse_args()
    if asked.url:
        compared([measured(url.rpartition("/")[2], url, asked) for url in asked.url])
        return
    with tempfile.TemporaryDirectory(prefix="adam-pages-") as name:
        folder = asked.keep or Path(name)
        folder.mkdir(exist_ok=True)
        folder.chmod(0o755)
        for kind in asked.on or ("sqlite", "postgresql"):
            with getattr(databases, kind)(folder, asked.sizes) as urls:
                named = zip(asked.sizes, urls, strict=False)
                compared([measured(f"{size:,} records on {kind}", url, asked) for size, url in named])


def measured(name: str, url: str, asked: argparse.Namespace) -> Measured:
    """Every address asked by everybody, after what `adam serve` does when it begins."""
    from adam.app import create_app
    from adam.services import serving
    from adam.settings import load

    with tempfile.TemporaryDirectory(prefix="adam-index-") as folder:
        settings = replace(
            load({}, env="testing", database_url=url, rate_limit="1000000 per minute"),
            index_folder=str(asked.keep / "index") if asked.keep else folder,
        )
        app = create_app(settings)
        state = app.extensions["adam"]
        nothing: list[float] = []
        found = []
        away(state.engine)
        serving.warm(state.sessions, state.rules).join()
        with counting(state.engine) as statements:
            for role, partner in ROLES:
                client, headers = somebody(app, role, partner)
                for path, address in addresses(state):
                    if asked.only in path:
                        row = Asked(role or "anonymous", address, path, [], [])
                        given = headers if address.startswith("/api") else {}
                        ask(client, row, given, (statements, nothing, asked.times))
                        found.append(row)
        state.engine.dispose()
    return Measured(name, found, median(nothing))


def ask(client: Any, row: Asked, headers: dict[str, str], how: tuple[list[str], list[float], int]) -> None:
    """One address, so many times after a first one; between them a request that does nothing."""
    statements, nothing, times = how
    for number in range(times + 1):
        statements.clear()
        started, used = time.perf_counter(), processor()
        answer = client.get(row.path, headers=headers)
        answer.get_data()
        spent, used = time.perf_counter() - started, processor() - used
        row.status, row.statements = answer.status_code, len(statements)
        if number:
            row.seconds.append(spent)
            row.processor.append(used)
        started = time.perf_counter()
        client.get("/healthz")
        nothing.append(time.perf_counter() - started)
        if answer.status_code != 200:
            break


SERVERS: set[int] = set()
"""The processes of PostgreSQL that answer our connections."""


def processor() -> float:
    """Seconds of processor that this process and those of SERVERS have used; not PostgreSQL's parallel workers."""
    own = sum(_ran(number) for number in SERVERS)
    return time.process_time() + own


def _ran(number: int) -> float:
    try:
        return int(Path(f"/proc/{number}/schedstat").read_text().split()[0]) / 1e9
    except (OSError, IndexError):
        return 0.0


def addresses(state: Any) -> Iterator[tuple[str, str]]:
    """Every page, with a record and a finding of this database, and every list of the API: its name, its address."""
    from sqlalchemy import text

    with state.engine.connect() as connection:
        project = connection.scalar(
            text("SELECT id FROM projects WHERE visibility = 'public' ORDER BY id LIMIT 1")
        )
        open_to_all = "SELECT id FROM projects WHERE visibility = 'public'"
        about = f"SELECT id FROM findings WHERE a_id IN ({open_to_all}) AND b_id IN ({open_to_all})"
        finding = connection.scalar(text(f"{about} ORDER BY id LIMIT 1"))
    for path in PAGES:
        yield path, path.format(project=f"/projects/{project}", finding=f"/findings/{finding}")
    yield from ((f"/api/v1/{path}", f"/api/v1/{path}") for path in LISTS)


def somebody(app: Any, role: str | None, partner: str | None) -> tuple[Any, dict[str, str]]:
    """A browser that is signed in as somebody of this role, and the headers of a program of theirs."""
    sys.path.insert(0, str(ROOT))
    from tests.visitors import visitor

    if role is None:
        return app.test_client(), {}
    who = visitor(app, app.extensions["adam"].sessions, role, partner)
    return who.client, {"Authorization": f"Bearer {who.token}"}


def away(engine: Any) -> None:
    """The accounts of an earlier run make room for those of this one: a kept database is asked more than once."""
    from sqlalchemy import text

    with engine.begin() as connection:
        moved = "UPDATE accounts SET email = id || '@gone.example' WHERE email LIKE :tests"
        connection.execute(text(moved), {"tests": "%@test.example"})


@contextmanager
def counting(engine: Any) -> Iterator[list[str]]:
    """The statements that are sent; on PostgreSQL the processes that answer are noted in SERVERS."""
    from sqlalchemy import event

    seen: list[str] = []
    SERVERS.clear()
    if engine.dialect.name == "postgresql":
        event.listen(engine, "checkout", lambda raw, *_: SERVERS.add(raw.info.backend_pid))
    event.listen(engine, "before_cursor_execute", lambda *called: seen.append(called[2]))
    yield seen


def compared(found: Sequence[Measured]) -> None:
    """Print databases side by side, and what misses the aim."""
    if not found:
        return
    print("\n" + "; ".join(f"{one.name} (/healthz {one.nothing * 1e3:.1f} ms)" for one in found))
    print("For each: SQL statements, ms by the clock at p95, ms of processor at p95\n")
    for rows in zip(*(one.rows for one in found), strict=True):
        if any(row.seconds for row in rows):
            figures = "".join(
                f"{row.statements:6}{p95(row.seconds):8.0f}{p95(row.processor):8.0f}" for row in rows
            )
            print(f"  {rows[-1].who:12} {rows[-1].name[:46]:46}{figures}{_remark(rows)}")
    for one in found:
        asked = [row for row in one.rows if row.seconds]
        late, dear = (
            [f"{row.who} {row.name} {p95(values):.0f}" for row, values in pairs if p95(values) > AIM]
            for pairs in ([(row, row.seconds) for row in asked], [(row, row.processor) for row in asked])
        )
        print(f"\n  {one.name}: {len(asked)} addresses; over {AIM:.0f} ms at p95")
        print(f"  by the clock {len(late)}: {'; '.join(late) or 'none'}")
        print(f"  of processor {len(dear)}: {'; '.join(dear) or 'none'}")


def _remark(rows: Sequence[Asked]) -> str:
    late = " LATE" if any(p95(row.seconds) > AIM for row in rows) else ""
    dear = " DEAR" if any(p95(row.processor) > AIM for row in rows) else ""
    grown = " STATEMENTS DIFFER" if len({row.statements for row in rows}) > 1 else ""
    return late + dear + grown


def p95(values: list[float]) -> float:
    """The 95th percentile of a few values in milliseconds: the largest but one in twenty; 0 of none."""
    return 1e3 * sorted(values)[max(0, -(-len(values) * 95 // 100) - 1)] if values else 0.0


if __name__ == "__main__":
    main()
